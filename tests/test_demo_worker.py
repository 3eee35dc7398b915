"""What Baton asks of the demo shop is done once, whole, and by whoever is still alive."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, func, insert, select, text
from sqlalchemy.exc import IntegrityError

from actions.shop import Shop
from demo.database import writing_engine
from demo.schema import coin_entries, orders, refunds, requests, returns
from demo.seed import seed
from demo.worker import settle_next
from tests.conftest import database_name
from tests.larkfield import ANA, DELIVERED, LATE, LEA, TODAY, own_shop_url, sqlite_shop_url
from tests.services import database_on

__all__ = ["own_shop_url", "sqlite_shop_url"]

ROOT = Path(__file__).parents[1]
INES, HUGO = "C-1009", "C-1008"
PACKING = "A-205518"
DIES_BEFORE_COMMIT = """
import os, signal
import demo.worker as worker

def die(db, request, now, settle=worker._settle):
    settle(db, request, now)
    os.kill(os.getpid(), signal.SIGKILL)

worker._settle = die
worker.main()
"""


@pytest.fixture(scope="module")
def postgres_template(postgres_server: str) -> Iterator[str]:
    """The name of a seeded database to copy: seeding takes seconds, a copy tenths of one."""
    name = database_name()
    with database_on(postgres_server, name) as url:
        seed(url, TODAY)
        yield name


@pytest.fixture
def postgres_shop_url(postgres_server: str, postgres_template: str) -> Iterator[str]:
    """A seeded shop of one's own."""
    with database_on(postgres_server, database_name(), postgres_template) as url:
        yield url


@pytest.fixture(params=["own", "postgres"])
def engine(request: pytest.FixtureRequest) -> Iterator[Engine]:
    """The shop's own tables, on each database."""
    engine = writing_engine(request.getfixturevalue(f"{request.param}_shop_url"))
    yield engine
    engine.dispose()


def ask(engine: Engine, kind: str, subject: str, customer: str = ANA, **payload: Any) -> str:
    """Ask the shop for something, as Baton does; answers the key."""
    key = f"{kind}:{subject}"
    wanted = json.dumps({"customer": customer, **payload})
    with engine.begin() as db:
        db.execute(insert(requests), {"key": key, "kind": kind, "subject": subject, "payload": wanted})
    return key


def outcome(engine: Engine, key: str) -> tuple[str, dict[str, Any]]:
    """What became of a request."""
    with engine.begin() as db:
        status, result = db.execute(select(requests.c.status, requests.c.result).where(requests.c.key == key)).one()
    return status, json.loads(result)


def count(engine: Engine, table: Any) -> int:
    """How many rows a table has."""
    with engine.begin() as db:
        return db.scalar(select(func.count()).select_from(table)) or 0


def missing_coins_of(engine: Engine, customer: str) -> str:
    """The customer's purchase whose coins never came."""
    query = "SELECT purchase_id FROM coin_purchases WHERE customer_id = :customer AND delivered_at IS NULL"
    with engine.begin() as db:
        return str(db.scalar(text(query), {"customer": customer}))


def charge_of(engine: Engine, order: str) -> tuple[str, int]:
    """Charge and amount of an order."""
    with engine.begin() as db:
        row = db.execute(
            text("SELECT charge_id, amount_cents FROM charges WHERE order_number = :o"), {"o": order}
        ).first()
    assert row is not None
    return str(row[0]), int(row[1])


def test_ines_gets_her_coins_once_and_sees_them_in_the_shop(engine: Engine) -> None:
    purchase = missing_coins_of(engine, INES)
    key = ask(engine, "restore_coins", purchase, INES)
    before = count(engine, coin_entries)
    assert settle_next(engine)
    status, result = outcome(engine, key)
    assert (status, count(engine, coin_entries)) == ("done", before + 1)
    shop = Shop(engine.url.render_as_string(hide_password=False))
    [seen] = shop.order_card(INES, "A-181154").purchases
    assert (seen.status, seen.coins_delivered) == ("delivered", result["coins"])
    shop.close()


def test_asking_twice_is_asking_once(engine: Engine) -> None:
    purchase = missing_coins_of(engine, INES)
    ask(engine, "restore_coins", purchase, INES)
    with pytest.raises(IntegrityError):
        ask(engine, "restore_coins", purchase, INES)
    assert settle_next(engine)
    assert not settle_next(engine)


def test_coins_that_have_arrived_arent_given_again(engine: Engine) -> None:
    with engine.begin() as db:
        arrived = str(db.scalar(text(f"SELECT purchase_id FROM coin_purchases WHERE customer_id = '{ANA}'")))
    before = count(engine, coin_entries)
    key = ask(engine, "restore_coins", arrived)
    settle_next(engine)
    assert outcome(engine, key)[0] == "refused"
    assert count(engine, coin_entries) == before


def test_hugos_second_charge_is_paid_back_and_never_more_than_that(engine: Engine) -> None:
    charge, cents = charge_of(engine, "A-170939")
    key = ask(engine, "refund", charge, HUGO, cents=cents, **{"return": None})
    settle_next(engine)
    assert outcome(engine, key) == ("done", {"refund": outcome(engine, key)[1]["refund"], "cents": cents})
    with engine.begin() as db:
        again = {"key": "refund:again", "kind": "refund", "subject": charge}
        db.execute(insert(requests), again | {"payload": json.dumps({"customer": HUGO, "cents": 1})})
    settle_next(engine)
    assert outcome(engine, "refund:again")[0] == "refused"


@pytest.mark.parametrize("cents", [0, -1, 10**9, None])
def test_a_refund_needs_a_sensible_amount(engine: Engine, cents: int | None) -> None:
    before = count(engine, refunds)
    key = ask(engine, "refund", charge_of(engine, LATE)[0], cents=cents)
    settle_next(engine)
    assert (outcome(engine, key)[0], count(engine, refunds)) == ("refused", before)


def test_leas_order_is_cancelled_before_it_leaves_and_the_money_goes_back(engine: Engine) -> None:
    key = ask(engine, "cancel", PACKING, LEA)
    settle_next(engine)
    assert outcome(engine, key) == ("done", {"cancelled": PACKING, "cents": charge_of(engine, PACKING)[1]})
    with engine.begin() as db:
        assert db.scalar(select(orders.c.status).where(orders.c.number == PACKING)) == "cancelled"


def test_what_was_never_taken_from_lea_isnt_paid_back(engine: Engine) -> None:
    charge, cents = charge_of(engine, PACKING)
    with engine.begin() as db:
        db.execute(text("UPDATE charges SET status = 'failed' WHERE charge_id = :charge"), {"charge": charge})
    keys = [ask(engine, "refund", charge, LEA, cents=cents), ask(engine, "cancel", PACKING, LEA)]
    while settle_next(engine):
        pass
    refused, cancelled = (outcome(engine, key) for key in keys)
    assert (refused[0], cancelled) == ("refused", ("done", {"cancelled": PACKING, "cents": 0}))


def test_coins_that_were_paid_back_arent_given_again(engine: Engine) -> None:
    purchase = missing_coins_of(engine, INES)
    with engine.begin() as db:
        charge = str(db.scalar(text("SELECT charge_id FROM charges WHERE purchase_id = :p"), {"p": purchase}))
    keys = [ask(engine, "refund", charge, INES, cents=1), ask(engine, "restore_coins", purchase, INES)]
    while settle_next(engine):
        pass
    assert [outcome(engine, key)[0] for key in keys] == ["done", "refused"]


def test_anas_late_order_has_left_and_cant_be_cancelled_or_sent_elsewhere(engine: Engine) -> None:
    keys = [ask(engine, "cancel", LATE), ask(engine, "change_address", LATE, address="1 New Street")]
    while settle_next(engine):
        pass
    assert [outcome(engine, key)[0] for key in keys] == ["refused", "refused"]


def test_anas_delivered_order_may_come_back(engine: Engine) -> None:
    before = count(engine, returns)
    key = ask(engine, "return", DELIVERED)
    settle_next(engine)
    assert (outcome(engine, key)[0], count(engine, returns)) == ("done", before + 1)


def test_leas_order_goes_to_her_new_address(engine: Engine) -> None:
    ask(engine, "change_address", PACKING, LEA, address="1 New Street, York YO1")
    settle_next(engine)
    with engine.begin() as db:
        assert db.scalar(select(orders.c.ship_to).where(orders.c.number == PACKING)) == "1 New Street, York YO1"


@pytest.mark.parametrize("subject", [PACKING, "A-999998", "' OR 1=1 --"])
def test_what_isnt_anas_isnt_done_for_ana(engine: Engine, subject: str) -> None:
    key = ask(engine, "cancel", subject, ANA)
    settle_next(engine)
    assert outcome(engine, key) == ("refused", {"reason": "There's no such thing on this account."})


@pytest.mark.parametrize("payload", ["", "{}", "[]", "nonsense", '{"customer": 5}', "[" * 100_000])
def test_a_request_that_makes_no_sense_is_refused_and_the_next_one_done(engine: Engine, payload: str) -> None:
    with engine.begin() as db:
        db.execute(insert(requests), {"key": "a", "kind": "cancel", "subject": PACKING, "payload": payload})
    key = ask(engine, "no_such_kind", PACKING, LEA)
    good = ask(engine, "cancel", PACKING, LEA)
    while settle_next(engine):
        pass
    assert [outcome(engine, each)[0] for each in ("a", key, good)] == ["refused", "refused", "done"]


def test_a_worker_killed_before_it_commits_leaves_nothing_half_done(own_shop_url: str, tmp_path: Path) -> None:
    engine = writing_engine(own_shop_url)
    purchase = missing_coins_of(engine, INES)
    before = count(engine, coin_entries)
    key = ask(engine, "restore_coins", purchase, INES)
    killed = start_worker(own_shop_url, tmp_path, "-c", DIES_BEFORE_COMMIT)
    assert killed.wait(timeout=30) == -signal.SIGKILL
    assert count(engine, coin_entries) == before
    with engine.begin() as db:
        assert db.scalar(select(requests.c.status)) == "asked"
    assert settle_next(engine)
    assert (outcome(engine, key)[0], count(engine, coin_entries)) == ("done", before + 1)
    engine.dispose()


def test_the_worker_beats_and_does_what_is_asked_while_it_runs(own_shop_url: str, tmp_path: Path) -> None:
    engine = writing_engine(own_shop_url)
    worker = start_worker(own_shop_url, tmp_path, "-m", "demo.worker")
    try:
        wait_until((tmp_path / "beat").exists)
        key = ask(engine, "cancel", PACKING, LEA)
        wait_until(lambda: count(engine, select(requests).where(requests.c.status == "done").subquery()) == 1)
        assert outcome(engine, key)[0] == "done"
        first = (tmp_path / "beat").stat().st_mtime
        wait_until(lambda: (tmp_path / "beat").stat().st_mtime > first)
    finally:
        worker.kill()
        worker.wait()
        engine.dispose()


def start_worker(url: str, folder: Path, *program: str) -> subprocess.Popen[bytes]:
    """A worker of one's own."""
    told = {"PATH": os.environ["PATH"], "SHOP_DATABASE_URL": url, "BATON_WORKER_BEAT": str(folder / "beat")}
    return subprocess.Popen([sys.executable, *program], cwd=ROOT, env=told, stderr=subprocess.DEVNULL)


def wait_until(true: Any) -> None:
    """Wait for something to become true, at most 20 s."""
    deadline = time.monotonic() + 20
    while not true():
        assert time.monotonic() < deadline
        time.sleep(0.1)
