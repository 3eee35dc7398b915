"""The demo's centre: three sites whose hours follow the sun, teams, languages, and who works where and knows what."""

from dataclasses import dataclass

from sqlalchemy import insert, select, update

from handoff.ids import new_id
from handoff.schema import rep
from handoff.schema_centre import rep_skill, site, site_hours, skill, team
from handoff.skills import LANGUAGES, SKILLS, language_skill
from handoff.storage import Transaction

# Each opens before the one before it closes, summer and winter, so that at any hour somebody's shift is on.
SITES = {
    "Kennewick": ("America/Los_Angeles", 8, 18),
    "Cork": ("Europe/Dublin", 7, 17),
    "Manila": ("Asia/Manila", 8, 18),
}
TEAMS = {"Parcels": "pull", "Devices and coins": "push"}
SPOKEN = ("de", "es")


@dataclass(frozen=True, slots=True)
class Place:
    """Where somebody works, in which team, and how well they know what (1 to 3)."""

    site: str
    team: str
    skills: dict[str, int]


PLACES = {
    "ruth": Place("Kennewick", "Parcels", {"orders": 3, "billing": 2, "lang_es": 2}),
    "sam": Place("Cork", "Parcels", {"orders": 2, "billing": 3, "lang_de": 3}),
    "lena": Place("Cork", "Parcels", {"orders": 3, "billing": 3, "devices": 2}),
    "mina": Place("Manila", "Devices and coins", {"devices": 3, "coins": 3, "orders": 1}),
}


def add_demo_centre(tx: Transaction) -> bool:
    """Add it all where no site is set up; whether that was so. What a visitor has changed stays as it is."""
    if tx.db.execute(select(site.c.id).limit(1)).first():
        return False
    _add_skills(tx)
    sites, teams = _add_sites(tx), _add_teams(tx)
    for name, place in PLACES.items():
        _give_place(tx, name, place, sites[place.site], teams[place.team])
    return True


def _add_sites(tx: Transaction) -> dict[str, str]:
    ids = {name: new_id() for name in SITES}
    for name, (zone, opens, closes) in SITES.items():
        tx.db.execute(insert(site).values(id=ids[name], name=name, time_zone=zone, created_at=tx.now))
        span = {"site_id": ids[name], "opens": opens * 60, "closes": closes * 60}
        tx.db.execute(insert(site_hours), [{**span, "weekday": weekday} for weekday in range(7)])
    return ids


def _add_teams(tx: Transaction) -> dict[str, str]:
    there = {row.name: row.id for row in tx.db.execute(select(team.c.name, team.c.id))}
    for name in TEAMS.keys() - there.keys():
        there[name] = new_id()
        tx.db.execute(insert(team).values(id=there[name], name=name, mode=TEAMS[name], created_at=tx.now))
    return there


def _add_skills(tx: Transaction) -> None:
    wanted = SKILLS | {language_skill(code): LANGUAGES[code] for code in SPOKEN}
    there = set(tx.db.execute(select(skill.c.name)).scalars())
    missing = [{"name": name, "title": title} for name, title in wanted.items() if name not in there]
    if missing:
        tx.db.execute(insert(skill), missing)


def _give_place(tx: Transaction, name: str, place: Place, site_id: str, team_id: str) -> None:
    """For somebody who is there and knows nothing yet."""
    theirs = (rep.c.name == name) & rep.c.site_id.is_(None)
    rep_id = tx.db.execute(update(rep).where(theirs).values(site_id=site_id, team_id=team_id).returning(rep.c.id))
    who = rep_id.scalar()
    known = select(rep_skill.c.skill).where(rep_skill.c.rep_id == who)
    if who and tx.db.execute(known).first() is None:
        tx.db.execute(
            insert(rep_skill), [{"rep_id": who, "skill": each, "level": level} for each, level in place.skills.items()]
        )
