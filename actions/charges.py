"""Which of a customer's charges is meant by an amount and a day: pure reckoning, no words, no shop."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta, tzinfo
from enum import StrEnum
from itertools import combinations
from typing import Self

from actions.days import Span
from actions.shop import Charge
from actions.shop_statuses import ChargeStatus

SLIP = 10
"""By how many cents an amount may be off that was told to the cent."""
ROUND = 99
"""And one that was told without cents."""
MOST_NEAR = 3


@dataclass(frozen=True)
class Amount:
    """What a customer says was taken; `currency` is None if they name none."""

    cents: int
    currency: str | None = None

    @classmethod
    def of(cls, value: str) -> Self | None:
        """The amount for `14.99` or `14.99 GBP`, as the bot writes it; None for anything else."""
        figures, _, currency = value.partition(" ")
        whole, point, cents = figures.partition(".")
        if not (point and whole.isdecimal() and cents.isdecimal() and len(cents) == 2 and len(whole) <= 9):
            return None
        return cls(int(whole) * 100 + int(cents), currency or None)

    def off(self, cents: int) -> int:
        """By how many cents it differs from these."""
        return abs(self.cents - cents)

    def is_near(self, cents: int) -> bool:
        """Whether these cents can be meant, though it isn't quite so much."""
        return self.off(cents) <= (SLIP if self.cents % 100 else ROUND)


@dataclass(frozen=True)
class Clue:
    """What the customer knows of a charge; either may be empty."""

    amounts: tuple[Amount, ...] = ()
    days: tuple[Span, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.amounts or self.days)


class Fit(StrEnum):
    """How charges fit a clue. `TOGETHER`: their sum does; `OTHER_DAY`: the amount does, on another day."""

    EXACT = "exact"
    OTHER_CURRENCY = "other_currency"
    NEARLY = "nearly"
    TOGETHER = "together"
    OTHER_DAY = "other_day"
    NONE = "none"


@dataclass(frozen=True)
class Found:
    """The charges that fit, in the order given; for `NONE` those that come nearest."""

    fit: Fit
    charges: list[Charge]


def find(charges: Sequence[Charge], clue: Clue, zone: tzinfo, posting_days: int) -> Found:
    """The charges that fit the clue best; a bank may show a charge up to `posting_days` after it was made."""
    on_days = _on_days(charges, clue.days, zone, posting_days)
    if not clue.amounts:
        return Found(Fit.EXACT, on_days) if on_days else Found(Fit.NONE, _nearest(charges, clue, zone))
    found = _of_amounts(on_days, clue.amounts, zone)
    if found.fit is not Fit.NONE:
        return found
    if clue.days and (elsewhere := _exactly(charges, clue.amounts)):
        return Found(Fit.OTHER_DAY, elsewhere)
    return Found(Fit.NONE, _nearest(charges, clue, zone))


def doubles(charges: Iterable[Charge], minutes: int) -> list[tuple[Charge, Charge]]:
    """Pairs of charges, the earlier first, that took the same amount for the same thing within so many minutes."""
    within = timedelta(minutes=minutes)
    pairs = combinations(sorted(_taken(charges), key=lambda charge: charge.charged_at), 2)
    return [
        (one, other)
        for one, other in pairs
        if _same_thing(one, other) and _same_amount(one, other) and other.charged_at - one.charged_at <= within
    ]


def twins(charges: Iterable[Charge], days: int) -> list[tuple[Charge, Charge]]:
    """Pairs of charges, the latest pair first, that took the same amount for two things within so many days."""
    within = timedelta(days=days)
    pairs = combinations(sorted(_taken(charges), key=lambda charge: charge.charged_at), 2)
    alike = [pair for pair in pairs if not _same_thing(*pair) and _same_amount(*pair)]
    near = [(one, other) for one, other in alike if other.charged_at - one.charged_at <= within]
    return sorted(near, key=lambda pair: pair[1].charged_at, reverse=True)


def _of_amounts(charges: Sequence[Charge], amounts: Sequence[Amount], zone: tzinfo) -> Found:
    if exact := _exactly(charges, amounts):
        return Found(Fit.EXACT, exact)
    if same := [charge for charge in charges if any(amount.cents == charge.amount_cents for amount in amounts)]:
        return Found(Fit.OTHER_CURRENCY, same)
    if together := _together(charges, amounts, zone):
        return Found(Fit.TOGETHER, together)
    near = [charge for charge in charges if any(amount.is_near(charge.amount_cents) for amount in amounts)]
    return Found(Fit.NEARLY, near) if near else Found(Fit.NONE, [])


def _exactly(charges: Iterable[Charge], amounts: Sequence[Amount]) -> list[Charge]:
    wanted = {(amount.cents, amount.currency) for amount in amounts}
    return [
        charge
        for charge in charges
        if {(charge.amount_cents, charge.currency), (charge.amount_cents, None)}.intersection(wanted)
    ]


def _together(charges: Iterable[Charge], amounts: Sequence[Amount], zone: tzinfo) -> list[Charge]:
    """All charges of one order, or two of one day, that make up an amount between them."""
    taken = _taken(charges)
    orders = {charge.order_number for charge in taken if charge.order_number}
    groups = [[charge for charge in taken if charge.order_number == number] for number in sorted(orders)]
    groups += [list(pair) for pair in combinations(taken, 2) if _day(pair[0], zone) == _day(pair[1], zone)]
    sums = {amount.cents for amount in amounts}
    return next((group for group in groups if len(group) > 1 and _sum(group) in sums), [])


def _nearest(charges: Sequence[Charge], clue: Clue, zone: tzinfo) -> list[Charge]:
    def distance(charge: Charge) -> int:
        if clue.amounts:
            return min(amount.off(charge.amount_cents) for amount in clue.amounts)
        return min(abs((_day(charge, zone) - span.first).days) for span in clue.days)

    return sorted(charges, key=distance)[:MOST_NEAR] if clue else list(charges[:MOST_NEAR])


def _on_days(charges: Sequence[Charge], days: Sequence[Span], zone: tzinfo, posting_days: int) -> list[Charge]:
    """Those of the first meaning that has any; all if no day is known."""
    if not days:
        return list(charges)
    later = [Span(span.first - timedelta(days=posting_days), span.last) for span in days]
    of_meanings = ([charge for charge in charges if span.holds(_day(charge, zone))] for span in (*days, *later))
    return next((some for some in of_meanings if some), [])


def _taken(charges: Iterable[Charge]) -> list[Charge]:
    return [charge for charge in charges if charge.status is not ChargeStatus.FAILED]


def _same_thing(one: Charge, other: Charge) -> bool:
    return _thing(one) == _thing(other) and any(_thing(one))


def _thing(charge: Charge) -> tuple[str | None, str | None, str | None]:
    return charge.order_number, charge.purchase_id, charge.subscription_id


def _same_amount(one: Charge, other: Charge) -> bool:
    return (one.amount_cents, one.currency) == (other.amount_cents, other.currency)


def _sum(charges: Iterable[Charge]) -> int:
    return sum(charge.amount_cents for charge in charges)


def _day(charge: Charge, zone: tzinfo) -> date:
    return charge.charged_at.astimezone(zone).date()
