"""Ruth and Sam are offered who waits: one takes, one lets it pass, and each can read why."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Locator, Page, expect
from sqlalchemy import insert, update

from handoff.ids import new_id
from handoff.schema import rep
from handoff.schema_centre import team
from handoff.storage import Transaction
from tests.browser.axe import barriers
from tests.browser.conftest import AtDesk
from tests.desk import Desk


@pytest.fixture
def pushed(desk: Desk) -> Iterator[Desk]:
    """A desk on which chats are offered to everybody, at any hour; each takes three at once, as people do."""

    def begin(tx: Transaction) -> None:
        days = new_id()
        tx.db.execute(insert(team).values(id=days, name=days, mode="push", created_at=tx.now))
        tx.db.execute(update(rep).values(team_id=days, site_id=None, capacity=3))

    desk.do(begin)
    yield desk
    desk.do(lambda tx: tx.db.execute(update(rep).values(team_id=None, capacity=1_000)))


def offered(page: Page) -> Locator:
    return page.get_by_role("region", name="Take one?")


def test_ruth_takes_what_she_is_offered_and_sam_lets_one_pass(pushed: Desk, at_desk: AtDesk) -> None:
    ana = pushed.ana("C-OFFER-1")
    ruth = at_desk("ruth")
    anas = ana.waits()
    expect(offered(ruth)).to_contain_text("Because you are free.")
    assert barriers(ruth) == []
    ruth.keyboard.press("Alt+y")
    expect(ruth.get_by_role("textbox", name="Reply")).to_be_focused()
    expect(ruth.get_by_role("complementary", name="Details")).to_contain_text(
        "You were offered it because you are free."
    )
    expect(ruth.get_by_text("1 needs you, room for 2")).to_be_visible()

    sam = at_desk("sam")
    ben = pushed.ana("C-OFFER-2")
    bens = ben.waits()
    expect(offered(sam)).to_contain_text("Because you are the freest of 2.")
    sam.keyboard.press("Alt+n")
    expect(offered(sam)).to_have_count(0)
    offered(ruth).get_by_role("button", name="Take it").click()
    expect(ruth.get_by_text("2 need you, room for 1")).to_be_visible()
    ruth.get_by_role("button", name="Who else was asked?").click()
    told = ruth.get_by_role("dialog", name="How this chat came here")
    expect(told).to_contain_text("Sam let it pass.")
    expect(told).to_contain_text("Ruth took the offer.")
    assert barriers(ruth) == []
    sam.get_by_role("button", name="Sign out").click()
    expect(sam.get_by_role("button", name="Sign in")).to_be_visible()
    for customer, chat in ((ana, anas), (ben, bens)):
        customer.http.post(f"/api/conversations/{chat}/close", json={})


def test_ruth_steps_away_and_is_offered_nothing_until_she_is_back(pushed: Desk, at_desk: AtDesk) -> None:
    ruth = at_desk("ruth")
    ruth.get_by_role("button", name="Step away").click()
    back = ruth.get_by_role("button", name="I’m back")
    expect(ruth.get_by_text("You’re away: nothing is offered to you.")).to_be_visible()
    assert barriers(ruth) == []
    ana = pushed.ana("C-OFFER-3")
    ana.waits()
    expect(ruth.get_by_role("region", name="Waiting").get_by_role("listitem")).to_have_count(1)
    expect(offered(ruth)).to_have_count(0)
    back.click()
    expect(offered(ruth)).to_be_visible()
