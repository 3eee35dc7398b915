"""Calling back: each try is written down, and something follows from it."""

import asyncio
import json
from datetime import timedelta

import httpx
import pytest

from handoff import calls, promise_views, promises, rep_queue, sweeper, views
from handoff.calls import CallToMake
from handoff.dialling import LinkDialling, WebhookDialling
from handoff.errors import BadField, LostToAnother, NotFound, NotPossibleNow
from handoff.people import Customer, Rep
from handoff.phones import checked_phone, dialled
from handoff.presence import seen
from handoff.schema_centre import call_attempt, promise
from handoff.settings import SettingsError, read_settings
from tests.record import Record

PHONE = "+44 20 7946 0000"


@pytest.fixture
def ana(record: Record) -> Customer:
    return record.customer("Ana")


@pytest.fixture
def ruth(record: Record) -> Rep:
    return record.rep("Ruth")


@pytest.fixture
def talk(record: Record, ana: Customer, ruth: Rep) -> str:
    """Ana's chat: her call is due, and Ruth has claimed it."""
    talk = record.waiting(ana)
    since = record.now + timedelta(hours=1)
    record.do(promises.ask_for_call, ana, talk, PHONE, since, since + timedelta(hours=1))
    claim_when_due(record, ruth, talk, hours=1)
    return talk


def claim_when_due(record: Record, rep: Rep, talk: str, **time: float) -> None:
    record.later(**time)
    record.do(seen, [rep.id])
    record.do(sweeper.sweep, record.now - timedelta(days=1))
    record.do(rep_queue.claim, rep, talk)


def test_reached_the_promise_is_kept_and_ruth_goes_on(record: Record, ana: Customer, ruth: Rep, talk: str) -> None:
    record.do(calls.record_call, ruth, talk, "reached", "  Asked for a refund. ")
    assert record.view(ana, talk).state == "with_rep"
    assert [row.outcome for row in record.rows(promise)] == ["kept"]
    [tried] = record.rows(call_attempt)
    assert (tried.outcome, tried.note, tried.rep_id, tried.at) == (
        "reached",
        "Asked for a refund.",
        ruth.id,
        record.now,
    )
    assert record.texts(ana, talk)[-1] == "Ruth has called you."


def test_after_no_answer_it_is_tried_once_more_and_then_ana_is_told(
    record: Record, ana: Customer, ruth: Rep, talk: str
) -> None:
    record.do(calls.record_call, ruth, talk, "no_answer")
    again = record.view(ana, talk)
    assert (again.state, again.promise.from_) == ("promised", record.now + timedelta(minutes=15))
    assert record.texts(ana, talk)[-1].startswith("We tried to call you, but nobody answered. We'll try once more.")
    claim_when_due(record, ruth, talk, minutes=16)
    assert [each.outcome for each in record.do(views.rep_view, ruth, talk).promise.attempts] == ["no_answer"]
    record.do(calls.record_call, ruth, talk, "busy")
    assert record.view(ana, talk).state == "closed"
    assert any("We tried to call you twice" in text for text in record.texts(ana, talk))
    assert record.view(ana, talk).can_reopen
    assert [row.outcome for row in record.rows(promise)] == ["missed"]


def test_once_more_is_within_opening_hours(record: Record, ana: Customer, ruth: Rep, talk: str) -> None:
    record.site(opens=8, closes=10)  # it's ten now
    record.do(calls.record_call, ruth, talk, "busy")
    assert record.view(ana, talk).promise.from_.isoformat() == "2026-11-23T08:00:00+00:00"


def test_with_a_wrong_number_ana_is_asked_for_the_right_one(
    record: Record, ana: Customer, ruth: Rep, talk: str
) -> None:
    record.do(calls.record_call, ruth, talk, "wrong_number")
    assert record.view(ana, talk).state == "with_rep"
    assert "Please write the right one here." in record.texts(ana, talk)[-1]
    window = (record.now + timedelta(hours=1), record.now + timedelta(hours=2))
    record.do(calls.call_later, ruth, talk, "+44 20 7946 0001", *window)
    assert record.view(ana, talk).promise.phone == "+44 20 7946 0001"


def test_ruth_and_ana_agree_on_a_later_call(record: Record, ana: Customer, ruth: Rep, talk: str) -> None:
    sam = record.rep("Sam")
    window = (record.now + timedelta(hours=3), record.now + timedelta(hours=4))
    record.do(calls.call_later, ruth, talk, None, *window, "Ask for the tracking number.")
    assert record.view(ana, talk).promise.phone == PHONE
    claim_when_due(record, sam, talk, hours=3)
    notes = [note.text for note in record.do(views.rep_view, sam, talk).notes]
    assert notes == ["Ask for the tracking number."]
    assert not any("tracking number" in text for text in record.texts(ana, talk))


def test_ruth_is_offered_the_number_she_has_and_the_opening_hours(record: Record, ruth: Rep, talk: str) -> None:
    record.site(opens=8, closes=18)
    offered = record.do(promise_views.times_to_call, ruth, talk)
    assert (offered.phone, len(offered.open), offered.shortest_minutes) == (PHONE, 8, 15)
    record.do(rep_queue.release, ruth, talk)
    assert record.do(promise_views.times_to_call, ruth, talk).phone is None
    bob = record.held(record.customer("Bob"), ruth)
    assert record.do(promise_views.times_to_call, ruth, bob).phone is None


def test_a_call_needs_a_number_and_a_promise(record: Record, ruth: Rep) -> None:
    bob = record.customer("Bob")
    chat = record.held(bob, ruth)
    window = (record.now + timedelta(hours=1), record.now + timedelta(hours=2))
    assert isinstance(record.refused(calls.call_later, ruth, chat, None, *window), BadField)
    assert isinstance(record.refused(calls.record_call, ruth, chat, "reached"), NotPossibleNow)
    assert isinstance(record.refused(calls.call_to_make, ruth, chat), NotPossibleNow)


def test_only_who_holds_it_calls(record: Record, ruth: Rep, talk: str) -> None:
    sam = record.rep("Sam")
    assert isinstance(record.refused(calls.call_to_make, sam, talk), NotFound)
    record.do(rep_queue.release, ruth, talk)
    assert isinstance(record.refused(calls.record_call, ruth, talk, "reached"), LostToAnother)


CALL = CallToMake("call-1", "(020) 7946 0000")


def test_by_default_the_call_is_a_link() -> None:
    made = asyncio.run(LinkDialling().call(CALL))
    assert (made.how, made.link) == ("link", "tel:02079460000")


@pytest.mark.parametrize(
    ("written", "tel"),
    [
        ("+44 20 7946 0000", "+442079460000"),
        ("+44 (0)20 7946 0000", "+442079460000"),
        ("+49 (0) 30 123456", "+4930123456"),
        ("(0)20 7946 0000", "02079460000"),
        ("+1 (509) 555-0100", "+15095550100"),
    ],
)
def test_a_number_is_dialled_as_its_writer_meant_it(written: str, tel: str) -> None:
    assert dialled(checked_phone(written)) == tel


def test_a_phone_system_is_told_the_number_and_nothing_else() -> None:
    heard: list[httpx.Request] = []

    def phone_system(request: httpx.Request) -> httpx.Response:
        heard.append(request)
        return httpx.Response(202)

    made = asyncio.run(WebhookDialling("https://pbx.example/call", httpx.MockTransport(phone_system)).call(CALL))
    assert made.how == "phone_system"
    assert json.loads(heard[0].content) == {"call": "call-1", "phone": "02079460000"}


def fails(request: httpx.Request) -> httpx.Response:
    raise httpx.ConnectError("refused")


@pytest.mark.parametrize(
    "phone_system",
    [fails, lambda _: httpx.Response(500), lambda _: httpx.Response(302, headers={"location": "https://evil.example"})],
)
def test_when_the_phone_system_fails_ruth_is_given_the_number(phone_system: httpx.MockTransport) -> None:
    made = asyncio.run(WebhookDialling("https://pbx.example", httpx.MockTransport(phone_system)).call(CALL))  # type: ignore[arg-type]
    assert (made.how, made.phone, made.link) == ("by_hand", "(020) 7946 0000", "tel:02079460000")
    assert "Dial by hand" in made.words


def test_a_phone_systems_address_must_be_encrypted() -> None:
    secrets = {"BATON_BOT_TOKEN": "x" * 32, "BATON_CONTEXT_KEY": "x" * 32}
    with pytest.raises(SettingsError, match="https"):
        read_settings({**secrets, "BATON_DIAL_WEBHOOK": "http://pbx.example"})
    assert read_settings({**secrets, "BATON_DIAL_WEBHOOK": "https://pbx.example"}).dial_webhook
