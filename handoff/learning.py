"""What can be suggested: all macros in use, and reps' replies that somebody said yes to afterwards.

A reply counts if it came straight after the customer's own words, in a closed chat whose customer voted yes within the
last 180 days, and says nothing personal (`impersonal`). A vote that is changed to no takes its replies back.
"""

import re
from array import array
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Literal

from sqlalchemy import delete, exists, literal, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import aliased

from handoff.columns import Flag
from handoff.impersonal import is_impersonal
from handoff.nearest import Known, signs_of
from handoff.schema import conversation, customer, message, rep, vote
from handoff.schema_centre import macro
from handoff.schema_knowing import known_answer, learnt
from handoff.states import State
from handoff.storage import Transaction
from handoff.vector_client import MOST_CHARACTERS, MOST_TEXTS, vector_of

COUNTS_FOR = timedelta(days=180)
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


def to_learn(tx: Transaction) -> ToLearn:
    """What isn't known yet, so much as is done at once: the macros first, then the newest chats."""
    if changed := _changed_macros(tx):
        return ToLearn(changed[:MOST_TEXTS], [])
    chats = _new_chats(tx)
    names = list(tx.db.execute(select(rep.c.display_name)).scalars()) if chats else []
    return ToLearn([source for chat in chats for source in _replies(tx, chat, names)], chats)


def keep(tx: Transaction, found: ToLearn, encoder: str, vectors: Sequence[array[float]]) -> None:
    """Store what was learnt, by which encoder; without any source only that the chats were looked through."""
    if vectors:
        forget_other(tx, encoder)
    for source, vector in zip(found.sources, vectors, strict=True):
        _keep_one(tx, source, encoder, vector)
    dialect: Any = postgresql if tx.db.dialect.name == "postgresql" else sqlite
    for chat in found.chats:
        row = dialect.insert(learnt).values(conversation_id=chat, at=tx.now)
        tx.db.execute(row.on_conflict_do_nothing(index_elements=["conversation_id"]))


def forget_other(tx: Transaction, encoder: str) -> None:
    """Vectors of another encoder can't be compared: all of them are forgotten, and made anew."""
    if tx.db.execute(delete(known_answer).where(known_answer.c.encoder != encoder)).rowcount:
        tx.db.execute(delete(learnt))


def known_answers(tx: Transaction) -> list[Known]:
    """All macros in use and the newest 2,000 replies."""
    macros = select(known_answer.c.encoder, known_answer.c.vector, macro.c.name, macro.c.title, macro.c.text)
    rows = tx.db.execute(
        macros.join(macro, macro.c.id == known_answer.c.source_id).where(macro.c.disabled_at.is_(None))
    )
    found = [_known("macro", row, row.name, row.title) for row in rows]
    replies = select(known_answer.c.encoder, known_answer.c.vector, known_answer.c.text).join(
        vote, vote.c.conversation_id == known_answer.c.conversation_id
    )
    newest = replies.where(known_answer.c.kind == "reply", _YES).order_by(known_answer.c.made_at.desc())
    return found + [_known("reply", row) for row in tx.db.execute(newest.limit(MOST_REPLIES))]


def macro_words(title: str, text: str) -> str:
    """What a macro's vector is made of: its title and its text without the {fields}."""
    return " ".join(f"{title}. {FIELD.sub('', text)}".split())[:MOST_CHARACTERS]


def _changed_macros(tx: Transaction) -> list[Source]:
    kept = select(macro.c.id, macro.c.title, macro.c.text, known_answer.c.text.label("learnt"))
    rows = tx.db.execute(
        kept.outerjoin(known_answer, known_answer.c.source_id == macro.c.id).where(macro.c.disabled_at.is_(None))
    )
    sources = [(row.learnt, Source(row.id, "macro", words := macro_words(row.title, row.text), words)) for row in rows]
    return [source for before, source in sources if before != source.text]


def _new_chats(tx: Transaction) -> list[str]:
    looked = exists().where(learnt.c.conversation_id == conversation.c.id)
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
        "encoder": encoder,
        "vector": vector.tobytes(),
        "made_at": tx.now,
    }
    dialect: Any = postgresql if tx.db.dialect.name == "postgresql" else sqlite
    row = dialect.insert(known_answer).values(source_id=source.id, **values)
    tx.db.execute(row.on_conflict_do_update(index_elements=["source_id"], set_=values))


def _known(kind: Literal["macro", "reply"], row: Any, name: str | None = None, title: str | None = None) -> Known:
    vector = vector_of(row.vector)
    return Known(kind, row.text, row.encoder, vector, signs_of(vector), name, title)
