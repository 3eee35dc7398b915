"""What travels about when a rep works. Minutes count from the midnight with which a day begins, on the site's clock."""

from typing import Annotated

import msgspec

from handoff.wire_base import Request

Opens = Annotated[int, msgspec.Meta(ge=0, le=1439)]
Closes = Annotated[int, msgspec.Meta(ge=1, le=2879)]


class RepHours(Request, frozen=True, kw_only=True):
    """Every week; `weekday` 0 is Monday. `closes` past 1440 is the next day: 1320 to 1800 is 22:00 to 06:00."""

    weekday: Annotated[int, msgspec.Meta(ge=0, le=6)]
    opens: Opens
    closes: Closes


class TimesOfDay(Request, frozen=True, kw_only=True):
    opens: Opens
    closes: Closes


class RepDay(Request, frozen=True, kw_only=True):
    """One day, as 2026-12-24, whose hours are these and no others; none for a day off."""

    day: Annotated[str, msgspec.Meta(pattern=r"^\d{4}-\d{2}-\d{2}\Z")]
    hours: Annotated[list[TimesOfDay], msgspec.Meta(max_length=6)]
