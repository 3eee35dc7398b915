"""The bot's turns: due, leased, accepted or given up. An answer counts only while owner and lease are unchanged."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any, NamedTuple

from sqlalchemy import or_, select, update

from handoff.bot_answer import BotAnswer
from handoff.bot_says import say_answer
from handoff.closing import close
from handoff.due_turns import note_if_unanswered
from handoff.history import remember
from handoff.moves import Conversation, locked
from handoff.notices import TALK_TO_PERSON, tell
from handoff.open_question import forgotten
from handoff.record import PERSON_PAYLOAD
from handoff.rep_queue import hand_over
from handoff.schema import button, conversation, customer, message, turn
from handoff.states import By, State
from handoff.storage import Transaction
from handoff.texts import MOST_CHARACTERS
from handoff.wrong_orders import count_wrong_order, guarded_orders, wrong_orders_of

LEASE = timedelta(seconds=10)
MOST_ATTEMPTS = 3
FAILURES_UNTIL_PERSON = 2
HANDOFF_BY = {"asked": By.ASKED, "misunderstood": By.MISUNDERSTOOD, "tone": By.TONE, "abuse": By.TONE}


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """A leased turn: what to ask (`text` or `payload`, never both), from which dialogue state, on whose behalf.

    `forgotten` are the events at the end of `state` that the desk has added, to be kept with the answer.
    """

    id: str
    attempt: int
    conversation_id: str
    epoch: int
    last_seq: int
    text: str | None
    payload: str | None
    state: list[dict[str, Any]]
    forgotten: list[dict[str, Any]]
    customer_sub: str | None
    order_id: str | None
    wrong_orders: int
    guarded_orders: list[str]


def unserved(tx: Transaction) -> list[str]:
    """Conversations with a turn that is due, or whose lease ran out with the process that held it."""
    abandoned = (turn.c.state == "leased") & (turn.c.lease_until < tx.now)
    return list(
        tx.db.execute(select(turn.c.conversation_id).where(or_(turn.c.state == "due", abandoned)).limit(200)).scalars()
    )


def lease(tx: Transaction, conversation_id: str) -> Turn | None:
    """Take the due turn of a conversation for ten seconds, with all unanswered words; None if there's nothing to do."""
    talk = locked(tx, conversation_id)
    row = _due_turn(tx, talk)
    if row is None:
        return None
    unanswered = _unanswered(tx, talk)
    if unanswered is None or row["attempt"] >= MOST_ATTEMPTS:
        _end_unserved(tx, talk, row, unanswered)
        return None
    last_seq = unanswered.last_seq
    taken = {"state": "leased", "attempt": row["attempt"] + 1, "lease_until": tx.now + LEASE, "last_seq": last_seq}
    asked = {"text": unanswered.text, "payload": unanswered.payload}
    tx.db.execute(
        update(turn).where(turn.c.id == row["id"]).values(**taken, first_seq=talk.answered_seq + 1, input=asked)
    )
    closed = forgotten(tx, talk, last_seq, unanswered.button_id)
    return Turn(
        id=row["id"],
        attempt=row["attempt"] + 1,
        conversation_id=talk.id,
        epoch=row["epoch"],
        last_seq=last_seq,
        text=None if unanswered.payload else unanswered.text,
        payload=unanswered.payload,
        state=[*dialogue_state(tx, talk.id), *closed],
        forgotten=closed,
        customer_sub=_proven_sub(tx, talk),
        order_id=talk.order_id,
        wrong_orders=wrong_orders_of(tx, talk),
        guarded_orders=guarded_orders(tx),
    )


def _proven_sub(tx: Transaction, talk: Conversation) -> str | None:
    """The shop's customer; None once somebody has come into the conversation by a link in a mail."""
    if talk.unproven_from is not None:
        return None
    return tx.db.execute(select(customer.c.sub).where(customer.c.id == talk.customer_id)).scalar()


def accept(tx: Transaction, asked: Turn, answer: BotAnswer, latency_ms: int) -> bool:
    """Store answer, understanding and new events together; False, and only counted, if the bot no longer owns it."""
    talk = locked(tx, asked.conversation_id)
    if not _finish(tx, asked, talk, "accepted", "answered", answer, latency_ms):
        return False
    changes = {"answered_seq": asked.last_seq, "failed_turns": 0, "topic": answer.topic or talk.topic}
    tx.db.execute(update(conversation).where(conversation.c.id == talk.id).values(changes))
    say_answer(tx, talk, asked.id, answer)
    if answer.wrong_order:
        count_wrong_order(tx, talk, answer.wrong_order)
    if answer.check:
        remember(tx, "checked", "bot", answer.check, conversation_id=talk.id, epoch=talk.owner_epoch, turn=asked.id)
    _go_on(tx, asked, talk, answer)
    return True


def _go_on(tx: Transaction, asked: Turn, talk: Conversation, answer: BotAnswer) -> None:
    """To a person, to what the customer has written meanwhile, to the end, or nowhere: one of them, in this order."""
    if answer.handoff:
        by = HANDOFF_BY.get(answer.handoff.reason, By.POLICY)
        hand_over(tx, talk, by, "bot", reason=answer.handoff.reason, topic=answer.handoff.topic or answer.topic)
    elif not note_if_unanswered(tx, talk.id, talk.owner_epoch, asked.last_seq) and answer.close:
        close(tx, talk, By.SOLVED, "bot", "closed_solved")


def give_up(tx: Transaction, asked: Turn, why: str, latency_ms: int) -> bool:
    """The bot gave no answer: apologise and offer a person; the second time in a row, hand over."""
    talk = locked(tx, asked.conversation_id)
    if not _finish(tx, asked, talk, "given_up", why, None, latency_ms):
        return False
    _apologise(tx, talk, asked.last_seq)
    return True


def dialogue_state(tx: Transaction, conversation_id: str) -> list[dict[str, Any]]:
    """The Rasa events of all accepted turns since the last session start, in order."""
    accepted = select(turn.c.events).where(turn.c.conversation_id == conversation_id, turn.c.state == "accepted")
    events = [
        event
        for new in tx.db.execute(accepted.order_by(turn.c.finished_at, turn.c.last_seq)).scalars()
        for event in new or ()
    ]
    starts = [place for place, event in enumerate(events) if event.get("event") == "session_started"]
    return events[max(starts[-1] - 1, 0) if starts else 0 :]


def _due_turn(tx: Transaction, talk: Conversation) -> Any:
    free = or_(turn.c.state == "due", (turn.c.state == "leased") & (turn.c.lease_until < tx.now))
    return tx.db.execute(select(*turn.c).where(turn.c.conversation_id == talk.id, free)).mappings().one_or_none()


class _Unanswered(NamedTuple):
    """What the customer wrote, or the title and payload of a button that they pressed, up to a `seq`."""

    text: str
    payload: str | None
    last_seq: int
    button_id: str | None = None


def _unanswered(tx: Transaction, talk: Conversation) -> _Unanswered | None:
    columns = (message.c.seq, message.c.text, message.c.button_id, button.c.payload)
    said = select(*columns).outerjoin(button, button.c.id == message.c.button_id)
    mine = (
        (message.c.conversation_id == talk.id)
        & (message.c.author_kind == "customer")
        & (message.c.seq > talk.answered_seq)
        & message.c.attachment_id.is_(None)
        & or_(button.c.payload.is_(None), button.c.payload != PERSON_PAYLOAD)
    )
    rows = tx.db.execute(said.where(mine).order_by(message.c.seq)).all()
    if not rows:
        return None
    if rows[0].payload:
        return _Unanswered(rows[0].text, rows[0].payload, rows[0].seq, rows[0].button_id)
    until_button = next((place for place, row in enumerate(rows) if row.payload), len(rows))
    return _Unanswered(_joined([row.text for row in rows[:until_button]]), None, rows[until_button - 1].seq)


def _joined(texts: list[str]) -> str:
    """The texts joined by newlines; over 4,000 characters the newest stay, cut at a message."""
    kept: list[str] = []
    for text in reversed(texts):
        if kept and sum(map(len, kept)) + len(kept) + len(text) > MOST_CHARACTERS:
            break
        kept.insert(0, text)
    return "\n".join(kept)


def _end_unserved(tx: Transaction, talk: Conversation, row: Any, unanswered: _Unanswered | None) -> None:
    outcome = "too_many_attempts" if unanswered else "nothing_asked"
    done = {"state": "given_up", "outcome": outcome, "finished_at": tx.now}
    tx.db.execute(update(turn).where(turn.c.id == row["id"]).values(done))
    if unanswered:
        _apologise(tx, talk, unanswered.last_seq)


def _finish(
    tx: Transaction,
    asked: Turn,
    talk: Conversation,
    state: str,
    outcome: str,
    answer: BotAnswer | None,
    latency_ms: int,
) -> bool:
    mine = (turn.c.id == asked.id) & (turn.c.state == "leased") & (turn.c.attempt == asked.attempt)
    if (
        talk.state is not State.WITH_BOT
        or talk.owner_epoch != asked.epoch
        or not tx.db.execute(select(turn.c.id).where(mine)).first()
    ):
        remember(
            tx,
            "late_answer",
            "bot",
            "the turn was given up or taken over",
            conversation_id=talk.id,
            epoch=asked.epoch,
            turn=asked.id,
        )
        return False
    done = {"state": state, "outcome": outcome, "latency_ms": latency_ms, "finished_at": tx.now}
    tx.db.execute(update(turn).where(mine).values(**done, **(_answered(asked, answer) if answer else {})))
    return True


def _answered(asked: Turn, answer: BotAnswer) -> dict[str, Any]:
    return {
        "understood": answer.understood,
        "events": [*asked.forgotten, *answer.events],
        "model": answer.model,
        "check_answer": answer.check,
    }


def _apologise(tx: Transaction, talk: Conversation, answered: int) -> None:
    failures = talk.failed_turns + 1
    again = failures >= FAILURES_UNTIL_PERSON
    what, buttons = ("bot_failed_again", []) if again else ("bot_failed", [TALK_TO_PERSON])
    changes = {"answered_seq": answered, "failed_turns": failures}
    tell(tx, talk, what, kind="text", buttons=buttons, changes=changes)
    if again:
        hand_over(tx, talk, By.BOT_DOWN, "desk", reason="bot_down")
    else:
        note_if_unanswered(tx, talk.id, talk.owner_epoch, answered)
