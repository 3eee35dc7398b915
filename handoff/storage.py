"""Where verbs run: a transaction with the database's clock, and the runner that commits, answers and then pushes."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, Concatenate, ParamSpec, Protocol, TypeAlias, TypeVar
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, Engine, Table, make_url, text
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import DBAPIError

from handoff.errors import StorageUnavailable

P = ParamSpec("P")
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class ConversationChanged:
    """Something in a conversation is new: a message, its state or its order."""

    conversation_id: str


@dataclass(frozen=True, slots=True)
class QueueChanged:
    """The queue, or what a rep holds, is not what it was."""


@dataclass(frozen=True, slots=True)
class TurnDue:
    """The bot has something to answer."""

    conversation_id: str


@dataclass(frozen=True, slots=True)
class SessionsEnded:
    """Sign-ins that ended: their open sockets must close."""

    token_hashes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LookersChanged:
    """Other reps than before may be looking at a conversation."""

    conversation_id: str


Notice = ConversationChanged | QueueChanged | TurnDue | SessionsEnded | LookersChanged


@dataclass(slots=True)
class Transaction:
    """What a verb works with: a connection, the database's clock (aware UTC), and the notices to push after COMMIT.

    `zone` is the shop's time zone where it's set: on which clock people are told times (`handoff/zones.py`).
    """

    db: Connection
    now: datetime
    notices: list[Notice] = field(default_factory=list)
    zone: ZoneInfo | None = None

    def tell(self, *notices: Notice) -> None:
        self.notices.extend(notices)


Verb: TypeAlias = Callable[Concatenate[Transaction, P], T]


class Runner(Protocol):
    """Runs verbs. `run` returns after COMMIT, `read` never writes; both raise what it raised, or StorageUnavailable."""

    async def run(self, verb: Verb[P, T], *args: P.args, **kwargs: P.kwargs) -> T: ...

    async def read(self, verb: Verb[P, T], *args: P.args, **kwargs: P.kwargs) -> T: ...

    async def close(self) -> None: ...


Push: TypeAlias = Callable[[list[Notice]], None]


def open_runner(url: str, push: Push) -> Runner:
    """The runner for a database's address; call it inside the running event loop, on which `push` will be called."""
    from handoff.storage_postgres import PostgresRunner
    from handoff.storage_sqlite import SqliteRunner

    return SqliteRunner(url, push) if make_url(url).get_backend_name() == "sqlite" else PostgresRunner(url, push)


class Readers:
    """A small pool of threads for reading transactions."""

    def __init__(self, engine: Engine, threads: int):
        self._engine = engine
        self._pool = ThreadPoolExecutor(threads, thread_name_prefix="desk-read")

    async def read(self, verb: Verb[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        def work() -> T:
            with self._engine.connect() as db:
                return verb(Transaction(db, clock(db)), *args, **kwargs)

        return await asyncio.get_running_loop().run_in_executor(self._pool, translated(work))

    def close(self) -> None:
        self._pool.shutdown(cancel_futures=True)
        self._engine.dispose()


def translated(work: Callable[[], T]) -> Callable[[], T]:
    """The same work, with a database's trouble turned into StorageUnavailable."""

    def run() -> T:
        try:
            return work()
        except DBAPIError as error:
            raise StorageUnavailable(retry_after=2) from error
        except StopIteration as error:
            raise raisable(error) from error

    return run


def raisable(error: Exception) -> Exception:
    """The error, or one that a future takes: it refuses StopIteration, and whoever awaits it would wait for ever."""
    return RuntimeError("a verb ran out of items") if isinstance(error, StopIteration) else error


def clock(db: Connection) -> datetime:
    """The database's time, aware UTC."""
    if db.dialect.name == "postgresql":
        moment: datetime = db.execute(_POSTGRES_CLOCK).scalar_one()
        return moment.astimezone(UTC)
    return datetime.fromisoformat(db.execute(_SQLITE_CLOCK).scalar_one()).replace(tzinfo=UTC)


def insert_into(tx: Transaction, table: Table) -> Any:
    """An INSERT of the database's own kind, which knows ON CONFLICT."""
    return (postgresql if tx.db.dialect.name == "postgresql" else sqlite).insert(table)


def mappings(rows: Any) -> list[dict[str, Any]]:
    """Rows as dictionaries."""
    return [dict(row) for row in rows.mappings()]


_POSTGRES_CLOCK = text("SELECT clock_timestamp()")
_SQLITE_CLOCK = text("SELECT strftime('%Y-%m-%dT%H:%M:%f', 'now')")
