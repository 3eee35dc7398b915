"""What a parcel's dates and status amount to, on the day and around it, and how days are called."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.order_news import tell_owner, tell_stranger
from actions.parcel_news import News, arrival, news_of
from actions.shop import DeliveryStatus, Parcel
from actions.shop_statuses import DelayReason, OrderStatus, ShipmentStatus
from actions.turn import Turn
from actions.words import day_words, time_words
from actions.workplace import Workplace
from tests.larkfield import CONVERSATION, NOW, Answer, sqlite_shop_url, workplace

__all__ = ["sqlite_shop_url", "workplace"]

LONDON = ZoneInfo("Europe/London")


def on_day(days: int, hour: int = 23, minute: int = 59) -> datetime:
    """That day from now."""
    return NOW.replace(hour=hour, minute=minute) + timedelta(days=days)


PARCEL = Parcel(
    parcel=1,
    status=ShipmentStatus.IN_TRANSIT,
    carrier="Northline",
    shipped_at=on_day(-3),
    promised_at=on_day(0),
    expected_at=None,
    delivered_at=None,
    delay_reason=None,
    missing_reported_at=None,
    last_scan=None,
)
WEATHER = DelayReason.WEATHER


@pytest.mark.parametrize(
    ("promised", "expected", "reason", "news", "arrives"),
    [
        (0, None, None, News.ON_THE_WAY, 0),
        (1, None, None, News.ON_THE_WAY, 1),
        (-1, None, None, News.LATE_NO_DATE, None),
        (2, 1, None, News.ON_THE_WAY, 1),
        (1, 1, WEATHER, News.ON_THE_WAY, 1),
        (0, 1, None, News.LATE, 1),
        (2, 3, WEATHER, News.LATE_WEATHER, 3),
        (-1, 0, None, News.LATE, 0),
        (-2, -1, None, News.LATE_NO_DATE, None),
        (-2, -1, WEATHER, News.LATE_NO_DATE, None),
        (1, -1, None, News.ON_THE_WAY, 1),
    ],
)
def test_a_parcel_on_its_way_is_in_time_or_late(
    promised: int, expected: int | None, reason: DelayReason | None, news: News, arrives: int | None
) -> None:
    estimate = None if expected is None else on_day(expected, 20)
    parcel = replace(PARCEL, promised_at=on_day(promised), expected_at=estimate, delay_reason=reason)
    assert news_of(parcel, NOW, UTC) is news
    coming = arrival(parcel, NOW, UTC)
    assert (coming.date() if coming else None) == (on_day(arrives).date() if arrives is not None else None)


@pytest.mark.parametrize(
    ("status", "news"),
    [
        (ShipmentStatus.PREPARING, News.PROCESSING),
        (ShipmentStatus.OUT_FOR_DELIVERY, News.ON_THE_WAY),
        (ShipmentStatus.DELIVERED, News.DELIVERED),
        (ShipmentStatus.LOST, News.LOST),
        (ShipmentStatus.RETURNED, News.CAME_BACK),
        (ShipmentStatus.CANCELLED, News.CANCELLED),
    ],
)
def test_each_status_has_its_news(status: ShipmentStatus, news: News) -> None:
    assert news_of(replace(PARCEL, status=status), NOW, UTC) is news


def test_a_parcel_that_should_have_been_sent_by_now_is_late() -> None:
    parcel = replace(PARCEL, status=ShipmentStatus.PREPARING, promised_at=on_day(-1))
    assert news_of(parcel, NOW, UTC) is News.NOT_SENT


def test_a_delivered_parcel_is_missing_once_that_was_reported() -> None:
    parcel = replace(PARCEL, status=ShipmentStatus.DELIVERED, delivered_at=on_day(-1))
    assert news_of(parcel, NOW, UTC) is News.DELIVERED
    assert news_of(replace(parcel, missing_reported_at=on_day(-1)), NOW, UTC) is News.MISSING


def told(workplace: Workplace, status: OrderStatus, *parcels: Parcel) -> tuple[Answer, Answer]:
    """What the owner and a stranger hear of an order with these parcels."""
    delivery = DeliveryStatus("A-123456", status, on_day(-5), None, None, parcels)
    answers = []
    for tell in (tell_owner, tell_stranger):
        dispatcher = CollectingDispatcher()
        turn = Turn(workplace, dispatcher, Tracker(CONVERSATION, {}, {}, [], False, None, {}, None), {})
        tell(turn, delivery)
        answers.append(Answer(dispatcher.messages, {event["name"]: event["value"] for event in turn.events}))
    return answers[0], answers[1]


def test_an_order_without_a_parcel_is_being_packed_or_has_none_to_tell_of(workplace: Workplace) -> None:
    for answer in told(workplace, OrderStatus.PLACED):
        assert answer.responses == ["utter_status_processing"]
    for answer in told(workplace, OrderStatus.DELIVERED):
        assert answer.responses == ["utter_order_no_parcel"]


def test_a_parcel_that_came_back_or_was_never_sent_is_called_so(workplace: Workplace) -> None:
    came_back = replace(PARCEL, status=ShipmentStatus.RETURNED)
    owner, stranger = told(workplace, OrderStatus.SHIPPED, came_back)
    assert (owner.responses, stranger.responses) == (["utter_order_returned"], ["utter_status_returned"])
    not_sent = replace(PARCEL, status=ShipmentStatus.PREPARING, promised_at=on_day(-1))
    owner, stranger = told(workplace, OrderStatus.PLACED, not_sent)
    assert owner.fields("utter_order_not_sent") == {"order_number": "A-123456", "promised": "yesterday"}
    assert stranger.responses == ["utter_status_late_no_date"]


def test_each_kind_of_parcel_has_its_words_in_a_split_order(workplace: Workplace) -> None:
    changes = [
        {"status": ShipmentStatus.PREPARING},
        {"status": ShipmentStatus.PREPARING, "promised_at": on_day(-1)},
        {"expected_at": on_day(2)},
        {"promised_at": on_day(-1)},
        {"status": ShipmentStatus.LOST},
        {"status": ShipmentStatus.RETURNED},
        {"status": ShipmentStatus.DELIVERED, "delivered_at": on_day(-1)},
        {"status": ShipmentStatus.CANCELLED},
    ]
    parcels = [replace(PARCEL, parcel=number, **change) for number, change in enumerate(changes, start=1)]
    owner, stranger = told(workplace, OrderStatus.SHIPPED, *parcels)
    assert owner.responses[0] == "utter_order_split"
    assert [response.removeprefix("utter_parcel_") for response in owner.responses[1:]] == [
        "waiting",
        "waiting",
        "late",
        "late_no_date",
        "lost",
        "came_back",
        "delivered",
    ]
    assert stranger.responses == ["utter_status_split"]


def test_a_parcel_without_scans_is_with_its_carrier(workplace: Workplace) -> None:
    owner, _ = told(workplace, OrderStatus.SHIPPED, PARCEL)
    assert owner.fields("utter_order_on_the_way")["last_scan"] == "Northline, Friday 12 June at 23:59"


@pytest.mark.parametrize(
    ("days", "words"),
    [
        (-2, "Saturday 13 June"),
        (-1, "yesterday"),
        (0, "today"),
        (1, "tomorrow"),
        (2, "Wednesday 17 June"),
        (200, "Friday 1 January"),
        (-400, "Sunday 11 May 2025"),
    ],
)
def test_days_are_called_as_people_call_them(days: int, words: str) -> None:
    assert day_words(on_day(days), NOW, UTC) == words


def test_a_day_begins_where_the_shop_is() -> None:
    late_evening = datetime(2026, 6, 14, 23, 30, tzinfo=UTC)
    assert time_words(late_evening, NOW, UTC) == "yesterday at 23:30"
    assert time_words(late_evening, NOW, LONDON) == "today at 00:30"
