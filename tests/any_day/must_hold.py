"""What must hold whatever happened. Whom a chat may be offered to is said once for all, in `benchmark.day.watch`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from benchmark.day.watch import Watch
from tests.any_day.book import Book
from tests.any_day.sight import OPEN, Sight

GONE_AFTER = 45
AN_OFFER = timedelta(seconds=20)
LONGEST_STEP = timedelta(minutes=30)


def in_a_round(before: Sight, after: Sight, book: Book) -> None:
    """A round of offers: each to somebody fit with room, none twice, none forgotten, and the line kept."""
    each_has_one_owner(before)
    decided = before.decided(after)
    watch = Watch(before.reps.values(), by_skill=True)
    watch.decided(before.to_offer(), before.reps, decided, before.now)
    expect(not +watch.broken, f"{dict(+watch.broken)}: {decided.matches}")
    for match in decided.matches:
        gone = book.silent_for(match.rep_id) >= GONE_AFTER
        expect(not gone, f"{match} is offered to somebody of whom nothing was heard for {GONE_AFTER} seconds")


def always(seen: Sight, book: Book) -> None:
    """After every step."""
    each_has_one_owner(seen)
    each_has_a_next_step(seen)
    offers_are_sound(seen)
    nobody_is_given_too_much(seen, book)
    whoever_may_not_work_has_nothing(seen)
    if book.before:
        places_are_kept(book.before, seen, book)
        nobody_is_lost(book.before, seen, book)
        nobody_loses_what_they_hold(book.before, seen, book)


def each_has_one_owner(seen: Sight) -> None:
    """A chat that a rep has is assigned to that rep and to nobody else, and no other chat is assigned to anybody."""
    assigned = sorted((row.conversation_id, row.rep_id) for row in seen.rows["assignment"] if row.ended_at is None)
    owned = sorted((talk.id, talk.owner_id) for talk in seen.of("with_rep"))
    expect(assigned == owned, f"assigned {assigned}, owned {owned}")
    stray = [talk.id for talk in seen.talks.values() if talk.state != "with_rep" and talk.owner_id]
    expect(not stray, f"{stray} have a rep in another state")


def each_has_a_next_step(seen: Sight) -> None:
    """Who waits has a stay in line, what is promised has a promise, and the desk knows what it does next and when."""
    expect(set(seen.stays) == {talk.id for talk in seen.of("waiting")}, "a stay in line without a chat, or without end")
    for talk in seen.of("with_bot", *OPEN):
        expect(talk.next_step and talk.deadline_at, f"{talk.id} has no next step")
        if talk.state == "promised":
            expect(talk.id in seen.promises, f"{talk.id} is promised nothing")
        else:
            ahead = talk.deadline_at - seen.now
            expect(ahead <= LONGEST_STEP, f"{talk.id}: {talk.next_step} comes only in {ahead}")


def offers_are_sound(seen: Sight) -> None:
    """Each open offer is of what waits, in this stay, to somebody there with room, and not for long; none is double."""
    waits = {talk.id for talk in seen.who_waits()}
    for row in seen.offers.values():
        rep = seen.reps[row.rep_id]
        has_room = len(rep.needs) < rep.plan.capacity and len(rep.held) < 2 * rep.plan.capacity
        expect(row.conversation_id in waits, f"{row} is of what doesn't wait")
        expect(row.epoch == seen.talks[row.conversation_id].owner_epoch, f"{row} is of an earlier stay")
        expect(rep.here and not rep.away, f"{row} is to somebody who isn't there")
        expect(has_room, f"{row} is to somebody without room")
        expect(row.until - seen.now <= AN_OFFER, f"{row} stays open for too long")
    once(row.conversation_id for row in seen.offers.values())
    once(row.rep_id for row in seen.offers.values())


def nobody_is_given_too_much(seen: Sight, book: Book) -> None:
    """Nobody is given a chat while one needs them: only customers who write make it more, and two is the end.

    A lead who takes over has decided otherwise, and a lead may make somebody's limit smaller than what they hold.
    """
    for rep in seen.reps.values():
        id, held, load = rep.plan.id, len(rep.held), len(rep.needs)
        had = len(book.before.held[id]) if book.before else 0
        limit = seen.staff[id].capacity
        if held > had and book.took_over != id:
            fits = held == had + 1 and load <= limit and held <= 2 * limit
            expect(fits, f"{seen.staff[id].display_name} was given one too many: {held} held, {load} need them")


def whoever_may_not_work_has_nothing(seen: Sight) -> None:
    for row in seen.staff.values():
        if row.disabled_at:
            expect(not seen.held[row.id], f"{row.display_name} is disabled and holds chats")


def places_are_kept(before: Sight, seen: Sight, book: Book) -> None:
    """Who stands before whom stays so, also while a rep has them; who comes for the first time comes last."""
    stayed = [talk.id for talk in before.of(*OPEN) if seen.talks[talk.id].state in OPEN]
    expect(_line(before, stayed) == _line(seen, stayed), "somebody lost their place")
    for talk in seen.of(*OPEN):
        others = [seen.talks[id] for id in stayed if seen.talks[id].priority == talk.priority and id != talk.id]
        first = not others or talk.id in book.known_in_line or talk.arrived_at >= max(o.arrived_at for o in others)
        expect(first, f"{talk.id} has come now and stands before others")


def nobody_is_lost(before: Sight, seen: Sight, book: Book) -> None:
    """What waits, is promised or needs its rep ends only if the people want it, or as its customer is helped beside."""
    helped = {talk.customer_id for talk in seen.of("with_rep")}
    for old in before.of(*OPEN):
        talk = seen.talks[old.id]
        meant = talk.id in book.left or talk.customer_id in helped
        may_end = meant or (old.state == "with_rep" and talk.id not in before.needs)
        expect(talk.state in OPEN or may_end, f"{talk.id} was {old.state} and is {talk.state}")


def nobody_loses_what_they_hold(before: Sight, seen: Sight, book: Book) -> None:
    """The desk takes no chat from a rep whose console it hears."""
    for old in before.of("with_rep"):
        talk = seen.talks[old.id]
        if talk.state == "waiting" and talk.reason == "rep_lost":
            expect(book.silent_for(old.owner_id) >= GONE_AFTER, f"{old.owner_id} is there and lost {talk.id}")


def whoever_left_holds_nothing(seen: Sight, book: Book) -> None:
    """After a sweep: what somebody had who is gone, or whose shift is over for long, is theirs no more."""
    for rep_id, talks in seen.held.items():
        gone = book.silent_for(rep_id) > GONE_AFTER and book.seconds - book.clock_moved > GONE_AFTER
        expect(not (gone and talks), f"{rep_id} is gone and holds chats")
        ended_at = seen.hours.ended(rep_id, seen.now)
        for talk in talks if ended_at and seen.now - ended_at >= timedelta(minutes=10) else ():
            [got_at] = [
                r.started_at for r in seen.rows["assignment"] if r.conversation_id == talk.id and not r.ended_at
            ]
            left_alone = seen.now - book.last_words[talk.id] >= timedelta(minutes=10)
            theirs = got_at >= ended_at or not left_alone or talk.next_step == "close_idle"
            expect(theirs, f"{talk.id} stays with {rep_id}, whose shift ended at {ended_at}")


def once(ids: Iterable[str]) -> None:
    twice = [id for id, how_often in Counter(ids).items() if how_often > 1]
    expect(not twice, f"{twice} have two offers")


def _line(seen: Sight, ids: Iterable[str]) -> list[str]:
    return sorted(ids, key=lambda id: (-seen.talks[id].priority, seen.talks[id].arrived_at, id))


def expect(holds: Any, otherwise: str) -> None:
    """An assert whose words are seen wherever it stands."""
    if not holds:
        raise AssertionError(otherwise)
