"""The frames of the sockets: what browsers send, and what the desk pushes."""

from typing import Annotated

import msgspec

from handoff.wire_base import Id, Request, Wire
from handoff.wire_chat import Author, CustomerView, Message
from handoff.wire_console import RepQueue, RepView


class Hello(Request, frozen=True, kw_only=True, tag_field="kind", tag="hello"):
    session: str | None = None
    conversation: Id | None = None
    after: Annotated[int, msgspec.Meta(ge=0, le=2**53)] = 0


class Typing(Request, frozen=True, kw_only=True, tag_field="kind", tag="typing"):
    conversation: Id


class Preview(Request, frozen=True, kw_only=True, tag_field="kind", tag="preview"):
    """What stands in the customer's box now, nothing if it's empty; only while their view says `preview`."""

    conversation: Id
    text: Annotated[str, msgspec.Meta(max_length=2000)]


class Pong(Request, frozen=True, kw_only=True, tag_field="kind", tag="pong"):
    pass


ClientFrame = Hello | Typing | Preview | Pong


class Ready(Wire, frozen=True, kw_only=True, tag_field="kind", tag="ready"):
    pass


class Replay(Wire, frozen=True, kw_only=True, tag_field="kind", tag="replay"):
    """Answers `hello` and ends what was missed; with `more`, fetch the rest."""

    conversation: str
    messages: list[Message]
    head: int
    version: int
    more: bool


class Said(Wire, frozen=True, kw_only=True, tag_field="kind", tag="message"):
    message: Message


class CustomerState(Wire, frozen=True, kw_only=True, tag_field="kind", tag="state"):
    conversation: CustomerView


class RepState(Wire, frozen=True, kw_only=True, tag_field="kind", tag="rep_state"):
    conversation: RepView


class QueueNow(Wire, frozen=True, kw_only=True, tag_field="kind", tag="queue"):
    queue: RepQueue


class CentreChanged(Wire, frozen=True, kw_only=True, tag_field="kind", tag="centre"):
    """Leads are told that what `GET /api/rep/lead` shows has changed, at most once a second."""


class SomeoneTypes(Wire, frozen=True, kw_only=True, tag_field="kind", tag="typing"):
    conversation: str
    who: Author


class Previewed(Wire, frozen=True, kw_only=True, tag_field="kind", tag="preview"):
    """What the customer types, for the rep who holds the chat: never stored."""

    conversation: str
    text: str


class Lookers(Wire, frozen=True, kw_only=True, tag_field="kind", tag="lookers"):
    """The names of the other reps who look at a conversation now."""

    conversation: str
    names: list[str]


class Beat(Wire, frozen=True, kw_only=True, tag_field="kind", tag="beat"):
    conversation: str | None = None
    head: int | None = None
    version: int | None = None


class FrameError(Wire, frozen=True, kw_only=True, tag_field="kind", tag="error"):
    code: str
    message: str


DeskFrame = (
    Ready
    | Replay
    | Said
    | CustomerState
    | RepState
    | QueueNow
    | CentreChanged
    | SomeoneTypes
    | Previewed
    | Lookers
    | Beat
    | FrameError
)
