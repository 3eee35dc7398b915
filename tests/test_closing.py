"""Closing, the one vote, reopening, and what happens to conversations that nobody touches."""

from handoff import closing, messages, rep_lists, sweeper, turns, views
from handoff.errors import BadField, NotPossibleNow
from handoff.presence import seen
from handoff.schema import conversation, message, vote
from handoff.words import say
from tests.record import Record, answer


def test_ruth_closes_with_topic_and_cause_and_ana_is_asked_for_her_vote(record: Record) -> None:
    ana, ruth = record.customer("Ana"), record.rep("Ruth")
    talk = record.held(ana, ruth)
    record.do(closing.close_by_rep, ruth, talk, "late_delivery", "carrier lost it")
    asked = record.do(messages.messages_after, ana, talk, 0, 50).messages[-1]
    assert (asked.kind, asked.text) == ("vote", "Did we solve your problem?")
    [row] = record.rows(conversation, id=talk)
    assert (row.state, row.topic, row.cause) == ("closed", "late_delivery", "carrier lost it")


def test_anas_vote_counts_once_for_ruth_and_can_be_changed(record: Record) -> None:
    ana, ruth = record.customer("Ana"), record.rep("Ruth")
    talk = record.held(ana, ruth)
    record.do(closing.close_by_rep, ruth, talk, "late_delivery", "carrier lost it")
    record.do(closing.vote, ana, talk, True)
    record.do(closing.vote, ana, talk, False)
    [cast] = record.rows(vote)
    assert (cast.solved, cast.owner_kind, cast.owner_id) == (False, "rep", ruth.id)
    assert record.view(ana, talk).vote is False


def test_ana_may_add_a_sentence_to_her_vote_and_change_it(record: Record) -> None:
    ana, ruth = record.customer("Ana"), record.rep("Ruth")
    talk = record.held(ana, ruth)
    record.do(closing.close_by_rep, ruth, talk, "late_delivery", "carrier lost it")
    record.do(closing.vote, ana, talk, False)
    record.do(closing.vote, ana, talk, False, " It never came. ")
    record.do(closing.vote, ana, talk, True)
    shown = record.do(views.rep_view, ruth, talk)
    assert (shown.vote, shown.vote_words) == (True, "It never came."), "a vote without words leaves them"
    record.do(closing.vote, ana, talk, True, "It came after all.")
    assert record.view(ana, talk).vote_words == "It came after all."
    record.do(closing.vote, ana, talk, True, " \u200b")
    assert record.view(ana, talk).vote_words is None


def test_a_card_number_in_anas_sentence_is_hidden_before_it_is_stored(record: Record) -> None:
    ana, ruth = record.customer("Ana"), record.rep("Ruth")
    talk = record.held(ana, ruth)
    record.do(closing.close_by_rep, ruth, talk, "billing_question", "charge text unclear")
    record.do(closing.vote, ana, talk, False, "Refund 4111 1111 1111 1111 please")
    assert [row.words for row in record.rows(vote)] == ["Refund [card number hidden] please"]


def test_there_is_no_vote_before_closing(record: Record) -> None:
    ana, ruth = record.customer("Ana"), record.rep("Ruth")
    talk = record.held(ana, ruth)
    assert isinstance(record.refused(closing.vote, ana, talk, True), NotPossibleNow)


def test_a_conversation_without_a_word_from_ana_asks_for_no_vote(record: Record) -> None:
    ana = record.customer("Ana")
    talk = record.opened(ana)
    record.do(closing.close_by_customer, ana, talk)
    assert "vote" not in [row.kind for row in record.rows(message)]
    assert not record.view(ana, talk).can_vote


def test_ana_reopens_within_seven_days_and_ruth_sees_it_is_for_her(record: Record) -> None:
    ana, ruth, sam = record.customer("Ana"), record.rep("Ruth"), record.rep("Sam")
    talk = record.held(ana, ruth)
    record.do(closing.close_by_rep, ruth, talk, "late_delivery", "carrier lost it")
    record.later(days=6)
    record.do(seen, [ruth.id, sam.id])
    assert record.do(closing.reopen, ana, talk) == talk
    assert record.view(ana, talk).state == "waiting"
    assert [item.for_you for item in record.do(rep_lists.queue_for, ruth).waiting] == [True]
    assert [item.for_you for item in record.do(rep_lists.queue_for, sam).waiting] == [False]


def test_after_seven_days_it_stays_closed(record: Record) -> None:
    ana, ruth = record.customer("Ana"), record.rep("Ruth")
    talk = record.held(ana, ruth)
    record.do(closing.close_by_rep, ruth, talk, "late_delivery", "carrier lost it")
    record.later(days=7, seconds=1)
    assert not record.view(ana, talk).can_reopen
    assert isinstance(record.refused(closing.reopen, ana, talk), NotPossibleNow)


def test_reopening_with_another_chat_open_joins_that_one(record: Record) -> None:
    ana, ruth = record.customer("Ana"), record.rep("Ruth")
    talk = record.held(ana, ruth)
    record.do(closing.close_by_rep, ruth, talk, "late_delivery", "carrier lost it")
    newer = record.opened(ana)
    assert record.do(closing.reopen, ana, talk) == newer
    assert record.view(ana, talk).state == "closed"


def test_thirty_idle_minutes_with_the_bot_close_the_conversation(record: Record) -> None:
    ana = record.customer("Ana")
    talk = record.opened(ana)
    record.says(ana, talk, "hi")
    asked = record.leased(talk)
    record.do(turns.accept, asked, answer(asked, "Hello."), 5)
    started = record.now
    record.later(minutes=29)
    assert record.do(sweeper.sweep, started) == 0
    record.later(minutes=2)
    assert record.do(sweeper.sweep, started) == 1
    assert record.view(ana, talk).state == "closed"


def test_a_silent_customer_is_asked_after_15_minutes_and_closed_10_later(record: Record) -> None:
    ana, ruth = record.customer("Ana"), record.rep("Ruth")
    talk = record.held(ana, ruth)
    record.replies(ruth, talk, "Is that the right address?")
    started = record.now
    for minutes, state in ((16, "with_rep"), (11, "closed")):
        record.later(minutes=minutes)
        record.do(seen, [ruth.id])
        record.do(sweeper.sweep, started)
        assert record.view(ana, talk).state == state
    assert any("Are you still there" in text for text in record.texts(ana, talk))


def test_a_rep_who_leaves_ana_waiting_is_reminded_by_a_note_that_ana_never_sees(record: Record) -> None:
    ana, ruth = record.customer("Ana"), record.rep("Ruth")
    talk = record.held(ana, ruth)
    record.says(ana, talk, "and now?")
    head, started = record.view(ana, talk).head, record.now
    record.later(minutes=16)
    record.do(seen, [ruth.id])
    record.do(sweeper.sweep, started)
    [note] = record.do(views.rep_view, ruth, talk).notes
    assert (note.kind, note.seq, note.text) == ("note", None, say("remind_rep"))
    assert record.view(ana, talk).head == head
    assert note.text not in record.texts(ana, talk)


def test_whoever_waits_is_told_their_place_every_five_minutes(record: Record) -> None:
    ana, ruth = record.customer("Ana"), record.rep("Ruth")
    talk = record.waiting(ana)
    started = record.now
    record.later(minutes=5, seconds=1)
    record.do(seen, [ruth.id])
    record.do(sweeper.sweep, started)
    assert "Thank you for waiting. You're next in line." in record.texts(ana, talk)[-1]
    assert record.do(sweeper.sweep, started) == 0


def test_closing_twice_is_harmless(record: Record) -> None:
    ana = record.customer("Ana")
    talk = record.waiting(ana)
    record.do(closing.close_by_customer, ana, talk)
    before = record.texts(ana, talk)
    record.do(closing.close_by_customer, ana, talk)
    assert record.texts(ana, talk) == before


def test_ruth_isnt_let_close_without_a_topic_and_cause_that_can_be_counted(record: Record) -> None:
    ana, ruth = record.customer("Ana"), record.rep("Ruth")
    talk = record.held(ana, ruth)
    for topic, cause, field in (
        ("zzz zz<b>", "Weather", "topic"),
        ("", "Weather", "topic"),
        ("late_delivery", "   ", "cause"),
        ("late_delivery", "\u200b\u2060\t", "cause"),
        ("late_delivery", " Abusive.", "cause"),
    ):
        refused = record.refused(closing.close_by_rep, ruth, talk, topic, cause)
        assert isinstance(refused, BadField)
        assert refused.field == field
    [row] = record.rows(conversation, id=talk)
    assert (row.state, row.topic, row.cause) == ("with_rep", None, None)
    record.do(closing.close_by_rep, ruth, talk, "other", " \u200bthe van\u00a0 broke  down\ufeff ")
    [row] = record.rows(conversation, id=talk)
    assert (row.topic, row.cause) == ("other", "the van broke down")
