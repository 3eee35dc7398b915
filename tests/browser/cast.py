"""Who plays: gives each test people with browsers of their own, and sends them home afterwards."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Page, StorageState

from handoff.settings import DEMO_PASSWORD
from tests.browser.books import Books, Shopper
from tests.browser.people import Customer, Rep
from tests.browser.wire import Wire
from tests.whole import Baton

# What a browser says of a request that was answered by 404 or didn't get through: no fault of the page's.
REQUEST_FAILED = "Failed to load resource"
WEBSOCKET_FAILED = "WebSocket connection to"


@dataclass
class Cast:
    """The people of one test. `complaints` is what their browsers' consoles said that they shouldn't."""

    browser: Browser
    baton: Baton
    books: Books
    signed_in: dict[str, Any]
    complaints: list[str] = field(default_factory=list)
    _customers: list[Customer] = field(default_factory=list)
    _contexts: list[BrowserContext] = field(default_factory=list)
    _wires: list[Wire] = field(default_factory=list)

    def ana(self, shopper: Shopper | None = None, **browser: Any) -> Customer:
        """A customer with a late order, signed in to the shop; another one in each test."""
        ana = self.visitor(shopper, **browser)
        self.let_in(ana)
        return ana

    def visitor(self, shopper: Shopper | None = None, **browser: Any) -> Customer:
        """Somebody whom the shop doesn't know yet."""
        ana = Customer(self._page(**browser), self.baton.shop, shopper or self.books.shopper())
        self._customers.append(ana)
        return ana

    def let_in(self, ana: Customer) -> None:
        """Sign somebody in to the shop, as its sign-in page does for the few whom it offers."""
        name, value = self.books.sign_in_cookie(ana.shopper.customer_id)
        ana.context.add_cookies([{"name": name, "value": value, "url": self.baton.shop}])

    def second_tab_of(self, ana: Customer) -> Customer:
        """The same person in another tab of the same browser."""
        return Customer(self._watched(ana.context.new_page()), ana.shop, ana.shopper)

    def rep(self, name: str, **browser: Any) -> Rep:
        """A rep at the console, signed in; for later tests their browser remembers it."""
        rep = Rep(name, DEMO_PASSWORD, self._page(**browser), self.baton.desk)
        if name in self.signed_in:
            rep.page.context.add_cookies(self.signed_in[name])
            rep.comes_back()
        else:
            rep.signs_in()
            self.signed_in[name] = rep.page.context.cookies()
        return rep

    def close_browser_of(self, person: Customer | Rep) -> StorageState:
        """Close somebody's browser; what it would still know tomorrow."""
        kept = person.page.context.storage_state()
        self._customers = [customer for customer in self._customers if customer is not person]
        self._contexts.remove(person.page.context)
        person.page.context.close()
        return kept

    def wire(self) -> Wire:
        """A network for one person's browser: pass its `address` as `proxy`."""
        self._wires.append(Wire())
        return self._wires[-1]

    def go_home(self) -> None:
        """End the customers' chats, so that nobody waits in the next test's queue, and close all browsers."""
        for wire in self._wires:
            wire.mend()
        for customer in self._customers:
            self._end_chat(customer)
        for context in self._contexts:
            context.close()
        for wire in self._wires:
            wire.close()

    def _end_chat(self, customer: Customer) -> None:
        session = customer.session()
        if session is None:
            return
        ask, headers = customer.context.request, {"Authorization": f"Bearer {session}"}
        current = ask.get(f"{self.baton.desk}/api/conversations/current", headers=headers)
        if current.ok and current.json():
            closed = ask.post(
                f"{self.baton.desk}/api/conversations/{current.json()['id']}/close", headers=headers, data={}
            )
            assert closed.ok, closed.text()

    def _page(self, wire: Wire | None = None, **browser: Any) -> Page:
        proxy = {"server": wire.address} if wire else None
        context = self.browser.new_context(**{"viewport": {"width": 1280, "height": 860}, "proxy": proxy, **browser})
        self._contexts.append(context)
        return self._watched(context.new_page())

    def _watched(self, page: Page) -> Page:
        page.on("dialog", lambda dialog: (self.complaints.append(f"dialog: {dialog.message}"), dialog.dismiss()))
        page.on("pageerror", lambda error: self.complaints.append(f"error: {error}"))
        page.on("console", lambda line: self._note(line.type, line.text))
        return page

    def _note(self, kind: str, text: str) -> None:
        if kind in ("error", "warning") and not text.startswith((REQUEST_FAILED, WEBSOCKET_FAILED)):
            self.complaints.append(f"{kind}: {text}")
