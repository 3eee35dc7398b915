"""Accounts as leads and admins see and change them. There's always an admin left."""

from collections import defaultdict
from typing import Any

from sqlalchemy import delete, insert, select, update

from handoff import rep_hours, reps, schema_hours
from handoff.changing import check_revision, clean_name, must_lead, note_change, with_revision
from handoff.errors import BadField, Forbidden, NotFound, NotPossibleNow
from handoff.people import Rep
from handoff.schema import conversation
from handoff.schema import rep as rep_table
from handoff.schema_centre import rep_skill, site, skill, team
from handoff.schema_mail import invitation
from handoff.shifts import hours_by_rep, is_on_shift
from handoff.storage import Transaction
from handoff.wire_admin import AdminRep, ChangeRep, RepSkill
from handoff.wire_hours import RepDay, RepHours


def all_reps(tx: Transaction) -> list[AdminRep]:
    """Every account, also the disabled, by name."""
    skills, hours, days = _skills(tx), rep_hours.shown_hours(tx), rep_hours.shown_days(tx)
    rows = tx.db.execute(select(rep_table).order_by(rep_table.c.name)).mappings()
    return [_shown(row, skills[row["id"]], hours[row["id"]], days[row["id"]]) for row in rows]


def change_rep(tx: Transaction, who: Rep, rep_id: str, change: ChangeRep) -> AdminRep:
    """Change an account that is still as the caller saw it. A lead may change skills, hours, capacity, team and site.

    Who is disabled or gets another role is signed out at once; what they hold goes back to the queue.
    """
    must_lead(who)
    _lock_what_may_move(tx, rep_id)
    before = one_rep(tx, rep_id, lock=True)
    check_revision(before, change.revision)
    _check_allowed(tx, who, before, change)
    _check_places(tx, change)
    _write(tx, before, change)
    _sign_out_if_needed(tx, before, change)
    after = one_rep(tx, rep_id)
    note_change(tx, who, "rep", rep_id, before, after)
    return after


def one_rep(tx: Transaction, rep_id: str, *, lock: bool = False) -> AdminRep:
    """An account; NotFound if there's none by this id."""
    query = select(rep_table).where(rep_table.c.id == rep_id)
    row = tx.db.execute(query.with_for_update() if lock else query).mappings().one_or_none()
    if row is None:
        raise NotFound
    hours = rep_hours.shown_hours(tx, schema_hours.rep_hours.c.rep_id == rep_id)
    days = rep_hours.shown_days(tx, schema_hours.rep_day.c.rep_id == rep_id)
    return _shown(row, _skills(tx, rep_skill.c.rep_id == rep_id)[rep_id], hours[rep_id], days[rep_id])


def _lock_what_may_move(tx: Transaction, rep_id: str) -> None:
    """Conversations before reps, as everywhere; then all admins in one order, so that two can't dismiss each other."""
    held = select(conversation.c.id).where(conversation.c.owner_id == rep_id).order_by(conversation.c.id)
    tx.db.execute(held.with_for_update()).all()
    tx.db.execute(_ADMINS.order_by(rep_table.c.id).with_for_update()).all()


_ADMINS = select(rep_table.c.id).where(rep_table.c.role == "admin", rep_table.c.disabled_at.is_(None))


def _check_allowed(tx: Transaction, who: Rep, before: AdminRep, change: ChangeRep) -> None:
    account = (before.display_name, before.role, before.disabled)
    if who.role != "admin" and account != (change.display_name, change.role, change.disabled):
        raise Forbidden("Only an admin may change names, roles and who may sign in.")
    stays_admin = change.role == "admin" and not change.disabled
    others = tx.db.execute(_ADMINS.where(rep_table.c.id != before.id).limit(1)).first()
    if before.role == "admin" and not before.disabled and not stays_admin and others is None:
        raise NotPossibleNow("This is the last admin. Make somebody else an admin first.")


def _check_places(tx: Transaction, change: ChangeRep) -> None:
    check_there(tx, team, team.c.id, change.team_id, "team_id")
    check_there(tx, site, site.c.id, change.site_id, "site_id")
    rep_hours.check_hours(change.hours, change.days, change.site_id)
    wanted = [each.skill for each in change.skills]
    known = set(tx.db.execute(select(skill.c.name).where(skill.c.name.in_(wanted))).scalars())
    if set(wanted) - known or len(set(wanted)) < len(wanted):
        raise BadField("Name each skill once, and only skills that there are.", field="skills")


def check_there(tx: Transaction, table: Any, column: Any, wanted: str | None, field: str) -> None:
    """BadField if a row is named that isn't there."""
    if wanted is not None and tx.db.execute(select(table).where(column == wanted)).first() is None:
        raise BadField("That isn't there any more. Reload the page.", field=field)


def _write(tx: Transaction, before: AdminRep, change: ChangeRep) -> None:
    account = {"display_name": clean_name(change.display_name, "display_name"), "role": change.role}
    place = {"team_id": change.team_id, "site_id": change.site_id, "capacity": change.capacity}
    tx.db.execute(update(rep_table).where(rep_table.c.id == before.id).values(**account, **place))
    _write_hours(tx, before, change)
    tx.db.execute(delete(rep_skill).where(rep_skill.c.rep_id == before.id))
    if change.skills:
        rows = [{"rep_id": before.id, "skill": each.skill, "level": each.level} for each in change.skills]
        tx.db.execute(insert(rep_skill), rows)


def _write_hours(tx: Transaction, before: AdminRep, change: ChangeRep) -> None:
    """Whoever is at work and shall be off ends now: so they're told, and what they hold gets a next step."""
    who = rep_table.c.id == before.id
    old = hours_by_rep(tx, who).get(before.id)
    rep_hours.write_hours(tx, before.id, change.hours, change.days)
    new = hours_by_rep(tx, who).get(before.id)
    if old and new and is_on_shift(old, tx.now) and not is_on_shift(new, tx.now):
        rep_hours.keep_day(tx, before.id, *rep_hours.until_now(old, new, tx.now))


def _sign_out_if_needed(tx: Transaction, before: AdminRep, change: ChangeRep) -> None:
    changed = Rep(before.id, before.name, change.display_name, change.role)
    if change.disabled and not before.disabled:
        reps.disable(tx, changed)
        withdraw_invitations_by(tx, before.id)
    elif before.disabled and not change.disabled:
        tx.db.execute(update(rep_table).where(rep_table.c.id == before.id).values(disabled_at=None))
    elif change.role != before.role:
        reps.sign_out(tx, changed)
        withdraw_invitations_by(tx, before.id)


def withdraw_invitations_by(tx: Transaction, rep_id: str) -> None:
    """Whoever may no longer sign in lets nobody in either."""
    mine = (invitation.c.made_by == rep_id) & invitation.c.used_at.is_(None) & invitation.c.withdrawn_at.is_(None)
    tx.db.execute(update(invitation).where(mine).values(withdrawn_at=tx.now))


def _shown(row: Any, skills: list[RepSkill], hours: list[RepHours], days: list[RepDay]) -> AdminRep:
    plain = {name: row[name] for name in ("id", "name", "display_name", "role", "email", "team_id", "site_id")}
    shown = AdminRep(
        **plain,
        capacity=row["capacity"],
        skills=skills,
        hours=hours,
        days=days,
        disabled=row["disabled_at"] is not None,
        second_factor=row["totp_secret"] is not None,
        revision="",
    )
    return with_revision(shown)


def _skills(tx: Transaction, *which: Any) -> defaultdict[str, list[RepSkill]]:
    found: defaultdict[str, list[RepSkill]] = defaultdict(list)
    for row in tx.db.execute(select(rep_skill).where(*which).order_by(rep_skill.c.skill)):
        found[row.rep_id].append(RepSkill(skill=row.skill, level=row.level))
    return found
