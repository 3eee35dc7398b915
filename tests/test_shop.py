"""The shop as the bot and the desk see it: one's own orders, nobody else's, in time or not at all."""

from datetime import UTC

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import create_engine

from actions.shop import Return, Shop, order_number
from actions.shop_views import NAMES, column_names
from demo.views import VIEWS
from tests.larkfield import (
    ANA,
    BENS_ORDER,
    DELIVERED,
    ELIF,
    LATE,
    MIRA,
    ON_TIME,
    change,
    own_shop_url,
    postgres_shop_url,
    shop,
    sqlite_shop_url,
)

__all__ = ["own_shop_url", "postgres_shop_url", "shop", "sqlite_shop_url"]

UNKNOWN = "A-999998"
NO_NUMBERS = [
    "",
    " ",
    "-",
    "A-",
    "A-12345",
    "A-1234567",
    "B-123456",
    "A_123456",
    "A-１２３４５６",
    "Ａ-123456",
    "A-١٢٣٤٥٦",
    "A-12345٦",
    "A-123456\x00",
    "A-123456%00",
    "1 OR 1=1",
    "A-123456' OR '1'='1",
    "A-______",
    "A-%",
    "*",
    "../../etc/passwd",
    "A-123456; DROP TABLE orders",
    "A-123456\nA-104187",
    "\ud800",
    "A-" + "1" * 10_000,
    "[" * 10_000,
]


def test_ana_has_an_order_on_its_way_a_late_one_and_a_delivered_one(shop: Shop) -> None:
    orders = shop.recent_orders(ANA)
    assert [(order.number, order.status) for order in orders] == [
        (ON_TIME, "shipped"),
        (LATE, "shipped"),
        (DELIVERED, "delivered"),
    ]
    assert all(order.items and order.shipments and order.shipments[0].scans for order in orders)


def test_no_more_orders_come_than_were_asked_for(shop: Shop) -> None:
    assert [order.number for order in shop.recent_orders(ANA, limit=1)] == [ON_TIME]


def test_anas_order_card_holds_the_order_and_the_money_around_it(shop: Shop) -> None:
    card = shop.order_card(ANA, LATE)
    assert card is not None
    assert card.customer.name == "Ana Lindqvist"
    assert card.order.total_cents == sum(charge.amount_cents for charge in card.charges)
    assert [purchase.coins_delivered > 0 for purchase in card.purchases] == [True]
    assert card.refunds == ()


def test_miras_card_shows_what_she_is_sending_back_and_anas_does_not(shop: Shop) -> None:
    card = shop.order_card(MIRA, "A-206631")
    assert card is not None
    assert [(sent.status, sent.line, sent.received_at) for sent in card.returns] == [("asked", None, None)]
    assert [sent.order_number for sent in shop.all_of(Return, MIRA)] == ["A-206631", "A-206140"]
    assert shop.all_of(Return, ANA) == []


def test_a_split_order_has_both_parcels_with_their_own_items_and_scans_in_order(shop: Shop) -> None:
    order = shop.order_of(ELIF, "A-140027")
    assert order is not None
    assert [parcel.status for parcel in order.shipments] == ["delivered", "in_transit"]
    for parcel in order.shipments:
        assert any(item.shipment_id == parcel.shipment_id for item in order.items)
        assert list(parcel.scans) == sorted(parcel.scans, key=lambda scan: scan.scanned_at)


def test_times_are_aware_and_in_utc(shop: Shop) -> None:
    order = shop.order_of(ANA, LATE)
    assert order is not None
    assert order.placed_at.tzinfo is UTC
    assert order.shipments[0].scans[0].scanned_at.tzinfo is UTC


@pytest.mark.parametrize("number", [BENS_ORDER, UNKNOWN, *NO_NUMBERS])
def test_an_order_that_isnt_anas_isnt_there_whatever_is_wrong_with_it(shop: Shop, number: str) -> None:
    assert shop.order_of(ANA, LATE) is not None
    assert shop.order_of(ANA, number) is None
    assert shop.order_card(ANA, number) is None


def test_nobody_has_orders_who_isnt_known(shop: Shop) -> None:
    for customer in ("C-9999", "", "' OR 1=1 --", "%"):
        assert shop.recent_orders(customer) == []
        assert shop.order_of(customer, LATE) is None


@pytest.mark.parametrize("typed", ["A-104187", "a-104187", " A 104187 ", "a104187", "A–104187", "A — 104187", "104187"])
def test_an_order_number_is_understood_as_people_type_it(typed: str) -> None:
    assert order_number(typed) == "A-104187"


@pytest.mark.parametrize("typed", NO_NUMBERS)
def test_what_only_looks_like_an_order_number_is_none(typed: str) -> None:
    assert order_number(typed) is None


@given(st.text(max_size=40))
@settings(max_examples=300, deadline=None)
def test_any_text_is_an_order_number_or_isnt(typed: str) -> None:
    number = order_number(typed)
    assert number is None or (number.isascii() and number.startswith("A-") and len(number) == 8)


@pytest.mark.parametrize("email", ["ana@example.com", "ANA@Example.com", "  ana@example.com\n"])
def test_number_and_email_together_open_the_delivery_status(shop: Shop, email: str) -> None:
    status = shop.order_by_email(LATE, email)
    assert status is not None
    assert (status.number, status.parcels[0].status) == (LATE, "in_transit")


def test_the_status_for_strangers_names_no_place_no_contents_and_no_person(shop: Shop) -> None:
    order = shop.order_of(ANA, LATE)
    status = str(shop.order_by_email(LATE, "ana@example.com"))
    assert order is not None
    secrets = [order.email, order.ship_to, "Ana", *(item.title for item in order.items)]
    secrets += [scan.place for scan in order.shipments[0].scans]
    assert all(secret and secret not in status for secret in secrets)
    assert order.shipments[0].tracking_number not in status


@pytest.mark.parametrize(
    ("number", "email"),
    [
        (LATE, "ben@example.com"),
        (LATE, ""),
        (LATE, "%"),
        (LATE, "ana@example.com' OR '1'='1"),
        (LATE, "ana@example.com\x00"),
        (LATE, "ana@example.com" + "x" * 100_000),
        (LATE, "\ud800@example.com"),
        (UNKNOWN, "ana@example.com"),
        (BENS_ORDER, "ana@example.com"),
        ("A-１０４１８７", "ana@example.com"),
        ("", ""),
    ],
)
def test_without_the_right_pair_there_is_no_status(shop: Shop, number: str, email: str) -> None:
    assert shop.order_by_email(number, email) is None


def test_an_order_without_an_email_address_opens_to_nobody(own_shop_url: str) -> None:
    change(own_shop_url, f"UPDATE orders SET email = '' WHERE number = '{LATE}'")
    assert Shop(own_shop_url).order_by_email(LATE, "") is None


def test_the_demo_offers_exactly_the_documented_views_and_columns(sqlite_shop_url: str) -> None:
    Shop(sqlite_shop_url).check()
    engine = create_engine(sqlite_shop_url)
    with engine.connect() as db:
        for row_type, view in NAMES.items():
            columns = [row[1] for row in db.exec_driver_sql(f"PRAGMA table_info({view})")]
            assert columns == column_names(row_type)
    engine.dispose()
    assert set(VIEWS) == set(NAMES.values())
