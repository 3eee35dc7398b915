"""The set-up's steps: skipped when nothing changed, taken again when something did or when they were cut short."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from deploy import steps
from deploy.commands import Stopped, run
from deploy.setup import in_plain_words
from deploy.steps import Step, take


@pytest.fixture
def taken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The steps that were taken, by name."""
    monkeypatch.setattr(steps, "STAMPS", tmp_path / "stamps")
    return []


def building(tmp_path: Path, taken: list[str], then: Callable[[], None] = lambda: None) -> Step:
    """A step that makes `made` from the folder `source`."""

    def build() -> str:
        taken.append("build")
        then()
        (tmp_path / "made").write_text("built")
        return ""

    (tmp_path / "source").mkdir(exist_ok=True)
    return Step("build", "The pages", build, lambda: [tmp_path / "source", "v1"], (tmp_path / "made",))


def test_a_step_is_skipped_while_its_inputs_are_the_same(tmp_path: Path, taken: list[str]) -> None:
    take([building(tmp_path, taken)])
    take([building(tmp_path, taken)])
    assert taken == ["build"]


def test_a_changed_a_new_and_a_removed_input_each_have_the_step_taken_again(tmp_path: Path, taken: list[str]) -> None:
    page = tmp_path / "source" / "page"
    for change in (lambda: None, lambda: page.write_text("a"), lambda: page.write_text("b"), page.unlink):
        step = building(tmp_path, taken)
        change()
        take([step])
    assert taken == ["build"] * 4


def test_a_step_is_taken_again_if_what_it_made_is_gone(tmp_path: Path, taken: list[str]) -> None:
    take([building(tmp_path, taken)])
    (tmp_path / "made").unlink()
    take([building(tmp_path, taken)])
    assert taken == ["build", "build"]


@pytest.mark.parametrize("interruption", [KeyboardInterrupt, Stopped("no network"), OSError("disk full")])
def test_a_step_cut_short_is_taken_again(tmp_path: Path, taken: list[str], interruption: BaseException) -> None:
    def cut_short() -> None:
        raise interruption

    take([building(tmp_path, taken)])
    (tmp_path / "source" / "page").write_text("changed")
    with pytest.raises((KeyboardInterrupt, Stopped, OSError)):
        take([building(tmp_path, taken, then=cut_short)])
    (tmp_path / "source" / "page").unlink()  # back to what the first run had seen
    take([building(tmp_path, taken)])
    assert taken == ["build"] * 3


def test_things_that_are_made_beside_the_inputs_do_not_count(tmp_path: Path, taken: list[str]) -> None:
    take([building(tmp_path, taken)])
    for name in ("node_modules", "dist", "__pycache__"):
        (tmp_path / "source" / name).mkdir()
        (tmp_path / "source" / name / "made").write_text("made")
    take([building(tmp_path, taken)])
    assert taken == ["build"]


def test_progress_tells_how_far_we_are(tmp_path: Path, taken: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    take([building(tmp_path, taken)])
    take([building(tmp_path, taken)])
    said = capsys.readouterr().out
    assert "[1/1] The pages: 0 s" in said
    assert "[1/1] The pages: already there" in said


def test_a_command_that_fails_shows_the_end_of_its_log(tmp_path: Path) -> None:
    with pytest.raises(Stopped, match=r"sh failed \(3\)(.|\n)*no such package"):
        run(["sh", "-c", "echo no such package; exit 3"], tmp_path / "log")


def test_ctrl_c_is_answered_in_plain_words(capsys: pytest.CaptureFixture[str]) -> None:
    def interrupted() -> None:
        raise KeyboardInterrupt

    assert in_plain_words(interrupted) == 130
    assert capsys.readouterr().err == "\nStopped. The same command goes on from here.\n"
