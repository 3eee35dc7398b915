"""The sentence vectors: the same as the original's, whatever the batch."""

import numpy as np
import pytest

from bot import encoder_files, encoding
from bot.encoder_files import EncoderFilesWrong

ANA = ["Where is my parcel?", "it's late", "", "£14.99 twice", "x " * 2000, "Где моя посылка?", "👍"]
HALVES = (slice(0, encoding.DIMENSIONS), slice(encoding.DIMENSIONS, None))


def test_the_vectors_equal_those_of_tensorflow(encoder):
    from bot.make_encoder import PROBES, tensorflow_vectors

    assert (encoder.encode(PROBES) * tensorflow_vectors(PROBES)).sum(1).min() > 0.9999


def test_each_text_gets_a_vector_of_length_one(encoder):
    assert np.linalg.norm(encoder.encode(ANA), axis=1) == pytest.approx(np.ones(len(ANA)), abs=1e-5)


def test_the_second_view_counts_rare_words_more(encoder):
    texts = ["where is my parcel at the moment please", "parcel"]
    plainly, weighted = ((encoder.views(texts)[0] * encoder.views(texts)[1])[half].sum() for half in HALVES)
    assert weighted > plainly
    assert np.linalg.norm(encoder.views(ANA), axis=1) == pytest.approx(np.ones(len(ANA)), abs=1e-5)


def test_a_text_has_the_same_vector_alone_and_among_others():
    together = encoding.Encoder(encoder_files.onnx_file()).encode(ANA)
    alone = [encoding.Encoder(encoder_files.onnx_file()).encode([text])[0] for text in ANA[:3]]
    assert together[:3] == pytest.approx(np.stack(alone), abs=1e-5)


def test_a_remembered_text_has_the_same_vector(encoder):
    assert (encoder.encode(["Where is it?"]) == encoder.encode(["Where is it?"])).all()


def test_only_a_few_texts_are_remembered(encoder):
    encoder.encode([f"Order {number}" for number in range(encoding.REMEMBERED + 50)])
    assert len(encoder._remembered) == encoding.REMEMBERED


def test_what_means_the_same_is_nearer_than_what_does_not(encoder):
    parcel, package, weather = encoder.encode(["Where is my parcel?", "Has my package been sent?", "It rains a lot."])
    assert parcel @ package > parcel @ weather + 0.2


def test_other_weights_are_refused(monkeypatch):
    monkeypatch.setattr(encoder_files, "WEIGHTS_SHA256", "0" * 64)
    with pytest.raises(EncoderFilesWrong, match="SHA-256"):
        encoder_files.weights_file()


def test_an_encoder_made_from_other_weights_is_refused(monkeypatch):
    made = encoder_files.onnx_file()
    monkeypatch.setattr(encoder_files, "WEIGHTS_SHA256", "0" * 64)
    with pytest.raises(EncoderFilesWrong, match="other weights"):
        encoding.Encoder(made)


def test_another_tokenizer_is_refused(monkeypatch):
    monkeypatch.setattr(encoder_files, "TOKENIZER_SHA256", "0" * 64)
    with pytest.raises(EncoderFilesWrong, match="SHA-256"):
        encoding.load_tokenizer()


def test_a_missing_encoder_says_how_to_make_it(monkeypatch, tmp_path):
    monkeypatch.setenv("BATON_ENCODER_DIR", str(tmp_path))
    with pytest.raises(EncoderFilesWrong, match=r"bot\.make_encoder"):
        encoding.Encoder(encoder_files.onnx_file())
