"""Whether training examples are nearly lines of other people's files: `python -m bot.check_examples FOLDER`.

(Or `make check-examples DATA=folder`.) Read are all .jsonl and .csv files under FOLDER, each text in them wherever it
stands. An example is refused if it has the words of such a text, or if the two mean the same (the encoder's similarity
above .9) and share most of their word trigrams. Texts of fewer than four words are exempt on both sides: "thanks" and
"where's my order" belong to everybody.
"""

import csv
import json
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from rasa.shared.nlu.training_data.loading import load_data

from bot import encoder_files
from bot.encoding import Encoder

INTENTS = Path("data/nlu")
TONES = Path("data/tone")
FEWEST_WORDS = 4
ALIKE = 0.9
MOST = 0.5
TRIGRAM = 3


class NotChecked(Exception):
    """The folder can't be checked; the text says why, in words for the person at the keyboard."""


@dataclass(frozen=True)
class Text:
    """A text and where it stands: an intent or a tone with us, a file and its line with others."""

    place: str
    words: str

    @property
    def normal(self) -> list[str]:
        """The words without case and punctuation."""
        return re.findall(r"\w+", re.sub(r"['’]", "", self.words.lower()))


def main() -> int:
    """Do what the command line says; the code to exit with: 1 if an example is refused or nothing can be checked."""
    try:
        theirs = texts_under(Path(sys.argv[1]))
    except (NotChecked, OSError) as error:
        print(error, file=sys.stderr)  # noqa: T201
        return 1
    ours = [*intent_examples(INTENTS), *tone_examples(TONES)]
    refused = list(refusals(ours, theirs, Encoder(encoder_files.onnx_file())))
    for line in refused:
        print(line)  # noqa: T201
    print(f"{len(ours)} examples beside {len(theirs)} texts: {len(refused)} refused.")  # noqa: T201
    return 1 if refused else 0


def refusals(ours: list[Text], theirs: list[Text], encoder: Encoder) -> Iterator[str]:
    """A line for each example that is nearly one of their texts; theirs is named by file and line, not quoted."""
    ours, theirs = _long_enough(ours), _long_enough(theirs)
    if not ours or not theirs:
        return
    equal = {tuple(text.normal): text for text in theirs}
    likeness = _vectors(ours, encoder) @ _vectors(theirs, encoder).T
    for mine, row in zip(ours, likeness, strict=True):
        alike = (theirs[index] for index in np.flatnonzero(row > ALIKE))
        found = equal.get(tuple(mine.normal)) or next((it for it in alike if shared_trigrams(mine, it) > MOST), None)
        if found:
            yield f'{mine.place}: "{mine.words}" is nearly {found.place}'


def shared_trigrams(one: Text, other: Text) -> float:
    """The share of word trigrams that two texts have in common, of the shorter one's."""
    trigrams, others = (_trigrams(text.normal) for text in (one, other))
    return len(trigrams & others) / min(len(trigrams), len(others))


def intent_examples(folder: Path) -> Iterator[Text]:
    """The training examples of the intents."""
    for message in load_data(str(folder)).intent_examples:
        yield Text(str(message.get("intent")), str(message.get("text")))


def tone_examples(folder: Path) -> Iterator[Text]:
    """The training examples of the tones: a file for each, a text a line."""
    for path in sorted(folder.glob("*.txt")):
        for line in path.read_text(encoding="utf-8").splitlines():
            if line.strip():
                yield Text(path.stem, line.strip())


def texts_under(folder: Path) -> list[Text]:
    """The different texts in the .jsonl and .csv files under a folder, with their places; NotChecked if none."""
    if not folder.is_dir():
        raise NotChecked(f"There is no folder {folder}.")
    found: dict[str, Text] = {}
    for path in sorted(folder.rglob("*")):
        read = {".jsonl": _in_json_lines, ".csv": _in_csv}.get(path.suffix)
        for line, words in read(path) if read and path.is_file() else ():
            found.setdefault(words, Text(f"line {line} of {path}", words))
    if not found:
        raise NotChecked(f"There is no text in a .jsonl or .csv file under {folder}.")
    return list(found.values())


def _in_json_lines(path: Path) -> Iterator[tuple[int, str]]:
    for number, line in enumerate(path.read_text(encoding="utf-8", errors="replace").split("\n"), 1):
        try:
            yield from ((number, text) for text in (_strings(json.loads(line)) if line.strip() else ()))
        except ValueError:
            raise NotChecked(f"Line {number} of {path} isn't JSON.") from None


def _in_csv(path: Path) -> Iterator[tuple[int, str]]:
    with path.open(encoding="utf-8", errors="replace", newline="") as file:
        rows = csv.reader(file)
        try:
            for row in rows:
                yield from ((rows.line_num, cell) for cell in row)
        except csv.Error:
            raise NotChecked(f"Line {rows.line_num} of {path} isn't CSV.") from None


def _strings(value: Any) -> Iterator[str]:
    """Each string in what a line of JSON holds, at any depth."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for part in value.values() if isinstance(value, dict) else value:
            yield from _strings(part)


def _long_enough(texts: list[Text]) -> list[Text]:
    return [text for text in texts if len(text.normal) >= FEWEST_WORDS]


def _vectors(texts: list[Text], encoder: Encoder) -> np.ndarray:
    return encoder.encode([text.words for text in texts])


def _trigrams(words: list[str]) -> set[tuple[str, ...]]:
    return {tuple(words[start : start + TRIGRAM]) for start in range(len(words) - TRIGRAM + 1)}


if __name__ == "__main__":
    sys.exit(main())
