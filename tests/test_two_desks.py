"""Two desks on one Postgres: Redis wakes the other one; without it the beats do, and nothing is lost."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from secrets import token_hex
from typing import Any

import msgspec
import pytest
import redis
from redis.asyncio import Redis

from handoff import offers
from handoff.background import CENTRE_SECONDS
from handoff.ids import new_id
from handoff.migrate import migrate
from handoff.redis_wake import CHANNEL, LARGEST_BYTES, RedisWake
from handoff.routing_values import Match
from handoff.storage import ConversationChanged, LookersChanged, Notice, QueueChanged, SessionsEnded
from tests.desk import GENEROUS, Customer, Desk, RepClient, eventually, running_desk

DEAD_REDIS = "redis://127.0.0.1:1/0"


@pytest.fixture
def database(empty_postgres_url: str) -> str:
    migrate(empty_postgres_url)
    return empty_postgres_url


@pytest.fixture
def two_desks(database: str, redis_url: str, tmp_path: Path) -> Iterator[tuple[Desk, Desk]]:
    with (
        running_desk(tmp_path, database, redis_url=redis_url) as one,
        running_desk(tmp_path, database, redis_url=redis_url) as two,
    ):
        time.sleep(0.5)  # until both listen
        yield one, two


def test_ana_at_one_desk_and_ruth_at_the_other_talk_at_once(two_desks: tuple[Desk, Desk]) -> None:
    one, two = two_desks
    ana, ruth = one.ana("C-1001"), two.rep("ruth")
    chat = ana.opens()
    with ana.socket(chat) as at_widget, ruth.socket() as at_console:
        at_widget.until("replay")
        ana.says(chat, "Where is my parcel?")
        ana.asks_for_person(chat)
        waiting = at_console.until("queue", 2, lambda frame: frame["queue"]["waiting"])
        assert waiting["queue"]["waiting"][0]["id"] == chat
        ruth.does("claim", chat)
        assert at_widget.until("state", 2, lambda frame: frame["conversation"]["state"] == "with_rep")
        at_console.until("rep_state", 2)
        ruth.replies(chat, "Let me look.")
        assert at_widget.until("message", 2, lambda frame: frame["message"]["author"]["kind"] == "rep")
        at_widget.send({"kind": "typing", "conversation": chat})
        assert at_console.until("typing", 2)["who"] == {"kind": "customer", "name": "Ana"}


def test_signing_out_at_one_desk_hangs_up_at_the_other(two_desks: tuple[Desk, Desk]) -> None:
    one, two = two_desks
    sam = one.rep("sam")
    elsewhere = RepClient(two, "sam")
    with elsewhere.socket() as line:
        sam.http.post("/api/rep/sign-out", json={})
        assert line.closed(5) == 4401


def test_junk_on_the_wake_channel_shows_nothing_and_stops_nothing(two_desks: tuple[Desk, Desk], redis_url: str) -> None:
    one, _ = two_desks
    ana, stranger = one.ana("C-1001"), one.ana()
    chat = ana.opens()
    client = redis.Redis.from_url(redis_url)
    with ana.socket(chat) as line, stranger.socket() as other:
        line.until("replay")
        for junk in (b"", b"\x80\x04\x95pickle", b"{}", b"[" * 5_000, b"x" * (LARGEST_BYTES + 1), b'{"desk":7}'):
            client.publish(CHANNEL, junk)
        client.publish(CHANNEL, f'{{"desk":"evil","conversations":["{chat}","nope"],"sessions":["x"],"queue":true}}')
        ana.says(chat, "still here")
        assert line.until("message", 2)["message"]["text"] == "still here"
        with pytest.raises(TimeoutError):
            other.until("message", 0.3)
    client.close()


def test_with_redis_dead_sending_works_and_beats_repair(database: str, tmp_path: Path) -> None:
    limits = replace(GENEROUS, beat_seconds=1)
    changes: dict[str, Any] = {"redis_url": DEAD_REDIS, "limits": limits}
    with running_desk(tmp_path, database, **changes) as one, running_desk(tmp_path, database, **changes) as two:
        ana = one.ana("C-1001")
        chat = ana.opens()
        twin = Customer.__new__(Customer)
        twin.desk, twin.session = two, ana.session
        with twin.socket(chat) as line:
            line.until("replay")
            assert ana.says(chat, "told to nobody").status_code == 201
            assert line.until("message", 4)["message"]["text"] == "told to nobody"


def test_with_redis_dead_ruth_is_shown_what_another_desk_offers_her(database: str, tmp_path: Path) -> None:
    changes: dict[str, Any] = {"redis_url": DEAD_REDIS}
    with running_desk(tmp_path, database, **changes) as one, running_desk(tmp_path, database, **changes) as two:
        ruth = two.rep("ruth")
        with ruth.socket() as at_console:
            at_console.until("queue")
            chat = one.ana("C-1001").waits()
            time.sleep(1.5 * CENTRE_SECONDS)  # until nothing else makes the desk look at the queue
            match = Match(chat, ruth.rep["id"], "free")
            assert one.do(offers.make, match)
            shown = at_console.until("queue", where=lambda frame: frame["queue"]["offer"])
            assert shown["queue"]["offer"]["chat"]["id"] == chat


def test_a_wake_carries_ids_and_no_text(redis_url: str) -> None:
    heard: list[list[Notice]] = []

    async def both() -> None:
        here = RedisWake(redis_url, heard.append, lambda *_: None)
        there = RedisWake(redis_url, lambda _: None, lambda *_: None)
        tasks = [asyncio.create_task(work) for work in (here.listen(), there.publish())]
        await asyncio.sleep(0.3)
        there.tell([ConversationChanged("a"), ConversationChanged("a"), QueueChanged(), SessionsEnded(("hash",))])
        for _ in range(100):
            await asyncio.sleep(0.02)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        await here.close()
        await there.close()

    asyncio.run(both())
    assert heard == [[ConversationChanged("a"), SessionsEnded(("hash",)), QueueChanged()]]


def test_a_wake_of_thousands_of_ids_is_cut_into_parts_that_are_heard(redis_url: str) -> None:
    changed = {new_id() for _ in range(4_000)}
    ended = {token_hex(32) for _ in range(2_000)}
    notices = [*map(ConversationChanged, changed), SessionsEnded(tuple(ended)), *map(LookersChanged, changed)]

    async def tell_and_hear() -> list[bytes]:
        desk = RedisWake(redis_url, lambda _: None, lambda *_: None)
        async with Redis.from_url(redis_url) as client, client.pubsub() as channel:
            await channel.subscribe(CHANNEL)
            await channel.get_message(timeout=5)
            publishing = asyncio.create_task(desk.publish())
            desk.tell([*notices, QueueChanged()])
            heard: list[bytes] = []
            while missing_ids(heard, changed, ended):
                message = await channel.get_message(ignore_subscribe_messages=True, timeout=5)
                heard += [message["data"]] if message else []
            publishing.cancel()
            await desk.close()
        return heard

    assert max(map(len, asyncio.run(tell_and_hear()))) <= LARGEST_BYTES


def missing_ids(heard: list[bytes], changed: set[str], ended: set[str]) -> bool:
    """Whether something wasn't heard yet; other desks on this Redis may have told theirs as well."""
    wakes = [msgspec.json.decode(each, type=dict[str, Any]) for each in heard if each.startswith(b'{"desk"')]
    told = {
        kind: {id for wake in wakes for id in wake.get(kind, [])} for kind in ("conversations", "sessions", "looked")
    }
    return not (changed <= told["conversations"] and changed <= told["looked"] and ended <= told["sessions"])


def test_a_desk_on_postgres_alone_needs_no_redis(database: str, tmp_path: Path) -> None:
    with running_desk(tmp_path, database) as desk:
        ana = desk.ana("C-1001")
        chat = ana.opens()
        ana.says(chat, "hello")
        eventually(lambda: "echo: hello" in ana.sees(chat))
