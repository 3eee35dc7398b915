"""Ada sets a centre up and lets Ida in, who comes by her link, sets up her app and sees what a lead sees."""

from __future__ import annotations

from collections.abc import Iterator

import pyotp
import pytest
from playwright.sync_api import Browser, Page, expect

from handoff.settings import DEMO_PASSWORD
from tests.browser.axe import barriers
from tests.desk import Desk

PHONE_IN_THE_DARK = {"viewport": {"width": 390, "height": 844}, "color_scheme": "dark", "reduced_motion": "reduce"}


@pytest.fixture
def ada(browser: Browser, desk: Desk) -> Iterator[Page]:
    """Ada's console, on the page for admins."""
    context = browser.new_context(reduced_motion="reduce")
    page = context.new_page()
    page.goto(f"{desk.address}/console/")
    page.get_by_label("Name").fill("ada")
    page.get_by_label("Password").fill(DEMO_PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    page.get_by_role("link", name="Admin").click()
    yield page
    context.close()


def test_ada_sets_up_a_site_a_team_and_a_skill_and_gives_ruth_a_place(ada: Page) -> None:
    add(ada, "Skills", "Add a skill", {"What it's called": "Italian", "Name": "lang_it"})
    add(ada, "Teams", "Add a team", {"Name": "Nights"})
    add(ada, "Sites and hours", "Add a site", {"Name": "Leeds", "Monday": "09:00-12:30, 13:30-17:00"})
    add(ada, "Macros", "Add a macro", {"Name": "recall", "Title": "A lamp is recalled", "Text": "Thank you."})
    ada.get_by_role("tab", name="Reps").click()
    ada.get_by_role("button", name="Change Ruth").click()
    ada.get_by_label("Chats at once").fill("4")
    ada.get_by_label("Team").select_option(label="Nights")
    ada.get_by_label("Italian").select_option("3")
    assert barriers(ada) == []
    ada.get_by_role("button", name="Save").click()
    expect(ada.get_by_role("row", name="Ruth")).to_contain_text("Italian 3")
    assert barriers(ada) == []


def add(page: Page, tab: str, button: str, fields: dict[str, str]) -> None:
    page.get_by_role("tab", name=tab).click()
    page.get_by_role("button", name=button).click()
    dialog = page.get_by_role("dialog")
    for label, words in fields.items():
        dialog.get_by_label(label, exact=True).fill(words)
    dialog.get_by_role("button", name="Save").click()
    expect(dialog).to_have_count(0)
    expect(page.get_by_role("row", name=next(iter(fields.values())))).to_be_visible()


def test_ida_comes_by_her_link_and_signs_in_as_a_lead(ada: Page, browser: Browser) -> None:
    ada.get_by_role("tab", name="Invitations").click()
    ada.get_by_role("button", name="Invite somebody").click()
    ada.get_by_label("E-mail address").fill("ida@example.com")
    ada.get_by_label("Role").select_option("lead")
    ada.get_by_role("button", name="Make the link").click()
    link = ada.get_by_role("textbox", name="Link").input_value()
    ada.get_by_role("button", name="Done").click()
    ida = browser.new_context(**PHONE_IN_THE_DARK).new_page()
    ida.goto(link)
    ida.get_by_label("Name to sign in with").fill("ida")
    ida.get_by_label("Name that customers see").fill("Ida")
    ida.get_by_label("Password").fill("a long pass phrase")
    assert barriers(ida) == []
    ida.get_by_role("button", name="Make my account").click()
    key = ida.locator("code").inner_text().replace(" ", "")
    ida.get_by_label("Six digits").fill(pyotp.TOTP(key).now())
    ida.get_by_role("button", name="Sign in").click()
    ida.get_by_role("link", name="Admin").click()
    expect(ida.get_by_role("button", name="Change Sam")).to_be_visible()
    expect(ida.get_by_role("tab", name="Invitations")).to_have_count(0)
    assert barriers(ida) == []
    ida.context.close()
    eve = browser.new_context().new_page()
    eve.goto(link)
    expect(eve.get_by_text("This link was used already")).to_be_visible()
    eve.context.close()
