"""The people of the browser tests: customers on the shop's page with the chat, and reps at the console."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from playwright.sync_api import BrowserContext, FrameLocator, Locator, Page, expect

from tests.browser.books import Shopper

CHAT = 'iframe[title="Chat with the shop"]'
PATIENCE_MS = 15_000


@dataclass
class Customer:
    """Somebody on the shop's page. What they see of the chat is in `chat`, the frame."""

    page: Page
    shop: str
    shopper: Shopper

    @property
    def name(self) -> str:
        """The customer's name."""
        return self.shopper.name

    @property
    def context(self) -> BrowserContext:
        """The customer's browser."""
        return self.page.context

    @property
    def chat(self) -> FrameLocator:
        """The chat's frame on the page."""
        return self.page.frame_locator(CHAT)

    @property
    def said(self) -> Locator:
        """All lines of the chat, in order, those on their way at the end."""
        return self.chat.get_by_role("log", name="Messages").get_by_role("listitem")

    @property
    def box(self) -> Locator:
        """Where the customer writes."""
        return self.chat.get_by_role("textbox", name="Message")

    @property
    def head(self) -> Locator:
        """Who is helping, or the place in line."""
        return self.chat.get_by_role("status").filter(has=self.page.get_by_role("heading", level=1))

    def signs_in(self) -> None:
        """Be this person on the shop, by its own page."""
        self.page.goto(f"{self.shop}/sign-in")
        self.page.get_by_role("button", name=self.name).click()
        expect(self.page.get_by_role("heading", name="My orders")).to_be_visible()

    def signs_out(self) -> None:
        """Leave the shop by its own button."""
        self.page.get_by_role("button", name="Sign out").click()
        expect(self.page.get_by_role("link", name="Sign in")).to_be_visible()

    def visits(self, path: str = "/") -> None:
        """Go to a page of the shop."""
        self.page.goto(f"{self.shop}{path}")

    def looks_at_order(self, number: str) -> None:
        """From the list of orders to one of them."""
        self.page.get_by_role("link", name="My orders").first.click()
        self.page.get_by_role("link", name=f"Order {number}").click()
        expect(self.page.get_by_role("heading", name=f"Order {number}", exact=True)).to_be_visible()

    def chats_about_this_order(self) -> None:
        """Press the order page's button."""
        self.page.get_by_role("button", name="Chat about this order").click()
        expect(self.box).to_be_visible(timeout=PATIENCE_MS)

    def opens_the_chat(self) -> None:
        """Press the launcher in the corner."""
        self.page.get_by_role("button", name="Chat with us").click()
        expect(self.chat.get_by_role("main")).to_be_visible(timeout=PATIENCE_MS)

    def says(self, text: str) -> None:
        """Write and press Enter."""
        self.box.fill(text)
        self.box.press("Enter")

    def asks(self, text: str) -> str:
        """Say something and wait for what comes back; the whole answer, its lines joined."""
        before = self.said.count()
        self.says(text)
        return self.hears_after(before)

    def hears_after(self, before: int) -> str:
        """What was said by others after the first `before` lines, once the bot has finished."""
        self.said.nth(before + 1).wait_for(timeout=PATIENCE_MS)
        expect(self.chat.get_by_text("The bot is working on it")).to_have_count(0, timeout=PATIENCE_MS)
        return "\n".join(self.said.all_inner_texts()[before + 1 :])

    def sees(self, text: str | re.Pattern[str], times: int = 1) -> None:
        """The text stands in so many lines of the chat, not in more."""
        with showing(self.said):
            expect(self.said.filter(has_text=text)).to_have_count(times, timeout=PATIENCE_MS)

    def has_sent_all(self) -> None:
        """Nothing is on its way any more, and nothing has failed."""
        for state in ("Sending", "Not sent"):
            expect(self.said.filter(has_text=state)).to_have_count(0, timeout=PATIENCE_MS)

    def presses(self, button: str) -> None:
        """Press a button in the chat, the newest of that name."""
        self.chat.get_by_role("button", name=button, exact=True).and_(self.chat.locator(":enabled")).last.click()

    def asks_for_a_person(self) -> None:
        """Press the head's button and see the line."""
        self.chat.get_by_role("button", name="Talk to a person").first.click()
        expect(self.head).to_contain_text("In line for a person", timeout=PATIENCE_MS)

    def session(self) -> str | None:
        """The session that the chat's frame keeps in this browser; None if it keeps none."""
        for origin in self.context.storage_state()["origins"]:
            for item in origin["localStorage"]:
                if item["name"] == "baton.widget.session":
                    return str(json.loads(item["value"])["session"])
        return None


@dataclass
class Rep:
    """Somebody at the console."""

    name: str
    password: str
    page: Page
    desk: str

    @property
    def said(self) -> Locator:
        """All lines of the open conversation."""
        return self.page.get_by_role("log", name="Conversation").get_by_role("listitem")

    @property
    def waiting(self) -> Locator:
        """The rows of those who wait, the first in line first."""
        return self.page.get_by_role("region", name="Waiting").get_by_role("listitem")

    @property
    def mine(self) -> Locator:
        """The rows of the chats that this rep holds."""
        return self.page.get_by_role("region", name="My chats").get_by_role("listitem")

    @property
    def details(self) -> Locator:
        """What is known about the customer and the order."""
        return self.page.get_by_role("complementary", name="Details")

    @property
    def order_card(self) -> Locator:
        """What the shop knows about the order."""
        return self.details.locator("section").filter(has=self.page.get_by_role("heading", name="Order", exact=True))

    @property
    def box(self) -> Locator:
        """Where the rep writes."""
        return self.page.get_by_role("textbox", name="Reply")

    def signs_in(self) -> None:
        """Sign in at the console."""
        self.page.goto(f"{self.desk}/console/")
        self.page.get_by_label("Name").fill(self.name.lower())
        self.page.get_by_label("Password").fill(self.password)
        self.page.get_by_role("button", name="Sign in").click()
        self.is_at_the_desk()

    def comes_back(self) -> None:
        """Open the console in a browser that is signed in."""
        self.page.goto(f"{self.desk}/console/")
        self.is_at_the_desk()

    def is_at_the_desk(self) -> None:
        """The console is connected."""
        expect(self.page.get_by_text("Connected", exact=True)).to_be_visible(timeout=PATIENCE_MS)

    def row_of(self, customer: Customer) -> Locator:
        """The customer's row among those who wait."""
        return self.waiting.filter(has_text=customer.name)

    def opens(self, customer: Customer) -> None:
        """Read a waiting conversation without claiming it."""
        self.row_of(customer).locator("button.row").click()
        expect(self.page.get_by_role("heading", level=1)).to_contain_text(customer.name)

    def claims(self, customer: Customer) -> None:
        """Claim from the list, and have the conversation."""
        self.row_of(customer).get_by_role("button", name="Claim").click(timeout=PATIENCE_MS)
        expect(self.mine.filter(has_text=customer.name)).to_be_visible()
        expect(self.box).to_be_visible()

    def types(self, text: str) -> None:
        """Type without sending."""
        self.box.press_sequentially(text)

    def replies(self, text: str) -> None:
        """Write and press Enter; it's on the record."""
        self.box.fill(text)
        self.box.press("Enter")
        expect(self.said.filter(has_text=text)).to_have_count(1)
        expect(self.said.filter(has_text="Sending")).to_have_count(0)

    def sees(self, text: str | re.Pattern[str], times: int = 1) -> None:
        """The text stands in so many lines of the conversation."""
        with showing(self.said):
            expect(self.said.filter(has_text=text)).to_have_count(times, timeout=PATIENCE_MS)

    def closes(self, topic: str, cause: str) -> None:
        """Close the open conversation with a topic and a cause."""
        self.page.get_by_role("button", name="Close", exact=True).click()
        dialog = self.page.get_by_role("dialog", name="Close this conversation")
        dialog.get_by_label("What was it about?").select_option(topic)
        dialog.get_by_label("What caused it?").fill(cause)
        dialog.get_by_role("button", name="Close conversation").click()
        expect(dialog).to_have_count(0)


@contextmanager
def showing(lines: Locator) -> Iterator[None]:
    """What is expected of these lines; a failure tells what they said."""
    try:
        yield
    except AssertionError as failure:
        failure.add_note("What stood there:\n" + "\n".join(lines.all_inner_texts()))
        raise
