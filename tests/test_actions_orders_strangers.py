"""Somebody who isn't signed in proves an order by its number and e-mail address, and learns its status only."""

import pytest

from actions.orders import TrackOrder
from tests.larkfield import (
    ANA,
    DELIVERED,
    LATE,
    ON_TIME,
    Chat,
    own_shop_url,
    sqlite_shop_url,
    track_order,
    workplace,
)

__all__ = ["own_shop_url", "sqlite_shop_url", "track_order", "workplace"]

UNKNOWN = "A-999998"


def test_a_stranger_is_asked_for_number_and_address_one_after_the_other(track_order: TrackOrder) -> None:
    chat = Chat()
    assert chat.ask(track_order, "late_delivery").asked == "order_number"
    assert chat.ask(track_order, "inform_order", order_number=LATE).asked == "email"
    answer = chat.ask(track_order, "inform_order", email="ana@example.com")
    assert answer.responses == ["utter_status_late"]
    assert answer.fields("utter_status_late") == {"order_number": LATE, "expected": "Wednesday 17 June"}
    assert answer.asked == "helped"


def test_a_stranger_who_says_both_at_once_is_asked_nothing(track_order: TrackOrder) -> None:
    answer = Chat().ask(track_order, "track_package", order_number=ON_TIME, email="ana@example.com")
    assert answer.responses == ["utter_status_on_the_way"]


@pytest.mark.parametrize(
    ("number", "name", "response"),
    [
        ("A-118320", "ben", "utter_status_late"),
        ("A-126733", "chloe", "utter_status_lost"),
        ("A-131908", "dev", "utter_status_delivered"),
        ("A-140027", "elif", "utter_status_split"),
        ("A-152266", "farid", "utter_status_cancelled"),
        ("A-162871", "grace", "utter_status_returned"),
        ("A-193862", "kofi", "utter_status_late_no_date"),
        ("A-205518", "lea", "utter_status_processing"),
        (DELIVERED, "ana", "utter_status_delivered"),
    ],
)
def test_a_stranger_is_told_the_status_and_nothing_else(
    track_order: TrackOrder, number: str, name: str, response: str
) -> None:
    answer = Chat().ask(track_order, "track_package", order_number=number, email=f"{name}@example.com")
    assert answer.responses == [response]
    assert set(answer.fields(response)) <= {"order_number", "expected", "delivered"}
    assert name not in str(answer.messages).lower()
    assert answer.buttons == []


@pytest.mark.parametrize(
    ("number", "email"),
    [(LATE, "ben@example.com"), (UNKNOWN, "ana@example.com"), ("1 OR 1=1", "ana@example.com"), (LATE, "%")],
)
def test_number_and_address_that_dont_fit_answer_alike(track_order: TrackOrder, number: str, email: str) -> None:
    answer = Chat().ask(track_order, "track_package", order_number=number, email=email)
    assert (answer.responses, answer.asked) == (["utter_order_not_found_anonymous"], "order_number")
    assert answer.note("wrong_order") in (number, "-")
    assert (answer.slots["order_number"], answer.slots["email"]) == (None, None)


def test_a_stranger_has_three_tries_and_no_more(track_order: TrackOrder) -> None:
    chat = Chat()
    for _ in range(3):
        answer = chat.ask(track_order, "inform_order", order_number=LATE, email="ben@example.com")
    assert (answer.responses, answer.asked) == (["utter_too_many_tries"], "person")
    answer = chat.ask(track_order, "inform_order", order_number=LATE, email="ana@example.com")
    assert (answer.responses, answer.asked) == (["utter_too_many_tries"], "person")


def test_a_stranger_at_an_address_with_too_many_wrong_numbers_goes_to_a_person(track_order: TrackOrder) -> None:
    chat = Chat(wrong_orders=6)
    answer = chat.ask(track_order, "track_package", order_number=LATE, email="ana@example.com")
    assert answer.note("handoff") == {"reason": "order_not_found", "topic": "track_package"}


def test_a_stranger_who_claims_to_be_ana_stays_a_stranger(track_order: TrackOrder) -> None:
    chat = Chat(slots={"customer": ANA, "customer_id": ANA, "verified": "true"})
    answer = chat.ask(track_order, "track_package", customer=ANA, customer_id=ANA)
    assert answer.asked == "order_number"
