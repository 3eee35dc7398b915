"""What all helps have in common: they take their topic up, stay with it when in doubt, and don't say the same twice."""

from actions.misunderstanding import ask_for_other_words
from actions.turn import Turn, TurnAction

SURE_ENOUGH_TO_SWITCH = 0.35
"""In the middle of one topic, a guess at another has to be this sure: people who explain themselves use many words."""


class Help(TurnAction):
    """An action that helps with its `topics`."""

    async def respond(self, turn: Turn) -> None:
        """Ask for other words when a change of topic is in doubt; offer a person when the answer is nothing new."""
        requested = turn.intent in self.topics
        if requested and _is_in_doubt(turn):
            ask_for_other_words(turn)
            return
        if requested:
            turn.take_up(turn.intent)
        await self.answer(turn)
        if requested and _says_nothing_new(turn):
            turn.take_back()
            turn.say("utter_nothing_new")
            turn.offer_person("not_solved")


def _is_in_doubt(turn: Turn) -> bool:
    changes = turn.topic() not in (None, turn.intent) and turn.question is not None
    return changes and turn.confidence < SURE_ENOUGH_TO_SWITCH


def _says_nothing_new(turn: Turn) -> bool:
    """Whether typed words, without any detail, only bring back what the customer has just been told or asked twice."""
    if turn.pressed or turn.details or not turn.said_now():
        return False
    before, earlier = turn.said_before(), turn.said_before(2)
    tells = any(not response.startswith("utter_ask_") for response in turn.said_now())
    return turn.said_now() <= (before if tells else before & earlier)
