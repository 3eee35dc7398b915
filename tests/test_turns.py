"""The bot's turns: what it is asked, and which of its answers count."""

from handoff import closing, messages, rep_queue, turns
from handoff.people import Customer
from handoff.schema import conversation, history, turn, vote
from handoff.words import say
from tests.record import Record, answer


def test_all_unanswered_words_are_asked_at_once(record: Record) -> None:
    ana = record.customer("Ana")
    talk = record.opened(ana)
    for line in ("hi", "my parcel", "is late"):
        record.says(ana, talk, line)
    asked = record.leased(talk)
    assert (asked.text, asked.payload) == ("hi\nmy parcel\nis late", None)
    assert record.do(turns.lease, talk) is None


def test_of_too_many_words_the_newest_stay_cut_at_a_message(record: Record) -> None:
    ana = record.customer("Ana")
    talk = record.opened(ana)
    for line in ("a" * 3000, "b" * 3000, "c"):
        record.says(ana, talk, line)
    assert record.leased(talk).text == "b" * 3000 + "\nc"


def test_what_ana_writes_while_the_bot_thinks_is_asked_next(record: Record) -> None:
    ana = record.customer("Ana")
    talk = record.opened(ana)
    record.says(ana, talk, "where is it")
    first = record.leased(talk)
    record.says(ana, talk, "order A-123456")
    assert record.do(turns.accept, first, answer(first, "Which order?"), 5)
    assert record.leased(talk).text == "order A-123456"


def test_the_dialogue_state_is_that_of_the_accepted_turns(record: Record) -> None:
    ana = record.customer("Ana")
    talk = record.opened(ana)
    record.says(ana, talk, "one")
    first = record.leased(talk)
    events = [
        {"event": "action", "name": "action_session_start"},
        {"event": "session_started"},
        {"event": "user", "text": "one"},
    ]
    record.do(turns.accept, first, answer(first, "ok", events=events), 5)
    record.says(ana, talk, "two")
    second = record.leased(talk)
    record.do(turns.give_up, second, "timeout", 8000)
    record.says(ana, talk, "three")
    assert record.leased(talk).state == events


def test_a_rep_claims_while_the_bot_is_thinking(record: Record) -> None:
    ana, ruth = record.customer("Ana"), record.rep("Ruth")
    talk = record.opened(ana)
    record.says(ana, talk, "where is it")
    asked = record.leased(talk)
    record.do(rep_queue.ask_for_person, ana, talk)
    record.do(rep_queue.claim, ruth, talk)
    before = record.texts(ana, talk)
    assert record.do(turns.accept, asked, answer(asked, "It is on the way."), 5) is False
    assert record.texts(ana, talk) == before
    assert [row.reason for row in record.rows(history, kind="late_answer")] == ["the turn was given up or taken over"]


def test_rasa_answers_after_its_turn_was_given_up(record: Record) -> None:
    ana = record.customer("Ana")
    talk = record.opened(ana)
    record.says(ana, talk, "where is it")
    asked = record.leased(talk)
    assert record.do(turns.give_up, asked, "timeout", 8000)
    before = record.texts(ana, talk)
    assert "Sorry" in before[-1]
    assert record.do(turns.accept, asked, answer(asked, "It is on the way."), 9000) is False
    assert record.texts(ana, talk) == before


def test_an_abandoned_lease_is_taken_again_and_only_the_second_answer_counts(record: Record) -> None:
    ana = record.customer("Ana")
    talk = record.opened(ana)
    record.says(ana, talk, "where is it")
    first = record.leased(talk)
    assert record.do(turns.unserved) == []
    record.later(seconds=11)
    assert record.do(turns.unserved) == [talk]
    second = record.leased(talk)
    assert record.do(turns.accept, first, answer(first, "late"), 5) is False
    assert record.do(turns.accept, second, answer(second, "in time"), 5) is True
    assert record.texts(ana, talk)[-1] == "in time"


def test_a_bot_that_fails_once_apologises_and_offers_a_person(record: Record) -> None:
    ana = record.customer("Ana")
    talk = record.opened(ana)
    record.says(ana, talk, "where is it")
    record.do(turns.give_up, record.leased(talk), "timeout", 8000)
    sorry = record.do(messages.messages_after, ana, talk, 2, 10).messages[-1]
    assert [button.title for button in sorry.buttons] == ["Talk to a person"]
    record.do(messages.press, ana, talk, "client-id-p", sorry.buttons[0].id)
    assert record.view(ana, talk).state == "waiting"


def test_a_bot_that_fails_twice_in_a_row_hands_over(record: Record) -> None:
    ana = record.customer("Ana")
    talk = record.opened(ana)
    for text in ("where is it", "hello?"):
        record.says(ana, talk, text)
        record.do(turns.give_up, record.leased(talk), "timeout", 8000)
    [row] = record.rows(conversation, id=talk)
    assert (row.state, row.reason) == ("waiting", "bot_down")


def test_an_answer_between_two_failures_keeps_the_bot(record: Record) -> None:
    ana = record.customer("Ana")
    talk = record.opened(ana)
    for fails in (True, False, True):
        record.says(ana, talk, "where is it")
        asked = record.leased(talk)
        record.do(turns.give_up, asked, "timeout", 1) if fails else record.do(
            turns.accept, asked, answer(asked, "ok"), 1
        )
    assert record.view(ana, talk).state == "with_bot"


def test_the_bot_hands_over_with_reason_and_topic(record: Record) -> None:
    ana = record.customer("Ana")
    talk = record.opened(ana)
    record.says(ana, talk, "asdf")
    asked = record.leased(talk)
    handoff = {"reason": "misunderstood", "topic": "late_delivery"}
    record.do(turns.accept, asked, answer(asked, "I'm sorry.", handoff=handoff), 5)
    [row] = record.rows(conversation, id=talk)
    assert (row.state, row.reason, row.topic) == ("waiting", "misunderstood", "late_delivery")


def test_a_turn_keeps_what_was_asked_and_answered(record: Record) -> None:
    ana = record.customer("Ana")
    talk = record.opened(ana)
    record.says(ana, talk, "where is it")
    asked = record.leased(talk)
    understood = {"intent": "track_package", "confidence": 0.9}
    record.do(turns.accept, asked, answer(asked, "ok", understood=understood, model="m-1"), 17)
    [row] = record.rows(turn, conversation_id=talk)
    assert (row.input, row.understood, row.model, row.latency_ms) == (
        {"text": "where is it", "payload": None},
        understood,
        "m-1",
        17,
    )


def test_what_ana_answers_to_the_bots_check_is_kept(record: Record) -> None:
    ana = record.customer("Ana")
    talk = record.opened(ana)
    for words, said in (("no it didn't", "no"), ("now it does", "yes"), ("where is it", None)):
        record.says(ana, talk, words)
        asked = record.leased(talk)
        assert record.do(turns.accept, asked, answer(asked, "I see.", check=said), 5)
    kept = {row.input["text"]: row.check_answer for row in record.rows(turn, conversation_id=talk)}
    assert kept == {"no it didn't": "no", "now it does": "yes", "where is it": None}
    assert [row.reason for row in record.rows(history, kind="checked")] == ["no", "yes"]


def test_when_ana_agrees_that_it_is_solved_the_bot_closes_and_asks_for_her_vote(record: Record) -> None:
    ana = record.customer("Ana")
    talk = record.opened(ana)
    record.says(ana, talk, "yes, thank you")
    asked = record.leased(talk)
    assert record.do(turns.accept, asked, answer(asked, "You're welcome.", topic="late_delivery", close=True), 5)
    assert record.texts(ana, talk)[-3:] == ["You're welcome.", say("closed_solved"), say("did_we_solve")]
    [row] = record.rows(conversation, id=talk)
    assert (row.state, row.topic) == ("closed", "late_delivery")
    [closed] = record.rows(history, kind="moved")
    assert (closed.reason, closed.who_kind) == ("solved", "bot")


def test_what_the_bot_closed_ana_votes_on_and_may_reopen(record: Record) -> None:
    ana = record.customer("Ana")
    talk = closed_by_bot(record, ana)
    record.do(closing.vote, ana, talk, False)
    [cast] = record.rows(vote)
    assert (cast.solved, cast.owner_kind) == (False, "bot")
    record.do(closing.reopen, ana, talk)
    assert record.view(ana, talk).state == "waiting"


def test_what_ana_writes_after_the_bot_closed_begins_the_next_conversation(record: Record) -> None:
    ana = record.customer("Ana")
    talk = closed_by_bot(record, ana)
    said = record.says(ana, talk, "one more thing")
    assert said.conversation != talk
    assert record.leased(said.conversation).text == "one more thing"


def test_the_bot_does_not_close_while_ana_has_something_to_add(record: Record) -> None:
    ana = record.customer("Ana")
    talk = record.opened(ana)
    record.says(ana, talk, "yes")
    asked = record.leased(talk)
    record.says(ana, talk, "wait, and my other order?")
    assert record.do(turns.accept, asked, answer(asked, "You're welcome.", close=True), 5)
    assert record.view(ana, talk).state == "with_bot"
    assert record.leased(talk).text == "wait, and my other order?"


def test_a_handoff_is_never_a_close(record: Record) -> None:
    ana = record.customer("Ana")
    talk = record.opened(ana)
    record.says(ana, talk, "yes")
    asked = record.leased(talk)
    record.do(turns.accept, asked, answer(asked, handoff={"reason": "asked"}, close=True), 5)
    assert record.view(ana, talk).state == "waiting"


def closed_by_bot(record: Record, who: Customer) -> str:
    """A conversation that the bot has closed as solved."""
    talk = record.opened(who)
    record.says(who, talk, "yes, thank you")
    asked = record.leased(talk)
    record.do(turns.accept, asked, answer(asked, "You're welcome.", close=True), 5)
    assert record.view(who, talk).state == "closed"
    return talk
