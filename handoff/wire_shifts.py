"""What travels about the end of a shift."""

from datetime import datetime
from typing import Annotated, Literal

import msgspec

from handoff.wire_base import Request, Wire
from handoff.wire_console import QueueItem
from handoff.wire_hours import RepDay, RepHours
from handoff.wire_lead import TransferTo

NextStepWords = Annotated[str, msgspec.Meta(min_length=1, max_length=4000, pattern=r"\S")]


class WentOn(Wire, frozen=True, kw_only=True):
    """A chat that the desk gave back to the line, as its rep's shift was over and they had left it alone."""

    id: str
    conversation: str
    customer_name: str | None
    at: datetime


class Shift(Wire, frozen=True, kw_only=True):
    """The rep's shift now. `chats` are those that need a next step, once it ends; `went` those of the last day.

    `ends_at` is when it ends or has ended, None if it doesn't within a week; `begins_at` when the next one begins, None
    while one is on. `hours` are the rep's own, none where they are the site's; `days` those to come that are different.
    The page asks again after `look_again_s`.
    """

    site: str
    time_zone: str
    state: Literal["on", "ending", "ended", "off"]
    ends_at: datetime | None
    begins_at: datetime | None
    hours: list[RepHours]
    days: list[RepDay]
    look_again_s: int
    chats: list[QueueItem]
    went: list[WentOn]


class HandOn(Request, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """To a rep, a team or a skill; None: to the line, at its old place. `next_step` is for the reps who come after."""

    next_step: NextStepWords
    to: TransferTo | None = None


class AnswerLater(Request, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The customer gets an answer here later, from whoever is there; `next_step` is for them."""

    next_step: NextStepWords
