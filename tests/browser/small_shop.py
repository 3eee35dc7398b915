"""A shop of a few pages on an origin of its own, beside a real desk with a scripted bot."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from playwright.sync_api import Browser, Page

from handoff.settings import DEMO_PASSWORD
from tests.browser.books import Shopper
from tests.browser.cast import REQUEST_FAILED
from tests.browser.people import Customer, Rep
from tests.desk import Desk, running_desk


@dataclass
class SmallShop:
    """The desk, the shop's address, and its pages: HTML and its Content-Security-Policy by path."""

    desk: Desk
    address: str
    browser: Browser
    pages: dict[str, tuple[str, str]] = field(default_factory=dict)
    complaints: list[str] = field(default_factory=list)

    def page(self, path: str, body: str, policy: str = "", head: str = "") -> None:
        """Put a page up."""
        html = (
            f"<!doctype html><html lang='en'><meta charset='utf-8'><title>Shop</title>{head}<body>{body}</body></html>"
        )
        self.pages[path] = (html, policy)

    def script(self, **attributes: str) -> str:
        """The desk's script tag, as a shop writes it; `data_color` is `data-color`."""
        words = " ".join(f'{name.replace("_", "-")}="{value}"' for name, value in attributes.items())
        return f'<script src="{self.desk.address}/widget.js" {words} async></script>'

    def visitor(self, path: str = "/", **context: object) -> Customer:
        """Somebody at one of the pages."""
        page = self._page(**context)
        page.goto(self.address + path)
        return Customer(page, self.address, Shopper("C-1001", "Ana", "ana@example.com", "", "", ""))

    def rep(self, name: str = "ruth", **context: object) -> Rep:
        """Somebody at the console, signed in."""
        rep = Rep(name, DEMO_PASSWORD, self._page(**context), self.desk.address)
        rep.signs_in()
        return rep

    def _page(self, **context: object) -> Page:
        page = self.browser.new_context(**context).new_page()  # type: ignore[arg-type]
        page.on("console", lambda said: self._note(said.type, said.text))
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        return page

    def _note(self, kind: str, text: str) -> None:
        if kind == "error" and REQUEST_FAILED not in text:
            self.complaints.append(text)


@contextmanager
def small_shop(browser: Browser, folder: Path) -> Iterator[SmallShop]:
    """Both started, and stopped afterwards; every browser is closed."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), BaseHTTPRequestHandler)
    address = f"http://127.0.0.1:{server.server_port}"
    with running_desk(folder, shop_origins=(address,)) as desk:
        shop = SmallShop(desk, address, browser)
        server.RequestHandlerClass = serving(shop)
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        try:
            yield shop
        finally:
            for context in browser.contexts:
                context.close()
            server.shutdown()
            thread.join()
            server.server_close()


def serving(shop: SmallShop) -> type[BaseHTTPRequestHandler]:
    """Answers with the shop's pages; every unknown address is the single-page app, if there is one."""

    class Answer(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            html, policy = shop.pages.get(self.path) or shop.pages.get("*") or ("", "")
            self.send_response(200 if html else 404)
            self.send_header("content-type", "text/html; charset=utf-8")
            if policy:
                self.send_header("content-security-policy", policy)
            self.end_headers()
            self.wfile.write(html.encode())

        def log_message(self, *_: object) -> None:
            pass

    return Answer
