"""What was said in a conversation, as plain text, and sending it to its customer by mail."""

from datetime import timedelta, tzinfo
from typing import Any

from sqlalchemy import func, select

from handoff import outbound
from handoff.conversations import conversation_of
from handoff.customer_email import known_address
from handoff.email_addresses import email_address, masked_address
from handoff.errors import BadField, Forbidden, TooMany
from handoff.history import remember
from handoff.language import language_of, letter_language
from handoff.moves import Conversation
from handoff.notices import tell
from handoff.people import Customer
from handoff.schema import conversation, message
from handoff.schema_mail import mail
from handoff.storage import Transaction
from handoff.words import say, wording
from handoff.zones import date_and_time, shop_zone, zone_words

MOST_A_DAY = 3
MOST_MESSAGES = 500
DAY = timedelta(days=1)


def mail_transcript(tx: Transaction, who: Customer, conversation_id: str, email: str | None) -> None:
    """Send what was said so far to the address given, else to the one on file; three a day for each customer.

    Whoever came by a link gets it at the address on file only.
    """
    given = email_address(email) if email is not None else None
    talk = conversation_of(tx, who, conversation_id, lock=True)
    if given and who.only:
        raise Forbidden(wording("email_by_link"))
    to = given or known_address(tx, who.id)
    if to is None:
        raise BadField(wording("no_email_known"), field="email")
    if _sent_today(tx, who) >= MOST_A_DAY:
        raise TooMany(wording("copies_today", most=MOST_A_DAY), limit=MOST_A_DAY, retry_after=3600)
    key = f"transcript:{talk.id}:{talk.last_seq}:{to}"
    text = transcript_text(tx, talk)
    subject = say("transcript_subject", language=_language(tx, talk))
    if outbound.put(tx, key, "transcript", to, subject, text, conversation_id=talk.id):
        tell(tx, talk, "transcript_by_mail", email=masked_address(to))
        remember(tx, "transcript", who, "asked for a copy", conversation_id=talk.id, email=masked_address(to))


def transcript_text(tx: Transaction, talk: Conversation) -> str:
    """What the customer saw said, oldest first, a line with the time and the speaker before each; the newest 500.

    Times are on the shop's clock. What isn't said in the chat is in the language of letters to this customer.
    """
    language, zone = _language(tx, talk), shop_zone(tx)
    shown = (message.c.conversation_id == talk.id) & (message.c.audience == "all") & (message.c.kind != "vote")
    newest_first = select(message).where(shown).order_by(message.c.seq.desc()).limit(MOST_MESSAGES + 1)
    rows = tx.db.execute(newest_first).mappings().all()
    head = [say("transcript_head", language=language, clock=zone_words(zone))]
    if len(rows) > MOST_MESSAGES:
        head.append(say("transcript_cut", language=language))
    lines = [_line(row, language, zone) for row in reversed(rows[:MOST_MESSAGES])]
    return "\n\n".join([*head, *lines]) + "\n"


def _language(tx: Transaction, talk: Conversation) -> str | None:
    return letter_language(talk.language or language_of(tx, talk.id), talk.page_language)


def _line(row: Any, language: str | None, zone: tzinfo) -> str:
    at = date_and_time(zone, row["created_at"])(language)
    speaker = (
        row["author_name"] if row["author_kind"] == "rep" else say(f"speaker_{row['author_kind']}", language=language)
    )
    return f"{at}  {speaker or say('someone', language=language)}\n{row['text']}"


def _sent_today(tx: Transaction, who: Customer) -> int:
    theirs = select(conversation.c.id).where(conversation.c.customer_id == who.id)
    lately = (mail.c.kind == "transcript") & (mail.c.made_at > tx.now - DAY) & mail.c.conversation_id.in_(theirs)
    return int(tx.db.execute(select(func.count()).select_from(mail).where(lately)).scalar_one())
