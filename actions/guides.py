"""What is tried for which problem, in which order: read from `guides.yml`, which writers own."""

import re
from functools import cache
from pathlib import Path
from typing import Annotated

import msgspec
from msgspec import Meta
from ruamel.yaml import YAML

FILE = Path(__file__).with_name("guides.yml")
LOOKED_AT = 1_000
"""Characters of a message that are looked at."""

Name = Annotated[str, Meta(pattern=r"\A[a-z][a-z_]*\Z")]


class Problem(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A kind of trouble: the words that give it away, and the steps to try in their order."""

    problem: Name
    steps: tuple[Name, ...]
    words: tuple[str, ...] = ()


Guide = Annotated[tuple[Problem, ...], Meta(min_length=1)]


def problem_in(text: str, guide: Guide) -> Problem | None:
    """The first problem of a guide whose words are in a text; None if none of them fits."""
    plain = _plain(text[:LOOKED_AT])
    return next((problem for problem in guide if any(_is_in(word, plain) for word in problem.words)), None)


def problem_named(name: str, guide: Guide) -> Problem | None:
    """The problem of this name."""
    return next((problem for problem in guide if problem.problem == name), None)


@cache
def guides(file: Path = FILE) -> dict[str, Guide]:
    """The guide for each topic; ValueError if the file isn't as its head says."""
    return msgspec.convert(YAML(typ="safe").load(file), dict[str, Guide])


def _is_in(word: str, plain: str) -> bool:
    return re.search(_pattern(word), plain) is not None


@cache
def _pattern(word: str) -> str:
    return rf"(?<!\w){re.escape(_plain(word.rstrip('*')))}" + ("" if word.endswith("*") else r"(?!\w)")


def _plain(text: str) -> str:
    """Small letters without apostrophes, one space between words."""
    return " ".join(re.sub(r"['’`]", "", text.lower()).split())
