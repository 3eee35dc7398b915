"""The shift baton: told in time, handed on in words; what is left over goes to the line when a site has closed.

The record's clock begins at 9:00 in London, where Leeds closes at 18:00.
"""

from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import delete, event, insert, text, update

from handoff import calls, closing, hand_on, notes, promises, rep_lists, rep_queue, shift_ends, views, why
from handoff.colleagues import colleagues
from handoff.errors import DeskError, LostToAnother, NotPossibleNow
from handoff.opening_hours import Hours
from handoff.people import Customer, Rep
from handoff.schema import conversation, history, message
from handoff.schema import rep as rep_table
from handoff.schema_centre import promise, site_hours, team
from handoff.shift_ends import LEFT_ALONE, UNANSWERED, pass_on_left
from handoff.shift_views import look_again, shift_for
from handoff.shifts import NOTICE, ShiftNow, is_on_shift, leaving_soon, shift_now
from handoff.states import State
from handoff.wire_lead import TransferTo
from handoff.wire_shifts import Shift
from tests.record import Record

DAILY = Hours(ZoneInfo("Europe/London"), tuple((day, 8 * 60, 18 * 60) for day in range(7)))
ALWAYS = Hours(ZoneInfo("Europe/London"), tuple((day, 0, 1440) for day in range(7)))
CLOSING = datetime(2026, 11, 22, 18, 0, tzinfo=UTC)
STEP = "Ring the carrier tomorrow; she has the photo."
WENT = (
    "Ruth's shift at Leeds ended at 18:00, and nothing more came from Ruth here for a while, "
    "so the chat went back to the line."
)


def at(hour: int, minute: int = 0, day: int = 22) -> datetime:
    return datetime(2026, 11, day, hour, minute, tzinfo=UTC)


class Leeds:
    """Ruth and Ana on a day in Leeds; Sam works on in Cork until 22:00."""

    def __init__(self, record: Record):
        self.record = record
        self.leeds = record.site("Leeds", closes=18)
        self.cork = record.site("Cork", "Europe/Dublin", closes=22)
        record.now = at(17, 30)
        self.ruth = record.rep("Ruth", site_id=self.leeds)
        self.sam = record.rep("Sam", site_id=self.cork)
        self.ana = record.customer("Ana")

    def held(self, customer: Customer | None = None) -> str:
        return self.record.held(customer or self.ana, self.ruth)

    def called(self, when: datetime) -> str:
        """A chat of Ana's that Ruth claims then, as Ana was promised a call."""
        talk = self.record.waiting(self.ana)
        self.record.do(promises.ask_for_call, self.ana, talk, "+44 20 7946 0000", at(17, 35), at(17, 59))
        self.clock(when)
        self.record.do(rep_queue.claim, self.ruth, talk)
        return talk

    def shift(self, rep: Rep | None = None) -> Shift:
        found = self.record.do(shift_for, rep or self.ruth, NOTICE)
        assert isinstance(found, Shift)
        return found

    def clock(self, now: datetime) -> None:
        """It's so late, and everybody's console is open."""
        self.record.now = now
        self.record.do(lambda tx: tx.db.execute(update(rep_table).values(seen_at=tx.now)))

    def state(self, talk: str) -> State:
        return State(self.record.rows(conversation, id=talk)[0].state)

    def closes(self, **after: float) -> int:
        """The clock goes to the closing and so much further; how many chats went to the line then."""
        self.record.now = CLOSING + timedelta(**after)
        gone: int = self.record.do(pass_on_left)
        return gone


@pytest.fixture
def leeds(record: Record) -> Leeds:
    return Leeds(record)


def test_a_rep_is_on_shift_while_their_site_is_open_and_always_without_one() -> None:
    assert is_on_shift(DAILY, at(17, 59))
    assert not is_on_shift(DAILY, at(18))
    assert is_on_shift(None, at(3))
    assert is_on_shift(ALWAYS, at(3))


def test_a_shift_is_on_then_ending_then_ended_then_off() -> None:
    seen = [shift_now(DAILY, when, NOTICE) for when in (at(17, 44), at(17, 45), at(18), at(6, day=23))]
    assert seen == [
        ShiftNow("on", CLOSING),
        ShiftNow("ending", CLOSING),
        ShiftNow("ended", CLOSING),
        ShiftNow("off", None),
    ]
    assert shift_now(ALWAYS, at(3), NOTICE) == ShiftNow("on", None)


@pytest.mark.parametrize(("hours", "leaves"), [(3, False), (8.8, True), (11, True), (18, True)])
def test_whoever_leaves_soon_or_has_left_is_nobody_to_hand_on_to(record: Record, hours: float, leaves: bool) -> None:
    """It's nine, and Leeds closes at 18:00; whoever has no site never leaves."""
    ruth = record.rep("Ruth", site_id=record.site("Leeds", closes=18))
    record.rep("Sam")
    record.later(hours=hours)
    assert record.do(leaving_soon, NOTICE) == ({ruth.id} if leaves else set())


@given(st.datetimes(datetime(2026, 1, 1), datetime(2027, 1, 1), timezones=st.just(UTC)))
def test_the_page_asks_again_in_time_for_the_notice_and_for_the_end(when: datetime) -> None:
    now = shift_now(DAILY, when, NOTICE)
    again = when + timedelta(seconds=look_again(now, when, NOTICE))
    later = shift_now(DAILY, again, NOTICE)
    assert again > when
    if now.state == "ending":
        assert again <= now.ends_at + timedelta(seconds=1)  # type: ignore[operator]
    if now.state == "on" and later.state == "ending":
        assert again <= now.ends_at - NOTICE + timedelta(seconds=1)  # type: ignore[operator]


def test_ruth_is_told_a_quarter_of_an_hour_before_leeds_closes_which_chats_need_a_next_step(leeds: Leeds) -> None:
    talk = leeds.held()
    assert (leeds.shift().state, leeds.shift().chats) == ("on", [])
    leeds.record.now = at(17, 45)
    told = leeds.shift()
    assert (told.state, told.site, told.time_zone, told.ends_at) == ("ending", "Leeds", "Europe/London", CLOSING)
    assert [item.id for item in told.chats] == [talk]
    assert leeds.shift(leeds.sam).state == "on"


def test_how_long_before_is_a_setting(leeds: Leeds) -> None:
    assert leeds.record.do(shift_for, leeds.ruth, timedelta(minutes=30)).state == "ending"


def test_a_rep_without_a_site_has_no_shift(record: Record) -> None:
    record.site()
    zoe = record.rep("Zoe")
    assert record.do(shift_for, zoe, NOTICE) is None


def test_ruth_hands_ana_to_sam_who_stays_with_the_next_step_in_words(leeds: Leeds) -> None:
    talk = leeds.held()
    leeds.clock(at(17, 50))
    leeds.record.do(hand_on.hand_on, leeds.ruth, talk, TransferTo(rep=leeds.sam.id), STEP, NOTICE)
    assert leeds.record.texts(leeds.ana, talk)[-1].startswith("Ruth has asked Sam to go on with you.")
    assert [note.text for note in leeds.record.do(views.rep_view, leeds.sam, talk).notes] == [STEP]
    assert [item.for_you for item in leeds.record.do(rep_lists.queue_for, leeds.sam).waiting] == [True]
    assert leeds.shift().chats == []


def test_ruth_hands_ana_to_nobody_whose_shift_ends_too(leeds: Leeds) -> None:
    zoe = leeds.record.rep("Zoe", site_id=leeds.leeds)
    talk = leeds.held()
    leeds.clock(at(17, 50))
    refused = leeds.record.refused(hand_on.hand_on, leeds.ruth, talk, TransferTo(rep=zoe.id), STEP, NOTICE)
    assert isinstance(refused, NotPossibleNow)
    assert refused.words.startswith("Zoe's shift ends soon too.")
    assert leeds.state(talk) is State.WITH_REP
    seen = {each.name: each.leaving for each in leeds.record.do(colleagues, leeds.ruth).reps}
    assert seen == {"Sam": False, "Zoe": True}


def test_ruth_hands_ana_to_a_team_or_to_the_line_where_she_keeps_her_place(leeds: Leeds) -> None:
    row = {"id": "t1", "name": "Refunds", "mode": "pull", "created_at": leeds.record.now}
    leeds.record.do(lambda tx: tx.db.execute(insert(team).values(row)))
    talk, bob = leeds.held(), leeds.record.customer("Bob")
    leeds.record.later(seconds=5)
    leeds.record.waiting(bob)
    leeds.record.do(hand_on.hand_on, leeds.ruth, talk, None, STEP, NOTICE)
    view = leeds.record.view(leeds.ana, talk)
    assert (view.state, view.place) == ("waiting", 1)
    assert leeds.record.texts(leeds.ana, talk)[-1].startswith(
        "Ruth is passing you on to a colleague. You keep your place"
    )
    [told] = leeds.record.rows(history, conversation_id=talk, kind="transferred")
    assert told.reason == "Ruth gave it to whoever is next in the line."
    leeds.record.do(rep_queue.claim, leeds.ruth, talk)
    leeds.record.do(hand_on.hand_on, leeds.ruth, talk, TransferTo(team="t1"), STEP, NOTICE)
    assert leeds.record.rows(conversation, id=talk)[0].team_id == "t1"


def test_a_next_step_is_words_and_what_must_not_be_kept_is_hidden_in_it(leeds: Leeds) -> None:
    talk = leeds.held()
    assert isinstance(leeds.record.refused(hand_on.hand_on, leeds.ruth, talk, None, "\u200b", NOTICE), DeskError)
    assert isinstance(leeds.record.refused(hand_on.answer_later, leeds.ruth, talk, " "), DeskError)
    leeds.record.do(hand_on.hand_on, leeds.ruth, talk, None, "Her card is 4111 1111 1111 1111.", NOTICE)
    [note] = [each.text for each in leeds.record.do(views.rep_view, leeds.sam, talk).notes]
    assert "4111" not in note


def test_only_the_holder_hands_a_chat_on(leeds: Leeds) -> None:
    talk = leeds.held()
    assert leeds.record.refused(hand_on.hand_on, leeds.sam, talk, None, STEP, NOTICE)
    leeds.record.do(hand_on.hand_on, leeds.ruth, talk, None, STEP, NOTICE)
    leeds.record.do(rep_queue.claim, leeds.sam, talk)
    assert isinstance(leeds.record.refused(hand_on.answer_later, leeds.ruth, talk, STEP), LostToAnother)


def test_ruth_promises_an_answer_that_sam_finds_under_due_and_gives(leeds: Leeds) -> None:
    talk = leeds.held()
    leeds.record.do(hand_on.answer_later, leeds.ruth, talk, STEP)
    assert leeds.record.texts(leeds.ana, talk)[-1].startswith("Ruth has seen to it that a colleague answers you here.")
    [due] = leeds.record.do(rep_lists.queue_for, leeds.sam).due
    assert (due.id, due.promise.kind) == (talk, "message_left")
    leeds.record.do(rep_queue.claim, leeds.sam, talk)
    assert [note.text for note in leeds.record.do(views.rep_view, leeds.sam, talk).notes] == [STEP]
    leeds.record.replies(leeds.sam, talk, "The carrier has found it.")
    [kept] = leeds.record.rows(promise, conversation_id=talk)
    assert kept.outcome == "kept"


def test_an_answer_that_ruth_promises_on_friday_evening_is_not_missed_at_the_weekend(record: Record) -> None:
    site = record.site()
    record.do(lambda tx: tx.db.execute(delete(site_hours).where(site_hours.c.weekday >= 5)))
    record.now = at(17, 50, day=27)  # a Friday
    ruth, ana = record.rep("Ruth", site_id=site), record.customer("Ana")
    talk = record.held(ana, ruth)
    record.do(hand_on.answer_later, ruth, talk, STEP)
    made = record.view(ana, talk).promise
    assert (made.from_, made.until) == (record.now, datetime(2026, 12, 1, 8, tzinfo=UTC))
    assert not made.answers_message
    [told] = record.rows(history, conversation_id=talk, kind="promised")
    assert told.reason == "will be answered here"


def test_a_chat_that_was_left_alone_goes_to_the_line_at_its_old_place_and_both_sides_are_told(leeds: Leeds) -> None:
    talk, bob = leeds.held(), leeds.record.customer("Bob")
    leeds.record.replies(leeds.ruth, talk, "I'm looking into it.")
    leeds.record.later(seconds=5)
    leeds.record.waiting(bob)
    assert leeds.closes(minutes=9, seconds=59) == 0
    assert leeds.closes(minutes=10) == 1
    leeds.clock(leeds.record.now)
    view = leeds.record.view(leeds.ana, talk)
    assert (view.state, view.place) == ("waiting", 1)
    said = leeds.record.texts(leeds.ana, talk)[-1]
    assert said.startswith("Ruth's working day has ended. You keep your old place in line")
    assert [note.text for note in leeds.record.do(views.rep_view, leeds.sam, talk).notes] == [WENT]
    [told] = leeds.record.rows(history, conversation_id=talk, kind="shift_ended")
    assert (told.who_kind, told.who_id, told.reason) == ("rep", leeds.ruth.id, WENT)
    [went] = leeds.shift().went
    assert (went.conversation, went.customer_name) == (talk, "Ana")
    assert leeds.shift(leeds.sam).went == []
    assert "The rep's shift ended" in leeds.record.do(views.rep_view, leeds.sam, talk).brief.reason_words


def test_where_ana_waits_for_an_answer_it_goes_sooner(leeds: Leeds) -> None:
    talk = leeds.held()
    leeds.record.replies(leeds.ruth, talk, "I'm looking into it.")
    leeds.record.now = CLOSING + timedelta(minutes=2)
    leeds.record.says(leeds.ana, talk, "Any news?")
    assert leeds.closes(minutes=6) == 0
    leeds.record.says(leeds.ana, talk, "Hello?")
    assert leeds.closes(minutes=7) == 1


def test_one_that_ruth_never_answered_waits_from_the_closing_on(leeds: Leeds) -> None:
    leeds.held()
    assert leeds.closes(minutes=4, seconds=59) == 0
    assert leeds.closes(minutes=5) == 1


def test_ruth_who_goes_on_writing_keeps_the_chat_also_with_a_note(leeds: Leeds) -> None:
    talk = leeds.held()
    leeds.record.now = CLOSING + timedelta(minutes=4)
    leeds.record.replies(leeds.ruth, talk, "One moment, I'll settle this before I go.")
    assert leeds.closes(minutes=13) == 0
    leeds.record.do(notes.write_note, leeds.ruth, talk, "client-id-note", "Carrier says tomorrow.")
    assert leeds.closes(minutes=22) == 0
    assert leeds.closes(minutes=23) == 1


def test_a_chat_that_ruth_claims_after_closing_is_her_own_choice(leeds: Leeds) -> None:
    leeds.closes(minutes=1)
    talk = leeds.held()
    assert leeds.closes(hours=3) == 0
    assert leeds.state(talk) is State.WITH_REP
    assert leeds.shift().chats == []


def test_neither_sams_chats_nor_those_of_a_rep_without_a_site_are_touched(leeds: Leeds) -> None:
    zoe = leeds.record.rep("Zoe")
    for rep in (leeds.sam, zoe):
        leeds.record.held(leeds.record.customer(), rep)
    assert leeds.closes(hours=1) == 0


def test_a_chat_that_was_asked_whether_anybody_is_there_closes_by_itself(leeds: Leeds) -> None:
    talk = leeds.held()
    leeds.record.replies(leeds.ruth, talk, "Is it solved now?")
    asked = {"next_step": "close_idle", "deadline_at": CLOSING + timedelta(minutes=20)}
    leeds.record.do(lambda tx: tx.db.execute(update(conversation).values(asked)))
    assert leeds.closes(minutes=15) == 0


def test_closed_promised_and_called_back_chats_are_not_left_over(leeds: Leeds) -> None:
    shut, promised, called = (leeds.held(leeds.record.customer()) for _ in range(3))
    leeds.record.do(closing.close_by_rep, leeds.ruth, shut, "late_delivery", "carrier")
    leeds.record.do(hand_on.answer_later, leeds.ruth, promised, STEP)
    window = (at(19), at(20))
    leeds.record.do(calls.call_later, leeds.ruth, called, "+44 20 7946 0000", *window, STEP)
    assert leeds.closes(hours=1) == 0


def test_what_went_is_no_longer_told_a_day_later(leeds: Leeds) -> None:
    leeds.held()
    assert leeds.closes(minutes=20) == 1
    assert len(leeds.shift().went) == 1
    leeds.record.later(hours=24)
    assert leeds.shift().went == []


def test_waiting_chats_stay_in_the_one_line_when_a_site_closes(leeds: Leeds) -> None:
    talk = leeds.record.waiting(leeds.ana)
    before = leeds.record.rows(message, conversation_id=talk)
    assert leeds.closes(minutes=30) == 0
    assert leeds.record.rows(message, conversation_id=talk) == before
    assert [item.id for item in leeds.record.do(rep_lists.queue_for, leeds.sam).waiting] == [talk]


@pytest.mark.parametrize("waits", [True, False])
@pytest.mark.parametrize("minutes", [-60, 3])
def test_leaving_alone_counts_from_the_closing_or_the_last_word(leeds: Leeds, waits: bool, minutes: int) -> None:
    leeds.record.now = CLOSING - timedelta(hours=2)
    talk, last = leeds.held(), timedelta(minutes=minutes)
    leeds.record.now = CLOSING + last
    leeds.record.replies(leeds.ruth, talk, "I'm looking into it.")
    if waits:
        leeds.record.says(leeds.ana, talk, "Any news?")
    due = max(last, timedelta(0)) + (UNANSWERED if waits else LEFT_ALONE)
    assert leeds.closes(seconds=due.total_seconds() - 1) == 0
    assert leeds.closes(seconds=due.total_seconds()) == 1


def test_a_chat_in_which_ruth_is_on_the_telephone_is_not_left_alone(leeds: Leeds) -> None:
    talk = leeds.called(at(17, 40))
    leeds.record.now = at(17, 52)
    leeds.record.do(calls.call_to_make, leeds.ruth, talk)
    assert leeds.closes(minutes=21, seconds=59) == 0
    leeds.record.do(calls.record_call, leeds.ruth, talk, "reached")
    assert leeds.closes(minutes=26, seconds=58) == 0
    assert leeds.closes(minutes=26, seconds=59) == 1


def test_a_call_whose_outcome_nobody_writes_down_is_over_after_half_an_hour(leeds: Leeds) -> None:
    talk = leeds.called(at(17, 40))
    leeds.record.now = at(17, 52)
    leeds.record.do(calls.call_to_make, leeds.ruth, talk)
    assert leeds.closes(minutes=21, seconds=59) == 0
    assert leeds.closes(minutes=22) == 1


def test_a_call_that_ruth_claimed_and_did_not_make_goes_to_the_line(leeds: Leeds) -> None:
    leeds.called(at(17, 40))
    assert leeds.closes(minutes=5) == 1


def test_chats_that_are_still_worked_on_hold_up_none_that_was_left(
    leeds: Leeds, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shift_ends, "AT_ONCE", 1)
    first, left = leeds.held(), leeds.held(leeds.record.customer("Bob"))
    leeds.record.now = CLOSING + timedelta(minutes=8)
    leeds.record.replies(leeds.ruth, first, "One moment, I'll settle this before I go.")
    assert leeds.closes(minutes=10) == 1
    assert (leeds.state(first), leeds.state(left)) == (State.WITH_REP, State.WAITING)


def test_why_it_went_to_the_line_is_told_once_among_how_it_came_here(leeds: Leeds) -> None:
    talk = leeds.held()
    leeds.record.says(leeds.ana, talk, "Any news?")
    assert leeds.closes(minutes=5) == 1
    leeds.record.do(rep_queue.claim, leeds.sam, talk)
    told = [each.text for each in leeds.record.do(why.reasons, leeds.sam, talk).reasons]
    assert told[-2:] == [WENT, "Sam claimed it."]
    assert sum("line" in text for text in told) == 1


def test_what_went_is_found_by_whose_shift_it_was_without_reading_others(leeds: Leeds) -> None:
    asked: list[tuple[str, Any]] = []
    event.listen(leeds.record.engine, "before_cursor_execute", lambda _db, _cursor, *told: asked.append(told[:2]))
    leeds.shift()
    [(query, values)] = [each for each in asked if "shift_ended" in each[0]]

    def plan(tx: Any) -> str:
        if tx.db.dialect.name == "postgresql":
            # Of tables as small as these Postgres would read the whole rather than an index.
            tx.db.execute(text("SET LOCAL enable_seqscan = off"))
            return str(tx.db.exec_driver_sql(f"EXPLAIN {query}", values).all())
        return str(tx.db.exec_driver_sql(f"EXPLAIN QUERY PLAN {query}", values).all())

    assert "shifts_ended_of" in leeds.record.do(plan)
