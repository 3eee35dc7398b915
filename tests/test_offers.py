"""Take one? Offers of twenty seconds, then the next: on SQLite and on Postgres."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import Any

from sqlalchemy import insert

from handoff import availability, blocks, lead, offers, rep_lists, rep_queue, reps, why
from handoff.errors import AtCapacity, NotFound, NotPossibleNow
from handoff.ids import new_id
from handoff.offer_plan import plan
from handoff.people import Rep
from handoff.presence import seen
from handoff.schema import conversation
from handoff.schema import rep as rep_table
from handoff.schema_centre import offer, rep_skill, skill, team
from handoff.storage import Runner
from handoff.wire_lead import EndAbusive, TransferTo
from tests.record import Record
from tests.test_races import race


def pushed_team(record: Record, mode: str = "push") -> str:
    """A team to whom chats are offered, unless told otherwise."""
    row = {"id": new_id(), "name": new_id(), "mode": mode, "created_at": record.now}
    record.do(lambda tx: tx.db.execute(insert(team).values(row)))
    return str(row["id"])


def crew(record: Record, *names: str, **more: Any) -> list[Rep]:
    """Reps of one team to whom chats are offered."""
    where = pushed_team(record)
    return [record.rep(name, **{"team_id": where, "capacity": 3, **more}) for name in names]


def knows(record: Record, rep: Rep, **levels: int) -> None:
    for name, level in levels.items():
        known = record.rows(skill, name=name)
        if not known:
            record.do(lambda tx, name=name: tx.db.execute(insert(skill).values(name=name, title=name)))
        row = {"rep_id": rep.id, "skill": name, "level": level}
        record.do(lambda tx, row=row: tx.db.execute(insert(rep_skill).values(row)))


def next_round(record: Record) -> None:
    """What every desk does: end what ran out, then make the next offers."""
    lapse_all(record)
    for match in record.do(plan):
        record.do(offers.make, match)


def lapse_all(record: Record) -> None:
    for offer_id in record.do(offers.standing).beyond:
        record.do(offers.lapse, offer_id)


def stay_for_good(record: Record) -> None:
    """All consoles stay open, also by the real clock that a race runs on."""
    record.do(lambda tx: tx.db.execute(rep_table.update().values(seen_at=tx.now + timedelta(days=36_500))))


def stay(record: Record, *who: Rep, **time: float) -> None:
    """Time goes by, with these reps' consoles open."""
    record.later(**time)
    record.do(seen, [rep.id for rep in who])


def shown(record: Record, rep: Rep) -> Any:
    """What the rep's console shows as offered; None for nothing."""
    return record.do(rep_lists.queue_for, rep).offer


def test_ruth_is_offered_who_waits_and_takes_it(record: Record) -> None:
    [ruth] = crew(record, "Ruth")
    talk = record.waiting(record.customer("Ana"))
    next_round(record)
    offered = shown(record, ruth)
    assert (offered.chat.id, offered.chat.customer_name, offered.seconds_left) == (talk, "Ana", 20)
    assert offered.reason == "Because you are free."
    assert record.do(offers.accept, ruth, offered.id) == talk
    [held] = record.rows(conversation, id=talk)
    assert (held.state, held.owner_id) == ("with_rep", ruth.id)
    assert [row.state for row in record.rows(offer)] == ["accepted"]
    assert shown(record, ruth) is None


def test_taking_it_twice_is_as_once_and_not_once_it_went_on(record: Record) -> None:
    [ruth] = crew(record, "Ruth")
    talk = record.waiting(record.customer())
    next_round(record)
    mine = shown(record, ruth).id
    assert record.do(offers.accept, ruth, mine) == record.do(offers.accept, ruth, mine) == talk
    record.do(rep_queue.release, ruth, talk)
    assert isinstance(record.refused(offers.accept, ruth, mine), NotPossibleNow)
    assert record.rows(conversation, id=talk)[0].state == "waiting"


def test_what_ruth_lets_pass_goes_to_sam_at_once(record: Record) -> None:
    ruth, sam = crew(record, "Ruth", "Sam")
    record.waiting(record.customer())
    next_round(record)
    first, second = (ruth, sam) if shown(record, ruth) else (sam, ruth)
    record.do(offers.skip, first, shown(record, first).id)
    next_round(record)
    assert shown(record, first) is None
    assert shown(record, second) is not None


def test_what_ruth_does_not_see_goes_to_the_next_after_twenty_seconds(record: Record) -> None:
    ruth, sam = crew(record, "Ruth", "Sam")
    record.waiting(record.customer())
    next_round(record)
    first, second = (ruth, sam) if shown(record, ruth) else (sam, ruth)
    stay(record, ruth, sam, seconds=19)
    next_round(record)
    assert shown(record, first).seconds_left == 1
    stay(record, ruth, sam, seconds=1)
    next_round(record)
    assert (shown(record, first), shown(record, second).seconds_left) == (None, 20)


def test_who_misses_two_in_a_row_is_away_until_they_are_back(record: Record) -> None:
    [ruth] = crew(record, "Ruth")
    record.waiting(record.customer())
    next_round(record)
    assert shown(record, ruth)
    stay(record, ruth, seconds=20)
    next_round(record)
    assert shown(record, ruth) is None
    assert record.do(rep_lists.queue_for, ruth).you.away_since is None
    stay(record, ruth, seconds=60)
    next_round(record)
    assert shown(record, ruth), "she is asked again after a minute"
    stay(record, ruth, seconds=20)
    next_round(record)
    assert record.do(rep_lists.queue_for, ruth).you.away_since == record.now
    stay(record, ruth, seconds=120)
    next_round(record)
    assert shown(record, ruth) is None
    record.do(availability.come_back, ruth)
    next_round(record)
    assert shown(record, ruth)


def test_one_missed_and_one_passed_leave_ruth_there(record: Record) -> None:
    [ruth] = crew(record, "Ruth")
    record.waiting(record.customer())
    next_round(record)
    stay(record, ruth, seconds=20)
    next_round(record)
    stay(record, ruth, seconds=60)
    next_round(record)
    record.do(offers.skip, ruth, shown(record, ruth).id)
    assert record.do(rep_lists.queue_for, ruth).you.away_since is None


def test_signing_in_means_that_ruth_is_back(record: Record) -> None:
    [ruth] = crew(record, "Ruth")
    record.do(offers.step_away, ruth)
    record.do(reps.sign_in, ruth)
    assert record.do(rep_lists.queue_for, ruth).you.away_since is None


def test_nothing_is_offered_to_who_is_away_gone_full_on_a_breather_or_claims_by_themselves(record: Record) -> None:
    away, gone, full, breather = crew(record, "Away", "Gone", "Full", "Breather", capacity=1)
    puller = record.rep("Puller", team_id=pushed_team(record, "pull"))
    record.held(record.customer(), full)
    upset = record.held(record.customer(), breather)
    record.do(blocks.end_abusive, breather, upset, EndAbusive(reason="swore", hours=1))
    record.do(offers.step_away, away)
    record.later(seconds=50)
    record.do(seen, [who.id for who in (away, full, breather, puller)])
    record.waiting(record.customer("Ana", "C-1"))
    next_round(record)
    assert record.rows(offer) == []
    stay(record, full, breather, minutes=10)
    next_round(record)
    assert shown(record, breather), "her ten minutes are over"
    assert gone.id not in [row.rep_id for row in record.rows(offer)]


def test_stepping_away_passes_the_offer_on(record: Record) -> None:
    ruth, sam = crew(record, "Ruth", "Sam")
    record.waiting(record.customer())
    next_round(record)
    first, second = (ruth, sam) if shown(record, ruth) else (sam, ruth)
    record.do(offers.step_away, first)
    next_round(record)
    assert (shown(record, first), bool(shown(record, second))) == (None, True)


def test_an_offer_ends_when_its_rep_is_gone_or_full(record: Record) -> None:
    ruth, sam = crew(record, "Ruth", "Sam", capacity=1)
    record.waiting(record.customer())
    next_round(record)
    first, second = (ruth, sam) if shown(record, ruth) else (sam, ruth)
    record.held(record.customer(), first)
    assert isinstance(record.refused(offers.accept, first, shown(record, first).id), AtCapacity)
    next_round(record)
    assert (shown(record, first), bool(shown(record, second))) == (None, True)
    assert sorted(row.state for row in record.rows(offer)) == ["open", "withdrawn"]


def test_who_signs_out_is_offered_nothing_from_that_moment(record: Record) -> None:
    ruth, sam = crew(record, "Ruth", "Sam")
    record.waiting(record.customer())
    next_round(record)
    first, second = (ruth, sam) if shown(record, ruth) else (sam, ruth)
    record.do(reps.sign_out, first)
    next_round(record)
    assert (shown(record, first), bool(shown(record, second))) == (None, True)


def test_the_offer_ends_when_the_customer_leaves_or_another_claims(record: Record) -> None:
    [ruth] = crew(record, "Ruth")
    sam = record.rep("Sam")
    ana = record.customer()
    talk = record.waiting(ana)
    next_round(record)
    mine = shown(record, ruth).id
    record.do(rep_queue.claim, sam, talk)
    assert isinstance(record.refused(offers.accept, ruth, mine), NotPossibleNow)
    assert shown(record, ruth) is None
    bob = record.customer()
    waits = record.waiting(bob)
    next_round(record)
    assert shown(record, ruth).chat.id == waits
    record.do(rep_queue.stop_waiting, bob, waits)
    assert shown(record, ruth) is None


def test_claiming_what_one_is_offered_accepts_it(record: Record) -> None:
    [ruth] = crew(record, "Ruth")
    talk = record.waiting(record.customer())
    next_round(record)
    record.do(rep_queue.claim, ruth, talk)
    assert [row.state for row in record.rows(offer)] == ["accepted"]


def test_somebody_elses_offer_is_nobodys_business(record: Record) -> None:
    [ruth] = crew(record, "Ruth")
    sam = record.rep("Sam")
    record.waiting(record.customer())
    next_round(record)
    for verb in (offers.accept, offers.skip):
        assert isinstance(record.refused(verb, sam, shown(record, ruth).id), NotFound)
        assert isinstance(record.refused(verb, sam, "nonsense"), NotFound)


def test_the_best_at_it_are_asked_first_and_are_told_why(record: Record) -> None:
    ruth, sam = crew(record, "Ruth", "Sam")
    knows(record, ruth, billing=1)
    knows(record, sam, billing=3)
    talk = record.waiting(record.customer())
    record.do(lambda tx: tx.db.execute(conversation.update().values(skill="billing")))
    next_round(record)
    offered = shown(record, sam)
    assert offered.reason == "Because you are best at billing."
    record.do(offers.accept, sam, offered.id)
    view = record.do(lambda tx: why.why_theirs(tx, rep_queue.held_by(tx, sam, talk), sam))
    assert view == "You were offered it because you are best at billing."


def test_each_offer_and_each_skip_has_its_reason(record: Record) -> None:
    ruth, sam = crew(record, "Ruth", "Sam")
    talk = record.waiting(record.customer())
    next_round(record)
    first, second = (ruth, sam) if shown(record, ruth) else (sam, ruth)
    record.do(offers.skip, first, shown(record, first).id)
    next_round(record)
    record.do(offers.accept, second, shown(record, second).id)
    record.do(rep_queue.release, second, talk)
    told = record.do(why.reasons, first, talk)
    assert [each.text for each in told.reasons] == [
        "The customer asked for a person.",
        f"Offered to {first.display_name}: the freest of 2.",
        f"{first.display_name} let it pass.",
        f"Offered to {second.display_name}: the freest of 2.",
        f"{second.display_name} took the offer.",
        f"{second.display_name} gave it back.",
    ]
    assert told.waits is None, "it can be offered to the first again: this is a new stay in the line"


def test_a_lead_reads_why_a_chat_goes_on_waiting(record: Record) -> None:
    [ruth] = crew(record, "Ruth")
    lena = record.rep("Lena", role="lead")
    talk = record.waiting(record.customer())
    next_round(record)
    record.do(offers.skip, ruth, shown(record, ruth).id)
    assert record.do(why.reasons, lena, talk).waits == (
        "Everybody who is free was asked already. They are asked again after a minute."
    )


def test_what_sam_gave_back_is_not_offered_to_him_at_once(record: Record) -> None:
    [sam] = crew(record, "Sam")
    talk = record.held(record.customer(), sam)
    record.do(rep_queue.release, sam, talk)
    next_round(record)
    assert shown(record, sam) is None
    stay(record, sam, seconds=60)
    next_round(record)
    assert shown(record, sam)


def test_what_waits_for_sam_who_claims_by_himself_waits_a_minute(record: Record) -> None:
    [ruth] = crew(record, "Ruth")
    sam = record.rep("Sam")
    record.waiting(record.customer())
    record.do(lambda tx: tx.db.execute(conversation.update().values(wanted_rep_id=sam.id)))
    next_round(record)
    assert shown(record, ruth) is None
    stay(record, ruth, sam, seconds=60)
    next_round(record)
    assert shown(record, ruth)


def test_ruth_at_a_closed_site_is_offered_nothing(record: Record) -> None:
    leeds = record.site("Leeds", opens=10, closes=18)
    [ruth] = crew(record, "Ruth", site_id=leeds)
    record.waiting(record.customer())
    next_round(record)
    assert shown(record, ruth) is None
    stay(record, ruth, hours=1)
    next_round(record)
    assert shown(record, ruth)


def test_she_sees_how_many_chats_need_her(record: Record) -> None:
    [ruth] = crew(record, "Ruth", capacity=2)
    first = record.held(record.customer(), ruth)
    record.held(record.customer(), ruth)
    record.replies(ruth, first, "It comes tomorrow.")
    you = record.do(rep_lists.queue_for, ruth).you
    assert (you.pushed, you.load, you.held, you.capacity) == (True, 1, 2, 2)


def test_a_chat_is_offered_once_however_many_desks_decide_so(record: Record, database_url: str) -> None:
    """Ten desks make the same offers at once: one open offer for each chat and for each rep."""
    crew(record, "Ruth", "Sam", "Nina")
    for _ in range(5):
        record.waiting(record.customer())
    matches = record.do(plan)
    stay_for_good(record)

    async def story(runner: Runner) -> list[Any]:
        made = [runner.run(offers.make, match) for _ in range(10) for match in matches]
        return await asyncio.gather(*made, return_exceptions=True)

    ends = race(record, database_url, story)
    assert sorted(str(end) for end in ends) == ["False"] * 27 + ["True"] * 3
    open_now = record.rows(offer, state="open")
    assert len({row.rep_id for row in open_now}) == len({row.conversation_id for row in open_now}) == 3


def test_a_claim_an_acceptance_and_the_end_of_an_offer_at_once_leave_one_owner(
    record: Record, database_url: str
) -> None:
    [ruth] = crew(record, "Ruth", capacity=100)
    sam = record.rep("Sam", capacity=100)
    talks = [record.waiting(record.customer()) for _ in range(20)]
    rows = [
        {"id": new_id(), "conversation_id": talk, "rep_id": record.rep(f"R{n}", capacity=3).id, "epoch": 2}
        for n, talk in enumerate(talks)
    ]
    times = {"state": "open", "reason": "free", "made_at": record.now, "until": record.now - timedelta(days=9)}
    record.do(lambda tx: tx.db.execute(insert(offer), [row | times for row in rows]))
    stay_for_good(record)
    who = {row["id"]: Rep(str(row["rep_id"]), "r", "R", "rep") for row in rows}

    async def story(runner: Runner) -> list[Any]:
        tries = [
            work
            for row in rows
            for work in (
                runner.run(offers.accept, who[row["id"]], row["id"]),
                runner.run(offers.lapse, row["id"]),
                runner.run(rep_queue.claim, sam, row["conversation_id"]),
                runner.run(rep_queue.claim, ruth, row["conversation_id"]),
            )
        ]
        return await asyncio.gather(*tries, return_exceptions=True)

    ends = race(record, database_url, story)
    assert sum(isinstance(end, str) or end is None for end in ends) >= 20
    for talk in talks:
        [held] = record.rows(conversation, id=talk)
        assert (held.state, held.owner_epoch) == ("with_rep", 3)
    assert record.rows(offer, state="open") == []
    assert record.rows(rep_table, id=ruth.id)[0].away_since is None


def test_what_lena_moves_to_ruth_is_offered_to_ruth_however_long_it_waited(record: Record) -> None:
    ruth, sam = crew(record, "Ruth", "Sam")
    lena = record.rep("Lena", role="lead")
    talk = record.waiting(record.customer())
    next_round(record)
    first, second = (ruth, sam) if shown(record, ruth) else (sam, ruth)
    record.do(offers.skip, first, shown(record, first).id)
    stay(record, ruth, sam, seconds=90)
    next_round(record)
    assert shown(record, second)
    record.do(lead.move_chat, lena, talk, TransferTo(rep=first.id), "")
    assert shown(record, second) is None, "the lead has decided otherwise"
    next_round(record)
    assert shown(record, first), "also if they let it pass before"


def test_a_miss_of_before_she_was_back_says_nothing_about_now(record: Record) -> None:
    [ruth] = crew(record, "Ruth")
    record.waiting(record.customer())
    for _ in range(2):
        next_round(record)
        stay(record, ruth, seconds=20)
        next_round(record)
        stay(record, ruth, seconds=60)
    assert record.do(rep_lists.queue_for, ruth).you.away_since
    stay(record, ruth, hours=3)
    record.do(availability.come_back, ruth)
    next_round(record)
    assert shown(record, ruth)
    stay(record, ruth, seconds=20)
    next_round(record)
    assert record.do(rep_lists.queue_for, ruth).you.away_since is None
