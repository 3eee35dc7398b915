"""Looks at each decision and counts what must never be: the rules once more, in other words than the router's."""

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Mapping
from datetime import datetime
from functools import cache

from benchmark.day.people import Rep
from handoff.routing_values import PATIENCE, Chat, Decisions, Match

ABSENT = "offers to somebody who was away, gone or not on shift"
FULL = "offers to somebody without room, or with an offer already"
TWICE = "chats offered that weren't waiting, or twice"
UNFIT = "offers to somebody unfit for the chat at that moment"
IDLE = "chats left waiting while a fit rep was free"
PASSED = "chats passed over for a later one by a rep fit for both"
OVER = "claims beyond a rep's capacity"
NOT_THERE = "claims by somebody who wasn't there"
Need = tuple[str | None, str | None, str | None, int]
Experts = Callable[[str | None, str | None, str | None], list[tuple[int, Rep]]]
WIDER = (PATIENCE.level_2, PATIENCE.level_1, PATIENCE.anybody)
STEPS = (*WIDER, PATIENCE.language, PATIENCE.team)
MUST_NOT = (ABSENT, FULL, TWICE, UNFIT, IDLE, PASSED, OVER, NOT_THERE)


class Watch:
    """`by_skill` says whether skills, languages and priority are to count, or arrival alone."""

    def __init__(self, reps: Iterable[Rep], by_skill: bool) -> None:
        self._reps, self._by_skill = list(reps), by_skill
        self.broken: Counter[str] = Counter()
        self.counts: Counter[str] = Counter()

    def offered(self, rep: Rep) -> None:
        """An offer is made. Who has just gone, and not been missed yet, may get one; it passes by itself."""
        self.counts["offers"] += 1
        self.counts["offers to somebody cut off, before the desk could know"] += bool(rep.cut_off)

    def claimed(self, rep: Rep) -> None:
        """A rep has got a chat."""
        self.broken[OVER] += len(rep.needs) > rep.plan.capacity or len(rep.held) > 2 * rep.plan.capacity
        self.broken[NOT_THERE] += not rep.on_shift or rep.cut_off > 0

    def decided(self, chats: Iterable[Chat], reps: Mapping[str, Rep], decided: Decisions, now: datetime) -> None:
        """The router has decided on these chats, with these reps on shift; nothing has come of it yet."""
        self.counts["decisions"] += 1
        waiting = {chat.id: chat for chat in chats}
        fitness = Fitness(self._experts, reps, now, self._by_skill)
        given: set[str] = set()
        taken: set[str] = set()
        for match in decided.matches:
            chat, rep = waiting.get(match.chat_id), reps.get(match.rep_id)
            self.broken[TWICE] += chat is None or match.chat_id in given
            self.broken[ABSENT] += rep is None or not rep.takes_offers
            self.broken[FULL] += match.rep_id in taken or (rep is not None and not _has_room(rep))
            self.broken[UNFIT] += not (chat and rep and fitness.fits(chat, rep))
            given.add(match.chat_id)
            taken.add(match.rep_id)
        left = [chat for id, chat in waiting.items() if id not in given]
        if left:
            idle = [rep for id, rep in reps.items() if rep.takes_offers and id not in taken and _has_room(rep)]
            self.broken[IDLE] += sum(fitness.fits_one_of(chat, idle) for chat in left) if idle else 0
            self._find_passed_over(left, waiting, decided.matches, reps, fitness)

    def _find_passed_over(
        self,
        left: list[Chat],
        waiting: Mapping[str, Chat],
        matches: Iterable[Match],
        reps: Mapping[str, Rep],
        fitness: "Fitness",
    ) -> None:
        """Those who wait and were before somebody for whose rep they were fit: of each need the first in line."""
        first: dict[Hashable, Chat] = {}
        for chat in sorted(left, key=self._in_line) if matches else ():
            first.setdefault(chat.id if chat.asked or chat.wanted_rep_id else fitness.need(chat), chat)
        for match in matches:
            rep, other = reps.get(match.rep_id), waiting.get(match.chat_id)
            if rep and other:
                before = (chat for chat in first.values() if self._in_line(chat) < self._in_line(other))
                self.broken[PASSED] += any(fitness.fits(chat, rep) for chat in before)

    @cache  # noqa: B019 - as long as the day
    def _experts(self, team: str | None, skill: str | None, language: str | None) -> list[tuple[int, Rep]]:
        """Who of the team, or of all, knows both, wherever they are now; the best first."""
        team_mates = (rep for rep in self._reps if team in (None, rep.plan.team))
        able = (rep for rep in team_mates if not {skill, language} - {None} - rep.plan.skills.keys())
        return sorted(((rep.plan.skills.get(skill or "", 1), rep) for rep in able), key=lambda found: -found[0])

    def _in_line(self, chat: Chat) -> tuple[int, datetime, str]:
        return (-chat.priority if self._by_skill else 0), chat.arrived_at, chat.id


class Fitness:
    """Who may get which chat at a moment, given who is on shift and what each has in hand."""

    def __init__(self, experts: Experts, reps: Mapping[str, Rep], now: datetime, by_skill: bool) -> None:
        self._experts, self._reps, self._now, self._by_skill = experts, reps, now, by_skill
        self._needs: dict[tuple[str | None, str | None, str | None, int], Need] = {}
        self._able: dict[Need, list[Rep]] = {}

    def fits_one_of(self, chat: Chat, idle: list[Rep]) -> bool:
        """Whether one of these reps, always the same, may be offered the chat now."""
        if first := self._goes_first_to(chat):
            return first in idle
        need = self.need(chat)
        if need not in self._able:
            self._able[need] = [rep for rep in idle if not self._by_skill or _meets(rep, need)]
        return any(self._may_be_asked(chat, rep) for rep in self._able[need])

    def fits(self, chat: Chat, rep: Rep) -> bool:
        """Whether this rep may be offered the chat now."""
        if first := self._goes_first_to(chat):
            return rep is first
        return not self._by_skill or (_meets(rep, self.need(chat)) and self._may_be_asked(chat, rep))

    def _may_be_asked(self, chat: Chat, rep: Rep) -> bool:
        asked_at = chat.asked.get(rep.plan.id) if self._by_skill else None
        return asked_at is None or (self._now - asked_at).total_seconds() >= PATIENCE.ask_again

    def _goes_first_to(self, chat: Chat) -> Rep | None:
        """The rep whom it waits for: one who is there, for a while, unless they let it pass."""
        wanted = self._reps.get(chat.wanted_rep_id or "")
        there = wanted is not None and wanted.here and wanted.site_open and not wanted.away
        early = (self._now - chat.since).total_seconds() < PATIENCE.wanted_rep
        return wanted if there and early and chat.wanted_rep_id not in chat.asked else None

    def need(self, chat: Chat) -> Need:
        """Team, skill, language and least level that a rep must have now; the same for all whom nobody let pass."""
        waited = (self._now - chat.since).total_seconds()
        kind = (chat.team_id, chat.skill, chat.language, sum(waited >= step for step in STEPS))
        if chat.asked or kind not in self._needs:
            team, language = self._team(chat, waited), self._language(chat, waited)
            found = (team, chat.skill, language, self._level(chat, team, language, waited))
            if chat.asked:
                return found
            self._needs[kind] = found
        return self._needs[kind]

    def _team(self, chat: Chat, waited: float) -> str | None:
        """Of which team they must be: of none, once it was waited for long enough and nobody of it takes offers."""
        if chat.team_id is None or waited < PATIENCE.team:
            return chat.team_id
        return chat.team_id if any(rep.takes_offers for _, rep in self._experts(chat.team_id, None, None)) else None

    def _language(self, chat: Chat, waited: float) -> str | None:
        """What must be spoken: nothing, once it was waited for long enough."""
        return chat.language if waited < PATIENCE.language else None

    def _level(self, chat: Chat, team: str | None, language: str | None, waited: float) -> int:
        """The best that is there and wasn't asked, or less after a while."""
        for_the_wait = 3 - sum(waited >= step for step in WIDER)
        if for_the_wait == 0 or not chat.skill:
            return 0
        there = [(level, rep) for level, rep in self._experts(team, chat.skill, language) if rep.takes_offers]
        best = next((level for level, rep in there if rep.plan.id not in chat.asked), min(1, len(there)))
        return min(for_the_wait, best)


def _meets(rep: Rep, need: Need) -> bool:
    """Whether the rep speaks it and knows it well enough: with nothing in hand it's enough to know it at all."""
    team, skill, language, level = need
    skills = rep.plan.skills
    enough = level if rep.needs else min(level, 1)
    speaks, knows = not language or language in skills, not level or skills.get(skill or "", 0) >= enough
    return team in (None, rep.plan.team) and speaks and knows


def _has_room(rep: Rep) -> bool:
    load, held, capacity = len(rep.needs), len(rep.held), rep.plan.capacity
    return load < capacity and held < 2 * capacity and rep.offer is None
