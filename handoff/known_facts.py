"""What a rep needn't ask for: facts of the brief that the customer or the shop has given already."""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from actions.shop import order_number
from handoff.email_addresses import is_email_address, masked_address
from handoff.moves import Conversation
from handoff.wire_console import KnownFact

MOST_CHARACTERS = 120
_EDGES = ".,;:!?()<>\"'"


def known_facts(talk: Conversation, who: Any, said: Sequence[str]) -> list[KnownFact]:
    """The order number, the e-mail address, the proven name, and what was asked, as far as they are known.

    `who` is the customer's row (`sub`, `name`, `email`, and whether they `left_email` themselves), `said` what they
    told the bot, the oldest first. An address that the customer wrote is shown as it stands in the chat, the one on
    file masked. What the shop has signed is proven, unless somebody has come into the chat by a mail's link since.
    """
    words = [word.strip(_EDGES) for text in said for word in text.split()]
    typed_email = next(filter(is_email_address, words), None)
    signed = bool(who.sub) and talk.unproven_from is None
    facts: list[tuple[Any, str | None, bool]] = [
        ("order", talk.order_id or next(_order_numbers(words), None), signed and bool(talk.order_id)),
        ("email", typed_email or masked_address(who.email), signed and not typed_email and not who.left_email),
        ("name", who.name if who.sub else None, signed),
        ("asked", _what_was_asked(said), False),
    ]
    return [KnownFact(what=what, value=value, proven=proven) for what, value, proven in facts if value]


def _order_numbers(words: Iterable[str]) -> Iterator[str]:
    return (number for word in words if (number := order_number(word)))


def _what_was_asked(said: Sequence[str]) -> str | None:
    """The customer's longest message to the bot: a greeting or a bare number says less than a sentence."""
    told = [text for text in said if len(re.findall(r"\w+", text)) > 1]
    longest = " ".join(max(told, key=len, default="").split())
    return longest if len(longest) <= MOST_CHARACTERS else f"{longest[: MOST_CHARACTERS - 1]}…"
