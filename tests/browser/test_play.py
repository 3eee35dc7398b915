"""The whole story, two people in two browsers, read like a play."""

from __future__ import annotations

import re
from typing import Any

from playwright.sync_api import expect

from tests.browser.books import until
from tests.browser.cast import Cast
from tests.browser.people import Customer, Rep


def test_ana_asks_the_bot_is_lost_ruth_takes_over_and_ana_says_whether_it_helped(cast: Cast) -> None:
    ana, ruth = cast.visitor(cast.books.shopper_named("Ana Lindqvist")), cast.rep("Ruth")
    ana_asks_about_her_late_order(ana)
    the_bot_is_lost_and_hands_over(ana)
    ruth_claims_and_sees_everything(ruth, ana)
    they_talk(ruth, ana)
    ruth_closes_and_ana_votes(ruth, ana)
    until(lambda: kept_of(cast, ana) == {"solved": 1, "topic": "late_delivery", "cause": "Carrier was late"})
    ana.presses("Reopen this chat")
    ana.sees("You've reopened this chat.")
    expect(ruth.row_of(ana)).to_contain_text("for you")


def ana_asks_about_her_late_order(ana: Customer) -> None:
    """She is told at once whom she talks to, and then what is true."""
    truth = ana.shopper
    ana.signs_in()
    ana.looks_at_order(truth.number)
    ana.chats_about_this_order()
    ana.sees("I'm the shop's bot, not a person. I can look up your orders")
    ana.sees("A person is always one click away.")
    expect(ana.chat.get_by_role("button", name="Talk to a person")).to_be_enabled()
    expect(ana.chat.get_by_text(f"Order {truth.number}", exact=True)).to_be_visible()
    answer = ana.asks("where's my package?")
    assert f"order {truth.number} is late" in answer
    assert truth.place in answer


def the_bot_is_lost_and_hands_over(ana: Customer) -> None:
    """What it can't make out, twice in a row, goes to a person; Ana sees her place."""
    assert "I'm sorry, I didn't understand that." in ana.asks("zibble wobbet quanx")
    ana.says("florbly wug the tramistan")
    ana.sees("I'm handing you to a person. They'll see everything you've told me, so you needn't repeat it.")
    expect(ana.head).to_contain_text("In line for a person")
    expect(ana.head).to_contain_text("You're next")


def ruth_claims_and_sees_everything(ruth: Rep, ana: Customer) -> None:
    """Who waits, what about, why and how long; then all that was said, and the order."""
    expect(ruth.row_of(ana)).to_contain_text("Late delivery · bot didn't understand")
    expect(ruth.row_of(ana)).to_contain_text(re.compile(r"waiting \d+:\d\d"))
    ruth.claims(ana)
    ruth.sees("where's my package?")
    ruth.sees(f"order {ana.shopper.number} is late")
    ruth.sees("florbly wug the tramistan")
    expect(ruth.details).to_contain_text("The bot didn't understand the customer twice.")
    expect(ruth.details).to_contain_text("Proven by the shop's sign-in")
    expect(ruth.order_card).to_contain_text(ana.shopper.number)
    expect(ruth.order_card).to_contain_text(ana.shopper.place)
    expect(ruth.order_card.get_by_text("Late", exact=True)).to_be_visible()
    expect(ana.head).to_contain_text("Ruth")
    ana.sees("Ruth, a person, is now helping you.")


def they_talk(ruth: Rep, ana: Customer) -> None:
    """Each sees the other typing, and then the words."""
    ruth.types("Hello Ana")
    expect(ana.chat.get_by_text("Ruth is typing")).to_be_attached()
    ruth.replies("Hello Ana, I've asked the depot to send it on tonight.")
    ana.sees("I've asked the depot to send it on tonight.")
    ana.box.press_sequentially("Thank you")
    expect(ruth.page.get_by_text("is typing")).to_be_visible()
    ana.says("Thank you, Ruth")
    ruth.sees("Thank you, Ruth")


def ruth_closes_and_ana_votes(ruth: Rep, ana: Customer) -> None:
    """Ana is asked whether it's solved, answers, and changes her mind; Ruth sees it."""
    ruth.closes("late_delivery", "Carrier was late")
    ana.sees("Did we solve your problem?")
    ana.presses("No, it isn't")
    expect(ana.chat.get_by_text("You can change your answer, or reopen")).to_be_visible()
    ana.presses("Yes, it's solved")
    expect(ana.chat.get_by_role("button", name="Yes, it's solved")).to_have_attribute("aria-pressed", "true")
    expect(ruth.page.get_by_text("The customer says it's solved.")).to_be_visible()


def kept_of(cast: Cast, ana: Customer) -> dict[str, Any] | None:
    """What the desk has on record of Ana's closed conversation."""
    question = """
        SELECT solved, topic, cause FROM vote v JOIN conversation c ON c.id = v.conversation_id
          JOIN customer p ON p.id = c.customer_id
         WHERE p.sub = :sub AND state = 'closed' AND v.owner_kind = 'rep'"""
    found = cast.books.in_desk(question, sub=ana.shopper.customer_id)
    return found[0] if len(found) == 1 else None


def test_sam_a_moment_late_is_told_that_ruth_was_quicker(cast: Cast) -> None:
    slow = cast.wire()
    ana, ruth, sam = cast.ana(), cast.rep("Ruth"), cast.rep("Sam", wire=slow)
    ana.visits()
    ana.opens_the_chat()
    ana.asks_for_a_person()
    expect(sam.row_of(ana)).to_be_visible()
    slow.hold_answers()
    ruth.claims(ana)
    sam.row_of(ana).get_by_role("button", name="Claim").click()
    slow.mend()
    expect(sam.page.get_by_role("alert")).to_contain_text("Ruth was quicker and is already helping this customer.")
    expect(sam.mine.filter(has_text=ana.name)).to_have_count(0)
    expect(sam.row_of(ana)).to_have_count(0)
