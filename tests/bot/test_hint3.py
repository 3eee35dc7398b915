"""`make benchmark-hint3`: the scores by their formulas, and the whole way from training files to predictions."""

import csv
import math

import pytest

from bot import hint3
from bot.hint3 import NotMeasured
from bot.hint3_scores import NOTHING, Scores, auroc, mcc, mean, scores

TRAINING = """sentence,label
where is my order,STATUS
has my parcel been sent,STATUS
cancel it please,CANCEL
i want to cancel,CANCEL
"""
TEST = """sentence,label
"where is my parcel, please",STATUS
please cancel my order,CANCEL
tell me about the moons of jupiter,NO_NODES_DETECTED
"""
PUBLISHED = """sentence,label,predicted_node,predicted_node_score
"where is my parcel, please",STATUS,STATUS,0.9
please cancel my order,CANCEL,STATUS,
tell me about the moons of jupiter,NO_NODES_DETECTED,STATUS,0.2
"""


@pytest.fixture
def folder(tmp_path):
    for name, text in (
        ("train/shop_train", TRAINING),
        ("train/shop_subset_train", TRAINING),
        ("test/shop_test", TEST),
        ("published/other_shop_subset", PUBLISHED),
    ):
        path = tmp_path / f"{name}.csv"
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return tmp_path


def test_a_tie_counts_half():
    assert auroc([0.9, 0.5], [0.5, 0.1]) == pytest.approx(3.5 / 4)
    assert math.isnan(auroc([0.9], []))


def test_matthews_coefficient_is_that_of_scikit_learn():
    from sklearn.metrics import matthews_corrcoef

    truth, guess = list("aabbccca"), list("abbbcaca")
    assert mcc(truth, guess) == pytest.approx(matthews_corrcoef(truth, guess))
    assert mcc(["a", "a"], ["a", "a"]) == 0.0


def test_the_best_threshold_parts_known_from_unknown():
    told = [("a", "a", 0.9), ("b", "b", 0.8), (NOTHING, "a", 0.3)]
    assert scores(told) == Scores(in_scope=1.0, auroc=1.0, mcc=pytest.approx(1.0), threshold=0.8)


def test_the_mean_is_of_each_score():
    assert mean([Scores(1, 1, 1, 0), Scores(0, 0.5, 0.5, 0.5)]) == Scores(0.5, 0.75, 0.75, 0.25)


def test_published_predictions_are_scored_by_platform_and_set(folder):
    scored = hint3.published(folder)["other"]["shop_subset"]
    assert scored.in_scope == 0.5
    assert scored.auroc == 0.5


def test_our_classifier_is_trained_on_each_set_and_its_predictions_are_kept(folder, encoder, tmp_path):
    scored = hint3.ours(folder, tmp_path / "out", encoder)
    assert sorted(scored) == ["shop", "shop_subset"]
    assert scored["shop"].in_scope == scored["shop"].auroc == 1.0
    with (tmp_path / "out" / "shop.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    assert [row["sentence"] for row in rows] == [row["sentence"] for row in csv.DictReader(TEST.splitlines())]
    assert [row["predicted_node"] for row in rows][:2] == ["STATUS", "CANCEL"]
    assert all(0 <= float(row["predicted_node_score"]) <= 1 for row in rows)


def test_the_table_has_all_platforms_and_their_means():
    measured = {"other": {"shop": Scores(0.5, 0.6, 0.7, 0.8)}, "Baton": {"shop": Scores(0.9, 0.8, 0.7, 0.6)}}
    lines = list(hint3.table(measured))
    assert [line.split()[:2] for line in lines[1:]] == [
        ["other", "shop"],
        ["other", "mean"],
        ["Baton", "shop"],
        ["Baton", "mean"],
    ]
    assert lines[1].split()[2:] == ["0.500", "0.600", "0.700", "0.80"]


def test_a_folder_without_training_files_is_told(tmp_path, encoder):
    with pytest.raises(NotMeasured, match=r"no train/<set>_train\.csv"):
        hint3.ours(tmp_path, tmp_path / "out", encoder)


def test_a_missing_test_and_a_missing_column_are_told(folder, encoder, tmp_path):
    (folder / "test" / "shop_test.csv").write_text("words,label\nhi,STATUS\n", encoding="utf-8")
    with pytest.raises(NotMeasured, match="has no column sentence"):
        hint3.ours(folder, tmp_path / "out", encoder)
    (folder / "test" / "shop_test.csv").unlink()
    with pytest.raises(NotMeasured, match="There is no file"):
        hint3.ours(folder, tmp_path / "out", encoder)
