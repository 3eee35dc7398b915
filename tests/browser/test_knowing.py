"""What Ruth knows: what Ana asked before, what she needn't ask, what helped others, who else looks, what Ana types."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect
from sqlalchemy import select

from handoff.schema import history
from handoff.settings import DEMO_PASSWORD
from tests.browser.axe import barriers
from tests.browser.cast import Cast
from tests.desk import Customer, Desk, running_desk

NARROW = {"viewport": {"width": 390, "height": 844}, "color_scheme": "dark"}


@pytest.fixture
def counter(tmp_path: Path) -> Iterator[Desk]:
    """A desk of this test's own, with a scripted bot."""
    (tmp_path / "desk").mkdir()
    with running_desk(tmp_path / "desk") as desk:
        yield desk


def console(browser: Browser, desk: Desk, name: str, **more: object) -> Page:
    page = browser.new_context(**{"reduced_motion": "reduce", **more}).new_page()  # type: ignore[arg-type]
    page.goto(f"{desk.address}/console/")
    page.get_by_label("Name").fill(name)
    page.get_by_label("Password").fill(DEMO_PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_text("Connected", exact=True)).to_be_attached()
    return page


def helped_before(desk: Desk) -> Customer:
    """Ana, whom Sam has helped once, and who said that it was solved."""
    ana, sam = desk.ana("C-1001"), desk.rep("sam")
    talk = ana.waits()
    sam.does("claim", talk)
    ana.says(talk, "Does the reading lamp come with a bulb?")
    sam.replies(talk, "Yes, a bulb is in the box. You only need to screw it in.")
    sam.does("close", talk, topic="device_help", cause="Page unclear")
    assert ana.http.put(f"/api/conversations/{talk}/vote", json={"solved": True}).status_code == 200
    return ana


@pytest.mark.parametrize("look", [{}, NARROW], ids=["wide", "narrow and dark"])
def test_ruth_reads_what_ana_asked_before(browser: Browser, counter: Desk, look: dict[str, object]) -> None:
    ana, ruth = helped_before(counter), counter.rep("ruth")
    ruth.does("claim", ana.waits())
    page = console(browser, counter, "ruth", **look)
    if look:
        page.get_by_role("button", name="About the customer and the order").click()
    page.get_by_role("button", name="Sam helped · solved").click()
    expect(page.get_by_text("Yes, a bulb is in the box.")).to_be_visible()
    assert barriers(page) == []
    page.get_by_role("button", name="Back to the details").click()
    expect(page.get_by_role("button", name="Sam helped · solved")).to_be_focused()
    assert barriers(page) == []
    looks = select(history.c.who_id).where(history.c.kind == "looked_back")
    assert counter.do(lambda tx: tx.db.execute(looks).scalars().all()) == [ruth.rep["id"]]
    page.context.close()


def test_she_is_offered_what_helped_and_told_what_she_neednt_ask(browser: Browser, counter: Desk) -> None:
    helped_before(counter)
    bob, ruth = counter.ana("C-1002", name="Bob"), counter.rep("ruth")
    talk = bob.waits()
    ruth.does("claim", talk)
    counter.call(counter.parts.suggesting.learn())
    bob.says(talk, "Does the reading lamp come with a bulb?")
    page = console(browser, counter, "ruth")
    box = page.get_by_role("textbox", name="Reply")
    expect(page.get_by_role("region", name="Suggested replies")).to_contain_text("Yes, a bulb is in the box.")
    assert barriers(page) == []
    box.press("Alt+s")
    expect(box).to_have_value(re.compile("^Yes, a bulb is in the box"))
    box.fill("May I have your name?")
    expect(page.get_by_text("The shop knows the name: Bob")).to_be_visible()
    assert barriers(page) == []
    box.press("Enter")
    expect(page.get_by_role("log").get_by_text("May I have your name?")).to_be_visible()
    expect(page.get_by_role("region", name="Suggested replies")).to_have_count(0)
    page.context.close()


def test_two_reps_who_open_the_same_waiting_chat_see_each_other(browser: Browser, counter: Desk) -> None:
    counter.ana("C-1001").waits()
    ruths, sams = console(browser, counter, "ruth"), console(browser, counter, "sam")
    for page in (ruths, sams):
        page.get_by_role("region", name="Waiting").locator("button.row").click()
    expect(ruths.get_by_text("Sam is looking too")).to_be_visible()
    expect(sams.get_by_text("Ruth is looking too")).to_be_visible()
    assert barriers(ruths) == []
    sams.context.close()
    expect(ruths.get_by_text("is looking too")).to_have_count(0)
    ruths.context.close()


def test_ana_is_told_that_ruth_sees_what_she_types_and_ruth_does(cast: Cast) -> None:
    ada = cast.rep("Ada")
    ada.page.get_by_role("link", name="Admin").click()
    ada.page.get_by_role("tab", name="Settings").click()
    switch = ada.page.get_by_label("Show reps what a customer types before it's sent.")
    switch.click()
    expect(switch).to_be_checked()
    ana, ruth = cast.ana(), cast.rep("Ruth")
    ana.visits()
    ana.opens_the_chat()
    ana.asks("where's my package?")
    ana.asks_for_a_person()
    expect(ana.chat.get_by_text("sees what you type")).to_have_count(0)
    ruth.claims(ana)
    expect(ana.chat.get_by_text("Ruth sees what you type before you send it.")).to_be_visible()
    ana.box.press_sequentially("And when will it")
    expect(ruth.page.get_by_label("Not sent yet")).to_contain_text("And when will it")
    assert barriers(ruth.page) == []
    ana.box.press("Enter")
    ruth.sees("And when will it")
    expect(ruth.page.get_by_label("Not sent yet")).to_have_count(0)
    switch.click()
    expect(switch).not_to_be_checked()
    expect(ana.chat.get_by_text("sees what you type")).to_have_count(0)
