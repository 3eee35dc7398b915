"""The browser of the browser tests."""

from __future__ import annotations

from playwright.sync_api import Browser


def test_ana_and_ruth_have_browsers_that_share_nothing(browser: Browser) -> None:
    ana, ruth = browser.new_context(), browser.new_context()
    ana.add_cookies([{"name": "who", "value": "ana", "url": "http://127.0.0.1/"}])
    assert [cookie["value"] for cookie in ana.cookies()] == ["ana"]
    assert ruth.cookies() == []
    ana.close()
    ruth.close()
