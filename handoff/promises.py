"""Promises to customers: a call back in a window of their choice, or an answer to a message that they left.

A promised conversation keeps its arrival time, and so its place. Its `deadline_at` is when the promise is due, and from
then on when it is missed. What the customer writes meanwhile is kept in it, for the rep who will keep the promise.
"""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import insert, update

from handoff.conversations import conversation_of, open_one
from handoff.due_turns import note_if_unanswered
from handoff.errors import BadField, NotPossibleNow
from handoff.history import Who, remember
from handoff.ids import new_id
from handoff.moves import Conversation, move
from handoff.notices import tell
from handoff.open_promises import end_promise, open_promise
from handoff.opening_hours import Span
from handoff.people import Customer
from handoff.phones import checked_phone
from handoff.record import add_message
from handoff.rep_queue import place_words
from handoff.schema_centre import promise
from handoff.sites import open_hours, opening_after
from handoff.states import By, NextStep, State
from handoff.storage import Transaction
from handoff.texts import checked, masked
from handoff.words import together, wording
from handoff.zones import known_zone

AHEAD = timedelta(days=7)
SHORTEST = timedelta(minutes=15)
NEXT_WINDOW = timedelta(hours=1)
LATE_CLOCK = timedelta(minutes=1)
ANSWERED_WITHIN = timedelta(days=1)


def ask_for_call(
    tx: Transaction,
    customer: Customer,
    conversation_id: str,
    phone: str,
    since: datetime,
    until: datetime,
    time_zone: str | None = None,
) -> None:
    """The customer who waits would rather be called in this window; they keep their place. Twice is as once."""
    before = conversation_of(tx, customer, conversation_id, lock=True)
    number, window = checked_phone(phone), checked_window(tx, since, until)
    if _same_again(tx, before, kind="call_back", phone=number, until_at=window.end):
        return
    _only_while_waiting(before)
    promised(tx, before, By.CALL_BACK, customer, window, phone=number, time_zone=known_zone(time_zone))
    tell(tx, before, "call_promised")


def leave_message(tx: Transaction, customer: Customer, conversation_id: str, text: str) -> None:
    """The customer who waits leaves a message to be answered here, instead of waiting on. Twice is as once."""
    clean = masked(checked(text))
    before = conversation_of(tx, customer, conversation_id, lock=True)
    if _same_again(tx, before, kind="message_left", words=clean.text):
        return
    _only_while_waiting(before)
    promised(tx, before, By.MESSAGE_LEFT, customer, answer_window(tx), words=clean.text)
    add_message(tx, before.id, customer, clean.text)
    for kind in sorted(clean.hidden):
        tell(tx, before, f"hidden_{kind}")
    tell(tx, before, "message_promised")


def take_back(tx: Transaction, customer: Customer, conversation_id: str, to: str) -> str:
    """The customer no longer wants the call or the answer: back in line at the old place ("queue"), or to the bot.

    Joins a conversation that was opened meanwhile. Returns the id of the one that goes on.
    """
    before = conversation_of(tx, customer, conversation_id, lock=True)
    if before.state is not State.PROMISED:
        raise NotPossibleNow(wording("nothing_to_take_back"))
    if other := open_one(tx, customer):
        move(tx, before, State.CLOSED, By.LEFT, customer, closed_at=tx.now)
        tell(tx, before, together(wording("taken_back"), wording("closed_joined")))
        return other.id
    if to == "bot" and customer.only:
        raise NotPossibleNow(wording("bot_needs_sign_in"))
    _back_to(tx, before, to, customer)
    return before.id


def promised(tx: Transaction, before: Conversation, by: By, who: Who, window: Span, **about: Any) -> None:
    """Move a conversation to promised, with a new promise; `about` are columns of it."""
    kind = "message_left" if by in (By.MESSAGE_LEFT, By.ANSWER_LATER) else "call_back"
    _move(tx, before, by, who, window)
    end_promise(tx, before.id, "missed", who)
    new_promise(tx, before.id, who, window, kind=kind, **about)


def promised_once_more(tx: Transaction, before: Conversation, who: Who, window: Span) -> None:
    """Move a conversation back to promised: the same promise, in a later window."""
    _move(tx, before, By.CALL_LATER, who, window)
    mine = (promise.c.conversation_id == before.id) & promise.c.ended_at.is_(None)
    tx.db.execute(update(promise).where(mine).values(from_at=window.start, until_at=window.end))


def _move(tx: Transaction, before: Conversation, by: By, who: Who, window: Span) -> None:
    # What is due at once has its end for a deadline: there is nothing to wait for.
    deadline = window.start if window.start > tx.now else window.end
    steps: dict[str, Any] = {"next_step": NextStep.KEEP_PROMISE, "deadline_at": deadline, "wanted_rep_id": None}
    move(tx, before, State.PROMISED, by, who, **steps)


def new_promise(tx: Transaction, conversation_id: str, who: Who, window: Span, **about: Any) -> None:
    """One more promise in a conversation that has no open one."""
    made_by = who if isinstance(who, str) else who.id
    times = {"from_at": window.start, "until_at": window.end, "made_at": tx.now, "made_by": made_by}
    tx.db.execute(insert(promise).values(id=new_id(), conversation_id=conversation_id, **times, **about))
    span = [window.start.isoformat(), window.end.isoformat()]
    remember(tx, "promised", who, _why(**about), conversation_id=conversation_id, span=span)


def answer_window(tx: Transaction) -> Span:
    """From now on until an answer that is promised now is missed: within a day, in which there's time to answer it.

    The day counts from now only if the desk is open for all of it. Otherwise it counts from the next time that the desk
    opens, after the closing if it's open now: what is promised on a Friday at 17:50 isn't missed before the Tuesday.
    """
    open_in_it = open_hours(tx, tx.now + ANSWERED_WITHIN)
    at_once = Span(tx.now, tx.now + ANSWERED_WITHIN)
    if open_in_it == [at_once]:
        return at_once
    is_open = bool(open_in_it) and open_in_it[0].start == tx.now
    since = opening_after(tx, open_in_it[0].end if is_open else tx.now) or tx.now
    return Span(tx.now, since + ANSWERED_WITHIN)


def checked_window(tx: Transaction, since: datetime, until: datetime) -> Span:
    """The window from now on; BadField unless it's long enough, within seven days, and within opening hours."""
    if since < tx.now - LATE_CLOCK:
        raise BadField(wording("call_in_the_past"), field="from")
    window = Span(max(since, tx.now), until)
    if window.end - window.start < SHORTEST - LATE_CLOCK:
        raise BadField(wording("call_too_short"), field="until")
    if window.end > tx.now + AHEAD:
        raise BadField(wording("call_too_far"), field="until")
    if not any(open.start <= window.start and window.end <= open.end for open in open_hours(tx, tx.now + AHEAD)):
        raise BadField(wording("call_while_closed"), field="from")
    return window


def next_window(tx: Transaction, after: timedelta = timedelta(0)) -> Span:
    """The next hour in which the desk is open and can call, from `after` on; the coming hour if it never opens."""
    since = tx.now + after
    for open in open_hours(tx, tx.now + AHEAD):
        start = max(open.start, since)
        if open.end - start >= SHORTEST:
            return Span(start, min(open.end, start + NEXT_WINDOW))
    return Span(since, since + NEXT_WINDOW)


def _back_to(tx: Transaction, before: Conversation, to: str, customer: Customer) -> None:
    if to == "queue":
        end_promise(tx, before.id, "taken_back", customer)
        after = move(tx, before, State.WAITING, By.TAKEN_BACK, customer)
        tell(tx, after, together(wording("taken_back"), place_words(tx, after)))
    else:
        after = move(tx, before, State.WITH_BOT, By.TAKEN_BACK, customer, failed_turns=0, arrived_at=None)
        tell(tx, after, together(wording("taken_back"), wording("with_bot_again")))
        note_if_unanswered(tx, after.id, after.owner_epoch, after.answered_seq)


def _why(kind: str, words: str | None = None, **_: Any) -> str:
    if kind == "call_back":
        return "will be called"
    return "left a message" if words else "will be answered here"


def _same_again(tx: Transaction, talk: Conversation, **what: Any) -> bool:
    known = open_promise(tx, talk.id) if talk.state is State.PROMISED else None
    return known is not None and all(getattr(known, name) == value for name, value in what.items())


def _only_while_waiting(talk: Conversation) -> None:
    if talk.state is State.WITH_BOT:
        raise NotPossibleNow(wording("ask_for_person_first"))
    if talk.state is State.WITH_REP:
        raise NotPossibleNow(wording("just_taken"))
    if talk.state is not State.WAITING:
        raise NotPossibleNow
