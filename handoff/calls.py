"""Calling a customer back: the number, each try with its outcome, and a call for later."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import func, insert, select

from handoff.closing import close
from handoff.errors import BadField, NotPossibleNow
from handoff.history import remember
from handoff.ids import new_id
from handoff.notices import tell
from handoff.open_promises import end_promise, open_promise
from handoff.people import Rep
from handoff.phones import checked_phone
from handoff.promises import checked_window, next_window, promised, promised_once_more
from handoff.record import add_note, show_anew
from handoff.rep_queue import held_by
from handoff.schema import rep as rep_table
from handoff.schema_centre import call_attempt, promise
from handoff.states import By
from handoff.storage import Transaction
from handoff.texts import masked

TRIES = 2
AGAIN_AFTER = timedelta(minutes=15)
UNANSWERED = ("no_answer", "busy")


@dataclass(frozen=True, slots=True)
class CallToMake:
    """A call: the id of its promise, and the number as the customer wrote it."""

    id: str
    phone: str


def call_to_make(tx: Transaction, rep: Rep, conversation_id: str) -> CallToMake:
    """The call that the rep is about to make; NotPossibleNow if no call was promised in what they hold."""
    held_by(tx, rep, conversation_id)
    known = _promised_call(tx, conversation_id)
    remember(tx, "dialled", rep, "calls the customer", conversation_id=conversation_id)
    return CallToMake(known.id, known.phone)


def call_later(
    tx: Transaction,
    rep: Rep,
    conversation_id: str,
    phone: str | None,
    since: datetime,
    until: datetime,
    note: str | None = None,
) -> None:
    """Rep and customer agreed on a call: promised from now on, at the old place; the note is for whoever calls."""
    before = held_by(tx, rep, conversation_id)
    window = checked_window(tx, since, until)
    before_that = last_call(tx, conversation_id)
    number = checked_phone(phone) if phone else before_that and before_that.phone
    if number is None:
        raise BadField("Enter the number to call.", field="phone")
    if note:
        add_note(tx, before.id, rep, masked(note).text)
    promised(tx, before, By.CALL_LATER, rep, window, phone=number, time_zone=before_that and before_that.time_zone)
    tell(tx, before, "call_later", rep=rep.display_name)


def record_call(tx: Transaction, rep: Rep, conversation_id: str, outcome: str, note: str | None = None) -> None:
    """Write down how a call went and do what follows from it.

    Reached: the promise is kept, and the rep goes on. No answer or busy: once more a little later; the second time the
    customer is told and the conversation closed. Wrong number: the customer is asked for the right one.
    """
    before = held_by(tx, rep, conversation_id)
    known = _promised_call(tx, conversation_id)
    _keep_attempt(tx, known.id, rep, outcome, note)
    remember(tx, "called", rep, outcome, conversation_id=before.id)
    show_anew(tx, before.id)
    if outcome == "reached":
        end_promise(tx, before.id, "kept", rep)
        tell(tx, before, "call_reached", rep=rep.display_name)
    elif outcome == "wrong_number":
        end_promise(tx, before.id, "missed", rep)
        tell(tx, before, "call_wrong_number")
    elif _tries(tx, known.id) < TRIES:
        promised_once_more(tx, before, rep, next_window(tx, AGAIN_AFTER))
        tell(tx, before, "call_not_answered")
    else:
        close(tx, before, By.IDLE, rep, "call_given_up")


def attempts_of(tx: Transaction, promise_id: str) -> list[Any]:
    """Each try with the name of the rep who made it, oldest first."""
    columns = (*call_attempt.c, rep_table.c.display_name)
    tries = select(*columns).join(rep_table, rep_table.c.id == call_attempt.c.rep_id)
    return list(tx.db.execute(tries.where(call_attempt.c.promise_id == promise_id).order_by(call_attempt.c.at)))


def last_call(tx: Transaction, conversation_id: str) -> Any:
    """The `phone` and `time_zone` of the conversation's latest promise of a call, kept or not; None if there's none."""
    calls = (promise.c.conversation_id == conversation_id) & promise.c.phone.is_not(None)
    newest = select(promise.c.phone, promise.c.time_zone).where(calls).order_by(promise.c.made_at.desc()).limit(1)
    return tx.db.execute(newest).one_or_none()


def _keep_attempt(tx: Transaction, promise_id: str, rep: Rep, outcome: str, note: str | None) -> None:
    words = masked(note.strip()).text if note and note.strip() else None
    row = {"promise_id": promise_id, "rep_id": rep.id, "at": tx.now, "outcome": outcome, "note": words}
    tx.db.execute(insert(call_attempt).values(id=new_id(), **row))


def _tries(tx: Transaction, promise_id: str) -> int:
    in_vain = (call_attempt.c.promise_id == promise_id) & call_attempt.c.outcome.in_(UNANSWERED)
    return int(tx.db.execute(select(func.count()).select_from(call_attempt).where(in_vain)).scalar_one())


def _promised_call(tx: Transaction, conversation_id: str) -> Any:
    known = open_promise(tx, conversation_id)
    if known is None or known.kind != "call_back":
        raise NotPossibleNow("No call is promised to this customer.")
    return known
