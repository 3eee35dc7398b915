"""What travels between the desk and its pages: with `handoff/wire_*.py` the one source of the OpenAPI document and of
web/src/wire.ts."""

from datetime import datetime
from typing import Annotated, Literal

import msgspec

from handoff.wire_base import ClientId, Id, Request, Wire
from handoff.wire_promises import PromiseMade, PromiseToKeep

StateName = Literal["with_bot", "waiting", "with_rep", "promised", "closed"]


class Author(Wire, kw_only=True):
    kind: Literal["customer", "bot", "rep", "desk"]
    name: str | None = None


class Button(Wire, kw_only=True):
    id: str
    title: str


class Attachment(Wire, kw_only=True):
    """A file of a message. `name` is what its sender called it, made harmless; a picture has `width` and `height`."""

    id: str
    name: str
    media_type: str
    size: int
    width: int | None = None
    height: int | None = None


class Message(Wire, kw_only=True):
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


class MessagePage(Wire, kw_only=True):
    """Messages after a `seq`, oldest first; `more` when the page's limit cut them; `head` is the newest `seq`."""

    messages: list[Message]
    head: int
    version: int
    more: bool


class Owner(Wire, kw_only=True):
    """Who answers next. `picture` is the id of a rep's, shown at `/api/pictures/<id>`."""

    kind: Literal["bot", "queue", "rep", "none"]
    name: str | None = None
    picture: str | None = None


class WaitRange(Wire, kw_only=True):
    """How long people waited who were where the customer is: 8 of 10 less than `high_s`, 8 of 10 more than `low_s`.

    Seconds from the arrival in line; None where it can't be said. `over`: longer than the customer was told at first.
    """

    low_s: int | None
    high_s: int | None
    over: bool


class CustomerView(Wire, kw_only=True):
    """A conversation as its customer sees it. `place` counts from 1 while waiting; `vote` is True for "yes, solved".

    `email` is the masked address that they are written to if they leave; `rep_read` and `customer_read` are how far
    each side has read, as a `seq`.
    `opens_at` says when somebody comes again to one who waits while the desk is closed; `promise` may be of an earlier
    conversation.
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
    opened_at: datetime


class SessionStarted(Wire, kw_only=True):
    """`session` goes into the Authorization header; it is shown this once."""

    session: str
    verified: bool
    name: str | None
    order_id: str | None
    expires_at: datetime


class Rep(Wire, kw_only=True):
    id: str
    name: str
    display_name: str
    role: Literal["rep", "lead", "writer", "admin"]
    picture: str | None = None


class SignedIn(Wire, kw_only=True):
    """`csrf` goes into the X-CSRF-Token header of every request that changes something."""

    rep: Rep
    csrf: str


class QueueItem(Wire, kw_only=True):
    """A conversation in a rep's lists. `place` counts from 1 in the queue; who is `upset` comes before the others."""

    id: str
    state: StateName
    customer_name: str | None
    verified: bool
    topic: str | None
    reason: str | None
    place: int | None = None
    waiting_since: datetime | None = None
    order_id: str | None = None
    head: int
    last_text: str
    last_author: str
    last_at: datetime
    for_you: bool = False
    upset: bool = False
    promise: Literal["call_back", "message_left"] | None = None
    due_since: datetime | None = None


class Offer(Wire, kw_only=True):
    """ "Take one?": a waiting chat, why it is offered to this rep, and how many seconds they had when this was read."""

    id: str
    chat: QueueItem
    reason: str
    seconds_left: int


class You(Wire, kw_only=True):
    """The rep's own state: `load` of their chats need them now, of `capacity`; `pushed`: chats are offered to them."""

    pushed: bool
    away_since: datetime | None
    breather_until: datetime | None
    load: int
    held: int
    capacity: int


class RepQueue(Wire, kw_only=True):
    """The first waiting conversations in order, those that the rep holds, and how many wait in all.

    `due` are the promises to keep now, in the order of arrival.
    """

    you: You
    offer: Offer | None = None
    waiting: list[QueueItem]
    due: list[QueueItem] = []
    mine: list[QueueItem]
    waiting_total: int


class Understood(Wire, kw_only=True):
    """What the bot made of the customer's words in one turn."""

    text: str
    intent: str | None
    confidence: float | None
    outcome: str


class Tone(Wire, kw_only=True):
    """How the customer sounded lately, and the words of theirs that led to it: hints, never a verdict."""

    upset: bool
    upset_words: list[str]
    unliteral: bool
    unliteral_words: list[str]


class KnownFact(Wire, kw_only=True):
    """Something that a rep needn't ask for: the order number, an e-mail address, the name, or what was asked."""

    what: Literal["order", "email", "name", "asked"]
    value: str


class Brief(Wire, kw_only=True):
    """What a rep should know before the first word. What is proven comes from the shop's signed token.

    `check` is the customer's last answer to the bot's "did that solve it?", `also` what they asked for besides the
    topic, `language` the one that they last wrote in, if it isn't English (ISO 639 code). A rep who asks for what is
    `known` is counted as asking again (`handoff/asked_again.py`).
    """

    verified: bool
    customer_id: str | None
    customer_name: str | None
    verified_from: int | None
    order_id: str | None
    topic: str | None
    reason: str | None
    reason_words: str
    understood: list[Understood]
    tone: Tone | None = None
    check: Literal["yes", "no"] | None = None
    also: list[str] = []
    language: str | None = None
    known: list[KnownFact] = []


class RepView(Wire, kw_only=True):
    """A conversation as a rep sees it: waiting, or their own. `notes` are what only reps see, oldest first.

    `why` says how the rep came to hold it.
    """

    id: str
    state: StateName
    version: int
    head: int
    owner: Owner
    yours: bool
    place: int | None = None
    waiting_since: datetime | None = None
    vote: bool | None = None
    vote_words: str | None = None
    topic: str | None = None
    cause: str | None = None
    opened_at: datetime
    customer_read: int = 0
    brief: Brief
    notes: list[Message] = []
    why: str | None = None
    promise: PromiseToKeep | None = None


class CardItem(Wire, kw_only=True):
    title: str
    quantity: int
    price_cents: int


class CardScan(Wire, kw_only=True):
    at: datetime
    place: str
    words: str


class CardShipment(Wire, kw_only=True):
    """A parcel; `expected_at` is the newest estimate, None where there is none."""

    carrier: str
    tracking_number: str
    status: str
    promised_at: datetime
    expected_at: datetime | None
    delivered_at: datetime | None
    scans: list[CardScan]


class CardMoney(Wire, kw_only=True):
    """A charge, return, refund or purchase; cents of `currency`."""

    what: str
    cents: int
    currency: str
    at: datetime
    status: str


class OrderCard(Wire, kw_only=True):
    """What the shop knows about an order, for the rep; `recent` are the customer's other order numbers."""

    number: str
    status: str
    placed_at: datetime
    total_cents: int
    currency: str
    items: list[CardItem]
    shipments: list[CardShipment]
    charges: list[CardMoney]
    returns: list[CardMoney]
    refunds: list[CardMoney]
    purchases: list[CardMoney]
    recent: list[str]


class Macro(Wire, kw_only=True):
    """A canned answer; a rep finds it by its `name`, and words in {braces} are filled in before it's sent."""

    name: str
    title: str
    text: str
    skill: str | None


class Macros(Wire, kw_only=True):
    macros: list[Macro]


class ErrorDetail(Wire, kw_only=True):
    code: str
    message: str
    request_id: str
    field: str | None = None
    limit: int | None = None
    retry_after: int | None = None


class ErrorEnvelope(Wire, kw_only=True):
    error: ErrorDetail


class StartSession(Request, kw_only=True):
    identity: Annotated[str, msgspec.Meta(max_length=8192)] | None = None


class OpenConversation(Request, kw_only=True):
    pass


class SendMessage(Request, kw_only=True):
    """`text` or `button`, exactly one; `client_id` is the sender's own id, which makes a repeat harmless."""

    client_id: ClientId
    text: str | None = None
    button: Id | None = None


class RepReply(Request, kw_only=True):
    client_id: ClientId
    text: str


class Vote(Request, kw_only=True):
    """`words` is a sentence that goes with it: left out, the one that's there stays; empty, it's taken away."""

    solved: bool
    words: Annotated[str, msgspec.Meta(max_length=500)] | None = None


class CloseConversation(Request, kw_only=True):
    topic: Annotated[str, msgspec.Meta(min_length=1, max_length=60)]
    cause: Annotated[str, msgspec.Meta(min_length=1, max_length=120)]


class Nothing(Request, kw_only=True):
    pass


class SignIn(Request, kw_only=True):
    name: Annotated[str, msgspec.Meta(min_length=1, max_length=80)]
    password: Annotated[str, msgspec.Meta(min_length=1, max_length=1024)]
    totp: Annotated[str, msgspec.Meta(max_length=10)] | None = None


class SetUp(Request, kw_only=True):
    code: Annotated[str, msgspec.Meta(max_length=80)]
    name: Annotated[str, msgspec.Meta(min_length=1, max_length=80)]
    display_name: Annotated[str, msgspec.Meta(min_length=1, max_length=80)]
    password: Annotated[str, msgspec.Meta(min_length=12, max_length=1024)]


class SetUpNeeded(Wire, kw_only=True):
    needed: bool


class SetUpDone(Wire, kw_only=True):
    """For the authenticator app, shown this once; `totp_uri` is what its QR code holds."""

    totp_secret: str
    totp_uri: str


class WidgetConfig(Wire, kw_only=True):
    """The pages that may hold the widget's frame and talk to it, and whether the desk can send mail."""

    shop_origins: list[str]
    mail: bool = False


class Health(Wire, kw_only=True):
    """How long a write took, how late the event loop was at worst lately, and how many sockets are open."""

    write_ms: int
    loop_lag_ms: int
    sockets: int


class Hello(Request, kw_only=True, tag_field="kind", tag="hello"):
    session: str | None = None
    conversation: Id | None = None
    after: Annotated[int, msgspec.Meta(ge=0, le=2**53)] = 0


class Typing(Request, kw_only=True, tag_field="kind", tag="typing"):
    conversation: Id


class Pong(Request, kw_only=True, tag_field="kind", tag="pong"):
    pass


ClientFrame = Hello | Typing | Pong


class Ready(Wire, kw_only=True, tag_field="kind", tag="ready"):
    pass


class Replay(Wire, kw_only=True, tag_field="kind", tag="replay"):
    """Answers `hello` and ends what was missed; with `more`, fetch the rest."""

    conversation: str
    messages: list[Message]
    head: int
    version: int
    more: bool


class Said(Wire, kw_only=True, tag_field="kind", tag="message"):
    message: Message


class CustomerState(Wire, kw_only=True, tag_field="kind", tag="state"):
    conversation: CustomerView


class RepState(Wire, kw_only=True, tag_field="kind", tag="rep_state"):
    conversation: RepView


class QueueNow(Wire, kw_only=True, tag_field="kind", tag="queue"):
    queue: RepQueue


class CentreChanged(Wire, kw_only=True, tag_field="kind", tag="centre"):
    """Leads are told that what `GET /api/rep/lead` shows has changed, at most once a second."""


class SomeoneTypes(Wire, kw_only=True, tag_field="kind", tag="typing"):
    conversation: str
    who: Author


class Lookers(Wire, kw_only=True, tag_field="kind", tag="lookers"):
    """The names of the other reps who look at a conversation now."""

    conversation: str
    names: list[str]


class Beat(Wire, kw_only=True, tag_field="kind", tag="beat"):
    conversation: str | None = None
    head: int | None = None
    version: int | None = None


class FrameError(Wire, kw_only=True, tag_field="kind", tag="error"):
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
    | Lookers
    | Beat
    | FrameError
)
