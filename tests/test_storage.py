"""The runner: what is answered is committed, a refusal hurts nobody else, trouble is said plainly and heals."""

import asyncio
import traceback
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest
from sqlalchemy import func, insert, select, text, update

from handoff.errors import NotFound, StorageUnavailable
from handoff.ids import new_id
from handoff.schema import customer, metadata
from handoff.storage import Notice, QueueChanged, Runner, Transaction, open_runner
from handoff.storage_postgres import desk_engine
from handoff.storage_sqlite import SecondDesk, database_path, file_system_of, writing_engine


def add_customer(tx: Transaction, name: str) -> str:
    row = {"id": new_id(), "name": name, "created_at": tx.now}
    tx.db.execute(insert(customer).values(row))
    tx.tell(QueueChanged())
    return name


def refuse(tx: Transaction) -> None:
    tx.db.execute(select(customer.c.id).limit(1)).all()
    raise NotFound


def write_then_refuse(tx: Transaction) -> None:
    add_customer(tx, "Nobody")
    raise NotFound


def names(tx: Transaction) -> list[str | None]:
    return list(tx.db.execute(select(customer.c.name).order_by(customer.c.name)).scalars())


def with_runner(url: str, story: Callable[[Runner, list[Notice]], Awaitable[None]]) -> None:
    """Tell a story about a runner on an empty record; the list fills with what it pushes."""
    engine = writing_engine(database_path(url)) if url.startswith("sqlite") else desk_engine(url, 1)
    metadata.create_all(engine)
    engine.dispose()

    async def play() -> None:
        pushed: list[Notice] = []
        runner = open_runner(url, pushed.extend)
        try:
            await story(runner, pushed)
        finally:
            await runner.close()

    asyncio.run(play())


def test_what_is_answered_is_stored_and_told(database_url: str) -> None:
    async def story(runner: Runner, pushed: list[Notice]) -> None:
        assert await runner.run(add_customer, "Ana") == "Ana"
        assert await runner.read(names) == ["Ana"]
        await asyncio.sleep(0.05)
        assert pushed == [QueueChanged()]

    with_runner(database_url, story)


def test_a_refusal_hurts_nobody_else_in_the_batch(database_url: str) -> None:
    async def story(runner: Runner, pushed: list[Notice]) -> None:
        work = [runner.run(add_customer, f"{n:03}") if n % 2 else runner.run(refuse) for n in range(100)]
        done = await asyncio.gather(*work, return_exceptions=True)
        assert [type(each) for each in done] == [NotFound, str] * 50
        assert len(await runner.read(names)) == 50
        await asyncio.sleep(0.05)
        assert len(pushed) == 50

    with_runner(database_url, story)


def test_a_verb_that_runs_out_of_items_is_answered_and_so_are_the_others(database_url: str) -> None:
    def run_out(tx: Transaction) -> None:
        next(iter(names(tx)[:0]))

    async def story(runner: Runner, pushed: list[Notice]) -> None:
        work = [runner.run(add_customer, f"{n:03}") if n % 2 else runner.run(run_out) for n in range(10)]
        async with asyncio.timeout(10):
            done = await asyncio.gather(*work, return_exceptions=True)
        assert [type(each) for each in done] == [RuntimeError, str] * 5
        assert len(await runner.read(names)) == 5

    with_runner(database_url, story)


def test_a_verb_that_fails_after_writing_leaves_nothing_and_hurts_nobody(database_url: str) -> None:
    async def story(runner: Runner, pushed: list[Notice]) -> None:
        work = [runner.run(add_customer, f"{n:03}") if n % 2 else runner.run(write_then_refuse) for n in range(100)]
        done = await asyncio.gather(*work, return_exceptions=True)
        assert [type(each) for each in done] == [NotFound, str] * 50
        assert await runner.read(names) == [f"{n:03}" for n in range(1, 100, 2)]
        await asyncio.sleep(0.05)
        assert len(pushed) == 50

    with_runner(database_url, story)


def test_a_broken_statement_is_storage_trouble_and_the_next_verb_works(database_url: str) -> None:
    def broken(tx: Transaction) -> None:
        tx.db.exec_driver_sql("SELECT nonsense FROM nowhere")

    async def story(runner: Runner, pushed: list[Notice]) -> None:
        with pytest.raises(StorageUnavailable):
            await runner.run(broken)
        assert await runner.run(add_customer, "Ana") == "Ana"

    with_runner(database_url, story)


def test_a_statement_that_fails_keeps_anas_words_out_of_the_log(database_url: str) -> None:
    def broken(tx: Transaction) -> None:
        tx.db.execute(text("SELECT nonsense FROM nowhere WHERE words = :words"), {"words": "Ana's secret"})

    async def story(runner: Runner, pushed: list[Notice]) -> None:
        with pytest.raises(StorageUnavailable) as failed:
            await runner.run(broken)
        logged = "".join(traceback.format_exception(failed.value))
        assert "SELECT nonsense" in logged
        assert "Ana's secret" not in logged.split("[SQL:")[1]

    with_runner(database_url, story)


def test_a_caller_who_hangs_up_does_not_undo_what_was_sent(database_url: str) -> None:
    async def story(runner: Runner, pushed: list[Notice]) -> None:
        sending = asyncio.create_task(runner.run(add_customer, "Ana"))
        await asyncio.sleep(0)
        sending.cancel()
        with pytest.raises(asyncio.CancelledError):
            await sending
        for _ in range(100):
            if await runner.read(names) == ["Ana"] and pushed:
                return
            await asyncio.sleep(0.02)
        pytest.fail("Ana's message was lost")

    with_runner(database_url, story)


def test_a_read_cannot_write(tmp_path: Path) -> None:
    async def story(runner: Runner, pushed: list[Notice]) -> None:
        with pytest.raises(StorageUnavailable):
            await runner.read(add_customer, "Ana")

    with_runner(f"sqlite:///{tmp_path}/desk.sqlite", story)


def test_concurrent_counting_loses_nothing(database_url: str) -> None:
    def count_up(tx: Transaction) -> None:
        row = tx.db.execute(select(customer.c.id, customer.c.name).with_for_update()).one()
        tx.db.execute(update(customer).where(customer.c.id == row.id).values(name=str(int(row.name) + 1)))

    async def story(runner: Runner, pushed: list[Notice]) -> None:
        await runner.run(add_customer, "0")
        await asyncio.gather(*(runner.run(count_up) for _ in range(300)))
        assert await runner.read(names) == ["300"]

    with_runner(database_url, story)


def test_the_clock_is_the_databases_and_aware(database_url: str) -> None:
    async def story(runner: Runner, pushed: list[Notice]) -> None:
        for now in (await runner.run(lambda tx: tx.now), await runner.read(lambda tx: tx.now)):
            assert now.utcoffset() is not None
            assert now.utcoffset().total_seconds() == 0

    with_runner(database_url, story)


def test_a_second_desk_on_one_sqlite_file_is_refused_and_told_why(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/desk.sqlite"

    async def story(runner: Runner, pushed: list[Notice]) -> None:
        with pytest.raises(SecondDesk, match="Postgres"):
            open_runner(url, pushed.extend)

    with_runner(url, story)


def test_a_database_in_memory_is_refused() -> None:
    with pytest.raises(ValueError, match="file"):
        database_path("sqlite://")


def test_the_kind_of_file_system_is_known(tmp_path: Path) -> None:
    assert file_system_of(tmp_path) not in ("", "nfs")


def test_each_commit_is_on_disk_before_it_is_answered(tmp_path: Path) -> None:
    with writing_engine(tmp_path / "desk.sqlite").connect() as db:
        assert db.exec_driver_sql("PRAGMA synchronous").scalar() == 2
        assert db.exec_driver_sql("PRAGMA journal_mode").scalar() == "wal"
        assert db.execute(select(func.count()).select_from(select(1).subquery())).scalar() == 1
    db.engine.dispose()
