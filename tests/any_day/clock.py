"""Time goes by, the desk does by itself what is due, and at the end of a day everybody is helped who waits."""

from __future__ import annotations

from hypothesis import strategies as st
from hypothesis.stateful import rule

from handoff import reps, shift_ends, sweeper
from handoff.clock_set import put_right
from handoff.presence import seen
from handoff.schema import message
from tests.any_day import must_hold
from tests.any_day.leads import Leads
from tests.any_day.reps import closes

MINUTE = 60
A_WHILE = 60


class Clock(Leads):
    """What each desk does about once a second is done at the end of each while."""

    @rule(seconds=st.sampled_from([1, 19, 20, 45, 60, 130]))
    def a_moment_passes(self, seconds: int) -> None:
        self.time_goes_by(seconds)

    @rule(seconds=st.sampled_from([400, 1000, 1500, 3600, 5 * 3600]))
    def a_while_passes(self, seconds: int) -> None:
        self.time_goes_by(seconds)

    @rule(hours=st.sampled_from([-1, 1, 6]), somebody_comes=st.booleans())
    def the_clock_is_set(self, hours: int, somebody_comes: bool = False) -> None:
        """The desk notices before it hears of any console again, and may be before somebody comes."""
        self.record.later(hours=hours)
        self.book.clock_moved = self.book.seconds
        self.sweep()
        if somebody_comes:
            self.the_promises_hold()
            self.comes()

    def time_goes_by(self, seconds: int) -> None:
        self.record.later(seconds=seconds)
        self.book.seconds += seconds
        self.book.heard(self.open_consoles)
        self.record.do(seen, sorted(self.open_consoles))
        self.sweep()

    def sweep(self) -> None:
        """What is overdue is done, who is gone loses their chats, and what a shift left over goes to the line."""
        if not self.steady.goes_on(self.record.now):
            self.record.do(put_right)
            self.steady.begin(self.record.now)
        self.record.do(sweeper.sweep, self.steady.since)
        before = {talk.id for talk in self.sight().of("with_rep")}
        self.record.do(shift_ends.pass_on_left)
        after = self.sight()
        must_hold.whoever_left_holds_nothing(after, self.book)
        for talk in after.of("waiting"):
            if talk.id in before:
                notes = self.record.rows(message, conversation_id=talk.id, kind="note")
                must_hold.expect(notes, f"whoever takes {talk.id} isn't told why it came back")

    def settle(self) -> None:
        """Quiet time: nobody comes, Ruth is there, and whoever is offered chats takes them, helps and closes."""
        self.change(self.ada, self.reps[0], disabled=False, team_id=self.teams[0])
        self.record.do(reps.sign_in, self.reps[0])
        self.open_consoles.add(self.reps[0].id)
        for _ in range(A_WHILE):
            self.time_goes_by(MINUTE)
            self.the_promises_hold()
            if not (waits := self.sight().who_waits()):
                return
            self.help()
        raise AssertionError(f"nobody helps {waits} in {A_WHILE} minutes")

    def help(self) -> None:
        """Everybody who is there closes what they hold and takes what they are offered."""
        for talk in self.sight().of("with_rep"):
            if talk.owner_id in self.open_consoles:
                closes(self, talk, self.rep(talk.owner_id))
        self.the_promises_hold()
        self.take_what_is_offered()
