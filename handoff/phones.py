"""Phone numbers: kept as people write them, checked plainly."""

import re

from handoff.errors import BadField
from handoff.words import wording

# The longest number of ITU-T E.164 has fifteen digits.
WRITTEN = re.compile(r"\+?[0-9 ()./\u00a0-]+")
FEWEST, MOST = 7, 15


def checked_phone(text: str) -> str:
    """The number as it came, without spaces around it; BadField unless it has 7 to 15 digits and no other signs."""
    written = text.strip()
    if not WRITTEN.fullmatch(written) or not FEWEST <= len(digits(written)) <= MOST:
        raise BadField(wording("bad_phone"), field="phone")
    return written


def dialled(phone: str) -> str:
    """What is dialled: the digits, after a plus if there was one.

    In "+44 (0)20 …" the 0 is only for callers from within the country (ITU-T E.123, 7.2), and after a plus it's wrong.
    """
    if phone.startswith("+"):
        return "+" + digits(re.sub(r"\(\s*0\s*\)", "", phone))
    return digits(phone)


def digits(phone: str) -> str:
    return re.sub(r"[^0-9]", "", phone)
