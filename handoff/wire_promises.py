"""What travels about promises: calls back, messages left, and the hours in which the desk is open."""

from datetime import datetime
from typing import Annotated, Literal

import msgspec

from handoff.wire_base import Request, Wire

Moment = Annotated[datetime, msgspec.Meta(tz=True)]
Phone = Annotated[str, msgspec.Meta(min_length=1, max_length=40)]
CallOutcome = Literal["reached", "no_answer", "busy", "wrong_number"]


class OpenSpan(Wire, frozen=True, kw_only=True):
    """A stretch of time."""

    from_: datetime = msgspec.field(name="from")
    until: datetime


class CallTimes(Wire, frozen=True, kw_only=True):
    """When a call can be asked for, in the next seven days; a window is at least `shortest_minutes` long."""

    open: list[OpenSpan]
    shortest_minutes: int


class TimesToCall(CallTimes, frozen=True, kw_only=True):
    """The same for reps; with the number that the customer gave lately, for the rep who holds the chat."""

    phone: str | None


class PromiseMade(Wire, frozen=True, kw_only=True):
    """What a customer was promised, in which of their conversations. `due` once its time has come.

    `answers_message` if they left a message to be answered; without one, it was a rep who promised an answer.
    """

    conversation: str
    kind: Literal["call_back", "message_left"]
    answers_message: bool
    phone: str | None
    from_: datetime = msgspec.field(name="from")
    until: datetime
    due: bool


class Attempt(Wire, frozen=True, kw_only=True):
    """A try to call, by whom."""

    at: datetime
    by: str
    outcome: CallOutcome
    note: str | None


class PromiseTold(Wire, frozen=True, kw_only=True):
    """What reps are told of a promise. `asked_for`: the customer did, by a message or by asking for the call; else a
    rep or the desk promised it. `made_at` is when it was first promised, however often its time has changed since.

    The `window` of a call is the one that the customer `asked` for, one that a rep and they `agreed` on, or it has
    `moved` since, after a try in vain or when nobody had called. `time_zone` is the customer's, where it's known.
    """

    kind: Literal["call_back", "message_left"]
    asked_for: bool
    window: Literal["asked", "agreed", "moved"]
    from_: datetime = msgspec.field(name="from")
    until: datetime
    time_zone: str | None
    made_at: datetime


class PromiseToKeep(PromiseTold, frozen=True, kw_only=True):
    """A promise that is still open, with the tries so far. From `from` on a rep should call within a minute."""

    phone: str | None
    due: bool
    attempts: list[Attempt]


class Dialled(Wire, frozen=True, kw_only=True):
    """How the call is made: by the link (`tel:`), by the phone system, or by hand since that failed, as `words` say."""

    how: Literal["link", "phone_system", "by_hand"]
    phone: str
    link: str
    words: str


class AskForCall(Request, frozen=True, kw_only=True):
    """`phone` as people write it; the window lies within opening hours and the next seven days.

    `time_zone` is what the customer's browser says of itself; one that the desk doesn't know is left out.
    """

    phone: Phone
    from_: Moment = msgspec.field(name="from")
    until: Moment
    time_zone: Annotated[str, msgspec.Meta(max_length=64)] | None = None


class LeaveMessage(Request, frozen=True, kw_only=True):
    text: str


class TakeBack(Request, frozen=True, kw_only=True):
    """Where the conversation goes: to its old place in line, or to the bot."""

    to: Literal["queue", "bot"]


class CallLater(Request, frozen=True, kw_only=True):
    """A call that rep and customer agreed on; without `phone` the number that is known. `note` is for the next rep."""

    phone: Phone | None = None
    from_: Moment = msgspec.field(name="from")
    until: Moment
    note: Annotated[str, msgspec.Meta(max_length=1000)] | None = None


class CallMade(Request, frozen=True, kw_only=True):
    outcome: CallOutcome
    note: Annotated[str, msgspec.Meta(max_length=1000)] | None = None
