"""The tone of a message: who is upset, what isn't meant as it's said, and the words that led to it."""

import math
from pathlib import Path

import numpy as np
import pytest
import rasa.shared.data
from rasa.shared.core.training_data.story_reader.yaml_story_reader import YAMLStoryReader
from rasa.shared.nlu.training_data.message import Message

from bot import tone_examples
from bot.guard import PRESSED
from bot.sentence_encoder import VECTOR
from bot.tone import TONE, Tone
from bot.tone_cues import READ
from bot.tone_model import MOST_WORDS, ODDS, ToneModel

UPSET = [
    "I rang four times about my kettle and every time you cut me off, this is disgraceful",
    "WHY IS MY BIRTHDAY CARD STILL IN A DEPOT???",
    "you lot couldn't deliver water to a fish, total idiots",
    "I feel cheated. Nobody has apologised for the ruined carpet",
    "stop sending me letters and give my deposit back!!",
]
CALM = [
    "Could you tell me whether the blue kettle comes with a filter?",
    "my birthday card is still at the depot, when will it come",
    "how do I send you a photo of the carpet",
    "Thanks, the kettle works again",
    "the second lamp wasn't in the box",
    "yes, please do",
]
NOT_MEANT_AND_MEANT = [
    (
        "Thanks for dropping my lamp from the van, it looks so modern in eleven bits",
        "Thanks for sending a new lamp so quickly, it looks so modern in our hall",
    ),
    ("Oh wonderful, another week without a washing machine 🙄", "The washing machine needs another week to get here"),
    ("Love how you close the help line whenever I need help", "Love how quickly the help line answered when I called"),
    ("great job sending Ana's shoes to Peru, twice", "great job finding Ana's shoes, she's so happy"),
    ("so kind of you to charge me for a broken kettle", "I was charged for a kettle that is broken"),
]
STRANGE = [
    "🙂🙂🙂",
    "??",
    "Где моя посылка?",
    "我的包裹在哪里",
    "x" * 16_000,
    "so late!! 😡 " * 1_300,
    "\\/greet",
    "#" * 900,
]


@pytest.fixture(scope="module")
def examples():
    return tone_examples.lines()


@pytest.fixture(scope="module")
def model(examples):
    texts, tones = examples
    return ToneModel.fit(texts, tones, tone_examples.vectors_of(texts), Tone.get_default_config()["strictness"])


@pytest.fixture(scope="module")
def hear(model, encoder):
    component = Tone({}, None, None, model)

    def tone_of(text, metadata=None):
        message = Message({"text": text, "metadata": metadata, VECTOR: encoder.encode([text])[0]})
        component.process([message])
        return message.as_dict(only_output_properties=True)[TONE]

    return tone_of


def words_for(tone, name):
    return [word["word"] for word in tone["words"] if word["for"] == name]


def test_what_is_tried_here_was_never_learnt(examples):
    tried = {*UPSET, *CALM, *(line for pair in NOT_MEANT_AND_MEANT for line in pair)}
    assert tried.isdisjoint(examples[0])


@pytest.mark.parametrize("text", UPSET)
def test_ana_is_heard_to_be_upset(hear, text):
    assert hear(text)["upset"] >= 0.5


@pytest.mark.parametrize("text", CALM)
def test_ana_with_a_question_a_problem_or_thanks_is_calm(hear, text):
    tone = hear(text)
    assert tone["upset"] < 0.5
    assert tone["unliteral"] < 0.5


@pytest.mark.parametrize(("not_meant", "meant"), NOT_MEANT_AND_MEANT)
def test_what_ana_does_not_mean_stands_out_from_the_same_words_meant(hear, not_meant, meant):
    assert hear(not_meant)["unliteral"] > hear(meant)["unliteral"] + 0.1
    assert hear(meant)["unliteral"] < 0.5


def test_praise_without_any_cause_is_less_certain_than_thanks_with_one(hear):
    assert hear("I love Amazon. They're the best.")["unliteral"] > hear("Thanks, that solved it")["unliteral"] + 0.1


def test_a_rep_is_told_the_words_that_led_to_it(hear):
    tone = hear("Thanks for losing my lamp, you useless clowns!!")
    assert {"useless", "clowns"} <= set(words_for(tone, "upset"))
    tone = hear("oh great, thanks for losing my lamp 🙄")
    assert words_for(tone, "unliteral")


@pytest.mark.parametrize("text", [UPSET[0], UPSET[2], NOT_MEANT_AND_MEANT[0][0], NOT_MEANT_AND_MEANT[1][0]])
def test_the_words_are_the_customers_own_and_few(hear, text):
    tone = hear(text)
    assert tone["words"]
    assert all(word["word"] in text.lower() for word in tone["words"])
    assert all(len(words_for(tone, name)) <= MOST_WORDS for name in ODDS)


def test_without_the_words_that_led_to_it_the_line_sounds_calmer(hear):
    text = "you useless clowns, where is my lamp"
    assert "useless" in words_for(hear(text), "upset")
    assert hear(text.replace("useless ", ""))["upset"] < hear(text)["upset"]


def test_an_even_tone_needs_no_words(hear):
    assert hear("where is my lamp")["words"] == []


@pytest.mark.parametrize("text", ["", "  ", *STRANGE], ids=range(len(STRANGE) + 2))
def test_any_text_gets_two_finite_numbers(hear, text):
    tone = hear(text)
    assert all(math.isfinite(tone[name]) and 0 <= tone[name] <= 1 for name in ODDS)
    assert all(0 < len(word["word"]) <= 40 for word in tone["words"])


def test_of_a_long_text_the_beginning_is_heard(model):
    vector, caution = np.zeros(384, np.float32), dict.fromkeys(ODDS, 0.0)
    beginning = "you thieves " + "and so on " * 99
    assert len(beginning) >= READ
    ravings = beginning[:READ] + " useless idiots!!" * 900
    assert model.listen(ravings, vector, caution) == model.listen(beginning[:READ], vector, caution)


def test_a_pressed_button_is_calm(hear):
    shouted = "/complaint USELESS IDIOTS!!!"
    assert hear(shouted)["upset"] > 0
    assert hear(shouted, {PRESSED: True}) == {"upset": 0.0, "unliteral": 0.0, "words": []}


def test_a_stored_tone_hears_as_before_and_nothing_in_it_can_run(model, encoder, tmp_path):
    model.save(tmp_path)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["arrays.npz", "words.json"]
    loaded, caution = ToneModel.load(tmp_path), dict.fromkeys(ODDS, 0.0)
    for text in UPSET + CALM:
        vector = encoder.encode([text])[0]
        assert loaded.listen(text, vector, caution) == model.listen(text, vector, caution)


def test_wens_new_line_makes_rasa_learn_anew(tmp_path):
    (tmp_path / "calm.txt").write_text("is it open on Sunday\n")
    before = Tone.fingerprint_addon({"folder": str(tmp_path)})
    (tmp_path / "calm.txt").write_text("is it open on Sunday\nis it open today\n")
    assert Tone.fingerprint_addon({"folder": str(tmp_path)}) != before


def test_vectors_are_made_once_and_only_the_last_ones_kept(tmp_path):
    made = []

    def make():
        made.append(1)
        return np.ones(3, np.float32)

    for name in ("tone-1.npy", "tone-1.npy", "tone-2.npy"):
        assert tone_examples.kept(tmp_path / name, make).tolist() == [1, 1, 1]
    assert len(made) == 2
    assert [path.name for path in tmp_path.iterdir()] == ["tone-2.npy"]


def test_each_tone_has_lines_enough_and_no_line_has_two(examples):
    texts, tones = examples
    assert set(tones) == {tone for sides in ODDS.values() for side in sides for tone in side}
    assert min(tones.count(tone) for tone in set(tones)) >= 100
    assert [text for text in texts if texts.count(text) > 1] == []


def test_rasa_takes_no_file_of_tones_for_its_own():
    folder = [str(tone_examples.FOLDER)]
    assert list(Path(folder[0]).iterdir())
    for is_rasas in (rasa.shared.data.is_nlu_file, YAMLStoryReader.is_stories_file):
        assert not rasa.shared.data.get_data_files(folder, is_rasas)
