"""On claiming, what was asked and what the bot tried are before Ruth's eyes, without scrolling."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import expect

from handoff.bot_answer import BotAnswer
from handoff.turns import Turn
from tests.browser.axe import barriers
from tests.browser.conftest import AtDesk
from tests.desk import Customer, Desk, eventually
from tests.desk import echo as echoes
from tests.record import answer

ASKED = "Where is my parcel? It was promised for Friday."
ANSWER = "Your order A-104233 is late."


def looks_it_up(turn: Turn) -> BotAnswer:
    """Looks up the order; on *no* says so."""
    if turn.text == "No":
        return answer(turn, "Would you like to talk to a person?", check="no")
    did = [{"event": "user", "text": turn.text}, {"event": "action", "name": "action_track_order"}]
    return answer(turn, ANSWER, events=did, topic="late_delivery")


@pytest.fixture
def ana(desk: Desk) -> Iterator[Customer]:
    """She waits: what the bot told her didn't solve it."""
    desk.bot.script = looks_it_up
    ana = desk.ana("C-BRIEF")
    chat = ana.opens()
    for text, heard in ((ASKED, ANSWER), ("No", "Would you like to talk to a person?")):
        ana.says(chat, text)
        eventually(lambda heard=heard: heard in ana.sees(chat))
    ana.asks_for_person(chat)
    yield ana
    desk.bot.script = echoes
    ana.http.post(f"/api/conversations/{chat}/close", json={})


@pytest.mark.usefixtures("ana")
def test_the_brief_is_the_first_thing_beside_anas_chat(at_desk: AtDesk) -> None:
    ruth = at_desk("ruth")
    ruth.get_by_role("button", name="Claim Ana").click()
    brief = ruth.get_by_role("region", name="Brief")
    tried = ("Looked up the order", ANSWER, "said: not solved")
    for words in (ASKED, *tried, "The customer asked for a person.", "C-BRIEF"):
        expect(brief.get_by_text(words).first).to_be_in_viewport(ratio=1)
    assert barriers(ruth) == []


@pytest.mark.usefixtures("ana")
def test_in_a_narrow_window_its_gist_is_above_the_chat(at_desk: AtDesk) -> None:
    ruth = at_desk("ruth")
    ruth.set_viewport_size({"width": 820, "height": 860})
    ruth.get_by_role("button", name="Claim Ana").click()
    gist = ruth.locator(".brief-line")
    expect(gist).to_contain_text(f"Asked: {ASKED}")
    expect(gist).to_contain_text("Bot tried: looked up the order; said: not solved")
    expect(gist).to_be_in_viewport(ratio=1)
    head = ruth.locator(".conversation-head")
    name = head.get_by_role("heading", name="Ana").bounding_box()
    details = head.get_by_role("button", name="About the customer and the order").bounding_box()
    assert name
    assert details
    assert details["y"] < name["y"] + name["height"], "the button for the details has a row of its own"
    ruth.get_by_role("button", name="About the customer and the order").click()
    expect(ruth.get_by_role("region", name="Brief")).to_be_in_viewport()
    assert barriers(ruth) == []
