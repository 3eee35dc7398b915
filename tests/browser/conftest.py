"""A real Chromium, and the whole of Baton, for the tests that two people play in two browsers."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, Playwright, expect, sync_playwright

from deploy.setup import alone
from handoff.settings import DEMO_PASSWORD
from tests.browser.books import Books
from tests.browser.cast import Cast
from tests.browser.chromium import NoChromium, find_chromium, flags
from tests.browser.people import PATIENCE_MS, Rep
from tests.desk import Desk
from tests.whole import Baton, running

expect.set_options(timeout=PATIENCE_MS)


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    """Playwright, started once."""
    with sync_playwright() as started:
        yield started


@pytest.fixture(scope="session")
def browser(playwright: Playwright) -> Iterator[Browser]:
    """A Chromium without a window; each person gets a context of it. The run fails where none can be had."""
    try:
        with alone():  # two runs at once would install it twice, and the second be refused
            path = find_chromium(playwright)
    except NoChromium as missing:
        pytest.fail(str(missing), pytrace=False)
    chromium = playwright.chromium.launch(executable_path=path, args=flags())
    yield chromium
    chromium.close()


@pytest.fixture(scope="session")
def baton(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Baton]:
    """The whole of Baton, started once; tests write faster than people, so the limit on haste is out of the way."""
    with running(tmp_path_factory.mktemp("baton"), BATON_LIMIT_MESSAGES_PER_10_SECONDS="1000") as started:
        yield started


@pytest.fixture(scope="session")
def books(baton: Baton) -> Books:
    """What the databases say, beside what the screens say."""
    return Books(baton)


@pytest.fixture(scope="session")
def signed_in() -> dict[str, Any]:
    """The cookies of reps who have signed in."""
    return {}


AtDesk = Callable[[str], Page]


@pytest.fixture
def at_desk(browser: Browser, desk: Desk) -> Iterator[AtDesk]:
    """Opens the console of one of the demo's people at a desk without bot and shop: `at_desk("ruth")` is its page."""
    contexts = []

    def sits_down(name: str) -> Page:
        contexts.append(browser.new_context(reduced_motion="reduce", viewport={"width": 1280, "height": 860}))
        page = contexts[-1].new_page()
        Rep(name, DEMO_PASSWORD, page, desk.address).signs_in()
        expect(page.get_by_text(re.compile("needs? you, "))).to_be_visible()
        return page

    yield sits_down
    for context in contexts:
        context.close()


@pytest.fixture
def cast(browser: Browser, baton: Baton, books: Books, signed_in: dict[str, Any]) -> Iterator[Cast]:
    """People for one test. Nothing may have gone wrong in their browsers that they weren't told of."""
    people = Cast(browser, baton, books, signed_in)
    yield people
    people.go_home()
    assert people.complaints == []
