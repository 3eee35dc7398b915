"""What is told of a simulated day, as plain numbers."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from statistics import fmean

from benchmark.day.centre import Lived
from benchmark.day.fairness import gini, overtakings, share_at
from benchmark.day.people import Case
from handoff.estimates import rounded

OUTCOMES = ("served", "abandoned", "message")
LEAST_HOURS = 2


@dataclass(frozen=True, slots=True)
class Waits:
    """How long it took until a rep had the chat, in seconds, and how many left instead."""

    chats: int
    median: float
    p90: float
    p99: float
    left: int

    @property
    def share_left(self) -> float:
        return self.left / self.chats if self.chats else 0.0


@dataclass(frozen=True, slots=True)
class Hits:
    """Of the ranges of which it's known what came: how many waited less than the high end, how many of these less than
    the low end; and how many left too early to tell."""

    known: int
    within: int
    sooner: int
    unknown: int

    @property
    def share(self) -> float:
        return self.within / self.known if self.known else 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """One day by one router; counts are of the measured day's chats, `broken` and `counts` of both days."""

    waits: Waits
    by_topic: dict[str, Waits]
    by_language: dict[str, Waits]
    upset: Waits
    outcomes: dict[str, int]
    answered: int
    levels: dict[int, int]
    with_skill: int
    foreign: int
    spoken: int
    overtaken: int
    overtaken_alike: int
    overtaken_p99: float
    exact: Hits
    in_words: Hits
    in_words_long: Hits
    untold: int
    rep_hours: float
    occupancy: float
    an_hour: tuple[float, float, float]
    gini: float
    first_words: tuple[float, float, float]
    lasts: float
    passed_on: int
    broken: dict[str, int]
    counts: dict[str, int]


def figures_of(lived: Lived) -> Figures:
    """All of them."""
    cases = lived.cases
    answered = [case for case in cases if case.answered_at is not None]
    skilled = [case for case in answered if case.customer.skill]
    foreign = [case for case in answered if case.customer.language_skill]
    reps = [rep for rep in lived.reps if rep.there >= 3600 * LEAST_HOURS]
    rates = sorted(rep.got / rep.there * 3600 for rep in reps)
    passed = overtakings(answered, lambda case: case.customer.priority)
    alike = overtakings(answered, lambda case: (case.customer.priority, case.customer.skill, case.customer.language))
    told = [(case, case.told.low, case.told.high) for case in cases if case.told]
    in_words = [(case, *ends) for case in cases if case.told and (ends := rounded(case.told))]
    return Figures(
        waits=waits_of(cases),
        by_topic=_by(cases, lambda case: case.customer.topic),
        by_language=_by(cases, lambda case: case.customer.language),
        upset=waits_of([case for case in cases if case.customer.priority]),
        outcomes={name: sum(case.outcome == name for case in cases) for name in OUTCOMES},
        answered=len(answered),
        levels=dict(Counter(_level(case) for case in skilled)),
        with_skill=len(skilled),
        foreign=len(foreign),
        spoken=sum(case.customer.language_skill in _skills(case) for case in foreign),
        overtaken=sum(count > 0 for count in passed),
        overtaken_alike=sum(count > 0 for count in alike),
        overtaken_p99=share_at(sorted(passed), 0.99),
        exact=_hits(told),
        in_words=_hits(in_words),
        in_words_long=_hits([each for each in in_words if each[2] > 60]),
        untold=len(cases) - len(told),
        rep_hours=sum(rep.there for rep in lived.reps) / 3600,
        occupancy=sum(rep.worked for rep in reps) / max(1.0, sum(rep.there for rep in reps)),
        an_hour=(share_at(rates, 0.1), share_at(rates, 0.5), share_at(rates, 0.9)),
        gini=gini(rates),
        first_words=_until_first_words(cases),
        lasts=fmean([case.last_said_at - (case.answered_at or 0) for case in cases if case.outcome == "served"] or [0]),
        passed_on=lived.passed_on,
        broken={name: count for name, count in lived.watch.broken.items() if count},
        counts=dict(lived.watch.counts),
    )


def waits_of(cases: Sequence[Case]) -> Waits:
    """Of those who were still there when a rep had the chat; whoever left before counts as that, said or unsaid."""
    seconds = sorted(_wait(case) for case in cases if _was_met(case))
    left = sum(case.left_at is not None and not _was_met(case) for case in cases)
    return Waits(len(cases), share_at(seconds, 0.5), share_at(seconds, 0.9), share_at(seconds, 0.99), left)


def _wait(case: Case) -> float:
    """Until a rep had it."""
    return (case.answered_at or case.customer.comes) - case.customer.comes


def _until_first_words(cases: Iterable[Case]) -> tuple[float, float, float]:
    """Seconds from coming until a rep's first answer is there: median, 90 and 99 of 100, of those who still wait."""
    said = (case for case in cases if case.first_said_at is not None and _was_met(case))
    seconds = sorted((case.first_said_at or 0.0) - case.customer.comes for case in said)
    return share_at(seconds, 0.5), share_at(seconds, 0.9), share_at(seconds, 0.99)


def _skills(case: Case) -> Mapping[str, int]:
    return case.first_rep.plan.skills if case.first_rep else {}


def _level(case: Case) -> int:
    return _skills(case).get(case.customer.skill or "", 0)


def _was_met(case: Case) -> bool:
    return case.answered_at is not None and (case.left_at is None or case.answered_at < case.left_at)


def _by(cases: Iterable[Case], what: Callable[[Case], str]) -> dict[str, Waits]:
    """Of each kind, the most frequent first."""
    kinds = Counter(map(what, cases))
    return {kind: waits_of([case for case in cases if what(case) == kind]) for kind, _ in kinds.most_common()}


def _hits(told: Iterable[tuple[Case, float, float]]) -> Hits:
    """As the desk counts them (`figure_rows.ranges_kept`): it can't know who has left without a word."""
    known = within = sooner = unknown = 0
    for case, low, high in told:
        until = case.answered_at if case.answered_at is not None else case.left_at
        if until is None:
            continue
        seconds = until - case.customer.comes
        if case.answered_at is None and seconds <= high:
            unknown += 1
            continue
        known += 1
        within += seconds <= high
        sooner += seconds < low
    return Hits(known, within, sooner, unknown)
