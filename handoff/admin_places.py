"""Teams, sites and skills as admins change them. What counts as open is in handoff/sites.py."""

from datetime import date
from itertools import pairwise
from typing import Any
from zoneinfo import available_timezones

from sqlalchemy import delete, insert, select, update

from handoff.changing import check_revision, clean_name, must_be_admin, note_change, with_revision
from handoff.errors import BadField, NotFound
from handoff.ids import new_id
from handoff.people import Rep
from handoff.schema_centre import holiday, site, site_hours, skill, team
from handoff.storage import Transaction
from handoff.wire_admin import (
    AddSkill,
    AdminSite,
    AdminSkill,
    AdminTeam,
    ClosedDay,
    OpenHours,
    SaveSite,
    SaveSkill,
    SaveTeam,
)


def teams(tx: Transaction) -> list[AdminTeam]:
    """All teams, by name."""
    return [_team(row) for row in tx.db.execute(select(team).order_by(team.c.name)).mappings()]


def save_team(tx: Transaction, who: Rep, team_id: str | None, asked: SaveTeam) -> AdminTeam:
    """A new team (None), or another name or mode for one that is still as the caller saw it."""
    must_be_admin(who)
    before = _team(_locked(tx, team, team.c.id, team_id)) if team_id else None
    if before:
        check_revision(before, asked.revision)
    values = {"name": _free_name(tx, team, asked.name, team_id), "mode": asked.mode}
    saved_id = team_id or new_id()
    _upsert(tx, team, saved_id, before, values)
    after = _team(_locked(tx, team, team.c.id, saved_id))
    note_change(tx, who, "team", saved_id, before, after)
    return after


def skills(tx: Transaction) -> list[AdminSkill]:
    """All skills, by name."""
    return [_skill(row) for row in tx.db.execute(select(skill).order_by(skill.c.name)).mappings()]


def add_skill(tx: Transaction, who: Rep, asked: AddSkill) -> AdminSkill:
    """A new skill; languages are named `lang_<code>`."""
    must_be_admin(who)
    if tx.db.execute(select(skill).where(skill.c.name == asked.name)).first():
        raise BadField("There is a skill with this name already.", field="name")
    tx.db.execute(insert(skill).values(name=asked.name, title=clean_name(asked.title, "title")))
    after = _skill(_locked(tx, skill, skill.c.name, asked.name))
    note_change(tx, who, "skill", asked.name, None, after)
    return after


def save_skill(tx: Transaction, who: Rep, name: str, asked: SaveSkill) -> AdminSkill:
    """Another title."""
    must_be_admin(who)
    before = _skill(_locked(tx, skill, skill.c.name, name))
    check_revision(before, asked.revision)
    tx.db.execute(update(skill).where(skill.c.name == name).values(title=clean_name(asked.title, "title")))
    after = _skill(_locked(tx, skill, skill.c.name, name))
    note_change(tx, who, "skill", name, before, after)
    return after


def all_sites(tx: Transaction) -> list[AdminSite]:
    """Every site, also those out of use, by name."""
    return [_site(tx, row) for row in tx.db.execute(select(site).order_by(site.c.name)).mappings()]


def save_site(tx: Transaction, who: Rep, site_id: str | None, asked: SaveSite) -> AdminSite:
    """A new site (None), or a change of one that is still as the caller saw it, hours and holidays and all."""
    must_be_admin(who)
    before = _site(tx, _locked(tx, site, site.c.id, site_id)) if site_id else None
    if before:
        check_revision(before, asked.revision)
    _check_times(asked)
    saved_id, off = site_id or new_id(), tx.now if asked.disabled else None
    values = {"name": _free_name(tx, site, asked.name, site_id), "time_zone": asked.time_zone, "disabled_at": off}
    _upsert(tx, site, saved_id, before, values)
    _write_times(tx, saved_id, asked)
    after = _site(tx, _locked(tx, site, site.c.id, saved_id))
    note_change(tx, who, "site", saved_id, before, after)
    return after


def _check_times(asked: SaveSite) -> None:
    if asked.time_zone not in available_timezones():
        raise BadField("Choose a time zone such as Europe/London.", field="time_zone")
    spans = sorted((each.weekday, each.opens, each.closes) for each in asked.hours)
    overlap = any(day == next_day and opens < end for (day, _, end), (next_day, opens, _) in pairwise(spans))
    if overlap or any(opens >= closes for _, opens, closes in spans):
        raise BadField("Each span must open before it closes, and spans of a day mustn't overlap.", field="hours")
    days = [each.day for each in asked.holidays if clean_name(each.name, "holidays")]
    if len(set(days)) < len(days) or not all(_is_date(day) for day in days):
        raise BadField("Name each holiday once, as 2026-12-25.", field="holidays")


def _is_date(day: str) -> bool:
    try:
        return bool(date.fromisoformat(day))
    except ValueError:
        return False


def _write_times(tx: Transaction, site_id: str, asked: SaveSite) -> None:
    tx.db.execute(delete(site_hours).where(site_hours.c.site_id == site_id))
    tx.db.execute(delete(holiday).where(holiday.c.site_id == site_id))
    for each in asked.hours:
        span = {"weekday": each.weekday, "opens": each.opens, "closes": each.closes}
        tx.db.execute(insert(site_hours), {"site_id": site_id, **span})
    for day in asked.holidays:
        tx.db.execute(insert(holiday), {"site_id": site_id, "day": day.day, "name": clean_name(day.name, "holidays")})


def _upsert(tx: Transaction, table: Any, saved_id: str, before: Any, values: dict[str, Any]) -> None:
    if before:
        tx.db.execute(update(table).where(table.c.id == saved_id).values(values))
    else:
        tx.db.execute(insert(table).values(id=saved_id, created_at=tx.now, **values))


def _free_name(tx: Transaction, table: Any, name: str, own_id: str | None) -> str:
    clean = clean_name(name)
    taken = tx.db.execute(select(table.c.id).where(table.c.name == clean)).scalar()
    if taken not in (None, own_id):
        raise BadField("Another one has this name already.", field="name")
    return clean


def _locked(tx: Transaction, table: Any, column: Any, wanted: str) -> Any:
    row = tx.db.execute(select(table).where(column == wanted).with_for_update()).mappings().one_or_none()
    if row is None:
        raise NotFound
    return row


def _team(row: Any) -> AdminTeam:
    return with_revision(AdminTeam(id=row["id"], name=row["name"], mode=row["mode"], revision=""))


def _skill(row: Any) -> AdminSkill:
    return with_revision(AdminSkill(name=row["name"], title=row["title"], revision=""))


def _site(tx: Transaction, row: Any) -> AdminSite:
    spans = select(site_hours.c.weekday, site_hours.c.opens, site_hours.c.closes)
    weekly = spans.where(site_hours.c.site_id == row["id"]).order_by(site_hours.c.weekday, site_hours.c.opens)
    days = select(holiday.c.day, holiday.c.name).where(holiday.c.site_id == row["id"]).order_by(holiday.c.day)
    shown = AdminSite(
        id=row["id"],
        name=row["name"],
        time_zone=row["time_zone"],
        hours=[OpenHours(**each) for each in tx.db.execute(weekly).mappings()],
        holidays=[ClosedDay(**each) for each in tx.db.execute(days).mappings()],
        disabled=row["disabled_at"] is not None,
        revision="",
    )
    return with_revision(shown)
