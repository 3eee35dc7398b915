"""What travels about what the desk knows already: a customer's past conversations."""

from datetime import datetime
from typing import Literal

from handoff.wire_base import Wire
from handoff.wire_chat import Message


class PastConversation(Wire, frozen=True, kw_only=True):
    """A closed conversation of the same customer: who helped last, and what the customer said of it.

    `helped_by` is "nobody" where a person was waited for in vain; `rep` is named where one helped.
    `solved` is the customer's vote, None where there is none.
    """

    id: str
    opened_at: datetime
    closed_at: datetime
    topic: str | None
    cause: str | None
    helped_by: Literal["rep", "bot", "nobody"]
    rep: str | None
    solved: bool | None
    head: int


class PastConversations(Wire, frozen=True, kw_only=True):
    """The newest first; `more` when there are more than are listed."""

    conversations: list[PastConversation]
    more: bool


class PastOpened(Wire, frozen=True, kw_only=True):
    """A past conversation that may be read from here on, and the notes that reps left in it."""

    conversation: PastConversation
    notes: list[Message]


class Suggestion(Wire, frozen=True, kw_only=True):
    """Words that a rep may take up: a macro (with `name`, `title` and {fields}), or a reply that helped before."""

    kind: Literal["macro", "reply"]
    name: str | None
    title: str | None
    text: str


class Suggestions(Wire, frozen=True, kw_only=True):
    """The best first; none when nothing is near."""

    suggestions: list[Suggestion]
