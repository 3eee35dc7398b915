"""Ana left; Ruth answers; Ana comes back by the link in the one mail that she gets, on another browser."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from playwright.sync_api import Browser, Page, expect

from handoff.schema import customer
from tests.browser.axe import barriers
from tests.desk import Desk, RepClient, eventually, running_desk


def test_ana_comes_back_by_the_link_and_goes_on(browser: Browser, tmp_path: Path) -> None:
    (tmp_path / "desk").mkdir()
    with running_desk(tmp_path / "desk") as desk:
        ruth, talk = ana_left_and_ruth_answered(desk)
        page = browser.new_context(viewport={"width": 390, "height": 844}, reduced_motion="reduce").new_page()
        link = eventually(lambda: link_on_the_mail_page(page, desk), 20)
        assert barriers(page) == []
        page.goto(link)
        assert barriers(page) == []
        page.get_by_role("button", name="Go on with my chat").click()
        expect(page.get_by_text("Your parcel is in Leeds.")).to_be_visible()
        assert "#" not in page.url
        page.reload()
        page.get_by_label("Message", exact=True).fill("Thank you!")
        page.get_by_label("Message", exact=True).press("Enter")
        eventually(lambda: "Thank you!" in ruth_reads(ruth, talk))
        expect(page.get_by_role("button", name="Stop waiting")).to_have_count(0)
        assert barriers(page) == []
        page.context.close()
        stranger_comes_late(browser, link)


def ana_left_and_ruth_answered(desk: Desk) -> tuple[RepClient, str]:
    ana, ruth = desk.ana(), desk.rep("ruth")
    talk = ana.waits()
    left = ana.http.post(f"/api/conversations/{talk}/email", json={"email": "ana@example.com"})
    assert left.json()["email"] == "a…@example.com"
    assert ruth.does("claim", talk).status_code == 200
    away = timedelta(minutes=3)
    desk.do(lambda tx: tx.db.execute(customer.update().values(seen_at=tx.now - away)))
    assert ruth.replies(talk, "Your parcel is in Leeds.").status_code == 201
    return ruth, talk


def link_on_the_mail_page(page: Page, desk: Desk) -> str | None:
    page.goto(f"{desk.address}/mail")
    links = page.get_by_role("link")
    return links.first.get_attribute("href") if links.count() else None


def ruth_reads(ruth: RepClient, talk: str) -> list[str]:
    return [each["text"] for each in ruth.http.get(f"/api/rep/conversations/{talk}/messages").json()["messages"]]


def stranger_comes_late(browser: Browser, link: str) -> None:
    page = browser.new_context().new_page()
    page.goto(link)
    page.get_by_role("button", name="Go on with my chat").click()
    expect(page.get_by_text("This link was used already")).to_be_visible()
    expect(page.get_by_text("Your parcel is in Leeds.")).to_have_count(0)
    page.context.close()
