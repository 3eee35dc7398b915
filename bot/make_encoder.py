"""Makes the encoder's ONNX file once: `python -m bot.make_encoder`. Does nothing when it's there already."""

import os
import sys
import tempfile
from pathlib import Path
from typing import Any

import numpy as np

from bot import encoder_files, encoding

OPSET = 14
LIKE = 0.9999
PROBES = [
    "Where is my parcel?",
    "It was due on Monday and nobody can tell me where it is, so please just let me speak to somebody.",
    "£14.99 twice on my card, order A-123456",
    "¿Dónde está mi pedido?",
    "x",
]


def main() -> None:
    """Convert, prove and put in place; an unfinished file is never seen under the final name."""
    target = encoder_files.onnx_file()
    if _usable(target):
        print(f"{target} is ready.")  # noqa: T201
        return
    target.parent.mkdir(parents=True, exist_ok=True)
    print(f"Making {target} (about a minute) …", flush=True)  # noqa: T201
    _make(target)
    print(f"{target} is ready.")  # noqa: T201


def tensorflow_vectors(texts: list[str]) -> np.ndarray:
    """The same vectors by TensorFlow: the reference that the converted encoder is held against."""
    return _tensorflow_vectors(_tensorflow_model(), texts)


def _usable(path: Path) -> bool:
    encoder_files.weights_file()
    try:
        encoding.Encoder(path)
    except Exception:  # whatever is wrong with the file, making it again mends it
        return False
    return True


def _make(target: Path) -> None:
    handle, unfinished = tempfile.mkstemp(dir=target.parent, suffix=".unfinished")
    os.close(handle)
    try:
        model = _tensorflow_model()
        _convert(model, unfinished)
        _prove(model, Path(unfinished))
        os.replace(unfinished, target)
    finally:
        Path(unfinished).unlink(missing_ok=True)


def _tensorflow_model() -> Any:
    from transformers import TFBertModel

    encoder_files.weights_file()
    return TFBertModel.from_pretrained(str(encoder_files.model_dir()))


def _convert(model: Any, path: str) -> None:
    import onnx
    import tensorflow as tf
    import tf2onnx

    names = ("input_ids", "attention_mask", "token_type_ids")
    signature = [tf.TensorSpec((None, None), tf.int64, name=name) for name in names]

    @tf.function(input_signature=signature)
    def last_hidden_state(input_ids: Any, attention_mask: Any, token_type_ids: Any) -> Any:
        return model(input_ids, attention_mask=attention_mask, token_type_ids=token_type_ids).last_hidden_state

    proto, _ = tf2onnx.convert.from_function(last_hidden_state, input_signature=signature, opset=OPSET)
    proto.metadata_props.add(key=encoding.SOURCE_KEY, value=encoder_files.WEIGHTS_SHA256)
    onnx.save(proto, path)


def _prove(model: Any, path: Path) -> None:
    likeness = (_tensorflow_vectors(model, PROBES) * encoding.Encoder(path).encode(PROBES)).sum(1)
    if likeness.min() <= LIKE:
        sys.exit(f"The converted encoder differs from the original: cosine {likeness.min():.5f}, not above {LIKE}.")


def _tensorflow_vectors(model: Any, texts: list[str]) -> np.ndarray:
    inputs = encoding.token_inputs(encoding.load_tokenizer(), texts)
    return encoding.mean_pooled(model(inputs).last_hidden_state.numpy(), inputs["attention_mask"])


if __name__ == "__main__":
    main()
