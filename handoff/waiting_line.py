"""The line beyond its first fifty, and with a rep's own subjects before the others."""

from typing import Any

from msgspec.structs import replace
from sqlalchemy import case, false, func, or_, select

from handoff.people import Rep
from handoff.queue_items import places_of
from handoff.rep_lists import first_in_line
from handoff.schema import conversation
from handoff.schema import rep as rep_table
from handoff.schema_centre import rep_skill
from handoff.skills import LANGUAGE, NEEDS_NO_SKILL
from handoff.states import State
from handoff.storage import Transaction
from handoff.waits import places
from handoff.wire_console import WaitingLine

LONGEST = 500


def waiting_line(tx: Transaction, rep: Rep, most: int, mine_first: bool) -> WaitingLine:
    """The first `most` who wait, in order, or first those that are for this rep. Each has its true place in line."""
    mine = _for(tx, rep)
    order = (case((mine, 0), else_=1),) if mine_first else ()
    rows, total = first_in_line(tx, most, *order)
    place = places(tx)
    items = [
        replace(item, place=place[item.id], for_you=row["wanted_rep_id"] == rep.id)
        for item, row in zip(places_of(rows), rows, strict=True)
    ]
    count = select(func.count()).select_from(conversation).where(conversation.c.state == State.WAITING, mine)
    return WaitingLine(waiting=items, total=total, yours=int(tx.db.execute(count).scalar_one()))


def _for(tx: Transaction, rep: Rep) -> Any:
    """For this rep: wanted from them, or of a skill, language or team of theirs and needing none that isn't."""
    skills = set(tx.db.execute(select(rep_skill.c.skill).where(rep_skill.c.rep_id == rep.id)).scalars())
    team_id = tx.db.execute(select(rep_table.c.team_id).where(rep_table.c.id == rep.id)).scalar()
    spoken = [name.removeprefix(LANGUAGE) for name in skills if name.startswith(LANGUAGE)]
    theirs = conversation.c.team_id == team_id if team_id else false()
    knows, speaks = conversation.c.skill.in_(skills), conversation.c.language.in_(spoken)
    plain = or_(conversation.c.language.is_(None), conversation.c.language.in_(NEEDS_NO_SKILL))
    fits = or_(conversation.c.team_id.is_(None), theirs) & or_(plain, speaks)
    return or_(conversation.c.wanted_rep_id == rep.id, fits & or_(knows, speaks, theirs))
