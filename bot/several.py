"""Several requests in one message: where it could be cut in two, and what it then asks for.

"It's late and I was charged twice" asks for two things; a long story about one parcel asks for one, whatever its
sentences look like by themselves. So a message is only cut where both halves are clear, surer than the whole, and of
two matters.
"""

import re
from dataclasses import dataclass

from bot.example_model import Understanding

MATTERS = (
    frozenset({"track_package", "late_delivery", "delivered_not_received"}),
    frozenset({"return_item", "refund_status", "charge_after_return"}),
    frozenset({"billing_question", "charge_after_return", "refund_status"}),
    frozenset({"email_setup", "account_password"}),
    frozenset({"email_setup", "device_help", "digital_content"}),
    frozenset({"missing_coins", "digital_content"}),
    frozenset({"cancel_order"}),
    frozenset({"change_address"}),
)
"""The intents that ask for help. Two of a set are told of one thing in one breath: they are no two requests."""
REQUESTS = frozenset().union(*MATTERS)
POLITE = frozenset({"greet", "thanks", "goodbye", "affirm", "deny"})
"""A request in the same message goes before these."""

CUT = re.compile(
    r"\n+|(?<=[.!?;])\s+|(?<!\s)(?:\s*,)?\s+(?:and|also|plus)\b(?:\s+(?:also|then))?\s+|(?<!\s)\s+-+\s+", re.IGNORECASE
)
"""Spaces are only looked at from the first of a run: from each of them, a long run would take its length cubed."""
CONJUNCTION = re.compile("[a-z]", re.IGNORECASE)
MOST_CUTS = 3
LONGEST = 500
"""Characters; a longer message is a story, and reading all halves of it would take too long."""
SURER = 1.1
"""So many times the whole's confidence must be the mean of both halves'."""


@dataclass(frozen=True)
class Asked:
    """`ranking`: as of an understanding, the intent to act on first. `also`: further requests. `believed`: whether it's
    sure enough to act on."""

    ranking: list[tuple[str, float]]
    also: list[str]
    believed: bool


def halves_of(text: str) -> list[tuple[str, str]]:
    """The ways to cut a text in two: at three places at most, ends of sentences rather than conjunctions."""
    cuts = list(CUT.finditer(text)) if len(text) <= LONGEST else []
    if len(cuts) > MOST_CUTS:
        cuts = [cut for cut in cuts if not CONJUNCTION.search(cut.group())] or cuts
    halves = [(text[: cut.start()].strip(), text[cut.end() :].strip()) for cut in cuts[:MOST_CUTS]]
    return [(before, after) for before, after in halves if before and after]


def asked_for(
    whole: Understanding, halves: list[tuple[Understanding, Understanding]], threshold: float, clear: float
) -> Asked:
    """What a message asks for: believed where the whole leads by `threshold`, or halves are as sure as `clear`."""
    name, confidence = whole.ranking[0]
    if two := _two_requests(halves, clear, SURER * confidence):
        return Asked(_headed(two[0], whole), [two[1][0]], believed=True)
    surest = max((half.ranking[0] for pair in halves for half in pair), key=_sure_request, default=(name, confidence))
    if name in POLITE and _sure_request(surest) >= clear:
        return Asked(_headed(surest, whole), [], believed=True)
    return Asked(whole.ranking, [], whole.lead >= threshold)


def same_matter(one: str, other: str) -> bool:
    """Whether two intents are told of one thing."""
    return any({one, other} <= matter for matter in MATTERS)


def _two_requests(
    halves: list[tuple[Understanding, Understanding]], clear: float, mean: float
) -> tuple[tuple[str, float], tuple[str, float]] | None:
    """The best cut's two requests in their order."""
    pairs = [(before.ranking[0], after.ranking[0]) for before, after in halves]
    fitting = [
        (one, other)
        for one, other in pairs
        if min(_sure_request(one), _sure_request(other)) >= clear
        and one[1] + other[1] >= 2 * mean
        and not same_matter(one[0], other[0])
    ]
    return max(fitting, key=lambda pair: min(pair[0][1], pair[1][1]), default=None)


def _sure_request(rank: tuple[str, float]) -> float:
    return rank[1] if rank[0] in REQUESTS else 0.0


def _headed(first: tuple[str, float], whole: Understanding) -> list[tuple[str, float]]:
    return [first, *(rank for rank in whole.ranking if rank[0] != first[0])]
