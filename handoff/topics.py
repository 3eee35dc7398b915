"""What a conversation is closed with: a topic, and a cause in the rep's own words or in usual ones.

The list (topics.json) has each topic's words and usual causes; the console reads it too.
"""

import re
import unicodedata
from functools import cache
from pathlib import Path

import msgspec

from handoff.errors import BadField
from handoff.texts import INVISIBLE

LIST = Path(__file__).with_name("topics.json")
ABUSIVE = "abusive"
"""The cause of a chat that was ended for abuse (`handoff/blocks.py`): nobody votes on it or reopens it."""
_AROUND = re.compile(rf"\A{INVISIBLE.pattern}|{INVISIBLE.pattern}\Z")


class Topic(msgspec.Struct, frozen=True):
    """A topic in words, and what usually causes it, most usual first."""

    words: str
    causes: list[str]


class Known(msgspec.Struct, frozen=True):
    """All topics by name, and causes that come up in any."""

    topics: dict[str, Topic]
    of_any_topic: list[str]


def checked_topic(topic: str) -> str:
    """The topic, if it's one that a conversation can be closed with; BadField otherwise."""
    if topic not in known().topics:
        raise BadField("Choose from the list what it was about.", field="topic")
    return topic


def checked_cause(cause: str) -> str:
    """The cause without space around it or doubled in it; BadField for nothing, and for what ends a chat unvoted."""
    words = " ".join(_AROUND.sub("", cause).split())
    if not words:
        raise BadField("Say in a few words what caused it.", field="cause")
    if plain(words) == ABUSIVE:
        raise BadField("To end a chat for abuse, choose “The customer was abusive”.", field="cause")
    return words


def plain(cause: str) -> str:
    """The same for causes that differ only in case, space, width of letters, or a full stop at the end."""
    return " ".join(unicodedata.normalize("NFKC", _AROUND.sub("", cause)).casefold().replace("’", "'").split()).rstrip(
        " ."
    )


def usual_words(cause: str) -> str | None:
    """How a usual cause is written that says the same; None for a rep's own words."""
    return _usual().get(plain(cause))


@cache
def known() -> Known:
    """The list."""
    return msgspec.json.decode(LIST.read_bytes(), type=Known)


@cache
def _usual() -> dict[str, str]:
    each = [cause for topic in known().topics.values() for cause in topic.causes]
    return {plain(cause): cause for cause in [*each, *known().of_any_topic]}
