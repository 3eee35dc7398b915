"""How the centre stands at a moment, read from its tables in other words than the desk's own."""

from __future__ import annotations

from collections import defaultdict, deque
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import select

from benchmark.day.crew import RepPlan
from benchmark.day.people import Case, Rep
from handoff import schema, schema_centre
from handoff.routing_values import Chat, Decisions, Match
from handoff.storage import Transaction
from tests.any_day.hours import Hours

OPEN = ("waiting", "with_rep", "promised")
HEARD_WITHIN = timedelta(seconds=45)
EVER = datetime(2000, 1, 1, tzinfo=UTC)
TABLES = (
    schema.conversation,
    schema.assignment,
    schema.rep,
    schema_centre.offer,
    schema_centre.promise,
    schema_centre.rep_skill,
    schema_centre.team,
    schema_centre.wait,
)


@dataclass
class Sight:
    """All rows that matter. `needs` are the chats that need their rep now, as those know who had the words."""

    now: datetime
    rows: dict[str, list[Any]]
    hours: Hours
    needs: set[str]

    def __post_init__(self) -> None:
        self.talks = {row.id: row for row in self.rows["conversation"]}
        self.offers = {row.id: row for row in self.rows["offer"] if row.state == "open"}
        self.staff = {row.id: row for row in self.rows["rep"]}
        self.held: dict[str, list[Any]] = defaultdict(list)
        for talk in self.talks.values():
            if talk.state == "with_rep":
                self.held[talk.owner_id].append(talk)
        self.stays = {row.conversation_id: row.arrived_at for row in self.rows["wait"] if row.ended_at is None}
        self.promises = {row.conversation_id: row for row in self.rows["promise"] if row.ended_at is None}
        self.reps = {row.id: self._rep(row) for row in self.rows["rep"]}

    def of(self, *states: str) -> list[Any]:
        """The conversations in these states, the oldest first."""
        found = (talk for talk in self.talks.values() if talk.state in states)
        return sorted(found, key=lambda talk: (talk.opened_at, talk.id))

    def load(self, rep_id: str) -> int:
        """How many of the chats that they hold need them."""
        return sum(talk.id in self.needs for talk in self.held[rep_id])

    def to_offer(self) -> list[Chat]:
        """All who wait, and what is due of what was promised, but for what is on offer already."""
        offered = {row.conversation_id for row in self.offers.values()}
        return [self._chat(talk) for talk in self.who_waits() if talk.id not in offered]

    def who_waits(self) -> list[Any]:
        """Nobody waits twice: beside a promise that is due for that, while somebody helps them for nothing more."""
        due = [talk for talk in self.of("promised") if self.promises[talk.id].from_at <= self.now]
        helped = {talk.customer_id for talk in self.of("with_rep")}
        have_one_due = {talk.customer_id for talk in due}
        in_line = [talk for talk in self.of("waiting") if talk.customer_id not in have_one_due]
        return [*in_line, *(talk for talk in due if talk.customer_id not in helped)]

    def decided(self, later: Sight) -> Decisions:
        """What came of this in the round of offers whose end is `later`."""
        new = [row for id, row in later.offers.items() if id not in self.offers]
        return Decisions([Match(row.conversation_id, row.rep_id, row.reason) for row in new], {}, None)

    def _rep(self, row: Any) -> Rep:
        skills = {known.skill: known.level for known in self.rows["rep_skill"] if known.rep_id == row.id}
        pushed = any(team.mode == "push" for team in self.rows["team"] if team.id == row.team_id)
        here = row.disabled_at is None and row.seen_at is not None and row.seen_at > self.now - HEARD_WITHIN
        works, away = self.hours.works(row.id, self.now), row.away_since is not None
        rests = row.breather_until is not None and row.breather_until > self.now
        return Rep(
            # Whoever rests has no place for a chat.
            RepPlan(
                id=row.id, site="", skills=skills, capacity=0 if rests else row.capacity, shifts=(), team=row.team_id
            ),
            here=here,
            site_open=works,
            set_away=away,
            takes_offers=here and works and not away and pushed,
            needs=deque([_ANY] * self.load(row.id)),
            held={talk.id: _ANY for talk in self.held[row.id]},
            offer=_ANY if any(offer.rep_id == row.id for offer in self.offers.values()) else None,
        )

    def _chat(self, talk: Any) -> Chat:
        began = self.stays[talk.id] if talk.state == "waiting" else self.promises[talk.id].from_at
        return Chat(
            id=talk.id,
            arrived_at=talk.arrived_at,
            priority=talk.priority,
            queued_at=max(began, talk.routed_at or EVER),
            skill=talk.skill,
            language=f"lang_{talk.language}" if talk.language else None,
            team_id=talk.team_id,
            wanted_rep_id=talk.wanted_rep_id,
            asked=self._asked(talk),
        )

    def _asked(self, talk: Any) -> dict[str, datetime]:
        """Who said no to it since it came here, or had it before and gave it back; not before it was moved."""
        passed = [
            (row.ended_at, row.rep_id)
            for row in self.rows["offer"]
            if (row.conversation_id, row.epoch) == (talk.id, talk.owner_epoch) and row.state in ("skipped", "expired")
        ]
        gave_back = [
            (row.ended_at, row.rep_id)
            for row in self.rows["assignment"]
            if talk.state == "waiting" and (row.conversation_id, row.epoch) == (talk.id, talk.owner_epoch - 1)
        ]
        said = sorted(each for each in [*gave_back, *passed] if (talk.routed_at or EVER) < each[0] <= self.now)
        return {rep_id: at for at, rep_id in said}


def rows_now(tx: Transaction) -> dict[str, list[Any]]:
    """By table."""
    return {table.name: list(tx.db.execute(select(*table.c)).all()) for table in TABLES}


_ANY: Any = Case.__new__(Case)
"""Some chat: of what a rep holds only the number counts here."""
