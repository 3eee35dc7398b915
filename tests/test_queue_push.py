"""The queue on the screens: everyone sees it move, nobody is asked more than it costs."""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from typing import Any

import pytest

from handoff import queue_push
from handoff.people import Rep
from handoff.queue_push import read_queue
from handoff.storage import QueueChanged
from tests.desk import Desk, add_rep, eventually


def test_those_who_wait_see_their_place_move(desk: Desk) -> None:
    first, second, ruth = desk.ana("C-1"), desk.ana("C-2"), desk.rep()
    chats = [first.waits(), second.waits()]
    with second.socket(chats[1]) as line:
        assert line.until("state")["conversation"]["place"] == 2
        ruth.does("claim", chats[0])
        assert line.until("state", where=lambda frame: frame["conversation"]["place"] == 1)
    for chat in chats:
        ruth.does("claim", chat)
        ruth.does("close", chat, topic="late_delivery", cause="carrier lost it")


def test_those_who_wait_see_a_rep_come(desk: Desk) -> None:
    ana = desk.ana("C-3")
    chat = ana.waits()
    with ana.socket(chat) as line:
        here = line.until("state")["conversation"]["reps_here"]
        add_rep(desk, "nina", "rep")
        with desk.rep("nina").socket():
            assert line.until("state", where=lambda frame: frame["conversation"]["reps_here"] > here)
    ana.http.post(f"/api/conversations/{chat}/close", json={})


def test_a_rep_hears_what_they_hold_and_nothing_more_after_giving_it_back(desk: Desk) -> None:
    ana, ruth, sam = desk.ana("C-4"), desk.rep("ruth"), desk.rep("sam")
    chat = ana.waits()
    with ruth.socket() as line:
        ruth.does("claim", chat)
        line.until("rep_state", where=lambda frame: frame["conversation"]["yours"])
        ana.says(chat, "to Ruth")
        assert line.until("message")["message"]["text"] == "to Ruth"
        ruth.does("release", chat)
        assert line.until("rep_state", where=lambda frame: not frame["conversation"]["yours"])
        sam.does("claim", chat)
        time.sleep(0.5)
        ana.says(chat, "to Sam")
        with pytest.raises(TimeoutError):
            line.until("message", 0.7, where=lambda frame: frame["message"]["text"] == "to Sam")
    sam.does("close", chat, topic="late_delivery", cause="carrier lost it")


def test_ruths_answer_frees_a_place_and_her_console_is_told_at_once(desk: Desk) -> None:
    ana, ruth = desk.ana("C-5"), desk.rep("ruth")
    chat = ana.waits()
    with ruth.socket() as line:
        ruth.does("claim", chat)
        line.until("queue", where=lambda frame: frame["queue"]["you"]["load"] == 1)
        ruth.replies(chat, "It comes tomorrow.")
        line.until("queue", where=lambda frame: frame["queue"]["you"]["load"] == 0)
    ruth.does("close", chat, topic="late_delivery", cause="carrier lost it")


def test_many_changes_at_once_are_shown_a_few_times_and_the_last_is_right(desk: Desk) -> None:
    people = [desk.ana(f"C-1{number}") for number in range(12)]
    with desk.rep("ruth").socket() as line:
        line.until("queue")
        with ThreadPoolExecutor(len(people)) as pool:
            list(pool.map(lambda person: person.waits(), people))
        last = line.until("queue", where=lambda frame: frame["queue"]["waiting_total"] == 12)
        shown = [frame for frame in line.heard if frame["kind"] == "queue"]
        assert len(shown) <= 12
        assert [item["place"] for item in last["queue"]["waiting"]] == list(range(1, 13))
    for person in people:
        person.http.post(
            f"/api/conversations/{person.http.get('/api/conversations/current').json()['id']}/close", json={}
        )


def test_five_hundred_reps_cost_one_reading_and_no_list_that_didnt_change(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    crowd = [Rep(f"{number:032}", f"rep{number}", f"Rep {number}", "rep") for number in range(500)]
    read: list[str] = []
    real = queue_push.held_list
    monkeypatch.setattr(queue_push, "held_list", lambda tx, rep: read.append(rep.id) or real(tx, rep))
    first = desk.do(read_queue, crowd, {})
    assert len(read) == 500
    again = desk.do(read_queue, crowd, first.holdings)
    assert len(read) == 500
    assert again.holdings == first.holdings


def test_an_unchanged_queue_is_not_sent_again(desk: Desk) -> None:
    async def nudge() -> None:
        desk.parts.queue_push.hear([QueueChanged()])

    with ExitStack() as stack:
        line: Any = stack.enter_context(desk.rep("ruth").socket())
        line.until("queue")
        desk.call(nudge())
        with pytest.raises(TimeoutError):
            line.until("queue", 0.6)
    eventually(lambda: not desk.parts.hub.sockets)
