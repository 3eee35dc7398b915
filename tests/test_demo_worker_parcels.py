"""A parcel that went astray is looked for, or made up again, once and only for its owner."""

import json
from typing import Any

import pytest
from sqlalchemy import Engine, insert, select

from actions.shop import Shop
from demo.database import writing_engine
from demo.schema import order_lines, parcels, requests
from demo.worker import settle_next
from tests.larkfield import ANA, CHLOE, DELIVERED, DEV, LATE, LEA, own_shop_url, sqlite_shop_url

__all__ = ["own_shop_url", "sqlite_shop_url"]

RAVI = "C-1017"
LOST, TOO_LATE, OUTSIDE, REPORTED, PACKING = "A-126733", "A-209721", "A-209854", "A-131908", "A-205518"


@pytest.fixture
def engine(own_shop_url: str) -> Engine:
    """The shop's own tables."""
    return writing_engine(own_shop_url)


def parcel_of(engine: Engine, order: str) -> str:
    """The first parcel of an order."""
    with engine.begin() as db:
        return str(db.scalar(select(parcels.c.shipment_id).where(parcels.c.order_number == order)))


def settled(engine: Engine, kind: str, subject: str, customer: str, **payload: Any) -> str:
    """What became of a request."""
    wish = {"key": f"{kind}:{subject}", "kind": kind, "subject": subject}
    with engine.begin() as db:
        db.execute(insert(requests), wish | {"payload": json.dumps({"customer": customer, **payload})})
    assert settle_next(engine)
    with engine.begin() as db:
        return str(db.scalar(select(requests.c.status).where(requests.c.key == wish["key"])))


def test_ravis_parcel_is_noted_as_missing_and_baton_sees_it(engine: Engine, own_shop_url: str) -> None:
    assert settled(engine, "report_missing", parcel_of(engine, OUTSIDE), RAVI) == "done"
    shop = Shop(own_shop_url)
    order = shop.order_of(RAVI, OUTSIDE)
    shop.close()
    assert order
    assert order.shipments[0].missing_reported_at


def test_the_first_report_of_devs_parcel_stands(engine: Engine) -> None:
    def reported() -> Any:
        with engine.begin() as db:
            return db.scalar(select(parcels.c.missing_reported_at).where(parcels.c.order_number == REPORTED))

    before = reported()
    assert settled(engine, "report_missing", parcel_of(engine, REPORTED), DEV) == "done"
    assert reported() == before


@pytest.mark.parametrize(("customer", "order"), [(CHLOE, LOST), (RAVI, TOO_LATE), (DEV, REPORTED)])
def test_what_was_lost_is_made_up_again_with_all_that_was_in_it(engine: Engine, customer: str, order: str) -> None:
    lost = parcel_of(engine, order)
    assert settled(engine, "send_again", lost, customer) == "done"
    with engine.begin() as db:
        rows = db.execute(select(parcels).where(parcels.c.order_number == order).order_by(parcels.c.parcel)).all()
        inside = set(db.scalars(select(order_lines.c.shipment_id).where(order_lines.c.order_number == order)))
    assert [(row.parcel, row.status) for row in rows] == [(1, "cancelled"), (2, "preparing")]
    assert inside - {None} == {rows[1].shipment_id}


@pytest.mark.parametrize(
    ("kind", "customer", "order"),
    [
        ("report_missing", ANA, LATE),
        ("report_missing", ANA, OUTSIDE),
        ("send_again", ANA, DELIVERED),
        ("send_again", LEA, PACKING),
        ("send_again", ANA, LOST),
        ("send_again", ANA, "no such order"),
    ],
)
def test_what_makes_no_sense_or_isnt_anas_isnt_done(engine: Engine, kind: str, customer: str, order: str) -> None:
    assert settled(engine, kind, parcel_of(engine, order), customer) == "refused"


def test_what_was_paid_back_isnt_sent_again(engine: Engine, own_shop_url: str) -> None:
    shop = Shop(own_shop_url)
    card = shop.order_card(CHLOE, LOST)
    shop.close()
    assert card
    assert settled(engine, "refund", card.charges[0].charge_id, CHLOE, cents=100) == "done"
    assert settled(engine, "send_again", parcel_of(engine, LOST), CHLOE) == "refused"


def test_what_was_sent_again_isnt_paid_back(engine: Engine, own_shop_url: str) -> None:
    shop = Shop(own_shop_url)
    card = shop.order_card(CHLOE, LOST)
    shop.close()
    assert card
    [charge], lost = card.charges, parcel_of(engine, LOST)
    assert settled(engine, "send_again", lost, CHLOE) == "done"
    key = f"refund:{charge.charge_id}:{lost}"
    payload = json.dumps({"customer": CHLOE, "cents": 100, "return": None})
    with engine.begin() as db:
        wish = {"key": key, "kind": "refund", "subject": charge.charge_id, "payload": payload}
        db.execute(insert(requests), wish)
    assert settle_next(engine)
    with engine.begin() as db:
        assert db.scalar(select(requests.c.status).where(requests.c.key == key)) == "refused"
