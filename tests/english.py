"""Finds the desk's English sentences in what somebody is told in another language."""

import re
from functools import cache

from handoff.words import BRACES, WORDS, read_words

SAYS_ENOUGH = 10
"""More characters than that a sentence has besides its {fields}; one with fewer is a frame for others."""


def english_in(text: str) -> list[str]:
    """The desk's English sentences that stand in a text, by their names."""
    return [key for key, pattern in english_patterns().items() if pattern.search(text)]


@cache
def english_patterns() -> dict[str, re.Pattern[str]]:
    every = read_words(WORDS)
    sentences = {key: words for key, words in {**every, **every["topics"]}.items() if isinstance(words, str)}
    literal = {key: [re.escape(part) for part in BRACES.split(words)[::2]] for key, words in sentences.items()}
    return {key: re.compile(".+".join(parts)) for key, parts in literal.items() if len("".join(parts)) > SAYS_ENOUGH}
