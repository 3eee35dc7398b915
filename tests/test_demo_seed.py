"""The demo shop agrees with itself: dates, scans, parcels and money, whatever the day."""

from datetime import date, timedelta

import pytest
from sqlalchemy import Connection, insert, select

from demo.cases import CASES
from demo.database import writing_engine
from demo.people import PEOPLE
from demo.schema import (
    charges,
    coin_entries,
    coin_purchases,
    customers,
    devices,
    library,
    order_lines,
    orders,
    parcel_scans,
    parcels,
    products,
    refunds,
    requests,
    returns,
    shop,
)
from demo.seed import seed, write_book
from tests.larkfield import TODAY, own_shop_url, sqlite_shop_url
from tests.larkfield_tables import MIDNIGHT, all_of, by, db, engine

__all__ = ["db", "engine", "own_shop_url", "sqlite_shop_url"]

SOME_DAYS = [date(2026, 1, 1), date(2026, 3, 29), date(2028, 2, 29), date(2027, 12, 31)]


def test_there_are_enough_people_and_orders(db: Connection) -> None:
    assert len(all_of(db, customers)) >= 200
    assert len(all_of(db, orders)) >= 1000


def test_each_case_happens_to_a_named_person_and_to_others(db: Connection) -> None:
    named = {case for person in PEOPLE for _, case in person.orders}
    assert named == set(CASES)
    assert {person.coins for person in PEOPLE} == {None, "delivered", "not_delivered"}
    statuses = by(all_of(db, parcels), "status")
    assert {"preparing", "in_transit", "delivered", "lost"} <= set(statuses)
    assert all(len(rows) > 10 for rows in statuses.values())


def test_named_people_have_the_orders_that_are_written_about_them(db: Connection) -> None:
    owners = {order["number"]: order["customer_id"] for order in all_of(db, orders)}
    for person in PEOPLE:
        assert [owners[number] for number, _ in person.orders] == [person.customer_id] * len(person.orders)


def test_nothing_that_happened_lies_in_the_future(db: Connection) -> None:
    happened = [
        (orders, "placed_at cancelled_at returned_at"),
        (parcels, "shipped_at delivered_at missing_reported_at"),
        (parcel_scans, "scanned_at"),
        (charges, "charged_at"),
        (refunds, "asked_at paid_at"),
        (returns, "asked_at received_at"),
        (coin_purchases, "bought_at delivered_at"),
        (coin_entries, "entered_at"),
        (devices, "registered_at last_seen_at"),
        (library, "added_at"),
        (customers, "joined_at"),
    ]
    for table, columns in happened:
        for row in all_of(db, table):
            assert all(row[column] is None or row[column] < MIDNIGHT for column in columns.split()), (table.name, row)


def test_scans_come_in_order_and_tell_the_parcels_story(db: Connection) -> None:
    scans = by(all_of(db, parcel_scans), "shipment_id")
    placed = {order["number"]: order["placed_at"] for order in all_of(db, orders)}
    for parcel in all_of(db, parcels):
        own = sorted(scans[parcel["shipment_id"]], key=lambda scan: scan["scanned_at"])
        assert (parcel["shipped_at"] is None) == (not own) == (parcel["status"] == "preparing")
        assert (parcel["tracking_number"] is None) == (not own)
        if own:
            assert placed[parcel["order_number"]] < parcel["shipped_at"] < own[0]["scanned_at"]
            assert own[0]["kind"] == "collected"
            assert (own[-1]["kind"] == "delivered") == (parcel["status"] == "delivered")


def test_a_delivered_parcel_arrived_when_its_last_scan_says_so(db: Connection) -> None:
    scans = by(all_of(db, parcel_scans), "shipment_id")
    for parcel in all_of(db, parcels):
        delivered = [scan for scan in scans[parcel["shipment_id"]] if scan["kind"] == "delivered"]
        assert [scan["scanned_at"] for scan in delivered] == (
            [parcel["delivered_at"]] if parcel["delivered_at"] else []
        )
        assert parcel["missing_reported_at"] is None or parcel["missing_reported_at"] > parcel["delivered_at"]


def test_whatever_travels_is_in_a_parcel_of_its_own_order(db: Connection) -> None:
    kinds = {product["sku"]: product["kind"] for product in all_of(db, products)}
    owner = {parcel["shipment_id"]: parcel["order_number"] for parcel in all_of(db, parcels)}
    status = {order["number"]: order["status"] for order in all_of(db, orders)}
    for line in all_of(db, order_lines):
        travels = kinds[line["sku"]] != "digital" and status[line["order_number"]] != "cancelled"
        assert (line["shipment_id"] is not None) == travels
        assert line["shipment_id"] is None or owner[line["shipment_id"]] == line["order_number"]
    used = {line["shipment_id"] for line in all_of(db, order_lines)}
    assert set(owner) <= used


def test_a_split_order_has_two_parcels_one_of_them_here(db: Connection) -> None:
    several = {number: own for number, own in by(all_of(db, parcels), "order_number").items() if len(own) > 1}
    assert "A-140027" in several
    for own in several.values():
        assert [(parcel["parcel"], parcel["status"]) for parcel in own] == [(1, "delivered"), (2, "in_transit")]


def test_the_orders_status_is_that_of_its_parcels(db: Connection) -> None:
    sent = by(all_of(db, parcels), "order_number")
    for order in all_of(db, orders):
        statuses = {parcel["status"] for parcel in sent[order["number"]]}
        if order["status"] == "placed":
            assert statuses == {"preparing"}
        elif order["status"] == "delivered":
            assert statuses == {"delivered"}
        elif order["status"] == "shipped":
            assert statuses & {"in_transit", "lost"}


def test_readers_are_registered_by_those_who_got_them_and_ebooks_are_owned(db: Connection) -> None:
    delivered = by(all_of(db, parcels), "order_number")
    for device in all_of(db, devices):
        assert device["registered_at"] > min(parcel["delivered_at"] for parcel in delivered[device["order_number"]])
        assert device["registered_at"] < device["last_seen_at"]
    owner = {order["number"]: order["customer_id"] for order in all_of(db, orders)}
    books = all_of(db, library)
    assert books
    assert all(owner[book["order_number"]] == book["customer_id"] for book in books)


def test_pias_second_reader_is_lost_and_one_ebook_went_astray(db: Connection) -> None:
    own = {row["model"]: row["status"] for row in all_of(db, devices) if row["customer_id"] == "C-1016"}
    assert own == {"Lark Reader": "lost", "Lark Reader Plus": "active"}
    ordered = {line["sku"] for line in all_of(db, order_lines) if line["order_number"] == "A-209310"}
    owned = {row["sku"] for row in all_of(db, library) if row["customer_id"] == "C-1016"}
    assert "EBOOK-08" in ordered - owned


def test_the_same_day_gives_the_same_shop_and_another_day_the_same_but_later() -> None:
    today, tomorrow = write_book(TODAY), write_book(TODAY + timedelta(days=1))
    assert today.rows == write_book(TODAY).rows
    for before, after in zip(today.rows["orders"], tomorrow.rows["orders"], strict=True):
        assert before["number"] == after["number"]
        assert after["placed_at"] - before["placed_at"] == timedelta(days=1)


@pytest.mark.parametrize("today", SOME_DAYS, ids=str)
def test_any_day_of_any_year_will_do(today: date) -> None:
    book = write_book(today)
    assert len(book.rows["orders"]) >= 1000


def test_seeding_again_on_the_same_day_keeps_what_was_done_since(own_shop_url: str) -> None:
    change = requests.insert().values(key="cancel:A-205518", kind="cancel", subject="A-205518", payload="{}")
    engine = writing_engine(own_shop_url)
    with engine.begin() as db:
        db.execute(change)
        db.execute(orders.update().where(orders.c.number == "A-205518").values(status="cancelled"))
    seed(own_shop_url, TODAY)
    with engine.begin() as db:
        assert db.scalar(select(orders.c.status).where(orders.c.number == "A-205518")) == "cancelled"
        assert db.scalar(select(requests.c.status)) == "asked"
    engine.dispose()


def test_seeding_on_another_day_renews_the_dates_and_asks_again_for_what_was_asked(own_shop_url: str) -> None:
    engine = writing_engine(own_shop_url)
    done = {"key": "cancel:A-205518", "kind": "cancel", "subject": "A-205518", "payload": "{}", "status": "done"}
    with engine.begin() as db:
        before = db.scalar(select(orders.c.placed_at).where(orders.c.number == "A-205518"))
        db.execute(insert(requests), done | {"result": "{}"})
    seed(own_shop_url, TODAY + timedelta(days=3))
    with engine.begin() as db:
        after = db.scalar(select(orders.c.placed_at).where(orders.c.number == "A-205518"))
        assert after - before == timedelta(days=3)
        assert db.execute(select(requests.c.status, requests.c.result)).one() == ("asked", None)
    engine.dispose()


def test_each_table_is_filled_or_waits_for_requests(db: Connection) -> None:
    empty = {table.name for table in shop.sorted_tables if not all_of(db, table)}
    assert empty == {"baton_requests"}
