"""Whether a rep asks for something that stands in the brief: counted, and hinted at by the console before it's sent.

The rule is a list of ways to ask, in English, for an order number, an e-mail address, a name, or what it's all about
(asked_again.json, which the console reads too). It fires only for what the brief has, and only if the message doesn't
say the thing itself: "is it about A-123456?" checks it, and isn't asking. What the customer wrote in the last seconds
doesn't count: the two messages crossed. It catches "what's your order number", "which order is it?", "could you give me
your e-mail address", "order number please", "how can I help you?". It doesn't catch what is asked in other words or
languages ("the thing you bought, which was it?"), the second of two things that share a "your" ("your name and order
number"), nor things other than these four (addresses, dates, amounts), and it can't tell a good reason to ask from a
bad one ("which e-mail address did you use back then?" counts, and so does "which order is it?" of a customer who has
named two). "What's the problem with the lamp?" and "how can I help you with the lamp?" go further than the brief, so
they don't count.
"""

import re
from collections.abc import Iterable
from datetime import timedelta
from functools import cache
from pathlib import Path
from typing import Any

import msgspec

from handoff.brief import brief
from handoff.history import remember
from handoff.moves import Conversation
from handoff.people import Rep
from handoff.storage import Transaction
from handoff.wire_console import KnownFact

RULE = Path(__file__).with_name("asked_again.json")
CROSSED = timedelta(seconds=10)
IN_WORDS = {
    "order": "the order number",
    "email": "the e-mail address",
    "name": "the name",
    "asked": "what was asked",
}
"""For the history."""


def note_asked_again(tx: Transaction, rep: Rep, talk: Conversation, text: str) -> None:
    """One row `asked_again` of the history if the rep's message asks for what they could have read."""
    if asked_for(text) and (again := asked_again(text, _could_be_read(tx, talk))):
        reason = ", ".join(IN_WORDS[each] for each in again)
        remember(tx, "asked_again", rep, reason, conversation_id=talk.id, epoch=talk.owner_epoch, what=again)


def asked_again(text: str, known: Iterable[KnownFact]) -> list[str]:
    """Which of the known facts a message asks for, in their order."""
    asked, facts = asked_for(text), list(known)
    said = {fact.what for fact in facts if _says(text, fact)}
    return list(dict.fromkeys(fact.what for fact in facts if fact.what in asked - said))


def asked_for(text: str) -> set[str]:
    """What a message asks for: some of `order`, `email`, `name`, `asked`."""
    plain = " ".join(text.lower().replace("’", "'").split())
    return {what for what, ways in _ways().items() if any(way.search(plain) for way in ways)}


def _could_be_read(tx: Transaction, talk: Conversation) -> list[KnownFact]:
    return [fact for fact in brief(tx, talk).known if fact.at is None or fact.at <= tx.now - CROSSED]


def _says(text: str, fact: KnownFact) -> bool:
    return fact.value.lower() in text.lower()


@cache
def _ways() -> dict[str, list[re.Pattern[str]]]:
    rule: dict[str, Any] = msgspec.json.decode(RULE.read_bytes())
    asks = {what: [ask.replace("@", thing) for ask in rule["asks"]] for what, thing in rule["things"].items()}
    return {what: [re.compile(way) for way in (*asks.get(what, ()), *more)] for what, more in rule["more"].items()}
