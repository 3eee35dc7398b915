"""What travels about passing chats on, notes, leads and abusive chats."""

from datetime import datetime
from typing import Annotated, Literal

import msgspec

from handoff.wire_base import ClientId, Id, Request, Wire
from handoff.wire_console import QueueItem
from handoff.wire_mail import LateMail

Name = Annotated[str, msgspec.Meta(min_length=1, max_length=60)]
NoteText = Annotated[str, msgspec.Meta(max_length=4000)]
Presence = Literal["here", "away", "breather", "gone"]


class Colleague(Wire, kw_only=True):
    """Somebody who answers. `free` is how many more chats they can take now, `load` how many of `capacity` need them;
    `leaving`: their shift is (soon) over."""

    id: str
    name: str
    presence: Presence
    free: int
    load: int
    capacity: int
    leaving: bool = False
    team: str | None
    skills: list[str]


class Place(Wire, kw_only=True):
    """A team (by id) or a skill (by name) that chats can be passed to, and how many of it are here."""

    id: str
    title: str
    here: int
    free: int


class Colleagues(Wire, kw_only=True):
    """To whom a chat can be passed on: who is here first."""

    reps: list[Colleague]
    teams: list[Place]
    skills: list[Place]


class TransferTo(Request, kw_only=True):
    """Exactly one of the three: a rep's id, a team's id, a skill's name."""

    rep: Id | None = None
    team: Id | None = None
    skill: Name | None = None


class Transfer(Request, kw_only=True):
    """`note` is for the reps who come after, never for the customer."""

    to: TransferTo
    note: NoteText = ""


class ReturnToBot(Request, kw_only=True):
    """What the rep has learnt: it's offered to the customer as the way on with the bot."""

    topic: Name | None = None
    order: Annotated[str, msgspec.Meta(max_length=40)] | None = None
    note: NoteText = ""


class WriteNote(Request, kw_only=True):
    """`client_id` is the sender's own id, which makes a repeat harmless."""

    client_id: ClientId
    text: str


class HeldChat(Wire, kw_only=True):
    """A chat that a rep holds. `needs_rep`: the customer's word is the last one; `needs`: the skills, by name."""

    id: str
    customer_name: str | None
    topic: str | None
    needs_rep: bool
    needs: list[str]


class KnownSkill(Wire, kw_only=True):
    """What a rep knows, and how well: 1 trained, 2 good, 3 best."""

    title: str
    level: int


class Works(Wire, kw_only=True):
    """Where a rep's shift stands, on their site's clock: `ends_at` is when it ends or ended, None if it doesn't within
    a week."""

    state: Literal["on", "ending", "ended", "off"]
    ends_at: datetime | None
    time_zone: str


class RepNow(Wire, kw_only=True):
    """A rep at work. `load` are the chats that need them now, `free` how many more they can take; `works` None for
    somebody who belongs to no site."""

    id: str
    name: str
    presence: Presence
    team: str | None
    site: str | None
    skills: list[KnownSkill]
    capacity: int
    load: int
    held: int
    free: int
    works: Works | None
    chats: list[HeldChat]


class SkillNow(Wire, kw_only=True):
    """A skill now: who waits for it, since when the longest, and how many chats its reps who are here can take."""

    id: str
    title: str
    waiting: int
    longest_since: datetime | None
    here: int
    free: int


class PromisedNow(Wire, kw_only=True):
    """A promise to keep: in the window between `from` and `until`.

    It's `overdue` when its window is over, or when the desk promised it anew as nobody had kept it; `due` in its
    window; `soon` when that begins within the hour.
    """

    id: str
    customer_name: str | None
    topic: str | None
    kind: Literal["call_back", "message_left"]
    standing: Literal["overdue", "due", "soon"]
    from_: datetime = msgspec.field(name="from")
    until: datetime
    last_text: str
    needs: list[str]


class PromisesNow(Wire, kw_only=True):
    """How many promises are how urgent, and the first of them in that order."""

    overdue: int
    due: int
    soon: int
    first: list[PromisedNow]


class SiteNow(Wire, kw_only=True):
    """A site, and whether it's open at this moment."""

    name: str
    open: bool


class LeadView(Wire, kw_only=True):
    """The centre as it is now. `waiting` has the first in line only; `waiting_total` counts all, the longest of whom
    waits since `longest_since`; `mail` is late."""

    waiting: list[QueueItem]
    waiting_total: int
    longest_since: datetime | None
    promises: PromisesNow
    sites: list[SiteNow]
    reps: list[RepNow]
    skills: list[SkillNow]
    mail: LateMail | None = None


class MoveChats(Request, kw_only=True):
    """Pass several chats on at once; each succeeds or fails by itself."""

    conversations: Annotated[list[Id], msgspec.Meta(min_length=1, max_length=50)]
    to: TransferTo
    note: NoteText = ""


class Moved(Wire, kw_only=True):
    """What became of one chat: `refusal` says in plain words why it was not moved."""

    id: str
    refusal: str | None = None


class EndAbusive(Request, kw_only=True):
    """`reason` is for the record and for leads; the customer isn't told it."""

    reason: Annotated[str, msgspec.Meta(min_length=1, max_length=500, pattern=r"\S")]
    hours: Literal[1, 24, 168]


class Block(Wire, kw_only=True):
    """A customer who can't reach people for a while."""

    id: str
    conversation: str
    customer_name: str | None
    blocked_by: str
    reason: str
    at: datetime
    until: datetime


class Blocks(Wire, kw_only=True):
    blocks: list[Block]


class UndoBlock(Request, kw_only=True):
    reason: Annotated[str, msgspec.Meta(min_length=1, max_length=500, pattern=r"\S")]


class MovedChats(Wire, kw_only=True):
    moved: list[Moved]
