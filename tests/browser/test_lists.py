"""Ruth's lists beside a long line: her own chats and what is due stay in sight, whatever she does."""

from __future__ import annotations

from collections.abc import Iterable

import pytest
from playwright.sync_api import Locator, Page, expect
from sqlalchemy import insert, update

from handoff import conversations, messages, rep_queue, schema
from handoff.ids import new_id
from handoff.people import Customer
from handoff.storage import Transaction
from tests.browser.axe import barriers
from tests.browser.conftest import AtDesk
from tests.desk import Desk, new_client_id

OWN = ("Ana", "Ben", "Cleo", "Dora")
LINE = [f"Visitor {number}" for number in range(1, 61)]


def wait(tx: Transaction, names: Iterable[str]) -> list[str]:
    """People of these names come to wait for a person; their conversations."""
    return [_waits(tx, name) for name in names]


def _waits(tx: Transaction, name: str) -> str:
    who = Customer(id=new_id(), sub=None, name=name)
    tx.db.execute(insert(schema.customer).values(id=who.id, name=name, created_at=tx.now))
    talk = conversations.open_conversation(tx, who).id
    messages.send(tx, who, talk, new_client_id(), "My parcel is late.")
    rep_queue.ask_for_person(tx, who, talk)
    return talk


@pytest.fixture(scope="module")
def busy(desk: Desk) -> Desk:
    """Ruth holds four chats, an answer is due, and 60 people wait."""
    ruth = desk.rep("ruth")
    own, [promised] = desk.do(wait, OWN), desk.do(wait, ["Emil"])
    for chat in (*own, promised):
        assert ruth.does("claim", chat).status_code == 200
    assert ruth.does("answer-later", promised, next_step="Ask the depot.").status_code == 200
    for start in range(0, len(LINE), 10):
        desk.do(wait, LINE[start : start + 10])
    return desk


def rows(page: Page, name: str) -> Locator:
    return page.get_by_role("region", name=name).locator("button.row")


def test_her_own_chats_and_what_is_due_are_in_sight_and_so_is_the_first_in_line(busy: Desk, at_desk: AtDesk) -> None:
    ruth = at_desk("ruth")
    for row in (*rows(ruth, "My chats").all(), rows(ruth, "Due").first, rows(ruth, "Waiting").first):
        expect(row).to_be_in_viewport(ratio=1)
    assert rows(ruth, "My chats").count() == len(OWN)
    expect(ruth.get_by_role("region", name="My chats")).to_contain_text("3 unread")
    assert barriers(ruth) == []


def test_alt_and_a_number_bring_her_back_to_her_chat_from_far_down_the_line(busy: Desk, at_desk: AtDesk) -> None:
    ruth = at_desk("ruth")
    far = rows(ruth, "Waiting").nth(40)
    far.click()
    expect(far).to_be_in_viewport(ratio=1)
    for number in range(1, 5):
        ruth.keyboard.press(f"Alt+{number}")
        expect(rows(ruth, "My chats").nth(number - 1)).to_have_attribute("aria-current", "true")
        expect(rows(ruth, "My chats").nth(number - 1)).to_be_in_viewport(ratio=1)
    expect(far).to_be_in_viewport(ratio=1)


def test_j_goes_down_the_screen(busy: Desk, at_desk: AtDesk) -> None:
    ruth = at_desk("ruth")
    rows(ruth, "My chats").first.focus()
    before = 0.0
    for _ in range(len(OWN) + 1):
        ruth.keyboard.press("j")
        focused = ruth.locator("button.row:focus")
        expect(focused).to_be_in_viewport(ratio=1)
        place = focused.bounding_box()
        assert place
        assert place["y"] > before
        before = place["y"]


def test_nobody_is_offered_a_button_that_would_be_refused(busy: Desk, at_desk: AtDesk) -> None:
    busy.do(lambda tx: tx.db.execute(update(schema.rep).where(schema.rep.c.name == "ruth").values(capacity=4)))
    ruth, sam = at_desk("ruth"), at_desk("sam")
    waiting = ruth.get_by_role("region", name="Waiting")
    expect(waiting).to_contain_text("Full: 4 of 4 need you. Answer or close one, then claim another.")
    expect(waiting.get_by_role("button", name="Claim")).to_have_count(0)
    assert barriers(ruth) == []
    expect(sam.get_by_role("region", name="Waiting").get_by_role("button", name="Claim").first).to_be_in_viewport()


@pytest.mark.parametrize("size", [(820, 860), (390, 844), (1280, 600)])
def test_in_a_small_window_a_row_of_each_list_is_in_sight(busy: Desk, at_desk: AtDesk, size: tuple[int, int]) -> None:
    ruth = at_desk("ruth")
    ruth.set_viewport_size({"width": size[0], "height": size[1]})
    if size[0] < 720:
        ruth.get_by_role("button", name="Back to the lists").click()
    for name in ("My chats", "Due", "Waiting"):
        expect(rows(ruth, name).first).to_be_in_viewport(ratio=1)
    assert ruth.evaluate("document.documentElement.scrollWidth <= innerWidth")
