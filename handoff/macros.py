"""Macros: canned answers that a rep calls up by name; the console fills their {fields} from the order."""

from sqlalchemy import select

from handoff.people import Rep
from handoff.schema_centre import macro
from handoff.storage import Transaction
from handoff.wire_console import Macro, Macros

_IN_USE = select(macro.c.name, macro.c.title, macro.c.text, macro.c.skill).where(macro.c.disabled_at.is_(None))


def macros_for(tx: Transaction, rep: Rep) -> Macros:
    """All macros in use, by name; the same for every rep, as anybody may have to help with anything."""
    rows = tx.db.execute(_IN_USE.order_by(macro.c.name)).mappings()
    return Macros(macros=[Macro(**row) for row in rows])
