"""How the shop's database is reached: within a time limit, read-only but for requests, one error for all trouble."""

import logging
import sqlite3
import time
from collections.abc import Callable
from concurrent.futures import Future
from threading import BoundedSemaphore, Thread
from typing import TypeVar
from urllib.parse import quote

from sqlalchemy import URL, Connection, Engine, NullPool, create_engine, event, make_url

log = logging.getLogger(__name__)

Answer = TypeVar("Answer")

LONGEST_VALUE = 1_000_000
DRIVERS_SHARE = 0.8  # the database should give up before its thread is given up
CHECK_EVERY = 10_000  # SQLite's virtual machine steps between two looks at the clock


class ShopDown(Exception):
    """The shop gave no answer that can be trusted: it's unreachable, too slow, or its rows make no sense."""


class Lookup:
    """Runs work against the shop's database, each in a transaction of its own, for at most `seconds`.

    Only with `writing` may the work change anything; it's then committed.
    """

    def __init__(self, url: str, seconds: float = 3.0, at_once: int = 8, *, writing: bool = False) -> None:
        self.seconds = seconds
        self._free = BoundedSemaphore(at_once)
        self._engine = _engine(make_url(url), seconds, at_once, writing)

    def run(self, work: Callable[[Connection], Answer]) -> Answer:
        """What `work` returns, given a connection; ShopDown after `seconds`, or whatever else goes wrong.

        The work runs in a thread of its own, which is given up when its time is over: no driver's time limit
        covers a network that swallows packets.
        """
        started = time.monotonic()
        if not self._free.acquire(timeout=self.seconds):
            raise ShopDown("too many lookups are still under way")
        answer: Future[Answer] = Future()
        Thread(target=self._run, args=(work, answer), daemon=True, name="shop-lookup").start()
        try:
            return answer.result(timeout=max(0.0, self.seconds - (time.monotonic() - started)))
        except TimeoutError as slow:
            raise ShopDown("no answer in time") from slow

    def close(self) -> None:
        """Give the connections back."""
        self._engine.dispose()

    def _run(self, work: Callable[[Connection], Answer], answer: Future[Answer]) -> None:
        try:
            with self._engine.begin() as db:
                result = work(db)
            answer.set_result(result)
        except Exception as error:  # whatever a stranger's database and drivers raise
            log.warning("The shop's database failed: %s", type(error).__name__)
            down = ShopDown(type(error).__name__)
            down.__cause__ = error
            answer.set_exception(down)
        finally:
            self._free.release()


def _engine(url: URL, seconds: float, at_once: int, writing: bool) -> Engine:
    if url.get_backend_name() == "sqlite":
        return _sqlite_engine(url, seconds, writing)
    options = {"pool_size": at_once, "max_overflow": 0, "pool_timeout": seconds, "pool_pre_ping": True}
    if url.get_backend_name() == "postgresql":
        return create_engine(url, connect_args=_postgres_limits(seconds, writing), hide_parameters=True, **options)
    return create_engine(url, hide_parameters=True, **options)


def _postgres_limits(seconds: float, writing: bool) -> dict[str, object]:
    milliseconds = int(seconds * 1000 * DRIVERS_SHARE)
    times = f"-c statement_timeout={milliseconds} -c lock_timeout={milliseconds}"
    limits = times if writing else f"-c default_transaction_read_only=on {times}"
    return {"connect_timeout": 2, "options": limits, "tcp_user_timeout": milliseconds}


def _sqlite_engine(url: URL, seconds: float, writing: bool) -> Engine:
    file = f"file:{quote(url.database or '')}?mode={'rw' if writing else 'ro'}"
    begin = "BEGIN IMMEDIATE" if writing else "BEGIN"

    def connect() -> sqlite3.Connection:
        db = sqlite3.connect(
            file, uri=True, timeout=seconds * DRIVERS_SHARE, isolation_level=None, check_same_thread=False
        )
        db.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, LONGEST_VALUE)
        deadline = time.monotonic() + seconds * DRIVERS_SHARE
        db.set_progress_handler(lambda: time.monotonic() > deadline, CHECK_EVERY)
        return db

    engine = create_engine("sqlite://", creator=connect, poolclass=NullPool, hide_parameters=True)
    # One snapshot for the whole lookup: without BEGIN each SELECT would see another state of the shop.
    event.listen(engine, "begin", lambda db: db.exec_driver_sql(begin))
    return engine
