"""One letter as a message, and handing it to a mail server. Runs in a thread: it blocks."""

import smtplib
import ssl
from contextlib import suppress
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP as WIRE_FORMAT
from email.utils import format_datetime

from handoff.mail_settings import Smtp
from handoff.outbound import Letter, NotSent

SECONDS = 20
FOR_GOOD = 500
LONGEST_ERROR = 200


def deliver(letter: Letter, server: Smtp) -> None:
    """Hand the letter over; returns once the server has answered 250. NotSent, with its words, otherwise.

    Only a 5xx about the recipient or the text is for good (RFC 5321, 4.2.1): one about signing in can be mended.
    """
    try:
        _hand_over(as_message(letter, server), letter.to, server)
    except smtplib.SMTPRecipientsRefused as error:
        [(code, words)] = error.recipients.values()
        raise _not_sent(code, words, for_good=code >= FOR_GOOD) from error
    except smtplib.SMTPResponseException as error:
        about_text = isinstance(error, smtplib.SMTPDataError) and error.smtp_code >= FOR_GOOD
        raise _not_sent(error.smtp_code, error.smtp_error, for_good=about_text) from error
    except (OSError, smtplib.SMTPException, ValueError) as error:
        kind = type(error).__name__
        raise NotSent(f"{kind}: {error}"[:LONGEST_ERROR], code=kind, for_good=False) from error


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


def _hand_over(message: EmailMessage, to: str, server: Smtp) -> None:
    client = _connected(server)
    try:
        if server.tls == "starttls":
            client.starttls(context=ssl.create_default_context())
        if server.user and server.password:
            client.login(server.user, server.password)
        client.send_message(message, server.sender, [to])
    finally:
        # What the server says to QUIT no longer matters: a letter that it took mustn't be sent again for it.
        with suppress(OSError, smtplib.SMTPException):
            client.quit()
        client.close()


def _connected(server: Smtp) -> smtplib.SMTP:
    if server.tls == "tls":
        return smtplib.SMTP_SSL(server.host, server.port, timeout=SECONDS, context=ssl.create_default_context())
    return smtplib.SMTP(server.host, server.port, timeout=SECONDS)


def _not_sent(code: int, words: bytes | str, *, for_good: bool) -> NotSent:
    text = words.decode("utf-8", "replace") if isinstance(words, bytes) else str(words)
    return NotSent(f"{code} {text}"[:LONGEST_ERROR], code=str(code), for_good=for_good)
