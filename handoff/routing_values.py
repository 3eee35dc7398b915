"""What routing is told and what it answers: chats that wait, reps as they are now, decisions. Plain values only."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Patience:
    """After how many seconds in the queue more people may get a chat: the one place where these figures are."""

    level_2: float = 20
    level_1: float = 45
    anybody: float = 120
    wanted_rep: float = 60
    language: float = 120
    team: float = 300
    ask_again: float = 60

    def level(self, waited: float) -> int:
        """The least level of skill that will do after that many seconds; 0 for none."""
        return next((4 - step for step, end in enumerate(self._ends(), start=1) if waited < end), 0)

    def turns(self) -> tuple[float, ...]:
        """The waits at which something changes."""
        return (*self._ends(), self.wanted_rep, self.language, self.team)

    def _ends(self) -> tuple[float, float, float]:
        return self.level_2, self.level_1, self.anybody


PATIENCE = Patience()


@dataclass(frozen=True, slots=True, kw_only=True)
class Chat:
    """A conversation that waits.

    `skill` and `language` are names of skills (`lang_es`); `queued_at` is when this stay in the queue began, if that
    wasn't at `arrived_at`; `asked` says when reps let an offer of it pass, or gave it back, in this stay.
    """

    id: str
    arrived_at: datetime
    priority: int = 0
    queued_at: datetime | None = None
    skill: str | None = None
    language: str | None = None
    team_id: str | None = None
    wanted_rep_id: str | None = None
    asked: Mapping[str, datetime] = field(default_factory=dict)

    @property
    def since(self) -> datetime:
        """When this stay in the queue began."""
        return self.queued_at or self.arrived_at


@dataclass(frozen=True, slots=True, kw_only=True)
class RepNow:
    """A rep at this moment. `load` counts chats that need them now, `held` all of theirs; `offered`: has an offer."""

    id: str
    name: str = ""
    team_id: str | None = None
    mode: str = "push"
    skills: Mapping[str, int] = field(default_factory=dict)
    load: int = 0
    held: int = 0
    capacity: int = 3
    offered: bool = False
    here: bool = True
    open: bool = True
    away: bool = False
    disabled: bool = False
    breather_until: datetime | None = None
    last_got_at: datetime | None = None

    @property
    def willing(self) -> bool:
        """There, and taking chats."""
        return self.here and self.open and not self.away and not self.disabled

    @property
    def present(self) -> bool:
        """There, willing, and offered chats."""
        return self.mode == "push" and self.willing

    @property
    def has_room(self) -> bool:
        """Whether another chat wouldn't be one too many."""
        return not self.offered and free_places(self.load, self.held, self.capacity) > 0

    def is_free(self, now: datetime) -> bool:
        """Whether they may get a chat now."""
        return self.present and self.has_room and not self.is_resting(now)

    def is_resting(self, now: datetime) -> bool:
        """Whether they're on a breather."""
        return self.breather_until is not None and self.breather_until > now


def free_places(load: int, held: int, capacity: int) -> int:
    """The rule of capacity: how many more chats until so many need the rep now, or until twice that are held in all."""
    return max(0, min(capacity - load, 2 * capacity - held))


@dataclass(frozen=True, slots=True)
class Match:
    """A chat for a rep. `reason` goes on from "because you are …"."""

    chat_id: str
    rep_id: str
    reason: str


@dataclass(frozen=True, slots=True)
class Decisions:
    """What to offer, in line; why each other chat goes on waiting (by its id); when the same question may have another
    answer though nothing happens, None if it can't."""

    matches: list[Match]
    waits: dict[str, str]
    look_again_at: datetime | None


def in_line(chat: Chat) -> tuple[int, datetime, str]:
    """The key that sorts chats into their line."""
    return -chat.priority, chat.arrived_at, chat.id
