"""Amounts of money in a text, by rules that a person can read: `£14.99`, `15 quid`, `12,50 €`, `charged me 15`."""

import re
from typing import Any

SIGNS = {"£": "GBP", "€": "EUR", "$": "USD", "₹": "INR"}
WORDS = {
    "GBP": "gbp|pounds?(?: sterling)?|quid",
    "EUR": "eur|euros?",
    "USD": "usd|dollars?|bucks?",
    "INR": "inr|rupees?|rs",
    "CAD": "cad",
    "AUD": "aud",
    "CHF": "chf",
}
SMALL = {"GBP": "p|pence", "": "cents?"}
"""A hundredth of something; a cent is of several currencies."""
UNITS = "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen"
COUNTED = {word: value for value, word in enumerate(UNITS.split(), start=1)} | {"eighteen": 18, "nineteen": 19}
TENS = {"twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90}

FIGURES = r"[0-9]{1,3}(?:[,.' ][0-9]{3})+(?:[.,][0-9]{2})?|[0-9]{1,7}(?:[.,][0-9]{1,2})?"
IN_WORDS = rf"(?:{'|'.join(TENS)})(?:[ -](?:{'|'.join(COUNTED)}))?|{'|'.join(sorted(COUNTED, key=len, reverse=True))}"
CURRENCY = "|".join(WORDS.values())
# No longer number, version or word on either side.
BEFORE, AFTER = r"(?<![\w.,'/-])", r"(?![\w%:-]|[.,'/][0-9])"
AMOUNT = re.compile(
    rf"""
    (?<!\w) (?P<sign>[{"".join(SIGNS)}]) \s? (?P<after_sign>{FIGURES}) {AFTER}
    | {BEFORE} (?P<code>{CURRENCY}) \.? \s? (?P<after_code>{FIGURES}) {AFTER}
    | {BEFORE} (?P<with_unit>{FIGURES}|{IN_WORDS}) \s? (?: (?P<its_sign>[{"".join(SIGNS)}]) | (?P<unit>{CURRENCY}) \b)
    | {BEFORE} (?P<small>[0-9]{{1,2}}) \s? (?P<small_unit>{"|".join(SMALL.values())}) \b
    | {BEFORE} (?P<decimal>(?:[0-9]{{1,3}},(?=[0-9]{{3}}\.))?[0-9]{{1,5}}[.,][0-9]{{2}}) {AFTER}
      (?!\s?(?:am|pm|o'?clock|km|kg|cm|mm|inch)\b)
    | \b (?:charged?|took|taken|debited|billed|paid) \s (?:me\s|us\s)? (?:for\s)? (?P<bare>[0-9]{{1,5}}) {AFTER}
      (?!\s?(?:times|x|am|pm|st|nd|rd|th|days?|weeks?|months?|years?|hours?|minutes?|orders?|items?|january|february
              |march|april|may|june|july|august|september|october|november|december)\b)
    """,
    re.IGNORECASE | re.VERBOSE,
)
NUMBERS = ("after_sign", "after_code", "with_unit", "small", "decimal", "bare")


def amounts_in(text: str) -> list[dict[str, Any]]:
    """The entities `amount` in order of place; the value is written `14.99`, or `14.99 GBP` if a currency is said."""
    return [_entity(match) for match in AMOUNT.finditer(text)]


def _entity(match: "re.Match[str]") -> dict[str, Any]:
    start = match.start("bare") if match["bare"] else match.start()
    value = f"{_cents(match) / 100:.2f} {_currency(match)}".strip()
    return {"entity": "amount", "start": start, "end": match.end(), "value": value, "extractor": "ChargeDetails"}


def _cents(match: "re.Match[str]") -> int:
    number = next(match[name] for name in NUMBERS if match[name])
    if match["small"]:
        return int(number)
    if number[0].isalpha():
        return 100 * sum((TENS | COUNTED)[word] for word in re.findall("[a-z]+", number.lower()))
    whole, pence = re.fullmatch(r"(.*?)(?:[.,]([0-9]{1,2}))?", number).groups()
    return 100 * int(re.sub(r"[^0-9]", "", whole)) + int((pence or "0").ljust(2, "0"))


def _currency(match: "re.Match[str]") -> str:
    if sign := match["sign"] or match["its_sign"]:
        return SIGNS[sign]
    said = match["code"] or match["unit"] or match["small_unit"] or ""
    words = SMALL if match["small"] else WORDS
    return next((code for code, pattern in words.items() if re.fullmatch(pattern, said, re.IGNORECASE)), "")
