"""Text is text: whatever a customer writes or calls themselves is shown as written, and none of it runs."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.cast import Cast

PAYLOADS = (
    "<script>window.hurt = 1</script>",
    "<img src=x onerror=window.hurt=1>",
    "<svg onload=window.hurt=1>",
    "<svg><script>window.hurt=1</script></svg>",
    "<iframe srcdoc='<script>parent.hurt=1</script>'></iframe>",
    "<iframe src=javascript:parent.hurt=1>",
    "<a href=javascript:window.hurt=1>click me</a>",
    "[click me](javascript:window.hurt=1)",
    "javascript:window.hurt=1",
    "data:text/html,<script>parent.hurt=1</script>",
    "<body onload=window.hurt=1>",
    "<details open ontoggle=window.hurt=1>",
    "<input autofocus onfocus=window.hurt=1>",
    "<video><source onerror=window.hurt=1></video>",
    "<style>@import 'http://127.0.0.1:9/x.css'; *{display:none}</style>",
    "<math><mtext><table><mglyph><style><img src=x onerror=window.hurt=1>",
    "</textarea></script><script>window.hurt=1</script>",
    "'\"><script>window.hurt=1</script>",
    "{{constructor.constructor('window.hurt=1')()}} ${window.hurt=1} #{window.hurt=1}",
    "&lt;script&gt;window.hurt=1&lt;/script&gt;",
    "<base href=http://127.0.0.1:9/><form action=http://127.0.0.1:9/><button>go</button>",
    'https://example.com/"onmouseover="window.hurt=1',
    "\u202e<script>window.hurt=1</script>\u202c",
)


def unhurt(page: Page) -> bool:
    """Nothing of a payload has run, in the page or in any of its frames."""
    return all(frame.evaluate("window.hurt === undefined") for frame in page.frames)


def test_what_ana_writes_is_shown_as_written_to_her_and_to_ruth_and_nothing_runs(cast: Cast) -> None:
    ana, ruth = cast.ana(), cast.rep("Ruth")
    ana.visits()
    ana.opens_the_chat()
    ana.asks_for_a_person()
    for payload in PAYLOADS:
        ana.says(payload)
    ruth.claims(ana)
    for payload in PAYLOADS:
        expect(ana.chat.get_by_text(payload, exact=True)).to_be_visible()
        expect(ruth.page.get_by_role("log").get_by_text(payload, exact=True)).to_be_visible()
    ana.has_sent_all()
    assert cast.books.texts_of(ana.shopper.customer_id) == list(PAYLOADS)
    for link in ruth.page.get_by_role("log").get_by_role("link").all():
        assert str(link.get_attribute("href")).startswith(("http://127.0.0.1:9/", "https://example.com/"))
    assert unhurt(ana.page)
    assert unhurt(ruth.page)


def test_what_ruth_writes_is_text_too(cast: Cast) -> None:
    ana, ruth = cast.ana(), cast.rep("Ruth")
    ana.visits()
    ana.opens_the_chat()
    ana.asks_for_a_person()
    ruth.claims(ana)
    for payload in PAYLOADS[:4]:
        ruth.replies(payload)
        expect(ana.chat.get_by_text(payload, exact=True)).to_be_visible()
    assert unhurt(ana.page)
    assert unhurt(ruth.page)


@pytest.mark.parametrize("payload", [PAYLOADS[1], PAYLOADS[0], "A\u202e<b onclick=window.hurt=1>nA"])
def test_a_customers_name_is_text_on_the_shops_page_in_the_chat_and_in_the_console(cast: Cast, payload: str) -> None:
    ana, ruth = cast.ana(), cast.rep("Ruth")
    cast.books.rename(ana.shopper.customer_id, payload)
    ana.visits()
    expect(ana.page.get_by_role("button", name=f"Sign out {payload}", exact=True)).to_be_visible()
    ana.opens_the_chat()
    ana.asks_for_a_person()
    row = ruth.waiting.filter(has_text=payload)
    expect(row).to_have_count(1)
    row.get_by_role("button", name=f"Claim {payload}", exact=True).click()
    expect(ruth.page.get_by_role("heading", level=1)).to_contain_text(payload)
    expect(ruth.details).to_contain_text(payload)
    ana.box.press_sequentially("typing")
    expect(ruth.page.get_by_role("log").get_by_text(payload).last).to_be_visible()
    assert unhurt(ana.page)
    assert unhurt(ruth.page)
