"""The set-up itself: it runs under old Pythons, finds what it needs, says what is missing, survives being cut short."""

from __future__ import annotations

import ast
import re
import shutil
import sys
import time
from pathlib import Path

import pytest

from deploy import measure, node, pythons, setup, steps, uv, verify
from deploy.commands import Stopped
from deploy.places import ROOT
from deploy.steps import Step

LOCKS = [source.with_suffix(".txt") for source in sorted((ROOT / "requirements").glob("*.in"))]
DESK_ONLY = {"serve.py", "supervision.py", "watcher.py"}
ANY_PYTHON = [file for file in sorted((ROOT / "deploy").glob("*.py")) if file.name not in DESK_ONLY]
FITTING_NODES = ("v20.19.0", "v20.20.2", "v22.12.0", "v24.19.0")
OTHER_NODES = ("v18.20.1", "v20.18.3", "v21.7.0", "v22.11.0", "", "not node")


@pytest.mark.parametrize("file", ANY_PYTHON, ids=lambda file: file.name)
def test_what_makes_the_environments_is_written_in_the_python_of_any_machine(file: Path) -> None:
    tree = ast.parse(file.read_text(), feature_version=(3, 8))
    imported = {name.split(".")[0] for name in imports_of(tree)}
    assert imported <= {*sys.stdlib_module_names, "deploy"}
    assert DESK_ONLY.isdisjoint(f"{name.split('.')[-1]}.py" for name in imports_of(tree))


@pytest.mark.parametrize("lock", LOCKS, ids=lambda lock: lock.name)
def test_lock_files_name_versions_and_hashes_and_no_address(lock: Path) -> None:
    text = lock.read_text()
    assert "://" not in text
    assert "--index" not in text
    packages = re.findall(r"^\S.*(?:\n +--hash.*)*", text, re.MULTILINE)
    assert packages
    for package in packages:
        assert re.match(r"[\w.\[\],-]+==\S+ .*\n( +--hash=sha256:[0-9a-f]{64}( \\)?\n?)+$", package), package


def test_the_web_pages_lock_file_names_no_address_to_download_from() -> None:
    text = (ROOT / "web" / "package-lock.json").read_text()
    assert '"resolved"' not in text
    assert ".tgz" not in text
    assert text.count('"integrity"') > 50


def test_an_environment_that_was_cut_short_is_made_anew(tmp_path: Path) -> None:
    place, lock = tmp_path / "desk", tmp_path / "lock.txt"
    lock.write_text("")
    setup.make_environment(place, lock, setup.DESK_VERSIONS)
    (place / "half-a-package").touch()
    setup.make_environment(place, lock, setup.DESK_VERSIONS)
    assert (place / "half-a-package").exists()  # nothing was cut short, so nothing was thrown away
    (tmp_path / "desk.begun").touch()
    setup.make_environment(place, lock, setup.DESK_VERSIONS)
    assert not (place / "half-a-package").exists()
    assert not (tmp_path / "desk.begun").exists()


def test_an_environment_that_could_not_be_filled_is_remembered_as_begun(tmp_path: Path) -> None:
    lock = tmp_path / "lock.txt"
    lock.write_text("a-package-without-a-hash==1\n")
    with pytest.raises(Stopped, match="hash"):
        setup.make_environment(tmp_path / "desk", lock, setup.DESK_VERSIONS)
    assert (tmp_path / "desk.begun").exists()


def test_where_no_python_can_be_had_we_are_told_two_ways_out_within_seconds() -> None:
    began = time.monotonic()
    with pytest.raises(Stopped) as refusal:
        pythons.python(("3.99",))
    assert "no Python 3.99 on this machine" in str(refusal.value)
    assert "uv python install 3.99" in str(refusal.value)
    assert "pyenv install 3.99" in str(refusal.value)
    assert time.monotonic() - began < 15


def test_a_pyenv_shim_that_names_a_version_nobody_chose_is_not_taken(tmp_path: Path) -> None:
    shim = tmp_path / "python3.10"
    shim.write_text("#!/bin/sh\necho 'pyenv: python3.10: command not found' >&2\nexit 127\n")
    shim.chmod(0o755)
    assert not pythons.works(shim, "3.10")
    assert pythons.works(Path(sys.executable), f"{sys.version_info.major}.{sys.version_info.minor}")


def test_the_newest_patch_of_pyenvs_pythons_comes_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for version in ("3.10.2", "3.10.13", "3.10-dev", "3.1.0", "3.100.1"):
        (tmp_path / "versions" / version / "bin").mkdir(parents=True)
    monkeypatch.setenv("PYENV_ROOT", str(tmp_path))
    found = [path.parent.parent.name for path in pythons.candidates("3.10") if tmp_path in path.parents]
    assert found == ["3.10.13", "3.10.2"]


def test_only_a_node_that_vite_runs_on_is_taken() -> None:
    assert [version for version in (*FITTING_NODES, *OTHER_NODES) if node.fits(version)] == list(FITTING_NODES)


def test_without_uv_and_pip_we_are_told_how_to_get_one(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(uv, "OWN", tmp_path / "uv")
    monkeypatch.setattr(uv.shutil, "which", lambda name: None)
    monkeypatch.setattr(uv, "asked", lambda command: None)
    with pytest.raises(Stopped, match=r"neither uv nor pip(.|\n)*apt-get install python3-pip"):
        uv.have_uv()


def test_a_slip_in_a_writers_file_stops_the_set_up_before_anything_is_made_of_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(steps, "STAMPS", tmp_path / "stamps")
    for folder in ("domain", "data", "actions", "handoff"):
        shutil.copytree(ROOT / folder, tmp_path / folder, ignore=shutil.ignore_patterns("*.py", "__pycache__"))
    trained: list[str] = []
    texts = Step("texts", "The texts", lambda: setup.proofread(tmp_path), always=True)
    model = Step("model", "The model", lambda: trained.append("model") or "", always=True)
    steps.take([texts, model])
    assert trained == ["model"]
    (tmp_path / "domain" / "coins.yml").write_text("responses:\n  utter_greet:\n\t- text: Hello\n")
    with pytest.raises(Stopped, match=r"domain/coins\.yml, line 3:\n .*begins with a tab.*\n\n.*same command again"):
        steps.take([texts, model])
    assert trained == ["model"]


def test_the_writers_files_are_looked_at_before_rasa_is_even_installed() -> None:
    names = [step.name for step in setup.steps()]
    assert names.index("texts") < names.index("bot") < names.index("model")
    assert "texts" in verify.FOR_CHECKS & measure.FOR_TRAINING


def imports_of(tree: ast.Module) -> set[str]:
    """The modules that a file imports, by full name."""
    plain = {alias.name for found in ast.walk(tree) if isinstance(found, ast.Import) for alias in found.names}
    froms = [found for found in ast.walk(tree) if isinstance(found, ast.ImportFrom)]
    return plain | {f"{found.module}.{alias.name}" for found in froms for alias in found.names}
