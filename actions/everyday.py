"""What is the same whatever the talk is about: small talk, upset people, and asking again."""

from actions.apology import complain
from actions.misunderstanding import ask_for_other_words
from actions.turn import PICK, Turn, TurnAction

WHERE_IT_IS = {
    "order_number": "utter_explain_order_number",
    "better_order_number": "utter_explain_order_number",
    "email": "utter_explain_email",
}
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


class OneMoment(TurnAction):
    """For a customer who looks for something, or tries it."""

    title = "action_one_moment"

    async def answer(self, turn: Turn) -> None:
        """Leave the question open, without asking it again."""
        turn.say("utter_one_moment")
        turn.remember(asked=turn.question)


class Explain(TurnAction):
    """For a customer who doesn't know what the bot means."""

    title = "action_explain"

    async def answer(self, turn: Turn) -> None:
        """Say where the number or the address is that was asked for; about anything else a person can say more."""
        question = turn.question or ""
        if where := "utter_which" if question.startswith(PICK) else WHERE_IT_IS.get(question):
            turn.say(where)
            turn.remember(asked=question)
        else:
            turn.say("utter_explain")
            offered = turn.slot("person_reason") if turn.question == "person" else None
            turn.offer_person(offered or "not_solved")


class Yes(TurnAction):
    """For a *yes* that no other rule has taken."""

    title = "action_yes"

    async def answer(self, turn: Turn) -> None:
        """Ask again what yes doesn't answer: which one, or what number."""
        if turn.question is None:
            turn.say("utter_yes_what")
            return
        if turn.question.startswith(PICK):
            turn.say("utter_which")
        turn.ask_again(turn.question)


class AskAgain(TurnAction):
    """For a message that wasn't understood."""

    title = "action_ask_again"

    async def answer(self, turn: Turn) -> None:
        """Ask for other words, and hand over if that comes to nothing."""
        ask_for_other_words(turn)
