"""Between question and answer: Ana needs a moment, doesn't know what is meant, says yes where yes is no answer."""

from __future__ import annotations

import pytest

from actions.everyday import Explain, OneMoment, Yes
from actions.handoff import HandOver
from actions.orders import TrackOrder
from actions.workplace import Workplace
from tests.larkfield import Chat, sqlite_shop_url, workplace

__all__ = ["sqlite_shop_url", "workplace"]


@pytest.mark.parametrize("question", ["order_number", "step_worked", "pick", "person"])
def test_whoever_needs_a_moment_finds_the_question_open_and_not_asked_again(
    workplace: Workplace, question: str
) -> None:
    answer = Chat(slots={"asked": question}).ask(OneMoment(workplace), "one_moment")
    assert (answer.names, answer.asked) == (["utter_one_moment"], question)


def test_a_moment_without_a_question_opens_none(workplace: Workplace) -> None:
    answer = Chat().ask(OneMoment(workplace), "one_moment")
    assert (answer.names, answer.asked) == (["utter_one_moment"], None)


def test_who_doesnt_know_the_number_that_is_meant_is_told_where_it_is_and_may_give_it_then(
    workplace: Workplace,
) -> None:
    chat = Chat()
    chat.ask(TrackOrder(workplace), "track_package")
    answer = chat.ask(Explain(workplace), "explain")
    assert (answer.names, answer.asked) == (["utter_explain_order_number"], "order_number")
    asks_for_email = chat.ask(TrackOrder(workplace), "inform_order", order_number="A-104187")
    assert asks_for_email.asked == "email"
    answer = chat.ask(Explain(workplace), "explain")
    assert (answer.names, answer.asked) == (["utter_explain_email"], "email")


def test_who_asks_which_is_told_that_it_can_be_picked(workplace: Workplace) -> None:
    answer = Chat(slots={"asked": "pick_charge"}).ask(Explain(workplace), "explain")
    assert (answer.names, answer.asked) == (["utter_which"], "pick_charge")


def test_what_the_bot_cant_put_better_a_person_can_explain(workplace: Workplace) -> None:
    chat = Chat(slots={"asked": "step_worked", "about": "device_help", "person_reason": "tone"})
    answer = chat.ask(Explain(workplace), "explain")
    assert (answer.names, answer.asked) == (["utter_explain", "utter_ask_person"], "person")
    assert chat.ask(HandOver(workplace), "affirm").note("handoff")["reason"] == "not_solved"


def test_what_the_offer_of_a_person_means_doesnt_change_why_it_was_made(workplace: Workplace) -> None:
    chat = Chat(slots={"asked": "person", "person_reason": "billing"})
    assert chat.ask(Explain(workplace), "explain").slots["person_reason"] == "billing"


def test_yes_to_nothing_in_particular(workplace: Workplace) -> None:
    answer = Chat().ask(Yes(workplace), "affirm")
    assert (answer.names, answer.asked) == (["utter_yes_what"], None)


def test_yes_is_no_answer_to_which_number_or_which_order(workplace: Workplace) -> None:
    answer = Chat(slots={"asked": "order_number"}).ask(Yes(workplace), "affirm")
    assert (answer.names, answer.asked) == (["utter_ask_order_number"], "order_number")
    answer = Chat(slots={"asked": "pick"}).ask(Yes(workplace), "affirm")
    assert (answer.names, answer.asked) == (["utter_which"], "pick")
