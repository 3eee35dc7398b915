"""What people tried to say and what came back: the client's half of the evidence (docs/guarantees.md)."""

from __future__ import annotations

import uuid
from dataclasses import dataclass, field
from typing import Any


@dataclass(slots=True)
class Attempt:
    """Words that somebody tried to store. Until `stored` or `refused` is set nobody knows what became of them."""

    author: str
    number: int
    conversation: str
    client_id: str
    text: str
    tries: int = 0
    stored: list[dict[str, Any]] = field(default_factory=list)
    refused: str | None = None


@dataclass(slots=True)
class Journal:
    """All attempts of a run, and how often the desk could not be reached."""

    attempts: list[Attempt] = field(default_factory=list)
    broken_off: int = 0

    def attempt(self, author: str, conversation: str, words: str, *, numbered: bool = True) -> Attempt:
        """Note what somebody is about to say; `numbered` makes the text one of its kind, so that it's found again."""
        number = len(self.attempts)
        text = f"{words} #{number}." if numbered else words
        made = Attempt(author, number, conversation, uuid.uuid4().hex, text)
        self.attempts.append(made)
        return made

    @property
    def acked(self) -> int:
        """How many messages the desk said it had stored."""
        return sum(bool(each.stored) for each in self.attempts)
