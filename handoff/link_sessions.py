"""Coming back by the link in a mail: a session that sees one conversation and proves nothing (decisions/0010)."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, insert, select, update

from handoff import mail_links
from handoff.customer_sessions import expiry
from handoff.history import remember
from handoff.people import Customer
from handoff.record import add_event, add_note
from handoff.schema import conversation, customer, customer_session
from handoff.settings import Limits
from handoff.storage import Transaction
from handoff.tokens import hash_of, new_token
from handoff.words import say


@dataclass(frozen=True, slots=True)
class CameBack:
    """A session by link, with the token that nobody can look up later, and the one conversation that it sees."""

    token: str
    conversation_id: str
    expires_at: datetime


def come_back(tx: Transaction, link: str, address: str, limits: Limits) -> CameBack:
    """Use a link up for a session of its conversation's customer that sees this conversation only; or LinkUsed.

    From here on the bot answers in it as it answers strangers, and reps are told why.
    """
    used = mail_links.use(tx, "back", link)
    chat = select(conversation).where(conversation.c.id == used["conversation_id"]).with_for_update()
    talk = tx.db.execute(chat).mappings().one()
    known = tx.db.execute(select(customer.c.id, customer.c.name).where(customer.c.id == talk["customer_id"])).one()
    who = Customer(known.id, None, known.name, None, address, talk["id"])
    _say_so(tx, who)
    token = new_token()
    row = {"token_hash": hash_of(token), "customer_id": known.id, "created_at": tx.now, "seen_at": tx.now}
    tx.db.execute(insert(customer_session), {**row, "only_conversation_id": talk["id"]})
    return CameBack(token, talk["id"], expiry(tx.now, tx.now, limits))


def _say_so(tx: Transaction, who: Customer) -> None:
    conversation_id = who.only or ""
    told = add_event(tx, conversation_id, say("came_by_link", name=who.name or say("the_customer")))
    since = func.coalesce(conversation.c.unproven_from, told.seq)
    tx.db.execute(update(conversation).where(conversation.c.id == conversation_id).values(unproven_from=since))
    add_note(tx, conversation_id, "desk", say("came_by_link_note"))
    remember(tx, "came_by_link", who, "used the link in our e-mail", conversation_id=conversation_id)
