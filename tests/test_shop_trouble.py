"""A shop in trouble is down: within three seconds, with one error, and never with wrong rows."""

import socket
import sqlite3
import time
from pathlib import Path

import pytest
from sqlalchemy import make_url, text

from actions.shop import Shop, ShopDown
from actions.shop_lookup import Lookup
from demo.views import VIEWS
from tests.larkfield import (
    ANA,
    LATE,
    change,
    own_shop_url,
    postgres_shop_url,
    shop,
    sqlite_shop_url,
)

__all__ = ["own_shop_url", "postgres_shop_url", "shop", "sqlite_shop_url"]

PATIENCE = 3.5  # the limit of 3 s, and a busy machine
LOOSEN = "UPDATE sqlite_schema SET sql = replace(replace(sql, 'NOT NULL', ''), 'INTEGER', 'BLOB')"


def test_looking_up_cant_write(shop: Shop) -> None:
    lookup: Lookup = shop._lookup
    with pytest.raises(ShopDown):
        lookup.run(lambda db: db.execute(text("UPDATE orders SET email = 'mallory@example.com'")))
    order = shop.order_of(ANA, LATE)
    assert order is not None
    assert order.email == "ana@example.com"


def test_a_shop_that_isnt_there_is_down(tmp_path: Path) -> None:
    with pytest.raises(ShopDown):
        Shop(f"sqlite:///{tmp_path}/none.sqlite").recent_orders(ANA)
    assert not list(tmp_path.iterdir())


def test_a_shop_without_the_views_is_down(own_shop_url: str) -> None:
    change(own_shop_url, "DROP VIEW baton_scans")
    shop = Shop(own_shop_url)
    with pytest.raises(ShopDown):
        shop.order_of(ANA, LATE)
    with pytest.raises(ShopDown):
        shop.check()


@pytest.mark.parametrize(
    "nonsense",
    [
        "UPDATE orders SET status = 'on the moon'",
        "UPDATE orders SET total_cents = 'a lot'",
        "UPDATE orders SET total_cents = 12.5",
        "UPDATE orders SET currency = 'pounds'",
        "UPDATE orders SET placed_at = 'yesterday'",
        "UPDATE orders SET placed_at = '0001-01-01'",
        "UPDATE parcels SET promised_at = ''",
        "UPDATE parcels SET carrier = NULL",
        "UPDATE parcels SET carrier = hex(randomblob(4000))",
        "UPDATE parcels SET carrier = hex(zeroblob(900000)) WHERE order_number = 'A-104187'",
        "UPDATE parcels SET carrier = x'ff00'",
        "UPDATE parcel_scans SET kind = '<script>'",
        "UPDATE order_lines SET unit_cents = -1",
    ],
)
def test_rows_that_make_no_sense_are_as_good_as_no_answer(own_shop_url: str, nonsense: str) -> None:
    shop = Shop(own_shop_url)
    assert shop.order_of(ANA, LATE) is not None
    change(own_shop_url, "PRAGMA writable_schema = ON", LOOSEN)
    change(own_shop_url, "PRAGMA ignore_check_constraints = ON", nonsense)
    with pytest.raises(ShopDown):
        shop.order_of(ANA, LATE)


def test_a_view_that_answers_with_anothers_order_is_caught(own_shop_url: str) -> None:
    shop = Shop(own_shop_url)
    order = VIEWS["baton_orders"].replace(
        "SELECT number, customer_id", f"SELECT '{LATE}' AS number, '{ANA}' AS customer_id"
    )
    assert order != VIEWS["baton_orders"]
    change(own_shop_url, "DROP VIEW baton_orders", f"CREATE VIEW baton_orders AS {order} LIMIT 3")
    with pytest.raises(ShopDown):
        shop.order_of(ANA, LATE)


def test_a_view_that_forgets_the_owner_is_caught(own_shop_url: str) -> None:
    shop = Shop(own_shop_url)
    assert shop.order_card(ANA, LATE) is not None
    ignoring_case = VIEWS["baton_purchases"].replace("p.customer_id,", "p.customer_id COLLATE NOCASE AS customer_id,")
    change(
        own_shop_url,
        "DROP VIEW baton_purchases",
        f"CREATE VIEW baton_purchases AS {ignoring_case}",
        "PRAGMA foreign_keys = OFF",
        f"UPDATE coin_purchases SET customer_id = '{ANA.lower()}' WHERE customer_id = 'C-1009'",
    )
    with pytest.raises(ShopDown):
        shop.order_card(ANA, LATE)


def test_a_locked_shop_is_down_within_three_seconds_and_comes_back(own_shop_url: str) -> None:
    shop = Shop(own_shop_url)
    blocker = sqlite3.connect(make_url(own_shop_url).database or "", isolation_level=None)
    blocker.execute("BEGIN EXCLUSIVE")
    assert seconds_until_down(shop) < PATIENCE
    blocker.execute("ROLLBACK")
    blocker.close()
    assert shop.order_of(ANA, LATE) is not None


def test_an_endless_query_is_stopped_within_three_seconds(own_shop_url: str) -> None:
    endless = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT max(i) FROM n"
    change(
        own_shop_url,
        "DROP VIEW baton_orders",
        f"CREATE VIEW baton_orders AS {VIEWS['baton_orders']} WHERE 0 < ({endless})",
    )
    shop = Shop(own_shop_url)
    assert seconds_until_down(shop) < PATIENCE


def test_a_slow_postgres_is_down_within_three_seconds(postgres_shop_url: str) -> None:
    shop = Shop(postgres_shop_url)
    started = time.monotonic()
    with pytest.raises(ShopDown):
        shop._lookup.run(lambda db: db.execute(text("SELECT pg_sleep(30)")))
    assert time.monotonic() - started < PATIENCE
    assert shop.order_of(ANA, LATE) is not None
    shop.close()


def test_a_server_that_never_answers_is_down_within_three_seconds() -> None:
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        silent.listen()
        port = silent.getsockname()[1]
        assert seconds_until_down(Shop(f"postgresql+psycopg://ana@127.0.0.1:{port}/shop")) < PATIENCE


def test_many_slow_lookups_at_once_are_all_given_up_in_time() -> None:
    lookup = Lookup("sqlite://", seconds=0.3, at_once=2)
    for _ in range(4):
        started = time.monotonic()
        with pytest.raises(ShopDown):
            lookup.run(lambda db: time.sleep(0.8))
        assert time.monotonic() - started < 0.7


def seconds_until_down(shop: Shop) -> float:
    """How long the shop takes to say that it's down."""
    started = time.monotonic()
    with pytest.raises(ShopDown):
        shop.order_of(ANA, LATE)
    return time.monotonic() - started
