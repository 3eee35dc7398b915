"""What the people of a day know themselves: who had the words, who was heard of when, who meant to leave."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from tests.any_day.sight import OPEN, Sight


class Book:
    """Kept beside the desk, by what people do, and never read from it; but for how things stood at the last look."""

    def __init__(self) -> None:
        self.needs: set[str] = set()
        """Chats in which the rep has come or the customer has written, and the rep hasn't answered since."""
        self.last_words: dict[str, datetime] = {}
        """When a rep last wrote in a chat, rang its customer, or came."""
        self.left: set[str] = set()
        """Chats whose customer or rep meant to end them."""
        self.took_over: str | None = None
        self.seconds = 0.0
        """What a watch on the wall would show, which nobody can set."""
        self.clock_moved = 0.0
        """When the desk began or its clock was set the last time, by that watch."""
        self._heard: dict[str, float] = {}
        self._owned: dict[str, tuple[str, int]] = {}
        self._asked: set[tuple[str, datetime]] = set()
        self.before: Sight | None = None
        self.known_in_line: set[str] = set()

    def heard(self, rep_ids: Iterable[str]) -> None:
        """These consoles are open now."""
        self._heard.update(dict.fromkeys(rep_ids, self.seconds))

    def silent_for(self, rep_id: str) -> float:
        """Since when nothing was heard of a rep's console, in seconds."""
        return self.seconds - self._heard.get(rep_id, float("-inf"))

    def signed_out(self, rep_id: str) -> None:
        self._heard.pop(rep_id, None)

    def spoke(self, talk_id: str, at: datetime) -> None:
        """The rep has answered."""
        self.needs.discard(talk_id)
        self.last_words[talk_id] = at

    def asked(self, talk_id: str, at: datetime) -> None:
        """The customer has written; what counts for how long they wait is their first word since the rep's last."""
        if (talk_id, self.last_words.get(talk_id)) not in self._asked:
            self.last_words[talk_id] = at
            self._asked.add((talk_id, at))
        self.needs.add(talk_id)

    def note_new_owners(self, talks: Iterable[Any], at: datetime) -> None:
        """Whoever has come to hold a chat is needed in it."""
        for talk in talks:
            owner = (talk.owner_id, talk.owner_epoch)
            if talk.state != "with_rep":
                self.needs.discard(talk.id)
            elif self._owned.get(talk.id) != owner:
                self.needs.add(talk.id)
                self._owned[talk.id] = owner
                self.last_words[talk.id] = at

    def turn_over(self, seen: Sight) -> None:
        """So it stands now."""
        self.before = seen
        self.known_in_line |= {talk.id for talk in seen.of(*OPEN)}
        self.took_over = None
        self.left.clear()
