"""Ana sends a picture of her broken parcel, Ruth sees it and answers with one."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Frame, Locator, expect

from tests import hostile_files as hostile
from tests.browser.axe import barriers
from tests.browser.people import Customer, Rep
from tests.browser.small_shop import SmallShop, small_shop


@pytest.fixture
def shop(browser: Browser, tmp_path: Path) -> Iterator[SmallShop]:
    with small_shop(browser, tmp_path) as open_shop:
        open_shop.page("/", f"<h1>Shop</h1>{open_shop.script()}")
        yield open_shop
    assert open_shop.complaints == []


def is_seen(picture: Locator) -> None:
    """The browser has the picture's pixels."""
    expect(picture).to_be_visible()
    picture.evaluate("img => img.decode()")
    assert picture.evaluate("img => img.naturalWidth") > 1


def together(shop: SmallShop) -> tuple[Customer, Rep]:
    """Ana in the chat, and Ruth who helps her."""
    ana = shop.visitor()
    ana.opens_the_chat()
    ana.asks_for_a_person()
    ruth = shop.rep()
    ruth.page.get_by_role("button", name="Claim").first.click()
    expect(ana.head).to_contain_text("Ruth")
    return ana, ruth


def test_ana_shows_her_broken_parcel_and_ruth_answers_with_a_picture(shop: SmallShop, tmp_path: Path) -> None:
    box, label = tmp_path / "broken box.jpg", tmp_path / "label.png"
    box.write_bytes(hostile.picture("JPEG", (900, 600), "#a4301f"))
    label.write_bytes(hostile.picture("PNG", (300, 500), "#14524a"))
    ana, ruth = together(shop)
    ana.chat.locator("input[type=file]").set_input_files(box)
    is_seen(ana.chat.get_by_alt_text("Picture: broken box.jpg"))
    is_seen(ruth.page.get_by_alt_text("Picture: broken box.jpg"))
    expect(ana.said.filter(has_text="Read")).to_have_count(1)

    ruth.page.locator("input[type=file]").set_input_files(label)
    is_seen(ana.chat.get_by_alt_text("Picture: label.png"))
    expect(ruth.said.filter(has_text="Read")).to_have_count(1)
    assert barriers(ana.page) == []
    assert barriers(ruth.page) == []

    ana.chat.get_by_role("button", name="Enlarge the picture label.png").click()
    large = ana.chat.get_by_role("dialog", name="Picture: label.png")
    is_seen(large.get_by_role("img"))
    assert barriers(ana.page) == []
    ana.page.keyboard.press("Escape")
    expect(large).to_have_count(0)
    expect(ana.box).to_be_visible()


WITH_FILE = """([bytes, name, event, where]) => {
    const data = new DataTransfer();
    data.items.add(new File([new Uint8Array(bytes)], name, { type: "image/png" }));
    const init = { bubbles: true, cancelable: true };
    const pasted = new ClipboardEvent("paste", { ...init, clipboardData: data });
    const made = event === "paste" ? pasted : new DragEvent(event, { ...init, dataTransfer: data });
    return !document.querySelector(where).dispatchEvent(made);
}"""


def hands_over(frame: Frame, name: str, event: str, where: str) -> None:
    """Paste or drop a picture; the page must have taken it, or the browser would leave for it."""
    assert frame.evaluate(WITH_FILE, [list(hostile.picture()), name, event, where]) is True


def test_pictures_can_be_pasted_and_dropped_on_both_sides(shop: SmallShop) -> None:
    ana, ruth = together(shop)
    frame = ana.page.frames[1]
    hands_over(frame, "pasted.png", "paste", "#message")
    hands_over(frame, "held.png", "dragover", "main")
    expect(ana.chat.get_by_text("Drop the files here")).to_be_visible()
    hands_over(frame, "dropped.png", "drop", "main")
    for name in ("pasted.png", "dropped.png"):
        is_seen(ruth.page.get_by_alt_text(f"Picture: {name}"))
    hands_over(ruth.page.main_frame, "ruths paste.png", "paste", "#reply")
    hands_over(ruth.page.main_frame, "ruths drop.png", "drop", "main")
    for name in ("ruths paste.png", "ruths drop.png"):
        is_seen(ana.chat.get_by_alt_text(f"Picture: {name}"))


def test_a_picture_that_cant_get_through_is_kept_until_its_sent_again_or_given_up(
    shop: SmallShop, tmp_path: Path
) -> None:
    box = tmp_path / "box.png"
    box.write_bytes(hostile.picture())
    ana, _ = together(shop)
    ana.page.route("**/files", lambda route: route.abort())
    ana.chat.locator("input[type=file]").set_input_files(box)
    failed = ana.said.filter(has_text="Not sent. The connection failed.")
    expect(failed).to_have_count(1)
    ana.page.unroute("**/files")
    failed.get_by_role("button", name="Try again").click()
    is_seen(ana.chat.get_by_alt_text("Picture: box.png"))
    expect(failed).to_have_count(0)

    ana.page.route("**/files", lambda _: None)  # neither answered nor refused
    ana.chat.locator("input[type=file]").set_input_files(box)
    expect(ana.chat.get_by_role("progressbar", name="Sending box.png")).to_be_visible()
    ana.presses("Cancel")
    expect(ana.chat.get_by_role("progressbar")).to_have_count(0)
    expect(ana.chat.get_by_alt_text("Picture: box.png")).to_have_count(1)


def test_ana_sees_ruths_face(shop: SmallShop, tmp_path: Path) -> None:
    face = tmp_path / "face.jpg"
    face.write_bytes(hostile.picture("JPEG", (400, 300)))
    ruth = shop.rep()
    ruth.page.get_by_role("link", name="You", exact=True).click()
    ruth.page.locator("input[type=file]").set_input_files(face)
    is_seen(ruth.page.get_by_alt_text("Picture of Ruth"))
    assert barriers(ruth.page) == []
    ruth.page.get_by_role("link", name="Chats").click()
    ana = shop.visitor()
    ana.opens_the_chat()
    ana.asks_for_a_person()
    ruth.page.get_by_role("button", name="Claim").first.click()
    expect(ana.head).to_contain_text("Ruth")
    is_seen(ana.chat.locator("img.face"))
