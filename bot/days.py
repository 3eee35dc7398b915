"""Days in a text, by rules that a person can read; which days they are is for the actions to say, who know the date."""

import re
from typing import Any

MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?)\b\.?"
)
WEEKDAY = r"(?:mon(?:day)?|tues?(?:day)?|wed(?:s|nesday)?|thu(?:rs?)?(?:day)?|fri(?:day)?|sat(?:urday)?|sun(?:day)?)\b"
COUNT = r"(?:[0-9]{1,3}|an?|one|two|three|four|five|six|seven|eight|nine|ten|twelve|a\ couple\ of|a\ few)"
YEAR = r"(?:,?\s(?:20)[0-9]{2})"
DAY = re.compile(
    rf"""
    (?<![\w/.-]) (?:
        [0-9]{{4}}-[0-9]{{1,2}}-[0-9]{{1,2}}
      | [0-9]{{1,2}}[/.-][0-9]{{1,2}}[/.-](?:20)?[0-9]{{2}}
      | [0-9]{{1,2}}/[0-9]{{1,2}}
      | (?:{WEEKDAY},?\s)? (?:the\s)? [0-9]{{1,2}}\s?(?:st|nd|rd|th)?\s(?:of\s)?{MONTH}{YEAR}?
      | (?:{WEEKDAY},?\s)? {MONTH}\s(?:the\s)?[0-9]{{1,2}}(?:st|nd|rd|th)?{YEAR}?
      | (?:{WEEKDAY}\s)? the\s[0-9]{{1,2}}(?:st|nd|rd|th)
      | [0-9]{{1,2}}(?:st|nd|rd|th)
      | the\sday\sbefore\syesterday | yesterday | today | tonight | last\snight
      | (?:this|last|past)\s(?:morning|week|weekend|month|year|{WEEKDAY}|{MONTH})
      | (?:on\s)? (?:{WEEKDAY}\s(?:last\sweek)|{WEEKDAY})
      | (?:the\s)? {COUNT}\s(?:days?|weeks?|months?|years?)\s(?:ago|back|earlier)
      | (?:early|late|mid|start\sof|end\sof|beginning\sof|in|of|for|since)\s(?P<month>{MONTH}{YEAR}?)
      | {MONTH}{YEAR}
    ) (?![\w/%-]|[.][0-9]|\s(?:time|charge|payment|order|one|item|parcel|class)\b)
    """,
    re.IGNORECASE | re.VERBOSE,
)
WORD_BEFORE = re.compile(r"on\s", re.IGNORECASE)
WORDS_TOO = re.compile(r"sat|sun|wed|mon", re.IGNORECASE)
"""Days that are words, too ("sat down", "the sun"): too little if there's anything else and no "on" before them."""


def days_in(text: str) -> list[dict[str, Any]]:
    """The entities `day` in order of place; the value is what the customer wrote."""
    return [_entity(match) for match in DAY.finditer(text) if not _is_another_word(match)]


def _is_another_word(match: "re.Match[str]") -> bool:
    return WORDS_TOO.fullmatch(match.group()) is not None and match.group() != match.string.strip(" .?!")


def _entity(match: "re.Match[str]") -> dict[str, Any]:
    words = match["month"] or match.group()
    start = match.end() - len(words) + len((WORD_BEFORE.match(words) or [""])[0])
    return {
        "entity": "day",
        "start": start,
        "end": match.end(),
        "value": match.string[start : match.end()],
        "extractor": "ChargeDetails",
    }
