"""What each kind of mail needs when it's about to be sent: whether it's still wanted, and the link in it."""

from typing import Any

from sqlalchemy import select

from handoff.language import letter_language
from handoff.mail_links import new_link
from handoff.schema import conversation, customer
from handoff.schema_mail import invitation
from handoff.storage import Transaction

LINK = "{link}"
PATHS = {"rep_wrote": "/chat/#", "invitation": "/console/#invitation="}


def still_wanted(tx: Transaction, row: Any) -> bool:
    """Not if the customer has come back by themselves, nor if the invitation was used or withdrawn."""
    if row["kind"] == "rep_wrote":
        return not _came_back(tx, row)
    if row["kind"] == "invitation":
        open_one = invitation.c.used_at.is_(None) & invitation.c.withdrawn_at.is_(None)
        found = select(invitation.c.id).where(invitation.c.id == row["invitation_id"], open_one)
        return tx.db.execute(found).first() is not None
    return True


def with_link(tx: Transaction, row: Any, origin: str) -> str:
    """The letter's text, with a link of its own in its place."""
    text: str = row["text"]
    if row["kind"] not in PATHS:
        return text
    kind = "back" if row["kind"] == "rep_wrote" else "invitation"
    about = {name: row[name] for name in ("conversation_id", "invitation_id") if row[name]}
    return text.replace(LINK, f"{origin}{_path(tx, row)}{new_link(tx, kind, **about)}")


def _path(tx: Transaction, row: Any) -> str:
    """Where the link leads; a chat's page speaks the customer's language, as the letter does."""
    path = PATHS[row["kind"]]
    if row["kind"] != "rep_wrote":
        return path
    languages = select(conversation.c.language, conversation.c.page_language)
    language = letter_language(*tx.db.execute(languages.where(conversation.c.id == row["conversation_id"])).one())
    return path.replace("#", f"?lang={language}#") if language else path


def _came_back(tx: Transaction, row: Any) -> bool:
    seen = select(customer.c.seen_at).join(conversation, conversation.c.customer_id == customer.c.id)
    seen_at = tx.db.execute(seen.where(conversation.c.id == row["conversation_id"])).scalar()
    return seen_at is not None and seen_at > row["made_at"]
