"""Fixtures for all tests: Postgres and Redis, each real; where one is missing, tests are skipped and counted aloud."""

from __future__ import annotations

import os
import secrets
import shutil
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from handoff.migrate import migrate
from handoff.storage_postgres import desk_engine
from handoff.storage_sqlite import writing_engine
from tests.desk import Desk, running_desk
from tests.record import Record, make_empty
from tests.services import Service, ServiceMissing, database_on, drop_leftovers, find_postgres, find_redis

if TYPE_CHECKING:
    from tests.whole import Baton

PREFIX = "baton_test_"
LEFTOVER_SECONDS = 6 * 3600
not_run: dict[str, int] = {}


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[str]:
    """The address of a Postgres server's own database; tests make theirs beside it."""
    yield from found("Postgres", find_postgres)


@pytest.fixture(scope="session")
def redis_url() -> Iterator[str]:
    """The address of a Redis that only tests use."""
    yield from found("Redis", find_redis)


@pytest.fixture
def empty_postgres_url(postgres_server: str) -> Iterator[str]:
    """The address of an empty database of this one test, dropped after it."""
    with database_on(postgres_server, database_name()) as url:
        yield url


@pytest.fixture(scope="session")
def baton(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Baton]:
    """The whole of Baton, real model and all, on ports of its own, started once for all tests that only use it."""
    from tests.whole import running

    with running(tmp_path_factory.mktemp("baton")) as started:
        yield started


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """A running desk on SQLite with a scripted bot and the demo's reps, shared by a module's tests."""
    with running_desk(tmp_path_factory.mktemp("desk")) as running:
        yield running


def database_name() -> str:
    """A name that no other run uses and that tells when it was made."""
    return f"{PREFIX}{int(time.time())}_{secrets.token_hex(4)}"


def found(name: str, find: Callable[[], Service]) -> Iterator[str]:
    """The service's address; without one the tests that need it are skipped, or fail with REQUIRE_SERVICES=1."""
    try:
        service = find()
    except ServiceMissing as missing:
        refuse(f"{name} is not there: {missing}")
    yield service.url
    service.stop()


def refuse(reason: str) -> None:
    """Fail the test with REQUIRE_SERVICES=1, else skip it."""
    if os.environ.get("REQUIRE_SERVICES") == "1":
        pytest.fail(reason, pytrace=False)
    pytest.skip(reason)


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    """Count what is skipped for want of a service."""
    if report.skipped and isinstance(report.longrepr, tuple) and " is not there: " in report.longrepr[2]:
        reason = report.longrepr[2].removeprefix("Skipped: ")
        not_run[reason] = not_run.get(reason, 0) + 1


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say aloud how many tests were not run."""
    for reason, count in not_run.items():
        terminalreporter.section("NOT RUN", sep="!", red=True)
        terminalreporter.write_line(f"{count} tests were not run. {reason}")


@pytest.fixture(params=["sqlite", "postgres"])
def database_url(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> str:
    """The address of a migrated, empty record: a SQLite file of this one test, or the run's Postgres database."""
    if request.param == "sqlite":
        path = tmp_path_factory.mktemp("record") / "desk.sqlite"
        shutil.copyfile(request.getfixturevalue("migrated_file"), path)
        return f"sqlite:///{path}"
    url: str = request.getfixturevalue("migrated_postgres_url")
    make_empty(url)
    return url


@pytest.fixture(scope="session")
def migrated_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty record to copy, as making one takes longer than most tests."""
    path = tmp_path_factory.mktemp("migrated") / "desk.sqlite"
    migrate(f"sqlite:///{path}")
    return path


@pytest.fixture(scope="session")
def migrated_postgres_url(postgres_server: str) -> Iterator[str]:
    """The address of a record that this run's tests share, one after the other."""
    drop_leftovers(postgres_server, PREFIX, older_than=time.time() - LEFTOVER_SECONDS)
    with database_on(postgres_server, database_name()) as url:
        migrate(url)
        yield url


@pytest.fixture
def record(database_url: str) -> Iterator[Record]:
    """The desk's tables, for verbs."""
    path = database_url.removeprefix("sqlite:///")
    engine = writing_engine(Path(path)) if database_url.startswith("sqlite") else desk_engine(database_url, 2)
    yield Record(engine)
    engine.dispose()
