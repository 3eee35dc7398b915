"""Coins that never came: what Ines and the others are told, and what the shop is asked for."""

import json

import pytest

from actions.coins import MissingCoins
from actions.games import other_game
from actions.handoff import HandOver
from actions.shop import Purchase
from actions.workplace import Workplace
from demo.database import writing_engine
from demo.worker import settle_next
from tests.larkfield import ANA, JUN, NOW, Chat, change, own_shop_url, own_workplace, sqlite_shop_url, workplace

__all__ = ["own_shop_url", "own_workplace", "sqlite_shop_url", "workplace"]

INES = "C-1009"
BUY = """INSERT INTO coin_purchases
    (purchase_id, customer_id, app, title, coins, amount_cents, currency, bought_at, delivered_at)
    VALUES ('{id}', '{customer}', 'Tidepool', '{title}', {coins}, {cents}, 'GBP', '{bought}', {delivered})"""


def buy(url: str, purchase: str, customer: str = INES, coins: int = 1200, bought: str = "2026-06-14 18:00:00") -> None:
    """A purchase of coins that haven't come."""
    row = {"id": purchase, "customer": customer, "title": f"A chest of {coins:,} coins", "coins": coins}
    change(url, BUY.format(**row, cents=999, bought=bought, delivered="NULL"))


def purchase_of(place: Workplace, customer: str) -> Purchase:
    [purchase] = place.shop.all_of(Purchase, customer)
    return purchase


def wish_coins(place: Workplace, chat: Chat, text: str = "my coins never came", **entities: str):
    return chat.ask(MissingCoins(place), "missing_coins", {"text": text}, **entities)


def settled_reason(url: str, purchase: str) -> None:
    """The shop says no, without a reason."""
    change(url, f"UPDATE baton_requests SET status = 'refused', result = '{{}}' WHERE subject = '{purchase}'")


def test_inescoins_never_came_so_the_shop_is_asked_to_send_them_again(own_workplace: Workplace) -> None:
    answer = wish_coins(own_workplace, Chat(customer=INES))
    assert (answer.responses, answer.asked) == (["utter_coins_asked"], "helped")
    assert answer.fields("utter_coins_asked") == {
        "title": "A purse of 500 coins",
        "coins": "500",
        "app": "Tidepool",
        "bought": "Thursday 11 June",
    }
    key = f"restore_coins:{purchase_of(own_workplace, INES).purchase_id}"
    assert own_workplace.requests.find(key) is not None


def test_asking_again_from_another_chat_asks_the_shop_nothing_new(own_workplace: Workplace) -> None:
    wish_coins(own_workplace, Chat(customer=INES))
    key = f"restore_coins:{purchase_of(own_workplace, INES).purchase_id}"
    first = own_workplace.requests.find(key)
    answers = [wish_coins(own_workplace, Chat(customer=INES)) for _ in range(3)]
    assert {name for answer in answers for name in answer.responses} == {"utter_coins_asked_before"}
    assert own_workplace.requests.find(key) == first


def test_ines_is_told_when_the_coins_have_come_after_all(own_shop_url: str, own_workplace: Workplace) -> None:
    chat = Chat(customer=INES)
    wish_coins(own_workplace, chat)
    assert settle_next(writing_engine(own_shop_url))
    answer = wish_coins(own_workplace, chat)
    assert (answer.responses, answer.asked) == (["utter_coins_arrived", "utter_coins_how_to_see"], "helped")
    assert answer.fields("utter_coins_arrived")["account"] == "i…@example.com"


def test_a_refusal_is_told_and_a_person_offered(own_shop_url: str, own_workplace: Workplace) -> None:
    chat = Chat(customer=INES)
    wish_coins(own_workplace, chat)
    settled_reason(own_shop_url, purchase_of(own_workplace, INES).purchase_id)
    answer = wish_coins(own_workplace, chat)
    assert (answer.responses, answer.asked) == (["utter_coins_refused_unsaid"], "person")
    assert chat.ask(HandOver(own_workplace), "affirm").note("handoff") == {"reason": "coins", "topic": "missing_coins"}


def test_the_shops_reason_is_told(own_shop_url: str, own_workplace: Workplace) -> None:
    chat = Chat(customer=INES)
    wish_coins(own_workplace, chat)
    no = json.dumps({"reason": "The card was declined."})
    change(own_shop_url, f"UPDATE baton_requests SET status = 'refused', result = '{no}'")
    answer = wish_coins(own_workplace, chat)
    assert answer.fields("utter_coins_refused")["reason"] == "The card was declined."


def test_a_request_that_nobody_answers_for_days_goes_to_a_person(own_shop_url: str, own_workplace: Workplace) -> None:
    wish_coins(own_workplace, Chat(customer=INES))
    change(own_shop_url, "UPDATE baton_requests SET asked_at = '2026-06-13 09:00:00'")
    answer = wish_coins(own_workplace, Chat(customer=INES))
    assert (answer.responses, answer.asked) == (["utter_coins_asked_before"], "person")
    assert answer.fields("utter_coins_asked_before")["asked"] == "Saturday 13 June at 09:00"


def test_anas_coins_came_to_her_own_account(workplace: Workplace) -> None:
    answer = wish_coins(workplace, Chat(customer=ANA))
    fields = answer.fields("utter_coins_arrived")
    assert (fields["coins"], fields["name"], fields["account"]) == ("500", "Ana Lindqvist", "a…@example.com")
    assert fields["delivered"] == "Thursday 11 June at 12:29"
    assert answer.asked == "helped"


def test_coins_bought_a_moment_ago_may_take_a_while(own_shop_url: str, own_workplace: Workplace) -> None:
    buy(own_shop_url, "P-900001", JUN, bought="2026-06-15 10:20:00")
    answer = wish_coins(own_workplace, Chat(customer=JUN))
    assert answer.fields("utter_coins_wait")["until"] == "today at 10:50"
    assert own_workplace.requests.find("restore_coins:P-900001") is None


def test_a_purchase_of_last_year_needs_a_person(own_shop_url: str, own_workplace: Workplace) -> None:
    buy(own_shop_url, "P-900001", JUN, bought="2025-06-15 10:20:00")
    answer = wish_coins(own_workplace, Chat(customer=JUN))
    assert (answer.responses, answer.asked) == (["utter_coins_too_old"], "person")


def test_too_few_coins_need_a_person(own_shop_url: str, own_workplace: Workplace) -> None:
    change(own_shop_url, f"UPDATE coin_entries SET coins = 200 WHERE customer_id = '{ANA}'")
    answer = wish_coins(own_workplace, Chat(customer=ANA))
    assert (answer.fields("utter_coins_too_few")["arrived"], answer.asked) == ("200", "person")


def test_a_purchase_that_was_paid_back_is_told_as_such(own_shop_url: str, own_workplace: Workplace) -> None:
    purchase = purchase_of(own_workplace, INES).purchase_id
    refund = """INSERT INTO refunds (refund_id, charge_id, amount_cents, status, asked_at, due_at)
        SELECT 'RF-900001', charge_id, amount_cents, 'sent', '2026-06-12 09:00:00', '2026-06-20 09:00:00'
        FROM charges WHERE purchase_id = '{}'"""
    change(own_shop_url, refund.format(purchase))
    answer = wish_coins(own_workplace, Chat(customer=INES))
    assert (answer.responses, answer.asked) == (["utter_coins_refunded"], "helped")


def test_ines_picks_among_several_that_never_came(own_shop_url: str, own_workplace: Workplace) -> None:
    buy(own_shop_url, "P-900001")
    chat = Chat(customer=INES)
    answer = wish_coins(own_workplace, chat)
    assert answer.asked == "pick_purchase"
    assert [button["title"] for button in answer.buttons] == [
        "A chest of 1,200 coins, yesterday",
        "A purse of 500 coins, Thursday 11 June",
    ]
    picked = json.loads(answer.buttons[0]["payload"].removeprefix("/missing_coins"))
    assert wish_coins(own_workplace, chat, "…", **picked).fields("utter_coins_asked")["coins"] == "1,200"


@pytest.mark.parametrize("text", ["the 1,200 coins aren't there", "paid 9.99 and got no coins", "where are my 1200"])
def test_ines_can_also_say_which_one_she_means(own_shop_url: str, own_workplace: Workplace, text: str) -> None:
    buy(own_shop_url, "P-900001")
    answer = wish_coins(own_workplace, Chat(customer=INES), text)
    assert answer.fields("utter_coins_asked")["coins"] == "1,200"


def test_a_purchase_of_somebody_else_is_never_told(workplace: Workplace) -> None:
    anas = purchase_of(workplace, ANA).purchase_id
    answer = wish_coins(workplace, Chat(customer=JUN), "…", purchase=anas)
    assert (answer.responses, answer.asked) == (["utter_coins_none"], "person")


def test_who_isnt_signed_in_is_asked_to_sign_in(workplace: Workplace) -> None:
    answer = wish_coins(workplace, Chat())
    assert (answer.responses, answer.asked) == (["utter_sign_in"], "person")


@pytest.mark.parametrize("customer", [None, INES])
def test_a_game_of_somebody_else_is_told_apart(workplace: Workplace, customer: str | None) -> None:
    answer = wish_coins(workplace, Chat(customer=customer), "my gems in Zorp Quest on my cousin's console are gone")
    assert answer.fields("utter_coins_other_game") == {"game": "Zorp Quest", "apps": "Tidepool"}
    assert (answer.responses, answer.asked) == (["utter_coins_other_game"], "helped")


@pytest.mark.parametrize(
    ("text", "game"),
    [
        ("bought vbucks in fortnite and got nothing", "fortnite"),
        ("My Roblox money isn't there", "Roblox"),
        ("the gold that I paid for on the xbox", "xbox"),
        ("a game called Zorp", "Zorp"),
        ("where are my diamonds for Dragon of the North 2", "Dragon of the North 2"),
    ],
)
def test_games_of_others_are_known_by_name_or_by_their_capitals(text: str, game: str) -> None:
    assert other_game(text, ["Tidepool"]) == game


@pytest.mark.parametrize(
    "text",
    [
        "my coins in Tidepool never came",
        "I paid for Tidepool coins on my xbox",
        "bought coins on Monday, nothing came",
        "I paid with PayPal on my iPhone from the App Store",
        "WHERE ARE MY COINS IN THE GAME",
        "Where Are My Coins For The Game Please",
        "coins from yesterday are missing",
        "I bought coins in Leeds",
        "",
    ],
)
def test_what_is_no_other_game_is_not_taken_for_one(text: str) -> None:
    assert other_game(text, ["Tidepool"]) is None


def test_it_is_monday_morning_so_that_the_times_above_are_right() -> None:
    assert f"{NOW:%A %H:%M}" == "Monday 10:30"
