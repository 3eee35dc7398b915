"""What travels about who was asked for a chat, and why."""

from datetime import datetime

from handoff.wire_base import Wire


class ChatReason(Wire, frozen=True, kw_only=True):
    """One thing that was decided about a chat, in a sentence."""

    at: datetime
    text: str


class ChatReasons(Wire, frozen=True, kw_only=True):
    """How a chat came to whoever has it, oldest first; `waits`: why it is offered to nobody at this moment."""

    reasons: list[ChatReason]
    waits: str | None
