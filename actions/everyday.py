"""What is the same whatever the talk is about: small talk, upset people, and asking again."""

from actions.apology import complain
from actions.misunderstanding import ask_for_other_words
from actions.turn import Turn, TurnAction

CHEERFUL = frozenset({"thanks", "small_talk"})


class SmallTalk(TurnAction):
    """For what needs an answer but no help: says `utter_<intent>`, then repeats the question that was open."""

    title = "action_small_talk"

    async def answer(self, turn: Turn) -> None:
        """Praise and thanks that are hardly meant get a plain answer, or an apology."""
        cheerful = turn.intent in CHEERFUL
        if cheerful and turn.tone.is_bitter:
            complain(turn)
            return
        turn.say("utter_plain" if cheerful and turn.tone.is_doubtful else f"utter_{turn.intent}")
        if turn.question:
            turn.ask_again(turn.question)


class Complaint(TurnAction):
    """For `complaint`."""

    title = "action_complaint"

    async def answer(self, turn: Turn) -> None:
        """Apologise once, and offer a person."""
        complain(turn)


class Abuse(TurnAction):
    """For insults."""

    title = "action_abuse"

    async def answer(self, turn: Turn) -> None:
        """Stay calm, and offer a person."""
        turn.say("utter_abuse")
        turn.offer_person("abuse")


class OtherLanguage(TurnAction):
    """For a message that isn't in English."""

    title = "action_other_language"

    async def answer(self, turn: Turn) -> None:
        """Say so, and offer a person."""
        turn.say("utter_other_language")
        turn.offer_person("other_language")


class NeverMind(TurnAction):
    """For `never_mind`: the way out of anything."""

    title = "action_never_mind"

    async def answer(self, turn: Turn) -> None:
        """Leave the topic and all that was meant to follow."""
        turn.remember(about=None, unfinished=None, person_reason=None)
        turn.say("utter_never_mind")


class AskAgain(TurnAction):
    """For a message that wasn't understood."""

    title = "action_ask_again"

    async def answer(self, turn: Turn) -> None:
        """Ask for other words, and hand over if that comes to nothing."""
        ask_for_other_words(turn)
