"""Postgres: a few threads, each verb in its own transaction, rerun when the database asks for it."""

import asyncio
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from psycopg.errors import DeadlockDetected, LockNotAvailable, SerializationFailure, UniqueViolation
from sqlalchemy import Engine, create_engine
from sqlalchemy.exc import DBAPIError

from handoff.errors import StorageUnavailable
from handoff.failpoints import failpoint
from handoff.storage import Notice, P, Push, Readers, T, Transaction, Verb, clock, translated

THREADS = 8
TRIES = 5
RERUN = (SerializationFailure, DeadlockDetected, UniqueViolation)
LIMITS = "-c lock_timeout=2s -c statement_timeout=5s -c idle_in_transaction_session_timeout=10s -c timezone=UTC"


class PostgresRunner:
    """Runs verbs on threads. Verbs lock the rows that they decide on; a race that the database refuses is run again."""

    def __init__(self, url: str, push: Push):
        self._push = push
        self._loop = asyncio.get_running_loop()
        self._engine = desk_engine(url, THREADS)
        self._readers = Readers(desk_engine(url, 4), threads=4)
        self._pool = ThreadPoolExecutor(THREADS, thread_name_prefix="desk-write")

    async def run(self, verb: Verb[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        def work() -> T:
            result, notices = self._try_again(verb, *args, **kwargs)
            self._loop.call_soon_threadsafe(self._push, notices)
            return result

        return await asyncio.shield(self._loop.run_in_executor(self._pool, translated(work)))

    async def read(self, verb: Verb[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        return await self._readers.read(verb, *args, **kwargs)

    async def close(self) -> None:
        await asyncio.to_thread(self._pool.shutdown)
        self._readers.close()
        self._engine.dispose()

    def _try_again(self, verb: Verb[P, T], *args: P.args, **kwargs: P.kwargs) -> tuple[T, list[Notice]]:
        for _ in range(TRIES):
            try:
                return self._once(verb, *args, **kwargs)
            except DBAPIError as error:
                if not isinstance(error.orig, (*RERUN, LockNotAvailable)):
                    raise
                last: Any = error
        raise StorageUnavailable(retry_after=2) from last

    def _once(self, verb: Verb[P, T], *args: P.args, **kwargs: P.kwargs) -> tuple[T, list[Notice]]:
        with self._engine.begin() as db:
            tx = Transaction(db, clock(db))
            result = verb(tx, *args, **kwargs)
            failpoint("before_commit")
        failpoint("after_commit")
        return result, tx.notices


def desk_engine(url: str, size: int) -> Engine:
    """A pool of `size` connections with time limits, checked before use so that a restarted server heals by itself."""
    limits = {"options": LIMITS, "connect_timeout": 3}
    return create_engine(
        url, pool_size=size, max_overflow=0, pool_pre_ping=True, connect_args=limits, hide_parameters=True
    )
