"""The migrations lead to the tables that the code works with, on SQLite and on Postgres."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from alembic import command
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine, inspect, text

from handoff.migrate import FOLDER, configuration, migrate, migrating_engine, newest, version_of
from handoff.schema import metadata

POSTGRES_SHAPE = """
    SELECT 'column', table_name, column_name, data_type || is_nullable || coalesce(column_default, '')
      FROM information_schema.columns WHERE table_schema = 'public'
    UNION ALL
    SELECT 'constraint', conrelid::regclass::text, '', pg_get_constraintdef(oid)
      FROM pg_constraint WHERE connamespace = 'public'::regnamespace
    UNION ALL
    SELECT 'index', tablename, indexname, indexdef FROM pg_indexes WHERE schemaname = 'public'
"""


def test_migrated_sqlite_is_what_the_code_describes(tmp_path: Path) -> None:
    migrate(f"sqlite:///{tmp_path}/migrated.sqlite")
    described = create_engine(f"sqlite:///{tmp_path}/described.sqlite")
    metadata.create_all(described)
    shape = sqlite_shape(described.url.render_as_string())
    described.dispose()
    assert sqlite_shape(f"sqlite:///{tmp_path}/migrated.sqlite") == shape
    assert all("STRICT" in sql for name, sql in shape.items() if name in metadata.tables)


def test_migrated_postgres_is_what_the_code_describes(postgres_pair: tuple[str, str]) -> None:
    migrated, described = postgres_pair
    migrate(migrated)
    engine = create_engine(described)
    metadata.create_all(engine)
    engine.dispose()
    assert postgres_shape(migrated) == postgres_shape(described)


def test_migrating_again_changes_nothing(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/desk.sqlite"
    migrate(url)
    before = sqlite_shape(url)
    migrate(url)
    assert sqlite_shape(url) == before
    assert revision(url) == newest()


def test_two_desks_may_migrate_at_once(empty_postgres_url: str) -> None:
    from concurrent.futures import ThreadPoolExecutor

    with ThreadPoolExecutor(2) as desks:
        list(desks.map(migrate, [empty_postgres_url] * 2))
    assert revision(empty_postgres_url) == newest()


@pytest.fixture
def postgres_pair(postgres_server: str, empty_postgres_url: str) -> Iterator[tuple[str, str]]:
    from tests.conftest import database_name
    from tests.services import database_on

    with database_on(postgres_server, database_name()) as second:
        yield empty_postgres_url, second


def sqlite_shape(url: str) -> dict[str, str]:
    """The statements that make each table and index, however they are spaced."""
    with connected(url) as db:
        rows = db.execute(text("SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL"))
        return {name: re.sub(r"\s+", " ", sql) for name, sql in rows if name != "alembic_version"}


def postgres_shape(url: str) -> list[Any]:
    """Columns, constraints and indexes, as Postgres tells them."""
    with connected(url) as db:
        return sorted(tuple(row) for row in db.execute(text(POSTGRES_SHAPE)) if row[1] != "alembic_version")


def revision(url: str) -> str | None:
    with connected(url) as db:
        assert set(metadata.tables) <= set(inspect(db).get_table_names())
        return MigrationContext.configure(db).get_current_revision()


class connected:
    """A connection that leaves nothing open."""

    def __init__(self, url: str):
        self._engine = migrating_engine(url)

    def __enter__(self) -> Any:
        self._db = self._engine.connect()
        return self._db

    def __exit__(self, *_: object) -> None:
        self._db.close()
        self._engine.dispose()


def test_a_database_that_is_up_to_date_is_left_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    url = f"sqlite:///{tmp_path}/desk.sqlite"
    migrate(url)
    monkeypatch.setattr("handoff.migrate._upgrade", lambda db: pytest.fail("nothing was missing"))
    migrate(url)


def test_an_older_database_is_brought_up_to_date(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/desk.sqlite"
    engine = migrating_engine(url)
    with engine.begin() as db:
        assert version_of(db) is None
    migrate(url)
    with engine.begin() as db:
        assert version_of(db) == newest() == ScriptDirectory(str(FOLDER)).get_current_head()
    engine.dispose()


def test_what_the_first_version_has_stored_is_still_there(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/desk.sqlite"
    engine = migrating_engine(url)
    with engine.begin() as db:
        command.upgrade(configuration(db), "0001")
        db.execute(text("INSERT INTO wrong_order (id, address, at) VALUES ('1', 'an address', 5)"))
    migrate(url)
    with engine.begin() as db:
        kept = db.execute(text("SELECT id, address, at, order_number FROM wrong_order")).one()
    engine.dispose()
    assert tuple(kept) == ("1", "an address", 5, None)


@pytest.mark.parametrize("database", ["sqlite", "postgres"])
def test_whose_shift_ended_is_still_known(database: str, tmp_path: Path, request: pytest.FixtureRequest) -> None:
    url = f"sqlite:///{tmp_path}/desk.sqlite"
    if database == "postgres":
        url = request.getfixturevalue("empty_postgres_url")
    engine = migrating_engine(url)
    row = "INSERT INTO history (kind, who_kind, who_id, reason, data, at) VALUES (:kind, 'desk', 'desk', '', :data, "
    at = "now())" if database == "postgres" else "5)"
    with engine.begin() as db:
        command.upgrade(configuration(db), "0008")
        rows = [{"kind": kind, "data": '{"rep":"5f0"}'} for kind in ("shift_ended", "moved")]
        db.execute(text(row + at), rows)
    migrate(url)
    with engine.begin() as db:
        kept = db.execute(text("SELECT kind, who_kind, who_id FROM history ORDER BY id")).all()
    engine.dispose()
    assert kept == [("shift_ended", "rep", "5f0"), ("moved", "desk", "desk")]
