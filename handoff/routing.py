"""Who is offered which waiting chat, and why: plain values in, decisions out. No database, and no clock of its own.

The line is strict: higher priority first, then who arrived earlier. Who may get a chat starts with those who know its
subject best, and with whoever knows it and has no chat that needs them now; it widens as the chat waits (`Patience`).
Among those, whoever has the fewest chats that need them gets it, then who knows it best, then whoever has gone longest
without one. `decide` is what the desk uses; `first_come` is the plain rule that a simulated day is compared with. Each
of a chat's instants is aware, in the zone of `now`.
"""

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta
from typing import NamedTuple

from handoff import routing_words as words
from handoff.routing_values import PATIENCE, Chat, Decisions, Match, Patience, RepNow, in_line

NEVER = datetime(1970, 1, 1, tzinfo=UTC)


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


class Need(NamedTuple):
    """What a rep must be to get a chat now: of a team, speaking a language, at a skill's level; or, where it's a level,
    idle and trained in the skill."""

    team_id: str | None
    language: str | None
    skill: str | None
    level: int

    def met_by(self, rep: RepNow) -> bool:
        return (
            (self.team_id is None or rep.team_id == self.team_id)
            and (self.language is None or self.language in rep.skills)
            and self.level_of(rep) >= (min(self.level, 1) if rep.load == 0 else self.level)
        )

    def level_of(self, rep: RepNow) -> int:
        """How well they know its skill: 0 to 3."""
        return rep.skills.get(self.skill or "", 0)

    def fittest(self, rep: RepNow) -> tuple[int, int, datetime, str]:
        """The key that sorts those who meet it, whoever should get the chat first."""
        return rep.load, -self.level_of(rep), *_longest_without(rep)


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
        for need in self._needs(chat):
            pool = self._pool(need)
            if rep := self._first(pool, chat):
                return self._match(chat, rep, _why(chat, need, rep, pool))
        return self._why_nobody(need, bool(pool))

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

    def _needs(self, chat: Chat) -> Iterator[Need]:
        """What the chat needs; then, once its language has given way to the wait, what will do as well."""
        patience, waited = self._patience, self._waited(chat)
        team = chat.team_id if waited < patience.team or self._all(Need(chat.team_id, None, None, 0)) else None
        yield self._need(chat, team, chat.language)
        if chat.language and waited >= patience.language:
            yield self._need(chat, team, None)

    def _need(self, chat: Chat, team: str | None, speaks: str | None) -> Need:
        if chat.skill is None:
            return Need(team, speaks, None, 0)
        experts = self._all(Need(team, speaks, chat.skill, 1))
        level = min(self._patience.level(self._waited(chat)), _best_left(experts, chat))
        return Need(team, speaks, chat.skill, level)

    def _pool(self, need: Need) -> list[RepNow]:
        """Who is free and meets the need, the fittest first."""
        if need not in self._pools:
            free = (rep for rep in self._candidates(need) if rep.id in self._free)
            self._pools[need] = sorted(filter(need.met_by, free), key=need.fittest)
        pool = self._pools[need] = [rep for rep in self._pools[need] if rep.id in self._free]
        return pool

    def _all(self, need: Need) -> list[RepNow]:
        """Who is there and meets the need, free or not, the best at its skill first."""
        if need not in self._able:
            able = filter(need.met_by, self._candidates(need))
            self._able[need] = sorted(able, key=need.level_of, reverse=True)
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
        """The fittest who wasn't asked; once all were, the one who was asked first, if that was long enough ago."""
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
            here = sum(need.level_of(rep) >= need.level for rep in self._all(need))
            self._reasons[need] = words.nobody_free(need.skill if need.level else None, need.level, need.language, here)
        return self._reasons[need]

    def _waited(self, chat: Chat) -> float:
        return (self._now - chat.since).total_seconds()


def _why(chat: Chat, need: Need, rep: RepNow, pool: list[RepNow]) -> str:
    level = need.level_of(rep)
    as_good = sum(need.level_of(each) == level for each in pool)
    gave_way = None if need.language else chat.language
    return words.reason(chat.skill, level, need.language, gave_way, as_good)


def _best_left(experts: list[RepNow], chat: Chat) -> int:
    """The best level among those who weren't asked; 1 when all were; 0 when nobody there knows the subject."""
    best = next((rep.skills[chat.skill or ""] for rep in experts if rep.id not in chat.asked), 1)
    return best if experts else 0


def _longest_without(rep: RepNow) -> tuple[datetime, str]:
    return rep.last_got_at or NEVER, rep.id
