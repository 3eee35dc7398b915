"""What else befalls a chat: leaving the line, another order, handing back, signing out."""

from __future__ import annotations

import re

from playwright.sync_api import expect

from tests.browser.cast import Cast
from tests.browser.people import Customer


def test_ana_stops_waiting_and_is_back_with_the_bot(cast: Cast) -> None:
    ana, ruth = cast.ana(), cast.rep("Ruth")
    ana.visits()
    ana.opens_the_chat()
    ana.asks_for_a_person()
    expect(ruth.row_of(ana)).to_be_visible()
    ana.presses("Stop waiting")
    ana.sees("You've left the line and are back with the bot.")
    expect(ana.head).to_contain_text("A bot, not a person")
    expect(ruth.row_of(ana)).to_have_count(0)
    assert ana.shopper.number in ana.asks(f"where is {ana.shopper.number}?")


def test_those_who_wait_move_up_when_somebody_before_them_is_claimed(cast: Cast) -> None:
    ana, ben, ruth = cast.ana(), cast.ana(), cast.rep("Ruth")
    for customer in (ana, ben):
        customer.visits()
        customer.opens_the_chat()
        customer.asks_for_a_person()
    expect(ana.head).to_contain_text("You're next")
    expect(ben.head).to_contain_text("You're number 2 in line")
    ruth.claims(ana)
    expect(ben.head).to_contain_text("You're next")


def test_another_order_clicked_while_the_chat_is_open_is_a_line_in_it(cast: Cast) -> None:
    ana = cast.ana()
    truth = ana.shopper
    ana.visits()
    ana.looks_at_order(truth.another)
    ana.chats_about_this_order()
    ana.looks_at_order(truth.number)
    ana.chats_about_this_order()
    ana.sees(f"You're now asking about order {truth.number}.")
    expect(ana.chat.get_by_text(f"Order {truth.number}", exact=True)).to_be_visible()
    answer = ana.asks("where's my package?")
    assert f"order {truth.number} is late" in answer
    assert truth.place in answer


def test_somebody_who_signs_in_keeps_the_chat_and_is_proven_from_there_on(cast: Cast) -> None:
    ana, ruth = cast.visitor(), cast.rep("Ruth")
    ana.visits()
    ana.opens_the_chat()
    ana.asks("hello there")
    cast.let_in(ana)
    ana.visits()
    ana.sees("hello there")
    ana.sees(f"You're signed in as {ana.name} from here on.")
    ana.asks_for_a_person()
    ruth.opens(ana)
    expect(ruth.details).to_contain_text(re.compile(r"Proven by the shop's sign-in, since message \d"))


def test_ruth_hands_back_and_sam_reads_all_of_it(cast: Cast) -> None:
    ana, ruth, sam = cast.ana(), cast.rep("Ruth"), cast.rep("Sam")
    ana.visits()
    ana.opens_the_chat()
    ana.asks_for_a_person()
    ruth.claims(ana)
    ruth.replies("I'll ask a colleague to look at this.")
    ruth.box.fill("a thought not finished")
    ruth.page.get_by_role("button", name="Release").click()
    ana.sees("Ruth had to hand your chat back. You keep your old place in line")
    expect(ruth.page.get_by_text("Your draft is kept: a thought not finished")).to_be_visible()
    sam.claims(ana)
    sam.sees("I'll ask a colleague to look at this.")
    expect(ana.head).to_contain_text("Sam")


def test_ruth_with_two_chats_sees_at_once_who_has_written_in_the_other(cast: Cast) -> None:
    ana, ben, ruth = cast.ana(), cast.ana(), cast.rep("Ruth")
    for customer in (ana, ben):
        customer.visits()
        customer.opens_the_chat()
        customer.asks_for_a_person()
        ruth.claims(customer)
    ana.says("Are you still there?")
    of_ana = ruth.mine.filter(has_text=ana.name)
    expect(of_ana).to_contain_text("Are you still there?")
    expect(of_ana).to_contain_text("unread")
    expect(ruth.page).to_have_title("(1) Baton console")
    of_ana.get_by_role("button").click()
    ruth.sees("Are you still there?")
    expect(of_ana).not_to_contain_text("unread")
    expect(ruth.page).to_have_title("Baton console")


def test_signing_out_of_the_shop_leaves_nothing_of_ana_in_the_frame(cast: Cast) -> None:
    ana = cast.ana()
    ana.visits()
    ana.opens_the_chat()
    ana.asks("this is between us")
    session = ana.session()
    ana.box.fill("and so is this")
    ana.signs_out()
    ana.opens_the_chat()
    ana.sees("I'm the shop's bot, not a person.")
    ana.sees("this is between us", times=0)
    expect(ana.box).to_have_value("")
    assert not kept_words(ana, "between us", "so is this", str(session))
    old = {"Authorization": f"Bearer {session}"}
    assert ana.context.request.get(f"{cast.baton.desk}/api/conversations/current", headers=old).status == 401


def kept_words(ana: Customer, *words: str) -> list[str]:
    """Those of the words that the browser still has in its storage."""
    kept = str(ana.context.storage_state())
    return [word for word in words if word in kept]
