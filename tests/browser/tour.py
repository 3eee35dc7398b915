"""`python -m tests.browser.screenshot`: play a scene on a Baton of its own and keep it as docs/screenshot.png.

The shop's page with the chat stands on the left, the rep's console beside it; both are what people saw at that moment.
"""

from __future__ import annotations

import base64
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Browser, expect, sync_playwright

from deploy.places import ROOT
from tests.browser.books import Books
from tests.browser.cast import Cast
from tests.browser.chromium import find_chromium, flags
from tests.whole import running

PICTURE = ROOT / "docs" / "screenshot.png"
MOST_BYTES = 400_000
HEIGHT, SHOP_WIDTH, CONSOLE_WIDTH, GAP = 800, 620, 1160, 24
SCALE = 1400 / (SHOP_WIDTH + CONSOLE_WIDTH + 3 * GAP)
STAGE = f"margin:0; padding:{GAP}px; display:flex; gap:{GAP}px; background:#d9dfda; width:max-content"
SHEET = f"display:block; height:{HEIGHT}px; border-radius:10px; box-shadow:0 2px 18px #0003"


def main() -> int:
    """Take the picture; 0 if it's small enough for the README."""
    with (
        tempfile.TemporaryDirectory(prefix="baton-") as folder,
        running(Path(folder), hands=3) as baton,
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(executable_path=find_chromium(playwright), args=flags())
        cast = Cast(browser, baton, Books(baton), {})
        PICTURE.write_bytes(side_by_side(browser, *scene(cast)))
        cast.go_home()
    size = PICTURE.stat().st_size
    print(f"{PICTURE}: {size / 1000:.0f} kB")
    return 0 if size < MOST_BYTES else 1


def scene(cast: Cast) -> tuple[bytes, bytes]:
    """Ana's page and Ruth's console, in the middle of helping."""
    ana, ben = cast.visitor(cast.books.shopper_named("Ana Lindqvist"), viewport=size(SHOP_WIDTH)), cast.ana()
    ruth = cast.rep("Ruth", viewport=size(CONSOLE_WIDTH))
    ana.signs_in()
    ana.looks_at_order(ana.shopper.number)
    ana.chats_about_this_order()
    ana.asks("where's my package?")
    ana.presses("No")
    ana.sees("Would you like to talk to a person?")
    ana.presses("Yes, a person please")
    expect(ana.head).to_contain_text("In line for a person")
    ana.says("It's a birthday present for tomorrow. Can it still come in time?")
    ben.visits()
    ben.opens_the_chat()
    ben.asks("I'd like to return a lamp")
    ben.asks_for_a_person()
    ruth.claims(ana)
    ruth.replies("Hello Ana, I'm sorry about this. I've asked the depot to hand it to a courier tonight.")
    ana.sees("hand it to a courier tonight")
    ruth.types("You'll have it by noon")
    expect(ana.chat.get_by_text("Ruth is typing")).to_be_attached()
    return ana.page.screenshot(), ruth.page.screenshot()


def size(width: int) -> dict[str, int]:
    """A window of that width, as high as the picture."""
    return {"width": width, "height": HEIGHT}


def side_by_side(browser: Browser, *pages: bytes) -> bytes:
    """One picture of all, about 1,400 pixels wide."""
    encoded = [base64.b64encode(page).decode() for page in pages]
    sheets = "".join(f'<img style="{SHEET}" src="data:image/png;base64,{png}">' for png in encoded)
    stage = browser.new_page(viewport={"width": 2000, "height": HEIGHT + 2 * GAP}, device_scale_factor=SCALE)
    stage.set_content(f'<body style="{STAGE}">{sheets}</body>')
    picture = stage.locator("body").screenshot()
    stage.close()
    return picture


if __name__ == "__main__":
    sys.exit(main())
