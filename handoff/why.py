"""Why a rep got a chat, and whom else it was offered to: the history's rows as sentences."""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import select

from handoff.conversations import conversation_of
from handoff.moves import Conversation
from handoff.offer_plan import why_it_waits
from handoff.people import Rep
from handoff.rep_queue import name_of
from handoff.schema import history
from handoff.schema_centre import offer
from handoff.states import By, State
from handoff.storage import Transaction
from handoff.wire_offers import ChatReason, ChatReasons

TOLD = ("moved", "assigned", "offered", "skipped", "transferred", "shift_ended")
ASSIGNED: dict[str, str] = {
    By.CLAIM: "{who} claimed it.",
    By.OFFER: "{who} took the offer.",
    By.TAKE_OVER: "{who} took it over.",
}
WAITS: dict[str, str] = {
    By.ASKED: "The customer asked for a person.",
    By.MISUNDERSTOOD: "The bot didn't understand the customer.",
    By.BOT_DOWN: "The bot was down.",
    By.TONE: "The customer sounds upset.",
    By.POLICY: "The shop's rules ask for a person.",
    By.RELEASE: "{who} gave it back.",
    By.REP_LOST: "The connection of whoever had it was lost.",
    By.TAKEN_BACK: "The customer would rather wait for a person.",
    By.REOPENED: "The customer opened it again.",
}
PROMISED: dict[str, str] = {
    By.CALL_BACK: "The customer asked to be called.",
    By.MESSAGE_LEFT: "The customer left a message.",
    By.CALL_LATER: "{who} promised a call.",
    By.ANSWER_LATER: "{who} promised an answer.",
}
MOVED: dict[str, dict[str, str]] = {State.WAITING: WAITS, State.PROMISED: PROMISED}
YOURS: dict[str, str] = {By.CLAIM: "You claimed it yourself.", By.TAKE_OVER: "You took it over."}


def reasons(tx: Transaction, rep: Rep, conversation_id: str) -> ChatReasons:
    """What was decided about a chat that this rep may see, oldest first."""
    talk = conversation_of(tx, rep, conversation_id)
    told = select(*history.c).where(history.c.conversation_id == talk.id, history.c.kind.in_(TOLD))
    rows = tx.db.execute(told.order_by(history.c.id)).mappings().all()
    found = [ChatReason(at=row["at"], text=text) for row in rows for text in _sentences(tx, row)]
    return ChatReasons(reasons=found, waits=why_it_waits(tx, talk.id) if talk.state in MOVED else None)


def why_theirs(tx: Transaction, talk: Conversation, rep: Rep) -> str | None:
    """How the rep came to hold it, said to them; None if they don't hold it."""
    if talk.owner_id != rep.id:
        return None
    taken = (
        (offer.c.conversation_id == talk.id) & (offer.c.epoch == talk.owner_epoch - 1) & (offer.c.state == "accepted")
    )
    if reason := tx.db.execute(select(offer.c.reason).where(taken)).scalar():
        return f"You were offered it because you are {reason}."
    by = select(history.c.reason).where(history.c.conversation_id == talk.id, history.c.kind == "assigned")
    return YOURS.get(tx.db.execute(by.where(history.c.epoch == talk.owner_epoch)).scalar() or "")


def others_asked(tx: Transaction, talk: Conversation, rep: Rep) -> bool:
    """Whether the chat was ever offered to somebody else."""
    to_others = (offer.c.conversation_id == talk.id) & (offer.c.rep_id != rep.id)
    return tx.db.execute(select(offer.c.id).where(to_others).limit(1)).first() is not None


def _sentences(tx: Transaction, row: Any) -> Iterator[str]:
    """One sentence at most."""
    who = name_of(tx, row["who_id"]) if row["who_kind"] == "rep" else "The desk"
    if row["kind"] == "assigned":
        yield ASSIGNED.get(row["reason"], "{who} has it now.").format(who=who)
    elif row["kind"] != "moved":
        yield row["reason"]
    elif words := MOVED.get((row["data"] or {}).get("end", ""), {}).get(row["reason"]):
        yield words.format(who=who)
