"""The demo shop's subscriptions agree with their charges."""

from datetime import timedelta

from sqlalchemy import Connection

from demo.schema import charges, subscriptions
from tests.larkfield import BEN, FARID, LEA, own_shop_url, sqlite_shop_url
from tests.larkfield_tables import MIDNIGHT, all_of, by, db, engine

__all__ = ["db", "engine", "own_shop_url", "sqlite_shop_url"]

DAYS = {"month": 30, "year": 365}


def test_each_period_so_far_is_charged_once_and_the_next_one_isnt(db: Connection) -> None:
    paid = by(all_of(db, charges), "subscription_id")
    everyone = all_of(db, subscriptions)
    assert len(everyone) > 20
    for subscription in everyone:
        own = [charge["charged_at"] for charge in paid[subscription["subscription_id"]]]
        step = timedelta(days=DAYS[subscription["period"]])
        assert own == [subscription["started_at"] + step * number for number in range(len(own))]
        assert own
        assert own[-1] < MIDNIGHT
        if subscription["status"] == "active":
            assert subscription["renews_at"] == own[-1] + step > MIDNIGHT
            assert subscription["ended_at"] is None
        else:
            assert own[-1] < subscription["ended_at"] < MIDNIGHT
            assert subscription["renews_at"] is None


def test_a_charge_for_a_period_is_its_price_and_its_owners(db: Connection) -> None:
    owners = {subscription["subscription_id"]: subscription for subscription in all_of(db, subscriptions)}
    for charge in all_of(db, charges):
        if charge["subscription_id"]:
            subscription = owners[charge["subscription_id"]]
            assert charge["amount_cents"] == subscription["amount_cents"]
            assert charge["customer_id"] == subscription["customer_id"]
            assert charge["order_number"] is charge["purchase_id"] is None


def test_ben_pays_each_month_farids_year_began_anew_and_lea_has_stopped(db: Connection) -> None:
    own = by(all_of(db, subscriptions), "customer_id")
    [bens], [farids], [leas] = own[BEN], own[FARID], own[LEA]
    assert (bens["period"], bens["status"]) == ("month", "active")
    assert (farids["period"], farids["status"]) == ("year", "active")
    assert MIDNIGHT - max(
        charge["charged_at"] for charge in all_of(db, charges) if charge["subscription_id"] == farids["subscription_id"]
    ) < timedelta(days=5)
    assert leas["status"] == "cancelled"
