"""The figures that leads look at: the negative response rate above all. Handle time is none of them, and never will be.

NRR, that rate, is no ÷ votes, shown for whoever held a conversation last, with its Wilson interval; beside it the share
without a vote and the bot's checks that were answered no, so that silence isn't sold as success. A conversation counts
in the period in which it closed.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, tzinfo
from zoneinfo import ZoneInfo

from sqlalchemy import select

from handoff import figure_rows as rows
from handoff.changing import must_lead
from handoff.figure_causes import causes
from handoff.figure_promises import promises_kept
from handoff.figure_rows import BOT, NOBODY, WITH_REP, Closed
from handoff.people import Rep
from handoff.schema import rep as rep_table
from handoff.schema_centre import site
from handoff.shares import percents, quantile, ranks, wilson
from handoff.storage import Transaction
from handoff.wire_figures import Figures, Nrr, Period, RangesKept, Reason, SkillWaits, Ways
from handoff.words import reason_words, say
from handoff.zones import shop_zone

DAYS = {"today": 1, "7_days": 7, "28_days": 28}


@dataclass(frozen=True, slots=True)
class Window:
    """A period as one asks for it; of "today" since when that is, which isn't the same moment everywhere."""

    period: Period
    midnight: datetime | None = None


def window_of(tx: Transaction, rep: Rep, period: Period) -> Window:
    """What a lead or an admin asks for; Forbidden for others."""
    must_lead(rep)
    return Window(period, _midnight(tx, rep) if period == "today" else None)


def figures(tx: Transaction, window: Window) -> Figures:
    """All figures of a period: the same for everybody who may see them."""
    period = window.period
    since = window.midnight or tx.now - timedelta(days=DAYS[period])
    closed, named, again = rows.closed_since(tx, since), rows.names(tx), rows.asked_again_since(tx, since)
    return Figures(
        period=period,
        since=since,
        read_at=tx.now,
        ways=ways(closed),
        all=nrr("all", "", closed, None, sum(again.values())),
        topics=by(closed, lambda each: each.topic or "none", {}, {}),
        causes=causes(tx, since, timedelta(days=DAYS[period])),
        owners=by(closed, lambda each: each.owner, {BOT: say("the_bot"), NOBODY: say("nobody_came"), **named}, again),
        teams=by(closed, _team_of(rows.teams_of(tx)), named, _by_team(again, rows.teams_of(tx))),
        reasons=[_reason(*each) for each in rows.reasons_since(tx, since)],
        waits=skill_waits(rows.waits_since(tx, since), named),
        ranges=ranges(rows.ranges_kept(tx)),
        promises=promises_kept(tx, since),
    )


def clock_of(tx: Transaction, rep: Rep) -> tzinfo:
    """The clock where the rep works, else the shop's."""
    zone = select(site.c.time_zone).join(rep_table, rep_table.c.site_id == site.c.id).where(rep_table.c.id == rep.id)
    name = tx.db.execute(zone).scalar()
    return ZoneInfo(name) if name else shop_zone(tx)


def ways(closed: Iterable[Closed]) -> Ways:
    """How the conversations went, in percentages that add up to 100."""
    counted: Counter[str] = Counter()
    said = 0
    for each in closed:
        counted[each.way] += each.count
        said += each.count if each.way == BOT and each.said_solved else 0
    counts = [counted[way] for way in (WITH_REP, BOT, NOBODY)]
    shares = percents(counts)
    return Ways(
        closed=sum(counts),
        handed_over=counts[0],
        bot=counts[1],
        abandoned=counts[2],
        handed_over_percent=shares[0],
        bot_percent=shares[1],
        abandoned_percent=shares[2],
        bot_said_solved=said,
    )


def by(
    closed: Iterable[Closed],
    key_of: Callable[[Closed], str | None],
    named: Mapping[str, str],
    asked_again: Mapping[str, int],
) -> list[Nrr]:
    """One row for each key, the most votes first; what has none is left out. Ranks need 30 votes."""
    groups: dict[str, list[Closed]] = {}
    for each in closed:
        key = key_of(each)
        if key is not None:
            groups.setdefault(key, []).append(each)
    ranked = ranks({key: (_noes(group), _votes(group)) for key, group in groups.items() if key not in (BOT, NOBODY)})
    made = [
        nrr(key, named.get(key, key), group, ranked.get(key), asked_again.get(key, 0)) for key, group in groups.items()
    ]
    return sorted(made, key=lambda row: (-row.votes, -row.closed, row.name))


def nrr(key: str, name: str, closed: list[Closed], rank: int | None, asked_again: int) -> Nrr:
    """The row of some conversations."""
    votes, no = _votes(closed), _noes(closed)
    low, high = wilson(no, votes)
    return Nrr(
        key=key,
        name=name,
        closed=_sum(closed),
        votes=votes,
        no=no,
        nrr=no / votes if votes else None,
        low=low,
        high=high,
        rank=rank,
        without_vote=_sum(closed) - votes,
        checks=_sum(each for each in closed if each.checked),
        checks_no=_sum(each for each in closed if each.check_no),
        asked_again=asked_again,
    )


def skill_waits(found: Mapping[str | None, Mapping[str, Counter[int]]], named: Mapping[str, str]) -> list[SkillWaits]:
    """One row for each skill, the most waits first."""
    made = [_skill_waits(skill, outcomes, named.get(skill or "", skill or "")) for skill, outcomes in found.items()]
    return sorted(made, key=lambda row: (-row.ended, row.title))


def ranges(told: rows.Told) -> RangesKept:
    """How often a range held that somebody was told."""
    low, high = wilson(told.kept, told.kept + told.longer)
    return RangesKept(
        told=told.kept + told.longer, kept=told.kept, shorter=told.shorter, unknown=told.unknown, low=low, high=high
    )


def _midnight(tx: Transaction, rep: Rep) -> datetime:
    """The last one where the rep works, else on the shop's clock."""
    here = tx.now.astimezone(clock_of(tx, rep))
    return here.replace(hour=0, minute=0, second=0, microsecond=0).astimezone(UTC)


def _skill_waits(skill: str | None, outcomes: Mapping[str, Counter[int]], title: str) -> SkillWaits:
    answered = outcomes.get("claimed", Counter())
    counts = {name: sum(outcomes.get(name, Counter()).values()) for name in ("claimed", "stopped", "left", "promised")}
    gone = counts["stopped"] + counts["left"]
    return SkillWaits(
        skill=skill,
        title=title,
        ended=sum(counts.values()),
        answered=counts["claimed"],
        stopped=counts["stopped"],
        left=counts["left"],
        promised=counts["promised"],
        abandoned_percent=percents([gone, sum(counts.values()) - gone])[0],
        median_s=quantile(answered, 0.5),
        p80_s=quantile(answered, 0.8),
    )


def _reason(reason: str, count: int) -> Reason:
    return Reason(reason=reason, words=reason_words(reason), count=count)


def _team_of(teams: Mapping[str, str]) -> Callable[[Closed], str | None]:
    return lambda each: teams.get(each.rep_id or "")


def _by_team(asked_again: Mapping[str, int], teams: Mapping[str, str]) -> Counter[str]:
    found: Counter[str] = Counter()
    for rep_id, count in asked_again.items():
        found[teams.get(rep_id, "")] += count
    return found


def _sum(closed: Iterable[Closed]) -> int:
    return sum(each.count for each in closed)


def _votes(closed: Iterable[Closed]) -> int:
    return _sum(each for each in closed if each.solved is not None)


def _noes(closed: Iterable[Closed]) -> int:
    return _sum(each for each in closed if each.solved is False)
