"""What is true: the shop's and the desk's databases, read beside the running Baton, and what goes on backstage."""

from __future__ import annotations

import json
import sqlite3
import subprocess
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.request import urlopen

from demo.identity import COOKIE, sign_in_cookie
from demo.people import PEOPLE
from deploy.places import DESK
from tests.whole import Baton

LATE_ORDERS = """
    SELECT c.customer_id, c.name, c.email, o.number,
           (SELECT place FROM baton_scans x WHERE x.shipment_id = s.shipment_id ORDER BY scanned_at DESC LIMIT 1) place,
           (SELECT number FROM baton_orders y WHERE y.customer_id = c.customer_id AND y.number <> o.number
             ORDER BY number LIMIT 1) another
      FROM baton_customers c JOIN baton_orders o USING (customer_id) JOIN baton_shipments s ON s.order_number = o.number
     WHERE s.status = 'in_transit' AND s.promised_at < :now AND s.expected_at > :now AND s.delay_reason = 'carrier'
     GROUP BY c.name HAVING count(DISTINCT c.customer_id) = 1 AND another IS NOT NULL
     ORDER BY c.customer_id"""


@dataclass(frozen=True)
class Shopper:
    """A customer of the shop with a late order. `place` is where it was last seen, `another` a further order."""

    customer_id: str
    name: str
    email: str
    number: str
    place: str
    another: str


class Books:
    """Both databases of a running Baton, and its secrets."""

    def __init__(self, baton: Baton) -> None:
        self.var = baton.var
        self.bot = f"http://127.0.0.1:{baton.ports['bot']}"
        named = {person.customer_id for person in PEOPLE}
        self._unused = iter([shopper for shopper in self._shoppers() if shopper.customer_id not in named])

    def shopper(self) -> Shopper:
        """Somebody with a late order whom no other test has met."""
        return next(self._unused)

    def shopper_named(self, name: str) -> Shopper:
        """One of the people whom the demo's sign-in page offers."""
        return next(shopper for shopper in self._shoppers() if shopper.name == name)

    def sign_in_cookie(self, customer_id: str) -> tuple[str, str]:
        """What the shop's sign-in would give this customer's browser: a cookie's name and value."""
        return COOKIE, sign_in_cookie(self.secrets()["shop_jwt_secret"], customer_id)

    def secrets(self) -> dict[str, str]:
        """The running Baton's secrets."""
        return dict(json.loads((self.var / "secrets.json").read_text()))

    def rename(self, customer_id: str, name: str) -> None:
        """Let the shop know a customer by another name."""
        with sqlite3.connect(self.var / "shop.sqlite", timeout=10) as shop:
            shop.execute("UPDATE customers SET name = ? WHERE customer_id = ?", (name, customer_id))
        shop.close()

    def in_shop(self, question: str, **values: object) -> list[dict[str, Any]]:
        """Rows of the shop's database."""
        return _rows(self.var / "shop.sqlite", question, values)

    def in_desk(self, question: str, **values: object) -> list[dict[str, Any]]:
        """Rows of the desk's database."""
        return _rows(self.var / "desk.sqlite", question, values)

    def texts_of(self, customer_id: str) -> list[str]:
        """All that this customer of the shop has said to the desk, in the desk's order."""
        question = """
            SELECT text FROM message m JOIN conversation v ON v.id = m.conversation_id
              JOIN customer c ON c.id = v.customer_id
             WHERE c.sub = :sub AND author_kind = 'customer' ORDER BY m.created_at, seq"""
        return [row["text"] for row in self.in_desk(question, sub=customer_id)]

    def supervise(self, *words: str) -> None:
        """Tell the supervisor something: `signal KILL desk`, `stop bot_a`, `start bot_a`."""
        command = [str(DESK / "bin" / "supervisorctl"), "-c", str(self.var / "supervisord.conf"), *words]
        subprocess.run(command, check=True, capture_output=True, timeout=60)

    def bot_answers(self) -> bool:
        """Whether the bot could take a turn now."""
        try:
            with urlopen(f"{self.bot}/webhooks/baton/health", timeout=5) as answer:
                return bool(answer.status == 200)
        except OSError:
            return False

    def _shoppers(self) -> list[Shopper]:
        now = datetime.now(UTC).strftime("%Y-%m-%d %H:%M:%S")
        return [Shopper(**row) for row in self.in_shop(LATE_ORDERS, now=now)]


def until(true: Callable[[], bool], seconds: float = 10) -> None:
    """Wait until something is true; AssertionError when it isn't in time."""
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, "It didn't come true in time."
        time.sleep(0.05)


def _rows(path: Path, question: str, values: dict[str, object]) -> list[dict[str, Any]]:
    database = sqlite3.connect(f"file:{path}?mode=ro", uri=True, timeout=10)
    database.row_factory = sqlite3.Row
    try:
        return [dict(row) for row in database.execute(question, values)]
    finally:
        database.close()
