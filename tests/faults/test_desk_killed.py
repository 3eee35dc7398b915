"""kill -9 of the desk while a hundred people chat: nothing that was acknowledged is lost, nothing is there twice."""

from __future__ import annotations

import asyncio
import random
import signal
import time
from collections.abc import Sequence
from pathlib import Path

from tests.faults.broken_desk import FAILPOINT
from tests.faults.figures import seconds, tell, within
from tests.faults.scripted_bot import answering
from tests.faults.story import LiveChats, live_chats
from tests.faults.supervised import KeptDesk, eventually, kept_desk

CHATS = 100
FEW = 10
FAILPOINTS = ("before_commit", "after_commit", "turn_leased", "bot_answered")
DIES_SECONDS = 10
KILLS = 10
SERVING_AGAIN_SECONDS = 5
"""What a machine with nothing else to do should keep: a figure, not a verdict."""
AT_LAST_SECONDS = 30
QUICK_BEATS = {"BATON_LIMIT_BEAT_SECONDS": "2"}


def test_the_desk_is_killed_ten_times_under_a_hundred_live_chats(tmp_path: Path) -> None:
    with answering() as bot_port, kept_desk(tmp_path / "baton", bot_port, **QUICK_BEATS) as desk:
        recoveries, chats = asyncio.run(_killed_again_and_again(desk))
        broken = chats.broken_promises()
    tell(
        f"kill -9 of the desk, {KILLS} times under {CHATS} live chats: {chats.journal.acked} acknowledged, "
        f"{chats.journal.broken_off} requests broken off, {len(broken)} promises broken; "
        f"serving again after {seconds(recoveries)}, {within(SERVING_AGAIN_SECONDS, recoveries)}"
    )
    assert broken == []
    assert chats.journal.acked > KILLS * CHATS / 2
    assert chats.journal.broken_off > KILLS
    assert max(recoveries) <= AT_LAST_SECONDS


def test_the_desk_dies_at_each_failpoint(tmp_path: Path) -> None:
    """Before and after a COMMIT, with a turn leased, with the bot's answer in hand."""
    words = ("-m", "tests.faults.broken_desk", "armable")
    with answering() as bot_port, kept_desk(tmp_path / "baton", bot_port, words, **QUICK_BEATS) as desk:
        recoveries, chats = asyncio.run(_killed_at_each(FAILPOINTS, desk))
        broken = chats.broken_promises()
    tell(
        f"died once at each of {', '.join(FAILPOINTS)} under {FEW} live chats: {chats.journal.acked} acknowledged, "
        f"{len(broken)} promises broken; serving again after {seconds(recoveries)}"
    )
    assert broken == []
    assert len(recoveries) == len(FAILPOINTS)


async def _killed_at_each(failpoints: Sequence[str], desk: KeptDesk) -> tuple[list[float], LiveChats]:
    recoveries = []
    async with live_chats(desk, FEW, pause=0.4) as chats:
        for failpoint in failpoints:
            await asyncio.sleep(1)
            (desk.var / FAILPOINT).write_text(failpoint)
            armed = desk.kill(signal.SIGUSR1)
            await asyncio.to_thread(eventually, lambda armed=armed: desk.pid() != armed, DIES_SECONDS)
            recoveries.append(await asyncio.to_thread(desk.serves_again_after, armed, time.monotonic()))
        await chats.come_to_rest()
    return recoveries, chats


async def _killed_again_and_again(desk: KeptDesk) -> tuple[list[float], LiveChats]:
    dice = random.Random(2)
    recoveries = []
    async with live_chats(desk, CHATS, pause=1.0) as chats:
        for _ in range(KILLS):
            await asyncio.sleep(dice.uniform(0.8, 1.8))
            began = time.monotonic()
            killed = desk.kill()
            recoveries.append(await asyncio.to_thread(desk.serves_again_after, killed, began))
        await chats.come_to_rest()
    return recoveries, chats
