"""Memberships that renew: what Ben, Farid and Lea are told, and what the shop is asked for once."""

import json

import pytest

from actions.billing import AboutCharge
from actions.cancel import CancelOrder
from actions.going_on import GoOn
from actions.refunds import RefundStatus
from actions.renewals import RefundRenewal, StopRenewal
from actions.turn import TurnAction
from actions.workplace import Workplace
from tests.larkfield import (
    ANA,
    BEN,
    FARID,
    LEA,
    Answer,
    Chat,
    change,
    own_shop_url,
    own_workplace,
    sqlite_shop_url,
    workplace,
)
from tests.test_actions_double_charges import asked_for, settle

__all__ = ["own_shop_url", "own_workplace", "sqlite_shop_url", "workplace"]


def ask(chat: Chat, workplace: Workplace, text: str = "why did my membership renew", **given: str) -> Answer:
    return chat.ask(AboutCharge(workplace), "billing_question", {"text": text}, **given)


def test_farid_is_told_when_his_pass_renewed_and_when_it_will_again(workplace: Workplace) -> None:
    answer = ask(Chat(customer=FARID), workplace)
    assert answer.responses == ["utter_subscription", "utter_charge_taken"]
    assert answer.fields("utter_subscription") == {
        "title": "Larkfield Post Pass",
        "amount": "£39.00",
        "period": "year",
        "renews": "on Friday 11 June 2027",
    }
    assert answer.fields("utter_charge_taken")["day"] == "on Thursday 11 June"
    assert answer.asked == "stop_renewal"


@pytest.mark.parametrize(
    "text", ["I cancelled my membership, why am I charged", "i canceled the subscription last year"]
)
def test_farid_who_thought_it_cancelled_is_told_that_it_isnt(workplace: Workplace, text: str) -> None:
    answer = ask(Chat(customer=FARID), workplace, text)
    assert answer.responses[0] == "utter_subscription_not_cancelled"
    assert answer.asked == "stop_renewal"


def test_farids_two_yeses_stop_the_pass_and_ask_for_the_last_payment(
    own_workplace: Workplace, own_shop_url: str
) -> None:
    chat = Chat(customer=FARID)
    ask(chat, own_workplace)
    answer = chat.ask(StopRenewal(own_workplace), "affirm")
    assert (answer.responses, answer.asked) == (["utter_stop_renewal_asked"], "refund_renewal")
    answer = chat.ask(RefundRenewal(own_workplace), "affirm")
    assert (answer.responses, answer.asked) == (["utter_charge_refund_asked"], "helped")
    assert answer.fields("utter_charge_refund_asked")["amount"] == "£39.00"
    asked = dict(asked_for(own_shop_url))
    assert len(asked) == 2
    assert json.loads(asked[f"cancel_subscription:{chat.slots['subscription']}"]) == {"customer": FARID}


def test_asking_farids_questions_again_asks_the_shop_nothing_new(own_workplace: Workplace, own_shop_url: str) -> None:
    chat = Chat(customer=FARID)
    for _ in range(2):
        ask(chat, own_workplace)
        stopped = chat.ask(StopRenewal(own_workplace), "affirm")
        refunded = chat.ask(RefundRenewal(own_workplace), "affirm")
    assert (stopped.responses, stopped.asked) == (["utter_stop_renewal_asked_before"], "helped")
    assert refunded.responses == ["utter_charge_refund_asked_before"]
    assert len(asked_for(own_shop_url)) == 2
    assert ask(Chat(customer=FARID), own_workplace).responses[-1] == "utter_stop_renewal_asked_before"


def test_once_the_shop_has_stopped_it_farid_is_told_when_it_ends(own_workplace: Workplace, own_shop_url: str) -> None:
    chat = Chat(customer=FARID)
    ask(chat, own_workplace)
    chat.ask(StopRenewal(own_workplace), "affirm")
    settle(own_shop_url)
    answer = ask(Chat(customer=FARID), own_workplace)
    assert (answer.responses, answer.asked) == (["utter_subscription_ends", "utter_charge_taken"], "helped")
    assert answer.fields("utter_subscription_ends")["day"] == "on Friday 11 June 2027"


def test_an_older_payment_isnt_offered_back(own_workplace: Workplace, own_shop_url: str) -> None:
    change(own_shop_url, f"UPDATE charges SET charged_at = '2026-05-31 04:00:00.000000' WHERE customer_id = '{FARID}'")
    chat = Chat(customer=FARID)
    ask(chat, own_workplace)
    assert chat.ask(StopRenewal(own_workplace), "affirm").asked == "helped"
    answer = chat.ask(RefundRenewal(own_workplace), "affirm")
    assert (answer.responses, answer.asked) == (["utter_renewal_not_refundable"], "person")
    assert [key.split(":")[0] for key, _ in asked_for(own_shop_url)] == ["cancel_subscription"]


def test_ben_finds_his_membership_by_its_amount(workplace: Workplace) -> None:
    answer = ask(Chat(customer=BEN), workplace, "what is this", amount="7.99")
    assert answer.responses[0] == "utter_subscription"
    assert answer.fields("utter_subscription")["period"] == "month"
    assert answer.asked == "stop_renewal"


def test_one_payment_of_bens_membership_is_told_with_its_purpose(workplace: Workplace) -> None:
    answer = ask(Chat(customer=BEN), workplace, "what is this", day="10 June")
    assert answer.responses == ["utter_charge_taken", "utter_charge_is_subscription"]
    assert answer.asked == "stop_renewal"


def test_leas_membership_has_ended_and_she_is_told_when(workplace: Workplace) -> None:
    answer = ask(Chat(customer=LEA), workplace)
    assert (answer.responses, answer.asked) == (["utter_subscription_ended", "utter_charge_taken"], "helped")
    assert answer.fields("utter_subscription_ended")["day"] == "on Friday 5 June"


def test_lea_who_paid_after_the_end_is_offered_her_money_back(own_workplace: Workplace, own_shop_url: str) -> None:
    change(
        own_shop_url,
        "UPDATE charges SET charged_at = '2026-06-12 04:00:00.000000' WHERE charge_id ="
        f" (SELECT MAX(charge_id) FROM charges WHERE customer_id = '{LEA}' AND subscription_id IS NOT NULL)",
    )
    answer = ask(Chat(customer=LEA), own_workplace)
    assert answer.responses[-1] == "utter_charged_after_the_end"
    assert answer.asked == "refund_renewal"


def test_ana_has_no_membership_and_is_shown_her_charges(workplace: Workplace) -> None:
    answer = ask(Chat(customer=ANA), workplace)
    assert (answer.responses, answer.asked) == (["utter_no_subscription"], "pick_charge")


def test_ben_with_two_memberships_picks_one(own_workplace: Workplace, own_shop_url: str) -> None:
    change(own_shop_url, f"UPDATE subscriptions SET customer_id = '{BEN}' WHERE customer_id = '{FARID}'")
    chat = Chat(customer=BEN)
    answer = ask(chat, own_workplace)
    assert (answer.responses, answer.asked, len(answer.buttons)) == ([], "pick_subscription", 2)
    button = answer.buttons[1]
    given = json.loads(button["payload"].removeprefix("/inform_charge"))
    answer = chat.ask(GoOn(own_workplace), "inform_charge", {"text": "…"}, **given)
    assert button["title"].startswith(answer.fields("utter_subscription")["title"])
    assert answer.asked == "stop_renewal"


def test_farids_membership_is_nobody_elses_to_stop(own_workplace: Workplace, own_shop_url: str) -> None:
    chat = Chat(customer=FARID)
    ask(chat, own_workplace)
    slots = {"subscription": chat.slots["subscription"]}
    assert Chat(slots=slots).ask(StopRenewal(own_workplace), "affirm").responses == ["utter_sign_in"]
    answer = Chat(customer=ANA, slots=slots).ask(StopRenewal(own_workplace), "affirm")
    assert answer.responses == ["utter_no_subscription"]
    answer = Chat(customer=ANA, slots=slots).ask(RefundRenewal(own_workplace), "affirm")
    assert answer.responses == ["utter_renewal_not_refundable"]
    assert asked_for(own_shop_url) == []


@pytest.mark.parametrize(
    ("intent", "text", "opening", "responses"),
    [
        ("never_mind", "yes, stop it", "yes", ["utter_stop_renewal_asked"]),
        ("never_mind", "please stop it", None, ["utter_stop_renewal_asked"]),
        ("cancel_order", "cancel my membership", None, ["utter_stop_renewal_asked"]),
        ("never_mind", "no don't stop it", "no", ["utter_left_as_is"]),
        ("never_mind", "forget it", None, ["utter_never_mind"]),
    ],
)
def test_stop_it_means_the_renewal_and_forget_it_means_to_leave_it(
    own_workplace: Workplace, own_shop_url: str, intent: str, text: str, opening: str | None, responses: list[str]
) -> None:
    chat = Chat(customer=FARID)
    ask(chat, own_workplace)
    assert chat.ask(StopRenewal(own_workplace), intent, {"text": text, "opening": opening}).responses == responses
    assert len(asked_for(own_shop_url)) == ("asked" in responses[0])


def test_an_order_to_be_cancelled_isnt_the_renewal(own_workplace: Workplace, own_shop_url: str) -> None:
    chat = Chat(customer=FARID)
    ask(chat, own_workplace)
    answer = chat.ask(StopRenewal(own_workplace), "cancel_order", {"text": "cancel my lamp"})
    assert (answer.slots["about"], answer.slots["unfinished"]) == ("cancel_order", "billing_question")
    assert asked_for(own_shop_url) == []


@pytest.mark.parametrize(
    ("action", "intent", "text"),
    [
        (CancelOrder, "cancel_order", "please cancel my subscription"),
        (RefundStatus, "refund_status", "refund my membership please"),
    ],
)
def test_a_membership_is_heard_even_where_an_order_was_understood(
    workplace: Workplace, action: type[TurnAction], intent: str, text: str
) -> None:
    answer = Chat(customer=FARID).ask(action(workplace), intent, {"text": text})
    assert (answer.responses[0], answer.asked) == ("utter_subscription", "stop_renewal")
    assert answer.slots["about"] == "billing_question"
    assert Chat().ask(action(workplace), intent, {"text": text}).responses == ["utter_sign_in"]
