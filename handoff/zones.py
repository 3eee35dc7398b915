"""Times as people are told them: on the shop's clock, or on a site's, and which clock that is."""

from datetime import UTC, datetime, tzinfo

from handoff.errors import BadField
from handoff.sites import sites, zone_named
from handoff.storage import Transaction
from handoff.words import Wording, month_words, wording


def shop_zone(tx: Transaction) -> tzinfo:
    """On which clock customers are told times: the shop's, as set; else the sites', if they share one; else UTC."""
    if tx.zone:
        return tx.zone
    zones = {each.hours.zone.key: each.hours.zone for each in sites(tx)}
    return next(iter(zones.values())) if len(zones) == 1 else UTC


def time_in(zone: tzinfo, at: datetime) -> str:
    """ "18:00" on that clock."""
    return f"{at.astimezone(zone):%H:%M}"


def day_and_time(zone: tzinfo, at: datetime) -> Wording:
    """ "14:05 on 30 November (London time)"."""
    there = at.astimezone(zone)
    time, month = f"{there:%H:%M}", month_words(there.month)
    return wording("day_and_time", time=time, day=there.day, month=month, clock=zone_words(zone))


def date_and_time(zone: tzinfo, at: datetime) -> Wording:
    """ "30 November 2026, 14:05"."""
    there = at.astimezone(zone)
    time, month = f"{there:%H:%M}", month_words(there.month)
    return wording("date_and_time", day=there.day, month=month, year=there.year, time=time)


def known_zone(name: str | None) -> str | None:
    """The name of a time zone, if it's one that this machine knows."""
    try:
        return zone_named(name).key if name else None
    except BadField:
        return None


def zone_words(zone: tzinfo) -> Wording:
    """Whose clock it is, as people say it: "London time"; "UTC" where the zone is named after no place."""
    area, _, place = str(zone).rpartition("/")
    if not area or area == "Etc":
        return lambda _: place
    return wording("local_time", place=place.replace("_", " "))
