"""What a customer sees of a chat; `handoff/wire_*.py` are the one source of docs/openapi.json and web/src/wire.ts."""

from datetime import datetime
from typing import Literal

from handoff.wire_base import Wire
from handoff.wire_promises import PromiseMade

StateName = Literal["with_bot", "waiting", "with_rep", "promised", "closed"]


class Author(Wire, frozen=True, kw_only=True):
    kind: Literal["customer", "bot", "rep", "desk"]
    name: str | None = None


class Button(Wire, frozen=True, kw_only=True):
    id: str
    title: str


class Attachment(Wire, frozen=True, kw_only=True):
    """A file of a message. `name` is what its sender called it, made harmless; a picture has `width` and `height`."""

    id: str
    name: str
    media_type: str
    size: int
    width: int | None = None
    height: int | None = None


class Message(Wire, frozen=True, kw_only=True):
    """`seq` counts from 1 without holes in a conversation; a rep's note has none. `client_id` only on one's own."""

    id: str
    conversation: str
    seq: int | None
    author: Author
    kind: Literal["text", "vote", "event", "note"]
    text: str
    buttons: list[Button] = []
    client_id: str | None = None
    created_at: datetime
    attachment: Attachment | None = None


class MessagePage(Wire, frozen=True, kw_only=True):
    """Messages after a `seq`, oldest first; `more` when the page's limit cut them; `head` is the newest `seq`."""

    messages: list[Message]
    head: int
    version: int
    more: bool


class Owner(Wire, frozen=True, kw_only=True):
    """Who answers next. `picture` is the id of a rep's, shown at `/api/pictures/<id>`."""

    kind: Literal["bot", "queue", "rep", "none"]
    name: str | None = None
    picture: str | None = None


class WaitRange(Wire, frozen=True, kw_only=True):
    """How long people waited who were where the customer is: 8 of 10 less than `high_s`, 8 of 10 more than `low_s`.

    Seconds from the arrival in line; None where it can't be said. `over`: longer than the customer was told at first.
    """

    low_s: int | None
    high_s: int | None
    over: bool


class CustomerView(Wire, frozen=True, kw_only=True):
    """A conversation as its customer sees it. `place` counts from 1 while waiting; `vote` is True for "yes, solved".

    `email` is the masked address that they are written to if they leave; `rep_read` and `customer_read` are how far
    each side has read, as a `seq`.
    `opens_at` says when somebody comes again to one who waits while the desk is closed; `promise` may be of an earlier
    conversation. `preview`: the rep sees what the customer types before it's sent; else a page sends none of it.
    """

    id: str
    state: StateName
    version: int
    head: int
    owner: Owner
    place: int | None = None
    waiting_since: datetime | None = None
    wait: WaitRange | None = None
    reps_here: int = 0
    opens_at: datetime | None = None
    promise: PromiseMade | None = None
    vote: bool | None = None
    vote_words: str | None = None
    can_vote: bool = False
    can_reopen: bool = False
    rep_read: int = 0
    customer_read: int = 0
    order_id: str | None = None
    email: str | None = None
    preview: bool = False
    opened_at: datetime


class SessionStarted(Wire, frozen=True, kw_only=True):
    """`session` goes into the Authorization header; it is shown this once."""

    session: str
    verified: bool
    name: str | None
    order_id: str | None
    expires_at: datetime
