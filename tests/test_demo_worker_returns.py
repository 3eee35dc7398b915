"""Returns and refunds move on in the demo shop: asked, received, money sent, money paid; each step once and whole."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import Engine, Table, select, update

from demo.database import writing_engine
from demo.returns import move_next
from demo.schema import orders, parcels, refunds, requests, returns
from demo.worker import settle_next
from tests.larkfield import ANA, DELIVERED, FARID, GRACE, NILS, own_shop_url, sqlite_shop_url
from tests.test_demo_worker import PACKING, ask, charge_of, count, outcome, postgres_shop_url, postgres_template

__all__ = ["own_shop_url", "postgres_shop_url", "postgres_template", "sqlite_shop_url"]

FARIDS_GOODS = "A-151980"  # two lines of books, and an e-book
FARIDS_BOOKS_CENTS = 2 * 1099 + 1850
NILSS_ORDER = "A-207392"
MINUTE = timedelta(minutes=1)


@pytest.fixture(params=["own", "postgres"])
def engine(request: pytest.FixtureRequest) -> Iterator[Engine]:
    """The shop's own tables, on each database."""
    engine = writing_engine(request.getfixturevalue(f"{request.param}_shop_url"))
    yield engine
    engine.dispose()


def after(engine: Engine, minutes: float) -> bool:
    """The worker looks what has stood still for a minute, as if so much time had passed."""
    with engine.begin() as db:
        return move_next(db, datetime.now(UTC) + minutes * MINUTE, MINUTE)


def all_moves(engine: Engine) -> None:
    """Time passes until nothing moves any more."""
    minutes = 2
    while after(engine, minutes):
        minutes += 2


def state(engine: Engine, table: Table, **wanted: str) -> list[str]:
    """The statuses of the rows that were made since the shop was seeded."""
    query = select(table.c.status).where(table.c.asked_at > datetime.now(UTC) - timedelta(hours=1))
    for column, value in wanted.items():
        query = query.where(table.c[column] == value)
    with engine.begin() as db:
        return list(db.execute(query).scalars())


def fate(engine: Engine, order: str) -> tuple[str, int]:
    """The order's status, and how many cents of it were paid back at once."""
    charge, _ = charge_of(engine, order)
    with engine.begin() as db:
        status = db.execute(select(orders.c.status).where(orders.c.number == order)).scalar_one()
        return status, db.execute(select(refunds.c.amount_cents).where(refunds.c.charge_id == charge)).scalar_one()


def send_back(engine: Engine, order: str, customer: str, line: int | None = None) -> str:
    """The customer asks to send something back, and the shop agrees; answers the request's key."""
    key = ask(engine, "return", order, customer, line=line)
    assert settle_next(engine)
    assert outcome(engine, key)[0] == "done"
    return key


def test_farids_books_come_back_and_their_price_without_postage_and_e_book_is_paid_back(engine: Engine) -> None:
    send_back(engine, FARIDS_GOODS, FARID)
    assert not after(engine, 0.5)
    assert after(engine, 2)
    assert (state(engine, returns), state(engine, refunds)) == (["received"], [])
    assert after(engine, 4)
    assert state(engine, refunds) == ["sent"]
    assert after(engine, 6)
    assert state(engine, refunds) == ["paid"]
    assert not after(engine, 100)
    assert fate(engine, FARIDS_GOODS) == ("returned", FARIDS_BOOKS_CENTS)


def test_one_line_comes_back_and_the_rest_of_the_order_stays(engine: Engine) -> None:
    send_back(engine, FARIDS_GOODS, FARID, line=2)
    all_moves(engine)
    assert fate(engine, FARIDS_GOODS) == ("delivered", 1850)


@pytest.mark.parametrize(
    ("order", "line", "reason"),
    [
        (DELIVERED, 2, "There's nothing in it that could be sent back by post."),  # the e-book
        (DELIVERED, 9, "There's nothing in it that could be sent back by post."),
        ("A-104187", None, "Only what has arrived can be sent back."),
    ],
)
def test_ana_cant_send_back_an_e_book_nothing_or_what_hasnt_come(
    engine: Engine, order: str, line: int | None, reason: str
) -> None:
    key = ask(engine, "return", order, ANA, line=line)
    settle_next(engine)
    assert outcome(engine, key) == ("refused", {"reason": reason})


def test_what_is_on_its_way_back_cant_be_sent_back_again_in_another_way(engine: Engine) -> None:
    send_back(engine, DELIVERED, ANA, line=1)
    whole = ask(engine, "return", DELIVERED + " ", ANA)
    with engine.begin() as db:
        db.exec_driver_sql(f"UPDATE baton_requests SET subject = '{DELIVERED}' WHERE key = '{whole}'")
    settle_next(engine)
    assert outcome(engine, whole) == ("refused", {"reason": "It's on its way back to us already."})


def test_a_refund_that_baton_asked_for_isnt_sent_a_second_time_by_the_shop(engine: Engine) -> None:
    send_back(engine, FARIDS_GOODS, FARID)
    after(engine, 2)
    with engine.begin() as db:
        [sent_back] = db.execute(select(returns.c.return_id).where(returns.c.order_number == FARIDS_GOODS)).scalars()
    charge, _ = charge_of(engine, FARIDS_GOODS)
    ask(engine, "refund", charge, FARID, cents=FARIDS_BOOKS_CENTS, **{"return": sent_back})
    settle_next(engine)
    all_moves(engine)
    assert state(engine, refunds) == ["paid"]


def test_what_came_after_all_though_it_was_paid_back_isnt_paid_back_again(engine: Engine) -> None:
    charge, _ = charge_of(engine, FARIDS_GOODS)
    with engine.begin() as db:
        parcel = db.scalar(select(parcels.c.shipment_id).where(parcels.c.order_number == FARIDS_GOODS))
    paid_back = ask(engine, "refund", charge, FARID, cents=1, **{"return": None})
    with engine.begin() as db:
        db.execute(update(requests).where(requests.c.key == paid_back).values(key=f"refund:{charge}:{parcel}"))
    sent_back = ask(engine, "return", FARIDS_GOODS, FARID, line=None)
    while settle_next(engine):
        pass
    assert outcome(engine, sent_back) == ("refused", {"reason": "Its money has gone back already."})


def test_a_return_is_paid_back_once_and_only_when_it_has_come(engine: Engine) -> None:
    with engine.begin() as db:
        [sent_back] = db.execute(select(returns.c.return_id).where(returns.c.order_number == NILSS_ORDER)).scalars()
    charge, _ = charge_of(engine, NILSS_ORDER)
    before = count(engine, refunds)
    asked = [
        ask(engine, "refund", charge, NILS, cents=100, **{"return": "RT-no-such"}),
        *(again(engine, f"refund:{n}", charge, sent_back) for n in (1, 2)),
    ]
    while settle_next(engine):
        pass
    assert [outcome(engine, key)[0] for key in asked] == ["refused", "done", "refused"]
    assert count(engine, refunds) == before + 1


def again(engine: Engine, key: str, charge: str, sent_back: str) -> str:
    """Ask for Nils's money under another key, as a second way to the same refund would."""
    made = ask(engine, "refund", charge + key, NILS, cents=100, **{"return": sent_back})
    with engine.begin() as db:
        db.exec_driver_sql(f"UPDATE baton_requests SET subject = '{charge}', key = '{key}' WHERE key = '{made}'")
    return key


def test_graces_overdue_refund_is_sent_again_with_a_new_date_and_paid(engine: Engine) -> None:
    charge, _ = charge_of(engine, "A-163415")
    with engine.begin() as db:
        overdue = str(db.scalar(select(refunds.c.refund_id).where(refunds.c.charge_id == charge)))
    assert not after(engine, 1000), "the seed's refunds don't move by themselves"
    stranger, hers = ask(engine, "refund_overdue", overdue, ANA), f"refund_overdue:{overdue}"
    settle_next(engine)
    assert outcome(engine, stranger)[0] == "refused"
    with engine.begin() as db:
        db.exec_driver_sql("DELETE FROM baton_requests")
    ask(engine, "refund_overdue", overdue, GRACE)
    settle_next(engine)
    assert outcome(engine, hers) == ("done", {"refund": overdue})
    assert after(engine, 2)
    with engine.begin() as db:
        assert db.scalar(select(refunds.c.status).where(refunds.c.refund_id == overdue)) == "paid"


def test_a_worker_that_dies_in_the_middle_leaves_the_return_where_it_was(engine: Engine) -> None:
    send_back(engine, FARIDS_GOODS, FARID)
    with engine.connect() as db:
        assert move_next(db, datetime.now(UTC) + 2 * MINUTE, MINUTE)
        db.rollback()
    assert state(engine, returns) == ["asked"]
    assert after(engine, 2)
    assert state(engine, returns) == ["received"]


def test_two_workers_dont_move_the_same_return(postgres_shop_url: str) -> None:
    engine = writing_engine(postgres_shop_url)
    send_back(engine, FARIDS_GOODS, FARID)
    later = datetime.now(UTC) + 2 * MINUTE
    with engine.begin() as one, engine.begin() as two:
        assert move_next(one, later, MINUTE)
        assert not move_next(two, later, MINUTE)
    assert state(engine, returns) == ["received"]
    engine.dispose()


def test_a_cancelled_orders_money_arrives_too(engine: Engine) -> None:
    ask(engine, "cancel", PACKING, "C-1012")
    settle_next(engine)
    assert state(engine, refunds) == ["sent"]
    assert after(engine, 2)
    assert state(engine, refunds) == ["paid"]
