"""Read marks: each side sees how far the other has read, and a mark costs nothing when it says nothing new."""

from __future__ import annotations

from handoff import reading
from handoff.errors import NotFound
from handoff.storage import ConversationChanged
from handoff.views import rep_view
from tests.desk import Desk
from tests.record import Record


def test_each_side_sees_how_far_the_other_has_read(record: Record) -> None:
    ana, ruth = record.customer("Ana"), record.rep("Ruth")
    chat = record.held(ana, ruth)
    words = record.replies(ruth, chat, "I'm looking into it.")
    before = record.view(ana, chat).version
    record.do(reading.read_by_customer, ana, chat, words.seq)
    assert record.told == [ConversationChanged(chat)]
    assert record.do(rep_view, ruth, chat).customer_read == words.seq
    assert record.view(ana, chat).version == before + 1
    thanks = record.says(ana, chat, "Thank you.")
    assert record.view(ana, chat).rep_read == 0
    before = record.view(ana, chat).version
    record.do(reading.read_by_rep, ruth, chat, thanks.seq)
    assert record.view(ana, chat).rep_read == thanks.seq
    assert record.view(ana, chat).version == before + 1


def test_a_mark_only_goes_forward_and_says_nothing_when_it_says_nothing_new(record: Record) -> None:
    ana, ruth = record.customer("Ana"), record.rep("Ruth")
    chat = record.held(ana, ruth)
    head = record.view(ana, chat).head
    record.do(reading.read_by_customer, ana, chat, head)
    version = record.view(ana, chat).version
    for seq in (head, head - 1, 0):
        record.do(reading.read_by_customer, ana, chat, seq)
        assert record.told == []
    assert record.view(ana, chat).version == version
    assert record.view(ana, chat).customer_read == head


def test_nobody_has_read_what_nobody_has_said(record: Record) -> None:
    ana, ruth = record.customer("Ana"), record.rep("Ruth")
    chat = record.held(ana, ruth)
    record.do(reading.read_by_customer, ana, chat, 2**31 - 1)
    assert record.view(ana, chat).customer_read == record.view(ana, chat).head


def test_a_rep_who_only_looks_leaves_no_mark(record: Record) -> None:
    ana, ruth, sam = record.customer("Ana"), record.rep("Ruth"), record.rep("Sam")
    waiting = record.waiting(ana)
    record.do(reading.read_by_rep, sam, waiting, 1)
    assert record.view(ana, waiting).rep_read == 0
    ben = record.customer("Ben")
    held = record.held(ben, ruth)
    assert isinstance(record.refused(reading.read_by_rep, sam, held, 1), NotFound)
    assert isinstance(record.refused(reading.read_by_customer, ana, held, 1), NotFound)


def test_ana_sees_on_her_open_page_that_ruth_has_read(desk: Desk) -> None:
    ana, ruth = desk.ana("C-1"), desk.rep("ruth")
    chat = ana.waits()
    ruth.does("claim", chat)
    seq = ana.says(chat, "Are you there?").json()["seq"]
    with ana.socket(chat) as line:
        assert ruth.does("read", chat, seq=seq).status_code == 204
        state = line.until("state", where=lambda frame: frame["conversation"]["rep_read"] == seq)
        assert state["conversation"]["owner"]["name"] == "Ruth"
