"""Ruth's shift ends in ten minutes: she goes through her chats; one that she leaves behind goes to the line."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Browser, Locator, expect
from sqlalchemy import delete, insert, update

from handoff import schema, schema_centre
from handoff.storage import Transaction
from tests.browser.axe import barriers
from tests.browser.people import Rep
from tests.browser.small_shop import SmallShop, small_shop
from tests.desk import Customer, eventually

SITE = "kennewick"


@pytest.fixture
def shop(browser: Browser, tmp_path: Path) -> Iterator[SmallShop]:
    with small_shop(browser, tmp_path) as open_shop:
        yield open_shop
    assert open_shop.complaints == []


def noonish() -> ZoneInfo:
    """A zone where it's about noon, so that no hours of a test cross midnight."""
    ahead = 12 - datetime.now(UTC).hour
    return ZoneInfo(f"Etc/GMT{-ahead:+d}") if ahead else ZoneInfo("Etc/UTC")


def site_closes(shop: SmallShop, minutes: int) -> str:
    """Ruth works in Kennewick, which closes in so many minutes, every day; the time on its clock."""
    zone = noonish()
    closes = (datetime.now(UTC) + timedelta(minutes=minutes)).astimezone(zone)
    shop.desk.do(_keep_site, zone.key, closes.hour * 60 + closes.minute)
    return f"{closes:%H:%M}"


def _keep_site(tx: Transaction, zone: str, closes: int) -> None:
    tx.db.execute(delete(schema_centre.site_hours))
    if tx.db.execute(schema_centre.site.select()).first() is None:
        row = {"id": SITE, "name": "Kennewick", "time_zone": zone, "created_at": tx.now}
        tx.db.execute(insert(schema_centre.site).values(row))
    hours = [{"site_id": SITE, "weekday": day, "opens": 60, "closes": closes} for day in range(7)]
    tx.db.execute(insert(schema_centre.site_hours), hours)
    tx.db.execute(update(schema.rep).where(schema.rep.c.name == "ruth").values(site_id=SITE))


def an_hour_passes(tx: Transaction) -> None:
    """All that was said and claimed so far is an hour old."""
    for column in (schema.message.c.created_at, schema.assignment.c.started_at):
        for row in tx.db.execute(column.table.select()).mappings().all():
            earlier = {column.name: row[column.name] - timedelta(hours=1)}
            tx.db.execute(update(column.table).where(column.table.c.id == row["id"]).values(earlier))


def holding(shop: SmallShop, *names: str) -> tuple[Rep, list[tuple[Customer, str]]]:
    """Ruth at the console with a chat of each of these customers."""
    chats = []
    for number, name in enumerate(names):
        customer = shop.desk.ana(f"C-{number}", name=name)
        chats.append((customer, customer.waits()))
    ruth = shop.rep()
    for name in names:
        ruth.page.get_by_role("button", name=f"Claim {name}").click()
        expect(ruth.mine.filter(has_text=name)).to_be_visible()
    return ruth, chats


def banner(ruth: Rep) -> Locator:
    return ruth.page.get_by_role("region", name="Your shift")


def test_ruth_goes_through_her_chats_before_she_leaves(shop: SmallShop) -> None:
    time = site_closes(shop, minutes=10)
    ruth, [(ana, of_ana), (ben, of_ben), _] = holding(shop, "Ana", "Ben", "Cleo")
    expect(banner(ruth)).to_contain_text(f"Your shift ends at {time} (Kennewick). 3 chats need a next step.")
    assert barriers(ruth.page) == []
    banner(ruth).get_by_role("button", name="Go through them").click()
    dialog = ruth.page.get_by_role("dialog", name="Before you go")
    step = dialog.get_by_label("Next step, for whoever goes on")

    expect(dialog).to_contain_text("Ana")
    expect(dialog.get_by_role("button", name="Hand on")).to_be_disabled()
    step.fill("Ring the carrier: she has the number.")
    assert barriers(ruth.page) == []
    dialog.get_by_role("button", name="Hand on").click()

    expect(dialog).to_contain_text("Ben")
    expect(step).to_have_value("")
    dialog.get_by_label("Somebody answers here later").check()
    step.fill("Tell him what the depot says tomorrow.")
    dialog.get_by_role("button", name="Promise the answer").click()

    expect(dialog).to_contain_text("Cleo")
    dialog.get_by_label("Nothing: it's settled").check()
    dialog.get_by_role("button", name="Close it").click()
    closing = ruth.page.get_by_role("dialog", name="Close this conversation")
    closing.get_by_label("What was it about?").select_option("late_delivery")
    closing.get_by_label("What caused it?").fill("Carrier was late")
    closing.get_by_role("button", name="Close conversation").click()

    done = ruth.page.get_by_role("dialog", name="Every chat has a next step")
    done.get_by_role("button", name="Done").click()
    expect(banner(ruth)).to_have_text(f"Your shift ends at {time} (Kennewick).")
    expect(ruth.waiting.filter(has_text="Ana")).to_be_visible()
    assert "Ruth is passing you on to a colleague." in ana.sees(of_ana)[-1]
    assert "Ruth has seen to it that a colleague answers you here." in ben.sees(of_ben)[-1]
    ruth.waiting.filter(has_text="Ana").locator("button.row").click()
    expect(ruth.page.get_by_text("Ring the carrier: she has the number.")).to_be_visible()


def test_what_ruth_leaves_behind_goes_to_the_line_and_both_are_told(shop: SmallShop) -> None:
    ruth, [(ana, of_ana)] = holding(shop, "Ana")
    shop.desk.do(an_hour_passes)
    site_closes(shop, minutes=-20)
    eventually(lambda: ana.view(of_ana)["state"] == "waiting")
    assert any("Ruth's working day has ended. You keep your old place in line" in text for text in ana.sees(of_ana))
    ruth.page.reload()
    told = "Your chat with Ana went back to the line, as your shift was over."
    expect(banner(ruth)).to_contain_text(told)
    expect(ruth.mine).to_have_count(0)
    banner(ruth).get_by_role("button", name="All right").click()
    expect(banner(ruth)).to_have_count(0)
    ruth.page.reload()
    ruth.is_at_the_desk()
    expect(ruth.waiting.filter(has_text="Ana")).to_contain_text("rep's shift ended")
    expect(ruth.page.get_by_text(told)).to_have_count(0)
