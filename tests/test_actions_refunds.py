"""Where is my refund? Grace's is overdue, Mira's on its way, Nils's forgotten; each is told so, and asked for once."""

import pytest
from sqlalchemy import Engine

from actions.refunds import RefundStatus
from actions.return_answers import ReturnNow, StartReturn
from actions.returns import ReturnItem
from actions.workplace import Workplace
from demo.worker import settle_next
from tests.larkfield import (
    ANA,
    BEN,
    BENS_ORDER,
    DELIVERED,
    FARID,
    GRACE,
    JUN,
    LATE,
    LEA,
    MIRA,
    NILS,
    Chat,
    change,
    own_shop_url,
    own_workplace,
    shops_own,
    sqlite_shop_url,
)

__all__ = ["own_shop_url", "own_workplace", "shops_own", "sqlite_shop_url"]

OVERDUE, PAID = "A-163415", "A-162871"  # Grace's
COMING_BACK, COMING_MONEY = "A-206631", "A-206140"  # Mira's
FORGOTTEN = "A-207392"  # Nils's
CANCELLED = "A-152266"  # Farid's
READER = "A-117004"  # Ben's
HUGO, TWICE = "C-1008", "A-170939"


@pytest.fixture
def where(own_workplace: Workplace) -> RefundStatus:
    """The help."""
    return RefundStatus(own_workplace)


def id_of(engine: Engine, column: str, table: str, order: str) -> str:
    """The key of the order's charge or return."""
    with engine.begin() as db:
        return str(db.exec_driver_sql(f"SELECT {column} FROM {table} WHERE order_number = '{order}'").scalar_one())


def test_graces_refund_was_paid_and_she_hears_when_how_much_and_to_which_card(where: RefundStatus) -> None:
    answer = Chat(customer=GRACE, page=PAID).ask(where, "refund_status")
    assert (answer.responses, answer.asked) == (["utter_refund_paid_to_card"], "helped")
    assert answer.messages[-1]["response"] == "utter_ask_helped"
    assert answer.fields("utter_refund_paid_to_card") == {
        "amount": "£169.50",
        "what": f"Larkfield order {PAID}",
        "paid": "on Wednesday 10 June",
        "card": f"{1007 * 7919 % 10000:04d}",
    }


def test_graces_overdue_refund_is_found_without_a_number_and_asked_after_once(
    where: RefundStatus, shops_own: Engine
) -> None:
    answer = Chat(customer=GRACE).ask(where, "refund_status")
    assert (answer.responses, answer.asked) == (["utter_refund_overdue", "utter_chase_asked"], "helped")
    assert answer.fields("utter_refund_overdue") == {
        "amount": "£53.98",
        "what": f"Larkfield order {OVERDUE}",
        "due": "Saturday 13 June",
    }
    again = Chat(customer=GRACE, page=OVERDUE).ask(where, "refund_status")
    assert (again.responses, again.asked) == (["utter_refund_overdue", "utter_chase_asked_before"], "helped")
    assert settle_next(shops_own)
    assert not settle_next(shops_own)


def test_once_the_shop_has_sent_it_again_grace_hears_the_new_date(where: RefundStatus, shops_own: Engine) -> None:
    Chat(customer=GRACE).ask(where, "refund_status")
    settle_next(shops_own)
    answer = Chat(customer=GRACE, page=OVERDUE).ask(where, "refund_status")
    assert (answer.responses, answer.asked) == (["utter_refund_sent"], "helped")


def test_a_refund_that_is_overdue_even_after_that_goes_to_a_person(
    where: RefundStatus, shops_own: Engine, own_shop_url: str
) -> None:
    Chat(customer=GRACE).ask(where, "refund_status")
    settle_next(shops_own)
    change(own_shop_url, "UPDATE refunds SET due_at = '2026-06-01 12:00:00' WHERE status = 'sent'")
    answer = Chat(customer=GRACE, page=OVERDUE).ask(where, "refund_status")
    assert (answer.responses, answer.asked) == (["utter_refund_overdue", "utter_chase_done"], "person")
    assert answer.slots["person_reason"] == "refund"


def test_a_refund_is_overdue_only_when_its_day_is_over(where: RefundStatus, own_shop_url: str) -> None:
    for due, said in (("2026-06-15 01:00:00", "utter_refund_sent"), ("2026-06-14 23:59:00", "utter_refund_overdue")):
        change(own_shop_url, f"UPDATE refunds SET due_at = '{due}' WHERE status = 'sent'")
        assert Chat(customer=GRACE, page=OVERDUE).ask(where, "refund_status").responses[0] == said


def test_miras_refund_is_on_its_way_and_she_hears_until_when(where: RefundStatus) -> None:
    answer = Chat(customer=MIRA, page=COMING_MONEY).ask(where, "refund_status")
    assert (answer.responses, answer.asked) == (["utter_refund_sent"], "helped")
    assert answer.fields("utter_refund_sent")["due"] == "Friday 19 June"
    assert answer.messages[-1]["response"] == "utter_ask_all_right_for_now"
    assert answer.fields("utter_refund_sent")["amount"] == "£59.00"


def test_a_refund_that_the_shop_hasnt_sent_yet_is_told_so(where: RefundStatus, own_shop_url: str) -> None:
    change(own_shop_url, "UPDATE refunds SET status = 'asked' WHERE status = 'sent'")
    answer = Chat(customer=MIRA, page=COMING_MONEY).ask(where, "refund_status")
    assert answer.responses == ["utter_refund_asked"]
    assert answer.fields("utter_refund_asked")["asked"] == "yesterday"


def test_miras_other_return_hasnt_arrived_so_its_money_comes_days_after_that(where: RefundStatus) -> None:
    answer = Chat(customer=MIRA, page=COMING_BACK).ask(where, "refund_status")
    assert (answer.responses, answer.asked) == (["utter_return_coming"], "helped")
    assert answer.fields("utter_return_coming") == {
        "things": "2 × Oak book stand",
        "amount": "£64.00",
        "asked": "on Thursday 11 June",
        "refund_days": "5 days",
    }


@pytest.mark.parametrize(
    ("asked", "said", "then"),
    [("2026-06-01", "utter_return_coming", "helped"), ("2026-05-31", "utter_return_not_arrived", "person")],
)
def test_a_return_that_never_arrives_is_looked_for_by_a_person(
    where: RefundStatus, own_shop_url: str, asked: str, said: str, then: str
) -> None:
    change(own_shop_url, f"UPDATE returns SET asked_at = '{asked} 10:00:00' WHERE order_number = '{COMING_BACK}'")
    answer = Chat(customer=MIRA, page=COMING_BACK).ask(where, "refund_status")
    assert (answer.responses, answer.asked) == ([said], then)


def test_mira_who_waits_for_two_picks_one(where: RefundStatus) -> None:
    answer = Chat(customer=MIRA).ask(where, "refund_status")
    assert (answer.responses, answer.asked) == ([], "pick")
    assert [button["title"].split(":")[0] for button in answer.buttons] == [COMING_BACK, COMING_MONEY]


@pytest.mark.parametrize(("amount", "order"), [("59.00", COMING_MONEY), ("64.00 GBP", None), ("67.95", COMING_BACK)])
def test_the_amount_that_mira_names_tells_which_one(where: RefundStatus, amount: str, order: str | None) -> None:
    chat = Chat(customer=MIRA)
    answer = chat.ask(where, "refund_status", amount=amount)
    assert (answer.slots.get("order_number"), answer.asked) == (order, "helped" if order else "pick")


def test_nilss_forgotten_refund_is_asked_for_once_by_charge_and_return(
    where: RefundStatus, shops_own: Engine, own_workplace: Workplace
) -> None:
    answer = Chat(customer=NILS).ask(where, "refund_status")
    assert answer.responses == ["utter_return_received_overdue", "utter_pay_back_asked"]
    assert answer.fields("utter_return_received_overdue")["received"] == "on Thursday 4 June"
    assert answer.fields("utter_return_received_overdue")["due"] == "Tuesday 9 June"
    assert answer.fields("utter_pay_back_asked")["amount"] == "£88.00"
    charge = id_of(shops_own, "charge_id", "charges", FORGOTTEN)
    sent_back = id_of(shops_own, "return_id", "returns", FORGOTTEN)
    assert own_workplace.requests.find(f"refund:{charge}:{sent_back}") is not None
    again = Chat(customer=NILS, page=FORGOTTEN).ask(where, "refund_status")
    assert again.responses == ["utter_return_received_overdue", "utter_pay_back_asked_before"]
    settle_next(shops_own)
    paying = Chat(customer=NILS).ask(where, "refund_status")
    assert (paying.responses, paying.asked) == (["utter_refund_sent"], "helped")
    assert paying.fields("utter_refund_sent")["amount"] == "£88.00"


def test_a_refund_that_the_shop_refuses_goes_to_a_person(
    where: RefundStatus, shops_own: Engine, own_shop_url: str
) -> None:
    Chat(customer=NILS).ask(where, "refund_status")
    change(own_shop_url, "UPDATE baton_requests SET status = 'refused', result = NULL")
    answer = Chat(customer=NILS).ask(where, "refund_status")
    assert answer.responses == ["utter_return_received_overdue", "utter_request_refused_plain"]
    assert answer.asked == "person"


def test_a_return_that_just_arrived_has_its_money_due(where: RefundStatus, own_shop_url: str) -> None:
    change(own_shop_url, f"UPDATE returns SET received_at = '2026-06-10 12:00:00' WHERE order_number = '{FORGOTTEN}'")
    answer = Chat(customer=NILS).ask(where, "refund_status")
    assert (answer.responses, answer.asked) == (["utter_return_received_due"], "helped")
    assert answer.fields("utter_return_received_due")["due"] == "today"


def test_money_that_the_charge_doesnt_hold_is_for_a_person(where: RefundStatus, own_shop_url: str) -> None:
    change(own_shop_url, f"UPDATE charges SET amount_cents = 100 WHERE order_number = '{FORGOTTEN}'")
    answer = Chat(customer=NILS).ask(where, "refund_status")
    assert (answer.responses, answer.asked) == (["utter_return_received_overdue"], "person")


def test_a_refund_without_a_return_since_then_counts_for_the_return(where: RefundStatus, own_shop_url: str) -> None:
    change(own_shop_url, "UPDATE refunds SET return_id = NULL WHERE status = 'sent'")
    answer = Chat(customer=GRACE, page=OVERDUE).ask(where, "refund_status")
    assert answer.responses == ["utter_refund_overdue", "utter_chase_asked"]


def test_what_pays_back_a_second_charge_isnt_taken_for_the_returns_money(
    where: RefundStatus, own_shop_url: str
) -> None:
    change(
        own_shop_url,
        "INSERT INTO charges (charge_id, customer_id, order_number, description, amount_cents, currency, status,"
        " charged_at, card_last4) SELECT 'CH-twice', customer_id, order_number, description, amount_cents, currency,"
        f" status, datetime(charged_at, '+2 minutes'), card_last4 FROM charges WHERE order_number = '{FORGOTTEN}'",
        "INSERT INTO refunds VALUES ('RF-twice', 'CH-twice', NULL, 9195, 'paid', '2026-06-05 10:00:00',"
        " '2026-06-10 10:00:00', '2026-06-08 10:00:00', NULL)",
    )
    answer = Chat(customer=NILS).ask(where, "refund_status")
    assert answer.responses[1:] == ["utter_return_received_overdue", "utter_pay_back_asked"]


def test_farids_cancelled_order_was_paid_back(where: RefundStatus) -> None:
    answer = Chat(customer=FARID).ask(where, "refund_status")
    assert (answer.responses, answer.asked) == (["utter_refund_paid_to_card"], "helped")
    assert answer.fields("utter_refund_paid_to_card")["amount"] == "£67.95"


@pytest.mark.parametrize(
    ("cancelled", "status", "said"),
    [
        ("2026-06-13 12:00:00", "settled", ["utter_refund_cancelled_due"]),
        ("2026-06-03 12:00:00", "settled", ["utter_refund_cancelled_overdue", "utter_pay_back_asked"]),
        ("2026-06-13 12:00:00", "pending", ["utter_refund_cancelled_reserved"]),
        ("2026-06-13 12:00:00", "failed", ["utter_refund_cancelled_unpaid"]),
    ],
)
def test_a_cancelled_order_without_a_refund_is_told_by_what_was_taken_and_when(
    where: RefundStatus, own_shop_url: str, cancelled: str, status: str, said: list[str]
) -> None:
    change(
        own_shop_url,
        f"DELETE FROM refunds WHERE charge_id IN (SELECT charge_id FROM charges WHERE order_number = '{CANCELLED}')",
        f"UPDATE orders SET cancelled_at = '{cancelled}' WHERE number = '{CANCELLED}'",
        f"UPDATE charges SET status = '{status}' WHERE order_number = '{CANCELLED}'",
    )
    answer = Chat(customer=FARID).ask(where, "refund_status")
    assert (answer.responses, answer.asked) == (said, "helped")


def test_from_the_return_to_the_money_ben_is_told_each_step(
    where: RefundStatus, own_workplace: Workplace, shops_own: Engine, own_shop_url: str
) -> None:
    chat = Chat(customer=BEN, page=READER)
    chat.ask(ReturnItem(own_workplace), "return_item")
    chat.ask(ReturnNow(own_workplace), "affirm")
    settle_next(shops_own)
    assert chat.ask(where, "refund_status").responses == ["utter_return_coming"]
    change(
        own_shop_url, "UPDATE returns SET status = 'received', received_at = '2026-06-15 09:00:00' WHERE moved_at > 0"
    )
    answer = chat.ask(where, "refund_status")
    assert answer.responses == ["utter_return_received_due"]
    assert answer.fields("utter_return_received_due")["due"] == "Saturday 20 June"


def test_an_order_that_was_only_looked_at_before_doesnt_hide_the_refund_of_another(where: RefundStatus) -> None:
    chat = Chat(customer=FARID, slots={"order_number": "A-151980"})
    assert chat.ask(where, "refund_status").fields("utter_refund_paid_to_card")["what"].endswith(CANCELLED)


def test_an_order_that_is_named_with_the_question_is_the_one_meant(where: RefundStatus) -> None:
    answer = Chat(customer=FARID).ask(where, "refund_status", order_number="A-151980")
    assert (answer.responses, answer.asked) == (["utter_refund_none"], "start_return")


def test_ana_has_no_refund_and_may_start_a_return(where: RefundStatus, own_workplace: Workplace) -> None:
    chat = Chat(customer=ANA, page=DELIVERED)
    answer = chat.ask(where, "refund_status")
    assert (answer.responses, answer.asked) == (["utter_refund_none"], "start_return")
    answer = chat.ask(StartReturn(own_workplace), "affirm")
    assert (answer.slots["about"], answer.asked) == ("return_item", "pick_item")


@pytest.mark.parametrize("customer", [LEA, JUN])
def test_who_never_sent_anything_back_is_told_so(where: RefundStatus, customer: str) -> None:
    answer = Chat(customer=customer).ask(where, "refund_status")
    assert (answer.responses, answer.asked) == (["utter_refunds_none"], "start_return")


def test_a_refund_for_coins_is_told_though_there_is_no_order(where: RefundStatus, own_shop_url: str) -> None:
    change(
        own_shop_url,
        "INSERT INTO refunds SELECT 'RF-coins', charge_id, NULL, amount_cents, 'sent', '2026-06-12 10:00:00',"
        f" '2026-06-17 10:00:00', NULL, NULL FROM charges WHERE customer_id = '{ANA}' AND purchase_id IS NOT NULL",
    )
    answer = Chat(customer=ANA).ask(where, "refund_status")
    assert (answer.responses, answer.asked) == (["utter_refund_sent"], "helped")
    assert answer.fields("utter_refund_sent")["what"].startswith("Tidepool: ")


def test_somebody_elses_order_is_as_unknown_as_one_that_isnt_there(where: RefundStatus) -> None:
    answers = [
        Chat(customer=ANA).ask(where, "refund_status", order_number=wrong).without_number()
        for wrong in ("A-999998", BENS_ORDER, OVERDUE, FORGOTTEN)
    ]
    assert answers[0][0] == ["utter_order_not_found"]
    assert answers.count(answers[0]) == 4


def test_somebody_unknown_is_asked_to_sign_in(where: RefundStatus) -> None:
    answer = Chat().ask(where, "refund_status", order_number=OVERDUE, email="grace@example.com")
    assert (answer.responses, answer.asked) == (["utter_refund_policy", "utter_sign_in"], "person")


def test_a_shop_that_is_down_takes_nothing_half_said(where: RefundStatus, own_shop_url: str) -> None:
    change(own_shop_url, "DROP TABLE baton_requests")
    answer = Chat(customer=GRACE).ask(where, "refund_status")
    assert (answer.responses, answer.asked) == ([], "shop_down")


@pytest.mark.parametrize(
    ("of", "cents", "said"),
    [("-", 9444, "utter_charge_refund_asked_before"), ("S-1", 500, "utter_refund_waits_asked_before")],
)
def test_hugos_refund_that_the_shop_hasnt_settled_yet_is_known_to_be_asked_for(
    where: RefundStatus, own_workplace: Workplace, shops_own: Engine, own_shop_url: str, of: str, cents: int, said: str
) -> None:
    card = own_workplace.shop.order_card(HUGO, TWICE)
    assert card
    [charge, _] = card.charges
    wish = {"customer": HUGO, "cents": cents, "return": None}
    own_workplace.requests.ask("refund", charge.charge_id, wish, f"refund:{charge.charge_id}:{of}")
    for chat in (Chat(customer=HUGO, page=TWICE), Chat(customer=HUGO)):
        answer = chat.ask(where, "refund_status")
        assert (answer.responses, answer.asked) == ([said], "helped")
    change(own_shop_url, "UPDATE baton_requests SET status = 'refused'")
    assert Chat(customer=HUGO).ask(where, "refund_status").asked == "person"
    change(own_shop_url, "UPDATE baton_requests SET status = 'asked'")
    settle_next(shops_own)
    assert Chat(customer=HUGO).ask(where, "refund_status").responses == ["utter_refund_sent"]


def test_ana_who_wants_her_money_back_for_a_late_order_hears_how_it_fares(where: RefundStatus) -> None:
    answer = Chat(customer=ANA, page=LATE).ask(where, "refund_status")
    assert answer.responses[:2] == ["utter_refund_none", "utter_order_late"]
    assert answer.slots["about"] == "late_delivery"


def test_lea_who_wants_her_money_back_for_what_hasnt_left_may_cancel(where: RefundStatus) -> None:
    answer = Chat(customer=LEA, page="A-205518").ask(where, "refund_status")
    assert (answer.responses, answer.asked) == (["utter_refund_none", "utter_return_not_left"], "cancel_instead")
