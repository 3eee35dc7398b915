"""What a rep needn't ask for: facts of the brief that the customer or the shop has given already."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import bindparam, exists, select

from actions.shop import order_number
from handoff.email_addresses import is_email_address, masked_address
from handoff.moves import Conversation
from handoff.schema import message, turn
from handoff.storage import Transaction
from handoff.wire_console import KnownFact

MOST_CHARACTERS = 120
MOST_NUMBERS = 3
"""So many order numbers, and addresses, that a customer has named: the newest."""
MOST_MESSAGES = 200
A_SENTENCE = 3
"""So many words say more than a greeting."""
_EDGES = ".,;:!?()<>\"'"
_TO_THE_BOT = exists().where(
    turn.c.conversation_id == message.c.conversation_id,
    turn.c.state.in_(("accepted", "given_up")),
    message.c.seq.between(turn.c.first_seq, turn.c.last_seq),
)
_WRITTEN = (
    select(message.c.text, message.c.created_at)
    .where(message.c.conversation_id == bindparam("talk"), message.c.author_kind == "customer")
    .where(message.c.kind == "text", message.c.button_id.is_(None), ~_TO_THE_BOT)
    .order_by(message.c.seq.desc())
    .limit(MOST_MESSAGES)
)


@dataclass(frozen=True, slots=True)
class Told:
    """Words of the customer's: to the bot, or written in the chat (and when) for a person to read.

    Those of a button that they `pressed` are the bot's.
    """

    text: str
    source: Literal["bot", "chat"]
    at: datetime | None = None
    pressed: bool = False


def known_facts(talk: Conversation, who: Any, told: Sequence[Told]) -> list[KnownFact]:
    """The order numbers, the e-mail addresses, the proven name, and what was asked, as far as they are known.

    `who` is the customer's row (`sub`, `name`, `email`, and whether they `left_email` themselves), `told` what they
    have said, the oldest first. An address that the customer wrote is shown as it stands in the chat, the one on
    file masked. What the shop has signed is proven, unless somebody has come into the chat by a mail's link since.
    """
    signed = bool(who.sub) and talk.unproven_from is None
    name = [KnownFact(what="name", value=who.name, proven=signed)] if who.sub and who.name else []
    return [*_orders(talk, told, signed), *_emails(who, told, signed), *name, *_what_was_asked(told)]


def written(tx: Transaction, talk: Conversation) -> list[Told]:
    """What the customer has written that the bot hasn't answered: while they waited, and to reps; the oldest first."""
    newest_first = tx.db.execute(_WRITTEN, {"talk": talk.id}).all()
    return [Told(row.text, "chat", row.created_at) for row in reversed(newest_first)]


def tells_a_fact(text: str) -> bool:
    """Whether an order number or an e-mail address stands in it."""
    return any(order_number(word) or is_email_address(word) for word in _words(text))


def _orders(talk: Conversation, told: Sequence[Told], signed: bool) -> Iterator[KnownFact]:
    if talk.order_id:
        yield KnownFact(what="order", value=talk.order_id, proven=signed)
    named = _first_told((number, each) for each in told for word in _words(each.text) if (number := order_number(word)))
    named.pop(talk.order_id or "", None)
    yield from _claimed("order", named)


def _emails(who: Any, told: Sequence[Told], signed: bool) -> Iterator[KnownFact]:
    named = _first_told((word, each) for each in told for word in _words(each.text) if is_email_address(word))
    if who.email:
        same = next((word for word in named if word.casefold() == who.email.casefold()), None)
        named.pop(same or "", None)
        value = same or masked_address(who.email) or ""
        source: Literal["form", "shop"] = "form" if who.left_email else "shop"
        yield KnownFact(what="email", value=value, proven=signed and not who.left_email, source=source)
    yield from _claimed("email", named)


def _claimed(what: Literal["order", "email"], named: dict[str, Told]) -> Iterator[KnownFact]:
    for value, each in list(named.items())[-MOST_NUMBERS:]:
        yield KnownFact(what=what, value=value, source=each.source, at=each.at)


def _first_told(found: Iterable[tuple[str, Told]]) -> dict[str, Told]:
    """By value, the words in which it was first told."""
    first: dict[str, Told] = {}
    for value, each in found:
        first.setdefault(value, each)
    return first


def _words(text: str) -> list[str]:
    return [word.strip(_EDGES) for word in text.split()]


def _what_was_asked(told: Sequence[Told]) -> Iterator[KnownFact]:
    """Their longest message to the bot: a greeting or a bare number says less than a sentence. Else the first sentence
    that they wrote to a person: the later ones ask where everybody is, or answer the rep."""
    to_the_bot = [each for each in told if each.source == "bot" and not each.pressed and _length(each.text) > 1]
    to_people = [each for each in told if each.source == "chat" and _length(each.text) >= A_SENTENCE]
    longest = max(to_the_bot, key=lambda each: len(each.text), default=None)
    if asked := longest or next(iter(to_people), None):
        words = " ".join(asked.text.split())
        shown = words if len(words) <= MOST_CHARACTERS else f"{words[: MOST_CHARACTERS - 1]}…"
        yield KnownFact(what="asked", value=shown, source=asked.source, at=asked.at)


def _length(text: str) -> int:
    """In words."""
    return len(re.findall(r"\w+", text))
