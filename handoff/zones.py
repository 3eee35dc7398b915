"""Times as people are told them: on the shop's clock, or on a site's, and which clock that is."""

from datetime import UTC, datetime, tzinfo

from handoff.errors import BadField
from handoff.sites import sites, zone_named
from handoff.storage import Transaction
from handoff.words import say


def shop_zone(tx: Transaction) -> tzinfo:
    """On which clock customers are told times: the shop's, as set; else the sites', if they share one; else UTC."""
    if tx.zone:
        return tx.zone
    zones = {each.hours.zone.key: each.hours.zone for each in sites(tx)}
    return next(iter(zones.values())) if len(zones) == 1 else UTC


def time_in(zone: tzinfo, at: datetime) -> str:
    """ "18:00" on that clock."""
    return f"{at.astimezone(zone):%H:%M}"


def day_and_time(zone: tzinfo, at: datetime) -> str:
    """ "14:05 on 30 November (London time)"."""
    there = at.astimezone(zone)
    return f"{there:%H:%M} on {there.day} {there:%B} ({zone_words(zone)})"


def known_zone(name: str | None) -> str | None:
    """The name of a time zone, if it's one that this machine knows."""
    try:
        return zone_named(name).key if name else None
    except BadField:
        return None


def zone_words(zone: tzinfo, language: str | None = None) -> str:
    """Whose clock it is, as people say it: "London time"; "UTC" where the zone is named after no place."""
    area, _, place = str(zone).rpartition("/")
    if not area or area == "Etc":
        return place
    return say("local_time", language=language, place=place.replace("_", " "))
