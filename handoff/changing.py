"""What all changes by leads and admins share: who may, not overwriting one another, and the history."""

import hashlib
from typing import Any, TypeVar

import msgspec

from handoff.errors import BadField, ChangedMeanwhile, Forbidden
from handoff.history import remember
from handoff.people import Rep
from handoff.storage import QueueChanged, Transaction

S = TypeVar("S", bound=msgspec.Struct)

LEADING = frozenset({"lead", "admin"})


def must_lead(who: Rep) -> None:
    """Forbidden unless it's a lead or an admin."""
    if who.role not in LEADING:
        raise Forbidden("Only leads and admins may see or change this.")


def must_be_admin(who: Rep) -> None:
    """Forbidden unless it's an admin."""
    if who.role != "admin":
        raise Forbidden("Only an admin may change this.")


def with_revision(shown: S) -> S:
    """The same with a digest of all that it shows, which whoever changes it sends back."""
    plain = msgspec.json.encode(msgspec.structs.replace(shown, revision=""))
    return msgspec.structs.replace(shown, revision=hashlib.sha256(plain).hexdigest()[:32])


def check_revision(shown: Any, revision: str) -> None:
    """ChangedMeanwhile unless it still is what they saw; `shown` must be locked."""
    if shown.revision != revision:
        raise ChangedMeanwhile


def clean_name(text: str, field: str = "name") -> str:
    """A name without space around it, on one line; BadField for nothing."""
    name = " ".join(text.split())
    if not name or not name.isprintable():
        raise BadField("Give it a name.", field=field)
    return name


def note_change(tx: Transaction, who: Rep, what: str, thing: str, old: Any, new: Any) -> None:
    """One row of the history with what changed from what to what; and routing looks at the queue again."""
    before, after = _fields(old), _fields(new)
    changed = [name for name in after if name != "revision" and before.get(name) != after[name]]
    old_values, new_values = {name: before.get(name) for name in changed}, {name: after[name] for name in changed}
    remember(tx, f"{what}_changed", who, f"by {who.display_name}", thing=thing, old=old_values, new=new_values)
    tx.tell(QueueChanged())


def _fields(shown: Any) -> dict[str, Any]:
    return msgspec.to_builtins(shown) if shown is not None else {}
