"""Conversations as people see them: the customer's view, and the rep's with the brief."""

from datetime import datetime
from typing import Any

from sqlalchemy import select

from handoff.brief import brief
from handoff.closing import can_reopen, can_vote
from handoff.conversations import conversation_of
from handoff.customer_email import known_address
from handoff.email_addresses import masked_address
from handoff.moves import Conversation
from handoff.people import Customer, Rep
from handoff.presence import count_here
from handoff.previews import is_previewed
from handoff.promise_views import promise_for_customer, promise_for_reps
from handoff.ranges import range_shown
from handoff.record import notes_of
from handoff.rep_pictures import picture_of
from handoff.rep_queue import name_of
from handoff.schema import vote as vote_table
from handoff.sites import centre_state
from handoff.skills import needs_of
from handoff.states import State
from handoff.storage import Transaction
from handoff.waits import place_of
from handoff.why import others_asked, why_theirs
from handoff.wire_chat import CustomerView, Owner
from handoff.wire_console import RepView


def customer_view(tx: Transaction, who: Customer, conversation_id: str) -> CustomerView:
    """The state of the customer's conversation: who owns it, their place in line, what they may do."""
    talk = conversation_of(tx, who, conversation_id)
    vote = _vote(tx, talk)
    return CustomerView(
        id=talk.id,
        state=talk.state.value,
        version=talk.version,
        head=talk.last_seq,
        owner=_owner(tx, talk),
        place=_place(tx, talk),
        waiting_since=_waiting_since(talk),
        wait=range_shown(tx, talk) if talk.state is State.WAITING else None,
        reps_here=count_here(tx),
        opens_at=_opens_at(tx, talk),
        promise=promise_for_customer(tx, talk),
        vote=vote.solved if vote else None,
        vote_words=vote.words if vote else None,
        can_vote=can_vote(tx, talk),
        can_reopen=can_reopen(tx, talk),
        rep_read=talk.rep_read,
        customer_read=talk.customer_read,
        order_id=talk.order_id,
        email=masked_address(known_address(tx, who.id)),
        preview=is_previewed(tx, talk),
        opened_at=talk.opened_at,
    )


def rep_view(tx: Transaction, rep: Rep, conversation_id: str) -> RepView:
    """A waiting conversation, or one that the rep holds or held, with the brief."""
    talk = conversation_of(tx, rep, conversation_id)
    vote = _vote(tx, talk)
    return RepView(
        id=talk.id,
        state=talk.state.value,
        version=talk.version,
        head=talk.last_seq,
        owner=_owner(tx, talk),
        yours=talk.owner_id == rep.id,
        place=_place(tx, talk),
        waiting_since=_waiting_since(talk),
        vote=vote.solved if vote else None,
        vote_words=vote.words if vote else None,
        topic=talk.topic,
        cause=talk.cause,
        opened_at=talk.opened_at,
        customer_read=talk.customer_read,
        brief=brief(tx, talk),
        notes=notes_of(tx, talk.id),
        why=why_theirs(tx, talk, rep),
        others_asked=others_asked(tx, talk, rep),
        needs=needs_of(talk.skill, talk.language),
        promise=promise_for_reps(tx, talk),
    )


def _owner(tx: Transaction, talk: Conversation) -> Owner:
    kind: Any = talk.owner_kind
    if talk.owner_id is None:
        return Owner(kind=kind)
    return Owner(kind=kind, name=name_of(tx, talk.owner_id), picture=picture_of(tx, talk.owner_id))


def _place(tx: Transaction, talk: Conversation) -> int | None:
    return place_of(tx, talk) if talk.state is State.WAITING else None


def _waiting_since(talk: Conversation) -> Any:
    return talk.arrived_at if talk.state is State.WAITING else None


def _opens_at(tx: Transaction, talk: Conversation) -> datetime | None:
    """For those who wait or were promised something while nobody comes."""
    centre = centre_state(tx) if talk.state in (State.WAITING, State.PROMISED) else None
    return centre.opens_at if centre and centre.nobody_comes else None


def _vote(tx: Transaction, talk: Conversation) -> Any:
    """The row of the customer's vote; None before it's cast."""
    return tx.db.execute(select(vote_table).where(vote_table.c.conversation_id == talk.id)).one_or_none()
