"""A conversation as one browser shows it, by `seq`."""

from __future__ import annotations

from typing import Any


class Transcript:
    """`whole` is the `seq` up to which nothing is missing, `head` the newest that is known to exist."""

    def __init__(self) -> None:
        self.messages: dict[int, dict[str, Any]] = {}
        self.whole = 0
        self.head = 0
        self.changed: list[str] = []

    def said_after(self, seq: int) -> list[dict[str, Any]]:
        """What is known to have been said later, in order."""
        return [message for number, message in sorted(self.messages.items()) if number > seq]

    def take(self, messages: list[dict[str, Any]], head: int = 0) -> bool:
        """Add messages, in any order, also repeated; whether something is now missing."""
        for message in messages:
            before = self.messages.setdefault(message["seq"], message)
            if (before["id"], before["text"]) != (message["id"], message["text"]):
                self.changed.append(f"seq {message['seq']} was {before['text']!r}, then {message['text']!r}")
            head = max(head, message["seq"])
        self.head = max(self.head, head)
        while self.whole + 1 in self.messages:
            self.whole += 1
        return self.whole < self.head
