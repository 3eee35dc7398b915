"""What takes long to read, such as a big centre's figures, is read once for all leads who look."""

from __future__ import annotations

import asyncio
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from handoff.closed_chats import closed_chats
from handoff.errors import StorageUnavailable
from handoff.figures import figures
from handoff.shared_reading import SharedReading
from handoff.storage_sqlite import SqliteRunner
from tests.desk import Desk


class CountingStorage:
    """Reads what it's told to when `goes_on` is set; counts who reads at once, and how often what was read."""

    def __init__(self) -> None:
        self.now = 0.0
        self.read: Counter[str] = Counter()
        self.at_once: Counter[str] = Counter()
        self.most_at_once = 0
        self.goes_on = asyncio.Event()
        self.is_down = False
        self.shared = SharedReading(self._read, lambda: self.now)

    async def _read(self, asked: str) -> str:
        self.read[asked] += 1
        self.at_once[asked] += 1
        self.most_at_once = max(self.most_at_once, self.at_once[asked])
        await self.goes_on.wait()
        self.at_once[asked] -= 1
        if self.is_down:
            raise StorageUnavailable
        return f"{asked} of {self.now:.0f} s, reading {self.read[asked]}"

    async def get(self, asked: str) -> str:
        self.goes_on.set()
        return await self.shared.get(asked)


async def settled() -> None:
    """All that can go on has gone on."""
    for _ in range(10):
        await asyncio.sleep(0)


def test_twenty_who_look_at_once_share_one_reading_and_other_periods_have_their_own() -> None:
    async def look() -> None:
        storage = CountingStorage()
        lookers = [asyncio.ensure_future(storage.shared.get("today")) for _ in range(20)]
        other = asyncio.ensure_future(storage.shared.get("7 days"))
        await settled()
        assert storage.read == {"today": 1, "7 days": 1}
        storage.goes_on.set()
        assert set(await asyncio.gather(*lookers)) == {"today of 0 s, reading 1"}
        assert await other == "7 days of 0 s, reading 1"
        assert storage.most_at_once == 1

    asyncio.run(look())


def test_a_reading_is_good_for_a_minute_then_shown_while_the_next_is_made_and_then_too_old() -> None:
    async def look() -> None:
        storage = CountingStorage()
        assert await storage.get("today") == "today of 0 s, reading 1"
        storage.now = 59
        assert await storage.get("today") == "today of 0 s, reading 1"
        assert storage.read["today"] == 1
        storage.now = 61
        storage.goes_on.clear()
        for _ in range(20):
            assert await storage.shared.get("today") == "today of 0 s, reading 1"
        await settled()
        assert (storage.read["today"], storage.most_at_once) == (2, 1)
        storage.goes_on.set()
        await settled()
        assert await storage.get("today") == "today of 61 s, reading 2"
        storage.now = 61 + 121
        assert await storage.get("today") == "today of 182 s, reading 3"

    asyncio.run(look())


def test_whoever_leaves_takes_nothing_from_the_others() -> None:
    async def look() -> None:
        storage = CountingStorage()
        first, second = (asyncio.ensure_future(storage.shared.get("today")) for _ in range(2))
        await settled()
        first.cancel()
        storage.goes_on.set()
        assert await second == "today of 0 s, reading 1"
        assert storage.read["today"] == 1

    asyncio.run(look())


def test_what_couldnt_be_read_is_tried_again_by_the_next_who_asks() -> None:
    async def look() -> None:
        storage = CountingStorage()
        storage.is_down = True
        with pytest.raises(StorageUnavailable):
            await storage.get("today")
        storage.is_down = False
        assert await storage.get("today") == "today of 0 s, reading 2"

    asyncio.run(look())


def test_five_leads_with_four_pages_each_cost_the_desk_one_reading(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    read = SqliteRunner.read
    times: list[Any] = []

    async def counted(self: SqliteRunner, verb: Any, *args: Any, **kwargs: Any) -> Any:
        if verb in (figures, closed_chats):
            times.append(args)
        return await read(self, verb, *args, **kwargs)

    monkeypatch.setattr(SqliteRunner, "read", counted)
    leads = [desk.rep("lena") for _ in range(5)]
    ruth = desk.rep("ruth")
    with ThreadPoolExecutor(20) as pages:
        got = list(pages.map(lambda lead: lead.http.get("/api/rep/figures?period=28_days").json(), leads * 4))
    assert len(got) == 20
    assert len({each["read_at"] for each in got}) == 1
    assert len(times) == 1
    assert leads[0].http.get("/api/rep/figures?period=7_days").json()["period"] == "7_days"
    assert len(times) == 2
    said_no = "/api/rep/closed?period=28_days&vote=no"
    with ThreadPoolExecutor(20) as pages:
        assert {lists.status_code for lists in pages.map(lambda lead: lead.http.get(said_no), leads * 4)} == {200}
    assert len(times) == 3
    assert leads[0].http.get(said_no + "&topic=none").status_code == 200
    assert len(times) == 4
    assert ruth.http.get("/api/rep/figures?period=28_days").status_code == 403
