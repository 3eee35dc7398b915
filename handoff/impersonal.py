"""Whether a rep's reply says nothing about the customer whom it was said to, so that another may get its words.

Conservative: what isn't clearly free of names, numbers and addresses isn't offered. A reply is free of them if

- it has 20 to 600 characters, and no digit, `@`, `/`, currency sign, bracket or brace;
- none of its words is part of the customer's name or of a rep's;
- no word inside a sentence begins with a capital letter, but for "I" (so no name, place, product, weekday; German
  replies, whose nouns are capital, aren't offered at all);
- each sentence begins with one of the plain words listed here (so no name either: "Leeds has it");
- after "hello", "hi", "hey" or "dear" comes a comma or the end of the sentence, "there" or "again".

It can't see a name that is a plain word in lower case ("grace"), nor what only the two of them know ("the blue one").
"""

import re
from collections.abc import Iterable

SHORTEST, LONGEST = 20, 600
NOT_PLAIN = re.compile(r"[\d@/\\$€£¥#%<>{}\[\]_|=+*~^]")
SENTENCE = re.compile(r"[^.!?…:\n]+")
WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
GREETING = re.compile(r"(?i)\b(?:hello|hi|hey|dear)\b(?! (?:there|again)\b)[ ]+\w")
BEGINNINGS = frozenset(
    re.findall(
        r"[a-z']+",
        """
    a after all also although and any anything are as at before both but by can could dear did do don't each either
    every everything first for from go good has have hello here hey hi how i i'd i'll i'm i've if in is isn't it it'll
    it's its just keep let let's may maybe meanwhile might more most my next no not nothing now of on once one only
    open or our otherwise perhaps please press right sadly send should since so some sometimes sorry still sure take
    tell thank thanks that that's the their then there there's these they they'll they're this those to try turn
    unfortunately until we we'd we'll we're we've welcome well were what what's when where whether which while who why
    will with without would write yes yet you you'd you'll you're you've your
    """,
    )
)
CAPITAL = frozenset({"I", "I'm", "I'll", "I've", "I'd", "OK"})


def is_impersonal(text: str, names: Iterable[str]) -> bool:
    """Whether the rule above lets a reply through; `names` are the customer's and the reps'."""
    if not SHORTEST <= len(text.strip()) <= LONGEST or NOT_PLAIN.search(text) or GREETING.search(text):
        return False
    said = {word.casefold() for word in WORD.findall(text)}
    if any(word.casefold() in said for name in names for word in WORD.findall(name) if len(word) > 1):
        return False
    sentences = [_plain_words(sentence) for sentence in SENTENCE.findall(text)]
    return all(_is_plain(words) for words in sentences if words)


def _plain_words(sentence: str) -> list[str]:
    return [word.replace("’", "'") for word in WORD.findall(sentence)]


def _is_plain(words: list[str]) -> bool:
    first, *rest = words
    return first.lower() in BEGINNINGS and all(word.islower() or word in CAPITAL for word in rest)
