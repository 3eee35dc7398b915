"""A centre with a month behind it and a busy morning, for pictures: invented people, made by the desk's own verbs."""

from __future__ import annotations

import random
from datetime import timedelta
from itertools import cycle, islice

from sqlalchemy import insert, select, update

from handoff import closing, messages, presence, promises, rep_queue, shifts
from handoff.demo_centre import add_demo_centre
from handoff.ids import new_id
from handoff.people import Customer, Rep
from handoff.schema import conversation, rep
from handoff.schema_centre import rep_skill, site, team, wait
from handoff.skills import SKILL_OF_TOPIC
from handoff.storage import Transaction
from tests.browser.line import writes
from tests.desk import Desk, new_client_id

CREW = ("Aoife", "Bilal", "Carmen", "Dmitri", "Ewa", "Femi", "Grace", "Hana", "Ivo", "Joyce", "Kofi", "Liam")
FIRST_NAMES = ("Nora", "Paolo", "Rana", "Stig", "Tara", "Uma", "Victor", "Wanda", "Yusuf", "Zoe")
LAST_NAMES = ("Quist", "Bell", "Aziz", "Moen", "Finch", "Rao", "Hale", "Pike", "Okoro", "Larsen", "Ito")
ASKED = {
    "late_delivery": ("It was promised for Monday and today is Thursday.", "Carrier was late"),
    "delivered_not_received": ("It says delivered, but nothing is here.", "Left at the wrong door"),
    "return_item": ("How do I send the kettle back?", "Item was damaged"),
    "refund_status": ("I sent it back two weeks ago. Where's my money?", "Refund took long"),
    "billing_question": ("What is this charge of 12.99?", "Charge text unclear"),
    "missing_coins": ("I paid for 500 coins and have none.", "Delivery to the game failed"),
    "email_setup": ("My tablet doesn't take my mail password.", "Password had changed"),
}
SHARES = (30, 14, 18, 14, 10, 8, 6)
CLOSED, WAITING, HELD, PROMISED = 420, 26, 15, 4
SAID_NO = 0.06
VOTED = 0.6


def fill(desk: Desk) -> None:
    """Make all of it; the same each time."""
    dice = random.Random(7)
    desk.do(add_demo_centre)
    crew = desk.do(_crew)
    for number in range(0, CLOSED, 30):
        desk.do(_past, crew, dice, range(number, number + 30))
    desk.do(_wait, dice, WAITING + HELD + PROMISED)
    desk.do(_hold, crew)


def _crew(tx: Transaction) -> list[Rep]:
    """Reps of all sites and teams, there until tomorrow."""
    sites = cycle(tx.db.execute(select(site.c.id)).scalars().all())
    teams = cycle(tx.db.execute(select(team.c.id)).scalars().all())
    found = []
    for number, name in enumerate(CREW):
        who = Rep(id=new_id(), name=name.lower(), display_name=name, role="rep")
        row = {"id": who.id, "name": who.name, "display_name": name, "role": "rep", "password_hash": "-"}
        place = {"site_id": next(sites), "team_id": next(teams), "capacity": 2 + number % 3}
        tx.db.execute(insert(rep).values(row | place | {"created_at": tx.now}))
        knows = islice(cycle(dict.fromkeys(SKILL_OF_TOPIC.values())), number % 4, number % 4 + 2)
        skills = [{"rep_id": who.id, "skill": skill, "level": 3 - place} for place, skill in enumerate(knows)]
        tx.db.execute(insert(rep_skill), skills)
        found.append(who)
    here = {who.id for who in found} - shifts.off_shift(tx)
    tx.db.execute(update(rep).where(rep.c.id.in_(here)).values(seen_at=tx.now + timedelta(days=1)))
    return [who for who in found if who.id in here]


def _past(tx: Transaction, crew: list[Rep], dice: random.Random, numbers: range) -> None:
    """Chats of the last four weeks, closed; some voted on."""
    for number in numbers:
        who, talk, topic = _asks(tx, dice)
        helper = crew[number % len(crew)]
        rep_queue.claim(tx, helper, talk, over_capacity=True)
        messages.reply(tx, helper, talk, new_client_id(), "I've looked into it, and this is what I can do.")
        closing.close_by_rep(tx, helper, talk, topic, ASKED[topic][1])
        if dice.random() < VOTED:
            no = dice.random() < SAID_NO
            closing.vote(tx, who, talk, not no, "Nobody could tell me where it is." if no else None)
        _shift(tx, talk, timedelta(minutes=dice.randrange(60, 27 * 24 * 60)))


def _shift(tx: Transaction, talk: str, ago: timedelta) -> None:
    """A closed chat is that much older."""
    at = {"opened_at": tx.now - ago, "closed_at": tx.now - ago + timedelta(minutes=12)}
    tx.db.execute(update(conversation).where(conversation.c.id == talk).values(**at))


def _asks(tx: Transaction, dice: random.Random) -> tuple[Customer, str, str]:
    """Somebody asks for a person about one of the topics; who, which chat, which topic."""
    [topic] = dice.choices(tuple(ASKED), SHARES)
    name = f"{dice.choice(FIRST_NAMES)} {dice.choice(LAST_NAMES)}"
    who, talk = writes(tx, name, ASKED[topic][0], sub=f"C-{dice.randrange(10**6)}")
    changes = {"topic": topic, "skill": SKILL_OF_TOPIC[topic]}
    tx.db.execute(update(conversation).where(conversation.c.id == talk).values(**changes))
    rep_queue.ask_for_person(tx, who, talk)
    return who, talk, topic


def _wait(tx: Transaction, dice: random.Random, how_many: int) -> None:
    """People in line, the first for four minutes."""
    for number in range(how_many):
        _, talk, _ = _asks(tx, dice)
        came = tx.now - timedelta(seconds=240 * (1 - number / how_many))
        tx.db.execute(update(conversation).where(conversation.c.id == talk).values(arrived_at=came))
        tx.db.execute(update(wait).where(wait.c.conversation_id == talk).values(arrived_at=came))


def _hold(tx: Transaction, crew: list[Rep]) -> None:
    """The first are helped, the next are promised an answer."""
    line = conversation.select().where(conversation.c.state == "waiting").order_by(conversation.c.arrived_at)
    rows = tx.db.execute(line).all()
    presence.seen(tx, [who.id for who in crew])
    for who, row in zip(cycle(crew[:9]), rows[:HELD], strict=False):
        rep_queue.claim(tx, who, row.id, over_capacity=True)
        if who.name < "f":
            messages.reply(tx, who, row.id, new_client_id(), "I'm looking.")
    for row in rows[HELD : HELD + PROMISED]:
        promises.leave_message(tx, Customer(row.customer_id), row.id, "Please write to me when you know more.")
