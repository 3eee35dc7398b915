"""What leads and admins do on any day: with chats of others, and with who works when."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule

from handoff import admin_reps, blocks, lead
from handoff.people import Rep
from handoff.schema_centre import block
from handoff.wire_admin import ChangeRep
from handoff.wire_hours import RepDay, RepHours, TimesOfDay
from tests.any_day.day import ANY, WHO, while_some
from tests.any_day.hours import Times
from tests.any_day.reps import PLACES, Reps

TIMES: list[Times] = [[], [(0, 1440)], [(600, 780)], [(480, 590), (960, 1110)], [(1320, 1800)]]
"""Off; all day; late morning; morning and evening; a night."""


class Leads(Reps):
    """Lena takes over and moves chats and changes hours and limits; Ada, who isn't there, disables and enables."""

    @while_some("with_rep", "waiting")
    @rule(which=ANY)
    def lena_takes_over(self, which: int) -> None:
        talk = self.one(which, "with_rep", "with_rep", "waiting")
        if talk and self.lena.id in self.open_consoles:
            self.book.took_over = self.lena.id
            self.record.do(lead.take_over, self.lena, talk.id)

    @while_some("waiting", "with_rep", "promised")
    @rule(which=ANY, place=PLACES, to=ANY)
    def lena_moves_a_chat(self, which: int, place: str, to: int) -> None:
        if talk := self.one(which, "waiting", "with_rep", "promised"):
            self.attempt(lead.move_chat, self.lena, talk.id, self.target(place, to), "He knows it.")

    @precondition(lambda day: any(talk.cause == "abusive" for talk in day.book.before.talks.values()))
    @rule()
    def lena_lets_who_was_blocked_reach_people_again(self) -> None:
        for row in self.record.rows(block, undone_at=None):
            self.attempt(blocks.undo, self.lena, row.id, "They said sorry.")

    @rule(who=WHO, capacity=st.integers(1, 2), team=st.integers(0, 2))
    def lena_changes_a_reps_limit_and_team(self, who: int, capacity: int, team: int) -> None:
        self.change(self.lena, self.reps[who], capacity=capacity, team_id=self.teams[team])

    @rule(who=st.sampled_from([1, 2]), times=st.sampled_from(TIMES), only_today=st.booleans())
    def lena_changes_when_sam_or_nina_works(self, who: int, times: Times, only_today: bool) -> None:
        """Each day, or today only. Whoever is sent off in the middle of a shift ends with this minute."""
        rep = self.reps[who]
        today = self.record.now.astimezone(self.hours.place[rep.id].zone).date()
        now_on = self.hours.change(rep.id, self.record.now, times, today if only_today else None)
        days = [RepDay(day=day.isoformat(), hours=spans(TimesOfDay, of)) for day, of in now_on.days.items()]
        weekly = [RepHours(weekday=day, opens=a, closes=b) for day in range(7) for a, b in now_on.weekly]
        self.change(self.lena, rep, hours=weekly, days=days)

    @rule(who=WHO)
    def ada_disables_or_enables_a_rep(self, who: int) -> None:
        rep = self.reps[who]
        disabled = not self.sight().staff[rep.id].disabled_at
        self.change(self.ada, rep, disabled=disabled)
        if disabled:
            self.has_left(rep.id)

    def change(self, who: Rep, rep: Rep, **changes: Any) -> None:
        """The rest stays as it is."""
        account = self.record.do(admin_reps.one_rep, rep.id)
        as_it_is = {name: getattr(account, name) for name in ChangeRep.__struct_fields__}
        self.record.do(admin_reps.change_rep, who, rep.id, ChangeRep(**{**as_it_is, **changes}))


def spans(kind: Any, times: Times) -> list[Any]:
    return [kind(opens=begins, closes=ends) for begins, ends in times]
