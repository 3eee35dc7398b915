"""What is this charge? What Ana and the others are told of theirs, by amount, day, order or button."""

import json
import re
from typing import Any

import pytest

from actions.billing import AboutCharge, NoneOfThese
from actions.going_on import ComeBack, GoOn
from actions.money_answers import LeaveAsIs
from actions.turn import TurnAction
from actions.workplace import Workplace
from tests.larkfield import (
    ANA,
    BEN,
    BENS_ORDER,
    ELIF,
    GRACE,
    JUN,
    LATE,
    ON_TIME,
    Answer,
    Chat,
    change,
    own_shop_url,
    own_workplace,
    sqlite_shop_url,
    workplace,
)

__all__ = ["own_shop_url", "own_workplace", "sqlite_shop_url", "workplace"]

UNKNOWN = "A-999998"
BILLING = {"intent": {"name": "billing_question"}}


def ask(chat: Chat, workplace: Workplace, text: str = "what is this charge", **given: str) -> Answer:
    return chat.ask(AboutCharge(workplace), "billing_question", {"text": text}, **given)


def detail(chat: Chat, workplace: Workplace, **given: str) -> Answer:
    return chat.ask(GoOn(workplace), "inform_charge", {"text": "…"}, **given)


def press(chat: Chat, workplace: Workplace, answer: Answer, place: int) -> Answer:
    intent, _, entities = answer.buttons[place]["payload"].removeprefix("/").partition("{")
    action: TurnAction = GoOn(workplace)
    return chat.ask(action, intent, {"text": "…"}, **json.loads("{" + entities))


def charged(chat: Chat, workplace: Workplace) -> list[str]:
    """The amounts of the customer's charges, the newest first, as the buttons show them."""
    return [button["title"].split(",")[0] for button in ask(chat, workplace).buttons]


def test_ana_gives_an_amount_and_is_told_the_order_item_by_item(workplace: Workplace) -> None:
    amount = charged(Chat(customer=ANA), workplace)[0]
    answer = ask(Chat(customer=ANA), workplace, amount=f"{amount[1:]} GBP")
    assert answer.responses == ["utter_charge_taken", "utter_charge_is_order"]
    assert answer.fields("utter_charge_taken")["amount"] == amount
    assert answer.fields("utter_charge_taken")["day"] == "on Friday 12 June"
    assert answer.fields("utter_charge_is_order")["order_number"] == ON_TIME
    prices = re.findall(r"£([0-9.]+)", answer.fields("utter_charge_is_order")["items"])
    assert sum(map(float, prices)) + 3.95 == pytest.approx(float(amount[1:]))
    assert answer.fields("utter_charge_is_order")["postage"] == "£3.95"
    assert answer.asked == "helped"


def test_no_more_of_anas_card_is_shown_than_its_last_four_digits(workplace: Workplace) -> None:
    answer = ask(Chat(customer=ANA), workplace, amount=charged(Chat(customer=ANA), workplace)[0][1:])
    assert re.fullmatch("[0-9]{4}", answer.fields("utter_charge_taken")["card"])


def test_ana_who_gives_nothing_is_asked_and_shown_her_last_charges(workplace: Workplace) -> None:
    answer = ask(Chat(customer=ANA), workplace)
    assert (answer.responses, answer.asked) == ([], "amount_or_day")
    assert len(answer.buttons) == 3
    assert all(len(button["title"]) <= 60 for button in answer.buttons)


def test_the_charge_that_ana_picks_is_told(workplace: Workplace) -> None:
    chat = Chat(customer=ANA)
    answer = press(chat, workplace, ask(chat, workplace), 1)
    assert answer.responses == ["utter_charge_taken", "utter_charge_is_purchase"]
    assert answer.fields("utter_charge_is_purchase")["app"] == "Tidepool"


def test_ana_gives_a_day_by_itself_after_she_was_asked(workplace: Workplace) -> None:
    chat = Chat(customer=ANA)
    ask(chat, workplace)
    answer = detail(chat, workplace, day="last Friday")
    assert answer.fields("utter_charge_is_order")["order_number"] == ON_TIME


def test_a_bank_shows_a_charge_days_later_than_the_shop(workplace: Workplace) -> None:
    answer = ask(Chat(customer=ANA), workplace, day="9 June")
    assert answer.fields("utter_charge_taken")["day"] == "on Sunday 7 June"


def test_a_day_narrows_down_what_an_amount_left_open(own_workplace: Workplace, own_shop_url: str) -> None:
    change(own_shop_url, f"UPDATE charges SET amount_cents = 2000 WHERE customer_id = '{ANA}'")
    chat = Chat(customer=ANA)
    answer = ask(chat, own_workplace, amount="20.00")
    assert (answer.responses, answer.asked, len(answer.buttons)) == (["utter_several_charges"], "pick_charge", 4)
    answer = detail(chat, own_workplace, day="12/06")
    assert answer.fields("utter_charge_is_order")["order_number"] == ON_TIME


def test_an_amount_by_itself_is_about_a_charge_whatever_was_talked_about(workplace: Workplace) -> None:
    chat = Chat(customer=ANA, slots={"about": "track_package"})
    answer = detail(chat, workplace, amount=charged(Chat(customer=ANA), workplace)[0][1:])
    assert answer.responses[0] == "utter_charge_taken"
    assert answer.note("topic") is None or answer.slots["about"] == "billing_question"


def test_a_charge_that_isnt_there_is_said_so_and_the_nearest_are_offered(workplace: Workplace) -> None:
    chat = Chat(customer=ANA)
    answer = ask(chat, workplace, amount="1000.00")
    assert answer.responses == ["utter_no_such_charge", "utter_charge_maybe_reserved", "utter_charge_elsewhere"]
    assert (answer.asked, len(answer.buttons)) == ("pick_charge", 3)
    answer = chat.ask(NoneOfThese(workplace), "deny")
    assert (answer.asked, answer.slots["person_reason"]) == ("person", "billing")


def test_jun_who_has_paid_nothing_is_offered_a_person(workplace: Workplace) -> None:
    answer = ask(Chat(customer=JUN), workplace, amount="14.99")
    assert (answer.responses, answer.asked) == (
        ["utter_no_such_charge", "utter_charge_maybe_reserved", "utter_charge_elsewhere"],
        "person",
    )
    answer = ask(Chat(customer=JUN), workplace)
    assert (answer.responses, answer.asked) == (["utter_no_charges"], "person")


def test_an_amount_a_few_pence_off_is_not_called_the_same(workplace: Workplace) -> None:
    exact = charged(Chat(customer=ANA), workplace)[0]
    off = f"{float(exact[1:]) - 0.04:.2f}"
    answer = ask(Chat(customer=ANA), workplace, amount=off)
    assert answer.responses[:2] == ["utter_charge_nearly", "utter_charge_taken"]
    assert answer.fields("utter_charge_taken")["amount"] == exact


def test_an_amount_in_another_currency_is_not_called_the_same(workplace: Workplace) -> None:
    amount = charged(Chat(customer=ANA), workplace)[0][1:]
    answer = ask(Chat(customer=ANA), workplace, amount=f"{amount} USD")
    assert answer.responses[:2] == ["utter_charge_other_currency", "utter_charge_taken"]


def test_a_right_amount_on_a_wrong_day_is_told_with_its_own_day(workplace: Workplace) -> None:
    amount = charged(Chat(customer=ANA), workplace)[0][1:]
    answer = ask(Chat(customer=ANA), workplace, amount=amount, day="three weeks ago")
    assert answer.responses[:2] == ["utter_charge_other_day", "utter_charge_taken"]
    assert answer.fields("utter_charge_taken")["day"] == "on Friday 12 June"


def test_elif_is_shown_that_two_charges_for_two_parcels_make_up_her_amount(
    own_workplace: Workplace, own_shop_url: str
) -> None:
    change(
        own_shop_url,
        f"""INSERT INTO charges SELECT 'CH-2', customer_id, order_number, NULL, NULL, description, 1000, currency,
            status, charged_at, card_last4 FROM charges WHERE customer_id = '{ELIF}' AND order_number IS NOT NULL""",
        f"UPDATE charges SET amount_cents = amount_cents - 1000 WHERE customer_id = '{ELIF}' AND charge_id != 'CH-2'",
    )
    order = own_workplace.shop.recent_orders(ELIF)[0]
    answer = ask(Chat(customer=ELIF), own_workplace, amount=f"{order.total_cents / 100:.2f}")
    assert answer.responses[0] == "utter_charges_together"
    assert "£10.00" in answer.fields("utter_charges_together")["amounts"]
    assert answer.fields("utter_charge_is_order")["order_number"] == order.number
    answer = ask(Chat(customer=ELIF), own_workplace, amount="10.00")
    assert answer.responses == ["utter_charge_taken", "utter_charge_is_order", "utter_charge_is_part"]


def test_the_order_of_anas_page_is_meant_if_she_names_nothing(workplace: Workplace) -> None:
    answer = ask(Chat(customer=ANA, page=LATE), workplace)
    assert answer.fields("utter_charge_is_order")["order_number"] == LATE


def test_the_order_that_ana_names_beats_her_page(workplace: Workplace) -> None:
    answer = ask(Chat(customer=ANA, page=LATE), workplace, order_number=ON_TIME)
    assert answer.fields("utter_charge_is_order")["order_number"] == ON_TIME


def test_bens_order_and_an_unknown_one_answer_alike_and_count(workplace: Workplace) -> None:
    bens = ask(Chat(customer=ANA), workplace, order_number=BENS_ORDER)
    unknown = ask(Chat(customer=ANA), workplace, order_number=UNKNOWN)
    assert bens.without_number() == unknown.without_number()
    assert (bens.note("wrong_order"), unknown.note("wrong_order")) == (BENS_ORDER, UNKNOWN)


def test_bens_amounts_never_appear_to_ana(own_workplace: Workplace, own_shop_url: str) -> None:
    change(own_shop_url, f"UPDATE charges SET amount_cents = 4321 WHERE customer_id = '{BEN}'")
    assert ask(Chat(customer=BEN), own_workplace, amount="43.21").responses == ["utter_several_charges"]
    answers = [ask(Chat(customer=ANA), own_workplace, text, amount="43.21") for text in ("what is it", "charged twice")]
    assert "43.21" not in json.dumps([answer.messages for answer in answers])


def test_a_button_for_bens_charge_shows_ana_nothing_of_it(workplace: Workplace) -> None:
    bens = ask(Chat(customer=BEN), workplace).buttons[0]["payload"]
    charge_id = re.search(r"CH-[0-9]+", bens)
    assert charge_id
    answer = detail(Chat(customer=ANA), workplace, charge=charge_id.group())
    assert (answer.responses, answer.asked) == ([], "amount_or_day")
    assert charge_id.group() not in json.dumps(answer.messages)


def test_whoever_isnt_signed_in_is_told_nothing(workplace: Workplace) -> None:
    answer = ask(Chat(), workplace, amount="4.99", order_number=ON_TIME)
    assert (answer.responses, answer.asked) == (["utter_sign_in"], "person")


def test_a_reserved_amount_disappears_and_a_failed_one_was_never_taken(
    own_workplace: Workplace, own_shop_url: str
) -> None:
    change(own_shop_url, f"UPDATE charges SET status = 'pending' WHERE order_number = '{ON_TIME}'")
    answer = ask(Chat(customer=ANA), own_workplace, order_number=ON_TIME)
    assert answer.responses == ["utter_charge_reserved", "utter_charge_is_order"]
    assert answer.fields("utter_charge_reserved")["pending"] == "7 days"
    change(own_shop_url, f"UPDATE charges SET status = 'pending' WHERE order_number = '{LATE}'")
    assert ask(Chat(customer=ANA), own_workplace, order_number=LATE).responses[0] == "utter_charge_reserved_too_long"
    change(own_shop_url, f"UPDATE charges SET status = 'failed' WHERE order_number = '{LATE}'")
    assert ask(Chat(customer=ANA), own_workplace, order_number=LATE).responses[0] == "utter_charge_failed"


def test_grace_is_told_what_has_gone_back_of_a_charge(workplace: Workplace) -> None:
    answer = ask(Chat(customer=GRACE), workplace, order_number="A-162871")
    assert answer.responses == ["utter_charge_taken", "utter_charge_is_order", "utter_charge_paid_back"]
    answer = ask(Chat(customer=GRACE), workplace, order_number="A-163415")
    assert answer.responses[-1] == "utter_charge_going_back_late"


def test_a_charge_without_a_card_or_a_thing_is_called_what_the_shop_calls_it(
    own_workplace: Workplace, own_shop_url: str
) -> None:
    change(
        own_shop_url,
        "UPDATE charges SET order_number = NULL, description = 'Gift wrapping', amount_cents = 123"
        f" WHERE order_number = '{ON_TIME}'",
    )
    answer = ask(Chat(customer=ANA), own_workplace, amount="1.23")
    assert answer.responses == ["utter_charge_taken", "utter_charge_is_described"]
    assert answer.fields("utter_charge_is_described") == {"description": "Gift wrapping"}


@pytest.mark.parametrize(
    ("text", "response"),
    [
        ("can I have an invoice", "utter_billing_papers"),
        ("my voucher does not work", "utter_billing_voucher"),
        ("my payment was declined", "utter_billing_checkout"),
        ("somebody has used my card", "utter_card_misused"),
    ],
)
def test_what_only_a_person_can_do_is_said_so(workplace: Workplace, text: str, response: str) -> None:
    answer = ask(Chat(customer=ANA), workplace, text)
    assert (answer.responses, answer.asked, answer.slots["person_reason"]) == ([response], "person", "billing")


def test_an_unknown_payment_that_may_be_a_thiefs_is_looked_for_all_the_same(workplace: Workplace) -> None:
    answer = ask(Chat(customer=ANA), workplace, "unauthorised payment", amount="4.99")
    assert answer.responses == ["utter_charge_taken", "utter_charge_is_purchase"]


def test_a_no_leaves_everything_as_it_is(workplace: Workplace) -> None:
    answer = Chat(customer=ANA).ask(LeaveAsIs(workplace), "deny")
    assert (answer.responses, answer.asked) == (["utter_left_as_is"], "helped")


def test_while_the_shop_is_down_ana_is_told_so(own_workplace: Workplace, own_shop_url: str) -> None:
    change(own_shop_url, "DROP VIEW baton_subscriptions")
    assert ask(Chat(customer=ANA), own_workplace).asked == "shop_down"


def test_an_order_number_that_is_none_is_asked_for_again(workplace: Workplace) -> None:
    chat = Chat(customer=ANA)
    ask(chat, workplace)
    assert chat.ask(GoOn(workplace), "inform_order", {"text": "A-12"}).asked == "better_order_number"


@pytest.mark.parametrize("heard", [{"intent": {"name": "late_delivery"}, "also": ["billing_question"]}, BILLING])
def test_ana_who_comes_back_to_her_question_neednt_say_it_again(workplace: Workplace, heard: dict[str, Any]) -> None:
    chat = Chat(customer=ANA, slots={"unfinished": "billing_question", "asked": "come_back"})
    said = {"text": "it's late, and what's 4.99?", "entities": [{"entity": "amount", "value": "4.99"}]}
    chat.events.append({"event": "user", "parse_data": heard | said})
    answer = chat.ask(ComeBack(workplace), "affirm")
    assert answer.responses == ["utter_charge_taken", "utter_charge_is_purchase"]


def test_what_is_further_back_than_the_bot_looks_is_for_a_person(workplace: Workplace) -> None:
    answer = ask(Chat(customer=ANA), workplace, day="3 years ago")
    assert (answer.responses, answer.asked) == (["utter_charge_too_long_ago"], "person")


def test_what_was_taken_weeks_ago_isnt_called_reserved(workplace: Workplace) -> None:
    answer = ask(Chat(customer=ANA), workplace, amount="1000.00", day="25 May")
    assert answer.responses == ["utter_no_such_charge", "utter_charge_elsewhere"]


def test_ben_names_two_amounts_and_is_told_of_each(own_workplace: Workplace, own_shop_url: str) -> None:
    change(own_shop_url, f"UPDATE charges SET amount_cents = 3210 WHERE order_number = '{BENS_ORDER}'")
    named = [{"entity": "amount", "value": amount} for amount in ("32.10", "7.99")]
    said = {"text": "what are these", "entities": named}
    answer = Chat(customer=BEN).ask(AboutCharge(own_workplace), "billing_question", said)
    told = [message for message in answer.messages if message["response"] == "utter_charge_taken"]
    assert {message["amount"] for message in told} == {"£32.10", "£7.99"}
    assert {message["day"] for message in told} >= {"on Wednesday 10 June"}
    assert answer.asked == "helped"
    change(own_shop_url, f"UPDATE charges SET amount_cents = 3210 WHERE customer_id = '{BEN}' AND purchase_id IS NULL")
    assert Chat(customer=BEN).ask(AboutCharge(own_workplace), "billing_question", said).asked == "pick_charge"
