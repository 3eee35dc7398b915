"""Reads the rows of the shop's views into the dataclasses of `actions.shop_rows`, and refuses what doesn't fit."""

from collections.abc import Mapping
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any, TypeVar

import msgspec

Row = TypeVar("Row")

OLDEST, LATEST = datetime(1990, 1, 1, tzinfo=UTC), datetime(2200, 1, 1, tzinfo=UTC)


def read_row(row_type: type[Row], row: Mapping[str, Any]) -> Row:
    """One row of a view as its dataclass; ValueError (or msgspec's kind of it) for anything that doesn't fit."""
    return msgspec.convert({name: _plain(name, value) for name, value in row.items()}, row_type)


def _plain(column: str, value: Any) -> Any:
    if column.endswith("_at") and value is not None:
        return _utc(value)
    if isinstance(value, Decimal) and value == value.to_integral_value():
        return int(value)  # Postgres sums to numeric
    return value


def _utc(value: str | datetime) -> datetime:
    time = value if isinstance(value, datetime) else datetime.fromisoformat(value)
    time = time.replace(tzinfo=UTC) if time.tzinfo is None else time.astimezone(UTC)
    if not OLDEST <= time <= LATEST:
        raise ValueError("a time far outside of any order's life")
    return time
