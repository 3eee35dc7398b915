"""What travels of the figures that leads look at, and of closed chats. There's no handle time among them."""

from datetime import datetime
from typing import Annotated, Literal

import msgspec

from handoff.wire_base import Id, Request, Wire

Period = Literal["today", "7_days", "28_days"]
PromiseKind = Literal["call_back", "message_left", "answer_promised"]


class Nrr(Wire, frozen=True, kw_only=True):
    """Votes about one topic, or about what one rep, team or the bot closed.

    `nrr` is no ÷ votes, None without a vote, with its 95 % interval `low` to `high` (Wilson). `rank` counts from 1 for
    the lowest, None under 30 votes. `closed` conversations in all, `without_vote` of them; in `checks` of them the bot
    asked whether it's solved, in `checks_no` somebody said no. `asked_again`: how often a rep asked for what was in the
    brief.
    """

    key: str
    name: str
    closed: int
    votes: int
    no: int
    nrr: float | None
    low: float
    high: float
    rank: int | None
    without_vote: int
    checks: int
    checks_no: int
    asked_again: int


class Ways(Wire, frozen=True, kw_only=True):
    """How closed conversations went: each is one of three, and the percentages add up to 100.

    `handed_over`: a rep helped. `abandoned`: asked for a person and left, or gave up waiting, before one came.
    `bot`: the bot alone; in `bot_said_solved` of these the customer said that it's solved, the others just ended.
    """

    closed: int
    handed_over: int
    bot: int
    abandoned: int
    handed_over_percent: int
    bot_percent: int
    abandoned_percent: int
    bot_said_solved: int


class Reason(Wire, frozen=True, kw_only=True):
    """Why conversations came into the queue, and how often."""

    reason: str
    words: str
    count: int


class SkillWaits(Wire, frozen=True, kw_only=True):
    """Stays in the queue that ended, for one skill (None: no skill needed). Times are of those who were answered."""

    skill: str | None
    title: str
    ended: int
    answered: int
    stopped: int
    left: int
    promised: int
    abandoned_percent: int
    median_s: int | None
    p80_s: int | None


class RangesKept(Wire, frozen=True, kw_only=True):
    """Of the last 200 who were told a range and of whom we know: how many waited no longer than its high end.

    `unknown` left before the range was over, since the first of these.
    """

    told: int
    kept: int
    shorter: int
    unknown: int
    low: float
    high: float


class OwnWords(Wire, frozen=True, kw_only=True):
    """A cause in a rep's own words, and how often it was given."""

    words: str
    count: int


class CauseCount(Wire, frozen=True, kw_only=True):
    """Conversations of one topic that were closed with one cause; `words` None for all that reps put in their own.

    `share` of the topic's, with its interval `low` to `high`; `before` as many in as long a time before, and whether
    that is a `trend` or may be chance (None where nothing can be compared with). `nrr` is no ÷ votes, None without a
    vote, with its interval `no_low` to `no_high`; `rank` as elsewhere, within the topic.
    """

    words: str | None
    count: int
    share: float
    low: float
    high: float
    before: int | None
    trend: Literal["more", "fewer", "same"] | None
    votes: int
    no: int
    nrr: float | None
    no_low: float
    no_high: float
    rank: int | None


class TopicCauses(Wire, frozen=True, kw_only=True):
    """What caused the conversations of a topic that were closed with a cause, the most frequent first."""

    topic: str
    count: int
    before: int | None
    causes: list[CauseCount]
    own_words: list[OwnWords]
    own_words_more: int


class PromisesKept(Wire, frozen=True, kw_only=True):
    """What became of promises of a kind that ended.

    `due` are those that were ours to keep: kept within a minute (`at_once`), kept after that `in_window`, `late`,
    `missed`, or `ended_without` (a rep closed the chat or promised something else before the time was up). Of these
    `in_time` were kept at once or in the window, with its interval. Beside them: calls in time that were `not_reached`,
    and what customers have `taken_back`.
    """

    kind: PromiseKind
    due: int
    at_once: int
    at_once_low: float
    at_once_high: float
    in_window: int
    in_time: float | None
    low: float
    high: float
    late: int
    missed: int
    ended_without: int
    not_reached: int
    taken_back: int


class Figures(Wire, frozen=True, kw_only=True):
    """What leads look at; `since` is when the period began. They are read for all who ask, at `read_at`."""

    period: Period
    since: datetime
    read_at: datetime
    ways: Ways
    all: Nrr
    topics: list[Nrr]
    causes: list[TopicCauses]
    owners: list[Nrr]
    teams: list[Nrr]
    reasons: list[Reason]
    waits: list[SkillWaits]
    ranges: RangesKept
    promises: list[PromisesKept]


class FindClosed(Request, frozen=True, kw_only=True):
    """Which closed conversations a lead looks for: those of a period, or of one `day` (2026-11-29) on their own clock.

    `topic` "none": without one. `who` held it last: a rep's id, "bot", or "nobody" where a person was waited for in
    vain. `cause`: a usual one, or some of a rep's own words. `written`: only with a sentence by the customer.
    `older_than`: as the page before said, for the next one.
    """

    period: Period = "7_days"
    day: Annotated[str, msgspec.Meta(pattern=r"^\d{4}-\d{2}-\d{2}\Z")] | None = None
    topic: Annotated[str, msgspec.Meta(max_length=60)] | None = None
    who: Id | None = None
    vote: Literal["yes", "no", "none"] | None = None
    cause: Annotated[str, msgspec.Meta(max_length=120)] | None = None
    written: Literal["yes"] | None = None
    older_than: Annotated[str, msgspec.Meta(pattern=r"^\d{1,16}\.[A-Za-z0-9_-]{1,64}\Z")] | None = None


class ClosedChat(Wire, frozen=True, kw_only=True):
    """A closed conversation, without what was said in it; `words` is the sentence that came with the vote."""

    id: str
    closed_at: datetime
    customer_name: str | None
    topic: str | None
    cause: str | None
    helped_by: Literal["rep", "bot", "nobody"]
    rep: str | None
    solved: bool | None
    words: str | None


class ClosedChats(Wire, frozen=True, kw_only=True):
    """A page of them, the newest first; `older_than` asks for the next page, None if this is the last."""

    chats: list[ClosedChat]
    older_than: str | None
