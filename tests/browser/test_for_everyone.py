"""By keyboard, on a phone, in the dark, and with axe looking: the chat and the console are for everyone."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.axe import barriers
from tests.browser.cast import Cast

PHONE = {"width": 390, "height": 844}


@pytest.fixture(params=["light", "dark"])
def seeing(request: pytest.FixtureRequest) -> dict[str, Any]:
    """How somebody's browser shows pages. Without motion no colour is caught halfway between two others."""
    return {"color_scheme": request.param, "reduced_motion": "reduce"}


def test_axe_finds_no_grave_barrier_before_anybody_has_signed_in(cast: Cast, seeing: dict[str, Any]) -> None:
    ana = cast.visitor(**seeing)
    ana.visits()
    assert barriers(ana.page) == []
    ana.visits("/sign-in")
    assert barriers(ana.page) == []
    ana.page.goto(f"{cast.baton.desk}/console/")
    expect(ana.page.get_by_role("heading", name="Sign in")).to_be_visible()
    assert barriers(ana.page) == []


def test_axe_finds_no_grave_barrier_while_ana_is_helped(cast: Cast, seeing: dict[str, Any]) -> None:
    ana, ruth = cast.ana(**seeing), cast.rep("Ruth", **seeing)
    found = {"nobody waits": barriers(ruth.page)}
    ana.visits("/orders")
    ana.looks_at_order(ana.shopper.number)
    found["order"] = barriers(ana.page)
    ana.chats_about_this_order()
    ana.asks("where's my package?")
    found["chat with the bot"] = barriers(ana.page)
    ana.asks_for_a_person()
    found["waiting"] = barriers(ana.page)
    ruth.opens(ana)
    found["queue"] = barriers(ruth.page)
    ruth.claims(ana)
    ruth.replies("Hello, I'm looking into it.")
    ana.sees("Hello, I'm looking into it.")
    found["chat with Ruth"] = barriers(ana.page)
    expect(ruth.order_card).to_contain_text(ana.shopper.number)
    found["held"] = barriers(ruth.page)
    ruth.page.get_by_role("button", name="Close", exact=True).click()
    found["closing"] = barriers(ruth.page)
    ruth.page.keyboard.press("Escape")
    ruth.closes("late_delivery", "Carrier was late")
    ana.presses("No, it isn't")
    expect(ana.chat.get_by_text("You can change your answer")).to_be_visible()
    found["closed"] = barriers(ana.page) + barriers(ruth.page)
    assert {place: those for place, those in found.items() if those} == {}


def test_ana_does_it_all_without_a_mouse(cast: Cast) -> None:
    ana = cast.ana()
    ana.visits(f"/orders/{ana.shopper.number}")
    keys = ana.page.keyboard
    tab_to(ana.page, "Chat about this order")
    keys.press("Enter")
    expect(ana.box).to_be_focused()
    keys.type("where's my package?")
    keys.press("Enter")
    ana.sees(f"order {ana.shopper.number} is late")
    expect(ana.box).to_be_focused()
    ana.sees("Did that solve it?")
    tab_to(ana.page, "No", back=True)
    keys.press("Enter")
    ana.sees("Would you like to talk to a person?")
    tab_to(ana.page, "Yes, a person please", back=True)
    keys.press("Enter")
    expect(ana.head).to_contain_text("In line for a person")
    tab_to(ana.page, "Stop waiting", back=True)
    keys.press("Enter")
    expect(ana.head).to_contain_text("A bot, not a person")
    keys.press("Escape")
    expect(ana.page.get_by_role("button", name="Chat with us")).to_be_focused()


def test_ruth_does_it_all_without_a_mouse(cast: Cast) -> None:
    ana, ruth = cast.ana(), cast.rep("Ruth")
    ana.visits()
    ana.opens_the_chat()
    ana.asks_for_a_person()
    ana.says("My parcel hasn't come")
    expect(ruth.row_of(ana)).to_contain_text("My parcel hasn't come")
    keys = ruth.page.keyboard
    keys.press("j")
    expect(ruth.row_of(ana).locator("button.row")).to_be_focused()
    keys.press("Enter")
    expect(ruth.box).to_be_focused()
    keys.type("Hello from the keyboard")
    keys.press("Enter")
    ana.sees("Hello from the keyboard")
    tab_to(ruth.page, "Close", back=True)
    keys.press("Enter")
    expect(ruth.page.get_by_label("What was it about?")).to_be_focused()
    keys.type("Late")
    keys.press("Tab")
    keys.type("Carrier was late")
    keys.press("Enter")
    expect(ruth.page.get_by_text("Closed. The customer hasn't said yet whether it's solved.")).to_be_visible()
    ana.sees("Did we solve your problem?")


def test_on_a_phone_the_chat_fills_the_screen_and_nothing_is_cut_off(cast: Cast) -> None:
    ana = cast.ana(viewport=PHONE, has_touch=True, is_mobile=True)
    ana.visits(f"/orders/{ana.shopper.number}")
    assert not wider_than_the_screen(ana.page)
    ana.chats_about_this_order()
    frame = ana.page.locator('iframe[title="Chat with the shop"]').bounding_box()
    assert frame == {"x": 0, "y": 0, **PHONE}
    ana.asks("where's my package?")
    for step in ("Talk to a person", "End chat", "Close the chat window", "Send"):
        expect(ana.chat.get_by_role("button", name=step).first).to_be_in_viewport(ratio=1)
    assert not wider_than_the_screen(ana.page)
    ana.chat.get_by_role("button", name="Close the chat window").tap()
    expect(ana.page.get_by_role("button", name="Chat with us")).to_be_visible()


def test_on_a_phone_ruth_goes_from_the_lists_to_the_chat_and_back(cast: Cast) -> None:
    ana, ruth = cast.ana(), cast.rep("Ruth", viewport=PHONE, has_touch=True, is_mobile=True)
    ana.visits()
    ana.opens_the_chat()
    ana.asks_for_a_person()
    ruth.row_of(ana).get_by_role("button", name="Claim").tap()
    expect(ruth.box).to_be_in_viewport(ratio=1)
    room = ruth.page.get_by_role("heading", name=ana.name).bounding_box()
    assert room
    assert room["width"] > PHONE["width"] / 2
    ruth.replies("Hello from my phone")
    ana.sees("Hello from my phone")
    assert not wider_than_the_screen(ruth.page)
    ruth.page.get_by_role("button", name="About the customer and the order").tap()
    expect(ruth.details).to_be_in_viewport()
    ruth.page.get_by_role("button", name="Back to the lists").tap()
    expect(ruth.mine.filter(has_text=ana.name)).to_be_in_viewport()


def tab_to(page: Page, name: str, *, back: bool = False, most: int = 40) -> None:
    """Press Tab (or Shift+Tab) until the keyboard is at the button of this name; its ring can be seen."""
    for _ in range(most):
        page.keyboard.press("Shift+Tab" if back else "Tab")
        if _focused(page) == name:
            return
    raise AssertionError(f"No way by keyboard to {name!r}.")


def _focused(page: Page) -> str:
    for frame in page.frames:
        active = "document.activeElement"
        name = frame.evaluate(f"document.hasFocus() && ({active}?.ariaLabel ?? {active}?.textContent ?? '').trim()")
        if name and not frame.child_frames:
            return str(name)
        if name and frame.evaluate("document.activeElement?.localName") in ("button", "a"):
            return str(name)
    return ""


def wider_than_the_screen(page: Page) -> bool:
    """Whether a page or frame must be scrolled sideways."""
    wide = "document.documentElement.scrollWidth > document.documentElement.clientWidth"
    return any(frame.evaluate(wide) for frame in page.frames)
