"""`make check-examples`: whose words an example may not be, and how it is told."""

import json

import pytest

from bot import check_examples
from bot.check_examples import NotChecked, Text, refusals, shared_trigrams, texts_under

LINE = "the green teapot I ordered from you came without its lid"


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "deep").mkdir()
    (tmp_path / "lines.jsonl").write_text(
        json.dumps({"text": "where's my order"}) + "\n\n" + json.dumps({"turns": [{"text": LINE}]}) + "\n",
        encoding="utf-8",
    )
    (tmp_path / "deep" / "table.csv").write_text('sentence,label\n"how do I wash it, please",CARE\n', encoding="utf-8")
    return tmp_path


@pytest.fixture
def examples(tmp_path_factory, monkeypatch):
    """Three examples, the first of them copied."""
    intents, tones = tmp_path_factory.mktemp("nlu"), tmp_path_factory.mktemp("tone")
    (intents / "orders.yml").write_text(
        f'version: "3.1"\nnlu:\n  - intent: return_item\n    examples: |\n      - {LINE}, Ruth\n', encoding="utf-8"
    )
    (tones / "angry.txt").write_text("where\n\nI'm cross\n", encoding="utf-8")
    monkeypatch.setattr(check_examples, "INTENTS", intents)
    monkeypatch.setattr(check_examples, "TONES", tones)


def refused(folder, encoder, *words):
    return list(refusals([Text("return_item", each) for each in words], texts_under(folder), encoder))


def test_wens_own_words_are_accepted(folder, encoder):
    assert (
        refused(folder, encoder, "my teapot has no lid", "the lid of the green pot that you sent me is missing") == []
    )


@pytest.mark.parametrize(
    "copied",
    [
        LINE,
        "THE GREEN TEAPOT, I ordered from you, came without its lid!!!",
        "the green teapot I ordered from you yesterday came without its lid",
        "hi, the green teapot I ordered from you came without its lid",
        "the blue teapot I ordered from you came without its lid",
    ],
)
def test_a_copied_line_is_refused_however_it_is_dressed_up(folder, encoder, copied):
    (line,) = refused(folder, encoder, "my teapot has no lid", copied)
    assert line == f'return_item: "{copied}" is nearly line 3 of {folder / "lines.jsonl"}'


def test_a_cell_of_a_table_counts_as_a_text(folder, encoder):
    (line,) = refused(folder, encoder, "How do I wash it please?")
    assert line.endswith(f"is nearly line 2 of {folder / 'deep' / 'table.csv'}")


def test_what_everybody_says_in_three_words_is_nobodys(folder, encoder):
    assert refused(folder, encoder, "where's my order", "Where's my order?!") == []


def test_another_sense_in_nearly_the_same_words_is_accepted(folder, encoder):
    assert refused(folder, encoder, "how do I find it, please") == []


def test_trigrams_are_counted_against_the_shorter_text():
    long, short = Text("", "a b c d e f g h"), Text("", "C, d e! f x")
    assert shared_trigrams(long, short) == shared_trigrams(short, long) == pytest.approx(2 / 3)


def test_examples_of_intents_and_tones_are_checked(examples):
    assert list(check_examples.intent_examples(check_examples.INTENTS)) == [Text("return_item", f"{LINE}, Ruth")]
    assert list(check_examples.tone_examples(check_examples.TONES)) == [
        Text("angry", "where"),
        Text("angry", "I'm cross"),
    ]


def test_a_folder_that_isnt_there_or_has_no_text_is_told(tmp_path):
    with pytest.raises(NotChecked, match="There is no folder"):
        texts_under(tmp_path / "none")
    with pytest.raises(NotChecked, match="There is no text"):
        texts_under(tmp_path)


def test_a_broken_line_is_told_by_its_number(tmp_path):
    (tmp_path / "broken.jsonl").write_text('{"text": "fine"}\n{"text":\n', encoding="utf-8")
    with pytest.raises(NotChecked, match=r"Line 2 of .*broken\.jsonl isn't JSON"):
        texts_under(tmp_path)


def test_the_command_ends_with_one_if_an_example_is_refused_else_with_nought(folder, examples, monkeypatch, capsys):
    monkeypatch.setattr("sys.argv", ["check_examples", str(folder)])
    assert check_examples.main() == 1
    assert "3 examples beside 6 texts: 1 refused." in capsys.readouterr().out
    (folder / "lines.jsonl").unlink()
    assert check_examples.main() == 0


def test_the_command_says_what_is_missing(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr("sys.argv", ["check_examples", str(tmp_path / "none")])
    assert check_examples.main() == 1
    assert capsys.readouterr().err == f"There is no folder {tmp_path / 'none'}.\n"
