"""How a simulated conversation went, as far as a program can tell; people read the transcripts for the rest."""

import itertools
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

UNSURE = 0.35
"""Below this confidence a help that was started is suspected to be a wrong answer."""
ASKED_BACK = frozenset({"nlu_fallback"})
DECLINED = frozenset({"out_of_scope", "other_language"})
EVERYDAY = frozenset(
    {
        *("greet", "thanks", "goodbye", "affirm", "deny", "small_talk", "bot_challenge", "never_mind", "close_chat"),
        *("complaint", "abuse", "talk_to_human", "one_moment", "explain"),
    }
)
NOT_PLEASED = frozenset({"deny", "complaint", "abuse"})


@dataclass
class Exchange:
    """What the customer wrote and the bot's whole answer, as its private channel gives it."""

    said: str
    answer: dict[str, Any]

    @property
    def intent(self) -> str:
        """What the bot took it for."""
        return str(self.answer["understood"]["intent"])

    @property
    def confidence(self) -> float:
        """How sure it was."""
        return float(self.answer["understood"]["confidence"] or 0.0)

    @property
    def helps(self) -> bool:
        """Whether the bot started or went on with a help because of these words."""
        return self.intent not in ASKED_BACK | DECLINED | EVERYDAY and not self.intent.startswith("inform_")


@dataclass
class Verdict:
    """`outcome` is one of resolved, handed over, asked back, declined, open; `reason` is the handoff's."""

    outcome: str
    reason: str | None = None
    suspicions: list[str] = field(default_factory=list)


def verdict_of(exchanges: Sequence[Exchange]) -> Verdict:
    """The verdict on a whole conversation with at least one exchange."""
    return Verdict(*_outcome(exchanges), suspicions=list(_suspicions(exchanges)))


def _outcome(exchanges: Sequence[Exchange]) -> tuple[str, str | None]:
    handoffs = [each.answer["handoff"]["reason"] for each in exchanges if each.answer["handoff"]]
    if handoffs:
        return "handed over", str(handoffs[0])
    if any(each.answer["check"] == "yes" or each.answer["close"] for each in exchanges):
        return "resolved", None
    last = exchanges[-1].intent
    if last in ASKED_BACK:
        return "asked back", None
    return ("declined" if last in DECLINED else "open"), None


def _suspicions(exchanges: Sequence[Exchange]) -> list[str]:
    found = [
        f"helped with {each.intent} at only {each.confidence:.2f}: {each.said[:80]!r}"
        for each in exchanges
        if each.helps and each.confidence < UNSURE
    ]
    for before, after in itertools.pairwise(exchanges):
        if before.helps and after.intent in NOT_PLEASED:
            found.append(f"after help with {before.intent} came {after.intent}: {after.said[:80]!r}")
    topics = {each.intent for each in exchanges if each.helps}
    if len(topics) > 2:
        found.append(f"wandered over {len(topics)} topics: {', '.join(sorted(topics))}")
    return found
