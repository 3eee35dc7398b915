"""Answers to questions about money: a plain yes, and "yes, stop it", which is heard as a wish of its own."""

import re
from typing import ClassVar

from actions.about_order import agrees, declines
from actions.everyday import NeverMind
from actions.going_on import GoOn
from actions.money import MoneyHelp
from actions.turn import Turn, TurnAction

POLITE = r"\W*(?:please |just |then |i want to |i want you to |can you |could you )*"
THE_CHARGE = r"(?:it|that(?=\W*\Z)|(?:the |that )?(?:second )?(?:one|charge|payment)|the second)"
REFUND_IT = re.compile(
    rf"{POLITE}(?:refund|return|pay|give|send) (?:me )?(?:back )?{THE_CHARGE}\b"
    r"(?!.*\b(?:not|no|if|when)\b)[^?]*\??\W*\Z",
    re.IGNORECASE | re.DOTALL,
)
STOP_IT = re.compile(
    rf"{POLITE}(?:stop|cancel|end) (?:it|that|this|(?:my|the) (?:sub|mem|ren|pass|trial))", re.IGNORECASE
)


class MoneyAnswer(MoneyHelp):
    """For *yes* to a question about money, and for what may mean yes; subclasses do what was agreed to."""

    also_yes: ClassVar[re.Pattern[str]] = REFUND_IT
    """The openings of wishes that mean yes to this question."""

    async def answer(self, turn: Turn) -> None:
        """Do it, leave it, or turn to the wish that isn't about this question."""
        if agrees(turn) or self.also_yes.match(turn.text[:200]):
            await super().answer(turn)
        elif declines(turn):
            await LeaveAsIs(self.workplace).answer(turn)
        elif turn.intent in TurnAction.all_topics():
            turn.take_up(turn.intent)
            await GoOn(self.workplace).answer(turn)
        else:
            await NeverMind(self.workplace).answer(turn)


class LeaveAsIs(TurnAction):
    """For *no* to a refund or to stopping a renewal."""

    title = "action_leave_as_is"

    async def answer(self, turn: Turn) -> None:
        """Change nothing, and say so."""
        turn.say("utter_left_as_is")
        turn.ask("helped")
