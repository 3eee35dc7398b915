"""A shop is checked before Baton is let loose on it: what's missing is named, and nothing is changed."""

import subprocess
import sys
from pathlib import Path

import pytest

from actions.check_shop import CheckedShop
from tests.larkfield import change, own_shop_url, postgres_shop_url, sqlite_shop_url

__all__ = ["own_shop_url", "postgres_shop_url", "sqlite_shop_url"]


def faults(url: str) -> list[str]:
    shop = CheckedShop(url)
    try:
        return shop.faults()
    finally:
        shop.close()


@pytest.mark.parametrize("shop_url", ["sqlite_shop_url", "postgres_shop_url"])
def test_the_demo_shop_has_all_that_baton_needs(request: pytest.FixtureRequest, shop_url: str) -> None:
    url = request.getfixturevalue(shop_url)
    assert faults(url) == []
    assert faults(url) == [], "the check itself left something behind"


def test_a_view_that_is_missing_is_named(own_shop_url: str) -> None:
    change(own_shop_url, "DROP VIEW baton_scans")
    assert faults(own_shop_url) == ["baton_scans: there is no such view, or this user may not read it."]


def test_columns_that_are_missing_are_named(own_shop_url: str) -> None:
    change(
        own_shop_url,
        "DROP VIEW baton_customers",
        "CREATE VIEW baton_customers AS SELECT customer_id, name FROM customers",
    )
    assert faults(own_shop_url) == ["baton_customers: these columns are missing: email, joined_at."]


def test_a_value_that_doesnt_fit_is_shown_with_its_row(own_shop_url: str) -> None:
    change(own_shop_url, "UPDATE orders SET status = 'on its way' WHERE number = 'A-104187'")
    [fault] = faults(own_shop_url)
    assert fault.startswith("baton_orders: the row 'A-104187' doesn't fit: ")
    assert "on its way" in fault


def test_a_parcel_of_no_order_is_found(own_shop_url: str) -> None:
    change(own_shop_url, "UPDATE parcels SET order_number = 'A-000001' WHERE order_number = 'A-104187'")
    assert faults(own_shop_url) == ["baton_shipments: order_number 'A-000001' isn't in baton_orders.number."]


@pytest.mark.parametrize(
    ("table", "complaint"),
    [
        ("key TEXT, kind TEXT, subject TEXT, payload TEXT", "a request can't be written"),
        (
            "key TEXT, kind TEXT, subject TEXT, payload TEXT, status TEXT DEFAULT 'asked', result TEXT,"
            " asked_at TEXT DEFAULT CURRENT_TIMESTAMP, settled_at TEXT",
            "key must be unique",
        ),
        (
            "key TEXT PRIMARY KEY, kind TEXT, subject TEXT, payload TEXT, status TEXT, result TEXT, asked_at TEXT,"
            " settled_at TEXT",
            "a new row needs status 'asked' and asked_at by default",
        ),
    ],
)
def test_a_table_of_requests_that_wont_do_is_explained(own_shop_url: str, table: str, complaint: str) -> None:
    change(own_shop_url, "DROP TABLE baton_requests", f"CREATE TABLE baton_requests ({table})")
    [fault] = faults(own_shop_url)
    assert fault.startswith("baton_requests: ")
    assert complaint in fault


def test_a_database_that_isnt_there_is_one_fault(tmp_path: Path) -> None:
    [fault] = faults(f"sqlite:///{tmp_path}/none.sqlite")
    assert fault.startswith("The database can't be reached: ")


def test_the_command_prints_the_faults_and_fails(own_shop_url: str) -> None:
    command = [sys.executable, "-m", "actions", "check-shop"]
    environment = {"SHOP_DATABASE_URL": own_shop_url, "PATH": "/usr/bin"}
    good = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert (good.returncode, "all that Baton needs" in good.stdout) == (0, True)
    change(own_shop_url, "DROP TABLE baton_requests")
    bad = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert (bad.returncode, "connect-your-shop.md" in bad.stdout) == (1, True)
