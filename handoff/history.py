"""The append-only history: who did what to a conversation, when, and why in plain words."""

from typing import Any, TypeAlias

from sqlalchemy import insert

from handoff.people import Customer, Rep
from handoff.schema import history
from handoff.storage import Transaction

Who: TypeAlias = Customer | Rep | str


def remember(
    tx: Transaction,
    kind: str,
    who: Who,
    reason: str,
    *,
    conversation_id: str | None = None,
    epoch: int | None = None,
    **data: Any,
) -> None:
    """Write one row in the caller's transaction; `who` is a person, or "bot" or "desk"."""
    who_kind, who_id = named(who)
    row = {
        "conversation_id": conversation_id,
        "kind": kind,
        "who_kind": who_kind,
        "who_id": who_id,
        "epoch": epoch,
        "reason": reason,
        "data": data or None,
        "at": tx.now,
    }
    tx.db.execute(insert(history), row)


def named(who: Who) -> tuple[str, str]:
    """The kind and id of whoever acts: ("customer", id), ("rep", id), ("bot", "bot") or ("desk", "desk")."""
    match who:
        case Customer(id=id):
            return "customer", id
        case Rep(id=id):
            return "rep", id
        case str(kind):
            return kind, kind
