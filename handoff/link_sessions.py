"""Coming back by the link in a mail: a session that sees one conversation and proves nothing (decisions/0010)."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import func, insert, select, update

from handoff import mail_links
from handoff.customer_sessions import Caller, expiry
from handoff.history import remember
from handoff.moves import Conversation, locked
from handoff.notices import tell
from handoff.people import Customer
from handoff.record import add_note
from handoff.schema import conversation, customer, customer_session
from handoff.settings import Limits
from handoff.storage import Transaction
from handoff.tokens import hash_of, new_token
from handoff.words import say, wording


@dataclass(frozen=True, slots=True)
class CameBack:
    """A session by link, with the token that nobody can look up later, and the one conversation that it sees."""

    token: str
    conversation_id: str
    expires_at: datetime


def come_back(tx: Transaction, link: str, caller: Caller, limits: Limits) -> CameBack:
    """Use a link up for a session of its conversation's customer that sees this conversation only; or LinkUsed.

    From here on the bot answers in it as it answers strangers, and reps are told why. Notices are in the language of
    the page that the link opened.
    """
    used = mail_links.use(tx, "back", link)
    talk = locked(tx, used["conversation_id"])
    talk = replace(talk, page_language=caller.language or talk.page_language)
    known = tx.db.execute(select(customer.c.id, customer.c.name).where(customer.c.id == talk.customer_id)).one()
    _say_so(tx, talk, Customer(known.id, None, known.name, None, caller.address, talk.id))
    token = new_token()
    row = {"token_hash": hash_of(token), "customer_id": known.id, "created_at": tx.now, "seen_at": tx.now}
    tx.db.execute(insert(customer_session), {**row, "only_conversation_id": talk.id})
    return CameBack(token, talk.id, expiry(tx.now, tx.now, limits))


def _say_so(tx: Transaction, talk: Conversation, who: Customer) -> None:
    told = tell(tx, talk, "came_by_link", name=who.name or wording("the_customer"))
    since: dict[str, Any] = {"unproven_from": func.coalesce(conversation.c.unproven_from, told.seq)}
    tx.db.execute(
        update(conversation).where(conversation.c.id == talk.id).values(**since, page_language=talk.page_language)
    )
    add_note(tx, talk.id, "desk", say("came_by_link_note"))
    remember(tx, "came_by_link", who, "used the link in our e-mail", conversation_id=talk.id)
