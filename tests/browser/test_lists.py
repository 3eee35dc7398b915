"""Ruth's lists beside a long line: her own chats and what is due stay in sight, whatever she does."""

from __future__ import annotations

from collections.abc import Iterable

import pytest
from playwright.sync_api import Locator, Page, expect
from sqlalchemy import delete, insert, select, update

from handoff import rep_queue, schema
from handoff.schema import conversation
from handoff.schema_centre import rep_skill, skill
from handoff.storage import Transaction, insert_into
from handoff.waits import IN_LINE
from tests.browser.axe import barriers
from tests.browser.conftest import AtDesk
from tests.browser.line import writes
from tests.desk import Desk

OWN = ("Ana", "Ben", "Cleo", "Dora")
LINE = [f"Visitor {number}" for number in range(1, 61)]


def wait(tx: Transaction, names: Iterable[str]) -> list[str]:
    """People of these names come to wait for a person; their conversations."""
    return [_waits(tx, name) for name in names]


def _waits(tx: Transaction, name: str) -> str:
    who, talk = writes(tx, name, "My parcel is late.")
    rep_queue.ask_for_person(tx, who, talk)
    return talk


@pytest.fixture(scope="module")
def busy(desk: Desk) -> Desk:
    """Ruth holds four chats, an answer is due, and 60 people wait."""
    own, [promised] = desk.do(wait, OWN), desk.do(wait, ["Emil"])
    for start in range(0, len(LINE), 10):
        desk.do(wait, LINE[start : start + 10])
    ruth = desk.rep("ruth")
    for chat in (*own, promised):
        assert ruth.does("claim", chat).status_code == 200
    assert ruth.does("answer-later", promised, next_step="Ask the depot.").status_code == 200
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


def test_the_end_of_the_line_can_be_reached(busy: Desk, at_desk: AtDesk) -> None:
    sam = at_desk("sam")
    expect(rows(sam, "Waiting")).to_have_count(50)
    sam.get_by_role("button", name="Show more (10 below)").click()
    expect(rows(sam, "Waiting")).to_have_count(len(LINE))
    expect(sam.get_by_role("button", name="Show more")).to_have_count(0)
    rows(sam, "Waiting").last.click()
    expect(rows(sam, "Waiting").last).to_be_in_viewport(ratio=1)


def test_sams_own_subjects_come_first_from_anywhere_in_the_line(busy: Desk, at_desk: AtDesk) -> None:
    sam = busy.rep_account("sam")

    def needs_coins(tx: Transaction) -> None:
        last = select(conversation.c.id).where(conversation.c.state == "waiting").order_by(*IN_LINE)
        ids = tx.db.execute(last).scalars().all()
        tx.db.execute(update(conversation).where(conversation.c.id == ids[-1]).values(skill="coins", language="es"))
        tx.db.execute(delete(rep_skill).where(rep_skill.c.rep_id == sam.id))
        known = insert_into(tx, skill).values([{"name": name, "title": name} for name in ("coins", "lang_es")])
        tx.db.execute(known.on_conflict_do_nothing())
        tx.db.execute(
            insert(rep_skill), [{"rep_id": sam.id, "skill": name, "level": 3} for name in ("coins", "lang_es")]
        )

    busy.do(needs_coins)
    page = at_desk("sam")
    first = rows(page, "Waiting").first
    expect(first.locator(".need")).to_have_count(0)
    page.get_by_label("My subjects first").check()
    expect(first.locator(".need")).to_have_text(["Spanish", "Coins"])
    expect(page.get_by_text("Other subjects")).to_be_visible()
    assert barriers(page) == []
    page.reload()
    expect(first.locator(".need")).to_have_text(["Spanish", "Coins"])
    page.get_by_label("My subjects first").uncheck()
    expect(first.locator(".need")).to_have_count(0)


def test_what_is_passed_to_sam_is_his_for_a_minute_in_everybodys_eyes(busy: Desk, at_desk: AtDesk) -> None:
    ruth = busy.rep("ruth")
    sam, lena = at_desk("sam"), at_desk("lena")
    [chat] = busy.do(wait, ["Nora"])
    assert ruth.does("claim", chat).status_code == 200
    assert ruth.does("transfer", chat, to={"rep": busy.rep_account("sam").id}).status_code == 200
    for page, badge in ((sam, "for you"), (lena, "for Sam")):
        if page.get_by_role("button", name="Show more").count():
            page.get_by_role("button", name="Show more").click()
        row = rows(page, "Waiting").filter(has_text="Nora")
        expect(row.locator(".need")).to_have_text([badge])
    rows(lena, "Waiting").filter(has_text="Nora").click()
    expect(lena.get_by_text("It should go to Sam first")).to_be_visible()
    expect(lena.get_by_role("main").get_by_role("button", name="Claim")).to_be_visible()


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
