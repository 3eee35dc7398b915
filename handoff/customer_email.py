"""The customer's e-mail address: left by them or signed by the shop, shown masked, used to reach them."""

from sqlalchemy import select, update

from handoff.conversations import conversation_of
from handoff.email_addresses import email_address, masked_address
from handoff.errors import Forbidden, NotPossibleNow
from handoff.history import remember
from handoff.mail_links import void
from handoff.moves import Conversation
from handoff.notices import tell
from handoff.people import Customer
from handoff.record import show_anew
from handoff.schema import conversation, customer
from handoff.schema_mail import mail_link
from handoff.states import State
from handoff.storage import Transaction
from handoff.words import wording

REACHED_IN = (State.WAITING, State.WITH_REP, State.PROMISED)


def leave_email(tx: Transaction, who: Customer, conversation_id: str, email: str | None) -> None:
    """Where to write to if the customer leaves; None takes it back. Links in earlier mails then lead nowhere.

    For whoever waits for a person, talks with one or was promised something. Not by a link: that would send the
    next link to somebody else's mailbox.
    """
    address = email_address(email) if email is not None else None
    talk = conversation_of(tx, who, conversation_id, lock=True)
    if who.only:
        raise Forbidden(wording("email_by_link"))
    if talk.state not in REACHED_IN:
        raise NotPossibleNow
    if address == known_address(tx, who.id):
        return
    tx.db.execute(update(customer).where(customer.c.id == who.id).values(email=address, seen_at=tx.now))
    theirs = select(conversation.c.id).where(conversation.c.customer_id == who.id)
    void(tx, mail_link.c.conversation_id.in_(theirs))
    _tell(tx, who, talk, masked_address(address))


def known_address(tx: Transaction, customer_id: str) -> str | None:
    """The address on file."""
    found: str | None = tx.db.execute(select(customer.c.email).where(customer.c.id == customer_id)).scalar()
    return found


def _tell(tx: Transaction, who: Customer, talk: Conversation, masked: str | None) -> None:
    show_anew(tx, talk.id)
    tell(tx, talk, wording("email_left", email=masked) if masked else "email_taken_back")
    reason = "left an e-mail address" if masked else "took the e-mail address back"
    remember(tx, "email_left", who, reason, conversation_id=talk.id, email=masked)
