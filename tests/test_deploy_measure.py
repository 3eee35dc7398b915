"""`make evaluate`, `benchmark-hint3` and `check-examples` say plainly what is missing, before they set anything up."""

from __future__ import annotations

from pathlib import Path

import pytest

from deploy import measure
from deploy.commands import Stopped


@pytest.fixture(autouse=True)
def nothing_is_set_up(monkeypatch: pytest.MonkeyPatch) -> None:
    """A set-up or a run would take minutes, and none of these may come so far."""
    monkeypatch.setattr(measure, "prepare", lambda names: pytest.fail("it began to set up"))


@pytest.mark.parametrize("given", [(), ("texts.jsonl",), ("", "out.jsonl")])
def test_an_evaluation_needs_texts_and_a_place_for_the_answers(given: tuple[str, ...]) -> None:
    with pytest.raises(Stopped, match=r"make evaluate DATA=\S+ OUT="):
        measure.evaluate(*given)


def test_an_evaluation_needs_texts_that_are_there(tmp_path: Path) -> None:
    with pytest.raises(Stopped, match=r"There is no file .*none\.jsonl\."):
        measure.evaluate(str(tmp_path / "none.jsonl"), "out.jsonl")


def test_the_benchmark_needs_its_folder(tmp_path: Path) -> None:
    with pytest.raises(Stopped, match="make benchmark-hint3 DATA=folder"):
        measure.benchmark_hint3()
    with pytest.raises(Stopped, match=r"There is no folder .*none\."):
        measure.benchmark_hint3(str(tmp_path / "none"))


def test_a_run_that_fails_stops_the_command(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(measure, "prepare", lambda names: None)
    monkeypatch.setattr(measure, "BOT_PYTHON", Path("/bin/false"))
    with pytest.raises(Stopped, match="Nothing was measured"):
        measure.benchmark_hint3(str(tmp_path))


def test_a_simulation_needs_conversations(tmp_path: Path) -> None:
    with pytest.raises(Stopped, match="make simulate DATA="):
        measure.simulate()
    with pytest.raises(Stopped, match=r"There is no file .*none\."):
        measure.simulate(str(tmp_path / "none"))


def test_a_day_that_fails_stops_the_command(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(measure, "prepare", lambda names: None)
    monkeypatch.setattr(measure, "DESK_PYTHON", Path("/bin/false"))
    with pytest.raises(Stopped, match="The day wasn't finished"):
        measure.simulate_day()


def test_the_check_of_examples_needs_its_folder(tmp_path: Path) -> None:
    with pytest.raises(Stopped, match="make check-examples DATA=folder"):
        measure.check_examples()
    with pytest.raises(Stopped, match=r"There is no folder .*none\."):
        measure.check_examples(str(tmp_path / "none"))


def test_refused_examples_stop_the_command(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(measure, "prepare", lambda names: None)
    monkeypatch.setattr(measure, "BOT_PYTHON", Path("/bin/false"))
    with pytest.raises(Stopped, match="aren't accepted"):
        measure.check_examples(str(tmp_path))
