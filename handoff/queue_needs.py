"""What the chats of a list need: a skill, a language, a team; and whom they should go to first."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from msgspec.structs import replace
from sqlalchemy import select

from handoff.presence import is_here
from handoff.routing_values import PATIENCE
from handoff.schema import conversation, rep
from handoff.schema_centre import team, wait
from handoff.skills import language_skill, spoken
from handoff.storage import Transaction
from handoff.waits import this_stay
from handoff.wire_console import QueueItem

FIRST_FOR = timedelta(seconds=PATIENCE.wanted_rep)


def with_needs(tx: Transaction, items: Iterable[QueueItem]) -> list[QueueItem]:
    """The same, with what each needs; a rep who isn't there is wanted by nobody."""
    listed = list(items)
    needs = _needs(tx, [item.id for item in listed]) if listed else {}
    return [replace(item, **needs[item.id]) if item.id in needs else item for item in listed]


def _needs(tx: Transaction, ids: list[str]) -> dict[str, dict[str, Any]]:
    here = is_here(tx) & rep.c.away_since.is_(None)
    columns = (conversation.c[name] for name in ("id", "skill", "language", "routed_at"))
    query = (
        select(*columns, team.c.name.label("team"), rep.c.display_name, wait.c.arrived_at.label("queued_at"))
        .outerjoin(team, team.c.id == conversation.c.team_id)
        .outerjoin(rep, (rep.c.id == conversation.c.wanted_rep_id) & here)
        .outerjoin(wait, this_stay())
    )
    return {row.id: _needs_of(row) for row in tx.db.execute(query.where(conversation.c.id.in_(ids)))}


def _needs_of(row: Any) -> dict[str, Any]:
    since = max(filter(None, (row.queued_at, row.routed_at)), default=None)
    speaks = language_skill(row.language)
    return {
        "skill": row.skill,
        "language": spoken(speaks) if speaks else None,
        "team": row.team,
        "wanted": row.display_name,
        "wanted_until": since + FIRST_FOR if row.display_name and since else None,
    }
