"""Who is offered which waiting chat, and why: plain values in, decisions out. No database, and no clock of its own.

The line is strict: higher priority first, then who arrived earlier. Who may get a chat starts with those who know its
subject best and widens as the chat waits (`Patience`). Among those, whoever has the fewest chats that need them now
gets it, then whoever has gone longest without one. `decide` is what the desk uses; `first_come` is the plain rule that
a simulated day is compared with. Each of a chat's instants is aware, in the zone of `now`.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import NamedTuple

from handoff import routing_words as words

NEVER = datetime(1970, 1, 1, tzinfo=UTC)


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
    """A chat for a rep. `reason` goes on from "because you are …" or "because Sam is …"."""

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


def decide(waiting: Iterable[Chat], reps: Iterable[RepNow], now: datetime, patience: Patience = PATIENCE) -> Decisions:
    """The next offers: one for each chat and each rep at most."""
    crew = Crew(reps, now, patience)
    matches, waits, left = [], {}, []
    for chat in sorted(waiting, key=in_line):
        found = crew.take(chat)
        if isinstance(found, Match):
            matches.append(found)
        else:
            waits[chat.id] = found
            left.append(chat)
    return Decisions(matches, waits, crew.look_again_at(left))


def first_come(waiting: Iterable[Chat], reps: Iterable[RepNow], now: datetime) -> Decisions:
    """The plain rule: whoever came first gets whoever has gone longest without a chat; no skills, no priority."""
    free = iter(sorted((rep for rep in reps if rep.is_free(now)), key=_longest_without))
    matches, waits = [], {}
    for chat in sorted(waiting, key=lambda chat: (chat.arrived_at, chat.id)):
        rep = next(free, None)
        if rep:
            matches.append(Match(chat.id, rep.id, words.LONGEST_WITHOUT))
        else:
            waits[chat.id] = words.NOBODY_FREE
    return Decisions(matches, waits, None)


def in_line(chat: Chat) -> tuple[int, datetime, str]:
    """The key that sorts chats into their line."""
    return -chat.priority, chat.arrived_at, chat.id


class Need(NamedTuple):
    """What a rep must be to get a chat now: of a team, speaking a language, at a skill's level."""

    team_id: str | None
    language: str | None
    skill: str | None
    level: int

    def met_by(self, rep: RepNow) -> bool:
        return (
            (self.team_id is None or rep.team_id == self.team_id)
            and (self.language is None or self.language in rep.skills)
            and (self.level == 0 or rep.skills.get(self.skill or "", 0) >= self.level)
        )


class Crew:
    """The reps of one round. Who meets a need is looked up once for all chats that have the same."""

    def __init__(self, reps: Iterable[RepNow], now: datetime, patience: Patience):
        self._now = now
        self._patience = patience
        self._willing = {rep.id: rep for rep in reps if rep.willing}
        self._present = {id: rep for id, rep in self._willing.items() if rep.mode == "push"}
        self._free = {id: rep for id, rep in self._present.items() if rep.has_room and not rep.is_resting(now)}
        self._pools: dict[Need, list[RepNow]] = {}
        self._able: dict[Need, list[RepNow]] = {}
        self._reasons: dict[Need, str] = {}
        self._at_turns = [timedelta(seconds=seconds) for seconds in patience.turns()]
        self._knowing: dict[str, list[RepNow]] = {}

    def take(self, chat: Chat) -> Match | str:
        """The rep for this chat, who is then no longer free; or why there is none."""
        if wanted := self._wanted(chat):
            if wanted.id not in self._free:
                return words.waits_for(wanted.name)
            return self._match(chat, wanted, words.WANTED)
        need = self._need(chat)
        pool = self._pool(need)
        rep = self._first(pool, chat)
        if rep is None:
            return self._why_nobody(need, bool(pool))
        level = rep.skills.get(chat.skill or "", 0)
        return self._match(chat, rep, words.reason(chat.skill, level, need.language, len(pool)))

    def look_again_at(self, left: Iterable[Chat]) -> datetime | None:
        """When one of the chats that are left may get somebody who is free or on a breather now."""
        ends = [rep.breather_until for rep in self._present.values() if rep.breather_until and rep.has_room]
        later = [end for end in ends if end > self._now]
        if self._free:
            later += [at for chat in left for at in self._turns(chat) if at > self._now]
        return min(later, default=None)

    def _turns(self, chat: Chat) -> Iterator[datetime]:
        yield from (chat.since + turn for turn in self._at_turns)
        yield from (asked + timedelta(seconds=self._patience.ask_again) for asked in chat.asked.values())

    def _wanted(self, chat: Chat) -> RepNow | None:
        rep = self._willing.get(chat.wanted_rep_id or "")
        first = rep is not None and rep.id not in chat.asked and self._waited(chat) < self._patience.wanted_rep
        return rep if first else None

    def _need(self, chat: Chat) -> Need:
        waited, patience = self._waited(chat), self._patience
        team = chat.team_id if waited < patience.team or self._all(Need(chat.team_id, None, None, 0)) else None
        speaks = chat.language
        if speaks and waited >= patience.language and not self._all(Need(team, speaks, None, 0)):
            speaks = None
        if chat.skill is None:
            return Need(team, speaks, None, 0)
        experts = self._all(Need(team, speaks, chat.skill, 1))
        return Need(team, speaks, chat.skill, min(patience.level(waited), _best_left(experts, chat)))

    def _pool(self, need: Need) -> list[RepNow]:
        """Who is free and meets the need, the freest first."""
        if need not in self._pools:
            free = (rep for rep in self._candidates(need) if rep.id in self._free)
            self._pools[need] = sorted(filter(need.met_by, free), key=_freest)
        pool = self._pools[need] = [rep for rep in self._pools[need] if rep.id in self._free]
        return pool

    def _all(self, need: Need) -> list[RepNow]:
        """Who is there and meets the need, free or not, the best at its skill first."""
        if need not in self._able:
            able = filter(need.met_by, self._candidates(need))
            self._able[need] = sorted(able, key=lambda rep: -rep.skills.get(need.skill or "", 0))
        return self._able[need]

    def _candidates(self, need: Need) -> Iterable[RepNow]:
        """A few people, with all who are there and meet the need: to look at everybody takes long in a big centre."""
        skill = need.language or (need.skill if need.level else None)
        if not skill:
            return self._present.values()
        if skill not in self._knowing:
            self._knowing[skill] = [rep for rep in self._present.values() if skill in rep.skills]
        return self._knowing[skill]

    def _first(self, pool: list[RepNow], chat: Chat) -> RepNow | None:
        """The freest who wasn't asked; once all were, the one who was asked first, if that was long enough ago."""
        if unasked := next((rep for rep in pool if rep.id not in chat.asked), None):
            return unasked
        before = self._now - timedelta(seconds=self._patience.ask_again)
        again = [rep for rep in pool if chat.asked[rep.id] <= before]
        return min(again, key=lambda rep: chat.asked[rep.id], default=None)

    def _match(self, chat: Chat, rep: RepNow, reason: str) -> Match:
        del self._free[rep.id]
        return Match(chat.id, rep.id, reason)

    def _why_nobody(self, need: Need, all_were_asked: bool) -> str:
        if all_were_asked:
            return words.ALL_ASKED
        if need not in self._reasons:
            here = len(self._all(need))
            self._reasons[need] = words.nobody_free(need.skill if need.level else None, need.level, need.language, here)
        return self._reasons[need]

    def _waited(self, chat: Chat) -> float:
        return (self._now - chat.since).total_seconds()


def _best_left(experts: list[RepNow], chat: Chat) -> int:
    """The best level among those who weren't asked; 1 when all were; 0 when nobody there knows the subject."""
    best = next((rep.skills[chat.skill or ""] for rep in experts if rep.id not in chat.asked), 1)
    return best if experts else 0


def _freest(rep: RepNow) -> tuple[int, datetime, str]:
    return rep.load, rep.last_got_at or NEVER, rep.id


def _longest_without(rep: RepNow) -> tuple[datetime, str]:
    return rep.last_got_at or NEVER, rep.id
