"""What a question about money is after, by words that a person can read: only then is one answer better than a list."""

import re
from enum import StrEnum

READ = 1_000
"""Characters of a message that are looked at."""


class Wish(StrEnum):
    """`DOUBLE`: taken twice; `RENEWAL`: taken anew each period; the others are for a person."""

    DOUBLE = "double"
    STOLEN_CARD = "stolen_card"
    RENEWAL = "renewal"
    PAPERS = "papers"
    VOUCHER = "voucher"
    CHECKOUT = "checkout"


WORDS = {
    Wish.DOUBLE: (
        "twice|doubled?|duplicated?|2x|x2|a second time"
        "|(?:[2-9]|two|three|several|multiple|many) (?:times|identical|equal|charges|payments)"
        "|(?:same|identical) (?:amount|payment|charge|sum)"
    ),
    Wish.STOLEN_CARD: "someone|somebody|stole|hack|fraud|scam|unauthori[sz]|without my (?:knowledge|permission)",
    Wish.RENEWAL: (
        "renew|subscri|member|auto.?pay|recurring|trial|premium|prime|(?:each|every|per|a whole) (?:month|year)"
        "|monthly|yearly|annual|charged again|pass renewed|post pass"
    ),
    Wish.PAPERS: "invoice|receipt|vat|tax|(?:send|have|need|get) (?:me )?(?:the |a |my )?bill",
    Wish.VOUCHER: "voucher|gift ?card|code|coupon|promo|points|discount|[0-9]+ ?% off",
    Wish.CHECKOUT: (
        "declined|checkout|(?:can'?t|cannot|cant) pay|payment (?:method|fail|stuck)|instal?ment"
        "|(?:change|delete|remove|different|new|another|wrong) (?:the |my )?card|card (?:expired|i pay)"
    ),
}
PATTERNS = {wish: re.compile(rf"\b(?:{words})", re.IGNORECASE) for wish, words in WORDS.items()}
CANCELLED = re.compile(r"\b(?:cancell?ed|cancell?ing|stopped|ended|quit)\b", re.IGNORECASE)

MEMBERSHIP = re.compile(r"\b(?:subscription|membership|auto.?renew|renewal|free trial)", re.IGNORECASE)


def wish_of(text: str) -> Wish | None:
    """The first wish whose words are there; None for a plain "what is this charge"."""
    return next((wish for wish, pattern in PATTERNS.items() if pattern.search(text[:READ])), None)


def is_about_membership(text: str) -> bool:
    """Whether a membership is named: what is said of cancelling or refunding then is about no order."""
    return MEMBERSHIP.search(text[:READ]) is not None


def says_cancelled(text: str) -> bool:
    """Whether the customer says that they had ended it."""
    return CANCELLED.search(text[:READ]) is not None
