"""How the desk's mail goes out: BATON_SMTP_*. Without a host there's none, and the desk says so."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from email.utils import parseaddr

from handoff.addresses import is_loopback
from handoff.email_addresses import is_email_address

TLS = {"starttls": 587, "tls": 465, "none": 25}
LONGEST_NAME = 80


@dataclass(frozen=True, slots=True, kw_only=True)
class Smtp:
    """A mail server. `tls` is starttls, tls (from the first byte) or none; `sender` is the address mail comes from.

    A session may last `seconds` until the text goes out, and `answer_seconds` from there: together less than a lease.
    """

    host: str
    port: int
    tls: str
    user: str | None
    password: str | None = field(default=None, repr=False)
    sender: str
    sender_name: str = ""
    seconds: float = 30
    answer_seconds: float = 120


def read_smtp(environment: Mapping[str, str]) -> Smtp | None:
    """The mail server that the environment names, None for none; ValueError in plain words for what is wrong."""
    host = environment.get("BATON_SMTP_HOST", "").strip()
    if not host:
        return None
    tls = environment.get("BATON_SMTP_TLS", "starttls")
    if tls not in TLS:
        raise ValueError(f"BATON_SMTP_TLS is starttls, tls or none, not {tls!r}.")
    name, sender = _sender(environment.get("BATON_SMTP_FROM", ""))
    user, password = environment.get("BATON_SMTP_USER") or None, environment.get("BATON_SMTP_PASSWORD") or None
    if tls == "none" and not is_loopback(host):
        raise ValueError("BATON_SMTP_TLS=none is for a mail server on this machine. Use starttls or tls for others.")
    if bool(user) != bool(password):
        raise ValueError("Set both BATON_SMTP_USER and BATON_SMTP_PASSWORD, or neither.")
    port = _port(environment.get("BATON_SMTP_PORT", str(TLS[tls])))
    return Smtp(host=host, port=port, tls=tls, user=user, password=password, sender=sender, sender_name=name)


def _sender(text: str) -> tuple[str, str]:
    """`Larkfield <help@larkfield.example>` or only the address."""
    name, sender = parseaddr(text)
    if not is_email_address(sender) or not name.isprintable() or len(name) > LONGEST_NAME:
        raise ValueError(
            "Set BATON_SMTP_FROM to the address that mail comes from, such as Larkfield <help@larkfield.example>."
        )
    return name, sender


def _port(text: str) -> int:
    if not (text.isascii() and text.isdigit() and 0 < int(text) < 65536):
        raise ValueError(f"BATON_SMTP_PORT must be a port's number, not {text!r}.")
    return int(text)
