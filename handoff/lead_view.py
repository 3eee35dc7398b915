"""What a lead sees of the centre now: who waits for what, what is promised, who works, and what they can take."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime, timedelta

from sqlalchemy import func, select

from handoff.changing import must_lead
from handoff.colleagues import skill_titles, team_names
from handoff.lead_promises import promises_now
from handoff.mail_overview import late_mail
from handoff.opening_hours import Hours, is_open
from handoff.people import Rep
from handoff.queue_items import places_of
from handoff.rep_lists import first_in_line
from handoff.schema import conversation, customer
from handoff.schema_centre import site
from handoff.shifts import NOTICE, ShiftNow, shifts_now
from handoff.sites import sites
from handoff.skills import needs_of
from handoff.staff import Member, staff
from handoff.states import NextStep, State
from handoff.storage import Transaction
from handoff.wire_lead import HeldChat, KnownSkill, LeadView, RepNow, SiteNow, SkillNow, Works

LONGEST = 200


def lead_view(tx: Transaction, lead: Rep, notice: timedelta = NOTICE) -> LeadView:
    """The centre now; Forbidden unless a lead or an admin asks."""
    must_lead(lead)
    rows, total = first_in_line(tx, LONGEST)
    everyone = staff(tx)
    return LeadView(
        waiting=places_of(rows),
        waiting_total=total,
        longest_since=_longest_since(tx),
        promises=promises_now(tx, LONGEST),
        sites=[SiteNow(name=each.name, open=is_open(each.hours, tx.now)) for each in sites(tx)],
        reps=_reps_now(tx, everyone, notice),
        skills=_skills_now(tx, everyone),
        mail=late_mail(tx),
    )


def _reps_now(tx: Transaction, everyone: Iterable[Member], notice: timedelta) -> list[RepNow]:
    """Who is here or holds something, by name; who is gone and holds nothing isn't at work."""
    teams, places, titles, chats = team_names(tx), _site_names(tx), skill_titles(tx), _chats_held(tx)
    shifts = shifts_now(tx, notice)
    at_work = (each for each in everyone if each.presence != "gone" or each.id in chats)
    return [
        RepNow(
            id=each.id,
            name=each.name,
            presence=each.presence,
            team=teams.get(each.team_id or ""),
            site=places.get(each.site_id or ""),
            skills=_known(each, titles),
            capacity=each.capacity,
            load=each.load,
            held=each.held,
            free=each.free,
            works=_works(*shifts[each.id]) if each.id in shifts else None,
            chats=chats.get(each.id, []),
        )
        for each in at_work
    ]


def _works(hours: Hours, now: ShiftNow) -> Works:
    return Works(state=now.state, ends_at=now.ends_at, time_zone=hours.zone.key)


def _chats_held(tx: Transaction) -> dict[str, list[HeldChat]]:
    names = ("owner_id", "id", "topic", "next_step", "skill", "language")
    columns = (conversation.c[name] for name in names)
    held = select(*columns, customer.c.name).join(customer, customer.c.id == conversation.c.customer_id)
    found: defaultdict[str, list[HeldChat]] = defaultdict(list)
    for row in tx.db.execute(held.where(conversation.c.state == State.WITH_REP).order_by(conversation.c.arrived_at)):
        found[row.owner_id].append(
            HeldChat(
                id=row.id,
                customer_name=row.name,
                topic=row.topic,
                needs_rep=row.next_step == NextStep.REMIND_REP,
                needs=needs_of(row.skill, row.language),
            )
        )
    return found


def _known(member: Member, titles: dict[str, str]) -> list[KnownSkill]:
    """What they know best first."""
    known = (KnownSkill(title=titles.get(name, name), level=level) for name, level in member.skills.items())
    return sorted(known, key=lambda skill: (-skill.level, skill.title))


def _longest_since(tx: Transaction) -> datetime | None:
    waits = conversation.c.state == State.WAITING
    return tx.db.execute(select(func.min(conversation.c.arrived_at)).where(waits)).scalar()


def _skills_now(tx: Transaction, everyone: list[Member]) -> list[SkillNow]:
    columns = (conversation.c.skill, func.count().label("waiting"), func.min(conversation.c.arrived_at).label("since"))
    waits = select(*columns).where(conversation.c.state == State.WAITING).group_by(conversation.c.skill)
    queued = {row.skill: row for row in tx.db.execute(waits)}
    here = [each for each in everyone if each.presence == "here"]
    titles: list[tuple[str | None, str]] = [*skill_titles(tx).items(), (None, "No skill needed")]
    return [
        SkillNow(
            id=name or "any",
            title=title,
            waiting=queued[name].waiting if name in queued else 0,
            longest_since=queued[name].since if name in queued else None,
            here=len(fit := [each for each in here if name is None or name in each.skills]),
            free=sum(each.free for each in fit),
        )
        for name, title in titles
    ]


def _site_names(tx: Transaction) -> dict[str, str]:
    return {row.id: row.name for row in tx.db.execute(select(site.c.id, site.c.name))}
