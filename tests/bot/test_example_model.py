"""The intent classifier: believes what is like its examples, says why, and is the same each time."""

import numpy as np
import pytest

from bot.choose_threshold import examples
from bot.example_model import ExampleModel, Understanding

NONSENSE = ["qwpoeiruty zxmcnvb", "%%%%%", "the mitochondria of a maple fjord", "0000 1111 0101"]


@pytest.fixture(scope="module")
def known():
    return examples("data/nlu")


@pytest.fixture(scope="module")
def vectors(known, encoder):
    return encoder.views(list(known[0]))


@pytest.fixture(scope="module")
def trained(known, vectors):
    texts, labels = known
    return ExampleModel.fit(list(texts), list(labels), vectors)


def understand(model, encoder, *texts):
    return model.understand(list(texts), encoder.views(list(texts)))


def test_ana_is_understood_in_words_that_no_example_uses(trained, encoder):
    asked = {
        "Any idea where my box might be at the moment?": "track_package",
        "You told me Monday. It is Thursday now and there is no parcel.": "late_delivery",
        "Would you let me chat to one of your people": "talk_to_human",
        "Kindly call off what I bought": "cancel_order",
        "I cannot remember the password of my account": "account_password",
    }
    assert [u.ranking[0][0] for u in understand(trained, encoder, *asked)] == list(asked.values())


def test_the_nearest_examples_are_real_ones_with_their_own_intent(trained, encoder, known):
    pairs = set(zip(*map(list, known), strict=True))
    (understood,) = understand(trained, encoder, "has my parcel left yet")
    assert len(understood.nearest) >= 3
    assert all((near["text"], near["intent"]) in pairs for near in understood.nearest)
    assert [n["similarity"] for n in understood.nearest] == sorted(n["similarity"] for n in understood.nearest)[::-1]


def test_an_example_itself_is_its_own_nearest_one(trained, encoder):
    (understood,) = understand(trained, encoder, "where's my refund")
    assert understood.nearest[0]["text"] == "where's my refund"
    assert understood.nearest[0]["similarity"] == pytest.approx(1.0, abs=1e-3)


def test_nonsense_gets_a_lower_confidence_than_anything_known(trained, encoder):
    nonsense = [u.ranking[0][1] for u in understand(trained, encoder, *NONSENSE)]
    clear = [u.ranking[0][1] for u in understand(trained, encoder, "Where is my parcel?", "Can I talk to a human?")]
    assert max(nonsense) < 0.35 < min(clear)


def test_confidence_is_between_nothing_and_certainty_and_ranked(trained, encoder):
    for understood in understand(trained, encoder, "hello", "where is it", *NONSENSE):
        confidences = [confidence for _, confidence in understood.ranking]
        assert 0.0 <= confidences[-1] <= confidences[0] <= 1.0
        assert confidences == sorted(confidences, reverse=True)


def test_an_intent_leads_little_where_another_is_nearly_as_likely():
    alone = Understanding([("greet", 0.5), ("thanks", 0.1)], [])
    contested = Understanding([("greet", 0.6), ("thanks", 0.55)], [])
    assert alone.lead > contested.lead > 0
    assert Understanding([("greet", 0.5)], []).lead == 0.5


def test_the_same_examples_give_the_same_model(trained, known, vectors):
    texts, labels = known
    again = ExampleModel.fit(list(texts), list(labels), vectors)
    assert (again.vector_weights == trained.vector_weights).all()


def test_a_stored_model_understands_as_before(trained, encoder, tmp_path):
    trained.save(tmp_path)
    loaded = ExampleModel.load(tmp_path)
    for before, after in zip(*(understand(m, encoder, "is it late?", "bye") for m in (trained, loaded)), strict=True):
        assert [name for name, _ in before.ranking] == [name for name, _ in after.ranking]
        assert [c for _, c in before.ranking] == pytest.approx([c for _, c in after.ranking], abs=1e-6)
        assert before.nearest == after.nearest


def test_nothing_in_a_stored_model_can_run(trained, tmp_path):
    trained.save(tmp_path)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["arrays.npz", "words.json"]
    with np.load(tmp_path / "arrays.npz", allow_pickle=False) as arrays:
        assert all(arrays[name].dtype != object for name in arrays)


def test_two_intents_are_enough(encoder):
    texts = ["yes", "yes please", "no", "no thanks"]
    model = ExampleModel.fit(texts, ["affirm", "affirm", "deny", "deny"], encoder.views(texts))
    assert understand(model, encoder, "yes, please do")[0].ranking[0][0] == "affirm"
    assert understand(model, encoder, "no, thank you")[0].ranking[0][0] == "deny"
