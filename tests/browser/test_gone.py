"""Those who answer go away: the bot is down, Ruth's browser closes. Ana is told, and somebody else goes on."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import expect

from tests.browser.books import Books, until
from tests.browser.cast import Cast

GONE_AFTER_MS = 45_000
BOT_SECONDS = 90


@pytest.fixture(scope="module", autouse=True)
def bot_is_back(books: Books) -> Iterator[None]:
    """Whoever comes next finds the bot answering again."""
    yield
    books.supervise("start", "bot_a")
    until(books.bot_answers, BOT_SECONDS)


def test_while_the_bot_is_down_ana_is_told_so_and_then_handed_to_a_person(cast: Cast) -> None:
    ana, ruth = cast.ana(), cast.rep("Ruth")
    ana.visits()
    ana.opens_the_chat()
    cast.books.supervise("stop", "bot_a")
    ana.says("where's my package?")
    ana.sees("Sorry, I couldn't work that out just now. That's on our side, not yours.")
    expect(ana.chat.get_by_role("button", name="Talk to a person").last).to_be_enabled()
    ana.says("hello? where is it?")
    ana.sees("I'm having trouble, so I'm handing you to a person with everything you've told me.")
    expect(ana.head).to_contain_text("In line for a person")
    expect(ruth.row_of(ana)).to_contain_text("bot was down")


def test_when_ruths_browser_closes_ana_is_told_and_keeps_her_old_place(cast: Cast) -> None:
    ana, ben, ruth, sam = cast.ana(), cast.ana(), cast.rep("Ruth"), cast.rep("Sam")
    for customer in (ana, ben):
        customer.visits()
        customer.opens_the_chat()
        customer.asks_for_a_person()
    ruth.claims(ana)
    ruth.replies("I'm with you in a moment.")
    cast.close_browser_of(ruth)
    lost = ana.said.filter(has_text="The connection to Ruth was lost. You keep your old place in line")
    expect(lost).to_have_count(1, timeout=GONE_AFTER_MS + 15_000)
    expect(lost).to_contain_text("You're next in line.")
    expect(ana.head).to_contain_text("You're next")
    expect(ben.head).to_contain_text("You're number 2 in line")
    expect(sam.waiting.first).to_contain_text(ana.name)
    expect(sam.row_of(ana)).to_contain_text("rep's connection lost")
    sam.claims(ana)
    sam.sees("I'm with you in a moment.")
