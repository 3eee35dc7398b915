"""Lena reads the figures when there are none, few and many, and what those wrote who said no, in a browser."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Browser, Page, expect
from sqlalchemy import select

from handoff import closing, rep_queue
from handoff.presence import seen
from handoff.schema import history
from handoff.settings import DEMO_PASSWORD
from handoff.storage import Transaction
from tests.browser.axe import barriers
from tests.browser.line import writes
from tests.browser.people import PATIENCE_MS
from tests.browser.pictures import keep_picture
from tests.desk import Desk, running_desk

LOOKS = {
    "1280": {"viewport": {"width": 1280, "height": 860}},
    "820": {"viewport": {"width": 820, "height": 1100}},
    "phone in the dark": {"viewport": {"width": 390, "height": 844}, "color_scheme": "dark"},
}
WIDE = "document.documentElement.scrollWidth > document.documentElement.clientWidth"
ENDS = [
    (
        "late_delivery",
        "Carrier was late",
        False,
        "It was promised for Monday. It's Friday, and nobody knows where it is.",
    ),
    ("late_delivery", "Carrier was late", True, None),
    ("late_delivery", "the van broke down on a very long road far from anywhere", None, None),
    ("refund_status", "Refund took long", False, "Still no money."),
    ("billing_question", "Charge text unclear", True, "Thank you!"),
]


@pytest.fixture(scope="module")
def few(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """A desk at which five chats have closed, and Ruth has answered a message that Bob left."""
    with running_desk(tmp_path_factory.mktemp("few")) as desk:
        days_work(desk, 1)
        bob, ruth = desk.ana("C-1002", name="Bob"), desk.rep("ruth")
        talk = bob.waits()
        left = bob.http.post(f"/api/conversations/{talk}/leave-message", json={"text": "Please write."})
        assert left.status_code == 200
        ruth.does("claim", talk)
        assert ruth.replies(talk, "Here I am.").status_code == 201
        yield desk


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """A desk at which 155 chats have closed."""
    with running_desk(tmp_path_factory.mktemp("many")) as desk:
        days_work(desk, 31)
        yield desk


@contextmanager
def figures_of(browser: Browser, desk: Desk, look: str) -> Iterator[Page]:
    """Lena's page of figures."""
    context = browser.new_context(reduced_motion="reduce", **LOOKS[look])  # type: ignore[arg-type]
    page = context.new_page()
    page.goto(f"{desk.address}/console/#figures")
    page.get_by_label("Name").fill("lena")
    page.get_by_label("Password").fill(DEMO_PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_text("Conversations that closed since")).to_be_visible()
    yield page
    context.close()


def looks_well(page: Page, name: str) -> None:
    """Nobody is kept out, and nothing must be scrolled sideways but tables in their frames."""
    keep_picture(page, name)
    assert barriers(page) == []
    assert not page.evaluate(WIDE)


def days_work(desk: Desk, times: int) -> None:
    """Each of the ends so many times, held by Ruth."""
    ruth = desk.rep_account("ruth")

    def help_one(tx: Transaction, topic: str, cause: str, solved: bool | None, words: str | None) -> None:
        seen(tx, [ruth.id])
        ana, talk = writes(tx, "Ana", "Where is my parcel?")
        rep_queue.ask_for_person(tx, ana, talk)
        rep_queue.claim(tx, ruth, talk)
        closing.close_by_rep(tx, ruth, talk, topic, cause)
        if solved is not None:
            closing.vote(tx, ana, talk, solved, words)

    for end in ENDS * times:
        desk.do(help_one, *end)


@pytest.mark.parametrize("look", LOOKS)
def test_lena_reads_that_there_is_nothing_yet(browser: Browser, desk: Desk, look: str) -> None:
    with figures_of(browser, desk, look) as page:
        expect(page.get_by_text("No conversation has closed in this time, so there are no votes yet.")).to_be_visible()
        expect(page.get_by_text("No closed chat fits that.")).to_be_visible()
        assert "of 0" not in page.inner_text("main")
        looks_well(page, f"nothing, {look}")


@pytest.mark.parametrize("look", LOOKS)
def test_lena_reads_few_and_opens_what_somebody_wrote(browser: Browser, few: Desk, look: str) -> None:
    with figures_of(browser, few, look) as page:
        expect(page.get_by_text("2 of 4 votes were “no”.")).to_be_visible()
        expect(page.get_by_role("row", name="Messages left")).to_contain_text("100 %")
        page.get_by_text("The other words").click()
        looks_well(page, f"few, {look}")
        wrote = page.locator("section").filter(has=page.get_by_role("heading", name="What those who said no wrote"))
        expect(wrote.get_by_role("listitem")).to_have_count(2)
        wrote.get_by_role("button", name="Read the chat of Ana").first.click()
        dialog = page.get_by_role("dialog")
        expect(dialog.get_by_text("Where is my parcel?")).to_be_visible()
        looks_well(page, f"reading, {look}")
        page.keyboard.press("Escape")
        expect(wrote.get_by_role("button", name="Read the chat of Ana").first).to_be_focused()
    looks = select(history.c.who_id).where(history.c.kind == "viewed")
    assert few.do(lambda tx: tx.db.execute(looks).scalars().all()) == [few.rep_account("lena").id]


@pytest.mark.parametrize("look", LOOKS)
def test_lena_reads_many_and_finds_the_chats_of_a_cause(browser: Browser, many: Desk, look: str) -> None:
    with figures_of(browser, many, look) as page:
        expect(page.get_by_text("62 of 124 votes were “no”.")).to_be_visible()
        looks_well(page, f"many, {look}")
        chats = page.locator("section").filter(has=page.get_by_role("heading", name="Closed chats"))
        expect(chats.get_by_role("row")).to_have_count(1 + 25)
        page.get_by_role("button", name="Show the 62 closed with: Carrier was late").click()
        expect(chats.get_by_label("Cause")).to_have_value("Carrier was late")
        for shown in (50, 62):
            chats.get_by_role("button", name="Show older chats").click()
            expect(chats.get_by_role("row")).to_have_count(1 + shown, timeout=PATIENCE_MS)
        expect(chats.get_by_role("button", name="Show older chats")).to_have_count(0)
        chats.get_by_label("Solved?").select_option("none")
        expect(chats.get_by_text("No closed chat fits that.")).to_be_visible()
