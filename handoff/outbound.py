"""The outbox: mail is put there in the transaction of its cause, once for each key; a task of each desk sends it.

A letter is leased, handed to the mail server and settled. If the server takes it and the desk doesn't hear of it, or
dies before the settling, the letter is sent a second time, under the same Message-ID; otherwise each is sent once.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete, func, select, update

from handoff.errors import TooMany
from handoff.ids import new_id
from handoff.letters import LINK as LINK
from handoff.letters import still_wanted, with_link
from handoff.mail_news import tell_failed, tell_sent
from handoff.mail_rest import spread
from handoff.mail_trouble import NotSent
from handoff.schema_mail import mail, mail_link
from handoff.storage import Transaction, insert_into
from handoff.words import wording

LEASE = timedelta(minutes=5)
GIVE_UP_AFTER = timedelta(days=1)
WAITS = tuple(timedelta(minutes=minutes) for minutes in (1, 2, 5, 15, 30, 60))
DAY = timedelta(days=1)
KEPT_FOR = timedelta(days=30)
MOST_TO_ONE_ADDRESS_A_DAY = 20


@dataclass(frozen=True, slots=True)
class Letter:
    """Mail that this desk has leased and may hand over now; `attempt` counts from 1."""

    id: str
    kind: str
    attempt: int
    to: str
    subject: str
    text: str
    made_at: datetime


def put(tx: Transaction, key: str, kind: str, to: str, subject: str, text: str, **about: str | None) -> bool:
    """Put a letter into the outbox unless one with this key was ever there; whether it was put.

    `about` is conversation_id or invitation_id. TooMany if the address has had twenty letters in a day.
    """
    if is_flooded(tx, to):
        raise TooMany(wording("mailbox_flooded"), retry_after=3600)
    row = {"id": new_id(), "key": key, "kind": kind, "to": to, "subject": subject, "text": text, **about}
    new = insert_into(tx, mail).values(**row, state="due", attempts=0, due_at=tx.now, made_at=tx.now)
    once = new.on_conflict_do_nothing(index_elements=["key"]).returning(mail.c.id)
    return tx.db.execute(once).first() is not None


def lease(tx: Transaction, origin: str, in_hand: Collection[str] = (), *, untried: bool = False) -> Letter | None:
    """The letter that is due longest, for five minutes; None if none is. What nobody wants any more is withdrawn.

    Its link, if it has one, is made here under the desk's own `origin`, so that no token waits in the table. Of those
    `in_hand` this desk knows that they go out; `untried` leaves out what failed before.
    """
    while row := tx.db.execute(_due(tx, in_hand, untried)).mappings().one_or_none():
        if still_wanted(tx, row):
            return _leased(tx, row, origin)
        _settle(tx, row["id"], row["attempts"], state="withdrawn", text="")
    return None


def sent(tx: Transaction, letter: Letter) -> bool:
    """The mail server took it: its words are forgotten here. False if the lease ran out and somebody else has it."""
    row = _settle(tx, letter.id, letter.attempt, state="sent", text="", error=None)
    if row:
        tell_sent(tx, row)
    return row is not None


def keep(tx: Transaction, letter: Letter) -> bool:
    """The demo's way of sending: the letter is kept as it would have been sent, link and all."""
    return _settle(tx, letter.id, letter.attempt, state="sent", text=letter.text) is not None


def not_sent(tx: Transaction, letter: Letter, trouble: NotSent, pause: float = 0) -> None:
    """Try again later, for a day; then, or if it's for good, it has failed, and the error stays.

    If it was the server's trouble, the letter waits no longer than the server is given a rest: `pause`, in seconds.
    """
    if trouble.for_good or tx.now - letter.made_at >= GIVE_UP_AFTER:
        # An address that's bad stays so; for a server that was down the same cause may make another letter later.
        key = mail.c.key if trouble.for_good else mail.c.key + f":{letter.id}"
        if row := _settle(tx, letter.id, letter.attempt, state="failed", text="", error=str(trouble), key=key):
            tell_failed(tx, row, trouble)
    else:
        wait = timedelta(seconds=pause) if trouble.by_server else _wait(letter.attempt)
        again = {"due_at": tx.now + wait, "error": str(trouble)}
        tx.db.execute(update(mail).where(*_leased_as(letter.id, letter.attempt)).values(again))


def forget_old(tx: Transaction) -> None:
    """Letters that ended, and links that ran out, a month ago: to whom we wrote is nobody's business any more."""
    long_ago = tx.now - KEPT_FOR
    tx.db.execute(delete(mail).where(mail.c.ended_at < long_ago))
    tx.db.execute(delete(mail_link).where(mail_link.c.expires_at < long_ago))


def _wait(attempt: int) -> timedelta:
    return timedelta(seconds=spread(WAITS[min(attempt, len(WAITS)) - 1].total_seconds()))


def _due(tx: Transaction, in_hand: Collection[str], untried: bool) -> Any:
    due = select(mail).where(mail.c.state == "due", mail.c.due_at <= tx.now, mail.c.id.not_in(in_hand))
    if untried:
        due = due.where(mail.c.attempts == 0)
    return due.order_by(mail.c.due_at).limit(1).with_for_update(skip_locked=True)


def _leased(tx: Transaction, row: Any, origin: str) -> Letter:
    attempt = row["attempts"] + 1
    tx.db.execute(
        update(mail).where(*_leased_as(row["id"], row["attempts"])).values(attempts=attempt, due_at=tx.now + LEASE)
    )
    text = with_link(tx, row, origin)
    return Letter(row["id"], row["kind"], attempt, row["to"], row["subject"], text, row["made_at"])


def _settle(tx: Transaction, mail_id: str, attempt: int, **values: Any) -> Any:
    """The row as it ended; None if somebody else has it."""
    settled = update(mail).where(*_leased_as(mail_id, attempt)).values(**values, ended_at=tx.now).returning(*mail.c)
    return tx.db.execute(settled).mappings().one_or_none()


def _leased_as(mail_id: str, attempt: int) -> tuple[Any, ...]:
    return mail.c.id == mail_id, mail.c.state == "due", mail.c.attempts == attempt


def is_flooded(tx: Transaction, to: str) -> bool:
    """Whether the address has had as much mail in a day as one may get from us."""
    lately = (mail.c.to == to) & (mail.c.made_at > tx.now - DAY)
    had: int = tx.db.execute(select(func.count()).select_from(mail).where(lately)).scalar_one()
    return had >= MOST_TO_ONE_ADDRESS_A_DAY
