"""Ruth ends an abusive chat; its customer can't reach people for a while, and Lena can undo it."""

from typing import Any

from msgspec.structs import replace
from sqlalchemy import update

from handoff import blocks, closing, rep_queue, turns
from handoff.errors import Forbidden, LostToAnother, NotFound, NotPossibleNow
from handoff.people import Customer
from handoff.schema import conversation, history, rep
from handoff.wire_lead import EndAbusive
from tests.record import Record, answer

SWORE = EndAbusive(reason="Swore at me four times.", hours=24)


def ended(record: Record, customer: Customer) -> tuple[str, Any]:
    """A chat of this customer's that Ruth has ended, and Ruth."""
    ruth = record.rep("Ruth")
    talk = record.held(customer, ruth)
    record.do(blocks.end_abusive, ruth, talk, SWORE)
    return talk, ruth


def test_the_customer_is_told_until_when_and_how_to_object_but_not_the_reason(record: Record) -> None:
    bob = record.customer("Bob", "C-1")
    talk, _ = ended(record, bob)
    last = record.texts(bob, talk)[-1]
    assert "Until 09:00 on 23 November (UTC) only the bot answers you here." in last
    assert "please write to the shop" in last
    assert "four times" not in " ".join(record.texts(bob, talk))


def test_nobody_votes_on_such_a_chat_or_reopens_it(record: Record) -> None:
    bob = record.customer("Bob", "C-1")
    talk, _ = ended(record, bob)
    view = record.view(bob, talk)
    assert (view.state, view.can_vote, view.can_reopen) == ("closed", False, False)
    assert isinstance(record.refused(closing.reopen, bob, talk), NotPossibleNow)


def test_the_bot_goes_on_and_a_person_comes_only_after_the_time(record: Record) -> None:
    bob = record.customer("Bob", "C-1")
    ended(record, bob)
    talk = record.opened(bob)
    record.says(bob, talk, "where is my parcel")
    asked = record.leased(talk)
    record.do(turns.accept, asked, answer(asked, "It comes today."), 5)
    record.do(rep_queue.ask_for_person, bob, talk)
    assert record.view(bob, talk).state == "with_bot"
    assert "A person can't help you in this chat until" in record.texts(bob, talk)[-1]
    record.later(hours=25)
    record.do(rep_queue.ask_for_person, bob, talk)
    assert record.view(bob, talk).state == "waiting"


def test_an_earlier_chat_is_no_way_round_it(record: Record) -> None:
    bob, ruth = record.customer("Bob", "C-1"), record.rep("Sam")
    before = record.held(bob, ruth)
    record.do(closing.close_by_rep, ruth, before, "late_delivery", "Carrier was late")
    ended(record, bob)
    assert isinstance(record.refused(closing.reopen, bob, before), NotPossibleNow)


def test_a_visitors_block_holds_for_new_visitors_of_that_address_only(record: Record) -> None:
    bob = record.customer("Bob")
    ended(record, bob)
    record.do(lambda tx: tx.db.execute(update(conversation).values(address="home")))
    people = {"home": record.customer(), "elsewhere": record.customer(), "signed in": record.customer("Ana", "C-1")}
    states = {}
    for name, who in people.items():
        chat = record.opened(who)
        address = "elsewhere" if name == "elsewhere" else "home"
        record.do(lambda tx, at=address, id=chat: tx.db.execute(_address(id, at)))
        record.do(rep_queue.ask_for_person, who, chat)
        states[name] = record.view(who, chat).state
    assert states == {"home": "with_bot", "elsewhere": "waiting", "signed in": "waiting"}


def _address(conversation_id: str, address: str) -> Any:
    return update(conversation).where(conversation.c.id == conversation_id).values(address=address)


def test_ruth_has_a_breather_of_ten_minutes(record: Record) -> None:
    _, ruth = ended(record, record.customer("Bob"))
    [row] = record.rows(rep, id=ruth.id)
    assert (row.breather_until - record.now).total_seconds() == 600


def test_only_who_holds_the_chat_ends_it(record: Record) -> None:
    ruth, sam = record.rep("Ruth"), record.rep("Sam")
    talk = record.held(record.customer("Bob"), ruth)
    assert isinstance(record.refused(blocks.end_abusive, sam, talk, SWORE), NotFound)
    record.do(rep_queue.release, ruth, talk)
    assert isinstance(record.refused(blocks.end_abusive, ruth, talk, SWORE), LostToAnother)


def test_lena_undoes_it_once_with_a_reason_and_sam_may_not(record: Record) -> None:
    bob, lena, sam = record.customer("Bob", "C-1"), record.rep("Lena", role="lead"), record.rep("Sam")
    ended(record, bob)
    [held] = record.do(blocks.blocks, lena).blocks
    assert (held.customer_name, held.blocked_by, held.reason) == ("Bob", "Ruth", SWORE.reason)
    assert isinstance(record.refused(blocks.undo, sam, held.id, "please"), Forbidden)
    record.do(blocks.undo, lena, held.id, "It was a misunderstanding.")
    assert record.do(blocks.blocks, lena).blocks == []
    assert isinstance(record.refused(blocks.undo, lena, held.id, "again"), NotPossibleNow)
    assert isinstance(record.refused(blocks.undo, lena, "nonsense", "again"), NotFound)
    assert [row.reason for row in record.rows(history, kind="unblocked")] == ["It was a misunderstanding."]
    record.do(rep_queue.ask_for_person, bob, talk := record.opened(bob))
    assert record.view(bob, talk).state == "waiting"


def test_a_second_block_outlasts_the_first_ones_undoing(record: Record) -> None:
    bob, lena = record.customer("Bob", "C-1"), record.rep("Lena", role="lead")
    _, ruth = ended(record, bob)
    [first] = record.do(blocks.blocks, lena).blocks
    record.do(blocks.undo, lena, first.id, "Let's try again.")
    talk = record.held(bob, ruth)
    record.do(blocks.end_abusive, ruth, talk, replace(SWORE, hours=1))
    assert isinstance(record.refused(blocks.undo, lena, first.id, "again"), NotPossibleNow)
    record.do(rep_queue.ask_for_person, bob, chat := record.opened(bob))
    assert record.view(bob, chat).state == "with_bot"
