"""Shifts: a rep's shift is the opening hours of their site, unless they have their own.

Whoever has no site, or one that is out of use, is always on shift.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any, Literal

from sqlalchemy import select

from handoff.opening_hours import Hours, closed_last, closes_next, is_open
from handoff.people import Rep
from handoff.rep_hours import days_of, weekly_of
from handoff.schema import rep as rep_table
from handoff.sites import Site, sites
from handoff.storage import Transaction

NOTICE = timedelta(minutes=15)
"""How long before its end a rep is told, unless the settings say otherwise."""
LATELY = timedelta(hours=12)
"""For how long a shift that is over is spoken of: as long as a session lasts at most."""


@dataclass(frozen=True, slots=True)
class ShiftNow:
    """Where a shift stands: on, soon over, over, or off (over for long). `ends_at` is when it ends or ended."""

    state: Literal["on", "ending", "ended", "off"]
    ends_at: datetime | None


def is_on_shift(hours: Hours | None, at: datetime) -> bool:
    """Whether somebody with these hours (None: of no site) is there for new chats at that moment."""
    return hours is None or is_open(hours, at)


def shift_now(hours: Hours, at: datetime, notice: timedelta) -> ShiftNow:
    """Where a shift with these hours stands at that moment."""
    if is_open(hours, at):
        ends_at = closes_next(hours, at)
        soon = ends_at is not None and ends_at - at <= notice
        return ShiftNow("ending" if soon else "on", ends_at)
    ended_at = closed_last(hours, at, LATELY)
    return ShiftNow("ended" if ended_at else "off", ended_at)


def off_shift(tx: Transaction) -> frozenset[str]:
    """The ids of the reps who aren't there for new chats now."""
    off = [rep_ids for hours, rep_ids in alike(hours_by_rep(tx)) if not is_on_shift(hours, tx.now)]
    return frozenset(rep_id for rep_ids in off for rep_id in rep_ids)


def leaving_soon(tx: Transaction, notice: timedelta) -> frozenset[str]:
    """The ids of the reps whose shift is over, or is within the time of the notice: nobody to hand a chat on to."""
    return frozenset(rep_id for rep_id, (_, now) in shifts_now(tx, notice).items() if now.state != "on")


def shifts_now(tx: Transaction, notice: timedelta) -> dict[str, tuple[Hours, ShiftNow]]:
    """Where the shifts of all reps who have a site stand, by rep, with the hours by which that is so."""
    return {
        rep_id: (hours, now)
        for hours, rep_ids in alike(hours_by_rep(tx))
        for now in [shift_now(hours, tx.now, notice)]
        for rep_id in rep_ids
    }


def alike(found: Mapping[str, Hours]) -> Collection[tuple[Hours, list[str]]]:
    """Reps together by their hours: all who follow a site's share one object, which is looked at once."""
    groups: dict[int, tuple[Hours, list[str]]] = {}
    for rep_id, hours in found.items():
        groups.setdefault(id(hours), (hours, []))[1].append(rep_id)
    return groups.values()


def hours_by_rep(tx: Transaction, *which: Any) -> dict[str, Hours]:
    """By their ids, when those of these reps work who have a site: their own week and days, else the site's."""
    places = {each.id: each.hours for each in sites(tx)}
    if not places:
        return {}
    asked = (rep_table.c.site_id.in_(places), rep_table.c.disabled_at.is_(None), *which)
    ids = select(rep_table.c.id).where(*asked)
    weekly, days = weekly_of(tx, ids), days_of(tx, ids)
    return {
        rep_id: _theirs(places[site_id], weekly.get(rep_id), days.get(rep_id))
        for rep_id, site_id in tx.db.execute(ids.add_columns(rep_table.c.site_id))
    }


def _theirs(site: Hours, weekly: Any, days: Any) -> Hours:
    return replace(site, weekly=weekly or site.weekly, once=days or {}) if weekly or days else site


def site_of(tx: Transaction, rep: Rep) -> Site | None:
    """Where the rep works; None for nowhere in particular."""
    site_id = tx.db.execute(select(rep_table.c.site_id).where(rep_table.c.id == rep.id)).scalar()
    return next((each for each in sites(tx) if each.id == site_id), None) if site_id else None
