"""What the bot does when it isn't sure what was meant."""

from actions.apology import complain
from actions.turn import Turn, TurnAction

MISUNDERSTOOD = frozenset({"utter_ask_again", "utter_ask_meant", "utter_not_understood"})
GUESS = "utter_guess_"
"""With a topic's name: how the button is called that offers it."""
LEAST_LIKELY, MOST_GUESSES = 0.12, 2


def ask_for_other_words(turn: Turn) -> None:
    """Offer what was perhaps meant, or repeat the open question; hand over where that has led to nothing.

    Who is upset gets an apology instead of a question, and who goes on explaining when a person is offered gets one.
    """
    if MISUNDERSTOOD & turn.said_before():
        turn.hand_over("misunderstood")
    elif turn.question == "person":
        turn.hand_over(turn.slot("person_reason") or "misunderstood")
    elif turn.tone.is_bitter and not turn.question:
        complain(turn)
    elif turn.question == "helped":
        turn.say("utter_not_understood")
        turn.offer_person("not_solved")
    elif turn.question:
        turn.say("utter_not_understood")
        turn.ask_again(turn.question)
    elif guesses := _guesses(turn):
        turn.say_with_buttons("utter_ask_meant", guesses)
    else:
        turn.say("utter_ask_again")


def _guesses(turn: Turn) -> list[dict[str, str]]:
    topics = TurnAction.all_topics() | {"talk_to_human"}
    likely = [name for name, confidence in turn.ranking if name in topics and confidence >= LEAST_LIKELY]
    titles = [(name, turn.words(f"{GUESS}{name}")) for name in (*likely[:MOST_GUESSES], "talk_to_human") if likely]
    return [{"title": title, "payload": f"/{name}"} for name, title in dict(titles).items() if title]
