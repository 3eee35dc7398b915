"""docs/install-the-widget.md, done: on plain and on strict pages, in a single-page app, in other clothes."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.axe import barriers
from tests.browser.people import CHAT, Customer
from tests.browser.small_shop import SmallShop, small_shop
from tests.desk import token_of_shop

GUIDE = Path("docs/install-the-widget.md").read_text()


@pytest.fixture
def shop(browser: Browser, tmp_path: Path) -> Iterator[SmallShop]:
    with small_shop(browser, tmp_path) as open_shop:
        yield open_shop
    assert open_shop.complaints == []


def talks_to_the_bot(ana: Customer) -> None:
    ana.opens_the_chat()
    ana.says("Hello there")
    ana.sees("echo: Hello there")


def test_on_a_plain_page(shop: SmallShop) -> None:
    shop.page("/", f"<h1>Shop</h1>{shop.script()}")
    talks_to_the_bot(shop.visitor())


def policies(shop: SmallShop) -> dict[str, tuple[str, str]]:
    """The policies of the guide, with this desk for its example, and the script tag that goes with each."""
    desk = "https://desk.example"
    written = [line for line in GUIDE.splitlines() if line.startswith("default-src ")]
    by_origin, by_nonce = (line.replace(desk, shop.desk.address) for line in written)
    return {"by origin": (by_origin, shop.script()), "by nonce": (by_nonce, shop.script(nonce="r4nd0m"))}


@pytest.mark.parametrize("kind", ["by origin", "by nonce"])
def test_on_a_page_with_a_strict_policy(shop: SmallShop, kind: str) -> None:
    policy, script = policies(shop)[kind]
    shop.page("/", f"<h1>Shop</h1>{script}", policy)
    talks_to_the_bot(shop.visitor())


def test_a_policy_that_lacks_the_frame_keeps_the_chat_out(shop: SmallShop) -> None:
    policy, script = policies(shop)["by origin"]
    shop.page("/", f"<h1>Shop</h1>{script}", policy.replace(f"frame-src {shop.desk.address}", "frame-src 'none'"))
    page = shop.visitor().page
    with page.expect_console_message(lambda said: "frame-src" in said.text):
        page.get_by_role("button", name="Chat with us").click()
    shop.complaints.clear()


def test_on_another_shops_page_the_frame_doesnt_open(shop: SmallShop) -> None:
    shop.page("/", f"<h1>Evil</h1>{shop.script()}")
    page = shop.visitor().page
    page.goto(shop.address.replace("127.0.0.1", "localhost"))
    with page.expect_console_message(lambda said: "frame-ancestors" in said.text):
        page.get_by_role("button", name="Chat with us").click()
    expect(page.frame_locator(CHAT).get_by_role("main")).to_have_count(0)
    shop.complaints.clear()


def test_in_a_single_page_app(shop: SmallShop) -> None:
    shop.page("*", f"<h1>Shop</h1>{shop.script()}")
    ana = shop.visitor("/")
    talks_to_the_bot(ana)

    app(ana.page, "history.pushState({}, '', '/orders'); document.querySelector('h1').textContent = 'Orders'")
    expect(ana.box).to_be_visible()
    ana.sees("echo: Hello there")

    app(ana.page, "Baton.identify(token)", token=token_of_shop("C-1001", name="Ana"))
    ana.sees("You're signed in as Ana from here on.")
    app(ana.page, "Baton.identify(token)", token=token_of_shop("C-2002", name="Ben"))
    ana.sees("Hello there", times=0)
    ana.says("I am Ben")
    ana.sees("echo: I am Ben")

    app(ana.page, "await Baton.logout()")
    expect(ana.chat.get_by_text("You've signed out of the shop")).to_be_attached()
    assert ana.session() is None

    app(ana.page, "Baton.remove()")
    expect(ana.page.get_by_role("button", name="Chat with us")).to_have_count(0)
    assert ana.page.evaluate("'Baton' in window") is False
    assert len(ana.page.frames) == 1
    app(ana.page, put_in(shop, token_of_shop("C-1001", name="Ana")))
    ana.opens_the_chat()
    ana.sees("Hello there", times=2)


def app(page: Page, does: str, token: str | None = None) -> None:
    """What the shop's own script does."""
    page.evaluate(f"async (token) => {{ {does} }}", token)


def put_in(shop: SmallShop, token: str) -> str:
    return (
        f"const tag = document.createElement('script'); tag.src = '{shop.desk.address}/widget.js'; "
        f"tag.dataset.identity = '{token}'; document.head.append(tag)"
    )


def test_in_other_clothes(shop: SmallShop) -> None:
    clothes = {
        "data-lang": "de",
        "data-theme": "dark",
        "data-color": "#c2185b",
        "data-position": "left",
        "data-label": "Fragen?",
    }
    tag = " ".join(f'{name}="{value}"' for name, value in clothes.items())
    shop.page("/", f"<h1>Shop</h1><script src='{shop.desk.address}/widget.js' {tag} async></script>")
    ana = shop.visitor()
    launcher = ana.page.get_by_role("button", name="Fragen?")
    assert (launcher.bounding_box() or {})["x"] < 100
    assert launcher.evaluate("button => getComputedStyle(button).backgroundColor") == "rgb(194, 24, 91)"
    launcher.click()
    chat = ana.page.frame_locator('iframe[title="Chat mit dem Shop"]')
    expect(chat.get_by_role("textbox", name="Nachricht")).to_be_visible()
    html = chat.locator("html")
    assert html.get_attribute("lang") == "de"
    assert html.evaluate("html => getComputedStyle(document.body).backgroundColor") == "rgb(18, 24, 22)"
    chat.get_by_role("textbox", name="Nachricht").fill("Hallo")
    chat.get_by_role("button", name="Senden").click()
    expect(chat.get_by_text("echo: Hallo", exact=True)).to_be_visible()
    assert barriers(ana.page) == []


def test_nonsense_in_the_tag_is_said_in_the_console_and_left_out(shop: SmallShop) -> None:
    shop.page("/", f"<h1>Shop</h1>{shop.script(data_color='blurple', data_theme='neon')}")
    warnings: list[str] = []
    ana = shop.visitor()
    ana.page.on("console", lambda said: warnings.append(said.text) if said.type == "warning" else None)
    ana.page.reload()
    talks_to_the_bot(ana)
    assert [words.split(" is ")[0] for words in warnings if words.startswith("Baton")] == [
        "Baton: data-theme",
        "Baton: data-color",
    ]


def test_two_tabs_are_in_step_when_she_reads_closes_and_votes(shop: SmallShop) -> None:
    shop.page("/", f"<h1>Shop</h1>{shop.script()}")
    ana = shop.visitor()
    talks_to_the_bot(ana)
    other = Customer(ana.context.new_page(), ana.shop, ana.shopper)
    other.visits("/")
    other.opens_the_chat()
    other.says("From the other tab")
    ana.sees("echo: From the other tab")
    ana.chat.get_by_role("button", name="End chat").click()
    expect(other.chat.get_by_role("heading", name="This chat is closed")).to_be_visible()
    other.presses("Yes, it's solved")
    voted = ana.chat.get_by_role("button", name="Yes, it's solved")
    expect(voted).to_have_attribute("aria-pressed", "true")
