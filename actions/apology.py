"""How the bot meets somebody who is upset."""

from actions.turn import Turn


def complain(turn: Turn) -> None:
    """Apologise if that hasn't been done in this conversation; offer a person in any case."""
    if not turn.slot("apologised"):
        turn.say("utter_sorry")
        turn.remember(apologised="yes")
    turn.offer_person("tone")
