"""Numbers that aren't one's own, and a shop in trouble: the same words for all, and never silence."""

import sqlite3
import time
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import make_url

from actions.going_on import GoOn
from actions.orders import TrackOrder
from actions.workplace import Workplace
from tests.larkfield import (
    ANA,
    BENS_ORDER,
    DELIVERED,
    ELIF,
    LATE,
    Chat,
    own_shop_url,
    own_workplace,
    sqlite_shop_url,
    track_order,
    workplace,
    workplace_at,
)

__all__ = ["own_shop_url", "own_workplace", "sqlite_shop_url", "track_order", "workplace"]

UNKNOWN = "A-999998"


@pytest.mark.parametrize("number", [BENS_ORDER, UNKNOWN, "1 OR 1=1", "A-１２３４５６", "../", "*", "x" * 10_000])
def test_foreign_unknown_and_malformed_numbers_answer_alike(track_order: TrackOrder, number: str) -> None:
    answers = [
        Chat(customer=ANA).ask(track_order, "inform_order", order_number=wrong).without_number()
        for wrong in (UNKNOWN, number)
    ]
    assert answers[0][0] == ["utter_order_not_found"]
    assert answers[0] == answers[1]


def test_each_wrong_number_is_reported_to_the_desk_and_forgotten(track_order: TrackOrder) -> None:
    chat = Chat(customer=ANA)
    answer = chat.ask(track_order, "inform_order", order_number=BENS_ORDER)
    assert answer.note("wrong_order") == BENS_ORDER
    assert (chat.slots["wrong_orders"], chat.slots["order_number"]) == (1.0, None)
    assert chat.ask(track_order, "inform_order", order_number=LATE).note("wrong_order") is None


def test_after_the_third_wrong_number_ana_is_offered_a_person(track_order: TrackOrder) -> None:
    chat = Chat(customer=ANA)
    for _ in range(2):
        assert chat.ask(track_order, "inform_order", order_number=UNKNOWN).asked == "pick"
    answer = chat.ask(track_order, "inform_order", order_number=UNKNOWN)
    assert (answer.responses, answer.asked) == (["utter_too_many_tries"], "person")


def test_the_sixth_wrong_number_of_the_hour_goes_to_a_person(workplace: Workplace) -> None:
    chat = Chat(customer=ANA)
    for _ in range(5):
        assert chat.ask(GoOn(workplace), "inform_order", order_number=UNKNOWN).note("handoff") is None
    answer = chat.ask(GoOn(workplace), "inform_order", order_number=UNKNOWN)
    assert answer.note("handoff") == {"reason": "order_not_found", "topic": "track_package"}


def test_wrong_numbers_from_the_same_address_in_other_conversations_count(workplace: Workplace) -> None:
    answer = Chat(customer=ANA, wrong_orders=5).ask(GoOn(workplace), "inform_order", order_number=UNKNOWN)
    assert answer.note("handoff") == {"reason": "order_not_found", "topic": "track_package"}


def test_ana_still_finds_her_own_order_after_many_wrong_numbers_at_her_address(track_order: TrackOrder) -> None:
    answer = Chat(customer=ANA, wrong_orders=50).ask(track_order, "inform_order", order_number=LATE)
    assert answer.responses[0] == "utter_order_late"


def test_a_page_with_somebody_elses_order_shows_anas_own(track_order: TrackOrder) -> None:
    answer = Chat(customer=ANA, page=BENS_ORDER).ask(track_order, "track_package")
    assert (answer.responses, answer.note("wrong_order")) == ([], None)


def test_something_that_is_no_number_is_asked_for_again_and_not_counted(track_order: TrackOrder) -> None:
    answer = Chat(customer=ANA).ask(track_order, "inform_order")
    assert (answer.responses, answer.asked, answer.note("wrong_order")) == ([], "better_order_number", None)


def test_a_shop_that_is_down_gets_an_apology_and_the_choice_of_a_person(tmp_path: Path) -> None:
    with workplace_at(f"sqlite:///{tmp_path}/none.sqlite") as place:
        down = TrackOrder(place)
    for chat in (Chat(customer=ANA), Chat(slots={"email": "ana@example.com"})):
        answer = chat.ask(down, "late_delivery", order_number=LATE)
        assert (answer.responses, answer.asked, answer.slots["about"]) == ([], "shop_down", "late_delivery")


def test_rows_that_make_no_sense_get_an_apology_too(own_shop_url: str, own_workplace: Workplace) -> None:
    track_order = TrackOrder(own_workplace)
    with closing(sqlite3.connect(make_url(own_shop_url).database or "", isolation_level=None)) as db:
        db.execute("UPDATE parcels SET delivered_at = NULL")
    answer = Chat(customer=ANA).ask(track_order, "track_package", order_number=DELIVERED)
    assert (answer.responses, answer.asked) == ([], "shop_down")


def test_a_shop_that_is_merely_slow_doesnt_keep_ana_waiting(
    track_order: TrackOrder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("actions.turn.SECONDS_FOR_AN_ACTION", 0.1)
    monkeypatch.setattr(track_order.workplace.shop, "order_of", lambda *_: time.sleep(0.5))
    answer = Chat(customer=ANA, page=LATE).ask(track_order, "track_package")
    assert (answer.responses, answer.asked) == ([], "shop_down")


def test_nothing_half_said_is_left_when_the_shop_fails_midway(own_shop_url: str, own_workplace: Workplace) -> None:
    track_order = TrackOrder(own_workplace)
    with closing(sqlite3.connect(make_url(own_shop_url).database or "", isolation_level=None)) as db:
        db.execute("UPDATE parcels SET delivered_at = NULL WHERE parcel = 1 AND order_number = 'A-140027'")
    answer = Chat(customer=ELIF).ask(track_order, "track_package")
    assert (answer.responses, answer.asked) == ([], "shop_down")


@pytest.mark.parametrize("odd", [7, 1.5, True, ["A-104187"], {"a": 1}, "", "\ud800"])
def test_odd_slots_and_messages_dont_break_the_answer(track_order: TrackOrder, odd: object) -> None:
    chat = Chat(slots={"order_number": odd, "email": odd, "wrong_orders": odd, "about": odd, "page_order": odd})
    answer = chat.answer(track_order, {"intent": odd, "entities": [odd], "metadata": {"context": odd}})
    assert answer.asked in ("order_number", "email", "person", None)


def test_a_number_that_others_got_wrong_too_often_goes_to_a_person_unless_it_is_anas_own(
    track_order: TrackOrder,
) -> None:
    stranger = Chat(guarded_orders=[LATE]).ask(track_order, "track_package", order_number=LATE, email="ana@example.com")
    assert (stranger.responses, stranger.note("handoff")["reason"]) == (["utter_too_many_tries"], "order_not_found")
    owner = Chat(customer=ANA, guarded_orders=[LATE]).ask(track_order, "track_package", order_number=LATE)
    assert owner.responses[0] == "utter_order_late"
