"""The demo shop's money agrees with its orders: prices, charges, refunds, returns and coins."""

from datetime import timedelta

from sqlalchemy import Connection

from demo.schema import (
    charges,
    coin_entries,
    coin_purchases,
    order_lines,
    orders,
    parcels,
    products,
    refunds,
    returns,
)
from tests.larkfield import own_shop_url, sqlite_shop_url
from tests.larkfield_tables import MIDNIGHT, all_of, by, db, engine

__all__ = ["db", "engine", "own_shop_url", "sqlite_shop_url"]


def test_an_order_costs_what_its_lines_and_the_postage_cost(db: Connection) -> None:
    lines = by(all_of(db, order_lines), "order_number")
    prices = {product["sku"]: product["cents"] for product in all_of(db, products)}
    for order in all_of(db, orders):
        own = lines[order["number"]]
        assert (
            sum(line["quantity"] * line["unit_cents"] for line in own) + order["postage_cents"] == order["total_cents"]
        )
        assert all(line["unit_cents"] == prices[line["sku"]] for line in own)
        assert [line["line"] for line in own] == list(range(1, len(own) + 1))


def test_an_order_is_charged_once_and_only_hugos_and_oonas_kind_twice(db: Connection) -> None:
    charged = by([charge for charge in all_of(db, charges) if charge["order_number"]], "order_number")
    twice = {number for number, own in charged.items() if len(own) == 2}
    received = {row["order_number"]: row["received_at"] for row in all_of(db, returns)}
    assert {"A-170939", "A-208815"} <= twice
    assert 1 < len(twice) < 40
    for order in all_of(db, orders):
        own = charged[order["number"]]
        assert len(own) in (1, 2)
        assert all(charge["amount_cents"] == order["total_cents"] for charge in own)
        assert all(charge["customer_id"] == order["customer_id"] for charge in own)
        soon = [charge for charge in own if charge["charged_at"] < order["placed_at"] + timedelta(minutes=10)]
        assert soon
        assert all(charge["charged_at"] > order["placed_at"] for charge in own)
        assert all(charge["charged_at"] > received[order["number"]] for charge in own if charge not in soon)


def test_no_more_is_paid_back_than_was_charged(db: Connection) -> None:
    paid = {charge["charge_id"]: charge for charge in all_of(db, charges)}
    for charge_id, own in by(all_of(db, refunds), "charge_id").items():
        assert 0 < sum(refund["amount_cents"] for refund in own) <= paid[charge_id]["amount_cents"]
        for refund in own:
            assert paid[charge_id]["charged_at"] < refund["asked_at"] < refund["due_at"]
            assert (refund["status"] == "paid") == (refund["paid_at"] is not None)
            assert refund["paid_at"] is None or refund["asked_at"] < refund["paid_at"] <= refund["due_at"]


def test_graces_refund_is_overdue_and_miras_is_not(db: Connection) -> None:
    unpaid = by([refund for refund in all_of(db, refunds) if refund["paid_at"] is None], "charge_id")
    number = {charge["charge_id"]: charge["order_number"] for charge in all_of(db, charges)}
    due = {number[charge_id]: refund["due_at"] for charge_id, [refund] in unpaid.items()}
    assert due["A-163415"] < MIDNIGHT - timedelta(days=1)
    assert due["A-206140"] > MIDNIGHT + timedelta(days=4)


def test_cancelled_orders_have_no_parcel_and_their_money_back(db: Connection) -> None:
    sent = by(all_of(db, parcels), "order_number")
    charged = by(all_of(db, charges), "order_number")
    back = by(all_of(db, refunds), "charge_id")
    cancelled = [order for order in all_of(db, orders) if order["status"] == "cancelled"]
    assert len(cancelled) > 10
    for order in cancelled:
        [charge] = charged[order["number"]]
        assert order["number"] not in sent
        assert order["cancelled_at"] > order["placed_at"]
        assert sum(refund["amount_cents"] for refund in back[charge["charge_id"]]) == order["total_cents"]


def test_returned_orders_arrived_first_and_each_has_its_return_and_only_nilss_kind_no_refund(db: Connection) -> None:
    sent_back = by(all_of(db, returns), "order_number")
    goods = price_of_goods(db)
    refunded = by(all_of(db, refunds), "return_id")
    arrived = by(all_of(db, parcels), "order_number")
    returned = [order for order in all_of(db, orders) if order["status"] == "returned"]
    forgotten = []
    assert len(returned) > 10
    for order in returned:
        [return_] = sent_back[order["number"]]
        paid_back = [refund["amount_cents"] for refund in refunded[return_["return_id"]]]
        forgotten += [] if paid_back else [order["number"]]
        assert paid_back in ([], [goods[order["number"]]])
        assert all(parcel["delivered_at"] < return_["asked_at"] for parcel in arrived[order["number"]])
        assert order["returned_at"] == return_["received_at"]
    assert "A-207392" in forgotten
    assert len(forgotten) < len(returned) / 2


def test_what_is_still_on_its_way_back_hasnt_been_received_or_paid_back(db: Connection) -> None:
    refunded = by(all_of(db, refunds), "return_id")
    statuses = {order["number"]: order["status"] for order in all_of(db, orders)}
    coming = [row for row in all_of(db, returns) if row["status"] == "asked"]
    assert "A-206631" in {row["order_number"] for row in coming}
    for row in coming:
        assert (row["received_at"], refunded.get(row["return_id"])) == (None, None)
        assert statuses[row["order_number"]] == "delivered"


def price_of_goods(db: Connection) -> dict[str, int]:
    """What each order's goods cost, without e-books and postage."""
    digital = {product["sku"] for product in all_of(db, products) if product["kind"] == "digital"}
    solid = by([line for line in all_of(db, order_lines) if line["sku"] not in digital], "order_number")
    return {number: sum(line["quantity"] * line["unit_cents"] for line in own) for number, own in solid.items()}


def test_coins_that_arrived_are_credited_once_and_paid_for(db: Connection) -> None:
    credits = by(all_of(db, coin_entries), "purchase_id")
    paid = by(all_of(db, charges), "purchase_id")
    waiting = []
    for purchase in all_of(db, coin_purchases):
        [charge] = paid[purchase["purchase_id"]]
        assert charge["amount_cents"] == purchase["amount_cents"]
        credited = [entry["coins"] for entry in credits[purchase["purchase_id"]]]
        assert credited == ([purchase["coins"]] if purchase["delivered_at"] else [])
        waiting += [] if purchase["delivered_at"] else [purchase["customer_id"]]
    assert "C-1009" in waiting
