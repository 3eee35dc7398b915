"""Which charge is meant by an amount and a day, reckoned on a few made-up charges."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from actions.charges import Amount, Clue, Fit, doubles, find, twins
from actions.days import Span
from actions.shop import Charge
from actions.shop_statuses import ChargeStatus
from tests.larkfield import ANA, NOW

USUAL: dict[str, Any] = {
    "customer_id": ANA,
    "order_number": "A-100001",
    "purchase_id": None,
    "description": "Larkfield order A-100001",
    "currency": "GBP",
    "status": ChargeStatus.SETTLED,
    "card_last4": "1234",
}


def charge(number: int, cents: int, days_ago: float, **other: Any) -> Charge:
    changed = {"charge_id": f"CH-{number}", "amount_cents": cents, "charged_at": NOW - timedelta(days=days_ago)}
    return Charge(**USUAL | changed | other)


def order(number: int) -> dict[str, Any]:
    return {"order_number": f"A-10000{number}", "description": f"Larkfield order A-10000{number}"}


CHARGES = [
    charge(1, 1499, 2, **order(1)),
    charge(2, 2000, 10, **order(2)),
    charge(3, 3000, 12, **order(2)),
    charge(4, 1499, 40, **order(4)),
    charge(5, 799, 41, order_number=None, subscription_id="SB-1"),
    charge(6, 5551, 60, status=ChargeStatus.FAILED, **order(6)),
]


def found(amount: str | None = None, day: date | None = None) -> tuple[Fit, list[str]]:
    amounts = tuple(told for told in [Amount.of(amount or "")] if told)
    days = (Span(day, day),) if day else ()
    result = find(CHARGES, Clue(amounts, days), UTC, 3)
    return result.fit, [one.charge_id for one in result.charges]


def ago(days: int) -> date:
    return (NOW - timedelta(days=days)).date()


@pytest.mark.parametrize(
    ("amount", "day", "fit", "ids"),
    [
        ("7.99", None, Fit.EXACT, ["CH-5"]),
        ("7.99 GBP", None, Fit.EXACT, ["CH-5"]),
        ("7.99 USD", None, Fit.OTHER_CURRENCY, ["CH-5"]),
        ("14.99", None, Fit.EXACT, ["CH-1", "CH-4"]),
        ("14.99", ago(2), Fit.EXACT, ["CH-1"]),
        ("14.99", ago(38), Fit.EXACT, ["CH-4"]),
        ("14.99", ago(20), Fit.OTHER_DAY, ["CH-1", "CH-4"]),
        ("15.05", None, Fit.NEARLY, ["CH-1", "CH-4"]),
        ("8.00", None, Fit.NEARLY, ["CH-5"]),
        ("50.00", None, Fit.TOGETHER, ["CH-2", "CH-3"]),
        ("55.51", None, Fit.EXACT, ["CH-6"]),
        (None, ago(10), Fit.EXACT, ["CH-2"]),
        (None, ago(9), Fit.EXACT, ["CH-2", "CH-3"]),
        ("500.00", None, Fit.NONE, ["CH-6", "CH-3", "CH-2"]),
        (None, ago(25), Fit.NONE, ["CH-3", "CH-2", "CH-4"]),
    ],
)
def test_the_charges_that_fit_a_clue_best(amount: str | None, day: date | None, fit: Fit, ids: list[str]) -> None:
    result = found(amount, day)
    assert (result[0], result[1]) == (fit, ids)


def test_of_two_readings_of_a_day_the_first_that_fits_counts() -> None:
    readings = (Span(ago(25), ago(25)), Span(ago(10), ago(10)))
    assert [one.charge_id for one in find(CHARGES, Clue((), readings), UTC, 0).charges] == ["CH-2"]


@pytest.mark.parametrize("value", ["", "15", "1.5", "abc", "14.99.1", "9999999999.00", "-1.00"])
def test_what_isnt_written_as_an_amount_is_none(value: str) -> None:
    assert Amount.of(value) is None


def test_a_double_is_the_same_amount_for_the_same_thing_within_minutes() -> None:
    at = datetime(2026, 6, 1, 12, tzinfo=UTC)
    first = charge(1, 500, 0, charged_at=at)
    second = charge(2, 500, 0, charged_at=at + timedelta(minutes=30))
    others = [
        charge(3, 500, 0, charged_at=at + timedelta(minutes=61)),
        charge(4, 501, 0, charged_at=at + timedelta(minutes=1)),
        charge(5, 500, 0, charged_at=at + timedelta(minutes=1), currency="EUR"),
        charge(6, 500, 0, charged_at=at + timedelta(minutes=1), order_number="A-100009"),
        charge(7, 500, 0, charged_at=at + timedelta(minutes=1), status=ChargeStatus.FAILED),
        charge(8, 500, 0, charged_at=at + timedelta(minutes=1), order_number=None),
    ]
    assert doubles([second, *others, first], 30) == [(first, second)]


def test_twins_are_the_same_amount_for_two_things_and_the_latest_come_first() -> None:
    early = [charge(1, 500, 20), charge(2, 500, 19, **order(2))]
    late = [charge(3, 700, 5, **order(3)), charge(4, 700, 4, **order(4))]
    assert twins([*late, *early], 3) == [tuple(late), tuple(early)]
    assert twins([charge(1, 500, 20), charge(2, 500, 2, **order(2))], 3) == []
