"""What customers and reps say: stored once per `client_id`, masked, and answered by whoever owns the conversation."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import bindparam, select

from handoff.asked_again import note_asked_again
from handoff.conversations import begin, conversation_of, open_one
from handoff.due_turns import note_due
from handoff.errors import IdReused, NotFound, NotPossibleNow
from handoff.known_facts import tells_a_fact
from handoff.moves import IDLE_WITH_BOT, QUIET, Conversation
from handoff.notices import TALK_TO_PERSON, tell
from handoff.open_promises import answer_kept
from handoff.people import Customer, Rep
from handoff.record import PERSON_PAYLOAD, add_message, as_message, files_of, show_anew
from handoff.rep_queue import ask_for_person, held_by
from handoff.schema import button, message
from handoff.states import NextStep, State
from handoff.storage import QueueChanged, Transaction
from handoff.texts import checked, masked
from handoff.wire_chat import Message, MessagePage
from handoff.words import wording

_SAID_BEFORE = select(message).where(
    message.c.author_id == bindparam("who"), message.c.client_id == bindparam("client_id")
)
_PAGE = (
    select(message)
    .where(message.c.conversation_id == bindparam("talk"), message.c.seq > bindparam("after"))
    .where(message.c.audience == "all")
    .order_by(message.c.seq)
    .limit(bindparam("most"))
)


@dataclass(frozen=True, slots=True)
class Stored:
    """A message in the record, and whether this call put it there."""

    message: Message
    new: bool


def send(
    tx: Transaction,
    customer: Customer,
    conversation_id: str,
    client_id: str,
    text: str,
    attachment_id: str | None = None,
) -> Stored:
    """Store the customer's words; in a closed conversation they begin its successor, whose id the message then carries.

    A repeat of the same `client_id` and text changes nothing; with another text it is IdReused.
    """
    clean = masked(checked(text))
    talk = conversation_of(tx, customer, conversation_id, lock=True)
    if before := repeated(tx, customer, client_id, clean.text):
        return before
    talk = _writable(tx, customer, talk)
    said = _store(tx, customer, talk, client_id, clean.text, attachment_id=attachment_id)
    if talk.state is not State.WITH_BOT and (talk.topic is None or tells_a_fact(clean.text)):
        show_anew(tx, talk.id)  # it stands in the brief from now on
    for kind in sorted(clean.hidden):
        tell(tx, talk, f"hidden_{kind}")
    return said


def press(tx: Transaction, customer: Customer, conversation_id: str, client_id: str, button_id: str) -> Stored:
    """The customer presses one of the conversation's buttons: its title is what they said, its payload the bot's."""
    talk = conversation_of(tx, customer, conversation_id, lock=True)
    pressed = _button(tx, talk, button_id)
    if before := repeated(tx, customer, client_id, pressed.title):
        return before
    talk = _writable(tx, customer, talk)
    if pressed.payload == PERSON_PAYLOAD and talk.state is State.WITH_BOT:
        said = add_message(tx, talk.id, customer, pressed.title, client_id=client_id, button_id=button_id)
        ask_for_person(tx, customer, talk.id)
        return Stored(said, new=True)
    return _store(tx, customer, talk, client_id, pressed.title, button_id=button_id)


def reply(
    tx: Transaction, rep: Rep, conversation_id: str, client_id: str, text: str, attachment_id: str | None = None
) -> Stored:
    """Add the rep's words to a conversation that they hold; LostToAnother or NotFound otherwise."""
    clean = masked(checked(text))
    if before := repeated(tx, rep, client_id, clean.text):
        return before
    talk = held_by(tx, rep, conversation_id)
    timer: dict[str, Any] = {"next_step": NextStep.ASK_IF_THERE, "deadline_at": tx.now + QUIET}
    timer["unheard_since"] = talk.unheard_since or tx.now
    own: dict[str, Any] = {"client_id": client_id, "attachment_id": attachment_id}
    said = add_message(tx, talk.id, rep, clean.text, **own, answered_seq=talk.last_seq, **timer)
    answer_kept(tx, talk.id, rep)
    note_asked_again(tx, rep, talk, clean.text)
    if talk.next_step == NextStep.REMIND_REP:
        tx.tell(QueueChanged())  # it needs them no more, so they have room for another
    return Stored(said, new=True)


def messages_after(tx: Transaction, who: Customer | Rep, conversation_id: str, after: int, limit: int) -> MessagePage:
    """The messages with a `seq` above `after`, oldest first, `limit` at most."""
    talk = conversation_of(tx, who, conversation_id)
    return page_of(tx, talk, who, after, limit)


def page_of(tx: Transaction, talk: Conversation, who: Customer | Rep, after: int, limit: int) -> MessagePage:
    """A page of a conversation that the reader is known to be allowed to see."""
    found = tx.db.execute(_PAGE, {"talk": talk.id, "after": after, "most": limit + 1}).mappings().all()
    files = files_of(tx, found)
    shown = [as_message(row, who, files) for row in found[:limit]]
    return MessagePage(messages=shown, head=talk.last_seq, version=talk.version, more=len(found) > limit)


def repeated(tx: Transaction, who: Customer | Rep, client_id: str, text: str) -> Stored | None:
    """What the person has stored under this `client_id` before, None if nothing; IdReused if it was another text."""
    row = tx.db.execute(_SAID_BEFORE, {"who": who.id, "client_id": client_id}).mappings().one_or_none()
    if row is None:
        return None
    if row["text"] != text:
        raise IdReused(field="client_id")
    return Stored(as_message(row, who, files_of(tx, [row])), new=False)


def _writable(tx: Transaction, customer: Customer, talk: Conversation) -> Conversation:
    if customer.only and talk.state not in (State.WAITING, State.PROMISED, State.WITH_REP):
        raise NotPossibleNow(wording("bot_needs_sign_in"))
    if talk.state is not State.CLOSED:
        return talk
    if already := open_one(tx, customer):
        return already
    successor = begin(tx, customer, previous=talk)
    tell(tx, successor, "goes_on")
    return successor


def _store(
    tx: Transaction,
    customer: Customer,
    talk: Conversation,
    client_id: str,
    text: str,
    button_id: str | None = None,
    attachment_id: str | None = None,
) -> Stored:
    page = {"address": customer.address or talk.address, "page_language": customer.language or talk.page_language}
    changes = {**page, **_TIMER_AFTER_CUSTOMER[talk.state](tx)}
    own: dict[str, Any] = {"client_id": client_id, "button_id": button_id, "attachment_id": attachment_id}
    said = add_message(tx, talk.id, customer, text, **own, **changes)
    if talk.state is State.WITH_BOT and attachment_id:
        tell(tx, talk, "file_to_bot", kind="text", buttons=[TALK_TO_PERSON])
    elif talk.state is State.WITH_BOT:
        note_due(tx, talk.id, talk.owner_epoch)
    else:
        tx.tell(QueueChanged())  # the reps' lists show each customer's last words, and which are unread
    return Stored(said, new=True)


_TIMER_AFTER_CUSTOMER: dict[State, Callable[[Transaction], dict[str, Any]]] = {
    State.WITH_BOT: lambda tx: {"next_step": NextStep.CLOSE_IDLE, "deadline_at": tx.now + IDLE_WITH_BOT},
    State.WAITING: lambda tx: {},
    State.PROMISED: lambda tx: {},
    State.WITH_REP: lambda tx: {"next_step": NextStep.REMIND_REP, "deadline_at": tx.now + QUIET},
}


def _button(tx: Transaction, talk: Conversation, button_id: str) -> Any:
    found = tx.db.execute(
        select(*button.c).where(button.c.id == button_id, button.c.conversation_id == talk.id)
    ).one_or_none()
    if found is None:
        raise NotFound
    return found
