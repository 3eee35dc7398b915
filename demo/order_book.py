"""Collects the demo shop's rows while it is being made up: orders, parcels and money that agree with each other.

Days are offsets from `today` (−2 is the day before yesterday), hours are UTC. Nothing that has happened lies later than
the end of yesterday, so that no scan is ever in the future.
"""

from collections import defaultdict
from datetime import UTC, date, datetime, time, timedelta
from random import Random
from typing import Any

from demo.products import CARRIERS, CURRENCY, DEPOTS, POSTAGE, PRODUCTS

Row = dict[str, Any]


class OrderBook:
    """The rows of each table, by the table's name; the same `today` and `seed` give the same rows."""

    def __init__(self, today: date, seed: int = 1891) -> None:
        self.today = today
        self.random = Random(seed)  # noqa: S311 - a demo that's the same each time, no secret
        self.rows: dict[str, list[Row]] = defaultdict(list)
        self.fates: dict[tuple[str, str], Row] = {}
        """What is unlike the usual about a device or an e-book (`demo.belongings`), by order number and SKU."""

    def at(self, day: int, hour: int = 12, minute: int = 0) -> datetime:
        """That time of that day."""
        return datetime.combine(self.today + timedelta(days=day), time(hour, minute), tzinfo=UTC)

    def some_time(self, day: int) -> datetime:
        """A time of that day when people shop."""
        return self.at(day, self.random.randint(7, 21), self.random.randint(0, 59))

    def add(self, table: str, **row: Any) -> Row:
        """Note a row; it may be changed until the book is written to the database."""
        self.rows[table].append(row)
        return row

    def next_id(self, prefix: str, table: str) -> str:
        """`CH-100001`, `CH-100002`, … for the rows of a table."""
        return f"{prefix}-{100001 + len(self.rows[table])}"

    def order(self, customer: Row, number: str, day: int) -> Row:
        """An order of one to three things placed on that day, with its lines and its charge."""
        placed_at = self.some_time(day)
        chosen = self._some_products()
        goods = sum(product[5] * quantity for product, quantity in chosen)
        order = self.add(
            "orders",
            number=number,
            customer_id=customer["customer_id"],
            email=customer["email"],
            status="placed",
            currency=CURRENCY,
            postage_cents=POSTAGE,
            total_cents=goods + POSTAGE,
            placed_at=placed_at,
            cancelled_at=None,
            returned_at=None,
            ship_to=customer["address"],
        )
        for line, (product, quantity) in enumerate(chosen, start=1):
            self._line(order, line, product, quantity)
        self.charge(order, placed_at + timedelta(minutes=1))
        return order

    def lines(self, order: Row) -> list[Row]:
        """The lines of this order."""
        return [line for line in self.rows["order_lines"] if line["order_number"] == order["number"]]

    def add_line(self, order: Row, sku: str) -> Row:
        """One more thing in an order that has just been placed, paid with the same charge."""
        product = next(product for product in PRODUCTS if product[0] == sku)
        line = self._line(order, len(self.lines(order)) + 1, product, 1)
        order["total_cents"] += product[5]
        self.rows["charges"][-1]["amount_cents"] += product[5]
        return line

    def charge(self, order: Row, charged_at: datetime) -> Row:
        """The whole price of the order taken from the customer's card."""
        return self.add(
            "charges",
            charge_id=self.next_id("CH", "charges"),
            customer_id=order["customer_id"],
            order_number=order["number"],
            purchase_id=None,
            subscription_id=None,
            description=f"Larkfield order {order['number']}",
            amount_cents=order["total_cents"],
            currency=CURRENCY,
            status="settled",
            charged_at=charged_at,
            card_last4=self._card(order["customer_id"]),
        )

    def parcel(self, order: Row, lines: list[Row], *, promised: int, expected: int | None = None) -> Row:
        """A parcel for these lines, not handed to a carrier yet."""
        siblings = [parcel for parcel in self.rows["parcels"] if parcel["order_number"] == order["number"]]
        parcel = self.add(
            "parcels",
            shipment_id=self.next_id("S", "parcels"),
            order_number=order["number"],
            parcel=len(siblings) + 1,
            carrier=self.random.choice(CARRIERS),
            tracking_number=None,
            status="preparing",
            shipped_at=None,
            promised_at=self.at(promised, 23, 59),
            expected_at=None if expected is None else self.at(expected, 20),
            delivered_at=None,
            delay_reason=None,
            missing_reported_at=None,
        )
        for line in lines:
            line["shipment_id"] = parcel["shipment_id"]
        return parcel

    def ship(self, order: Row, parcel: Row, day: int) -> str:
        """The carrier collects the parcel; answers the depot that it will pass."""
        depot = self.random.choice(DEPOTS)
        parcel.update(status="in_transit", shipped_at=self.at(day, 16, 30), tracking_number=self._tracking())
        order["status"] = "shipped"
        self.scan(parcel, self.at(day, 17, 5), "collected", "Collected from Larkfield", "Larkfield warehouse")
        return depot

    def scan(self, parcel: Row, when: datetime, kind: str, detail: str, place: str) -> None:
        """One scan by the carrier."""
        self.add(
            "parcel_scans",
            shipment_id=parcel["shipment_id"],
            scanned_at=when,
            kind=kind,
            detail=detail,
            place=place,
        )

    def deliver(self, order: Row, parcel: Row, day: int, depot: str, detail: str = "Handed to the customer") -> None:
        """The last two scans of a parcel that arrived."""
        when = self.at(day, self.random.randint(9, 17), self.random.randint(0, 59))
        self.scan(parcel, self.at(day, 6, 50), "out_for_delivery", "Out for delivery", depot)
        self.scan(parcel, when, "delivered", detail, order["ship_to"].split(", ")[-1])
        parcel.update(status="delivered", delivered_at=when)
        order["status"] = "delivered"

    def refund(self, charge: Row, cents: int, *, asked: int, due: int, paid: int | None, return_id: str | None) -> None:
        """Money on its way back; `paid` is the day when it arrived, if it did."""
        self.add(
            "refunds",
            refund_id=self.next_id("RF", "refunds"),
            charge_id=charge["charge_id"],
            return_id=return_id,
            amount_cents=cents,
            status="sent" if paid is None else "paid",
            asked_at=self.at(asked, 11),
            due_at=self.at(due, 23, 59),
            paid_at=None if paid is None else self.at(paid, 9),
            moved_at=None,
        )

    def charge_purchase(self, purchase: Row) -> None:
        """The price of something bought in the app."""
        self.add(
            "charges",
            charge_id=self.next_id("CH", "charges"),
            customer_id=purchase["customer_id"],
            order_number=None,
            purchase_id=purchase["purchase_id"],
            subscription_id=None,
            description=f"{purchase['app']}: {purchase['title']}",
            amount_cents=purchase["amount_cents"],
            currency=CURRENCY,
            status="settled",
            charged_at=purchase["bought_at"],
            card_last4=self._card(purchase["customer_id"]),
        )

    def charge_subscription(self, subscription: Row, charged_at: datetime) -> None:
        """The price of one period."""
        self.add(
            "charges",
            charge_id=self.next_id("CH", "charges"),
            customer_id=subscription["customer_id"],
            order_number=None,
            purchase_id=None,
            subscription_id=subscription["subscription_id"],
            description=subscription["title"],
            amount_cents=subscription["amount_cents"],
            currency=CURRENCY,
            status="settled",
            charged_at=charged_at,
            card_last4=self._card(subscription["customer_id"]),
        )

    def credit_coins(self, purchase: Row) -> None:
        """The coins that were bought arrive in the app."""
        self.add(
            "coin_entries",
            entry_id=self.next_id("E", "coin_entries"),
            customer_id=purchase["customer_id"],
            purchase_id=purchase["purchase_id"],
            coins=purchase["coins"],
            entered_at=purchase["delivered_at"],
        )

    def _some_products(self) -> list[tuple[tuple[Any, ...], int]]:
        """At least one thing that travels in a parcel, first."""
        solid = [product for product in PRODUCTS if product[3] != "digital"]
        chosen = [self.random.choice(solid)]
        others = [product for product in PRODUCTS if product is not chosen[0]]
        chosen += self.random.sample(others, self.random.choice((0, 0, 1, 1, 2)))
        return [(product, 1 if product[3] != "goods" else self.random.choice((1, 1, 1, 2))) for product in chosen]

    def _line(self, order: Row, line: int, product: tuple[Any, ...], quantity: int) -> Row:
        return self.add(
            "order_lines",
            order_number=order["number"],
            line=line,
            sku=product[0],
            quantity=quantity,
            unit_cents=product[5],
            shipment_id=None,
        )

    def _tracking(self) -> str:
        return f"LK{self.random.randrange(10**9, 10**10)}GB"

    def _card(self, customer_id: str) -> str:
        return f"{int(customer_id[2:]) * 7919 % 10000:04d}"
