"""What can be suggested: all macros in use, and reps' replies that somebody said yes to afterwards.

A reply counts if it came straight after the customer's own words, in a closed chat whose customer voted yes within the
last 180 days, and says nothing personal (`impersonal`). A vote that is changed to no takes its replies back.

Vectors of two encoders can't be compared, so each encoder's are kept beside the other's, and whoever reads names one:
while the bot is replaced, or one desk's bot is newer than another's, neither undoes what the other has learnt.
"""

import re
from array import array
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Literal

from sqlalchemy import delete, exists, literal, select
from sqlalchemy.orm import aliased

from handoff.columns import Flag
from handoff.impersonal import is_impersonal
from handoff.nearest import Known, signs_of
from handoff.schema import conversation, customer, message, rep, vote
from handoff.schema_centre import macro
from handoff.schema_knowing import known_answer, learnt
from handoff.states import State
from handoff.storage import Transaction, insert_into
from handoff.vector_client import MOST_CHARACTERS, MOST_TEXTS, vector_of

COUNTS_FOR = timedelta(days=180)
OTHERS_LAST = timedelta(days=1)
CHATS_AT_ONCE = 20
MOST_REPLIES = 2_000
FIELD = re.compile(r"\{\w+\}")
_YES = (vote.c.solved == literal(True, Flag)) & (vote.c.owner_kind == "rep")


@dataclass(frozen=True, slots=True)
class Source:
    """Something to learn: `words` are what its vector is made of, `text` what is kept."""

    id: str
    kind: str
    words: str
    text: str
    conversation_id: str | None = None


@dataclass(frozen=True, slots=True)
class ToLearn:
    """The next things to learn, and the chats that are then looked through."""

    sources: list[Source]
    chats: list[str]


def latest_encoder(tx: Transaction) -> str:
    """The encoder by which something was learnt last; empty if nothing was."""
    newest = select(known_answer.c.encoder).order_by(known_answer.c.made_at.desc()).limit(1)
    return tx.db.execute(newest).scalar() or ""


def to_learn(tx: Transaction, encoder: str) -> ToLearn:
    """What this encoder doesn't know yet, so much as is done at once: the macros first, then the newest chats."""
    if changed := _changed_macros(tx, encoder):
        return ToLearn(changed[:MOST_TEXTS], [])
    chats = _new_chats(tx, encoder)
    names = list(tx.db.execute(select(rep.c.display_name)).scalars()) if chats else []
    return ToLearn([source for chat in chats for source in _replies(tx, chat, names)], chats)


def keep(tx: Transaction, found: ToLearn, encoder: str, vectors: Sequence[array[float]]) -> None:
    """Store what was learnt, by which encoder, and that the chats were looked through; forget what is out of date."""
    for source, vector in zip(found.sources, vectors, strict=True):
        _keep_one(tx, source, encoder, vector)
    for chat in found.chats:
        row = insert_into(tx, learnt).values(conversation_id=chat, encoder=encoder, at=tx.now)
        tx.db.execute(row.on_conflict_do_nothing())
    _forget_outdated(tx)
    _forget_other_encoders(tx, encoder)


def known_answers(tx: Transaction, encoder: str) -> list[Known]:
    """All macros in use and the newest 2,000 replies that still count, as far as this encoder knows them."""
    macros = select(known_answer.c.encoder, known_answer.c.vector, macro.c.name, macro.c.title, macro.c.text)
    by_it = known_answer.c.encoder == encoder
    rows = tx.db.execute(
        macros.join(macro, macro.c.id == known_answer.c.source_id).where(by_it, macro.c.disabled_at.is_(None))
    )
    found = [_known("macro", row, row.name, row.title) for row in rows]
    replies = select(known_answer.c.encoder, known_answer.c.vector, known_answer.c.text).join(
        vote, vote.c.conversation_id == known_answer.c.conversation_id
    )
    counts = replies.where(by_it, known_answer.c.kind == "reply", _YES, vote.c.at > tx.now - COUNTS_FOR)
    newest = counts.order_by(known_answer.c.made_at.desc()).limit(MOST_REPLIES)
    return found + [_known("reply", row) for row in tx.db.execute(newest)]


def macro_words(title: str, text: str) -> str:
    """What a macro's vector is made of: its title and its text without the {fields}."""
    return " ".join(f"{title}. {FIELD.sub('', text)}".split())[:MOST_CHARACTERS]


def _changed_macros(tx: Transaction, encoder: str) -> list[Source]:
    kept = select(macro.c.id, macro.c.title, macro.c.text, known_answer.c.text.label("learnt"))
    by_it = (known_answer.c.source_id == macro.c.id) & (known_answer.c.encoder == encoder)
    rows = tx.db.execute(kept.outerjoin(known_answer, by_it).where(macro.c.disabled_at.is_(None)))
    sources = [(row.learnt, Source(row.id, "macro", words := macro_words(row.title, row.text), words)) for row in rows]
    return [source for before, source in sources if before != source.text]


def _new_chats(tx: Transaction, encoder: str) -> list[str]:
    looked = exists().where(learnt.c.conversation_id == conversation.c.id, learnt.c.encoder == encoder)
    ended = (conversation.c.state == State.CLOSED) & (vote.c.at > tx.now - COUNTS_FOR)
    query = select(conversation.c.id).join(vote, vote.c.conversation_id == conversation.c.id)
    return list(
        tx.db.execute(query.where(_YES, ended, ~looked).order_by(vote.c.at.desc()).limit(CHATS_AT_ONCE)).scalars()
    )


def _replies(tx: Transaction, chat: str, reps: list[str]) -> list[Source]:
    asked = aliased(message)
    before = (asked.c.conversation_id == message.c.conversation_id) & (asked.c.seq == message.c.seq - 1)
    plain = [
        part
        for side, kind in ((message, "rep"), (asked, "customer"))
        for part in (side.c.author_kind == kind, side.c.kind == "text", side.c.attachment_id.is_(None))
    ]
    query = select(message.c.id, message.c.text, asked.c.text.label("asked"), customer.c.name)
    query = query.join(asked, before).join(conversation, conversation.c.id == message.c.conversation_id)
    query = query.join(customer, customer.c.id == conversation.c.customer_id)
    rows = tx.db.execute(query.where(message.c.conversation_id == chat, asked.c.button_id.is_(None), *plain)).all()
    return [
        Source(row.id, "reply", row.asked[:MOST_CHARACTERS], row.text, chat)
        for row in rows
        if is_impersonal(row.text, [*reps, row.name or ""]) and len(row.asked.split()) > 1
    ]


def _keep_one(tx: Transaction, source: Source, encoder: str, vector: array[float]) -> None:
    values = {
        "kind": source.kind,
        "conversation_id": source.conversation_id,
        "text": source.text,
        "vector": vector.tobytes(),
        "made_at": tx.now,
    }
    row = insert_into(tx, known_answer).values(source_id=source.id, encoder=encoder, **values)
    tx.db.execute(row.on_conflict_do_update(index_elements=["source_id", "encoder"], set_=values))


def _forget_outdated(tx: Transaction) -> None:
    """Replies whose yes no longer counts, and macros that have retired; both come back by themselves if they must."""
    old = select(vote.c.conversation_id).where(vote.c.at <= tx.now - COUNTS_FOR)
    in_use = select(macro.c.id).where(macro.c.disabled_at.is_(None))
    for table in (known_answer, learnt):
        tx.db.execute(delete(table).where(table.c.conversation_id.in_(old)))
    retired = delete(known_answer).where(known_answer.c.kind == "macro", known_answer.c.source_id.not_in(in_use))
    tx.db.execute(retired)


def _forget_other_encoders(tx: Transaction, encoder: str) -> None:
    """What other encoders made a day ago or longer, where this one's own is as old: until then both may be at work."""
    for key, at in ((known_answer.c.source_id, known_answer.c.made_at), (learnt.c.conversation_id, learnt.c.at)):
        table, own = key.table, key.table.alias()
        is_own = (own.c[key.name] == key) & (own.c.encoder == encoder) & (own.c[at.name] < tx.now - OTHERS_LAST)
        others = delete(table).where(table.c.encoder != encoder, at < tx.now - OTHERS_LAST, exists().where(is_own))
        tx.db.execute(others)


def _known(kind: Literal["macro", "reply"], row: Any, name: str | None = None, title: str | None = None) -> Known:
    vector = vector_of(row.vector)
    return Known(kind, row.text, row.encoder, vector, signs_of(vector), name, title)
