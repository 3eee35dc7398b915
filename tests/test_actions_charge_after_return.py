"""Sent back and charged all the same: what was taken when, what came back, and what is asked for once."""

import pytest
from sqlalchemy import Engine

from actions.charge_after_return import ChargeAfterReturn
from actions.refunds import RefundStatus
from actions.workplace import Workplace
from demo.worker import settle_next
from tests.larkfield import (
    ANA,
    DELIVERED,
    FARID,
    GRACE,
    JUN,
    MIRA,
    NILS,
    OONA,
    Chat,
    change,
    own_shop_url,
    own_workplace,
    shops_own,
    sqlite_shop_url,
)

__all__ = ["own_shop_url", "own_workplace", "shops_own", "sqlite_shop_url"]

OVERDUE, PAID = "A-163415", "A-162871"  # Grace's
HUGO = "C-1008"
AGAIN = "A-208815"  # Oona's


@pytest.fixture
def charged(own_workplace: Workplace) -> ChargeAfterReturn:
    """The help."""
    return ChargeAfterReturn(own_workplace)


def test_oonas_second_charge_is_asked_back_once_and_whole(
    charged: ChargeAfterReturn, own_workplace: Workplace, shops_own: Engine
) -> None:
    answer = Chat(customer=OONA).ask(charged, "charge_after_return")
    assert (answer.responses, answer.asked) == (["utter_charge_again", "utter_pay_back_asked"], "helped")
    assert answer.fields("utter_charge_again") == {
        "amount": "£93.45",
        "charged": "on Friday 12 June",
        "order_number": AGAIN,
    }
    assert answer.fields("utter_pay_back_asked")["amount"] == "£93.45"
    again = Chat(customer=OONA, page=AGAIN).ask(charged, "charge_after_return")
    assert again.responses == ["utter_charge_again", "utter_pay_back_asked_before"]
    assert settle_next(shops_own)
    assert not settle_next(shops_own)
    paid = Chat(customer=OONA).ask(charged, "charge_after_return")
    assert (paid.responses, paid.asked) == (["utter_charge_again", "utter_refund_sent"], "helped")


def test_oonas_second_charge_isnt_asked_for_when_she_asks_only_where_her_refund_is(own_workplace: Workplace) -> None:
    answer = Chat(customer=OONA).ask(RefundStatus(own_workplace), "refund_status")
    assert answer.responses == ["utter_refund_paid_to_card"]


def test_a_second_charge_that_is_only_reserved_goes_by_itself(charged: ChargeAfterReturn, own_shop_url: str) -> None:
    change(
        own_shop_url,
        f"UPDATE charges SET status = 'pending' WHERE customer_id = '{OONA}' AND charged_at > '2026-06-10'",
    )
    answer = Chat(customer=OONA).ask(charged, "charge_after_return")
    assert (answer.responses, answer.asked) == (["utter_charge_again_reserved"], "helped")
    assert answer.fields("utter_charge_again_reserved")["pending_days"] == "7 days"


def test_a_second_charge_that_failed_took_nothing(charged: ChargeAfterReturn, own_shop_url: str) -> None:
    change(
        own_shop_url, f"UPDATE charges SET status = 'failed' WHERE customer_id = '{OONA}' AND charged_at > '2026-06-10'"
    )
    answer = Chat(customer=OONA).ask(charged, "charge_after_return")
    assert "utter_charge_again" not in answer.responses
    assert "utter_refund_paid_to_card" in answer.responses


def test_grace_was_paid_back_and_hears_why_it_is_less(charged: ChargeAfterReturn) -> None:
    answer = Chat(customer=GRACE, page=PAID).ask(charged, "charge_after_return")
    assert answer.responses == [
        "utter_charge_before_return",
        "utter_refund_paid_to_card",
        "utter_refund_without_postage",
    ]
    assert answer.fields("utter_charge_before_return")["charged"] == "on Saturday 16 May"
    assert answer.asked == "helped"


def test_graces_overdue_refund_is_asked_after(charged: ChargeAfterReturn) -> None:
    answer = Chat(customer=GRACE).ask(charged, "charge_after_return")
    assert answer.responses[:3] == ["utter_charge_before_return", "utter_refund_overdue", "utter_chase_asked"]


def test_nilss_money_is_asked_for_once_by_whichever_question(
    charged: ChargeAfterReturn, own_workplace: Workplace, shops_own: Engine
) -> None:
    answer = Chat(customer=NILS).ask(charged, "charge_after_return")
    assert answer.responses == ["utter_charge_before_return", "utter_return_received_overdue", "utter_pay_back_asked"]
    other = Chat(customer=NILS).ask(RefundStatus(own_workplace), "refund_status")
    assert other.responses == ["utter_return_received_overdue", "utter_pay_back_asked_before"]
    assert settle_next(shops_own)
    assert not settle_next(shops_own)


def test_miras_return_hasnt_arrived_so_the_charge_is_the_one_for_the_order(charged: ChargeAfterReturn) -> None:
    answer = Chat(customer=MIRA, page="A-206631").ask(charged, "charge_after_return")
    assert (answer.responses, answer.asked) == (["utter_charge_before_arrival", "utter_return_coming"], "helped")


def test_the_order_that_was_charged_again_is_meant_even_if_there_are_others(
    charged: ChargeAfterReturn, own_shop_url: str
) -> None:
    for table in ("orders", "charges"):
        change(own_shop_url, f"UPDATE {table} SET customer_id = '{OONA}' WHERE customer_id = '{MIRA}'")
    answer = Chat(customer=OONA).ask(charged, "charge_after_return")
    assert answer.fields("utter_charge_again")["order_number"] == AGAIN


def test_hugo_was_charged_twice_but_sent_nothing_back(charged: ChargeAfterReturn) -> None:
    answer = Chat(customer=HUGO, page="A-170939").ask(charged, "charge_after_return")
    assert (answer.responses, answer.asked) == (["utter_charge_no_return"], "person")
    assert answer.slots["person_reason"] == "return"


def test_a_cancelled_order_is_paid_back_without_a_return(charged: ChargeAfterReturn) -> None:
    answer = Chat(customer=FARID, page="A-152266").ask(charged, "charge_after_return")
    assert (answer.responses, answer.asked) == (["utter_refund_paid_to_card"], "helped")


def test_ana_sent_nothing_back_as_far_as_the_shop_knows(charged: ChargeAfterReturn) -> None:
    answer = Chat(customer=ANA).ask(charged, "charge_after_return", order_number=DELIVERED)
    assert (answer.responses, answer.asked) == (["utter_charge_no_return"], "person")


@pytest.mark.parametrize("customer", [ANA, JUN])
def test_who_sent_nothing_back_is_told_so_and_may_start(charged: ChargeAfterReturn, customer: str) -> None:
    answer = Chat(customer=customer).ask(charged, "charge_after_return")
    assert (answer.responses, answer.asked) == (["utter_returns_none"], "start_return")


def test_somebody_elses_return_is_as_unknown_as_one_that_isnt_there(charged: ChargeAfterReturn) -> None:
    answers = [
        Chat(customer=ANA).ask(charged, "charge_after_return", order_number=wrong).without_number()
        for wrong in ("A-999998", PAID, AGAIN)
    ]
    assert answers[0][0] == ["utter_order_not_found"]
    assert answers.count(answers[0]) == 3


def test_somebody_unknown_is_asked_to_sign_in(charged: ChargeAfterReturn) -> None:
    answer = Chat().ask(charged, "charge_after_return", order_number=AGAIN, email="oona@example.com")
    assert (answer.responses, answer.asked) == (["utter_sign_in"], "person")
