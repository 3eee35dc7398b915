"""Shifts: a rep's shift is the opening hours of their site. Whoever has no site is always on shift."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from sqlalchemy import select

from handoff.opening_hours import Hours, closed_last, closes_next, is_open
from handoff.people import Rep
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
    """Whether somebody of a site with these hours (None: of no site) is there for new chats at that moment."""
    return hours is None or is_open(hours, at)


def leaves_soon(hours: Hours | None, at: datetime, notice: timedelta) -> bool:
    """Whether their shift is over, or is within the time of the notice: not somebody to hand a chat on to."""
    return hours is not None and shift_now(hours, at, notice).state != "on"


def shift_now(hours: Hours, at: datetime, notice: timedelta) -> ShiftNow:
    """Where the shift of a site with these hours stands at that moment."""
    if is_open(hours, at):
        ends_at = closes_next(hours, at)
        soon = ends_at is not None and ends_at - at <= notice
        return ShiftNow("ending" if soon else "on", ends_at)
    ended_at = closed_last(hours, at, LATELY)
    return ShiftNow("ended" if ended_at else "off", ended_at)


def hours_by_site(tx: Transaction) -> dict[str, Hours]:
    """The hours of each site in use, by its id: a rep's are those at their `site_id`, None without one."""
    return {each.id: each.hours for each in sites(tx)}


def site_of(tx: Transaction, rep: Rep) -> Site | None:
    """Where the rep works; None for nowhere in particular."""
    site_id = tx.db.execute(select(rep_table.c.site_id).where(rep_table.c.id == rep.id)).scalar()
    return next((each for each in sites(tx) if each.id == site_id), None) if site_id else None
