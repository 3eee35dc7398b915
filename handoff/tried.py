"""What the bot tried before a person came: what it did, how its answer began, and what became of that."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Literal

from sqlalchemy import select

from handoff.schema import message
from handoff.storage import Transaction
from handoff.wire_console import Tried
from handoff.words import deed_words

MOST = 4
LONGEST_ANSWER = 160


def tried(tx: Transaction, conversation_id: str, turns: Sequence[Any]) -> list[Tried]:
    """The latest attempts of these turns (newest first), the oldest first.

    A turn was an attempt if the bot did something in it, or failed. Small talk, "did that solve it?" and the way to a
    person are none.
    """
    answers = _answers(tx, conversation_id) if turns else {}
    attempts = [
        Tried(did=did, answer=_beginning(answers.get(row.id, "")), result=_result(row, later))
        for row, later in _with_later(reversed(turns))
        if (did := _deed(row))
    ]
    return attempts[-MOST:]


def _with_later(turns: Iterable[Any]) -> Iterator[tuple[Any, list[Any]]]:
    """Each turn with those after it."""
    rows = list(turns)
    return ((row, rows[place + 1 :]) for place, row in enumerate(rows))


def _deed(row: Any) -> str | None:
    """What the bot did in a turn, in plain words; None if it tried nothing."""
    if row.outcome != "answered":
        return deed_words("no_answer")
    names = (event.get("name") for event in row.events or () if event.get("event") == "action")
    return next((words for name in names if name and (words := deed_words(name))), None)


def _result(row: Any, later: Sequence[Any]) -> Literal["solved", "not_solved"] | None:
    """What the customer said to the check that followed it, if there was one before the next attempt."""
    if row.outcome != "answered":
        return None
    for after in later:
        if after.check_answer:
            return "solved" if after.check_answer == "yes" else "not_solved"
        if _deed(after):
            return None
    return None


def _answers(tx: Transaction, conversation_id: str) -> dict[str, str]:
    """The first thing that the bot said in each of its turns, by turn."""
    mine = (message.c.conversation_id == conversation_id) & (message.c.author_kind == "bot")
    said: defaultdict[str, list[str]] = defaultdict(list)
    query = select(message.c.client_id, message.c.text).where(mine, message.c.kind == "text").order_by(message.c.seq)
    for client_id, text in tx.db.execute(query):
        said[client_id.rpartition("-")[0]].append(text)
    return {turn_id: texts[0] for turn_id, texts in said.items()}


def _beginning(text: str) -> str:
    line = " ".join(text.split())
    if len(line) <= LONGEST_ANSWER:
        return line
    return f"{line[: LONGEST_ANSWER - 1].rpartition(' ')[0]}…"
