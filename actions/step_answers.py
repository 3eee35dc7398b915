"""What an answer to "did that work?" means, by rules that a person can read."""

import re
from enum import Enum, auto

from actions.about_order import agrees, declines
from actions.guides import guides
from actions.turn import Turn

LOOKED_AT = 1_000
"""Characters of a message that are looked at."""

NEXT = re.compile(r"\b(?:next|what now|what else|anything else|another way)\b", re.IGNORECASE)
DONE = re.compile(
    r"(?:(?:ok|okay|yes|yeah|yep) )?(?:(?:i|ive|i've|i have) )?(?:did|done|tried)(?: (?:that|it|this|so|all))?"
)
"""The step was taken; whether it helped is unsaid."""
WORKS = re.compile(
    r"\b(?:works|worked|working|did it|did the trick|fixed|solved|sorted|helped|coming in|loads|shows|appeared"
    r"|there now|is back|can see)\b",
    re.IGNORECASE,
)
NOT = re.compile(
    r"\b(?:no|nope|not|never|still|same|nothing|without)\b|n['’]t\b|\b(?:dont|doesnt|didnt|cant|wont)\b", re.IGNORECASE
)


class StepAnswer(Enum):
    """`DONE`: the step was taken, and whether it helped is still to be asked."""

    WORKED = auto()
    FAILED = auto()
    DONE = auto()
    UNCLEAR = auto()


def step_answer(turn: Turn) -> StepAnswer:
    """What the message says about the last step; unclear if nothing was asked about one."""
    text = turn.text[:LOOKED_AT]
    if turn.question != "step_worked":
        return StepAnswer.UNCLEAR
    if DONE.fullmatch(" ".join(re.findall(r"[\w'’]+", text.lower()))):
        return StepAnswer.DONE
    if NEXT.search(text) or declines(turn):
        return StepAnswer.FAILED
    if agrees(turn) or (turn.intent in (*guides(), "thanks") and WORKS.search(text) and not NOT.search(text)):
        return StepAnswer.WORKED
    return StepAnswer.FAILED if turn.intent in guides() or NOT.search(text) else StepAnswer.UNCLEAR
