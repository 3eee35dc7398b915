"""Fills the demo shop: `python -m demo.seed` makes the database that `SHOP_DATABASE_URL` names, or refreshes its dates.

Everything is made up from one seed and `today`, so the same day gives the same shop. Run again on the same day, it
changes nothing; on another day it makes the shop anew and lets the worker fulfil again what Baton had asked for.
"""

import json
import os
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256
from pathlib import Path

from sqlalchemy import Connection, insert, inspect, make_url, select, update

from demo.belongings import add_belongings
from demo.cases import CASES
from demo.database import writing_engine
from demo.order_book import OrderBook, Row
from demo.people import FIRST_NAMES, LAST_NAMES, PEOPLE, STREETS, TOWNS
from demo.products import COIN_APP, COIN_PACKS, CURRENCY, PRODUCTS
from demo.schema import create_tables, drop_tables, facts, requests, shop
from demo.subscriptions import add_subscriptions

DEFAULT_URL = "sqlite:///var/shop.sqlite"
CUSTOMERS = 300
# How often each case befalls the unnamed customers.
SHARES = {
    "delivered": 56,
    "on_time": 12,
    "processing": 6,
    "late": 4,
    "late_no_date": 2,
    "late_for_long": 1,
    "weather": 3,
    "lost": 2,
    "missing": 3,
    "left_outside": 1,
    "split": 4,
    "cancelled": 3,
    "returned": 3,
    "refund_late": 1,
    "double_charged": 1,
    "return_on_its_way": 2,
    "refund_on_its_way": 2,
    "refund_forgotten": 1,
    "charged_again": 1,
    "two_readers": 1,
}


def main() -> None:
    """Seed the shop for today and say what it holds."""
    url = os.environ.get("SHOP_DATABASE_URL", DEFAULT_URL)
    counts = seed(url, datetime.now(UTC).date())
    print(f"The demo shop has {counts['customers']} customers and {counts['orders']} orders.")


def seed(url: str, today: date) -> dict[str, int]:
    """Fill the shop at `url` as of `today`; answers the number of rows of each table."""
    book = write_book(today)
    mark = _mark(book)
    _make_folder(url)
    engine = writing_engine(url)
    with engine.begin() as db:
        if _seeded_as(db) != mark:
            _fill(db, book, mark)
    engine.dispose()
    return {table: len(rows) for table, rows in book.rows.items()}


def write_book(today: date) -> OrderBook:
    """All rows of the shop as of `today`."""
    book = OrderBook(today)
    for sku, title, blurb, kind, picture, cents in PRODUCTS:
        book.add("products", sku=sku, title=title, blurb=blurb, kind=kind, picture=picture, cents=cents)
    _named_people(book)
    _everyone_else(book)
    for order in book.rows["orders"]:
        add_belongings(book, order)
    add_subscriptions(book, {person.customer_id: person.subscription for person in PEOPLE})
    return book


def _named_people(book: OrderBook) -> None:
    for person in PEOPLE:
        customer = _customer(book, person.customer_id, person.name, person.email)
        for number, case in person.orders:
            CASES[case](book, customer, number)
        if person.coins:
            _buy_coins(book, customer, -4, arrived=person.coins == "delivered")


def _everyone_else(book: OrderBook) -> None:
    first = 1001 + len(PEOPLE)
    taken = {number for person in PEOPLE for number, _ in person.orders}
    numbers = (f"A-{number}" for number in book.random.sample(range(210_000, 1_000_000), 2_000))
    unused = (number for number in numbers if number not in taken)
    for customer_number in range(first, 1001 + CUSTOMERS):
        name = f"{book.random.choice(FIRST_NAMES)} {book.random.choice(LAST_NAMES)}"
        email = f"{name.lower().replace(' ', '.')}.{customer_number}@example.com"
        customer = _customer(book, f"C-{customer_number}", name, email)
        for case in book.random.choices(list(SHARES), SHARES.values(), k=book.random.randint(3, 7)):
            CASES[case](book, customer, next(unused))
        if book.random.random() < 0.3:
            _buy_coins(book, customer, -book.random.randint(2, 60), arrived=book.random.random() < 0.9)


def _customer(book: OrderBook, customer_id: str, name: str, email: str) -> Row:
    address = f"{book.random.randint(1, 90)} {book.random.choice(STREETS)}, {book.random.choice(TOWNS)}"
    joined_at = book.some_time(-book.random.randint(120, 1500))
    return book.add("customers", customer_id=customer_id, name=name, email=email, address=address, joined_at=joined_at)


def _buy_coins(book: OrderBook, customer: Row, day: int, *, arrived: bool) -> None:
    title, coins, cents = book.random.choice(COIN_PACKS)
    bought_at = book.some_time(day)
    delivered_at = bought_at + timedelta(seconds=20) if arrived else None
    purchase = book.add(
        "coin_purchases",
        purchase_id=book.next_id("P", "coin_purchases"),
        customer_id=customer["customer_id"],
        app=COIN_APP,
        title=title,
        coins=coins,
        amount_cents=cents,
        currency=CURRENCY,
        bought_at=bought_at,
        delivered_at=delivered_at,
    )
    book.charge_purchase(purchase)
    if arrived:
        book.credit_coins(purchase)


def _fill(db: Connection, book: OrderBook, mark: str) -> None:
    drop_tables(db)
    create_tables(db)
    for table in shop.sorted_tables:
        if book.rows[table.name]:
            db.execute(insert(table), book.rows[table.name])
    db.execute(insert(facts), {"name": "seeded_as", "value": mark})
    db.execute(
        update(requests).where(requests.c.status != "asked").values(status="asked", result=None, settled_at=None)
    )


def _seeded_as(db: Connection) -> str | None:
    if not inspect(db).has_table(facts.name):
        return None
    return db.scalar(select(facts.c.value).where(facts.c.name == "seeded_as"))


def _mark(book: OrderBook) -> str:
    """Differs whenever the shop would come out differently."""
    return sha256(json.dumps(book.rows, sort_keys=True, default=str).encode()).hexdigest()


def _make_folder(url: str) -> None:
    parts = make_url(url)
    if parts.get_backend_name() == "sqlite" and parts.database:
        Path(parts.database).parent.mkdir(parents=True, exist_ok=True)


if __name__ == "__main__":
    main()
