"""The desk's own sentences: in English from words.yml, in others from words.de.yml and its like. Writers own them."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, TypeAlias

from ruamel.yaml import YAML

WORDS = Path(__file__).with_name("words.yml")
BRACES = re.compile(r"\{(\w+)\}")
ENGLISH = "en"

Wording: TypeAlias = Callable[[str | None], str]
"""Words that wait to be told in which language: a `Sentence`, several of them, or a time."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of the files by its name, and what fills its {fields}, which may wait for the language too."""

    key: str
    fields: dict[str, object]

    def __call__(self, language: str | None) -> str:
        return say(self.key, language=language, **self.fields)


def say(key: str, /, *, language: str | None = None, **fields: object) -> str:
    """The sentence of that name with its {fields} filled in; KeyError if the sentence or a field is missing.

    In English, unless there's one in the language.
    """
    return BRACES.sub(lambda match: _said(fields[match[1]], language), _words(language)[key])


def wording(key: str, /, **fields: object) -> Sentence:
    """The same, to be said once the language is known."""
    return Sentence(key, fields)


def together(*parts: Wording | None) -> Wording:
    """One after the other, those that are there."""
    return lambda language: " ".join(part(language) for part in parts if part)


@cache
def languages() -> frozenset[str]:
    """The languages that the desk has words in, as ISO 639 codes."""
    others = (path.name.split(".")[1] for path in WORDS.parent.glob("words.*.yml"))
    return frozenset({ENGLISH, *others})


def month_words(month: int) -> Wording:
    """A month's name, from 1 on."""
    return lambda language: str(_words(language)["months"][month - 1])


def reason_words(reason: str | None) -> str:
    """Why a conversation waits, in plain words for reps."""
    reasons: dict[str, str] = _words()["reasons"]
    return reasons.get(reason or "none", reasons["none"])


def deed_words(action: str) -> str | None:
    """What the bot does in an action, in plain words for reps; None for one that is no attempt to help."""
    deeds: dict[str, str] = _words()["deeds"]
    return deeds.get(action)


def topic_words(topic: str | None) -> Wording | None:
    """What a customer would say who has this topic; None for one that the bot has no help for."""
    if topic not in _words()["topics"]:
        return None
    return lambda language: str(_words(language)["topics"][topic])


def skill_words(skill: str, title: str) -> Wording:
    """What a skill is called: its title, which the centre gives it, unless there's a word for it in the language."""
    return lambda language: str(_words(language).get("skills", {}).get(skill, title))


def error_words(code: str, language: str | None) -> str | None:
    """What a refusal says in a language; None where it's said in English, as it stands in handoff/errors.py."""
    if language in (None, ENGLISH):
        return None
    found: str | None = _words(language).get("errors", {}).get(code)
    return found


def _said(field: object, language: str | None) -> str:
    return field(language) if callable(field) else str(field)


@cache
def _words(language: str | None = None) -> dict[str, Any]:
    if language in (None, ENGLISH) or language not in languages():
        return read_words(WORDS)
    return _completed(read_words(WORDS), read_words(WORDS.with_name(f"words.{language}.yml")))


def _completed(english: dict[str, Any], others: dict[str, Any]) -> dict[str, Any]:
    """What a language leaves out is said in English, also in a section that it has."""
    sections = {
        name: {**english.get(name, {}), **section} for name, section in others.items() if isinstance(section, dict)
    }
    return {**english, **others, **sections}


def read_words(path: Path) -> dict[str, Any]:
    """A file of sentences by their names; some are sections, with sentences of their own."""
    words: dict[str, Any] = YAML(typ="safe").load(path)
    return words
