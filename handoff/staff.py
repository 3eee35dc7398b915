"""Who works now: whose console is there, what each holds, and how many more chats each can take."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import ColumnElement, func, select

from handoff.presence import GONE_AFTER
from handoff.routing_values import free_places
from handoff.schema import conversation, rep
from handoff.schema_centre import rep_skill, team
from handoff.states import NextStep, State
from handoff.storage import Transaction
from handoff.wire_console import You

AT_ONCE = 500
ANSWERING = ("rep", "lead", "admin")


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """Somebody who answers. `load` are the held chats that need them now, `wished` those that wait for them."""

    id: str
    name: str
    role: str
    team_id: str | None
    site_id: str | None
    presence: Literal["here", "away", "breather", "gone"]
    breather_until: datetime | None
    capacity: int
    load: int
    held: int
    wished: int
    skills: dict[str, int] = field(default_factory=dict)

    @property
    def free(self) -> int:
        """How many more chats they can take now."""
        if self.presence != "here":
            return 0
        return max(0, free_places(self.load, self.held, self.capacity) - self.wished)


def staff(tx: Transaction) -> list[Member]:
    """Everybody who answers and isn't disabled, by name."""
    skills = _skills(tx)
    return [_member(tx.now, row, skills[row.id]) for row in tx.db.execute(_MEMBERS.order_by(rep.c.display_name))]


def members(tx: Transaction, which: ColumnElement[bool]) -> list[Member]:
    """Those of them who meet a condition on `rep`, without their skills."""
    return [_member(tx.now, row, {}) for row in tx.db.execute(_MEMBERS.where(which))]


def member(tx: Transaction, rep_id: str) -> Member | None:
    """One of them, without skills; None if there is nobody by this id."""
    return next(iter(members(tx, rep.c.id == rep_id)), None)


def you_now(tx: Transaction, rep_ids: Iterable[str]) -> dict[str, You]:
    """The state of these reps as they see it themselves, by id."""
    pushed = frozenset(tx.db.execute(select(team.c.id).where(team.c.mode == "push")).scalars())
    wanted = list(rep_ids)
    found: dict[str, You] = {}
    for start in range(0, len(wanted), AT_ONCE):
        for row in tx.db.execute(_MEMBERS.where(rep.c.id.in_(wanted[start : start + AT_ONCE]))):
            found[row.id] = You(
                pushed=row.team_id in pushed,
                away_since=row.away_since,
                breather_until=row.breather_until if row.breather_until and row.breather_until > tx.now else None,
                load=row.load,
                held=row.held,
                capacity=row.capacity,
            )
    return found


def _count(*which: Any) -> Any:
    return select(func.count()).select_from(conversation).where(*which).correlate(rep).scalar_subquery()


_THEIRS = (conversation.c.state == State.WITH_REP, conversation.c.owner_id == rep.c.id)
_FOR_THEM = select(conversation.c.wanted_rep_id, func.count().label("wished")).where(
    conversation.c.state == State.WAITING, conversation.c.wanted_rep_id.is_not(None)
)
_WISHES = _FOR_THEM.group_by(conversation.c.wanted_rep_id).subquery()
_MEMBERS = (
    select(
        *(rep.c[name] for name in ("id", "display_name", "role", "team_id", "site_id", "capacity")),
        *(rep.c[name] for name in ("seen_at", "away_since", "breather_until")),
        _count(*_THEIRS).label("held"),
        _count(*_THEIRS, conversation.c.next_step == NextStep.REMIND_REP).label("load"),
        func.coalesce(_WISHES.c.wished, 0).label("wished"),
    )
    .outerjoin(_WISHES, _WISHES.c.wanted_rep_id == rep.c.id)
    .where(rep.c.disabled_at.is_(None), rep.c.role.in_(ANSWERING))
)


def _member(now: datetime, row: Any, skills: dict[str, int]) -> Member:
    return Member(
        id=row.id,
        name=row.display_name,
        role=row.role,
        team_id=row.team_id,
        site_id=row.site_id,
        presence=_presence(now, row),
        breather_until=row.breather_until,
        capacity=row.capacity,
        load=row.load,
        held=row.held,
        wished=row.wished,
        skills=skills,
    )


def _presence(now: datetime, row: Any) -> Literal["here", "away", "breather", "gone"]:
    if row.seen_at is None or row.seen_at <= now - GONE_AFTER:
        return "gone"
    if row.away_since is not None:
        return "away"
    return "breather" if row.breather_until and row.breather_until > now else "here"


def _skills(tx: Transaction) -> defaultdict[str, dict[str, int]]:
    found: defaultdict[str, dict[str, int]] = defaultdict(dict)
    for rep_id, name, level in tx.db.execute(select(rep_skill.c.rep_id, rep_skill.c.skill, rep_skill.c.level)):
        found[rep_id][name] = level
    return found
