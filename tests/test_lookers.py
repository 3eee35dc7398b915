"""Ruth sees that Sam has the same chat open; of Lena's silent look she sees nothing."""

from __future__ import annotations

from typing import Any

from handoff import lead, lookers, looking, rep_queue
from handoff.people import Rep
from handoff.schema_knowing import looker
from handoff.storage import LookersChanged
from tests.desk import Desk, Line, RepClient
from tests.record import Record


def test_ruth_and_sam_look_at_the_same_waiting_chat_and_each_sees_the_other(record: Record) -> None:
    ruth, sam = record.rep("Ruth"), record.rep("Sam")
    talk = record.waiting(record.customer("Ana"))
    looks(record, ruth, talk)
    looks(record, sam, talk)
    assert LookersChanged(talk) in record.told
    assert seen_by(record, talk, ruth, sam) == {ruth.id: ["Sam"], sam.id: ["Ruth"]}


def test_a_rep_looks_at_what_they_opened_last_and_at_nothing_once_that_connection_is_gone(record: Record) -> None:
    ruth, sam = record.rep("Ruth"), record.rep("Sam")
    first, second = record.waiting(record.customer("Ana")), record.waiting(record.customer("Bob"))
    looks(record, sam, first, "an older tab")
    looks(record, sam, second, "a newer tab")
    assert {LookersChanged(first), LookersChanged(second)} <= set(record.told)
    assert seen_by(record, first, ruth) == {ruth.id: []}
    record.do(lookers.look_away, sam, "an older tab")
    assert seen_by(record, second, ruth) == {ruth.id: ["Sam"]}
    record.do(lookers.look_away, sam, "a newer tab")
    assert record.told == [LookersChanged(second)]
    assert record.rows(looker) == []


def test_of_lenas_look_as_a_lead_nobody_sees_anything(record: Record) -> None:
    ruth, lena = record.rep("Ruth"), record.rep("Lena", role="lead")
    talk = record.held(record.customer("Ana"), ruth)
    record.do(looking.look, lena, talk)
    looks(record, lena, talk)
    looks(record, ruth, talk)
    assert seen_by(record, talk, ruth, lena) == {ruth.id: [], lena.id: ["Ruth"]}
    record.do(rep_queue.release, ruth, talk)
    record.later(hours=11)
    here(record, ruth, lena)
    assert seen_by(record, talk, ruth) == {ruth.id: []}


def test_lena_who_opened_it_from_the_queue_or_has_taken_it_over_is_seen(record: Record) -> None:
    ruth, lena = record.rep("Ruth"), record.rep("Lena", role="lead")
    waits = record.waiting(record.customer("Ana"))
    looks(record, lena, waits)
    assert seen_by(record, waits, ruth) == {ruth.id: ["Lena"]}
    held = record.held(record.customer("Bob"), ruth)
    record.do(looking.look, lena, held)
    record.do(lead.take_over, lena, held)
    looks(record, lena, held)
    assert seen_by(record, held, ruth) == {ruth.id: ["Lena"]}


def test_who_may_not_see_the_chat_neither_looks_nor_learns_who_does(record: Record) -> None:
    ruth, sam = record.rep("Ruth"), record.rep("Sam")
    waits = record.waiting(record.customer("Ana"))
    looks(record, sam, waits)
    record.do(rep_queue.claim, ruth, waits)
    assert LookersChanged(waits) in record.told
    assert seen_by(record, waits, ruth, sam) == {ruth.id: []}
    looks(record, record.rep("Sue"), waits)
    assert [row.rep_id for row in record.rows(looker)] == [sam.id]


def test_whose_browser_is_gone_looks_no_longer(record: Record) -> None:
    ruth, sam = record.rep("Ruth"), record.rep("Sam")
    talk = record.waiting(record.customer("Ana"))
    looks(record, sam, talk)
    record.later(seconds=46)
    here(record, ruth)
    assert seen_by(record, talk, ruth) == {ruth.id: []}


def test_the_consoles_are_told_over_their_sockets(desk: Desk) -> None:
    talk = desk.ana().waits()
    ruth, sam = desk.rep("ruth"), desk.rep("sam")
    with ruth.socket() as at_ruths:
        at_ruths.hello(conversation=talk)
        at_ruths.until("replay")
        with sam.socket() as at_sams:
            at_sams.hello(conversation=talk)
            assert names_told(at_ruths, talk) == ["Sam"]
            assert names_told(at_sams, talk) == ["Ruth"]
        assert names_told(at_ruths, talk) == []
        silent_look(desk, at_ruths, ruth, talk)


def silent_look(desk: Desk, at_ruths: Line, ruth: RepClient, talk: str) -> None:
    """Lena looks at what Ruth holds, then Sam at what waits again: Sam's name is the next that Ruth is told."""
    lena, sam = desk.rep("lena"), desk.rep("sam")
    ruth.does("claim", talk)
    assert lena.does("look", talk).status_code == 200
    with lena.socket() as at_lenas, sam.socket() as at_sams:
        at_lenas.hello(conversation=talk)
        assert names_told(at_lenas, talk) == ["Ruth"]
        ruth.does("release", talk)
        at_sams.hello(conversation=talk)
        assert names_told(at_ruths, talk) == ["Sam"]


def names_told(line: Line, talk: str) -> Any:
    return line.until("lookers", where=lambda frame: frame["conversation"] == talk)["names"]


def looks(record: Record, rep: Rep, talk: str, socket: str = "a tab") -> None:
    record.do(lookers.look_at, rep, talk, socket)


def seen_by(record: Record, talk: str, *readers: Rep) -> dict[str, list[str]]:
    found: dict[str, list[str]] = record.do(lookers.lookers_for, talk, readers)
    return found


def here(record: Record, *reps: Rep) -> None:
    from handoff.presence import seen

    record.do(seen, [rep.id for rep in reps])
