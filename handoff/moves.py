"""One guarded way to move a conversation between states: the database settles races, the history remembers."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import bindparam, insert, select, update

from handoff.errors import LostToAnother, NotFound, NotPossibleNow
from handoff.history import Who, remember
from handoff.ids import new_id
from handoff.open_offers import end_offer
from handoff.open_promises import drop_promise
from handoff.people import Rep
from handoff.schema import assignment, conversation, turn
from handoff.states import By, NextStep, State, may_move
from handoff.storage import ConversationChanged, LookersChanged, QueueChanged, Transaction
from handoff.waits import keep_waits

IDLE_WITH_BOT = timedelta(minutes=30)
STILL_WAITING = timedelta(minutes=5)
QUIET = timedelta(minutes=15)

OWNER_KIND = {
    State.WITH_BOT: "bot",
    State.WAITING: "queue",
    State.WITH_REP: "rep",
    State.PROMISED: "queue",
    State.CLOSED: "none",
}
FIRST_STEP = {
    State.WITH_BOT: (NextStep.CLOSE_IDLE, IDLE_WITH_BOT),
    State.WAITING: (NextStep.TELL_STILL_WAITING, STILL_WAITING),
    State.WITH_REP: (NextStep.REMIND_REP, QUIET),
}

_LOCKED = select(conversation).where(conversation.c.id == bindparam("which")).with_for_update()
_MOVE = (
    update(conversation)
    .where(conversation.c.id == bindparam("which"))
    .where(conversation.c.owner_epoch == bindparam("epoch_before"), conversation.c.state == bindparam("state_before"))
    .values(owner_epoch=conversation.c.owner_epoch + 1, version=conversation.c.version + 1)
    .returning(conversation)
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Conversation:
    """A row of the table `conversation`."""

    id: str
    customer_id: str
    state: State
    owner_kind: str
    owner_id: str | None
    owner_epoch: int
    version: int
    last_seq: int
    answered_seq: int
    failed_turns: int
    verified_from: int | None
    address: str | None
    order_id: str | None
    topic: str | None
    cause: str | None
    reason: str | None
    skill: str | None
    priority: int
    arrived_at: datetime | None
    wanted_rep_id: str | None
    deadline_at: datetime | None
    next_step: str | None
    opened_at: datetime
    closed_at: datetime | None
    previous_id: str | None
    language: str | None
    team_id: str | None
    customer_read: int
    rep_read: int
    unheard_since: datetime | None
    unproven_from: int | None
    routed_at: datetime | None
    page_language: str | None


def as_conversation(row: Any) -> Conversation:
    """A row of the table as a value."""
    return Conversation(**{**row, "state": State(row["state"])})


def move(
    tx: Transaction, before: Conversation, to: State, by: By, who: Who, *, rep: Rep | None = None, **changes: Any
) -> Conversation:
    """Move a conversation that nobody else has moved since it was read.

    `rep` is the new owner when `to` is with_rep. NotPossibleNow if the table of moves forbids it, LostToAnother if
    the owner's epoch has changed. An unfinished turn of the bot is dropped, so its late answer finds no taker.
    """
    if not may_move(before.state, to, by):
        raise NotPossibleNow
    row = _write(tx, before, {**_begun(tx, to, rep), **changes})
    if row is None:
        raise LostToAnother
    after = as_conversation(row)
    _drop_turns(tx, before)
    _keep_assignments(tx, before, after, by, who)
    keep_waits(tx, before, after)
    if before.state in (State.WAITING, State.PROMISED):
        end_offer(tx, after.id, after.owner_id)
    if to in (State.WITH_BOT, State.CLOSED):
        drop_promise(tx, after.id, who)
    remember(tx, "moved", who, by, conversation_id=after.id, epoch=after.owner_epoch, start=before.state, end=to)
    tx.tell(
        ConversationChanged(after.id),
        LookersChanged(after.id),
        *([QueueChanged()] if {before.state, to} & {State.WAITING, State.WITH_REP, State.PROMISED} else []),
    )
    return after


def locked(tx: Transaction, conversation_id: str) -> Conversation:
    """The conversation of this id, which nobody else changes until the transaction ends; NotFound if there is none.

    For verbs that ask themselves whether the caller may; everybody else goes through `conversations.conversation_of`.
    """
    row = tx.db.execute(_LOCKED, {"which": conversation_id}).mappings().one_or_none()
    if row is None:
        raise NotFound
    return as_conversation(row)


def set_timer(tx: Transaction, conversation_id: str, step: NextStep, wait: timedelta) -> None:
    """Give a conversation another deadline and next step."""
    tx.db.execute(
        update(conversation)
        .where(conversation.c.id == conversation_id)
        .values(next_step=step, deadline_at=tx.now + wait)
    )


def _begun(tx: Transaction, to: State, rep: Rep | None) -> dict[str, Any]:
    """What a conversation's row says when it has just come into a state."""
    step, wait = FIRST_STEP.get(to, (None, None))
    return {
        "state": to,
        "owner_kind": OWNER_KIND[to],
        "owner_id": rep.id if rep else None,
        "next_step": step,
        "deadline_at": tx.now + wait if wait else None,
    }


def _write(tx: Transaction, before: Conversation, values: dict[str, Any]) -> Any:
    unchanged = {"which": before.id, "epoch_before": before.owner_epoch, "state_before": before.state}
    return tx.db.execute(_MOVE, {**unchanged, **values}).mappings().one_or_none()


def _drop_turns(tx: Transaction, before: Conversation) -> None:
    if before.state is State.WITH_BOT:
        live = (turn.c.conversation_id == before.id) & turn.c.state.in_(("due", "leased"))
        tx.db.execute(update(turn).where(live).values(state="dropped", outcome="owner_changed", finished_at=tx.now))


def _keep_assignments(tx: Transaction, before: Conversation, after: Conversation, by: By, who: Who) -> None:
    if before.state is State.WITH_REP:
        open_one = (assignment.c.conversation_id == before.id) & assignment.c.ended_at.is_(None)
        tx.db.execute(update(assignment).where(open_one).values(ended_at=tx.now))
    if after.state is State.WITH_REP:
        held = {"id": new_id(), "conversation_id": after.id, "rep_id": after.owner_id, "epoch": after.owner_epoch}
        tx.db.execute(insert(assignment), {**held, "started_at": tx.now})
        remember(tx, "assigned", who, by, conversation_id=after.id, epoch=after.owner_epoch, rep=after.owner_id)
