"""Reloads, second tabs, dead networks and a killed desk: nothing that was said is lost, and nothing is said twice."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.browser.books import until
from tests.browser.cast import Cast
from tests.browser.people import Customer


def in_chat(ana: Customer) -> Customer:
    """On the shop's front page with the chat open and the bot's first words read."""
    ana.visits()
    ana.opens_the_chat()
    ana.sees("I'm the shop's bot, not a person.")
    return ana


def test_a_reload_shows_the_same_chat_again_open_as_it_was(cast: Cast) -> None:
    ana = in_chat(cast.ana())
    ana.asks("thank you so much")
    ana.box.fill("half a sent")
    before = ana.said.all_inner_texts()
    ana.page.reload()
    expect(ana.said).to_have_text(before, use_inner_text=True)
    expect(ana.box).to_have_value("half a sent")


def test_two_tabs_show_one_chat_and_neither_says_anything_twice(cast: Cast) -> None:
    ana = in_chat(cast.ana())
    other = cast.second_tab_of(ana)
    other.visits()
    other.opens_the_chat()
    ana.says("from the first tab")
    other.sees("from the first tab")
    other.says("from the second tab")
    ana.sees("from the second tab")
    ana.sees("from the first tab")
    ana.has_sent_all()
    assert cast.books.texts_of(ana.shopper.customer_id) == ["from the first tab", "from the second tab"]


def test_without_a_network_her_words_are_kept_shown_as_not_sent_and_go_out_once(cast: Cast) -> None:
    network = cast.wire()
    ana = in_chat(cast.ana(wire=network))
    ana.asks_for_a_person()
    network.cut()
    ana.says("first without a network")
    ana.says("second without a network")
    expect(ana.said.filter(has_text="first without a network")).to_contain_text("Sending")
    expect(
        ana.chat.get_by_text("Reconnecting, and nothing is lost").or_(ana.chat.get_by_text("can't reach"))
    ).to_be_visible()
    ana.sees("Not sent. The connection failed.", times=2)
    ana.said.filter(has_text="first without").get_by_role("button", name="Try again").click()
    expect(ana.said.filter(has_text="first without a network")).to_contain_text("Sending")
    ana.sees("Not sent. The connection failed.", times=2)
    network.mend()
    ana.has_sent_all()
    ana.sees("first without a network")
    ana.sees("second without a network")
    said = ["first without a network", "second without a network"]
    assert cast.books.texts_of(ana.shopper.customer_id) == said


def test_a_message_whose_answer_got_lost_is_not_said_twice(cast: Cast) -> None:
    network = cast.wire()
    ana = in_chat(cast.ana(wire=network))
    ana.asks_for_a_person()
    network.hold_answers()
    ana.says("did you get this?")
    until(lambda: cast.books.texts_of(ana.shopper.customer_id) == ["did you get this?"])
    expect(ana.said.filter(has_text="did you get this?")).to_contain_text("Sending")
    network.cut()
    network.mend()
    ana.has_sent_all()
    ana.sees("did you get this?")
    assert cast.books.texts_of(ana.shopper.customer_id) == ["did you get this?"]


def test_what_ruth_says_while_ana_is_cut_off_reaches_her_when_she_is_back(cast: Cast) -> None:
    network = cast.wire()
    ana, ruth = in_chat(cast.ana(wire=network)), cast.rep("Ruth")
    ana.asks_for_a_person()
    ruth.claims(ana)
    expect(ana.head).to_contain_text("Ruth")
    network.cut()
    for words in ("One moment, Ana.", "It's at the depot.", "It goes out tonight."):
        ruth.replies(words)
    network.mend()
    for words in ("One moment, Ana.", "It's at the depot.", "It goes out tonight."):
        ana.sees(words)


def test_the_desk_is_killed_while_they_talk_and_neither_loses_a_word(cast: Cast) -> None:
    ana, ruth = in_chat(cast.ana()), cast.rep("Ruth")
    ana.asks_for_a_person()
    ruth.claims(ana)
    ana.says("before")
    ruth.sees("before")
    ana.box.press_sequentially("while it is ")
    cast.books.supervise("signal", "KILL", "desk")
    ana.box.press_sequentially("down")
    ana.box.press("Enter")
    ruth.box.fill("I'm still here")
    ruth.box.press("Enter")
    ana.sees("I'm still here")
    ruth.sees("while it is down")
    ana.has_sent_all()
    expect(ruth.said.filter(has_text="I'm still here")).not_to_contain_text("Sending")
    ana.says("after")
    ruth.sees("after")
    assert cast.books.texts_of(ana.shopper.customer_id) == ["before", "while it is down", "after"]
    ana.sees("I'm still here")


def test_coming_back_tomorrow_in_a_browser_that_was_closed_the_chat_is_there(cast: Cast) -> None:
    ana = in_chat(cast.ana())
    ana.asks("thank you so much")
    ana.box.fill("I'll finish this tomor")
    before = ana.said.all_inner_texts()
    tomorrow = cast.visitor(ana.shopper, storage_state=cast.close_browser_of(ana))
    tomorrow.visits()
    tomorrow.opens_the_chat()
    expect(tomorrow.said).to_have_text(before, use_inner_text=True)
    expect(tomorrow.box).to_have_value("I'll finish this tomor")
    tomorrow.asks_for_a_person()
