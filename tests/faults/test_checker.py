"""Who checks the checker: desks with a fault put in, each of which it must find, and whole ones, which it must pass."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from tests.faults.broken_desk import FORGOTTEN
from tests.faults.figures import tell
from tests.faults.people import Customer
from tests.faults.scripted_bot import answering
from tests.faults.story import LiveChats, live_chats
from tests.faults.supervised import KeptDesk, kept_desk

CHATS = 8
THINKING_SECONDS = 1.0
QUICK_BEATS = {"BATON_LIMIT_BEAT_SECONDS": "1"}


@pytest.mark.parametrize(("fault", "kills"), [("none", 2), ("none", 0), ("loses_a_push", 0)])
def test_a_desk_that_keeps_its_promises_passes(fault: str, kills: int, tmp_path: Path) -> None:
    assert found_in(fault, kills, tmp_path) == set()


@pytest.mark.parametrize(
    ("fault", "kills", "broken"),
    [
        ("acknowledges_before_commit", 0, "I1 lost"),
        ("forgets_what_was_said_before", 0, "I2 doubled"),
        ("lets_the_bot_talk_over_reps", 0, "I5 stale"),
        ("loses_a_push_for_good", 0, "I4 differs"),
    ],
)
def test_a_desk_that_breaks_a_promise_is_found(fault: str, kills: int, broken: str, tmp_path: Path) -> None:
    assert broken in found_in(fault, kills, tmp_path)


def found_in(fault: str, kills: int, folder: Path) -> set[str]:
    """The promises that a desk with this fault breaks in a short story."""
    words = ("-m", "tests.faults.broken_desk", fault)
    with answering(THINKING_SECONDS) as bot_port, kept_desk(folder / "baton", bot_port, words, **QUICK_BEATS) as desk:
        broken = asyncio.run(_short_story(desk, kills)).broken_promises()
    tell(f"checker, desk with fault {fault!r}: {len(broken)} promises broken{': ' + broken[0] if broken else ''}")
    return {each.partition(":")[0] for each in broken}


async def _short_story(desk: KeptDesk, kills: int) -> LiveChats:
    async with live_chats(desk, CHATS, pause=0.3) as chats:
        for _ in range(kills):
            await asyncio.sleep(1)
            await asyncio.to_thread(desk.serves_again_after, desk.kill(), 0)
        await asyncio.sleep(1)
        await chats.stop_talking()
        await asyncio.gather(*(_goes_to_a_person(chats, who) for who in chats.customers[1::2]))
        await asyncio.sleep(2 * THINKING_SECONDS)
        await asyncio.gather(*(who.says(who.conversation, FORGOTTEN) for who in chats.customers))
        await chats.come_to_rest(seconds=15 if kills else 5)
    return chats


async def _goes_to_a_person(chats: LiveChats, who: Customer) -> None:
    """While the bot is thinking the customer asks for a person, who comes at once."""
    await who.says(who.conversation, "where is it, and can I talk to somebody")
    await who.asks_for_person()
    await chats.reps[0].claims(who.conversation)
