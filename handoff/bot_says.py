"""What the bot answers, put into the chat as it says it, but for one sentence: that it only understands English."""

from typing import Any

from handoff.bot_answer import BotAnswer, BotButton
from handoff.language import letter_language
from handoff.moves import Conversation
from handoff.notices import TALK_TO_PERSON, reads_english, tell
from handoff.record import add_message
from handoff.storage import Transaction
from handoff.words import ENGLISH, say

OTHER_LANGUAGE = "action_other_language"
"""The bot's action for what isn't written in English."""
TO_A_PERSON = "/talk_to_human"
"""What its buttons say that lead to a person."""
ASKED_AGAIN = {"utter_ask_again", "utter_ask_meant"}
"""Its responses to a message that it made nothing of, while it had asked nothing."""


def say_answer(tx: Transaction, talk: Conversation, turn_id: str, answer: BotAnswer) -> None:
    """Store the bot's messages of a turn.

    Who wrote in a language that the desk has words in, or else has a page in one, reads there that the bot doesn't
    understand it, and what to do instead. So does who wrote too little on such a page to tell in which language.
    """
    written = answer.understood.language
    language = letter_language(None if written == ENGLISH else written, talk.page_language)
    asked_again = _said(answer) & ASKED_AGAIN and not reads_english(talk)
    if (_did(answer, OTHER_LANGUAGE) or asked_again) and language not in (None, ENGLISH):
        own: dict[str, Any] = {"language": language, "client_id": f"{turn_id}-0"}
        tell(tx, talk, "bot_reads_english", who="bot", kind="text", buttons=[TALK_TO_PERSON], **own)
        return
    for number, said in enumerate(answer.messages):
        buttons = [(_title(each, talk), each.payload) for each in said.buttons]
        add_message(tx, talk.id, "bot", said.text, client_id=f"{turn_id}-{number}", buttons=buttons)


def _title(button: BotButton, talk: Conversation) -> str:
    """The way to a person can be read also by who can't read what the bot says above it."""
    if button.payload == TO_A_PERSON and not reads_english(talk):
        return say("talk_to_person", language=talk.page_language)
    return button.title


def _did(answer: BotAnswer, action: str) -> bool:
    return any(event.get("name") == action for event in answer.events if event.get("event") == "action")


def _said(answer: BotAnswer) -> set[str]:
    """The names of the bot's responses."""
    about = (event.get("metadata") or {} for event in answer.events if event.get("event") == "bot")
    return {str(each.get("utter_action")) for each in about}
