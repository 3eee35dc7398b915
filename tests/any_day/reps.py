"""What reps do on any day."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule

from handoff import availability, blocks, calls, closing, hand_on, offers, rep_queue, reps, transfers
from handoff.people import Rep
from handoff.shifts import NOTICE
from handoff.wire_lead import EndAbusive, ReturnToBot, TransferTo
from tests.any_day.customers import PHONE, Customers
from tests.any_day.day import ANY, WHO, Day, while_some

PLACES = st.sampled_from(["rep", "rep", "team", "skill"])
Does = Callable[[Day, Any, Rep], None]
"""A rep does something in a chat that they hold."""


def answers(day: Day, talk: Any, rep: Rep) -> None:
    day.record.replies(rep, talk.id, "It comes tomorrow.")
    day.book.spoke(talk.id, day.record.now)


def promises_an_answer(day: Day, talk: Any, rep: Rep) -> None:
    day.record.do(hand_on.answer_later, rep, talk.id, "Ask the depot.")


def promises_a_call(day: Day, talk: Any, rep: Rep) -> None:
    day.attempt(calls.call_later, rep, talk.id, PHONE, *day.window(5))


def reaches_them_by_telephone(day: Day, talk: Any, rep: Rep) -> None:
    day.attempt(calls.record_call, rep, talk.id, "reached")
    day.book.last_words[talk.id] = day.record.now


def rings_in_vain(day: Day, talk: Any, rep: Rep) -> None:
    day.book.left.add(talk.id)
    day.attempt(calls.record_call, rep, talk.id, "no_answer")


def gives_it_back(day: Day, talk: Any, rep: Rep) -> None:
    day.record.do(rep_queue.release, rep, talk.id)


def gives_it_to_the_bot(day: Day, talk: Any, rep: Rep) -> None:
    day.book.left.add(talk.id)
    day.record.do(transfers.return_to_bot, rep, talk.id, ReturnToBot())


def closes(day: Day, talk: Any, rep: Rep) -> None:
    day.book.left.add(talk.id)
    day.record.do(closing.close_by_rep, rep, talk.id, "late_delivery", "carrier")


def ends_it_as_abusive(day: Day, talk: Any, rep: Rep) -> None:
    day.book.left.add(talk.id)
    day.record.do(blocks.end_abusive, rep, talk.id, EndAbusive(reason="Threats.", hours=1))


IN_A_CHAT = [
    *(answers, answers, gives_it_back, gives_it_to_the_bot, closes, ends_it_as_abusive),
    *(promises_an_answer, promises_a_call, reaches_them_by_telephone, rings_in_vain),
]


class Reps(Customers):
    """They come and go, take or claim chats, and answer, promise, pass on, give back or close them."""

    @rule(who=WHO, verb=st.sampled_from([reps.sign_in, reps.sign_out, offers.step_away, availability.come_back]))
    def a_rep_comes_or_goes(self, who: int, verb: Any) -> None:
        rep = self.reps[who]
        if verb is reps.sign_in and not self.sight().staff[rep.id].disabled_at:
            self.record.do(verb, rep)
            self.open_consoles.add(rep.id)
            self.book.heard([rep.id])
        elif rep.id in self.open_consoles:
            self.record.do(verb, rep)
            if verb is reps.sign_out:
                self.has_left(rep.id)

    @rule(who=WHO)
    def a_reps_browser_dies(self, who: int) -> None:
        self.open_consoles.discard(self.reps[who].id)

    @precondition(lambda day: day.book.before.offers)
    @rule(which=ANY, verb=st.sampled_from([offers.accept, offers.accept, offers.skip]))
    def a_rep_answers_an_offer(self, which: int, verb: Any) -> None:
        rows = [row for row in self.sight().offers.values() if row.rep_id in self.open_consoles]
        if rows:
            row = rows[which % len(rows)]
            self.attempt(verb, self.rep(row.rep_id), row.id)

    @precondition(lambda day: day.book.before.offers)
    @rule(times=st.integers(1, 4))
    def all_take_what_they_are_offered(self, times: int = 1) -> None:
        """And answer, if they are to have room for the next."""
        for _ in range(times):
            self.take_what_is_offered()
            if times > 1:
                self.all_answer()
                self.the_promises_hold()

    @while_some("waiting", "promised")
    @rule(who=WHO, which=ANY, times=st.integers(1, 3))
    def a_rep_claims(self, who: int, which: int, times: int = 1) -> None:
        """One chat after the other, as long as they're let."""
        for _ in range(times):
            rep, talk = self.reps[who], self.one(which, "waiting", "promised")
            if talk and rep.id in self.open_consoles:
                self.attempt(rep_queue.claim, rep, talk.id)
                self.the_promises_hold()

    @while_some("with_rep")
    @rule(which=ANY, does=st.sampled_from(IN_A_CHAT))
    def a_rep_who_has_a_chat(self, which: int, does: Does) -> None:
        if held := self.held_by_somebody_here(which):
            does(self, *held)

    @while_some("with_rep")
    @rule()
    def everybody_answers(self) -> None:
        self.all_answer()

    def all_answer(self) -> None:
        for talk in self.sight().of("with_rep"):
            if talk.owner_id in self.open_consoles:
                answers(self, talk, self.rep(talk.owner_id))

    @while_some("with_rep")
    @rule(which=ANY, place=st.one_of(st.none(), PLACES), to=ANY, at_the_end_of_a_shift=st.booleans())
    def a_rep_passes_a_chat_on(self, which: int, place: str | None, to: int, at_the_end_of_a_shift: bool) -> None:
        if held := self.held_by_somebody_here(which):
            talk, rep = held
            if place is None or at_the_end_of_a_shift:
                target = self.target(place, to) if place else None
                self.attempt(hand_on.hand_on, rep, talk.id, target, "Ask the depot.", NOTICE)
            else:
                self.attempt(transfers.transfer, rep, talk.id, self.target(place, to), "")

    def has_left(self, rep_id: str) -> None:
        self.open_consoles.discard(rep_id)
        self.book.signed_out(rep_id)

    def target(self, place: str, to: int) -> TransferTo:
        """One of the reps, teams or skills."""
        if place == "rep":
            return TransferTo(rep=self.reps[to % len(self.reps)].id)
        if place == "team":
            return TransferTo(team=self.teams[to % len(self.teams)])
        return TransferTo(skill=["billing", "orders"][to % 2])
