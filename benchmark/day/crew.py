"""The reps: what they know, and when they work on which day."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from random import Random

from benchmark.day.assumptions import Assumptions, SitePlan
from benchmark.day.dice import choice, dice
from handoff.opening_hours import stretches

LATE = 120
"""Seconds within which people sign on."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shift:
    """One rep's working day: seconds since midnight UTC of the measured day."""

    start: float
    end: float
    breaks: tuple[tuple[float, float], ...]
    drop: tuple[float, float] | None


@dataclass(frozen=True, slots=True, kw_only=True)
class RepPlan:
    """A rep: where they work, what they know, and their shifts. Nobody of the simulated day is in a team."""

    id: str
    site: str
    skills: Mapping[str, int]
    capacity: int
    shifts: tuple[Shift, ...]
    team: str | None = None


def crew_of(known: Assumptions) -> list[RepPlan]:
    """All reps, site by site."""
    return [
        replace(rep, shifts=tuple(_shifts(known, site, rep.id, number)))
        for site, count in _sizes(known)
        for number in range(count)
        for rep in [_person(known, site, number)]
    ]


def open_times(known: Assumptions, site: SitePlan) -> list[tuple[float, float]]:
    """When the site is open, from two days before the measured day to a day after it."""
    midnight = datetime(known.day.year, known.day.month, known.day.day, tzinfo=UTC)
    spans = stretches(site.hours, midnight - timedelta(days=2), days=4)
    return [((span.start - midnight).total_seconds(), (span.end - midnight).total_seconds()) for span in spans]


def _sizes(known: Assumptions) -> Iterator[tuple[SitePlan, int]]:
    left = known.reps
    for site in known.sites[:-1]:
        count = round(known.reps * site.share)
        left -= count
        yield site, count
    yield known.sites[-1], left


def _person(known: Assumptions, site: SitePlan, number: int) -> RepPlan:
    id = f"{site.name.lower()}-{number:03}"
    chance = dice(known.seed, "rep", id)
    languages = {name: 3 for name, share in site.languages.items() if chance.random() < share}
    skills = _skills(known, id) | languages
    return RepPlan(id=id, site=site.name, skills=skills, capacity=choice(chance, known.capacities), shifts=())


def _skills(known: Assumptions, id: str) -> dict[str, int]:
    chance = dice(known.seed, "skills", id)
    main = choice(chance, known.mains)
    if chance.random() < known.newcomers:
        return {main: 1}
    others = {name: chance.randint(1, 2) for name in known.mains if name != main and chance.random() < known.also}
    return {main: 3 if chance.random() < known.best else 2, **others}


def _shifts(known: Assumptions, site: SitePlan, id: str, number: int) -> Iterator[Shift]:
    """One in each day of the site unless they're ill; starts are spread over the site's day, the same each day."""
    for opens, closes in open_times(known, site):
        steps = int((closes - opens - known.shift) // known.starts_every) + 1
        chance = dice(known.seed, "shift", id, opens)
        if chance.random() >= known.sick:
            yield _shift(known, opens + known.starts_every * (number % steps), chance)


def _shift(known: Assumptions, due: float, chance: Random) -> Shift:
    drops, at = chance.random() < known.drops, due + known.shift * chance.random()
    lasts = chance.uniform(known.drop_shortest, known.drop_longest)
    return Shift(
        start=due + chance.uniform(0, LATE),
        end=due + known.shift,
        breaks=tuple((due + after + chance.uniform(-1800, 1800), length) for after, length in known.breaks),
        drop=(at, at + lasts) if drops else None,
    )
