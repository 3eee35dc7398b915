"""Who pays Larkfield every month or year: their subscriptions, each with a charge for every period so far.

A month is 30 days here and a year 365, so that all days stay offsets from today.
"""

from collections.abc import Mapping
from random import Random

from demo.order_book import OrderBook, Row
from demo.products import CURRENCY, SUBSCRIPTIONS

PERIOD_DAYS = {"month": 30, "year": 365}
CASES = {
    "monthly": ("month", -95, None),
    "ended": ("month", -100, -10),
    "renewed": ("year", -369, None),
}
"""The period, the day it began, and the day it ended. `renewed`: a whole year was taken four days ago."""
SHARES = {"monthly": 12, "ended": 4, "renewed": 4, "none": 80}
"""How many in a hundred unnamed customers have each."""
SEED = 1892


def add_subscriptions(book: OrderBook, named: Mapping[str, str | None]) -> None:
    """Give each customer the subscription that is written about them, by their id, and the others some by chance."""
    random = Random(SEED)  # noqa: S311 - its own, so that nothing else in the shop changes with it
    for customer in book.rows["customers"]:
        [by_chance] = random.choices(list(SHARES), SHARES.values())
        case = named.get(customer["customer_id"], by_chance)
        if case in CASES:
            period, started, ended = CASES[case]
            _subscribe(book, customer, period, started, ended)


def _subscribe(book: OrderBook, customer: Row, period: str, started: int, ended: int | None) -> None:
    title, cents = SUBSCRIPTIONS[period]
    days = range(started, 0 if ended is None else ended, PERIOD_DAYS[period])
    subscription = book.add(
        "subscriptions",
        subscription_id=book.next_id("SB", "subscriptions"),
        customer_id=customer["customer_id"],
        title=title,
        amount_cents=cents,
        currency=CURRENCY,
        period=period,
        status="active" if ended is None else "cancelled",
        started_at=book.at(started, 4, 15),
        renews_at=book.at(days[-1] + PERIOD_DAYS[period], 4, 15) if ended is None else None,
        ended_at=None if ended is None else book.at(ended, 4, 15),
    )
    for day in days:
        book.charge_subscription(subscription, book.at(day, 4, 15))
