"""What becomes of a letter is told in its chat, and to leads and admins; nobody is told more than once."""

from __future__ import annotations

from typing import Any

import pytest

from handoff import absence, closing, customer_email, mail_news, outbound, transcripts, views
from handoff.admin_routes import show
from handoff.lead_view import lead_view
from handoff.mail_trouble import NotSent
from handoff.people import Customer, Rep
from handoff.schema import history
from handoff.schema_mail import mail
from tests.record import Record

DESK = "https://desk.example"
ANA = "ana@example.com"
GONE = NotSent("no_mailbox", "550 5.1.1 no such user", code="550", for_good=True)
DOWN = NotSent("unreachable", code="ConnectionRefusedError", by_server=True)


@pytest.fixture
def written(record: Record) -> tuple[Customer, Rep, str]:
    """Ana left her address and went; Ruth has written, and a letter is due."""
    ana, ruth = record.customer("Ana"), record.rep("Ruth", site_id=None)
    talk = record.held(ana, ruth)
    record.do(customer_email.leave_email, ana, talk, ANA)
    record.later(minutes=2)
    record.replies(ruth, talk, "Your parcel is in Leeds.")
    record.do(absence.reach, True)
    return ana, ruth, talk


def fails(record: Record, trouble: NotSent) -> None:
    record.do(outbound.not_sent, record.do(outbound.lease, DESK), trouble, 5)


def notes(record: Record, ruth: Rep, talk: str) -> list[str]:
    return [note.text for note in record.do(views.rep_view, ruth, talk).notes]


def test_ruth_is_told_that_the_mail_to_ana_couldnt_be_delivered_and_why(
    record: Record, written: tuple[Customer, Rep, str]
) -> None:
    ana, ruth, talk = written
    fails(record, GONE)
    failed = 'there is no such mailbox (the mail server said "550 5.1.1 no such user")'
    assert notes(record, ruth, talk)[-1] == f"The e-mail to Ana couldn't be delivered: {failed}."
    [told] = record.rows(history, conversation_id=talk, kind="mail_failed")
    assert told.reason == failed
    # Ana, who may have mistyped it, finds out when she is back; what the server says is for reps.
    assert record.texts(ana, talk)[-1] == (
        "We couldn't write to a…@example.com: there is no such mailbox. You can leave another address."
    )


def test_a_chat_that_is_closed_gets_no_more_lines_for_ana_than_the_reps_note(
    record: Record, written: tuple[Customer, Rep, str]
) -> None:
    ana, ruth, talk = written
    record.do(closing.close_by_rep, ruth, talk, "late_delivery", "Carrier lost it")
    before = record.texts(ana, talk)
    fails(record, GONE)
    assert record.texts(ana, talk) == before
    assert "couldn't be delivered" in notes(record, ruth, talk)[-1]


def test_ruth_is_told_once_that_the_mail_is_late_and_once_that_it_went_out_after_all(
    record: Record, written: tuple[Customer, Rep, str]
) -> None:
    _ana, ruth, talk = written
    fails(record, DOWN)
    record.do(mail_news.tell_late)
    assert len(notes(record, ruth, talk)) == 1
    record.later(minutes=6)
    for _ in range(2):
        record.do(mail_news.tell_late)
    assert notes(record, ruth, talk)[1:] == [
        "The e-mail to Ana hasn't gone out yet: the mail server can't be reached. We keep trying."
    ]
    record.do(outbound.sent, record.do(outbound.lease, DESK))
    assert notes(record, ruth, talk)[2:] == ["The e-mail to Ana has gone out now."]


def test_of_mail_that_goes_out_in_time_ruth_hears_nothing_more(
    record: Record, written: tuple[Customer, Rep, str]
) -> None:
    _ana, ruth, talk = written
    record.do(outbound.sent, record.do(outbound.lease, DESK))
    record.later(minutes=6)
    record.do(mail_news.tell_late)
    assert notes(record, ruth, talk) == [
        "The customer had left, so we're sending them an e-mail with a link back to this chat."
    ]


def test_what_was_never_tried_is_late_too(record: Record, written: tuple[Customer, Rep, str]) -> None:
    _ana, ruth, talk = written
    record.later(minutes=6)
    record.do(mail_news.tell_late)
    assert notes(record, ruth, talk)[-1] == "The e-mail to Ana hasn't gone out yet. We keep trying."


def test_what_was_given_up_because_of_the_server_may_be_written_anew_and_a_bad_address_not(
    record: Record, written: tuple[Customer, Rep, str]
) -> None:
    _ana, ruth, talk = written
    record.later(days=1)
    fails(record, DOWN)
    record.replies(ruth, talk, "It has come.")
    record.do(absence.reach, True)
    fails(record, GONE)
    record.replies(ruth, talk, "Are you there?")
    record.do(absence.reach, True)
    assert [row.state for row in record.rows(mail)] == ["failed", "failed"]


def test_ana_is_told_in_the_chat_that_her_copy_couldnt_be_sent(record: Record) -> None:
    ana, ruth = record.customer("Ana"), record.rep("Ruth", site_id=None)
    talk = record.held(ana, ruth)
    record.do(transcripts.mail_transcript, ana, talk, ANA)
    assert record.texts(ana, talk)[-1] == "We're sending what was said so far to a…@example.com."
    fails(record, GONE)
    assert record.texts(ana, talk)[-1] == (
        "We couldn't send what was said so far to a…@example.com: there is no such mailbox."
    )


def test_a_letter_that_another_desk_has_taken_over_is_told_of_by_that_desk_only(
    record: Record, written: tuple[Customer, Rep, str]
) -> None:
    _ana, ruth, talk = written
    mine = record.do(outbound.lease, DESK)
    record.later(minutes=6)
    record.do(mail_news.tell_late)
    record.do(outbound.lease, DESK)
    record.do(outbound.not_sent, mine, GONE)
    assert not record.do(outbound.sent, mine)
    assert len(notes(record, ruth, talk)) == 2
    assert [row.state for row in record.rows(mail)] == ["due"]


def test_lena_sees_that_mail_is_late_and_why(record: Record, written: tuple[Customer, Rep, str]) -> None:
    lena = record.rep("Lena", role="lead")
    made = record.now
    fails(record, DOWN)
    assert record.do(lead_view, lena).mail is None
    record.later(minutes=6)
    late = record.do(lead_view, lena).mail
    assert (late.count, late.since, late.why) == (1, made, "the mail server can't be reached")
    [shown] = record.do(show, lena, True).mail_in_trouble
    assert (shown.state, shown.customer_name, shown.to) == ("late", "Ana", "a…@example.com")


def test_lena_and_ada_see_what_couldnt_be_delivered_and_only_ada_the_invitation(
    record: Record, written: tuple[Customer, Rep, str]
) -> None:
    _ana, _ruth, talk = written
    fails(record, GONE)
    record.do(outbound.put, "k", "invitation", "sam@example.com", "Come", "…", invitation_id=invited(record))
    fails(record, GONE)
    lena, ada = record.rep("Lena", role="lead"), record.rep("Ada", role="admin")
    [shown] = record.do(show, lena, True).mail_in_trouble
    assert (shown.state, shown.conversation, shown.why) == ("failed", talk, str(GONE))
    assert {each.to for each in record.do(show, ada, True).mail_in_trouble} == {"sam@example.com", "a…@example.com"}


def invited(record: Record) -> str:
    """An open invitation, for a letter to name."""
    from handoff.schema_mail import invitation

    by = record.rep("Otto", role="admin").id
    times = {"made_at": record.now, "expires_at": record.now.replace(year=2030)}

    def add(tx: Any) -> None:
        tx.db.execute(invitation.insert().values(id="i1", email="sam@example.com", role="rep", made_by=by, **times))

    record.do(add)
    return "i1"
