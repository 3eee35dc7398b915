"""Coming back by the link in a mail: once, to one conversation, as somebody who has proven nothing to the bot."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from sqlalchemy import update

from handoff import (
    absence,
    closing,
    conversations,
    customer_email,
    customer_sessions,
    link_sessions,
    mail_links,
    messages,
    outbound,
    rep_queue,
    transcripts,
    turns,
    views,
)
from handoff.customer_sessions import Caller
from handoff.errors import Forbidden, LinkUsed, NotFound, NotPossibleNow, SignedOut, TooMany
from handoff.identity import Identity
from handoff.people import Customer, Rep
from handoff.schema import conversation
from handoff.schema_mail import mail, mail_link
from handoff.settings import Limits
from handoff.states import By, State
from handoff.storage import Runner
from tests.record import Record
from tests.test_races import race

LIMITS = Limits()
DESK = "https://desk.example"
STRANGER = Caller(None, "address")


def ana_gets_a_link(record: Record, sub: str | None = "C-1") -> tuple[Customer, Rep, str, str]:
    """Ana, Ruth, their conversation, and the token in Ana's mail."""
    ana, ruth = record.customer("Ana", sub), record.rep("Ruth")
    talk = record.held(ana, ruth)
    record.do(customer_email.leave_email, ana, talk, "ana@example.com")
    record.later(minutes=2)
    record.replies(ruth, talk, "Your parcel is in Leeds.")
    record.do(absence.reach, True)
    letter = record.do(outbound.lease, DESK)
    return ana, ruth, talk, letter.text.partition("/chat/#")[2].split()[0]


def comes_back(record: Record, token: str) -> Caller:
    """Somebody uses the link; their session."""
    back = record.do(link_sessions.come_back, token, STRANGER, LIMITS)
    return Caller(back.token, "address")


def customer_by_link(record: Record, token: str) -> Customer:
    who: Customer = record.do(customer_sessions.session_of, comes_back(record, token), LIMITS).customer
    return who


def test_the_link_opens_the_conversation_once(record: Record) -> None:
    _ana, _ruth, talk, token = ana_gets_a_link(record)
    back = customer_by_link(record, token)
    assert "Your parcel is in Leeds." in record.texts(back, talk)
    assert record.says(back, talk, "Thank you!").conversation == talk
    assert isinstance(record.refused(link_sessions.come_back, token, STRANGER, LIMITS), LinkUsed)


def test_the_table_holds_no_link_that_works(record: Record) -> None:
    *_, token = ana_gets_a_link(record)
    [letter] = record.rows(mail)
    [link] = record.rows(mail_link)
    assert token not in letter.text
    assert token not in link.token_hash


def test_a_link_leads_nowhere_after_seven_days(record: Record) -> None:
    *_, token = ana_gets_a_link(record)
    record.later(days=7, seconds=1)
    assert isinstance(record.refused(link_sessions.come_back, token, STRANGER, LIMITS), LinkUsed)


@pytest.mark.parametrize("token", ["", "x" * 43, "../../etc", "%"])
def test_a_made_up_link_leads_nowhere(record: Record, token: str) -> None:
    ana_gets_a_link(record)
    assert isinstance(record.refused(link_sessions.come_back, token, STRANGER, LIMITS), LinkUsed)


def test_a_link_to_an_account_opens_no_conversation(record: Record) -> None:
    ana_gets_a_link(record)
    invitation = record.do(mail_links.new_link, "invitation")
    assert isinstance(record.refused(link_sessions.come_back, invitation, STRANGER, LIMITS), LinkUsed)


def test_who_came_by_a_link_sees_nothing_else_of_ana(record: Record) -> None:
    ana, ruth, talk, token = ana_gets_a_link(record)
    back = customer_by_link(record, token)
    record.do(closing.close_by_rep, ruth, talk, "late_delivery", "carrier lost it")
    other = record.opened(ana)
    record.says(ana, other, "my secret")
    assert not back.verified
    assert isinstance(record.refused(messages.messages_after, back, other, 0, 200), NotFound)
    assert isinstance(record.refused(views.customer_view, back, other), NotFound)
    assert record.do(conversations.current_conversation, back) == talk
    assert record.do(conversations.open_conversation, back).id == talk
    for verb in (messages.send,):
        assert isinstance(record.refused(verb, back, other, "client-id-x", "hello"), NotFound)
        assert isinstance(record.refused(verb, back, talk, "client-id-y", "hello"), NotPossibleNow)
    assert isinstance(record.refused(closing.reopen, back, talk), NotPossibleNow)


def test_who_came_by_a_link_may_reopen_the_chat_and_gets_a_person(record: Record) -> None:
    _ana, ruth, talk, token = ana_gets_a_link(record)
    back = customer_by_link(record, token)
    record.do(closing.close_by_rep, ruth, talk, "late_delivery", "carrier lost it")
    assert record.do(closing.reopen, back, talk) == talk
    assert record.view(back, talk).state == "waiting"
    record.says(back, talk, "It still isn't here.")


def test_who_came_by_a_link_cant_ask_the_bot_in_anas_name(record: Record) -> None:
    from handoff.moves import move

    _ana, ruth, talk, token = ana_gets_a_link(record)
    back = customer_by_link(record, token)
    record.do(rep_queue.release, ruth, talk)
    assert isinstance(record.refused(rep_queue.stop_waiting, back, talk), NotPossibleNow)
    record.do(rep_queue.claim, ruth, talk)
    record.says(back, talk, "Show me my orders.")

    def give_to_bot(tx: Any) -> None:
        held = rep_queue.held_by(tx, ruth, talk)
        after = move(tx, held, State.WITH_BOT, By.RETURN_TO_BOT, ruth)
        from handoff.due_turns import note_if_unanswered

        note_if_unanswered(tx, after.id, after.owner_epoch, after.answered_seq)

    record.do(give_to_bot)
    turn: turns.Turn = record.leased(talk)
    assert turn.text is not None
    assert turn.customer_sub is None
    assert isinstance(record.refused(messages.send, back, talk, "client-id-z", "and my address?"), NotPossibleNow)


def test_before_anybody_came_by_a_link_the_bot_knows_ana(record: Record) -> None:
    ana = record.customer("Ana", "C-1")
    talk = record.opened(ana)
    record.says(ana, talk, "Where is it?")
    assert record.leased(talk).customer_sub == "C-1"


def test_eve_who_holds_a_link_of_ana_cant_take_anas_chats_into_her_own_account(record: Record) -> None:
    ana, _ruth, talk, token = ana_gets_a_link(record, sub=None)
    caller = comes_back(record, token)
    started = record.do(customer_sessions.start, caller, Identity("C-666", "Eve"), LIMITS)
    eve = started.customer
    assert eve.id != ana.id
    assert isinstance(record.refused(views.customer_view, eve, talk), NotFound)
    assert record.do(conversations.current_conversation, eve) is None
    assert isinstance(record.refused(customer_sessions.session_of, caller, LIMITS), SignedOut)
    assert record.view(ana, talk).id == talk


def test_asking_for_a_session_again_keeps_the_one_by_link_as_narrow_as_it_was(record: Record) -> None:
    _ana, _ruth, talk, token = ana_gets_a_link(record)
    caller = comes_back(record, token)
    started = record.do(customer_sessions.start, caller, None, LIMITS)
    assert not started.customer.verified
    assert record.do(customer_sessions.session_of, caller, LIMITS).customer.only == talk


def test_who_came_by_a_link_cant_send_the_next_one_elsewhere(record: Record) -> None:
    _ana, _ruth, talk, token = ana_gets_a_link(record)
    back = customer_by_link(record, token)
    assert isinstance(record.refused(customer_email.leave_email, back, talk, "eve@example.com"), Forbidden)
    assert isinstance(record.refused(transcripts.mail_transcript, back, talk, "eve@example.com"), Forbidden)
    record.do(transcripts.mail_transcript, back, talk, None)
    assert record.rows(mail, kind="transcript")[0].to == "ana@example.com"


def test_another_address_takes_the_links_to_the_old_one_back(record: Record) -> None:
    ana, _ruth, talk, token = ana_gets_a_link(record)
    record.do(customer_email.leave_email, ana, talk, "ana@elsewhere.example")
    assert isinstance(record.refused(link_sessions.come_back, token, STRANGER, LIMITS), LinkUsed)


def test_ruth_is_told_what_the_link_proves(record: Record) -> None:
    _ana, ruth, talk, token = ana_gets_a_link(record)
    comes_back(record, token)
    view = record.do(views.rep_view, ruth, talk)
    assert "proves that they read that mailbox and nothing more" in view.notes[-1].text
    assert "Ana has come back by the link in our e-mail." in record.texts(ruth, talk)


def test_ten_at_once_use_one_link_and_one_gets_in(record: Record, database_url: str) -> None:
    *_, token = ana_gets_a_link(record)
    # The race runs by the database's own clock.
    record.do(lambda tx: tx.db.execute(mail_link.update().values(expires_at=record.now.replace(year=2999))))

    async def story(runner: Runner) -> list[Any]:
        tries = (runner.run(link_sessions.come_back, token, STRANGER, LIMITS) for _ in range(10))
        return await asyncio.gather(*tries, return_exceptions=True)

    results = race(record, database_url, story)
    assert sum(isinstance(each, link_sessions.CameBack) for each in results) == 1
    assert sum(isinstance(each, LinkUsed) for each in results) == 9


def test_ana_gets_what_was_said_by_mail_at_most_three_times_a_day(record: Record) -> None:
    ana, ruth = record.customer("Ana"), record.rep("Ruth")
    talk = record.held(ana, ruth)
    record.replies(ruth, talk, "Your parcel is in Leeds.")
    for number in range(transcripts.MOST_A_DAY):
        record.do(transcripts.mail_transcript, ana, talk, "ana@example.com")
        record.says(ana, talk, f"Thanks {number}")
    assert isinstance(record.refused(transcripts.mail_transcript, ana, talk, "ana@example.com"), TooMany)
    letters = sorted(record.rows(mail), key=lambda row: len(row.text))
    assert len(letters) == transcripts.MOST_A_DAY
    assert "Ruth\nYour parcel is in Leeds." in letters[0].text
    assert "You\nThanks 1" in letters[-1].text
    record.later(days=1, seconds=1)
    record.do(transcripts.mail_transcript, ana, talk, "ana@example.com")


def test_a_long_chat_is_copied_from_its_end(record: Record, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(transcripts, "MOST_MESSAGES", 2)
    ana, ruth = record.customer("Ana"), record.rep("Ruth")
    talk = record.held(ana, ruth)
    for number in range(3):
        record.replies(ruth, talk, f"Line {number}.")
    record.do(transcripts.mail_transcript, ana, talk, "ana@example.com")
    [letter] = record.rows(mail)
    assert "beginning is left out" in letter.text
    assert letter.text.index("Line 1.") < letter.text.index("Line 2.")
    assert "Line 0." not in letter.text


def test_a_copy_tells_times_on_the_shops_clock_in_the_language_that_ana_writes_in(record: Record) -> None:
    record.site("Berlin", "Europe/Berlin")
    ana, ruth = record.customer("Ana"), record.rep("Ruth")
    talk = record.held(ana, ruth)
    record.do(transcripts.mail_transcript, ana, talk, "ana@example.com")
    record.do(lambda tx: tx.db.execute(update(conversation).values(language="de")))
    record.says(ana, talk, "Wo ist mein Paket?")
    record.do(transcripts.mail_transcript, ana, talk, "ana@example.com")
    english, german = sorted(record.rows(mail), key=lambda row: len(row.text))
    assert "All times are Berlin time." in english.text
    assert "22 November 2026, 10:00  You\n" in english.text
    assert (english.subject, german.subject) == ("Your chat with us", "Ihr Chat mit uns")
    assert "Alle Zeiten: Ortszeit Berlin." in german.text
    assert "22. November 2026, 10:00  Sie\nWo ist mein Paket?" in german.text


def test_a_copy_of_somebody_elses_chat_is_refused(record: Record) -> None:
    ana, bob, ruth = record.customer("Ana"), record.customer("Bob"), record.rep("Ruth")
    talk = record.held(ana, ruth)
    assert isinstance(record.refused(transcripts.mail_transcript, bob, talk, "bob@example.com"), NotFound)
