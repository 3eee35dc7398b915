"""The whole of Baton as `make run` starts it: each process is killed once and comes back without a hand."""

from __future__ import annotations

import asyncio
import os
import signal
import time
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from deploy.health import answers
from deploy.places import MODELS
from deploy.programs import BATON_PROGRAMS, SHOP_PROGRAMS, Program
from tests.browser.books import Books
from tests.conftest import refuse
from tests.faults.checker import stored_in, violations
from tests.faults.figures import tell
from tests.faults.journal import Journal
from tests.faults.people import Customer
from tests.faults.supervised import eventually, processes
from tests.whole import Baton, running

PROGRAMS = {program.name: program for program in (*BATON_PROGRAMS, *SHOP_PROGRAMS)}
BACK_SECONDS = 120
EVERYTHING = tuple(PROGRAMS)


@pytest.fixture(scope="module")
def hurt_baton(tmp_path_factory: pytest.TempPathFactory) -> Iterable[Baton]:
    """A Baton of these tests' own, as they kill it."""
    if not any(MODELS.glob("*.tar.gz")):
        refuse("The bot's model is not there: run make setup")
    with running(tmp_path_factory.mktemp("hurt")) as baton:
        yield baton


def test_every_process_is_killed_once_while_ana_looks_an_order_up(hurt_baton: Baton) -> None:
    """Rasa dies between any two steps of the look-up, everything else beside it, supervisord at last."""
    journal, customers = asyncio.run(_ana_looks_an_order_up(hurt_baton))
    assert violations(journal, stored_in(hurt_baton.var / "desk.sqlite"), customers) == []


async def _ana_looks_an_order_up(baton: Baton) -> tuple[Journal, list[Customer]]:
    shopper = Books(baton).shopper()
    async with _at_the_widget(baton) as ana:
        assert "order number" in await ana.asks_bot("where's my package")
        await killed(baton, "bot_a", "watcher")
        assert "e-mail" in await ana.asks_bot(shopper.number)
        await killed(baton, "bot_a", "actions", "shop", "shop_worker", "desk")
        status = await ana.asks_bot(shopper.email)
        assert shopper.number in status
        assert "late" in status
        await killed(baton, "supervisord")
        assert await ana.asks_bot("thank you")
        await ana.asks_for_person()
        return ana.journal, [ana]


@asynccontextmanager
async def _at_the_widget(baton: Baton) -> AsyncIterator[Customer]:
    ana = Customer(baton.desk, Journal(), "Ana")
    await ana.comes()
    listening = asyncio.create_task(ana.listens())
    try:
        yield ana
    finally:
        await asyncio.sleep(1)
        listening.cancel()
        await asyncio.gather(listening, return_exceptions=True)
        await ana.leaves()


async def killed(baton: Baton, *names: str) -> None:
    """kill -9 of these processes at once; returns when all are back, and tells how long each took."""
    before = processes(baton.var)
    supervisord = int((baton.var / "run" / "supervisord.pid").read_text())
    at, began = time.time(), time.monotonic()
    for name in names:
        os.kill({**before, "supervisord": supervisord}[name], signal.SIGKILL)
    hurt = EVERYTHING if "supervisord" in names else names
    waiting = (asyncio.to_thread(_back, baton, PROGRAMS[name], before[name], at, began) for name in hurt)
    took = zip(hurt, await asyncio.gather(*waiting), strict=True)
    tell(f"kill -9 of {', '.join(names)}: " + ", ".join(f"{name} back after {each:.1f} s" for name, each in took))


def _back(baton: Baton, program: Program, killed: int, at: float, began: float) -> float:
    def back() -> bool:
        return processes(baton.var).get(program.name, 0) not in (0, killed) and _serves(baton, program, at)

    eventually(back, BACK_SECONDS)
    eventually(lambda: is_gone(killed), 5)
    return time.monotonic() - began


def is_gone(pid: int) -> bool:
    """Whether a process has ended, be it that nobody has asked how."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] == "Z"
    except OSError:
        return True


def _serves(baton: Baton, program: Program, since: float) -> bool:
    if program.port:
        return answers(f"http://127.0.0.1:{baton.ports[program.port]}{program.health}")
    if isinstance(program.health, Path):
        beat = baton.var / "run" / program.health.name
        return beat.exists() and beat.stat().st_mtime > since
    return True
