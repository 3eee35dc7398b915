"""What the bot answers, put into the chat as it says it, but for one sentence: that it only understands English."""

from typing import Any

from handoff.bot_answer import BotAnswer
from handoff.language import letter_language
from handoff.moves import Conversation
from handoff.notices import TALK_TO_PERSON, tell
from handoff.record import add_message
from handoff.storage import Transaction
from handoff.words import ENGLISH

OTHER_LANGUAGE = "action_other_language"
"""The bot's action for what isn't written in English."""


def say_answer(tx: Transaction, talk: Conversation, turn_id: str, answer: BotAnswer) -> None:
    """Store the bot's messages of a turn.

    Who wrote in a language that the desk has words in, or else has a page in one, reads there that the bot doesn't
    understand it, and what to do instead.
    """
    language = letter_language(answer.understood.language, talk.page_language)
    if _understood_nothing(answer) and language not in (None, ENGLISH):
        own: dict[str, Any] = {"language": language, "client_id": f"{turn_id}-0"}
        tell(tx, talk, "bot_reads_english", who="bot", kind="text", buttons=[TALK_TO_PERSON], **own)
        return
    for number, said in enumerate(answer.messages):
        buttons = [(each.title, each.payload) for each in said.buttons]
        add_message(tx, talk.id, "bot", said.text, client_id=f"{turn_id}-{number}", buttons=buttons)


def _understood_nothing(answer: BotAnswer) -> bool:
    return any(event.get("name") == OTHER_LANGUAGE for event in answer.events if event.get("event") == "action")
