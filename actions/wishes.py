"""What the customer's words say of a return: which thing is meant, and whether it's damaged or to be exchanged."""

import re
from collections.abc import Iterable, Sequence
from enum import StrEnum

from actions.shop import OrderItem

WORD = re.compile(r"[^\W_]{3,}")
EMPTY_WORDS = frozenset({"the", "and", "for", "with", "one"})
DAMAGED = re.compile(
    r"\b(brok\w+|damag\w+|crack\w+|smash\w+|shatter\w+|torn|ripped|dent(s|ed)|scratch\w*|stain\w*|leak\w*|faulty"
    r"|defect\w*|dead|(doesn'?t|does not|don'?t|isn'?t|not|stopped|won'?t) (work\w*|turn on|switch on)"
    r"|wrong (\w+ )?(one|item|thing|size|colou?r|product|book|order|model)|not what (i|we) ordered"
    r"|(part|piece|lid|cable)s? (is|are|was|were) missing|missing (a |some )?(part|piece)s?)\b",
    re.IGNORECASE,
)
EXCHANGE = re.compile(
    r"\b(exchang\w+|swap\w*|replace\w*|(another|different|bigger|smaller|larger) (one|size|colou?r|model))\b",
    re.IGNORECASE,
)


ALL = re.compile(r"^(?!.*\b(?:not|none|nothing)\b).*\b(?:all|both|everything|whole|entire|the lot)\b", re.IGNORECASE)
PLACES = ("first", "second", "third", "fourth", "fifth")
PLACE = re.compile(r"\b(?:" + "|".join(PLACES) + r")\b", re.IGNORECASE)


class Wish(StrEnum):
    """What somebody wants who doesn't merely want to give something back."""

    DAMAGED = "damaged"
    EXCHANGE = "exchange"


def wish_in(text: str) -> Wish | None:
    """What the words say beyond "send it back"; None for nothing."""
    if DAMAGED.search(text):
        return Wish.DAMAGED
    return Wish.EXCHANGE if EXCHANGE.search(text) else None


def named_in(text: str, items: Iterable[OrderItem]) -> list[OrderItem]:
    """The items whose titles share most words with the text; none if no title shares any."""
    said = _words(text)
    shared = [(item, len(_words(item.title) & said)) for item in items]
    most = max((count for _, count in shared), default=0)
    return [item for item, count in shared if count == most > 0]


def picked_in(text: str, items: Sequence[OrderItem]) -> list[OrderItem]:
    """The items that an answer to "which of these?" means: all, by place in the list, or by name; none if unclear."""
    if ALL.search(text):
        return list(items)
    if place := PLACE.search(text):
        return [item for number, item in enumerate(items) if number == PLACES.index(place[0].lower())]
    return named_in(text, items)


def _words(text: str) -> set[str]:
    """The words of a text, plurals as singulars."""
    return {word.casefold().removesuffix("s") for word in WORD.findall(text)} - EMPTY_WORDS
