"""The demo shop's own tables, to be held against each other."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from sqlalchemy import Connection, Engine, select

from demo.database import reading_engine
from tests.larkfield import TODAY

Row = dict[str, Any]
MIDNIGHT = datetime(TODAY.year, TODAY.month, TODAY.day, tzinfo=UTC)


@pytest.fixture(scope="module")
def engine(sqlite_shop_url: str) -> Iterator[Engine]:
    """The seeded shop's own tables."""
    engine = reading_engine(sqlite_shop_url)
    yield engine
    engine.dispose()


@pytest.fixture
def db(engine: Engine) -> Iterator[Connection]:
    """A connection to them."""
    with engine.connect() as db:
        yield db


def all_of(db: Connection, table: Any) -> list[Row]:
    """All rows, their times aware."""
    rows = [dict(row) for row in db.execute(select(table)).mappings()]
    return [{name: aware(value) for name, value in row.items()} for row in rows]


def aware(value: Any) -> Any:
    """SQLite forgets that times are UTC."""
    return value.replace(tzinfo=UTC) if isinstance(value, datetime) and value.tzinfo is None else value


def by(rows: list[Row], column: str) -> dict[Any, list[Row]]:
    """The rows grouped by a column."""
    groups: dict[Any, list[Row]] = defaultdict(list)
    for row in rows:
        groups[row[column]].append(row)
    return groups
