"""`python -m tests.browser.tour [name…]`: play scenes on a Baton of its own and keep the pictures that docs show.

`docs/screenshot.png` has the shop's page beside the console, `docs/pictures/` each page by itself. Who works there and
who writes is invented; what the pages show is what people saw at that moment.
"""

from __future__ import annotations

import base64
import io
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page, expect, sync_playwright

from deploy.places import ROOT
from handoff.settings import DEMO_PASSWORD
from tests.browser.books import Books
from tests.browser.busy_centre import fill
from tests.browser.cast import Cast
from tests.browser.chromium import find_chromium, flags
from tests.browser.people import Customer, Rep
from tests.desk import Desk, running_desk
from tests.whole import running

DOCS = ROOT / "docs"
PICTURES = DOCS / "pictures"
COLOURS = 128
HEIGHT, SHOP_WIDTH, CONSOLE_WIDTH, GAP = 800, 620, 1160, 24
SCALE = 1400 / (SHOP_WIDTH + CONSOLE_WIDTH + 3 * GAP)
STAGE = f"margin:0; padding:{GAP}px; display:flex; gap:{GAP}px; background:#d9dfda; width:max-content"
SHEET = f"display:block; height:{HEIGHT}px; border-radius:10px; box-shadow:0 2px 18px #0003"
WIDE = {"viewport": {"width": 1280, "height": 860}, "reduced_motion": "reduce"}
PHONE = {"viewport": {"width": 390, "height": 760}, "reduced_motion": "reduce", "device_scale_factor": 1.5}


def main() -> int:
    """Take the pictures, all or those named; 0 when they're there."""
    wanted = sys.argv[1:]
    with sync_playwright() as playwright, tempfile.TemporaryDirectory(prefix="baton-") as folder:
        browser = playwright.chromium.launch(executable_path=find_chromium(playwright), args=flags())
        PICTURES.mkdir(exist_ok=True)
        for name, stage in STAGES.items():
            if not wanted or name in wanted:
                (Path(folder) / name).mkdir()
                stage(browser, Path(folder) / name)
    return 0


def at_the_shop(browser: Browser, folder: Path) -> None:
    """What Ana sees, and what Ruth does for her, on the whole of Baton."""
    with running(folder, hands=6) as baton:
        cast = Cast(browser, baton, Books(baton), {})
        ana = cast.visitor(cast.books.shopper_named("Ana Lindqvist"), viewport=size(SHOP_WIDTH))
        ruth = cast.rep("Ruth", viewport=size(CONSOLE_WIDTH))
        ana_asks(ana)
        others_ask(cast)
        ruth_helps(ruth, ana)
        keep(side_by_side(browser, ana.page.screenshot(), ruth.page.screenshot()), DOCS / "screenshot.png")
        ruth_has_five(ruth, ana)
        ana_says_whether_it_helped(ruth, ana)
        cast.go_home()


def ana_asks(ana: Customer) -> None:
    """She asks the bot about her order, then wants a person."""
    ana.signs_in()
    ana.looks_at_order(ana.shopper.number)
    ana.chats_about_this_order()
    ana.asks("where's my package?")
    picture(ana.page, "bot")
    ana.presses("No")
    ana.sees("Would you like to talk to a person?")
    ana.presses("Yes, a person please")
    expect(ana.head).to_contain_text("In line for a person")
    ana.says("It's a birthday present for tomorrow. Can it still come in time?")


def others_ask(cast: Cast) -> None:
    """Four more who wait, one of them on a phone in the dark."""
    for text in ("I was charged twice for one lamp", "I'd like to return a kettle", "my coins never showed up"):
        somebody = cast.ana()
        somebody.visits()
        somebody.opens_the_chat()
        somebody.asks(text)
        somebody.asks_for_a_person()
    ben = cast.ana(color_scheme="dark", **PHONE)
    ben.visits()
    ben.opens_the_chat()
    ben.asks("it says delivered but there's nothing here")
    ben.asks_for_a_person()
    picture(ben.page, "in-line")


def ruth_helps(ruth: Rep, ana: Customer) -> None:
    """She claims Ana's chat, answers, and is typing."""
    ruth.claims(ana)
    ruth.replies("Hello Ana, I'm sorry about this. I've asked the depot to hand it to a courier tonight.")
    ana.sees("hand it to a courier tonight")
    ruth.types("You'll have it by noon")
    expect(ana.chat.get_by_text("Ruth is typing")).to_be_attached()


def ruth_has_five(ruth: Rep, ana: Customer) -> None:
    """She takes all who wait; a macro, the palette, passing on."""
    ruth.page.set_viewport_size({"width": 1440, "height": 900})
    for number in range(2, 2 + ruth.waiting.count()):
        ruth.waiting.first.get_by_role("button", name="Claim").click()
        expect(ruth.mine).to_have_count(number)
    picture(ruth.page, "console")
    ruth.page.emulate_media(color_scheme="dark")
    ruth.types("/")
    picture(ruth.page, "macros")
    ruth.page.keyboard.press("Escape")
    ruth.box.fill("")
    ruth.page.emulate_media(color_scheme="light")
    ruth.page.get_by_role("button", name="Pass on").click()
    ruth.page.get_by_role("combobox", name="Who should go on?").click()
    picture(ruth.page, "pass-on")
    ruth.page.keyboard.press("Escape")
    ruth.page.keyboard.press("Escape")
    ruth.mine.filter(has_text=ana.name).locator("button.row").click()


def ana_says_whether_it_helped(ruth: Rep, ana: Customer) -> None:
    """Ruth closes, and Ana is asked."""
    ruth.replies("The courier has it. It's with you by noon tomorrow.")
    ruth.closes("late_delivery", "Carrier was late")
    ana.presses("Yes, it's solved")
    expect(ana.chat.get_by_label("Would you like to tell us more?")).to_be_visible()
    picture(ana.page, "vote")


def at_the_centre(browser: Browser, folder: Path) -> None:
    """What leads and admins see: a desk with a month behind it and a busy morning."""
    with running_desk(folder) as desk:
        fill(desk)
        lena = signed_in(browser, desk, "lena")
        lena.get_by_role("link", name="Centre").click()
        expect(lena.get_by_placeholder("Find by name, team or skill")).to_be_visible()
        picture(lena, "centre")
        lena.get_by_role("link", name="Figures").click()
        expect(lena.get_by_text("Conversations that closed since")).to_be_visible()
        picture(lena, "figures")
        ada = signed_in(browser, desk, "ada")
        ada.get_by_role("link", name="Admin").click()
        for tab, name in (("Reps", "reps"), ("Sites and hours", "sites"), ("Macros", "macros-page")):
            ada.get_by_role("tab", name=tab).click()
            picture(ada, name)


STAGES: dict[str, Callable[[Browser, Path], None]] = {"shop": at_the_shop, "centre": at_the_centre}


def signed_in(browser: Browser, desk: Desk, name: str) -> Page:
    """One of the demo's people at the console."""
    page = browser.new_context(**WIDE).new_page()  # type: ignore[arg-type]
    Rep(name, DEMO_PASSWORD, page, desk.address).signs_in()
    return page


def picture(page: Page, name: str) -> None:
    """What stands in the window, in docs/pictures."""
    keep(page.screenshot(animations="disabled"), PICTURES / f"{name}.png")


def keep(png: bytes, path: Path) -> None:
    """Keep a picture, in few colours so that it's small."""
    Image.open(io.BytesIO(png)).convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE).save(path, optimize=True)
    print(f"{path.relative_to(ROOT)}: {path.stat().st_size / 1000:.0f} kB", flush=True)


def size(width: int) -> dict[str, int]:
    """A window of that width, as high as the picture."""
    return {"width": width, "height": HEIGHT}


def side_by_side(browser: Browser, *pages: bytes) -> bytes:
    """One picture of all, about 1,400 pixels wide."""
    encoded = [base64.b64encode(page).decode() for page in pages]
    sheets = "".join(f'<img style="{SHEET}" src="data:image/png;base64,{png}">' for png in encoded)
    stage = browser.new_page(viewport={"width": 2000, "height": HEIGHT + 2 * GAP}, device_scale_factor=SCALE)
    stage.set_content(f'<body style="{STAGE}">{sheets}</body>')
    taken = stage.locator("body").screenshot()
    stage.close()
    return taken


if __name__ == "__main__":
    sys.exit(main())
