"""To whom a chat can be passed on: colleagues, teams and skills, with how many of each are here and free."""

from collections.abc import Iterable
from datetime import timedelta

from sqlalchemy import select

from handoff.people import Rep
from handoff.schema_centre import skill, team
from handoff.shifts import NOTICE, leaving_soon
from handoff.skills import SKILLS
from handoff.staff import Member, staff
from handoff.storage import Transaction
from handoff.wire_lead import Colleague, Colleagues, Place

_HERE_FIRST = {"here": 0, "breather": 1, "away": 1, "gone": 2}


def colleagues(tx: Transaction, rep: Rep, notice: timedelta = NOTICE) -> Colleagues:
    """Everybody else who answers, who is here first; all teams and skills."""
    everyone, teams, leaving = staff(tx), team_names(tx), leaving_soon(tx, notice)
    others = sorted((each for each in everyone if each.id != rep.id), key=lambda each: _HERE_FIRST[each.presence])
    return Colleagues(
        reps=[_colleague(each, teams, each.id in leaving) for each in others],
        teams=[_place(id, name, (each for each in everyone if each.team_id == id)) for id, name in teams.items()],
        skills=[
            _place(name, title, (each for each in everyone if name in each.skills))
            for name, title in skill_titles(tx).items()
        ],
    )


def team_names(tx: Transaction) -> dict[str, str]:
    """Every team's name by its id, in the order of names."""
    return {row.id: row.name for row in tx.db.execute(select(team.c.id, team.c.name).order_by(team.c.name))}


def skill_titles(tx: Transaction) -> dict[str, str]:
    """Every skill's title by its name: those of topics, and the centre's own."""
    own = tx.db.execute(select(skill.c.name, skill.c.title).order_by(skill.c.title))
    return SKILLS | {row.name: row.title for row in own}


def _colleague(found: Member, teams: dict[str, str], leaving: bool) -> Colleague:
    return Colleague(
        id=found.id,
        name=found.name,
        presence=found.presence,
        free=found.free,
        load=found.load,
        capacity=found.capacity,
        leaving=leaving,
        team=teams.get(found.team_id or ""),
        skills=sorted(found.skills),
    )


def _place(id: str, title: str, members: Iterable[Member]) -> Place:
    here = [each for each in members if each.presence == "here"]
    return Place(id=id, title=title, here=len(here), free=sum(each.free for each in here))
