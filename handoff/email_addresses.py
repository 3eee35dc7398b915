"""E-mail addresses as people type them: checked so that they can stand in a header, and masked for showing."""

import re

from handoff.errors import BadField
from handoff.words import wording

LONGEST = 254
ADDRESS = re.compile(
    r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*"
    r"@(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])\Z"
)
LONGEST_LOCAL_PART = 64
LOOKS_LIKE_ONE = re.compile(r"[^\s<>()\[\]\"',;:]+@[^\s<>()\[\]\"',;:]+")


def email_address(text: str, field: str = "email") -> str:
    """The address without space around it; BadField unless it's one dot-atom address of RFC 5322 in ASCII.

    Such an address holds no space, comma, bracket or line break, so it can't become two, nor another header.
    """
    address = text.strip(" ")
    if not is_email_address(address):
        raise BadField(wording("bad_email"), field=field)
    return address


def is_email_address(address: str) -> bool:
    """Whether mail can be sent there as it stands."""
    short = len(address) <= LONGEST and len(address.partition("@")[0]) <= LONGEST_LOCAL_PART
    return short and ADDRESS.match(address) is not None


def masked_address(address: str | None) -> str | None:
    """`a…@example.com`: enough for its owner to know it again."""
    if not address:
        return None
    local, _, domain = address.rpartition("@")
    return f"{local[:1]}…@{domain}"


def without_addresses(text: str) -> str:
    """The text with every address in it masked."""
    return LOOKS_LIKE_ONE.sub(lambda found: masked_address(found[0]) or "", text)
