"""What travels of the figures that leads look at. There's no handle time among them."""

from datetime import datetime
from typing import Literal

from handoff.wire_base import Wire

Period = Literal["today", "7_days", "28_days"]


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


class Figures(Wire, frozen=True, kw_only=True):
    """What leads look at; `since` is when the period began."""

    period: Period
    since: datetime
    ways: Ways
    all: Nrr
    topics: list[Nrr]
    owners: list[Nrr]
    teams: list[Nrr]
    reasons: list[Reason]
    waits: list[SkillWaits]
    ranges: RangesKept
