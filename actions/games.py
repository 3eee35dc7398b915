"""Is it about a game of somebody else? Read from what the customer typed, by rules that a person can read."""

import re
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from ruamel.yaml import YAML

FILE = Path(__file__).with_name("games.yml")
LOOKED_AT = 1_000
"""Characters of a message that are looked at."""
LONGEST_NAME = 40

NAME = r"[A-Z][\w'’]+(?:\s+(?:of|the|and|&|[A-Z][\w'’]*|[0-9]+)){{{least},4}}"
NAMED = re.compile(
    r"\b(?:in|on|for|from)\s+(?:the\s+|my\s+)?(?P<long>"
    + NAME.format(least=1)
    + r")|\b(?:playing|called|game|app)\s+(?P<any>"
    + NAME.format(least=0)
    + ")"
)
"""A name in capital letters where people name a game: "my gems in Zorp Quest". One word alone may be a town."""
NOT_GAMES = frozenset(
    re.findall(
        r"\w+",
        "amazon android app apple april august chrome christmas december easter facebook february friday google i ipad"
        " iphone january july june kindle larkfield mac march mastercard may monday november october paypal play"
        " samsung saturday september store sunday thursday tuesday visa wednesday windows",
    )
)


def other_game(text: str, ours: Iterable[str]) -> str | None:
    """The game named in a text that isn't one of `ours`; None if there's none, or one of ours is named too."""
    text = text[:LOOKED_AT]
    if any(_is_in(app, text) for app in ours):
        return None
    return _known(text) or _named(text)


def _known(text: str) -> str | None:
    return next((text[match.start() : match.end()] for game in _games() if (match := _is_in(game, text))), None)


def _named(text: str) -> str | None:
    """Someone who shouts, or begins each word with a capital, names nothing by it."""
    words = re.findall(r"[A-Za-z]\w*", text)
    if sum(word[0].isupper() for word in words) * 2 > len(words):
        return None
    named = ((match["long"] or match["any"])[:LONGEST_NAME].strip() for match in NAMED.finditer(text))
    return next((name for name in named if not _words(name) & NOT_GAMES), None)


def _is_in(name: str, text: str) -> "re.Match[str] | None":
    return re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text, re.IGNORECASE)


def _words(text: str) -> set[str]:
    return set(re.findall(r"[\w'’]+", text.lower()))


@cache
def _games() -> tuple[str, ...]:
    return tuple(YAML(typ="safe").load(FILE))
