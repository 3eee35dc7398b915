"""What a rep sees of who waits: what each needs, whom it should go to first, and their own subjects first."""

from datetime import timedelta
from typing import Any

from sqlalchemy import insert, update

from handoff import lead, rep_lists, transfers
from handoff.offers import step_away
from handoff.people import Rep
from handoff.presence import seen
from handoff.schema import conversation, rep
from handoff.schema_centre import rep_skill, skill, team
from handoff.waiting_line import waiting_line
from handoff.wire_lead import TransferTo
from tests.record import Record
from tests.test_promises import calls_for


def test_a_row_says_which_skill_language_and_team_it_needs(record: Record) -> None:
    ruth = record.rep("Ruth")
    a_team(record, "returns", "Returns")
    for name, needs in (("Ana", {"skill": "billing", "language": "es"}), ("Ben", {"team_id": "returns"}), ("Cleo", {})):
        waits(record, name, **needs)
    shown = {item.customer_name: item for item in record.do(rep_lists.queue_for, ruth).waiting}
    assert [(shown[name].needs, shown[name].team) for name in ("Ana", "Ben", "Cleo")] == [
        (["billing", "lang_es"], None),
        ([], "Returns"),
        ([], None),
    ]


def test_a_chat_that_sam_should_get_first_says_so_for_a_minute_and_only_while_he_is_there(record: Record) -> None:
    ruth, sam, tom = record.rep("Ruth"), record.rep("Sam"), record.rep("Tom")
    talk = record.held(record.customer("Ana"), ruth)
    record.later(seconds=30)
    record.do(transfers.transfer, ruth, talk, TransferTo(rep=sam.id), "")
    [item] = record.do(rep_lists.queue_for, tom).waiting
    assert (item.wanted, item.for_you) == ("Sam", False)
    assert item.wanted_until is not None
    assert (item.wanted_until - record.now).total_seconds() == 60
    [his] = record.do(rep_lists.queue_for, sam).waiting
    assert his.for_you
    record.do(step_away, sam)
    [item] = record.do(rep_lists.queue_for, tom).waiting
    assert (item.wanted, item.wanted_until) == (None, None)


def test_a_promise_that_a_lead_gave_to_sam_says_so_for_its_first_minute(record: Record) -> None:
    ana, lena = record.customer("Ana"), record.rep("Lena", role="lead")
    sam, tom = record.rep("Sam"), record.rep("Tom")
    talk = record.waiting(ana)
    due = calls_for(record, ana, talk, hours=1)
    record.do(lead.move_chat, lena, talk, TransferTo(rep=sam.id), "")
    record.later(hours=1)
    record.do(seen, [sam.id])
    [item] = record.do(rep_lists.queue_for, tom).due
    assert (item.wanted, item.wanted_until, item.for_you) == ("Sam", due + timedelta(minutes=1), False)
    [his] = record.do(rep_lists.queue_for, sam).due
    assert his.for_you


def test_ruths_own_subjects_come_first_each_with_its_true_place(record: Record) -> None:
    ruth = record.rep("Ruth")
    knows(record, ruth, "billing", "lang_es")
    a_team(record, "returns", "Returns")
    a_team(record, "ruths", "Ruth's")
    record.do(lambda tx: tx.db.execute(update(rep).where(rep.c.id == ruth.id).values(team_id="ruths")))
    line: dict[str, dict[str, Any]] = {
        "Anybody's": {},
        "Orders": {"skill": "orders"},
        "Billing": {"skill": "billing"},
        "German": {"skill": "billing", "language": "de"},
        "Spanish": {"language": "es"},
        "Others' team": {"skill": "billing", "team_id": "returns"},
        "Her team": {"team_id": "ruths"},
        "Untold": {"skill": "billing", "language": "und"},
        "Hers": {"skill": "devices", "wanted_rep_id": ruth.id},
    }
    for name, needs in line.items():
        waits(record, name, **needs)
    found = record.do(waiting_line, ruth, 50, True)
    assert [item.customer_name for item in found.waiting] == [
        *("Billing", "Spanish", "Her team", "Untold", "Hers"),
        *("Anybody's", "Orders", "German", "Others' team"),
    ]
    assert [item.place for item in found.waiting[:3]] == [3, 5, 7]
    assert (found.total, found.yours) == (9, 5)
    assert [item.for_you for item in found.waiting[3:6]] == [False, True, False]
    in_order = record.do(waiting_line, ruth, 4, False)
    assert [item.customer_name for item in in_order.waiting] == list(line)[:4]
    assert [item.place for item in in_order.waiting] == [1, 2, 3, 4]


def test_who_knows_nothing_in_particular_and_is_in_no_team_sees_the_line_as_it_is(record: Record) -> None:
    ruth = record.rep("Ruth")
    for name, needs in (("Ana", {"skill": "orders"}), ("Ben", {}), ("Cleo", {"language": "es"})):
        waits(record, name, **needs)
    found = record.do(waiting_line, ruth, 50, True)
    assert ([item.customer_name for item in found.waiting], found.yours) == (["Ana", "Ben", "Cleo"], 0)


def waits(record: Record, name: str, **needs: Any) -> str:
    """Somebody of this name waits, a second after whoever came before."""
    talk = record.waiting(record.customer(name))
    record.later(seconds=1)
    if needs:
        record.do(lambda tx: tx.db.execute(update(conversation).where(conversation.c.id == talk).values(needs)))
    return talk


def knows(record: Record, who: Rep, *skills: str) -> None:
    known = [{"name": name, "title": name} for name in skills]
    record.do(lambda tx: tx.db.execute(insert(skill), known))
    levels = [{"rep_id": who.id, "skill": name, "level": 3} for name in skills]
    record.do(lambda tx: tx.db.execute(insert(rep_skill), levels))


def a_team(record: Record, id: str, name: str) -> None:
    row = {"id": id, "name": name, "mode": "pull", "created_at": record.now}
    record.do(lambda tx: tx.db.execute(insert(team).values(row)))
