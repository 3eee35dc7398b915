"""From the bot to a person: asked for, offered, or after two messages that weren't understood."""

import pytest

from actions.change_address import ChangeAddress
from actions.everyday import AskAgain
from actions.handoff import HandOver
from actions.orders import TrackOrder
from actions.workplace import Workplace
from tests.larkfield import ANA, LATE, Chat, sqlite_shop_url, workplace

__all__ = ["sqlite_shop_url", "workplace"]


def test_ana_asks_for_a_person_and_gets_one(workplace: Workplace) -> None:
    answer = Chat(customer=ANA).ask(HandOver(workplace), "talk_to_human")
    assert answer.note("handoff") == {"reason": "asked", "topic": None}
    assert (answer.responses, answer.asked) == ([], None)


def test_the_topic_goes_with_ana(workplace: Workplace) -> None:
    chat = Chat(customer=ANA)
    chat.ask(TrackOrder(workplace), "late_delivery")
    assert chat.ask(HandOver(workplace), "talk_to_human").note("handoff") == {
        "reason": "asked",
        "topic": "late_delivery",
    }


def test_a_person_who_is_offered_comes_for_the_reason_of_the_offer(workplace: Workplace) -> None:
    chat = Chat(customer=ANA)
    assert chat.ask(ChangeAddress(workplace), "change_address", order_number=LATE).asked == "person"
    handed = chat.ask(HandOver(workplace), "affirm")
    assert handed.note("handoff") == {"reason": "change_address", "topic": "change_address"}


def test_three_wrong_numbers_are_the_reason_for_the_person_offered_after_them(workplace: Workplace) -> None:
    chat = Chat()
    for _ in range(3):
        chat.ask(TrackOrder(workplace), "inform_order", order_number="A-999998", email="ana@example.com")
    assert chat.ask(HandOver(workplace), "affirm").note("handoff")["reason"] == "order_not_found"


def test_a_shop_that_is_down_is_the_reason_for_the_person_offered_then(workplace: Workplace) -> None:
    chat = Chat(customer=ANA, slots={"asked": "shop_down"})
    assert chat.ask(HandOver(workplace), "talk_to_human").note("handoff")["reason"] == "shop_down"


def test_an_old_offer_is_no_reason_any_more(workplace: Workplace) -> None:
    chat = Chat(customer=ANA)
    chat.ask(ChangeAddress(workplace), "change_address", order_number=LATE)
    chat.ask(TrackOrder(workplace), "track_package")
    assert chat.ask(HandOver(workplace), "talk_to_human").note("handoff")["reason"] == "asked"


def test_the_first_misunderstanding_asks_and_the_second_hands_over(workplace: Workplace) -> None:
    chat = Chat(customer=ANA)
    first = chat.ask(AskAgain(workplace), "nlu_fallback")
    assert (first.names, first.note("handoff")) == (["utter_ask_again"], None)
    second = chat.ask(AskAgain(workplace), "nlu_fallback")
    assert (second.names, second.note("handoff")) == ([], {"reason": "misunderstood", "topic": None})


def test_a_misunderstanding_at_a_question_repeats_the_question(workplace: Workplace) -> None:
    chat = Chat()
    assert chat.ask(TrackOrder(workplace), "track_package").asked == "order_number"
    answer = chat.ask(AskAgain(workplace), "nlu_fallback")
    assert (answer.responses, answer.asked) == (["utter_not_understood"], "order_number")


def test_a_misunderstanding_after_an_answer_is_a_first_one_again(workplace: Workplace) -> None:
    chat = Chat(customer=ANA)
    chat.ask(AskAgain(workplace), "nlu_fallback")
    chat.ask(TrackOrder(workplace), "track_package")
    assert chat.ask(AskAgain(workplace), "nlu_fallback").note("handoff") is None


@pytest.mark.parametrize("events", [[{"event": "bot"}], [{"event": "bot", "metadata": None}], [{}], []])
def test_odd_histories_dont_break_the_handoff(workplace: Workplace, events: list[dict[str, object]]) -> None:
    assert Chat(events=events).ask(HandOver(workplace), "talk_to_human").note("handoff")["reason"] == "asked"
