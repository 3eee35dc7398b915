"""What customers do on any day."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule

from handoff import closing, promises, rep_queue
from handoff.people import Customer
from tests.any_day.day import ANY, NEEDS, Day, while_some
from tests.any_day.sight import OPEN

CROWD = 12
"""With so many a day has enough to do."""
PHONE = "020 7946 0000"
Does = Callable[[Day, Any], None]
"""A customer does something in a chat of theirs."""


def goes_back_to_the_bot(day: Day, talk: Any) -> None:
    day.book.left.add(talk.id)
    day.record.do(rep_queue.stop_waiting, Customer(talk.customer_id), talk.id)


def leaves_for_good(day: Day, talk: Any) -> None:
    day.book.left.add(talk.id)
    day.record.do(closing.close_by_customer, Customer(talk.customer_id), talk.id)


def leaves_a_message(day: Day, talk: Any) -> None:
    day.record.do(promises.leave_message, Customer(talk.customer_id), talk.id, "Please write.")


def asks_for_a_call_now(day: Day, talk: Any) -> None:
    day.attempt(promises.ask_for_call, Customer(talk.customer_id), talk.id, PHONE, *day.window(0))


def asks_for_a_call_soon(day: Day, talk: Any) -> None:
    day.attempt(promises.ask_for_call, Customer(talk.customer_id), talk.id, PHONE, *day.window(10))


def writes(day: Day, talk: Any) -> None:
    day.record.says(Customer(talk.customer_id), talk.id, "And now?")
    if talk.state == "with_rep":
        day.book.asked(talk.id, day.record.now)


def would_rather_wait(day: Day, talk: Any) -> None:
    day.book.left.add(talk.id)
    day.attempt(promises.take_back, Customer(talk.customer_id), talk.id, "queue")


def would_rather_have_the_bot(day: Day, talk: Any) -> None:
    day.book.left.add(talk.id)
    day.attempt(promises.take_back, Customer(talk.customer_id), talk.id, "bot")


def asks_for_a_person_again(day: Day, talk: Any) -> None:
    others = day.sight().of("waiting", "with_rep", "with_bot")
    if talk.customer_id not in {other.customer_id for other in others}:
        day.record.waiting(Customer(talk.customer_id), "Are you there?")


WHILE_WAITING = [goes_back_to_the_bot, leaves_for_good, leaves_a_message, asks_for_a_call_now, asks_for_a_call_soon]
WHILE_PROMISED = [writes, would_rather_wait, would_rather_have_the_bot, asks_for_a_person_again]


class Customers(Day):
    """They come, write, wait, leave for a moment or for good, rather leave a message or a number, and come back."""

    @precondition(lambda day: sum(talk.state in OPEN for talk in day.book.before.talks.values()) < CROWD)
    @rule(
        skills=st.lists(NEEDS, min_size=1, max_size=3),
        language=st.sampled_from([None, None, "de"]),
        upset=st.booleans(),
    )
    def customers_come(self, skills: list[str | None], language: str | None = None, upset: bool = False) -> None:
        for skill in skills:
            self.comes(skill, language, upset)

    @while_some("waiting")
    @rule(which=ANY, does=st.sampled_from(WHILE_WAITING))
    def a_customer_who_waits(self, which: int, does: Does) -> None:
        if talk := self.one(which, "waiting"):
            does(self, talk)

    @while_some("with_rep")
    @rule(which=ANY, does=st.sampled_from([writes, writes, leaves_for_good]))
    def a_customer_who_is_helped(self, which: int, does: Does) -> None:
        if talk := self.one(which, "with_rep"):
            does(self, talk)

    @while_some("promised")
    @rule(which=ANY, does=st.sampled_from(WHILE_PROMISED))
    def a_customer_who_was_promised_something(self, which: int, does: Does) -> None:
        if talk := self.one(which, "promised"):
            does(self, talk)

    @while_some("closed", "with_bot")
    @rule(which=ANY)
    def a_customer_comes_back(self, which: int) -> None:
        """To the closed chat, or from the bot."""
        if talk := self.one(which, "closed", "with_bot"):
            again = closing.reopen if talk.state == "closed" else rep_queue.ask_for_person
            self.attempt(again, Customer(talk.customer_id), talk.id)
