"""Sentence vectors by all-MiniLM-L6-v2 in ONNX Runtime, of unit length."""

import os
from collections import OrderedDict
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from pathlib import Path

import numpy as np
import onnxruntime
from tokenizers import Tokenizer

from bot import encoder_files
from bot.encoder_files import EncoderFilesWrong

DIMENSIONS = 384
BATCH = 64
SHORT = 20
"""Characters; shorter texts may all be in one batch."""
REMEMBERED = 256
SOURCE_KEY = "baton_weights_sha256"
FIRST_WORD = 1996
"""From this id on the tokenizer's words are sorted by how common they are: 1996 is "the"."""
LEAST, FULL = 0.3, 8.0
"""The weight of the commonest words, and the logarithm of the rank from which on a word counts fully."""


class Encoder:
    """Turns texts into vectors; remembers the last few texts. One thread for a batch, the same result each time."""

    def __init__(self, onnx_path: Path) -> None:
        self._session = _session(onnx_path, encoder_files.WEIGHTS_SHA256)
        self._tokenizer = load_tokenizer()
        self._weights = token_weights(self._tokenizer)
        self._remembered: OrderedDict[str, np.ndarray] = OrderedDict()

    def encode(self, texts: list[str]) -> np.ndarray:
        """Unit vectors of shape (len(texts), 384), float32; a text without any word gets a vector all the same."""
        return plain(self.views(texts))

    def views(self, texts: list[str]) -> np.ndarray:
        """Unit vectors of shape (len(texts), 768), float32: the mean of all words, and one where rare words count more.

        The dot product of two is the mean of both likenesses.
        """
        missing = sorted({text for text in texts if text not in self._remembered}, key=len)
        fresh = dict(zip(missing, self._vectors(missing), strict=True))
        result = np.stack([fresh[text] if text in fresh else self._remembered[text] for text in texts])
        self._remember(fresh)
        return result

    def _vectors(self, texts: list[str]) -> np.ndarray:
        """Batches of like length, since padding costs as much as words do; several take all cores."""
        batches = batches_of(texts)
        if len(batches) < 2:
            return self._batch(texts) if texts else np.empty((0, 2 * DIMENSIONS), np.float32)
        with ThreadPoolExecutor(os.cpu_count()) as pool:
            return np.concatenate(list(pool.map(self._batch, batches)))

    def _batch(self, texts: list[str]) -> np.ndarray:
        inputs = token_inputs(self._tokenizer, texts)
        hidden, mask = self._session.run(None, inputs)[0], inputs["attention_mask"]
        even = mean_pooled(hidden, mask)
        weighted = mean_pooled(hidden, mask * self._weights[inputs["input_ids"]] + 1e-6 * mask)
        return np.concatenate([even, weighted], 1) / np.float32(np.sqrt(2))

    def _remember(self, fresh: dict[str, np.ndarray]) -> None:
        self._remembered.update(list(fresh.items())[-REMEMBERED:])
        while len(self._remembered) > REMEMBERED:
            self._remembered.popitem(last=False)


def plain(views: np.ndarray) -> np.ndarray:
    """Of vectors of both means, those of the plain one, again of unit length."""
    return views[:, :DIMENSIONS] * np.float32(np.sqrt(2))


def batches_of(texts: list[str]) -> list[list[str]]:
    """Texts, sorted by length, in batches whose longest is about twice as long as the shortest at most."""
    batches: list[list[str]] = []
    for text in texts:
        if not batches or len(batches[-1]) == BATCH or len(text) > 2 * len(batches[-1][0]) + SHORT:
            batches.append([])
        batches[-1].append(text)
    return batches


def token_weights(tokenizer: Tokenizer) -> np.ndarray:
    """How much each token counts, by its id: more for rarer words, nothing for the marks of beginning and end."""
    size = tokenizer.get_vocab_size()
    weights = np.clip(np.log(np.maximum(np.arange(size) - FIRST_WORD + 1, 1)) / FULL, LEAST, None)
    vocabulary = tokenizer.get_vocab()
    weights[[place for token, place in vocabulary.items() if token.startswith("##")]] = 1.0
    weights[[place for token, place in vocabulary.items() if token.startswith("[") and len(token) > 1]] = 0.0
    return weights.astype(np.float32)


def load_tokenizer() -> Tokenizer:
    """The checked tokenizer, set to cut long texts and to pad batches."""
    tokenizer = Tokenizer.from_file(str(encoder_files.tokenizer_file()))
    tokenizer.enable_truncation(encoder_files.LONGEST)
    tokenizer.enable_padding()
    return tokenizer


def token_inputs(tokenizer: Tokenizer, texts: list[str]) -> dict[str, np.ndarray]:
    """What the graph reads: three int64 arrays of shape (texts, tokens)."""
    encodings = tokenizer.encode_batch(texts)
    return {
        "input_ids": np.array([e.ids for e in encodings], np.int64),
        "attention_mask": np.array([e.attention_mask for e in encodings], np.int64),
        "token_type_ids": np.array([e.type_ids for e in encodings], np.int64),
    }


def mean_pooled(hidden: np.ndarray, attention_mask: np.ndarray) -> np.ndarray:
    """The mean of the real tokens' vectors, scaled to length one (as all-MiniLM-L6-v2 was trained to be read).

    The mask may weigh the tokens.
    """
    mask = attention_mask[:, :, None].astype(np.float32)
    mean = (hidden * mask).sum(1) / np.maximum(mask.sum(1), 1e-9)
    return (mean / np.maximum(np.linalg.norm(mean, axis=1, keepdims=True), 1e-12)).astype(np.float32)


@cache
def _session(onnx_path: Path, weights: str) -> onnxruntime.InferenceSession:
    """One for all encoders of a process: it may run in several threads at once, and is large."""
    if not onnx_path.is_file():
        raise EncoderFilesWrong(f"{onnx_path} is missing: make it with `python -m bot.make_encoder`.")
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    session = onnxruntime.InferenceSession(str(onnx_path), options, providers=["CPUExecutionProvider"])
    if session.get_modelmeta().custom_metadata_map.get(SOURCE_KEY) != weights:
        raise EncoderFilesWrong(f"{onnx_path} was made from other weights: make it with `python -m bot.make_encoder`.")
    return session
