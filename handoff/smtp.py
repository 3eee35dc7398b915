"""One letter as a message, handing it to a mail server, and what the server's answer means."""

import smtplib
import socket
import ssl
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP as WIRE_FORMAT
from email.utils import format_datetime

from handoff.email_addresses import without_addresses
from handoff.mail_settings import Smtp
from handoff.mail_trouble import NotSent, Why
from handoff.outbound import Letter
from handoff.smtp_session import Session

FOR_GOOD = 500
SERVICE_ENDS = 421
ABOUT_US = frozenset({SERVICE_ENDS, 500, 502, 503, 504, 530, 534, 535, 538})
"""Answers that are about this desk or the server, at whatever point they come; those from 500 on can be mended."""
WHY: dict[str, Why] = {"5.1": "no_mailbox", "5.2": "mailbox_closed", "5.7": "unwanted"}
"""By the class and subject of an enhanced status code (RFC 3463)."""
FULL = ("5.2.2", "4.2.2")
NO_MAILBOX = (550, 551, 553)
BROKEN: tuple[tuple[type[Exception], Why], ...] = (
    (smtplib.SMTPNotSupportedError, "shut_out"),
    (smtplib.SMTPException, "broken_off"),
    (ssl.SSLError, "unsafe"),
    (socket.gaierror, "unknown_host"),
    (ConnectionResetError, "broken_off"),
    (OSError, "unreachable"),
)


def deliver(letter: Letter, server: Smtp, session: Session | None = None) -> None:
    """Hand the letter over; returns once the server has answered 250. NotSent, in plain words, otherwise."""
    session, text = session or Session(server), _text(letter, server)
    try:
        session.hand_over(text, letter.to)
    except Exception as error:  # whatever it is, it mustn't keep other letters from going out
        raise _trouble(session, error) from error


def as_message(letter: Letter, server: Smtp) -> EmailMessage:
    """Plain text with one Message-ID for all attempts; ValueError for a header that would hold a line break."""
    message = EmailMessage(policy=WIRE_FORMAT)
    message["From"] = Address(server.sender_name, addr_spec=server.sender)
    message["To"] = Address(addr_spec=letter.to)
    message["Subject"] = letter.subject
    message["Date"] = format_datetime(letter.made_at)
    message["Message-ID"] = f"<{letter.id}@{server.sender.rpartition('@')[2]}>"
    message["Auto-Submitted"] = "auto-generated"  # RFC 3834: holiday replies stay away
    message.set_content(letter.text)
    return message


def _text(letter: Letter, server: Smtp) -> bytes:
    try:
        return as_message(letter, server).as_bytes()
    except ValueError as error:
        raise NotSent("odd", code=type(error).__name__, for_good=True) from error


def _trouble(session: Session, error: Exception) -> NotSent:
    """An answer that came in part before it was cut is none."""
    kind = type(error).__name__
    if session.was_cut or isinstance(error, TimeoutError):
        return NotSent("silent", code=kind, by_server=session.at == "server")
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        [(code, words)] = error.recipients.values()
        return _refused(session, code, words, at_recipient=True)
    if isinstance(error, smtplib.SMTPResponseException):
        return _refused(session, error.smtp_code, error.smtp_error)
    why: Why = next((why for kinds, why in BROKEN if isinstance(error, kinds)), "failed")
    return NotSent(why, code=kind, by_server=session.at == "server")


def _refused(session: Session, code: int, words: bytes | str, *, at_recipient: bool = False) -> NotSent:
    """Only a 5xx about the recipient or the text is for good (RFC 5321, 4.2.1): one about signing in can be mended."""
    text = words.decode("utf-8", "replace") if isinstance(words, bytes) else str(words)
    said = without_addresses(f"{code} {' '.join(text.split())}")
    if session.at == "server" or code in ABOUT_US:
        why: Why = "busy" if code < FOR_GOOD else "shut_out"
        return NotSent(why, said, code=str(code), by_server=True)
    return NotSent(_why(code, text, at_recipient), said, code=str(code), for_good=code >= FOR_GOOD)


def _why(code: int, text: str, at_recipient: bool) -> Why:
    status = text.split(" ")[0]
    if status in FULL:
        return "mailbox_full"
    if code < FOR_GOOD:
        return "put_off"
    if found := WHY.get(status[:3]):
        return found
    return "no_mailbox" if at_recipient and code in NO_MAILBOX else "refused"
