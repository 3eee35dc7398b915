"""A customer who left gets one mail when a rep has written, with a link back and none of the chat's text."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import update

from handoff import absence, closing, customer_email, customer_sessions, messages, outbound, shop_settings
from handoff.customer_sessions import Caller
from handoff.errors import BadField, NotFound, NotPossibleNow
from handoff.identity import Identity
from handoff.people import Customer, Rep
from handoff.schema import conversation
from handoff.schema import customer as customer_table
from handoff.schema_mail import mail
from handoff.settings import Limits
from handoff.wire_admin import ChangeSetting
from tests.record import Record

DESK = "https://desk.example"
NOBODY = Caller(None, "address")


def here(record: Record, *people: Customer) -> None:
    record.do(absence.seen, [each.id for each in people])


def ana_who_left_her_address(record: Record) -> tuple[Customer, Rep, str]:
    ana, ruth = record.customer("Ana"), record.rep("Ruth")
    talk = record.held(ana, ruth)
    record.do(customer_email.leave_email, ana, talk, "ana@example.com")
    return ana, ruth, talk


def letters(record: Record) -> list[Any]:
    return sorted(record.rows(mail), key=lambda row: row.made_at)


def reach(record: Record) -> None:
    record.do(absence.reach, True)


def test_ana_left_and_ruth_writes_so_ana_gets_one_mail_without_the_chats_text(record: Record) -> None:
    _ana, ruth, talk = ana_who_left_her_address(record)
    record.later(seconds=90)
    record.replies(ruth, talk, "Your parcel is in Leeds.")
    record.replies(ruth, talk, "It comes tomorrow.")
    reach(record)
    [letter] = letters(record)
    assert (letter.to, letter.conversation_id, letter.kind) == ("ana@example.com", talk, "rep_wrote")
    sent = record.do(outbound.lease, DESK)
    assert f"{DESK}/chat/#" in sent.text
    assert "parcel" not in sent.subject + sent.text
    assert "tomorrow" not in sent.subject + sent.text


def test_ana_who_writes_in_german_gets_a_german_mail_and_a_link_to_a_german_page(record: Record) -> None:
    _ana, ruth, talk = ana_who_left_her_address(record)
    record.do(lambda tx: tx.db.execute(update(conversation).values(language="de")))
    record.later(seconds=90)
    record.replies(ruth, talk, "Ihr Paket ist in Leeds.")
    reach(record)
    sent = record.do(outbound.lease, DESK)
    assert sent.subject == "Jemand aus dem Team des Shops hat Ihnen geantwortet"
    assert "Hier geht es mit Ihrem Chat weiter:" in sent.text
    assert f"{DESK}/chat/?lang=de#" in sent.text


def test_however_much_ruth_writes_it_is_one_mail_an_absence(record: Record) -> None:
    ana, ruth, talk = ana_who_left_her_address(record)
    for _ in range(3):
        record.later(minutes=3)
        record.replies(ruth, talk, "Still here.")
        reach(record)
    assert len(letters(record)) == 1
    here(record, ana)
    record.later(minutes=3)
    record.replies(ruth, talk, "And again.")
    reach(record)
    assert len(letters(record)) == 2


def test_ana_who_is_there_gets_no_mail(record: Record) -> None:
    ana, ruth, talk = ana_who_left_her_address(record)
    for _ in range(5):
        record.later(seconds=10)
        here(record, ana)
        record.replies(ruth, talk, "Here you are.")
        record.later(seconds=1)
        here(record, ana)
        reach(record)
    record.later(minutes=10)
    reach(record)
    assert letters(record) == []


def test_ana_who_left_before_she_could_read_it_gets_the_mail_a_minute_later(record: Record) -> None:
    ana, ruth, talk = ana_who_left_her_address(record)
    here(record, ana)
    record.later(seconds=5)
    record.replies(ruth, talk, "Your parcel is in Leeds.")
    record.later(seconds=54)
    reach(record)
    assert letters(record) == []
    record.later(seconds=1)
    reach(record)
    assert len(letters(record)) == 1


def test_where_pages_mark_what_was_read_only_unread_words_make_a_mail(record: Record) -> None:
    ana, ruth, talk = ana_who_left_her_address(record)
    here(record, ana)
    record.later(seconds=2)
    read = record.replies(ruth, talk, "Your parcel is in Leeds.").seq
    record.do(mark_read, talk, read)
    record.later(minutes=5)
    reach(record)
    assert letters(record) == []
    record.replies(ruth, talk, "It comes tomorrow.")
    reach(record)
    assert len(letters(record)) == 1


def test_ruth_answers_and_closes_and_ana_is_told_all_the_same(record: Record) -> None:
    _ana, ruth, talk = ana_who_left_her_address(record)
    record.later(minutes=2)
    record.replies(ruth, talk, "It was sent again.")
    record.do(closing.close_by_rep, ruth, talk, "late_delivery", "carrier lost it")
    reach(record)
    assert len(letters(record)) == 1


def test_ana_comes_back_before_the_mail_went_out_and_so_it_doesnt(record: Record) -> None:
    ana, ruth, talk = ana_who_left_her_address(record)
    record.later(minutes=2)
    record.replies(ruth, talk, "Your parcel is in Leeds.")
    reach(record)
    record.later(seconds=1)
    here(record, ana)
    assert record.do(outbound.lease, DESK) is None
    assert [letter.state for letter in letters(record)] == ["withdrawn"]


def test_the_shop_may_switch_it_off(record: Record) -> None:
    _ana, ruth, talk = ana_who_left_her_address(record)
    ada = record.rep("Ada")
    shown = record.do(shop_settings.all_settings)
    [revision] = [each.revision for each in shown if each.name == "write_to_absent"]
    off, admin = ChangeSetting(revision=revision, value=False), replace(ada, role="admin")
    record.do(shop_settings.change_setting, admin, "write_to_absent", off)
    record.later(minutes=2)
    record.replies(ruth, talk, "Your parcel is in Leeds.")
    reach(record)
    assert letters(record) == []


def test_ana_is_reached_at_the_address_that_the_shop_has_signed(record: Record) -> None:
    started = record.do(customer_sessions.start, NOBODY, Identity("C-1", "Ana", None, "ana@shop.example"), Limits())
    talk = record.held(started.customer, record.rep("Ruth"))
    assert record.view(started.customer, talk).email == "a…@shop.example"
    newer = Identity("C-1", "Ana", None, "ana@new.example")
    record.do(customer_sessions.start, NOBODY, newer, Limits())
    assert record.view(started.customer, talk).email == "a…@new.example"


def test_the_address_that_ana_left_before_she_signed_in_goes_with_her(record: Record) -> None:
    started = record.do(customer_sessions.start, NOBODY, None, Limits())
    talk = record.waiting(started.customer)
    record.do(customer_email.leave_email, started.customer, talk, "ana@example.com")
    caller = Caller(started.token, "address")
    known = record.do(customer_sessions.start, caller, Identity("C-1", "Ana"), Limits()).customer
    assert record.view(known, talk).email == "a…@example.com"


@pytest.mark.parametrize(("address", "on"), [(None, True), ("ana@example.com", False)])
def test_nobody_is_written_to_without_an_address_or_where_mail_is_off(
    record: Record, address: str | None, on: bool
) -> None:
    _ana, ruth, talk = ana_who_left_her_address(record)
    record.do(lambda tx: tx.db.execute(customer_table.update().values(email=address)))
    record.later(minutes=2)
    record.replies(ruth, talk, "Your parcel is in Leeds.")
    record.do(absence.reach, on)
    record.do(absence.reach, True)
    assert letters(record) == []


def test_ruth_sees_that_ana_was_written_to(record: Record) -> None:
    from handoff import views

    _ana, ruth, talk = ana_who_left_her_address(record)
    record.later(minutes=2)
    record.replies(ruth, talk, "Your parcel is in Leeds.")
    reach(record)
    assert "sending them an e-mail" in record.do(views.rep_view, ruth, talk).notes[-1].text


def test_ana_sees_her_address_masked_and_may_take_it_back(record: Record) -> None:
    ana, _ruth, talk = ana_who_left_her_address(record)
    assert record.view(ana, talk).email == "a…@example.com"
    assert "ana@example.com" not in str(record.texts(ana, talk))
    record.do(customer_email.leave_email, ana, talk, None)
    assert record.view(ana, talk).email is None


def test_only_who_waits_talks_to_a_person_or_was_promised_something_leaves_an_address(record: Record) -> None:
    ana, bob = record.customer("Ana"), record.customer("Bob")
    talk = record.opened(ana)
    assert isinstance(record.refused(customer_email.leave_email, ana, talk, "ana@example.com"), NotPossibleNow)
    waiting = record.waiting(bob)
    assert isinstance(record.refused(customer_email.leave_email, ana, waiting, "ana@example.com"), NotFound)
    assert isinstance(record.refused(customer_email.leave_email, bob, waiting, "bob@exa mple"), BadField)
    record.do(customer_email.leave_email, bob, waiting, "bob@example.com")


def mark_read(tx: Any, talk: str, seq: int) -> None:
    from handoff.schema import conversation

    tx.db.execute(conversation.update().where(conversation.c.id == talk).values(customer_read=seq))


def test_words_that_ruth_repeats_are_still_one_cause(record: Record) -> None:
    _ana, ruth, talk = ana_who_left_her_address(record)
    record.later(minutes=2)
    record.do(messages.reply, ruth, talk, "client-id-same", "Once.")
    reach(record)
    record.do(messages.reply, ruth, talk, "client-id-same", "Once.")
    reach(record)
    assert len(letters(record)) == 1
