"""What may be stored as a message: checked for length and characters, with cards and passwords masked."""

import re
from typing import NamedTuple

from handoff.errors import BadCharacter, EmptyMessage, TooLong

MOST_CHARACTERS = 4_000
MOST_BYTES = 16_384
INVISIBLE = re.compile(r"[\s\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff\u00ad\u180e]+")
UNSTORABLE = re.compile(r"[\x00\ud800-\udfff]")
CARD = re.compile(r"(?<![\w-])\d(?:[ -]?\d){12,18}(?![\w-]|[ -]\d)")
ISSUERS = re.compile(
    r"4\d{12}(\d{3}){0,2}|5[1-5]\d{14}|2(22[1-9]|2[3-9]\d|[3-6]\d\d|7[01]\d|720)\d{12}|3[47]\d{13}|3(0[0-5]|[68]\d)\d{11}|6(011|5\d\d|4[4-9]\d)\d{12}|35\d{14}"
)
PASSWORD = re.compile(r"(?i)\b(pass(?:word|code|phrase)|pwd|pin)(\s*(?:is|:|=)\s*)([^\s,;]+)")
CARD_HIDDEN = "[card number hidden]"
PASSWORD_HIDDEN = "[password hidden]"  # noqa: S105


class Masked(NamedTuple):
    """A text without secrets, and which kinds were hidden ("card", "password")."""

    text: str
    hidden: frozenset[str]


def checked(text: str) -> str:
    """The text as it came; EmptyMessage, TooLong (> 4,000 characters, 16 kB) or BadCharacter (NUL, lone surrogate)."""
    if UNSTORABLE.search(text):
        raise BadCharacter(field="text")
    if not INVISIBLE.sub("", text):
        raise EmptyMessage(field="text")
    if len(text) > MOST_CHARACTERS or len(text.encode()) > MOST_BYTES:
        raise TooLong(field="text", limit=MOST_CHARACTERS)
    return text


def masked(text: str) -> Masked:
    """Hide card numbers (issuer, length and check digit of ISO/IEC 7812) and what follows "my password is"."""
    hidden: set[str] = set()

    def hide_card(match: re.Match[str]) -> str:
        if not is_card(re.sub(r"\D", "", match[0])):
            return match[0]
        hidden.add("card")
        return CARD_HIDDEN

    def hide_password(match: re.Match[str]) -> str:
        if not looks_secret(match[3]):
            return match[0]
        hidden.add("password")
        return f"{match[1]}{match[2]}{PASSWORD_HIDDEN}"

    return Masked(PASSWORD.sub(hide_password, CARD.sub(hide_card, text)), frozenset(hidden))


def is_card(digits: str) -> bool:
    """Whether 13 to 19 digits are a payment card's: a known issuer's prefix and length, and Luhn's sum."""
    return bool(ISSUERS.fullmatch(digits)) and luhn(digits)


def luhn(digits: str) -> bool:
    """Luhn's check (ISO/IEC 7812-1, annex B): doubled every second digit from the right, the sum ends in 0."""
    doubled = (sum(divmod(int(digit) * 2, 10)) for digit in digits[-2::-2])
    return (sum(int(digit) for digit in digits[-1::-2]) + sum(doubled)) % 10 == 0


def looks_secret(word: str) -> bool:
    """A word with a digit or a sign in it; "my password is wrong" is no secret."""
    return len(word) >= 4 and not re.fullmatch(r"[A-Za-z'’]+[.!?…]*", word)
