"""The lines that teach the tones: `data/tone/<tone>.txt`, a line each, all written for Baton."""

import hashlib
import os
from collections.abc import Callable
from pathlib import Path

import numpy as np

from bot import encoder_files
from bot.encoding import Encoder
from bot.order_numbers import found_in, in_words

FOLDER = Path("data/tone")


def lines(folder: Path = FOLDER) -> tuple[list[str], list[str]]:
    """All lines, numbers and addresses put into words, and of each its tone (the file's name)."""
    told = [(_in_words(line), path.stem) for path in _files(folder) for line in _lines_of(path)]
    return [text for text, _ in told], [tone for _, tone in told]


def digest(folder: Path = FOLDER) -> str:
    """Changes with any of the lines."""
    return hashlib.sha256(b"".join(path.read_bytes() for path in _files(folder))).hexdigest()


def vectors_of(texts: list[str]) -> np.ndarray:
    """The texts' unit vectors. They take seconds, so they're kept beside the encoder for the next training."""
    place = encoder_files.onnx_file()
    encoder = Encoder(place)
    made_so = encoder.encode(texts[:1]).tobytes()
    key = hashlib.sha256("\n".join(texts).encode() + made_so).hexdigest()[:16]
    return kept(place.parent / f"tone-{key}.npy", lambda: encoder.encode(texts))


def kept(path: Path, make: Callable[[], np.ndarray]) -> np.ndarray:
    """The array in a file; where there's none it's made and stored whole, and older ones of its kind go."""
    if not path.is_file():
        unfinished = path.with_name(f"unfinished-{os.getpid()}.npy")
        np.save(unfinished, make())
        for old in path.parent.glob("tone-*.npy"):
            old.unlink(missing_ok=True)
        unfinished.replace(path)
    return np.load(path, allow_pickle=False)


def _files(folder: Path) -> list[Path]:
    return sorted(folder.glob("*.txt"))


def _lines_of(path: Path) -> list[str]:
    return [line.strip() for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def _in_words(line: str) -> str:
    return in_words(line, found_in(line))
