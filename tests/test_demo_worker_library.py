"""An e-book that went astray is put into the library once, and only into its owner's."""

import json
from typing import Any

import pytest
from sqlalchemy import Engine, insert, select

from demo.database import writing_engine
from demo.schema import library, orders, requests
from demo.worker import settle_next
from tests.larkfield import ANA, own_shop_url, sqlite_shop_url

__all__ = ["own_shop_url", "sqlite_shop_url"]

PIA, ORDER, EBOOK = "C-1016", "A-209310", "EBOOK-08"


@pytest.fixture
def engine(own_shop_url: str) -> Engine:
    """The shop's own tables."""
    return writing_engine(own_shop_url)


def deliver(engine: Engine, customer: str = PIA, key: str = f"deliver_digital:{ORDER}") -> tuple[str, dict[str, Any]]:
    """Ask for the e-books of the order; what became of it."""
    wanted = {"key": key, "kind": "deliver_digital", "subject": ORDER, "payload": json.dumps({"customer": customer})}
    with engine.begin() as db:
        db.execute(insert(requests), wanted)
    assert settle_next(engine)
    with engine.begin() as db:
        status, result = db.execute(select(requests.c.status, requests.c.result).where(requests.c.key == key)).one()
    return status, json.loads(result)


def library_of(engine: Engine, customer: str) -> list[str]:
    with engine.begin() as db:
        return list(db.scalars(select(library.c.sku).where(library.c.customer_id == customer)))


def test_pias_ebook_is_put_into_her_library(engine: Engine) -> None:
    assert EBOOK not in library_of(engine, PIA)
    assert deliver(engine) == ("done", {"added": [EBOOK]})
    assert EBOOK in library_of(engine, PIA)


def test_what_is_there_isnt_put_there_again(engine: Engine) -> None:
    deliver(engine)
    assert deliver(engine, key="deliver_digital:again")[0] == "refused"
    assert library_of(engine, PIA).count(EBOOK) == 1


def test_ana_cant_have_pias_ebook(engine: Engine) -> None:
    before = library_of(engine, ANA)
    assert deliver(engine, ANA)[0] == "refused"
    assert library_of(engine, ANA) == before


def test_a_cancelled_order_gives_no_ebook(engine: Engine) -> None:
    with engine.begin() as db:
        db.execute(orders.update().where(orders.c.number == ORDER).values(status="cancelled"))
    assert deliver(engine) == ("refused", {"reason": "The order was cancelled."})
