"""Ana chats on a German page: the widget and the desk speak German to her, and Ruth reads it all in English."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, FrameLocator, Locator, expect

from handoff.presence import seen
from handoff.turns import Turn
from tests.browser.axe import barriers
from tests.browser.people import Customer
from tests.browser.pictures import keep_picture
from tests.browser.small_shop import SmallShop, small_shop
from tests.desk import token_of_shop
from tests.english import english_in
from tests.record import answer

CHAT = 'iframe[title="Chat mit dem Shop"]'
ON_A_TELEPHONE = {"width": 360, "height": 740}


@pytest.fixture
def shop(browser: Browser, tmp_path: Path) -> Iterator[SmallShop]:
    with small_shop(browser, tmp_path) as open_shop:
        token = token_of_shop("C-1001", name="Ana")
        open_shop.page("/", f"<h1>Shop</h1>{open_shop.script(data_lang='de', data_identity=token)}")
        yield open_shop
    assert open_shop.complaints == []


def reads_english_only(turn: Turn) -> object:
    """What the bot says to a German message."""
    event = {"event": "action", "name": "action_other_language"}
    understood = {"intent": "other_language", "language": "de"}
    return answer(turn, "I'm sorry, I only understand English.", events=[event], understood=understood)


def opened(ana: Customer) -> FrameLocator:
    ana.page.get_by_role("button", name="Mit uns chatten").click()
    chat = ana.page.frame_locator(CHAT)
    expect(chat.get_by_role("textbox", name="Nachricht")).to_be_visible()
    return chat


def lines(chat: FrameLocator) -> Locator:
    return chat.get_by_role("log", name="Nachrichten").get_by_role("listitem")


def no_english(chat: FrameLocator) -> None:
    assert english_in("\n".join(chat.locator("main").all_inner_texts())) == []


@pytest.mark.parametrize("size", [{"width": 1100, "height": 800}, ON_A_TELEPHONE], ids=["wide", "telephone"])
def test_ana_is_handed_over_helped_and_asked_in_german(shop: SmallShop, size: dict[str, int]) -> None:
    shop.desk.bot.script = reads_english_only  # type: ignore[assignment]
    shop.desk.do(seen, [shop.desk.rep_account("ruth").id])
    ana, ruth = shop.visitor(viewport=size, locale="de-DE"), shop.rep("ruth")
    step = f"german-{size['width']}"
    chat = opened(ana)
    expect(lines(chat).last).to_contain_text("aber leider nur auf Englisch")
    keep_picture(ana.page, f"{step}-1-greeting")
    chat.get_by_role("textbox", name="Nachricht").fill("Wo ist mein Paket?")
    chat.get_by_role("button", name="Senden").click()
    expect(lines(chat).last).to_contain_text("ich bin ein Bot und verstehe nur Englisch")
    keep_picture(ana.page, f"{step}-2-bot")
    lines(chat).last.get_by_role("button", name="Mit einem Menschen sprechen").click()
    expect(lines(chat).last).to_contain_text("Ich gebe Sie an einen Menschen weiter.")
    keep_picture(ana.page, f"{step}-3-line")
    assert barriers(ana.page) == []
    ruth.claims(ana)
    ruth.sees("I'm handing you to a person.")
    ruth.replies("Guten Tag, ich sehe nach.")
    expect(lines(chat).filter(has_text="ein Mensch aus unserem Team, hilft Ihnen jetzt")).to_have_count(1)
    expect(lines(chat).last).to_contain_text("ich sehe nach")
    keep_picture(ana.page, f"{step}-4-rep")
    keep_picture(ruth.page, f"{step}-5-console")
    ruth.closes("late_delivery", "Carrier lost it")
    expect(lines(chat).last).to_contain_text("Haben wir Ihr Anliegen gelöst?")
    chat.get_by_role("button", name="Nein, nicht gelöst").click()
    expect(chat.get_by_text("Möchten Sie uns mehr dazu sagen?")).to_be_visible()
    keep_picture(ana.page, f"{step}-6-closed")
    no_english(chat)


def test_what_anas_form_gets_wrong_is_said_in_german(shop: SmallShop) -> None:
    ana = shop.visitor(locale="de-DE")
    chat = opened(ana)
    chat.get_by_role("button", name="Mit einem Menschen sprechen").first.click()
    chat.get_by_role("button", name="Lieber angerufen werden").click()
    chat.get_by_label("Ihre Telefonnummer").fill("12")
    chat.get_by_role("button", name="Um den Anruf bitten").click()
    expect(chat.get_by_text("Geben Sie eine Telefonnummer mit 7 bis 15 Ziffern ein")).to_be_visible()
    keep_picture(ana.page, "german-call")
    no_english(chat)
