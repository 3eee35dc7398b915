"""A day in a rep's life: three chats by keyboard, a note for a colleague, a crash, and a lead who looks in."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Locator, Page, expect
from sqlalchemy import update

from handoff.ids import new_id
from handoff.schema import rep
from tests.browser.axe import barriers
from tests.browser.conftest import AtDesk
from tests.desk import Customer, Desk, eventually


@pytest.fixture
def three(desk: Desk) -> Iterator[list[tuple[Customer, str]]]:
    """Three people who wait, each with a word that is only theirs. They go home in the end."""
    desk.do(lambda tx: tx.db.execute(update(rep).values(site_id=None)))
    people = [desk.ana(f"C-{new_id()[:8]}") for _ in range(3)]
    chats = [(who, who.opens()) for who in people]
    for (who, chat), word in zip(chats, ("umbrella", "kettle", "lantern"), strict=True):
        who.says(chat, f"My {word} is late.")
        who.asks_for_person(chat)
    yield chats
    for who, chat in chats:
        who.http.post(f"/api/conversations/{chat}/close", json={})


def waiting(page: Page) -> Locator:
    return page.get_by_role("region", name="Waiting").get_by_role("listitem")


def mine(page: Page, word: str = "") -> Locator:
    return page.get_by_role("region", name="My chats").get_by_role("listitem").filter(has_text=word)


def said(page: Page) -> Locator:
    return page.get_by_role("log", name="Conversation").get_by_role("listitem")


def test_ruth_works_through_her_chats_by_keyboard(
    desk: Desk, at_desk: AtDesk, three: list[tuple[Customer, str]]
) -> None:
    ruth = at_desk("ruth")
    expect(waiting(ruth)).to_have_count(3)
    for word in ("umbrella", "kettle", "lantern"):
        ruth.keyboard.press("Escape")
        waiting(ruth).filter(has_text=word).locator("button.row").focus()
        ruth.keyboard.press("Enter")
        expect(mine(ruth, word)).to_have_count(1)
    expect(waiting(ruth)).to_have_count(0)

    ruth.keyboard.press("Alt+2")
    box = ruth.get_by_role("textbox", name="Reply")
    expect(said(ruth).filter(has_text="kettle")).to_be_visible()
    expect(box).to_be_focused()
    ruth.keyboard.type("Your kettle comes tomorrow.")
    ruth.keyboard.press("Enter")
    expect(said(ruth).filter(has_text="Your kettle comes tomorrow.")).to_be_visible()
    eventually(lambda: "Your kettle comes tomorrow." in three[1][0].sees(three[1][1]))

    ruth.keyboard.press("Alt+1")
    expect(said(ruth).filter(has_text="umbrella")).to_be_visible()
    ruth.keyboard.type("Half a sent")
    ruth.reload()
    expect(mine(ruth)).to_have_count(3)
    ruth.keyboard.press("Alt+1")
    expect(box).to_have_value("Half a sent")
    ruth.keyboard.press("ControlOrMeta+a")
    ruth.keyboard.type("It's on its way.")
    ruth.keyboard.press("Enter")
    expect(said(ruth).filter(has_text="It's on its way.")).to_be_visible()

    ruth.get_by_role("button", name="Close", exact=True).click()
    dialog = ruth.get_by_role("dialog", name="Close this conversation")
    dialog.get_by_label("What was it about?").select_option("late_delivery")
    assert barriers(ruth) == []
    dialog.get_by_label("What caused it?").fill("the carrier was late")
    dialog.get_by_role("button", name="Close conversation").click()
    expect(mine(ruth)).to_have_count(2)
    assert three[0][0].view(three[0][1])["can_vote"]


def test_a_long_story_scrolls_in_the_chat_and_never_the_page(
    desk: Desk, at_desk: AtDesk, three: list[tuple[Customer, str]]
) -> None:
    """What is only read out stands in the chat too, and must scroll with it."""
    ruth = at_desk("ruth")
    ruth.set_viewport_size({"width": 1024, "height": 700})
    (ana, chat), *_ = three
    waiting(ruth).filter(has_text="umbrella").get_by_role("button", name="Claim").click()
    for number in range(15):
        assert ana.says(chat, f"And then, as chapter {number} tells, it rained.").status_code == 201
    expect(said(ruth).filter(has_text="chapter 14")).to_be_visible()
    high, seen = ruth.evaluate("[document.documentElement.scrollHeight, innerHeight]")
    assert high == seen


def test_ruth_passes_one_to_sam_with_a_note(desk: Desk, at_desk: AtDesk, three: list[tuple[Customer, str]]) -> None:
    sam, ruth = at_desk("sam"), at_desk("ruth")
    claims(ruth, "umbrella")
    ruth.get_by_role("button", name="Pass on").click()
    dialog = ruth.get_by_role("dialog", name="Pass this chat on")
    dialog.get_by_label("Who should go on?").click()
    dialog.get_by_role("option").filter(has_text="Sam").click()
    dialog.get_by_label("Note for whoever comes next").fill("She has called twice already.")
    assert barriers(ruth) == []
    dialog.get_by_role("button", name="Pass on").click()
    expect(mine(ruth)).to_have_count(0)
    expect(waiting(sam).filter(has_text="umbrella")).to_contain_text("for you")
    claims(sam, "umbrella")
    expect(sam.get_by_text("She has called twice already.")).to_be_visible()
    expect(said(sam).filter(has_text="My umbrella is late.")).to_be_visible()


def test_lena_moves_two_chats_at_once_and_whispers_to_ruth(
    desk: Desk, at_desk: AtDesk, three: list[tuple[Customer, str]]
) -> None:
    ruth, lena = at_desk("ruth"), at_desk("lena")
    claims(ruth, "umbrella")
    lena.get_by_role("link", name="Centre").click()
    line = lena.get_by_role("region", name="Waiting").get_by_role("row")
    for word in ("kettle", "lantern"):
        line.filter(has_text=word).get_by_role("checkbox").check()
    moving = lena.get_by_role("form", name="Move chats")
    expect(moving).to_contain_text("2 chosen")
    moving.get_by_role("combobox").click()
    moving.get_by_role("option").filter(has_text="Ruth").click()
    moving.get_by_label("Note for reps").fill("Both are from the same street.")
    assert barriers(lena) == []
    moving.get_by_role("button", name="Move").click()
    expect(lena.get_by_text("2 moved.")).to_be_visible()
    expect(waiting(ruth).filter(has_text="for you")).to_have_count(2)

    held = lena.get_by_role("row").filter(has_text="Ruth").first
    held.get_by_role("button", name="Ana").first.click()
    expect(said(lena).filter(has_text=re.compile("^Ana.*My umbrella is late"))).to_be_visible()
    lena.get_by_role("button", name="Whisper").click()
    note = lena.get_by_role("dialog", name="Whisper to Ruth")
    note.get_by_role("textbox").fill("Offer her the refund.")
    note.get_by_role("button", name="Whisper").click()
    expect(ruth.get_by_text("Offer her the refund.")).to_be_visible()
    customer, chat = three[0]
    assert not any("refund" in line or "Lena" in line for line in customer.sees(chat))
    lena.get_by_role("button", name="Take over").click()
    expect(lena.get_by_role("textbox", name="Reply")).to_be_visible()
    expect(mine(ruth, "umbrella")).to_have_count(0)


def claims(page: Page, word: str) -> None:
    waiting(page).filter(has_text=word).get_by_role("button", name=re.compile("^Claim")).click()
    expect(mine(page, word)).to_have_count(1)
