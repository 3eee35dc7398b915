"""What a rep sees: who is signed in, the lists, a conversation with its brief, the order card, the canned answers."""

from datetime import datetime
from typing import Literal

from handoff.wire_base import Wire
from handoff.wire_chat import Message, Owner, StateName
from handoff.wire_promises import PromiseToKeep, PromiseTold


class Rep(Wire, frozen=True, kw_only=True):
    id: str
    name: str
    display_name: str
    role: Literal["rep", "lead", "writer", "admin"]
    picture: str | None = None


class SignedIn(Wire, frozen=True, kw_only=True):
    """`csrf` goes into the X-CSRF-Token header of every request that changes something."""

    rep: Rep
    csrf: str


class QueueItem(Wire, frozen=True, kw_only=True):
    """A conversation in a rep's lists. `place` counts from 1 in the queue; who is `upset` comes before the others.

    `needs` are the names of the skills that whoever takes it should have, a language among them; `team` whose it is;
    `wanted` the rep who should get it, if they are there: until `wanted_until` it's offered to nobody else. `promise`
    is what was promised and is due since its `from`. Of the rep's own: since when the customer waits for an answer.
    """

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
    unanswered_since: datetime | None = None
    promise: PromiseTold | None = None
    team: str | None = None
    wanted: str | None = None
    wanted_until: datetime | None = None
    needs: list[str] = []


class Offer(Wire, frozen=True, kw_only=True):
    """ "Take one?": a waiting chat or a promise that is due, why it is offered to this rep, and how many seconds they
    had when this was read."""

    id: str
    chat: QueueItem
    reason: str
    seconds_left: int


class You(Wire, frozen=True, kw_only=True):
    """The rep's own state: `load` of their chats need them now, of `capacity`; `pushed`: chats are offered to them."""

    pushed: bool
    away_since: datetime | None
    breather_until: datetime | None
    load: int
    held: int
    capacity: int


class RepQueue(Wire, frozen=True, kw_only=True):
    """The first waiting conversations in order, those that the rep holds, and how many wait in all.

    `due` are the promises to keep now, in the order of arrival.
    """

    you: You
    offer: Offer | None = None
    waiting: list[QueueItem]
    due: list[QueueItem] = []
    mine: list[QueueItem]
    waiting_total: int


class WaitingLine(Wire, frozen=True, kw_only=True):
    """The first who wait, in order or with the rep's own subjects first; how many wait, and how many are `yours`."""

    waiting: list[QueueItem]
    total: int
    yours: int


class Understood(Wire, frozen=True, kw_only=True):
    """What the bot made of the customer's words in one turn."""

    text: str
    intent: str | None
    confidence: float | None
    outcome: str


class Tone(Wire, frozen=True, kw_only=True):
    """How the customer sounded lately, and the words of theirs that led to it: hints, never a verdict."""

    upset: bool
    upset_words: list[str]
    unliteral: bool
    unliteral_words: list[str]


class Tried(Wire, frozen=True, kw_only=True):
    """Something that the bot did, in plain words, how its answer began, and what the customer said to its check."""

    did: str
    answer: str
    result: Literal["solved", "not_solved"] | None = None


class KnownFact(Wire, frozen=True, kw_only=True):
    """Something that a rep needn't ask for: the order number, an e-mail address, the name, or what was asked.

    `proven`: the shop vouches for it; else it's only what the customer says. It's from the shop, was told the bot,
    left in the form for mails, or written in the chat, then with the time.
    """

    what: Literal["order", "email", "name", "asked"]
    value: str
    proven: bool = False
    source: Literal["shop", "bot", "form", "chat"] = "shop"
    at: datetime | None = None


class Brief(Wire, frozen=True, kw_only=True):
    """What a rep should know before the first word. What is proven comes from the shop's signed token.

    `check` is the customer's last answer to the bot's "did that solve it?", `also` what they asked for besides the
    topic, `by_link` whether somebody has come in by a mail's link, which proves no more than that they read that
    mailbox, `language` the one that they last wrote in, `page_language` the one in which the desk tells them things, if
    it isn't English (ISO 639 codes). A rep who asks for what is `known` is counted as asking again
    (`handoff/asked_again.py`).
    """

    verified: bool
    customer_id: str | None
    customer_name: str | None
    verified_from: int | None
    by_link: bool = False
    order_id: str | None
    topic: str | None
    reason: str | None
    reason_words: str
    understood: list[Understood]
    tone: Tone | None = None
    check: Literal["yes", "no"] | None = None
    also: list[str] = []
    language: str | None = None
    page_language: str | None = None
    known: list[KnownFact] = []
    tried: list[Tried] = []


class RepView(Wire, frozen=True, kw_only=True):
    """A conversation as a rep sees it: waiting, or their own. `notes` are what only reps see, oldest first.

    `why` says how the rep came to hold it, `others_asked` whether it was offered to somebody else too. `needs` are the
    names of the skills that whoever takes it should have.
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
    others_asked: bool = False
    needs: list[str] = []
    promise: PromiseToKeep | None = None


class Macro(Wire, frozen=True, kw_only=True):
    """A canned answer; a rep finds it by its `name`, and words in {braces} are filled in before it's sent."""

    name: str
    title: str
    text: str
    skill: str | None


class Macros(Wire, frozen=True, kw_only=True):
    macros: list[Macro]
