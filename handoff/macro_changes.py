"""Macros as leads and admins write them; reps read them by handoff/macros.py."""

import re
from typing import Any, get_args

from sqlalchemy import insert, select, update

from handoff.admin_reps import check_there
from handoff.changing import check_revision, clean_name, must_lead, note_change, with_revision
from handoff.errors import BadField, NotFound
from handoff.ids import new_id
from handoff.people import Rep
from handoff.schema_centre import macro, skill
from handoff.storage import Transaction
from handoff.texts import checked
from handoff.wire_admin import AdminMacro, MacroField, SaveMacro

FIELDS: tuple[MacroField, ...] = get_args(MacroField)
"""What the console fills in, from the chat and its order (web/src/console/fields.ts)."""
_BRACES = re.compile(r"\{[^{}]*\}|[{}]")


def all_macros(tx: Transaction) -> list[AdminMacro]:
    """Every macro, also the retired, by name."""
    return [_shown(row) for row in tx.db.execute(select(macro).order_by(macro.c.name)).mappings()]


def save_macro(tx: Transaction, who: Rep, macro_id: str | None, asked: SaveMacro) -> AdminMacro:
    """A new macro (None), or a change of one that is still as the caller saw it; retiring keeps it for the record.

    BadField where the text has braces that the console wouldn't fill in: they'd keep every rep from sending it.
    """
    must_lead(who)
    before = _one(tx, macro_id) if macro_id else None
    if before:
        check_revision(before, asked.revision)
    values = _checked(tx, macro_id, asked)
    stamp = {"changed_by": who.id, "changed_at": tx.now, "disabled_at": tx.now if asked.retired else None}
    saved_id = macro_id or new_id()
    if before:
        tx.db.execute(update(macro).where(macro.c.id == saved_id).values(**values, **stamp))
    else:
        tx.db.execute(insert(macro).values(id=saved_id, **values, **stamp))
    after = _one(tx, saved_id)
    note_change(tx, who, "macro", saved_id, before, after)
    return after


def _checked(tx: Transaction, macro_id: str | None, asked: SaveMacro) -> dict[str, Any]:
    check_there(tx, skill, skill.c.name, asked.skill, "skill")
    taken = tx.db.execute(select(macro.c.id).where(macro.c.name == asked.name)).scalar()
    if taken not in (None, macro_id):
        raise BadField("Another macro has this name already.", field="name")
    title, text = clean_name(asked.title, "title"), checked(asked.text)
    if not asked.retired:
        _check_fields(text)
    return {"name": asked.name, "title": title, "text": text, "skill": asked.skill}


def _check_fields(text: str) -> None:
    known = [f"{{{name}}}" for name in FIELDS]
    if odd := next((found for found in _BRACES.findall(text) if found not in known), None):
        raise BadField(f"{odd} can't be filled in. What can: {', '.join(known)}.", field="text")


def _one(tx: Transaction, macro_id: str) -> AdminMacro:
    row = tx.db.execute(select(macro).where(macro.c.id == macro_id).with_for_update()).mappings().one_or_none()
    if row is None:
        raise NotFound
    return _shown(row)


def _shown(row: Any) -> AdminMacro:
    plain = {name: row[name] for name in ("id", "name", "title", "text", "skill")}
    return with_revision(AdminMacro(**plain, retired=row["disabled_at"] is not None, revision=""))
