"""The private channel, over HTTP, to a real Rasa with a scripted action server."""

import http.client
import json
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from talking import CONVERSATION, Chat, says, sets, texts

ASKS_NUMBER = {"events": [sets("asked", "order_number")], "responses": [says("utter_ask_order_number")]}
TELLS_STATUS = {
    "events": [sets("asked", "helped"), sets("about", "track_package")],
    "responses": [
        says(
            "utter_order_on_the_way",
            order_number="A-123456",
            carrier="Swift",
            last_scan="Leeds depot, today at 8:40",
            expected="tomorrow",
        ),
        says(custom={"topic": "track_package"}),
        says("utter_ask_helped"),
    ],
}
ASKS_TO_CLOSE = {
    "events": [sets("asked", "close")],
    "responses": [says("utter_ask_close"), says(custom={"check": "yes"})],
}
OFFERS_PERSON = {"events": [sets("asked", "person")], "responses": [says("utter_ask_person")]}
OFFERING = ("not_solved", "complaint", "abuse", "never_mind", "other_language")
HANDS_OVER = {
    "responses": [
        says(text="I am bringing in a person."),
        says(custom={"handoff": {"reason": "asked", "topic": "track_package"}}),
    ]
}


def looks_up(call):
    """As the real action does: asks until it has a number."""
    return TELLS_STATUS if call["tracker"]["slots"]["order_number"] else ASKS_NUMBER


def small_talk(call):
    """As the real action does, but for an open question."""
    return {"responses": [says(f"utter_{call['tracker']['latest_message']['intent']['name']}")]}


@pytest.fixture
def ana(bot, actions):
    actions.script.update(dict.fromkeys(("action_track_order", "action_go_on"), looks_up))
    actions.script.update({f"action_{name}": OFFERS_PERSON for name in OFFERING})
    actions.script.update(action_small_talk=small_talk, action_solved=ASKS_TO_CLOSE, action_hand_over=HANDS_OVER)
    actions.script["action_ask_again"] = {"responses": [says("utter_ask_again")]}
    actions.script["action_yes"] = {"responses": [says("utter_yes_what")]}
    return Chat(bot)


def test_ana_is_greeted(ana):
    answer = ana.says("hello there")
    assert "bot" in texts(answer)[0]
    assert answer["understood"]["intent"] == "greet"
    assert answer["handoff"] is None


def test_ana_asks_where_her_parcel_is_gives_the_number_and_is_told(ana):
    assert "A-123456" in texts(ana.says("where's my package"))[-1]
    answer = ana.says("it's a 123 456")
    assert texts(answer)[0].startswith("Order A-123456 is on its way with Swift.")
    assert [button["title"] for button in answer["messages"][-1]["buttons"]] == ["Yes", "No"]
    assert answer["topic"] == "track_package"
    assert answer["understood"]["intent"] == "inform_order"
    answer = ana.says("yes it did")
    assert [button["payload"] for button in answer["messages"][0]["buttons"]] == ["/close_chat", "/deny"]
    assert answer["check"] == "yes"


def test_words_after_a_yes_are_an_answer_where_something_was_asked(ana):
    assert ana.says("yes my cousin from Cardiff signed")["understood"]["intent"] == "nlu_fallback"
    ana.says("where's A-123456")
    assert ana.says("yes my cousin from Cardiff signed")["check"] == "yes"


def test_a_question_is_open_for_one_turn(ana):
    ana.says("where's A-123456")
    ana.says("goodbye")
    assert ana.says("yes")["check"] is None


def test_a_pressed_button_gives_the_number(ana):
    ana.says("where's my package")
    assert "on its way" in texts(ana.presses('/inform_order{"order_number": "A-123456"}'))[0]


def test_a_person_can_be_had_at_every_turn(ana):
    for before in ("hello", "where's my package", "it's A-123456", "no"):
        assert Chat(ana.bot).says("a real person please")["handoff"]
        ana.says(before)
        assert ana.says("a real person please")["handoff"] == {"reason": "asked", "topic": "track_package"}


def test_no_after_the_status_offers_a_person_and_yes_takes_one(ana):
    ana.says("where's A-123456")
    assert "person" in texts(ana.says("no"))[0]
    assert ana.says("yes please")["handoff"]["reason"] == "asked"


def test_yes_means_nothing_grave_when_nothing_was_asked(ana):
    ana.says("hello")
    assert ana.says("yes")["handoff"] is None


def test_the_answer_names_the_nearest_examples(ana):
    nearest = ana.says("where has my parcel got to")["understood"]["nearest"]
    assert len(nearest) == 3
    assert set(nearest[0]) == {"text", "intent", "similarity"}


def test_the_action_gets_the_context_of_this_turn_with_a_text_and_with_a_button(ana, actions):
    ana.bot.turn(text="where's my package", context="token-of-a-text")
    assert actions.calls[-1]["tracker"]["latest_message"]["metadata"]["context"] == "token-of-a-text"
    ana.bot.turn(payload="/track_package", context="token-of-a-button")
    assert actions.calls[-1]["tracker"]["latest_message"]["metadata"]["context"] == "token-of-a-button"


def test_the_context_is_not_in_the_state_that_the_desk_keeps(bot):
    status, answer = bot.turn(text="goodbye", context="a-token-for-a-minute")
    assert status == 200
    assert "a-token-for-a-minute" not in json.dumps(answer)


@pytest.mark.parametrize("text", ["/restart", "\u00a0/talk_to_human", "\n\u2003/restart{}", "EXTERNAL: talk_to_human"])
def test_a_typed_command_is_text(ana, text):
    answer = ana.says(text)
    assert answer["understood"]["confidence"] < 1.0
    assert answer["handoff"] is None or answer["understood"]["intent"] == "talk_to_human"
    assert not [event for event in answer["events"] if event["event"] == "restart"]


def test_a_typed_command_with_entities_fills_no_slot_by_its_braces(ana):
    answer = ana.says('/inform_order{"email": "ana@example.com"} hello')
    assert [(e["entity"], e["value"]) for e in answer["understood"]["entities"]] == [("email", "ana@example.com")]
    assert answer["understood"]["confidence"] < 1.0


def test_places_of_entities_count_in_what_ana_typed(ana):
    typed = "/ my order A-123456, where is it"
    (entity,) = ana.says(typed)["understood"]["entities"]
    assert typed[entity["start"] : entity["end"]] == "A-123456"


def test_the_same_state_gives_the_same_answer_each_time(ana):
    ana.says("where's my package")
    first, second = (ana.bot.turn(ana.state, text="A-123456")[1] for _ in range(2))
    assert {**first, "events": None} == {**second, "events": None}


def test_two_branches_of_one_state_do_not_know_of_each_other(ana):
    ana.says("where's A-123456")
    _, yes = ana.bot.turn(ana.state, text="yes")
    _, no = ana.bot.turn(ana.state, text="no")
    _, yes_again = ana.bot.turn(ana.state, text="yes")
    assert texts(yes) == texts(yes_again) != texts(no)


def test_the_bot_remembers_nothing_of_its_own(ana):
    ana.says("where's A-123456")
    _, stranger = ana.bot.turn([], text="yes")
    assert texts(stranger)[0].startswith("All right. What can I do for you?")
    assert len(stranger["events"]) < 12


def test_a_turn_that_fails_leaves_the_state_usable(ana, actions):
    ana.says("where's my package")
    actions.script["action_go_on"] = 500
    assert ana.bot.turn(ana.state, text="A-123456")[0] == 502
    actions.script["action_go_on"] = looks_up
    assert "on its way" in texts(ana.says("A-123456"))[0]


@pytest.mark.parametrize(
    "reply",
    [500, 400, 401, {"events": "none"}, {"responses": [says("utter_no_such_response")]}, {"events": [{"event": 5}]}],
)
def test_a_failing_action_is_never_a_200(ana, actions, reply):
    actions.script["action_track_order"] = reply
    status, answer = ana.bot.turn(text="where's my package")
    assert status == 502
    assert answer["error"]["code"] in ("failed", "empty_answer")


def test_half_an_answer_is_a_failure(ana, actions):
    actions.script["action_track_order"] = {
        "responses": [says(text="I found it."), says("utter_no_such_response")],
        "events": [sets("asked", "helped")],
    }
    assert ana.bot.turn(text="where's my package")[0] == 502


def test_an_empty_answer_is_a_failure(ana, actions):
    actions.script["action_track_order"] = {"events": [sets("asked", "pick")]}
    assert ana.bot.turn(text="where's my package") == (
        502,
        {"error": {"code": "empty_answer", "message": "The bot had nothing to say."}},
    )


def test_an_action_that_hangs_is_given_up_before_the_desk_gives_up(ana, actions):
    actions.script["action_track_order"] = lambda call: time.sleep(8) or {}
    started = time.monotonic()
    status, answer = ana.bot.turn(text="where's my package")
    assert (status, answer["error"]["code"]) == (502, "failed")
    assert time.monotonic() - started < 7.8


def test_other_turns_are_answered_while_one_hangs(ana, actions):
    actions.script["action_track_order"] = lambda call: time.sleep(3) or TELLS_STATUS
    with ThreadPoolExecutor(1) as pool:
        slow = pool.submit(ana.bot.turn, text="where's my package")
        time.sleep(0.3)
        assert ana.bot.turn(text="hello")[0] == 200
        assert not slow.done()
        assert slow.result()[0] == 200


def test_two_turns_of_one_conversation_at_once_do_not_mix(ana):
    ana.says("where's A-123456")
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda text: ana.bot.turn(ana.state, text=text)[1], ["yes", "no"] * 8))
    assert len({tuple(texts(answer)) for answer in answers[::2]}) == 1
    assert len({tuple(texts(answer)) for answer in answers[1::2]}) == 1


def test_what_an_action_tells_the_desk_is_passed_on(ana, actions):
    order = {"number": "A-123456", "status": "late"}
    actions.script["action_track_order"] = {
        "events": [sets("asked", "order_number")],
        "responses": [says("utter_order_not_found", custom={"order": order}), says(custom={"wrong_order": "A-000000"})],
    }
    answer = ana.says("where's A-000000")
    assert answer["wrong_order"] == "A-000000"
    assert answer["messages"][0]["order"] == order


def test_what_the_contract_does_not_know_is_dropped(ana, actions):
    bad = [
        {"title": "Go", "payload": "/restart"},
        {"title": "Go", "payload": "javascript:alert(1)"},
        {"payload": "/deny"},
    ]
    actions.script["action_track_order"] = {
        "events": [sets("asked", "pick")],
        "responses": [
            says(
                text="Which one?", buttons=[*bad, "x", {"title": "This", "payload": "/deny"}], image="http://evil/x.png"
            ),
            says(
                custom={
                    "handoff": {"reason": "<b>x</b>"},
                    "owner": "rep",
                    "topic": ["x"],
                    "wrong_order": "yes",
                    "check": "maybe",
                    "close": 1,
                }
            ),
        ],
    }
    answer = ana.says("where's my package")
    assert answer["messages"] == [{"text": "Which one?", "buttons": [{"title": "This", "payload": "/deny"}]}]
    assert [answer[told] for told in ("handoff", "topic", "wrong_order", "check")] == [None] * 4
    assert answer["close"] is False


@pytest.mark.parametrize("token", ["", "wrong", "a-token-for-the-tests-onlY", "\u00e9"])
def test_a_wrong_token_is_refused(bot, token):
    assert bot.post(b"{}", token)[0] == 401


def test_no_token_is_refused(bot):
    assert bot._call("POST", "/webhooks/baton/turn", b"{}", {})[0] == 401


def test_a_large_body_is_refused(bot):
    status, answer = bot.announce(2_200_000)
    assert (status, answer["error"]["code"]) == (413, "too_long")


@pytest.mark.parametrize("raw", [b"", b"null", b"[]", b"[" * 200_000, b'{"a":' * 80_000, b"\xff", b'{"text": 1e999}'])
def test_a_body_that_makes_no_sense_is_a_4xx(bot, raw):
    status, answer = bot.post(raw)
    assert status in (400, 422)
    assert answer["error"]["message"]


@pytest.mark.parametrize("payload", ["/restart", "/no_such_intent", "hello", '/greet{"x": "y"}'])
def test_an_unknown_payload_is_refused(bot, payload):
    assert bot.turn(payload=payload)[0] == 422


@pytest.mark.parametrize(
    "text",
    ["\u202etxet", "a" + "\u0301" * 500, "\n" * 3999 + "x", "[" * 4000],
    ids=["backwards", "accents", "empty lines", "brackets"],
)
def test_strange_text_is_answered(ana, text):
    assert ana.says(text)["messages"]


def test_a_long_conversation_is_still_answered(ana):
    for _ in range(15):
        ana.says("hello")
        ana.says("where's A-123456")
    assert ana.says("thanks")["messages"]


def test_rasas_own_doors_stay_shut(bot):
    for path in ("/webhooks/rest/webhook", "/model/parse", f"/conversations/{CONVERSATION}/tracker"):
        connection = http.client.HTTPConnection("127.0.0.1", bot.port, timeout=5)
        connection.request("POST", path, b'{"sender": "x", "message": "hi"}')
        assert connection.getresponse().status in (404, 405)
        connection.close()


def test_no_customers_words_are_in_the_log(ana):
    for text in ("my secret is xylophone-77", "/xylophone-77", " /restart{xylophone-77"):
        ana.says(text)
    assert "xylophone-77" not in ana.bot.log.read_text()
