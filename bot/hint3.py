"""Our classifier on the HINT3 files (Arora et al. 2020): `python -m bot.hint3 FOLDER` (or `make benchmark-hint3`).

FOLDER has train/<set>_train.csv, test/<shop>_test.csv and published/<platform>_<set>.csv. A set is a shop's name,
perhaps with `_subset`. The predictions go to var/hint3, the scores are printed beside the published platforms'.
"""

import csv
import sys
from collections.abc import Iterator
from pathlib import Path

from bot import encoder_files
from bot.encoding import Encoder
from bot.example_model import ExampleModel
from bot.hint3_scores import Prediction, Scores, mean, scores
from bot.order_numbers import found_in, in_words
from bot.spelling import Speller

OUT = Path("var/hint3")
OURS = "Baton"
COLUMNS = ("sentence", "label", "predicted_node", "predicted_node_score")


class NotMeasured(Exception):
    """The files can't be measured; the text says why, in words for the person at the keyboard."""


def main() -> int:
    """Do what the command line says; the code to exit with."""
    try:
        folder = Path(sys.argv[1])
        measured = {**published(folder), OURS: ours(folder, OUT, Encoder(encoder_files.onnx_file()))}
    except (NotMeasured, OSError) as error:
        print(error, file=sys.stderr)  # noqa: T201
        return 1
    print("\n".join(table(measured)))  # noqa: T201
    print(f"Our predictions are in {OUT}.")  # noqa: T201
    return 0


def ours(folder: Path, out: Path, encoder: Encoder) -> dict[str, Scores]:
    """Train on each set, predict its test and write the predictions; the scores of each set."""
    sets = sorted(path.name.removesuffix("_train.csv") for path in folder.glob("train/*_train.csv"))
    if not sets:
        raise NotMeasured(f"There is no train/<set>_train.csv in {folder}.")
    out.mkdir(parents=True, exist_ok=True)
    return {name: _trained_and_scored(folder, name, out, encoder) for name in sets}


def published(folder: Path) -> dict[str, dict[str, Scores]]:
    """The scores of each platform on each set."""
    platforms: dict[str, dict[str, Scores]] = {}
    for path in sorted(folder.glob("published/*.csv")):
        platform, _, name = path.stem.partition("_")
        told = [(row[COLUMNS[1]], row[COLUMNS[2]], float(row[COLUMNS[3]] or 0)) for row in rows_of(path, COLUMNS)]
        platforms.setdefault(platform, {})[name] = scores(told)
    return platforms


def predictions(training: list[tuple[str, str]], test: list[tuple[str, str]], encoder: Encoder) -> Iterator[Prediction]:
    """What our classifier, trained on pairs of sentence and label, says of the test's sentences."""
    texts, labels = [_words(text) for text, _ in training], [label for _, label in training]
    model, speller = ExampleModel.fit(texts, labels, encoder.views(texts)), Speller.learn(texts)
    asked = [speller.corrected(_words(text)) for text, _ in test]
    for (_, label), understood in zip(test, model.understand(asked, encoder.views(asked)), strict=True):
        yield label, *understood.ranking[0]


def table(measured: dict[str, dict[str, Scores]]) -> Iterator[str]:
    """Lines: each platform on each set, and its mean over the sets."""
    yield f"{'':12}{'':22}{'in scope right':>15}{'in/out AUROC':>14}{'best MCC':>10}{'at':>7}"
    for platform, by_set in measured.items():
        for name, scored in [*by_set.items(), ("mean", mean(list(by_set.values())))]:
            figures = f"{scored.in_scope:15.3f}{scored.auroc:14.3f}{scored.mcc:10.3f}{scored.threshold:7.2f}"
            yield f"{platform:12}{name:22}{figures}"


def rows_of(path: Path, columns: tuple[str, ...]) -> list[dict[str, str]]:
    """The rows of a CSV file that must have these columns; NotMeasured otherwise."""
    if not path.is_file():
        raise NotMeasured(f"There is no file {path}.")
    with path.open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader(file)
        if missing := [column for column in columns if column not in (rows.fieldnames or ())]:
            raise NotMeasured(f"{path} has no column {missing[0]}.")
        return list(rows)


def _trained_and_scored(folder: Path, name: str, out: Path, encoder: Encoder) -> Scores:
    training = _pairs(folder / "train" / f"{name}_train.csv")
    test = _pairs(folder / "test" / f"{name.removesuffix('_subset')}_test.csv")
    predicted = list(predictions(training, test, encoder))
    with (out / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(COLUMNS)
        writer.writerows((text, *each) for (text, _), each in zip(test, predicted, strict=True))
    return scores(predicted)


def _pairs(path: Path) -> list[tuple[str, str]]:
    return [(row["sentence"], row["label"]) for row in rows_of(path, COLUMNS[:2])]


def _words(text: str) -> str:
    return in_words(text, found_in(text))


if __name__ == "__main__":
    sys.exit(main())
