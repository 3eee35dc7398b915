"""Charged twice? What Hugo and the others are told, and what the shop is asked for once."""

import json
from datetime import UTC, datetime
from typing import Any

import pytest
from sqlalchemy import select

from actions.billing import AboutCharge
from actions.double_charges import RefundDouble
from actions.going_on import ComeBack
from actions.refunds import RefundStatus
from actions.workplace import Workplace
from demo.database import writing_engine
from demo.schema import refunds, requests
from demo.worker import settle_next
from tests.larkfield import (
    ANA,
    BEN,
    LATE,
    ON_TIME,
    Answer,
    Chat,
    change,
    own_shop_url,
    own_workplace,
    sqlite_shop_url,
    workplace,
)

__all__ = ["own_shop_url", "own_workplace", "sqlite_shop_url", "workplace"]

HUGO = "C-1008"
HUGOS_ORDER = "A-170939"


def ask(chat: Chat, workplace: Workplace, text: str = "why was I charged twice", **given: str) -> Answer:
    return chat.ask(AboutCharge(workplace), "billing_question", {"text": text}, **given)


def yes(chat: Chat, workplace: Workplace) -> Answer:
    return chat.ask(RefundDouble(workplace), "affirm")


def asked_for(url: str) -> list[tuple[str, str]]:
    engine = writing_engine(url)
    with engine.connect() as db:
        rows = db.execute(select(requests.c.key, requests.c.payload)).all()
    engine.dispose()
    return [(row.key, row.payload) for row in rows]


def settle(url: str) -> None:
    engine = writing_engine(url)
    while settle_next(engine):
        pass
    engine.dispose()


def second_charge(workplace: Workplace) -> str:
    answer = ask(Chat(customer=HUGO), workplace)
    return str(answer.slots["charge"])


def test_hugo_is_told_of_both_charges_and_asked_about_the_second(workplace: Workplace) -> None:
    answer = ask(Chat(customer=HUGO), workplace)
    assert (answer.responses, answer.asked) == (["utter_double"], "refund_double")
    told = answer.fields("utter_double")
    assert HUGOS_ORDER in told["description"]
    assert told["first"] != told["second"]


def test_hugos_yes_asks_the_shop_once_for_all_of_the_second_charge(own_workplace: Workplace, own_shop_url: str) -> None:
    chat = Chat(customer=HUGO)
    amount = ask(chat, own_workplace).fields("utter_double")["amount"]
    answer = yes(chat, own_workplace)
    assert (answer.responses, answer.asked) == (["utter_charge_refund_asked"], "helped")
    assert answer.names[-1] == "utter_ask_all_right_for_now"
    assert answer.fields("utter_charge_refund_asked")["amount"] == amount
    [(key, payload)] = asked_for(own_shop_url)
    assert key == f"refund:{chat.slots['charge']}:-"
    assert json.loads(payload) == {"customer": HUGO, "cents": round(float(amount[1:]) * 100), "return": None}


def test_hugo_may_ask_as_often_as_he_likes_and_the_shop_is_asked_once(
    own_workplace: Workplace, own_shop_url: str
) -> None:
    chat = Chat(customer=HUGO)
    ask(chat, own_workplace)
    yes(chat, own_workplace)
    assert yes(chat, own_workplace).responses == ["utter_charge_refund_asked_before"]
    again = ask(Chat(customer=HUGO), own_workplace)
    assert again.responses == ["utter_double", "utter_charge_refund_asked_before"]
    assert len(asked_for(own_shop_url)) == 1


def test_hugo_is_told_when_the_shop_has_done_it(own_workplace: Workplace, own_shop_url: str) -> None:
    chat = Chat(customer=HUGO)
    ask(chat, own_workplace)
    yes(chat, own_workplace)
    settle(own_shop_url)
    answer = ask(chat, own_workplace)
    assert (answer.responses, answer.asked) == (["utter_double", "utter_charge_refund_done"], "helped")
    assert answer.names[-1] == "utter_ask_helped"


def test_hugo_is_told_why_the_shop_refuses_and_offered_a_person(own_workplace: Workplace, own_shop_url: str) -> None:
    chat = Chat(customer=HUGO)
    ask(chat, own_workplace)
    yes(chat, own_workplace)
    change(own_shop_url, "UPDATE baton_requests SET status = 'refused', result = '{\"reason\": \"It was a gift.\"}'")
    answer = ask(chat, own_workplace)
    assert (answer.responses, answer.asked) == (["utter_double", "utter_request_refused"], "person")
    assert answer.fields("utter_request_refused") == {"reason": "It was a gift."}


def test_a_reserved_second_charge_disappears_by_itself(own_workplace: Workplace, own_shop_url: str) -> None:
    second = second_charge(own_workplace)
    newly = "charged_at = '2026-06-14 12:00:00.000000'"
    change(
        own_shop_url,
        f"UPDATE charges SET {newly} WHERE order_number = '{HUGOS_ORDER}'",
        f"UPDATE charges SET status = 'pending' WHERE charge_id = '{second}'",
    )
    answer = ask(Chat(customer=HUGO), own_workplace)
    assert answer.responses[0] == "utter_double"
    assert {"utter_charge_taken", "utter_charge_reserved"} <= set(answer.responses)
    assert (answer.responses[-1], answer.asked) == ("utter_double_reserved", "helped")
    change(own_shop_url, f"UPDATE charges SET status = 'pending' WHERE order_number = '{HUGOS_ORDER}'")
    assert ask(Chat(customer=HUGO), own_workplace).responses[-1] == "utter_double_both_reserved"


def test_a_charge_reserved_for_too_long_is_for_a_person(own_workplace: Workplace, own_shop_url: str) -> None:
    change(own_shop_url, f"UPDATE charges SET status = 'pending' WHERE charge_id = '{second_charge(own_workplace)}'")
    assert ask(Chat(customer=HUGO), own_workplace).asked == "person"


def test_a_double_charge_whose_refund_is_under_way_isnt_asked_for_again(
    own_workplace: Workplace, own_shop_url: str
) -> None:
    second = second_charge(own_workplace)
    engine = writing_engine(own_shop_url)
    now = datetime(2026, 6, 14, tzinfo=UTC)
    with engine.begin() as db:
        row = {"refund_id": "RF-1", "charge_id": second, "amount_cents": 100, "status": "sent"}
        db.execute(refunds.insert(), row | {"asked_at": now, "due_at": now})
    engine.dispose()
    answer = ask(Chat(customer=HUGO), own_workplace)
    assert (answer.responses, answer.asked) == (["utter_double", "utter_double_going_back"], "helped")


def test_a_yes_is_worth_nothing_without_a_double_charge_of_ones_own(
    own_workplace: Workplace, own_shop_url: str
) -> None:
    hugos = second_charge(own_workplace)
    anas = ask(Chat(customer=ANA), own_workplace, "what is it").buttons[0]["payload"].split('"')[3]
    for charge in (hugos, anas):
        answer = yes(Chat(customer=ANA, slots={"charge": charge}), own_workplace)
        assert (answer.responses, answer.asked) == (["utter_no_double"], "person")
    assert yes(Chat(slots={"charge": hugos}), own_workplace).responses == ["utter_sign_in"]
    assert asked_for(own_shop_url) == []


def test_two_equal_charges_for_two_orders_are_told_apart_item_by_item(
    own_workplace: Workplace, own_shop_url: str
) -> None:
    change(
        own_shop_url,
        "UPDATE charges SET amount_cents = 1845, charged_at = '2026-06-12 12:00:00.000000'"
        f" WHERE order_number IN ('{LATE}', '{ON_TIME}')",
    )
    answer = ask(Chat(customer=ANA), own_workplace)
    assert answer.responses[0] == "utter_two_alike"
    assert answer.responses.count("utter_charge_is_order") == 2
    told = [message for message in answer.messages if message["response"] == "utter_charge_is_order"]
    assert {message["order_number"] for message in told} == {LATE, ON_TIME}
    assert answer.asked == "helped"
    assert ask(Chat(customer=ANA), own_workplace, "what is it", amount="18.45").responses == answer.responses


def test_ben_was_not_charged_twice_and_is_shown_his_charges(workplace: Workplace) -> None:
    answer = ask(Chat(customer=BEN), workplace)
    assert (answer.responses, answer.asked) == (["utter_no_double"], "pick_charge")
    assert 1 < len(answer.buttons) <= 5


def test_hugo_finds_the_double_charge_by_its_amount_too(workplace: Workplace) -> None:
    amount = ask(Chat(customer=HUGO), workplace).fields("utter_double")["amount"]
    answer = ask(Chat(customer=HUGO), workplace, "what is this", amount=amount[1:])
    assert (answer.responses, answer.asked) == (["utter_double"], "refund_double")


def test_hugo_finds_the_double_charge_by_its_order_too(workplace: Workplace) -> None:
    for text in ("what did you take for this", "charged double"):
        answer = ask(Chat(customer=HUGO), workplace, text, order_number=HUGOS_ORDER)
        assert (answer.responses, answer.asked) == (["utter_double"], "refund_double")


@pytest.mark.parametrize(
    ("intent", "said"),
    [
        ("refund_status", {"text": "please refund the second one"}),
        ("refund_status", {"text": "yes refund", "opening": "yes"}),
        (
            "billing_question",
            {"text": "yes, twice is once too much", "opening": "yes"},
        ),
    ],
)
def test_a_yes_with_words_in_it_is_a_yes(
    own_workplace: Workplace, own_shop_url: str, intent: str, said: dict[str, Any]
) -> None:
    chat = Chat(customer=HUGO)
    ask(chat, own_workplace)
    action = AboutCharge if intent == "billing_question" else RefundDouble
    assert chat.ask(action(own_workplace), intent, said).responses == ["utter_charge_refund_asked"]
    assert len(asked_for(own_shop_url)) == 1


def test_a_question_about_another_refund_is_no_yes(own_workplace: Workplace, own_shop_url: str) -> None:
    chat = Chat(customer=HUGO)
    ask(chat, own_workplace)
    answer = chat.ask(RefundDouble(own_workplace), "refund_status", {"text": "where's my refund for the lamp?"})
    assert (answer.slots["about"], answer.slots["unfinished"]) == ("refund_status", "billing_question")
    assert asked_for(own_shop_url) == []


@pytest.mark.parametrize(
    "words",
    ["give me a second", "refund it? no, leave it", "return that lamp", "send it later if"],
)
def test_words_that_only_begin_like_a_wish_for_the_money_are_no_yes(
    own_workplace: Workplace, own_shop_url: str, words: str
) -> None:
    chat = Chat(customer=HUGO)
    ask(chat, own_workplace)
    chat.ask(RefundDouble(own_workplace), "refund_status", {"text": words})
    assert asked_for(own_shop_url) == []


def test_two_months_of_one_membership_are_no_double_charge(workplace: Workplace) -> None:
    answer = ask(Chat(customer=BEN), workplace, "you took it twice", amount="7.99")
    assert answer.responses == ["utter_no_double", "utter_subscription", "utter_charge_taken"]
    assert answer.asked == "stop_renewal"


def test_a_double_charge_of_another_amount_isnt_the_one_that_is_meant(workplace: Workplace) -> None:
    answer = ask(Chat(customer=HUGO), workplace, amount="1.23")
    assert answer.responses == [
        "utter_no_double",
        "utter_no_such_charge",
        "utter_charge_maybe_reserved",
        "utter_charge_elsewhere",
    ]
    assert answer.asked == "pick_charge"


def test_hugo_comes_back_to_his_double_charge(workplace: Workplace) -> None:
    chat = Chat(customer=HUGO, slots={"unfinished": "billing_question", "asked": "come_back"})
    heard = {"intent": {"name": "late_delivery"}, "also": ["billing_question"], "text": "late, and charged twice"}
    chat.events.append({"event": "user", "parse_data": heard})
    answer = chat.ask(ComeBack(workplace), "affirm")
    assert (answer.responses, answer.asked) == (["utter_double"], "refund_double")


def test_hugo_asks_what_became_of_the_refund_that_was_just_asked_for(own_workplace: Workplace) -> None:
    chat = Chat(customer=HUGO)
    ask(chat, own_workplace)
    yes(chat, own_workplace)
    answer = chat.ask(RefundStatus(own_workplace), "refund_status", {"text": "did you refund it?"})
    assert (answer.responses, answer.asked) == (["utter_charge_refund_asked_before"], "helped")
    anas = Chat(customer=ANA, slots={"charge": chat.slots["charge"]})
    assert "utter_charge_refund_asked_before" not in anas.ask(RefundStatus(own_workplace), "refund_status").responses
