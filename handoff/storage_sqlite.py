"""SQLite: one writer thread with group commit, read-only readers beside it (facts.md, Persistence)."""

import asyncio
import fcntl
import os
import sqlite3
import threading
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from queue import SimpleQueue
from typing import Any

from sqlalchemy import Connection, Engine, StaticPool, create_engine, event, make_url
from sqlalchemy.exc import DBAPIError

from handoff.errors import StorageUnavailable
from handoff.failpoints import failpoint
from handoff.storage import Notice, P, Push, Readers, T, Transaction, Verb, clock, raisable

LARGEST_BATCH = 256
NETWORK_FILE_SYSTEMS = {"nfs", "nfs4", "cifs", "smb3", "smbfs", "9p", "fuse.sshfs", "afs", "ceph", "glusterfs"}


class SecondDesk(RuntimeError):
    """SQLite takes one desk only."""


class SqliteRunner:
    """Runs verbs one after the other on one connection and commits them in groups, each answered after its COMMIT."""

    def __init__(self, url: str, push: Push, largest_batch: int = LARGEST_BATCH):
        self._largest_batch = largest_batch
        self._path = database_path(url)
        self._lock_file = hold_alone(self._path)
        self._push = push
        self._loop = asyncio.get_running_loop()
        self._jobs: SimpleQueue[_Job | None] = SimpleQueue()
        self._engine = writing_engine(self._path)
        self._readers = Readers(reading_engine(self._path), threads=4)
        self._thread = threading.Thread(target=self._work, name="desk-writer", daemon=True)
        self._thread.start()

    async def run(self, verb: Verb[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        answer: asyncio.Future[T] = self._loop.create_future()
        self._jobs.put(_Job(lambda tx: verb(tx, *args, **kwargs), answer))
        return await asyncio.shield(answer)

    async def read(self, verb: Verb[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        return await self._readers.read(verb, *args, **kwargs)

    async def close(self) -> None:
        self._jobs.put(None)
        await asyncio.to_thread(self._thread.join)
        self._readers.close()
        self._engine.dispose()
        os.close(self._lock_file)

    def _work(self) -> None:
        with self._engine.connect() as db:
            while batch := self._next_batch():
                self._settle(_run_batch(db, batch))

    def _next_batch(self) -> list["_Job"]:
        """All that waits, at least one job; empty once the runner closes."""
        batch = [self._jobs.get()]
        while batch[-1] is not None and len(batch) < self._largest_batch and not self._jobs.empty():
            batch.append(self._jobs.get())
        if batch[-1] is None:
            self._jobs.put(None)
        return [job for job in batch if job is not None]

    def _settle(self, done: list["_Done"]) -> None:
        self._loop.call_soon_threadsafe(self._answer, done)

    def _answer(self, done: list["_Done"]) -> None:
        for each in done:
            each.answer()
        self._push([notice for each in done for notice in each.notices])


@dataclass(slots=True)
class _Job:
    verb: Callable[[Transaction], Any]
    future: "asyncio.Future[Any]"


@dataclass(slots=True)
class _Done:
    future: "asyncio.Future[Any]"
    result: Any = None
    error: Exception | None = None
    notices: tuple[Notice, ...] = ()

    def answer(self) -> None:
        if self.future.done():
            return
        if self.error:
            self.future.set_exception(raisable(self.error))
        else:
            self.future.set_result(self.result)


class _WroteThenFailed(Exception):
    """A verb failed after it had written: the batch must be rolled back and run again with savepoints."""


def _run_batch(db: Connection, batch: list[_Job]) -> list[_Done]:
    """All verbs in one transaction. A refusal before a verb's first write settles that verb alone."""
    try:
        return _in_one_transaction(db, batch, _attempt)
    except _WroteThenFailed:
        pass
    except (DBAPIError, sqlite3.Error) as error:
        return _storage_failed(batch, error)
    try:
        return _in_one_transaction(db, batch, _attempt_with_savepoint)
    except (DBAPIError, sqlite3.Error) as error:
        return _storage_failed(batch, error)


def _in_one_transaction(
    db: Connection, batch: list[_Job], attempt: "Callable[[Transaction, _Job], _Done]"
) -> list[_Done]:
    with db.begin():
        now = clock(db)
        done = [attempt(Transaction(db, now), job) for job in batch]
        failpoint("before_commit")
    failpoint("after_commit")
    return done


def _attempt(tx: Transaction, job: _Job) -> _Done:
    before = _changes(tx.db)
    try:
        result = job.verb(tx)
    except Exception as error:
        if _changes(tx.db) != before or isinstance(error, DBAPIError):
            raise _WroteThenFailed from error
        return _Done(job.future, error=error)
    return _Done(job.future, result, notices=tuple(tx.notices))


def _attempt_with_savepoint(tx: Transaction, job: _Job) -> _Done:
    try:
        with tx.db.begin_nested():
            result = job.verb(tx)
    except DBAPIError as error:
        return _storage_failed([job], error)[0]
    except Exception as error:
        return _Done(job.future, error=error)
    return _Done(job.future, result, notices=tuple(tx.notices))


def _storage_failed(batch: list[_Job], error: Exception) -> list[_Done]:
    def failure() -> StorageUnavailable:
        refusal = StorageUnavailable(retry_after=2)
        refusal.__cause__ = error
        return refusal

    return [_Done(job.future, error=failure()) for job in batch]


def _changes(db: Connection) -> int:
    connection: Any = db.connection.dbapi_connection
    return int(connection.total_changes)


def writing_engine(path: Path) -> Engine:
    """The one connection that writes: WAL, every COMMIT on disk before it returns, `BEGIN IMMEDIATE`."""
    threads = {"check_same_thread": False}
    # An error's text reaches the log: without its parameters it holds no customer's words.
    engine = create_engine(f"sqlite:///{path}", poolclass=StaticPool, connect_args=threads, hide_parameters=True)

    @event.listens_for(engine, "connect")
    def prepare(connection: sqlite3.Connection, _: object) -> None:
        connection.isolation_level = None
        for pragma in (
            "busy_timeout=10000",
            "journal_mode=WAL",
            "synchronous=FULL",
            "foreign_keys=ON",
            "cache_size=-20000",
            "mmap_size=0",
            "journal_size_limit=67108864",
        ):
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def begin(db: Connection) -> None:
        db.exec_driver_sql("BEGIN IMMEDIATE")

    return engine


def reading_engine(path: Path) -> Engine:
    """Connections that can't write."""
    return create_engine(
        f"sqlite:///file:{path}?mode=ro&uri=true",
        connect_args={"check_same_thread": False},
        pool_size=4,
        max_overflow=0,
        hide_parameters=True,
    )


def database_path(url: str) -> Path:
    """The file that a SQLite address names; its folder is made. ValueError for a database in memory."""
    name = make_url(url).database
    if not name or name == ":memory:":
        raise ValueError("The desk keeps its record in a file: give sqlite:///path, not a database in memory.")
    path = Path(name).absolute()
    path.parent.mkdir(parents=True, exist_ok=True)
    return path


def hold_alone(path: Path) -> int:
    """Lock the database for this desk and return the lock's file descriptor; SecondDesk if that can't be."""
    kind = file_system_of(path.parent)
    if kind in NETWORK_FILE_SYSTEMS:
        raise SecondDesk(
            f"{path} is on a network file system ({kind}), where SQLite's locks can't be trusted. Use Postgres."
        )
    lock = os.open(f"{path}.lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(lock)
        raise SecondDesk(
            f"Another desk already uses {path}. SQLite takes one; set DATABASE_URL to Postgres to run more."
        ) from None
    return lock


def file_system_of(folder: Path) -> str:
    """The kind of file system that a folder is on ("ext4"), or "" where the system doesn't tell."""
    mounts = Path("/proc/mounts")
    if not mounts.exists():
        return ""
    entries = [line.split()[1:3] for line in mounts.read_text().splitlines()]
    fitting = [
        (place, kind) for place, kind in entries if folder.is_relative_to(place.encode().decode("unicode_escape"))
    ]
    return max(fitting, key=lambda entry: len(entry[0]), default=("", ""))[1]
