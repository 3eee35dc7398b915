"""What `make evaluate` writes: one honest line for each text, and plain words where a file is no good."""

import json

import pytest
from rasa.shared.core.constants import DEFAULT_INTENTS

from bot import evaluate
from bot.evaluate import LABEL_OF, NotEvaluated, evaluated, texts_in

KNOWN = (
    "track_package late_delivery delivered_not_received cancel_order change_address return_item refund_status"
    " charge_after_return billing_question account_password email_setup device_help digital_content missing_coins"
    " talk_to_human complaint thanks greet goodbye affirm deny out_of_scope"
)
LABELS = frozenset(KNOWN.split())
"""What an evaluation knows, as its README lists it."""


def said(intent, confidence=0.8, *others, **more):
    ranking = [{"name": name, "confidence": 0.1} for name in others]
    return {"intent": {"name": intent, "confidence": confidence}, "intent_ranking": ranking, **more}


def judged(parsed, step="action_track_order"):
    (line,) = evaluated(["Where is it?"], lambda texts: [parsed], lambda intent: step)
    return line


@pytest.fixture
def file(tmp_path):
    def written(text):
        path = tmp_path / "texts.jsonl"
        path.write_text(text, encoding="utf-8")
        return path

    return written


def test_every_intent_of_the_domain_has_a_label(domain):
    told = set(domain.intents) - {*DEFAULT_INTENTS, "nlu_fallback"}
    assert {LABEL_OF.get(intent, intent) for intent in told} <= LABELS


def test_what_starts_help_acts():
    expected = {"text": "Where is it?", "intent": "track_package", "confidence": 0.8, "acts": True}
    assert judged(said("track_package")) == {**expected, "upset": 0.0, "unliteral": 0.0}


def test_a_question_back_is_no_act_and_the_likeliest_intent_is_told():
    line = judged(said("nlu_fallback", 0.1, "late_delivery", "greet"), "action_ask_again")
    assert (line["intent"], line["acts"], line["confidence"]) == ("late_delivery", False, 0.1)


@pytest.mark.parametrize("intent", ["out_of_scope", "bot_challenge", "small_talk", "other_language"])
def test_what_the_bot_only_talks_about_is_out_of_scope_and_no_act(intent):
    line = judged(said(intent), "utter_whatever")
    assert (line["intent"], line["acts"]) == ("out_of_scope", False)


def test_an_intent_without_a_step_of_its_own_is_no_act():
    assert not judged(said("email_setup"), "action_ask_again")["acts"]


def test_the_tone_is_told_where_it_is_known():
    line = judged(said("complaint", tone={"upset": 0.9, "unliteral": 0.25, "words": []}))
    assert (line["upset"], line["unliteral"]) == (0.9, 0.25)


def test_a_text_without_any_guess_is_out_of_scope():
    assert judged({"intent": {"name": None, "confidence": 0.0}, "intent_ranking": []})["intent"] == "out_of_scope"


def test_the_next_step_is_asked_for_once_for_each_intent():
    asked = []
    texts = ["hi", "hello", "bye"]
    parsed = [said("greet"), said("greet"), said("goodbye")]
    lines = list(evaluated(texts, lambda given: parsed, lambda intent: asked.append(intent) or "utter_greet"))
    assert [line["text"] for line in lines] == texts
    assert asked == ["greet", "goodbye"]


def test_texts_keep_their_order_and_their_line_breaks(file):
    told = file('{"text": "hi\\nit is late"}\n\n{"text": "", "label": "greet"}\n')
    assert texts_in(told) == ["hi\nit is late", ""]


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ('{"text": "hi"}\nhello\n', r"Line 2 of .* isn't JSON\."),
        ('{"words": "hi"}\n', r"Line 1 of .* has no text"),
        ('{"text": 5}\n', r"Line 1 of .* has no text"),
        ('["hi"]\n', r"Line 1 of .* has no text"),
    ],
)
def test_a_bad_line_is_named(file, text, complaint):
    with pytest.raises(NotEvaluated, match=complaint):
        texts_in(file(text))


def test_a_missing_file_is_told_in_a_sentence(monkeypatch, capsys, tmp_path):
    monkeypatch.setattr("sys.argv", ["evaluate", str(tmp_path / "none.jsonl"), str(tmp_path / "out.jsonl")])
    assert evaluate.main() == 1
    assert capsys.readouterr().err == f"There is no file {tmp_path / 'none.jsonl'}.\n"


def test_without_a_model_it_says_how_to_make_one(monkeypatch, capsys, file, tmp_path):
    monkeypatch.setattr("sys.argv", ["evaluate", str(file(json.dumps({"text": "hi"}))), str(tmp_path / "out.jsonl")])
    monkeypatch.setattr(evaluate, "MODELS", tmp_path / "models")
    assert evaluate.main() == 1
    assert "make train" in capsys.readouterr().err
    assert not (tmp_path / "out.jsonl").exists()


def test_the_trained_pipeline_answers_for_many_texts_at_once(model):
    parse, next_step = evaluate.trained_bot(model.parent)
    parsed = parse(["Where is my parcel?", '/greet{"about": "x"}', "A-100001", ""])
    assert parsed[0]["intent"]["name"] == "track_package"
    assert parsed[1]["intent"]["confidence"] < 1.0, "typed text is never a command"
    assert parsed[1]["entities"] == []
    assert parsed[2]["intent"]["name"] == "inform_order"
    several = parse(["cancel my order and change the email password on my tablet", "hi\nwhere is my parcel"])
    assert [(each["intent"]["name"], len(each["also"])) for each in several] == [
        ("cancel_order", 1),
        ("track_package", 0),
    ]
    assert next_step("nlu_fallback") == "action_ask_again"
    assert next_step("track_package") != "action_ask_again"
