"""Lena's page is told when the centre changes, so that it needn't ask; a rep's page isn't, and nobody too often."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from handoff import soon
from handoff.centre_push import CentrePush
from handoff.errors import StorageUnavailable
from handoff.people import Rep
from handoff.soon import Soon
from handoff.storage import ConversationChanged, QueueChanged, SessionsEnded
from tests.desk import Desk


def test_lena_hears_of_a_chat_that_waits_is_claimed_and_is_answered(desk: Desk) -> None:
    ana, ruth = desk.ana("C-51"), desk.rep("ruth")
    with desk.rep("lena").socket() as line:
        chat = ana.waits()
        line.until("centre")
        ruth.does("claim", chat)
        line.until("centre")
        ruth.replies(chat, "Hello Ana")
        line.until("centre")
    ruth.does("close", chat, topic="late_delivery", cause="carrier lost it")


class Consoles:
    """A hub with sockets that only count what they are told."""

    def __init__(self, *roles: str):
        self.sockets = [Console(Rep(f"{number:032}", role, role, role)) for number, role in enumerate(roles)]


class Console:
    def __init__(self, who: Rep):
        self.who, self.outbox, self.told = who, self, 0

    def put(self, frame: str) -> None:
        assert frame == '{"kind":"centre"}'
        self.told += 1


def test_leads_and_admins_are_told_and_reps_are_not() -> None:
    assert told_after([QueueChanged()], "rep", "lead", "admin") == [0, 1, 1]
    assert told_after([ConversationChanged("ana")], "lead") == [1]
    assert told_after([SessionsEnded(("token",))], "lead") == [0]


def told_after(notices: list[Any], *roles: str) -> list[int]:
    async def hear() -> list[int]:
        consoles: Any = Consoles(*roles)
        push = CentrePush(consoles, pause=0)
        push.hear(notices)
        await settle()
        await push.stop()
        return [console.told for console in consoles.sockets]

    return asyncio.run(hear())


def test_many_changes_in_the_pause_are_one_and_the_last_is_not_lost() -> None:
    async def hear() -> int:
        consoles: Any = Consoles("lead")
        push = CentrePush(consoles, pause=0)
        for _ in range(50):
            push.changed()
        await settle()
        push.changed()
        await settle()
        await push.stop()
        return int(consoles.sockets[0].told)

    assert asyncio.run(hear()) == 2


def test_work_that_failed_is_done_again_until_it_is_done(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(soon, "PAUSE_AFTER_FAILURE", 0)
    tried: list[Exception | None] = [StorageUnavailable(), ValueError("odd"), None]

    async def work() -> None:
        if (failure := tried.pop(0)) is not None:
            raise failure

    async def ask_once() -> None:
        trying = Soon("trying", 0, work)
        trying.ask()
        await settle()
        await trying.stop()

    asyncio.run(ask_once())
    assert tried == []


async def settle() -> None:
    """Until everything that could run has run."""
    for _ in range(20):
        await asyncio.sleep(0)
