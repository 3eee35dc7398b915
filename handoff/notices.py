"""What the desk tells a customer in the chat, all by one function: in the language of their page (decisions/0019)."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any

from handoff.history import Who
from handoff.moves import Conversation
from handoff.record import PERSON_PAYLOAD, add_message
from handoff.storage import Transaction
from handoff.wire_chat import Message
from handoff.words import ENGLISH, Wording, wording

TALK_TO_PERSON = (wording("talk_to_person"), PERSON_PAYLOAD)
"""The button that hands the conversation over, as one of `tell`'s."""


def tell(
    tx: Transaction,
    talk: Conversation,
    what: str | Wording,
    /,
    *,
    who: Who = "desk",
    kind: str = "event",
    language: str | None = None,
    buttons: Sequence[tuple[Wording, str]] = (),
    client_id: str | None = None,
    changes: Mapping[str, Any] = MappingProxyType({}),
    **fields: object,
) -> Message:
    """Store a notice: a sentence of words.yml by its name, with its fields, or words that are put together already.

    The customer gets it in their page's language unless another `language` is asked for; reps read it in English.
    `buttons` are titles and payloads, `changes` further columns of the conversation.
    """
    words = wording(what, **fields) if isinstance(what, str) else what
    language = language or talk.page_language
    shown = [(title(language), payload) for title, payload in buttons]
    own: dict[str, Any] = {"kind": kind, "client_id": client_id, "buttons": shown, "english": words(None)}
    return add_message(tx, talk.id, who, words(language), **own, **changes)


def reads_english(talk: Conversation) -> bool:
    """Whether the customer's page is in the language that the bot speaks."""
    return talk.page_language in (None, ENGLISH)
