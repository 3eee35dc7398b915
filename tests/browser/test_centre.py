"""Lena looks at a full centre: 200 wait, 40 reps, promises. What matters is on top; nothing runs out of the page."""

from __future__ import annotations

from datetime import timedelta

import pytest
from playwright.sync_api import Locator, Page, expect
from sqlalchemy import insert, update

from handoff import messages, promises, rep_queue
from handoff.ids import new_id
from handoff.people import Customer, Rep
from handoff.schema import conversation, rep
from handoff.schema_centre import rep_skill, site
from handoff.skills import SKILLS
from handoff.storage import Transaction
from tests.browser.axe import barriers
from tests.browser.conftest import AtDesk
from tests.browser.line import writes
from tests.browser.pictures import keep_picture
from tests.desk import Desk

WAITING, REPS, PROMISED = 200, 40, 12
LONG = "Wolfeschlegelsteinhausenbergerdorff-Montgomery the Younger of Upper Kennewick"


@pytest.fixture(scope="module")
def crowd(desk: Desk) -> Desk:
    """A full centre, made in few transactions."""
    everybody = desk.do(_reps_come)
    desk.do(_reps_stay)
    for start in range(0, WAITING, 25):
        desk.do(_customers_wait, start, 25)
    desk.do(_some_are_held, everybody)
    desk.do(_some_are_promised)
    return desk


def _reps_come(tx: Transaction) -> list[Rep]:
    tx.db.execute(insert(site).values(id=new_id(), name="Leeds", time_zone="Europe/London", created_at=tx.now))
    found = []
    for number in range(REPS):
        name = LONG if number == 3 else f"Rep {number:02}"
        who = Rep(id=new_id(), name=f"rep{number}", display_name=name, role="rep")
        row = {"id": who.id, "name": who.name, "display_name": name, "role": "rep", "password_hash": "-"}
        tx.db.execute(insert(rep).values(row | {"created_at": tx.now, "capacity": 3}))
        for place, skill in enumerate(SKILLS):
            if (number + place) % 3 == 0:
                tx.db.execute(insert(rep_skill).values(rep_id=who.id, skill=skill, level=1 + number % 3))
        found.append(who)
    return found


def _reps_stay(tx: Transaction) -> None:
    """Nobody has their consoles open; the test may take its time."""
    theirs = rep.c.name.startswith("rep")
    tx.db.execute(update(rep).where(theirs).values(seen_at=tx.now + timedelta(days=1), site_id=None))


def _customers_wait(tx: Transaction, start: int, how_many: int) -> None:
    for number in range(start, start + how_many):
        name = LONG if number % 50 == 1 else f"Customer {number}"
        who, talk = writes(tx, name, "Where is my parcel? It should be here by now. " * 3, sub=f"C-{number}")
        rep_queue.ask_for_person(tx, who, talk)
        change = {"skill": [*SKILLS, None][number % 5], "topic": ["late_delivery", "refund_status", None][number % 3]}
        tx.db.execute(update(conversation).where(conversation.c.id == talk).values(**change))


def _ids(tx: Transaction) -> list[str]:
    waiting = conversation.select().where(conversation.c.state == "waiting").order_by(conversation.c.arrived_at)
    return [row.id for row in tx.db.execute(waiting)]


def _some_are_held(tx: Transaction, everybody: list[Rep]) -> None:
    waiting = iter(_ids(tx))
    for number, who in enumerate(everybody[:20]):
        for _ in range(1 + number % 3):
            rep_queue.claim(tx, who, next(waiting))
    answered = everybody[5]
    for row in tx.db.execute(conversation.select().where(conversation.c.owner_id == answered.id)).all():
        messages.reply(tx, answered, row.id, f"reply-{row.id}", "It comes tomorrow.")


def _some_are_promised(tx: Transaction) -> None:
    for place, talk in enumerate(_ids(tx)[:PROMISED]):
        row = tx.db.execute(conversation.select().where(conversation.c.id == talk)).one()
        promises.leave_message(tx, Customer(row.customer_id), talk, f"Please write to me, number {place}.")


@pytest.fixture
def lena(crowd: Desk, at_desk: AtDesk) -> Page:
    page = at_desk("lena")
    page.get_by_role("link", name="Centre").click()
    expect(page.get_by_role("region", name="Waiting")).to_be_visible()
    return page


def part(page: Page, name: str) -> Locator:
    return page.get_by_role("region", name=name)


@pytest.mark.parametrize(
    ("width", "scheme", "most_height"), [(1280, "light", 2600), (1280, "dark", 2600), (820, "light", 4200)]
)
def test_lena_sees_at_once_who_waits_and_who_works(lena: Page, width: int, scheme: str, most_height: int) -> None:
    lena.set_viewport_size({"width": width, "height": 860})
    lena.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    for words in ("Waiting", "At work", "Chats that need a rep", "Promises due", "Sites open"):
        expect(lena.locator("dt", has_text=words)).to_be_in_viewport()
    keep_picture(lena, f"centre-{width}-{scheme}")
    wide, high = lena.evaluate("[document.documentElement.scrollWidth, document.documentElement.scrollHeight]")
    assert wide <= width
    assert high <= most_height
    if width == 1280:
        expect(part(lena, "At work")).to_be_in_viewport()
    for frame in lena.locator(".table-frame").all():
        assert frame.evaluate("each => each.scrollWidth <= each.clientWidth"), "a table runs out of its frame"
    assert barriers(lena) == []


def test_lena_shows_all_who_wait_and_finds_somebody_among_forty(lena: Page) -> None:
    rows = part(lena, "Waiting").get_by_role("row")
    expect(rows).to_have_count(21)
    lena.get_by_role("button", name="Show all").first.click()
    part(lena, "Promised").get_by_role("checkbox").first.check()
    whom = lena.get_by_role("combobox", name="To")
    whom.click()
    expect(lena.get_by_role("option").first).to_contain_text("free")
    keep_picture(lena, "centre-choosing")
    assert barriers(lena) == []
    lena.keyboard.type("rep 27")
    expect(lena.get_by_role("option")).to_have_count(1)
    lena.keyboard.press("Enter")
    expect(whom).to_have_value("Rep 27")
    before = part(lena, "Promised").get_by_role("row").count()
    lena.get_by_role("button", name="Move", exact=True).click()
    expect(lena.get_by_text("1 moved.")).to_be_visible()
    expect(part(lena, "Promised").get_by_role("row")).to_have_count(before)


def test_esc_closes_the_choices_and_leaves_the_dialog_open(crowd: Desk, at_desk: AtDesk) -> None:
    ruth = at_desk("ruth")
    ruth.get_by_role("region", name="Waiting").get_by_role("button", name="Claim").first.click()
    ruth.get_by_role("button", name="Pass on").click()
    dialog = ruth.get_by_role("dialog", name="Pass this chat on")
    whom = dialog.get_by_role("combobox", name="Who should go on?")
    whom.click()
    expect(dialog.get_by_role("listbox")).to_be_visible()
    keep_picture(ruth, "pass-on")
    assert barriers(ruth) == []
    ruth.keyboard.press("Escape")
    expect(dialog.get_by_role("listbox")).to_have_count(0)
    expect(dialog).to_be_visible()
    whom.press("ArrowDown")
    ruth.keyboard.press("ArrowDown")
    ruth.keyboard.press("Tab")
    expect(whom).to_have_value("")
    expect(dialog.get_by_label("Note for whoever comes next")).to_be_focused()
