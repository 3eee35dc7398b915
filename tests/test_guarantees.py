"""docs/guarantees.md stays true: each test that it names exists."""

from __future__ import annotations

import re

from deploy.places import ROOT

PAGE = (ROOT / "docs" / "guarantees.md").read_text()


def test_each_promise_names_a_test() -> None:
    promises = re.findall(r"^\| G\d+ \|.*$", PAGE, re.MULTILINE)
    assert promises
    assert [promise for promise in promises if "::test_" not in promise] == []


def test_each_test_that_it_names_exists() -> None:
    named = re.findall(r"`(tests/[\w/]+\.py)(?:::(\w+))?`", PAGE)
    assert [f"{file}::{test}" for file, test in named if not exists(file, test)] == []


def exists(file: str, test: str) -> bool:
    """Whether the file is there and, if one is named, the test in it."""
    path = ROOT / file
    return path.exists() and f"def {test}" in path.read_text()
