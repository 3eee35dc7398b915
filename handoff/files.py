"""Files that customers and reps send: a message each, and only for those who may see the conversation."""

from dataclasses import asdict, dataclass
from datetime import timedelta
from typing import Any

from msgspec.structs import replace
from sqlalchemy import func, insert, select

from handoff import messages
from handoff.conversations import conversation_of
from handoff.errors import IdReused, LostToAnother, NotFound, TooManyFiles
from handoff.file_store import FileStore, Kept
from handoff.messages import Stored
from handoff.moves import Conversation
from handoff.people import Customer, Rep
from handoff.rep_queue import held_by
from handoff.schema import message, rep
from handoff.schema_centre import attachment
from handoff.storage import Runner, Transaction
from handoff.wire_chat import Attachment
from handoff.words import wording

A_DAY = timedelta(days=1)
SENT_BY: dict[type, tuple[str, Any]] = {
    Customer: ("customer", messages.send),
    Rep: ("rep", messages.reply),
}


@dataclass(frozen=True, slots=True)
class File:
    """A file that is on disk and safe to keep, and the name that it's shown by."""

    kept: Kept
    name: str


def check_may_send(tx: Transaction, who: Customer | Rep, conversation_id: str, client_id: str, most: int) -> None:
    """Before a file is taken in at all: NotFound, LostToAnother or TooManyFiles where it would be for nothing.

    What was sent before may be sent again, whoever has the conversation now: its sender never got the answer.
    """
    if _sent_before(tx, who, client_id):
        return
    talk = _held(tx, who, conversation_id) if isinstance(who, Rep) else conversation_of(tx, who, conversation_id)
    _refuse_if_many(tx, who, talk.id, client_id, most)


def send_file(
    tx: Transaction, who: Customer | Rep, conversation_id: str, client_id: str, file: File, most: int
) -> Stored:
    """Say a file: a message with its name for a text. At most `most` a day from each side of a conversation.

    A repeat of the same `client_id` and file changes nothing; with another file it is IdReused.
    """
    if not _sent_before(tx, who, client_id):
        talk = conversation_of(tx, who, conversation_id, lock=True)
        _refuse_if_many(tx, who, talk.id, client_id, most)
    say = SENT_BY[type(who)][1]
    said: Stored = say(tx, who, conversation_id, client_id, file.name, file.kept.id)
    if not said.new:
        return _same_file(tx, said, file)
    _insert(tx, who, said.message.conversation, file)
    return Stored(replace(said.message, attachment=_as_wire(file)), new=True)


def file_of(tx: Transaction, who: Customer | Rep, conversation_id: str, file_id: str) -> Attachment:
    """A file of a conversation that this person may see; NotFound for any other, and for one that was removed."""
    talk = conversation_of(tx, who, conversation_id)
    its = (attachment.c.id == file_id) & (attachment.c.conversation_id == talk.id) & attachment.c.removed_at.is_(None)
    row = tx.db.execute(select(*_SHOWN).where(its)).mappings().one_or_none()
    if row is None:
        raise NotFound
    return Attachment(**row)


def unnamed(tx: Transaction, ids: list[str]) -> list[str]:
    """Those of the ids on disk that neither a message nor a rep's picture names."""
    named = set(tx.db.execute(select(attachment.c.id).where(attachment.c.id.in_(ids))).scalars())
    named |= set(tx.db.execute(select(rep.c.picture).where(rep.c.picture.in_(ids))).scalars())
    return [id for id in ids if id not in named]


async def tidy(runner: Runner, store: FileStore, before: float) -> None:
    """Remove from disk what a desk left behind that was killed on the way; `before` is in seconds since 1970."""
    old = await store.kept_before(before)
    for id in await runner.read(unnamed, old):
        await store.remove(id)


_SHOWN = [attachment.c[name] for name in Attachment.__struct_fields__]


def _held(tx: Transaction, who: Rep, conversation_id: str) -> Conversation:
    try:
        return held_by(tx, who, conversation_id)
    except LostToAnother:
        raise LostToAnother("This conversation is no longer with you.") from None


def _sent_before(tx: Transaction, who: Customer | Rep, client_id: str) -> bool:
    own = (message.c.author_id == who.id) & (message.c.client_id == client_id)
    return tx.db.execute(select(message.c.id).where(own)).first() is not None


def _same_file(tx: Transaction, said: Stored, file: File) -> Stored:
    its = (message.c.id == said.message.id) & (attachment.c.id == message.c.attachment_id)
    if tx.db.execute(select(attachment.c.sha256).where(its)).scalar() != file.kept.sha256:
        raise IdReused(wording("file_id_reused"))
    return said


def _refuse_if_many(tx: Transaction, who: Customer | Rep, conversation_id: str, client_id: str, most: int) -> None:
    """What was sent before may be sent again, as that changes nothing."""
    today = (attachment.c.conversation_id == conversation_id) & (attachment.c.created_at > tx.now - A_DAY)
    own = attachment.c.author_kind == SENT_BY[type(who)][0]
    count, oldest = tx.db.execute(select(func.count(), func.min(attachment.c.created_at)).where(today, own)).one()
    if count >= most and not _sent_before(tx, who, client_id):
        raise TooManyFiles(limit=most, retry_after=max(1, int((oldest + A_DAY - tx.now).total_seconds())))


def _insert(tx: Transaction, who: Customer | Rep, conversation_id: str, file: File) -> None:
    sent = {"author_kind": SENT_BY[type(who)][0], "author_id": who.id, "name": file.name, "created_at": tx.now}
    tx.db.execute(insert(attachment), {"conversation_id": conversation_id, **asdict(file.kept), **sent})


def _as_wire(file: File) -> Attachment:
    kept = file.kept
    return Attachment(
        id=kept.id, name=file.name, media_type=kept.media_type, size=kept.size, width=kept.width, height=kept.height
    )
