"""How a customer sounded in their latest turns with the bot: a hint for the queue and the rep, never a verdict."""

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import select

from handoff.schema import turn
from handoff.storage import Transaction
from handoff.wire_console import Tone

SOUNDS_LIKE_IT_FROM = 0.7
"""From here on one of the bot's two numbers, `upset` and `unliteral`, counts."""
LATEST_TURNS = 3
UPSET_PRIORITY = 1
MOST_WORDS, LONGEST_WORD = 4, 40
_LITTLE_WORDS = """
    a about all am an and any are as at be been but by can did do does for from get got had has have he her his how i
    i'm if in is it it's its just me my no not of on or our she so still than that the their them then there they this
    to too up us was we were what when where which who why will with would you you're your yours
"""
SAYS_NOTHING = frozenset(_LITTLE_WORDS.split())
"""Words that tip the bot's scales here and there, but that nobody would believe to be why somebody sounds upset."""


def priority_of(tx: Transaction, conversation_id: str) -> int:
    """The priority in the queue: upset customers come before the others, by arrival among themselves."""
    understood = select(turn.c.understood).where(turn.c.conversation_id == conversation_id, turn.c.state == "accepted")
    latest = tx.db.execute(understood.order_by(turn.c.finished_at.desc()).limit(LATEST_TURNS)).scalars()
    tone = tone_in(list(latest))
    return UPSET_PRIORITY if tone and tone.upset else 0


def tone_in(understood: Sequence[dict[str, Any] | None]) -> Tone | None:
    """The tone of the latest of these turns, newest first, with the words that led to it; None if it's an even one."""
    tones = [each["tone"] for each in understood[:LATEST_TURNS] if each and each.get("tone")]
    found = {sign: [tone for tone in tones if tone[sign] >= SOUNDS_LIKE_IT_FROM] for sign in ("upset", "unliteral")}
    if not any(found.values()):
        return None
    return Tone(
        upset=bool(found["upset"]),
        upset_words=_words(found["upset"], "upset"),
        unliteral=bool(found["unliteral"]),
        unliteral_words=_words(found["unliteral"], "unliteral"),
    )


def _words(tones: Iterable[dict[str, Any]], sign: str) -> list[str]:
    words = [each["word"] for tone in tones for each in tone["words"] if each["for"] == sign]
    return list(dict.fromkeys(word[:LONGEST_WORD] for word in words if _says_something(word)))[:MOST_WORDS]


def _says_something(word: str) -> bool:
    """Whether a word or phrase has more in it than words like "you"."""
    return any(part.strip(".,") not in SAYS_NOTHING for part in word.lower().replace("\u2019", "'").split())
