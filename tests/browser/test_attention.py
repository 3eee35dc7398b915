"""What calls Ruth when she looks elsewhere: sound, the tab's title, notifications; and the line above what is new."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect

from handoff.settings import DEMO_PASSWORD
from tests.browser.axe import barriers
from tests.desk import Customer, Desk, eventually

NEW = "New since you last looked"
# Chromium without a window shows no notifications and plays no sound: what it was told to is counted.
COUNTING = """
window.shown = [];
window.Notification = class {
  static permission = "granted";
  static requestPermission = async () => "granted";
  constructor(title, options) { Object.assign(this, {title, body: options.body}); window.shown.push(this); }
  close() {}
};
window.tones = 0;
const start = AudioScheduledSourceNode.prototype.start;
AudioScheduledSourceNode.prototype.start = function (...when) { window.tones += 1; return start.apply(this, when); };
"""


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    """A browser in which notifications are allowed."""
    opened = browser.new_context(permissions=["notifications"], reduced_motion="reduce")
    opened.add_init_script(COUNTING)
    yield opened
    opened.close()


@pytest.fixture
def chats(desk: Desk) -> Iterator[dict[str, tuple[Customer, str]]]:
    """Ana and Ben, with the chats that Ruth holds; closed afterwards."""
    people = {name: desk.ana(f"C-{name}", name=name) for name in ("Ana", "Ben")}
    held = {name: (person, person.waits()) for name, person in people.items()}
    ruth = desk.rep("ruth")
    for _, chat in held.values():
        assert ruth.does("claim", chat).status_code == 200
    yield held
    for _, chat in held.values():
        ruth.does("close", chat, topic="late_delivery", cause="carrier lost it")


def test_ruth_is_called_to_ana_and_sees_what_is_new(
    desk: Desk, context: BrowserContext, chats: dict[str, tuple[Customer, str]]
) -> None:
    ana, chat = chats["Ana"]
    page = signed_in(context.new_page(), desk, "ruth")
    opens(page, "Ana")
    opens(page, "Ben")
    ana.says(chat, "Are you still there?")
    expect(page).to_have_title("(1) Baton console")
    eventually(lambda: tones(page) == 2)
    turn_on_notifications_and_the_sound_off(page)
    ana.says(chat, "My card is lost")
    eventually(lambda: page.evaluate("shown.length") == 1)
    assert page.evaluate("[shown[0].title, shown[0].body, tones]") == ["Ana has written", "", 2]
    page.evaluate("shown[0].onclick()")
    expect(heading(page)).to_contain_text("Ana")
    expect(page).to_have_title("Baton console")
    lines = page.get_by_role("log", name="Conversation").get_by_role("listitem")
    expect(lines.filter(has_text=NEW)).to_have_count(1)
    texts = lines.all_inner_texts()
    assert "Are you still there?" in texts[texts.index(NEW) + 1]
    assert barriers(page) == []
    page.get_by_role("textbox", name="Reply").fill("Hello Ana")
    page.get_by_role("textbox", name="Reply").press("Enter")
    expect(lines.filter(has_text=NEW)).to_have_count(0)
    page.reload()
    is_connected(page)  # before that no key is heard
    open_alerts(page)
    expect(page.get_by_label("Sound")).not_to_be_checked()


def test_of_ruths_two_tabs_the_one_that_she_used_last_rings(
    desk: Desk, context: BrowserContext, chats: dict[str, tuple[Customer, str]]
) -> None:
    ana, chat = chats["Ana"]
    first = signed_in(context.new_page(), desk, "ruth")
    second = context.new_page()
    second.goto(f"{desk.address}/console/")
    is_connected(second)
    for page in (first, second):
        opens(page, "Ben")
    ana.says(chat, "Hello")
    eventually(lambda: tones(first) + tones(second) == 2)
    before = tones(first), tones(second)
    ana.says(chat, "Hello again")
    eventually(lambda: tones(second) == before[1] + 2)
    assert tones(first) == before[0]


def test_ruth_sees_in_the_tabs_title_that_a_promised_answer_is_due(desk: Desk, context: BrowserContext) -> None:
    cleo, ruth = desk.ana("C-Cleo", name="Cleo"), desk.rep("ruth")
    chat = cleo.waits()
    ruth.does("claim", chat)
    page = signed_in(context.new_page(), desk, "ruth")
    opens(page, "Cleo")
    expect(page).to_have_title("Baton console")
    assert ruth.does("answer-later", chat, next_step="Ask the depot.").status_code == 200
    expect(page).to_have_title("(1) Baton console")
    cleo.http.post(f"/api/conversations/{chat}/close", json={})
    expect(page).to_have_title("Baton console")


def test_lena_sees_at_once_who_has_come(desk: Desk, context: BrowserContext) -> None:
    page = signed_in(context.new_page(), desk, "lena")
    page.get_by_role("link", name="Centre").click()
    expect(page.get_by_role("heading", name="Skills")).to_be_visible()
    cleo = desk.ana("C-Cleo", name="Cleo")
    chat = cleo.waits()
    expect(page.get_by_role("row").get_by_role("button", name="Cleo")).to_be_visible()
    cleo.http.post(f"/api/conversations/{chat}/close", json={})
    expect(page.get_by_role("row").get_by_role("button", name="Cleo")).to_have_count(0)


def signed_in(page: Page, desk: Desk, name: str) -> Page:
    page.goto(f"{desk.address}/console/")
    page.get_by_label("Name").fill(name)
    page.get_by_label("Password").fill(DEMO_PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    is_connected(page)
    return page


def is_connected(page: Page) -> None:
    expect(page.get_by_text("Connected", exact=True)).to_be_visible()


def tones(page: Page) -> int:
    """How many notes the page has played; an alert has two."""
    return int(page.evaluate("tones"))


def heading(page: Page) -> Locator:
    return page.get_by_role("heading", level=1)


def opens(page: Page, name: str) -> None:
    """Click a chat of Ruth's and have it."""
    page.get_by_role("region", name="My chats").locator("button.row").filter(has_text=name).click()
    expect(heading(page)).to_contain_text(name)
    expect(page.get_by_role("log", name="Conversation")).to_contain_text("My parcel is late.")


def open_alerts(page: Page) -> Locator:
    page.keyboard.press("Control+k")
    page.get_by_role("combobox").fill("alerts")
    page.keyboard.press("Enter")
    dialog = page.get_by_role("dialog", name="Alerts")
    expect(dialog).to_be_visible()
    return dialog


def turn_on_notifications_and_the_sound_off(page: Page) -> None:
    dialog = open_alerts(page)
    assert barriers(page) == []
    dialog.get_by_label("Sound").uncheck()
    dialog.get_by_label("Notification on the desktop").check()
    expect(dialog.get_by_label("Show the customer")).not_to_be_checked()
    assert barriers(page) == []
    dialog.get_by_role("button", name="Done").click()
