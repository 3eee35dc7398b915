"""Sites: the places where reps work, each with its time zone, weekly hours and holidays; and the whole centre now."""

import logging
from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import select

from handoff.errors import BadField
from handoff.opening_hours import Hours, Span, is_open, open_between, opens_next
from handoff.presence import count_here
from handoff.schema_centre import holiday, site, site_hours
from handoff.storage import Transaction

LOG = logging.getLogger("baton.sites")
UTC_ZONE = ZoneInfo("UTC")


@dataclass(frozen=True, slots=True)
class Site:
    """A place where reps work."""

    id: str
    name: str
    hours: Hours


@dataclass(frozen=True, slots=True)
class CentreState:
    """How many reps are there, whether it's open (always, without a site), and when it opens next if it isn't."""

    here: int
    is_open: bool
    opens_at: datetime | None

    @property
    def nobody_comes(self) -> bool:
        """Closed, and nobody stayed on."""
        return not self.is_open and self.here == 0


def centre_state(tx: Transaction) -> CentreState:
    """The whole centre as it is now: chats belong to no site, so one that is open is enough."""
    places = [each.hours for each in sites(tx)]
    here = count_here(tx)
    if not places or any(is_open(place, tx.now) for place in places):
        return CentreState(here, is_open=True, opens_at=None)
    return CentreState(here, is_open=False, opens_at=_next_opening(places, tx.now))


def opening_after(tx: Transaction, at: datetime) -> datetime | None:
    """When a site opens next from that moment on, or the moment itself if one is open; None if not within a year."""
    places = [each.hours for each in sites(tx)]
    return _next_opening(places, at) if places else at


def open_hours(tx: Transaction, until: datetime) -> list[Span]:
    """When at least one site is open from now on; the whole time where no site is set up."""
    places = [each.hours for each in sites(tx)]
    return open_between(places, tx.now, until) if places else [Span(tx.now, until)]


def sites(tx: Transaction) -> list[Site]:
    """All sites in use, by name."""
    rows = tx.db.execute(select(site).where(site.c.disabled_at.is_(None)).order_by(site.c.name)).all()
    if not rows:
        return []
    weekly, days = _weekly(tx), _holidays(tx)
    return [Site(row.id, row.name, Hours(_zone(row), tuple(weekly[row.id]), frozenset(days[row.id]))) for row in rows]


def zone_named(name: str) -> ZoneInfo:
    """The time zone; BadField if there's none of that name."""
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError) as error:
        raise BadField("Name a time zone such as Europe/London.", field="time_zone") from error


def _next_opening(places: list[Hours], at: datetime) -> datetime | None:
    return min((found for place in places if (found := opens_next(place, at))), default=None)


def _zone(row: Any) -> ZoneInfo:
    try:
        return zone_named(row.time_zone)
    except BadField:
        LOG.error("site %s: no time zone %r on this machine; its hours are taken for UTC", row.id, row.time_zone)
        return UTC_ZONE


def _weekly(tx: Transaction) -> dict[str, list[tuple[int, int, int]]]:
    found: dict[str, list[tuple[int, int, int]]] = defaultdict(list)
    for site_id, weekday, opens, closes in tx.db.execute(select(site_hours)):
        found[site_id].append((weekday, opens, closes))
    return found


def _holidays(tx: Transaction) -> dict[str, list[date]]:
    """The days off that can still matter."""
    since = (tx.now - timedelta(days=3)).date().isoformat()
    found: dict[str, list[date]] = defaultdict(list)
    for site_id, day in tx.db.execute(select(holiday.c.site_id, holiday.c.day).where(holiday.c.day >= since)):
        found[site_id].append(date.fromisoformat(day))
    return found
