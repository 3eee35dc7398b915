"""What customers are told of their wait, from the same past as in `handoff/ranges.py` but without its database."""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice

from benchmark.day.assumptions import Assumptions
from benchmark.day.people import Case
from handoff.estimates import Estimator, PastWait, Range
from handoff.ranges import AROUND, DAYS, LATELY, MOST_CASES

DAY = 86_400


@dataclass(slots=True)
class _Past:
    """Stays that ended, in that order."""

    ended_at: list[float] = field(default_factory=list)
    stays: list[PastWait] = field(default_factory=list)

    def between(self, since: float, until: float) -> list[PastWait]:
        """The latest few that ended after `since`, until `until`."""
        first, end = bisect_right(self.ended_at, since), bisect_right(self.ended_at, until)
        return self.stays[max(first, end - MOST_CASES) : end]


class Ranges:
    """The centre's own past waits, by skill and of any skill (None)."""

    def __init__(self, known: Assumptions) -> None:
        self._known = known
        self._past: dict[str | None, _Past] = defaultdict(_Past)
        self._made: dict[tuple[str, str | None], tuple[float, Estimator]] = {}

    def keep(self, case: Case, now: float, answered: bool) -> None:
        """A stay in the line has ended."""
        stay = PastWait(case.place, now - case.queued_at, answered)
        for skill in {case.customer.skill, None}:
            self._past[skill].ended_at.append(now)
            self._past[skill].stays.append(stay)

    def range_for(self, case: Case, waiting: Iterable[Case], now: float) -> Range | None:
        """The range for somebody who comes now; None if it can't be said in good conscience."""
        for skill in (case.customer.skill, None):
            for when in ("lately", "at this time of day"):
                if found := self._estimator(when, skill, waiting, now).range_for(case.place):
                    return found
        return None

    def _estimator(self, when: str, skill: str | None, waiting: Iterable[Case], now: float) -> Estimator:
        made_at, made = self._made.get((when, skill), (float("-inf"), None))
        if made is None or now - made_at > self._known.ranges_from_every:
            made = Estimator(self._lately(skill, waiting, now) if when == "lately" else self._around(skill, now))
            self._made[when, skill] = now, made
        return made

    def _lately(self, skill: str | None, waiting: Iterable[Case], now: float) -> Iterator[PastWait]:
        yield from self._past[skill].between(now - LATELY.total_seconds(), now)
        like = (case for case in waiting if skill is None or case.customer.skill == skill)
        yield from (PastWait(case.place, now - case.queued_at, False) for case in islice(like, MOST_CASES))

    def _around(self, skill: str | None, now: float) -> list[PastWait]:
        around, past = AROUND.total_seconds(), self._past[skill]
        found: list[PastWait] = []
        for days in range(1, DAYS + 1):
            then = now - DAY * days
            if not past.ended_at or then + around < past.ended_at[0] or len(found) >= MOST_CASES:
                break
            found = past.between(then - around, then + around)[-(MOST_CASES - len(found)) :] + found
        return found
