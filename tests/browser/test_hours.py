"""Lena, a lead, changes Sam's hours; Sam sees them, and at his own end his chats get a next step."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Browser, Page, expect
from sqlalchemy import delete, insert, update

from handoff import schema, schema_centre
from handoff.schema_hours import rep_day
from handoff.storage import Transaction
from tests.browser.axe import barriers
from tests.browser.small_shop import SmallShop, small_shop
from tests.browser.test_shift_ends import an_hour_passes, banner, noonish
from tests.desk import eventually

PHONE_IN_THE_DARK = {"viewport": {"width": 390, "height": 844}, "color_scheme": "dark"}


@pytest.fixture
def shop(browser: Browser, tmp_path: Path) -> Iterator[SmallShop]:
    with small_shop(browser, tmp_path) as open_shop:
        open_shop.desk.do(leeds_is_open_all_day, noonish())
        yield open_shop
    assert open_shop.complaints == []


def leeds_is_open_all_day(tx: Transaction, zone: ZoneInfo) -> None:
    tx.db.execute(delete(schema_centre.site_hours))
    tx.db.execute(insert(schema_centre.site).values(id="l", name="Leeds", time_zone=zone.key, created_at=tx.now))
    hours = [{"site_id": "l", "weekday": day, "opens": 60, "closes": 1380} for day in range(7)]
    tx.db.execute(insert(schema_centre.site_hours), hours)
    tx.db.execute(update(schema.rep).where(schema.rep.c.name == "sam").values(site_id="l"))


def clock(minutes: int) -> datetime:
    """So many minutes from now, on the clock of Leeds."""
    return (datetime.now(UTC) + timedelta(minutes=minutes)).astimezone(noonish())


def changes_sam(lena: Page) -> None:
    lena.get_by_role("link", name="Centre").click()
    lena.get_by_role("link", name="Change hours and skills").click()
    lena.get_by_role("button", name="Change Sam").click()


def test_lena_changes_sams_hours_and_at_his_own_end_his_chats_get_a_next_step(shop: SmallShop) -> None:
    lena, until = shop.rep("lena").page, f"{clock(10):%H:%M}"
    changes_sam(lena)
    dialog = lena.get_by_role("dialog", name="Change Sam")
    expect(dialog).to_contain_text("Leeds's hours (Mon–Sun 01:00–23:00)")
    expect(dialog.get_by_role("button", name="Save")).to_be_in_viewport(ratio=1)
    dialog.get_by_label("Chats at once").fill("4")
    for day in ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"):
        dialog.get_by_label(day).fill("04:00-22:30")
    dialog.get_by_role("button", name="Add a day").click()
    dialog.get_by_label("Day 1", exact=True).fill(f"{clock(0):%Y-%m-%d}")
    dialog.get_by_label("Hours of day 1").fill("until the evening")
    dialog.get_by_role("button", name="Save").click()
    expect(dialog.get_by_role("alert")).to_contain_text("write off, until 16:00, or the hours")
    dialog.get_by_label("Hours of day 1").fill(f"until {until}")
    assert barriers(lena) == []
    dialog.get_by_role("button", name="Save").click()
    expect(lena.get_by_role("row", name="Sam")).to_contain_text("Mon–Sun 04:00–22:30; one day differs")
    assert barriers(lena) == []

    ana = shop.desk.ana("C-1", name="Ana")
    of_ana = ana.waits()
    sam = shop.rep("sam")
    sam.page.get_by_role("button", name="Claim Ana").click()
    expect(banner(sam)).to_contain_text(f"Your shift ends at {until} (Leeds). 1 chat needs a next step.")
    banner(sam).get_by_role("button", name="Go through them").click()
    going = sam.page.get_by_role("dialog", name="Before you go")
    going.get_by_label("Next step, for whoever goes on").fill("Ring the carrier.")
    going.get_by_role("button", name="Hand on").click()
    sam.page.get_by_role("dialog", name="Every chat has a next step").get_by_role("button", name="Done").click()
    expect(sam.waiting.filter(has_text="Ana")).to_be_visible()
    assert ana.view(of_ana)["state"] == "waiting"


def test_what_sam_leaves_behind_at_his_own_end_goes_to_the_line(shop: SmallShop) -> None:
    ana = shop.desk.ana("C-1", name="Ana")
    of_ana = ana.waits()
    sam = shop.rep("sam", **PHONE_IN_THE_DARK)
    sam.page.get_by_role("button", name="Claim Ana").click()
    eventually(lambda: ana.view(of_ana)["state"] == "with_rep")
    shop.desk.do(an_hour_passes)
    shop.desk.do(sam_ends, clock(-20))
    eventually(lambda: ana.view(of_ana)["state"] == "waiting")
    assert any("Sam's working day has ended" in text for text in ana.sees(of_ana))


def sam_ends(tx: Transaction, at: datetime) -> None:
    """His shift is over then; Leeds stays open."""
    sam = tx.db.execute(schema.rep.select().where(schema.rep.c.name == "sam")).one().id
    times = [[60, at.hour * 60 + at.minute]]
    tx.db.execute(insert(rep_day).values(rep_id=sam, day=at.date().isoformat(), spans=times))


def test_sam_sees_until_when_he_works_and_what_is_different(shop: SmallShop) -> None:
    until = clock(240)
    shop.desk.do(sam_ends, until)
    sam = shop.rep("sam")
    expect(banner(sam)).to_have_text(f"You work until {until:%H:%M} (Leeds).")
    sam.page.get_by_role("link", name="You").click()
    mine = sam.page.get_by_role("main")
    expect(mine).to_contain_text("You work while Leeds is open.")
    expect(mine).to_contain_text(f"{until:%A %Y-%m-%d}: 01:00-{until:%H:%M}")
    assert barriers(sam.page) == []
