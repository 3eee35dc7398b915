"""The desk's own sentences, from words.yml and what is there in other languages, which writers own."""

import re
from functools import cache
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

WORDS = Path(__file__).with_name("words.yml")
LANGUAGES = frozenset({"de"})
"""Those of which there is a file too: words.de.yml."""
BRACES = re.compile(r"\{(\w+)\}")


def say(key: str, /, *, language: str | None = None, **fields: object) -> str:
    """The sentence of that name with its {fields} filled in; KeyError if the sentence or a field is missing.

    In English, unless there's one in the language.
    """
    words = _translated(language).get(key) if language in LANGUAGES else None
    return BRACES.sub(lambda match: str(fields[match[1]]), words or _words()[key])


def reason_words(reason: str | None) -> str:
    """Why a conversation waits, in plain words for reps."""
    reasons: dict[str, str] = _words()["reasons"]
    return reasons.get(reason or "none", reasons["none"])


def deed_words(action: str) -> str | None:
    """What the bot does in an action, in plain words for reps; None for one that is no attempt to help."""
    deeds: dict[str, str] = _words()["deeds"]
    return deeds.get(action)


def topic_words(topic: str | None) -> str | None:
    """What a customer would say who has this topic; None for one that the bot has no help for."""
    topics: dict[str, str] = _words()["topics"]
    return topics.get(topic or "")


@cache
def _translated(language: str) -> dict[str, str]:
    words: dict[str, str] = YAML(typ="safe").load(WORDS.with_name(f"words.{language}.yml"))
    return words


@cache
def _words() -> dict[str, Any]:
    words: dict[str, Any] = YAML(typ="safe").load(WORDS)
    return words
