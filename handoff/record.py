"""The record: adding a message under the next `seq` of its conversation, and reading rows back as they travel."""

from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import Any

from sqlalchemy import RowMapping, bindparam, insert, select, update

from handoff.history import Who, named
from handoff.ids import new_id
from handoff.people import Customer, Rep
from handoff.schema import button, conversation, message
from handoff.schema_centre import attachment
from handoff.storage import ConversationChanged, Transaction
from handoff.wire_chat import Attachment, Author, Button, Message

PERSON_PAYLOAD = "desk:person"

# Statements of the busiest paths are built once: building one takes five times as long as running it.
_TAKE_SEQ = (
    update(conversation)
    .where(conversation.c.id == bindparam("which"))
    .values(last_seq=conversation.c.last_seq + 1)
    .returning(conversation.c.last_seq)
)
_ADD = insert(message)
_FILES = select(*(attachment.c[name] for name in ("id", "name", "media_type", "size", "width", "height"))).where(
    attachment.c.id.in_(bindparam("named", expanding=True))
)


def add_message(
    tx: Transaction,
    conversation_id: str,
    who: Who,
    text: str,
    *,
    client_id: str | None = None,
    kind: str = "text",
    buttons: Sequence[tuple[str, str]] = (),
    button_id: str | None = None,
    attachment_id: str | None = None,
    english: str | None = None,
    **changes: Any,
) -> Message:
    """Store what somebody says, for everyone to see, and tell it.

    `buttons` are (title, payload) pairs; people get opaque ids for them. `english` is what reps read where the text is
    the desk's in another language. `changes` are further columns of the conversation to set in the same statement that
    takes the next `seq`.
    """
    seq = tx.db.execute(_TAKE_SEQ, {"which": conversation_id, **changes}).scalar_one()
    shown = _keep_buttons(tx, conversation_id, buttons)
    return _insert(tx, conversation_id, who, text, seq, client_id, kind, shown, button_id, attachment_id, english)


def add_note(tx: Transaction, conversation_id: str, who: Who, text: str, client_id: str | None = None) -> Message:
    """Store a note that only reps see; it has no `seq`, so the customer's count has no hole."""
    show_anew(tx, conversation_id)
    return _insert(tx, conversation_id, who, text, None, client_id, "note", [], None)


def notes_of(tx: Transaction, conversation_id: str) -> list[Message]:
    """What only reps see of a conversation, oldest first."""
    for_reps = (message.c.conversation_id == conversation_id) & (message.c.audience == "reps")
    rows = tx.db.execute(select(*message.c).where(for_reps).order_by(message.c.created_at)).mappings()
    return [as_message(row) for row in rows]


def show_anew(tx: Transaction, conversation_id: str) -> None:
    """Something in the views of a conversation has changed: those who watch it get them again."""
    newer = update(conversation).where(conversation.c.id == conversation_id).values(version=conversation.c.version + 1)
    tx.db.execute(newer)
    tx.tell(ConversationChanged(conversation_id))


def as_message(
    row: Mapping[str, Any] | RowMapping,
    reader: Customer | Rep | None = None,
    files: Mapping[str, Attachment] = MappingProxyType({}),
) -> Message:
    """A row as it travels; `client_id` is shown to its author only. `files` are those that rows name, by their id.

    Reps read the desk's notices in English, whatever the customer's language is.
    """
    kind = row["author_kind"]
    own = reader is not None and reader.id == row["author_id"]
    return Message(
        id=row["id"],
        conversation=row["conversation_id"],
        seq=row["seq"],
        author=Author(kind=kind, name=row["author_name"]),
        kind=row["kind"],
        text=(isinstance(reader, Rep) and row["english"]) or row["text"],
        buttons=[Button(id=each["id"], title=each["title"]) for each in row["buttons"] or ()],
        client_id=row["client_id"] if own else None,
        created_at=row["created_at"],
        attachment=files.get(row["attachment_id"] or ""),
    )


def files_of(tx: Transaction, rows: Iterable[Mapping[str, Any] | RowMapping]) -> dict[str, Attachment]:
    """The files that rows of messages name; without any, nothing is asked of the database."""
    named_by_rows = [row["attachment_id"] for row in rows if row["attachment_id"]]
    if not named_by_rows:
        return {}
    found = tx.db.execute(_FILES, {"named": named_by_rows}).mappings()
    return {row["id"]: Attachment(**row) for row in found}


def _insert(
    tx: Transaction,
    conversation_id: str,
    who: Who,
    text: str,
    seq: int | None,
    client_id: str | None,
    kind: str,
    buttons: list[dict[str, str]],
    button_id: str | None,
    attachment_id: str | None = None,
    english: str | None = None,
) -> Message:
    author_kind, author_id = named(who)
    row = {
        "id": new_id(),
        "conversation_id": conversation_id,
        "seq": seq,
        "author_kind": author_kind,
        "author_id": author_id,
        "author_name": _name_of(who),
        "kind": kind,
        "audience": "reps" if seq is None else "all",
        "text": text,
        "buttons": buttons or None,
        "button_id": button_id,
        "client_id": client_id or new_id(),
        "created_at": tx.now,
        "attachment_id": attachment_id,
        "english": None if english == text else english,
    }
    tx.db.execute(_ADD, row)
    tx.tell(ConversationChanged(conversation_id))
    return as_message(row, who if isinstance(who, Customer | Rep) else None)


def _keep_buttons(tx: Transaction, conversation_id: str, buttons: Sequence[tuple[str, str]]) -> list[dict[str, str]]:
    rows = [{"id": new_id(), "title": title, "payload": payload} for title, payload in buttons]
    if rows:
        tx.db.execute(insert(button), [{**row, "conversation_id": conversation_id} for row in rows])
    return [{"id": row["id"], "title": row["title"]} for row in rows]


def _name_of(who: Who) -> str | None:
    match who:
        case Rep(display_name=name) | Customer(name=name):
            return name
        case _:
            return None
