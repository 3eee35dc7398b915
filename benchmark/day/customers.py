"""The day's customers: when they come, with what, how patient they are and how long their chats take, by any router."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from benchmark.day.assumptions import HOURS_OF_THE_DAY, Assumptions, Market
from benchmark.day.dice import choice, dice, log_normal
from handoff.skills import language_skill, skill_of

QUARTERS = 96
QUARTER = 900


@dataclass(frozen=True, slots=True, kw_only=True)
class Customer:
    """One customer. Times are seconds; `comes` since midnight UTC of the measured day, negative on the day before."""

    id: str
    comes: float
    topic: str
    skill: str | None
    language: str
    priority: int
    patience: tuple[float, ...]
    leaves_silently: bool
    rather_writes: bool
    answers: tuple[float, ...]
    pauses: tuple[float, ...]
    fades: bool

    @property
    def language_skill(self) -> str | None:
        """What a rep must speak; None for English."""
        return language_skill(self.language)


def customers_of(known: Assumptions, days_later: int) -> list[Customer]:
    """The day's customers, in the order in which they come."""
    day = known.day + timedelta(days=days_later)
    chance = dice(known.seed, "arrivals", day)
    places = [(market, quarter) for market in known.markets for quarter in range(QUARTERS)]
    weights = _weights(known, day)
    found = []
    for market, quarter in chance.choices(places, weights, k=known.chats):
        found.append((QUARTER * (quarter + chance.random()) + 86_400 * days_later, market))
    found.sort(key=lambda each: each[0])
    return [_customer(known, f"{day:%d}-{n:05}", comes, market) for n, (comes, market) in enumerate(found)]


def _weights(known: Assumptions, day: date) -> list[float]:
    """For each market and quarter of an hour of the UTC day: how many come, beside the others."""
    chance = dice(known.seed, "noise", day)
    noise = [log_normal(chance, 1.0, known.noise) for _ in range(QUARTERS)]
    for _ in range(known.bursts):
        begins = chance.randrange(QUARTERS)
        for quarter in range(begins, min(QUARTERS, begins + known.burst_minutes * 60 // QUARTER)):
            noise[quarter] *= known.burst_factor
    return [
        _in_market(market, day, quarter) * noise[quarter] for market in known.markets for quarter in range(QUARTERS)
    ]


def _in_market(market: Market, day: date, quarter: int) -> float:
    """Between one local hour's figure and the next."""
    utc = datetime(day.year, day.month, day.day, tzinfo=UTC) + timedelta(seconds=QUARTER * (quarter + 0.5))
    local = utc.astimezone(ZoneInfo(market.zone))
    part = local.minute / 60
    here, then = (HOURS_OF_THE_DAY[(local.hour + step) % 24] for step in (0, 1))
    return market.share * (here * (1 - part) + then * part)


def _customer(known: Assumptions, id: str, comes: float, market: Market) -> Customer:
    chance = dice(known.seed, "customer", id)
    topic = choice(chance, {name: topic.share for name, topic in known.topics.items()})
    answers = _answers(known, id, topic)
    return Customer(
        id=id,
        comes=comes,
        topic=topic or "none",
        skill=skill_of(topic),
        language=choice(chance, market.languages),
        priority=int(chance.random() < known.upset),
        patience=tuple(log_normal(chance, known.patience_median, known.patience_spread) for _ in range(4)),
        leaves_silently=chance.random() < known.silently,
        rather_writes=chance.random() < known.rather_writes,
        answers=answers,
        pauses=tuple(log_normal(chance, known.pause_median, known.pause_spread) for _ in answers),
        fades=chance.random() < known.fades,
    )


def _answers(known: Assumptions, id: str, topic: str) -> tuple[float, ...]:
    """The work of each answer, in seconds for somebody who knows the subject best; two at least."""
    chance = dice(known.seed, "answers", id)
    count = 2
    while chance.random() > 1 / (known.answers - 1):
        count += 1
    factor = known.topics[topic].work
    work = [factor * log_normal(chance, known.answer_median, known.answer_spread) for _ in range(count)]
    work[0] += known.reading
    work[-1] += known.noting
    return tuple(work)
