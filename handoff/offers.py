"""Offers: "take one?" for twenty seconds, then the next. Each is a row, and a line of the history with its reason.

What waits, and what was promised and is due, is offered alike. A chat has one open offer at most, and so has a rep;
the database holds both. Who lets two in a row pass without a word isn't there: they are set to away, as a chat that
waits for nobody waits for nothing.
"""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlalchemy import select, update

from handoff import availability
from handoff.columns import EPOCH
from handoff.conversations import conversation_of
from handoff.errors import NotFound, NotPossibleNow
from handoff.history import remember
from handoff.ids import new_id
from handoff.moves import locked
from handoff.offer_plan import can_be_offered
from handoff.offerable import is_offerable
from handoff.people import Rep
from handoff.rep_queue import claim, name_of
from handoff.routing_values import Match
from handoff.schema import conversation
from handoff.schema import rep as rep_table
from handoff.schema_centre import offer
from handoff.staff import member, members
from handoff.states import By, State
from handoff.storage import QueueChanged, Transaction, insert_into

OPEN_FOR = timedelta(seconds=20)
MISSES = 2


def make(tx: Transaction, match: Match) -> bool:
    """Offer a chat as decided; whether it was. Not if it waits no more, or somebody was quicker with either of them."""
    which = (conversation.c.id == match.chat_id) & is_offerable(tx.now)
    columns = (conversation.c.id, conversation.c.owner_epoch)
    found = tx.db.execute(select(*columns).where(which).with_for_update(of=conversation)).one_or_none()
    who = member(tx, match.rep_id)
    if found is None or who is None or not can_be_offered(who):
        return False
    row = {"id": new_id(), "conversation_id": found.id, "rep_id": who.id, "epoch": found.owner_epoch, "state": "open"}
    new = insert_into(tx, offer).values(**row, reason=match.reason, made_at=tx.now, until=tx.now + OPEN_FOR)
    if tx.db.execute(new.on_conflict_do_nothing().returning(offer.c.id)).first() is None:
        return False
    _remember(tx, "offered", "desk", row, f"Offered to {who.name}: {match.reason}.")
    return True


def accept(tx: Transaction, rep: Rep, offer_id: str) -> str:
    """The rep takes it; returns the conversation's id. Twice is as once. AtCapacity if it would be one too many."""
    found = _offered_to(tx, rep, offer_id)
    talk = conversation_of(tx, rep, found["conversation_id"]) if found["state"] == "accepted" else None
    if talk and talk.owner_id == rep.id:
        return talk.id
    if found["state"] != "open":
        raise NotPossibleNow("That chat isn't offered to you any more.")
    claim(tx, rep, found["conversation_id"], by=By.OFFER)
    return str(found["conversation_id"])


def skip(tx: Transaction, rep: Rep, offer_id: str) -> None:
    """The rep lets it pass: the next one is asked. Late or twice is harmless."""
    found = _offered_to(tx, rep, offer_id)
    locked(tx, found["conversation_id"])
    if _end(tx, offer_id, "skipped"):
        _remember(tx, "skipped", rep, found, f"{rep.display_name} let it pass.")


def step_away(tx: Transaction, rep: Rep) -> None:
    """The rep is offered nothing until they are back. What they hold stays theirs; an open offer goes to the next."""
    reason = f"{rep.display_name} stepped away."
    theirs = (offer.c.rep_id == rep.id) & (offer.c.state == "open")
    offered = tx.db.execute(select(*offer.c).where(theirs)).mappings().all()
    for row in offered:
        locked(tx, row["conversation_id"])
    if availability.set_away(tx, rep, rep.id, reason):
        for row in offered:
            if _end(tx, row["id"], "withdrawn"):
                _remember(tx, "skipped", "desk", row, reason)


@dataclass(frozen=True, slots=True)
class Standing:
    """The open offers and who is away: what consoles show. `beyond` have run out, or can't be taken any more."""

    open: frozenset[str]
    away: frozenset[str]
    beyond: tuple[str, ...]


def standing(tx: Transaction) -> Standing:
    """How things stand; the longest open first among those that are `beyond`."""
    is_open = offer.c.state == "open"
    columns = (offer.c.id, offer.c.conversation_id, offer.c.rep_id, offer.c.until)
    rows = tx.db.execute(select(*columns).where(is_open).order_by(offer.c.until)).all()
    away = tx.db.execute(select(rep_table.c.id).where(rep_table.c.away_since.is_not(None))).scalars()
    asked = members(tx, rep_table.c.id.in_(select(offer.c.rep_id).where(is_open))) if rows else []
    fit = {each.id for each in asked if can_be_offered(each)}
    blocked = _blocked(tx) if rows else frozenset()
    beyond = (row.id for row in rows if row.until <= tx.now or row.rep_id not in fit or row.conversation_id in blocked)
    return Standing(frozenset(row.id for row in rows), frozenset(away), tuple(beyond))


def lapse(tx: Transaction, offer_id: str) -> None:
    """End an offer that ran out or whose rep can't take it. Two that ran out in a row set the rep to away.

    The conversation is locked first, then the rep, then the offer, as a claim does: nobody waits for another for ever.
    """
    found = tx.db.execute(select(*offer.c).where(offer.c.id == offer_id)).mappings().one()
    locked(tx, found["conversation_id"])
    availability.lock(tx, found["rep_id"])
    name = name_of(tx, found["rep_id"])
    if not _still_fits(tx, found["rep_id"]):
        if _end(tx, offer_id, "withdrawn"):
            _remember(tx, "skipped", "desk", found, f"{name} can't take it now.")
    elif found["conversation_id"] in _blocked(tx):
        if _end(tx, offer_id, "withdrawn"):
            _remember(tx, "skipped", "desk", found, "It couldn't be taken any more.")
    elif found["until"] <= tx.now and _end(tx, offer_id, "expired"):
        _remember(tx, "skipped", "desk", found, f"{name} didn't answer within {OPEN_FOR.seconds} seconds.")
        if _missed_in_a_row(tx, found["rep_id"]):
            availability.set_away(tx, "desk", found["rep_id"], f"{name} let {MISSES} offers in a row run out.")


def _offered_to(tx: Transaction, rep: Rep, offer_id: str) -> dict[str, Any]:
    theirs = (offer.c.id == offer_id) & (offer.c.rep_id == rep.id)
    row = tx.db.execute(select(*offer.c).where(theirs)).mappings().one_or_none()
    if row is None:
        raise NotFound
    return dict(row)


def _blocked(tx: Transaction) -> frozenset[str]:
    """Promises on offer that nobody can claim: promised for later by now, or their customer is helped elsewhere."""
    promised = (conversation.c.state == State.PROMISED) & ~is_offerable(tx.now)
    on_offer = select(conversation.c.id).join(offer, offer.c.conversation_id == conversation.c.id)
    return frozenset(tx.db.execute(on_offer.where(promised, offer.c.state == "open")).scalars())


def _still_fits(tx: Transaction, rep_id: str) -> bool:
    who = member(tx, rep_id)
    return who is not None and can_be_offered(who)


def _missed_in_a_row(tx: Transaction, rep_id: str) -> bool:
    """Since they came: what they missed yesterday, or before they were back, says nothing about now."""
    back_at = tx.db.execute(select(rep_table.c.back_at).where(rep_table.c.id == rep_id)).scalar()
    theirs = (offer.c.rep_id == rep_id) & (offer.c.made_at >= (back_at or EPOCH))
    newest = select(offer.c.state).where(theirs).order_by(offer.c.made_at.desc()).limit(MISSES)
    states = tx.db.execute(newest).scalars().all()
    return len(states) == MISSES and set(states) == {"expired"}


def _end(tx: Transaction, offer_id: str, state: str) -> bool:
    """End it if it's still open; whether it was."""
    still = (offer.c.id == offer_id) & (offer.c.state == "open")
    return tx.db.execute(update(offer).where(still).values(state=state, ended_at=tx.now)).rowcount == 1


def _remember(tx: Transaction, kind: str, who: Rep | str, row: Any, reason: str) -> None:
    about = {"conversation_id": row["conversation_id"], "epoch": row["epoch"]}
    remember(tx, kind, who, reason, **about, rep=row["rep_id"], offer=row["id"])
    tx.tell(QueueChanged())
