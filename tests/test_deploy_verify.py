"""`make`, `make check` and `make test`: what they list, what they run, how they sum up."""

from __future__ import annotations

import os
import re
import subprocess
import sys

import pytest

from deploy import verify
from deploy.commands import Stopped
from deploy.places import ROOT
from deploy.verify import Outcome, Stage, counts_in, go_through, outcome_of, summary


def test_make_alone_lists_every_command_with_a_sentence() -> None:
    listed = subprocess.run(["make"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    targets = re.search(r"^\.PHONY: (.*)$", (ROOT / "Makefile").read_text(), re.MULTILINE)
    assert targets
    for target in targets.group(1).split():
        assert re.search(rf"^  make {target} +[A-Z].*\.$", listed, re.MULTILINE), target


def test_a_change_is_tested_with_services_required_by_the_checks_and_the_readmes_command() -> None:
    run = ROOT / ".ci" / "run"
    text = run.read_text()
    assert os.access(run, os.X_OK)
    assert "REQUIRE_SERVICES=1" in text
    assert text.index("make check") < text.index("make test")


@pytest.mark.parametrize(
    ("line", "counts"),
    [
        ("========= 12 passed, 1 skipped in 3.20s ==========", "12 passed, 1 skipped in 3.20s"),
        (
            "\x1b[31m=== \x1b[1m1 failed\x1b[0m, \x1b[32m2 passed\x1b[0m in 0.1s ===\x1b[0m",
            "1 failed, 2 passed in 0.1s",
        ),
        ("      Tests  31 passed (31)", "31 passed (31)"),
        ("All checks passed!", "All checks passed!"),
        ("something else", ""),
    ],
)
def test_the_tools_own_counts_are_found(line: str, counts: str) -> None:
    assert counts_in(["first\n", f"{line}\n", "\n"]) == counts


def test_a_stage_that_fails_does_not_keep_the_others_from_running(capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    stages = [Stage("fails", (sys.executable, "-c", "exit(3)")), Stage("runs", (sys.executable, "-c", "print('ran')"))]
    with pytest.raises(Stopped, match=r"^Failed: fails\.$"):
        go_through(stages)
    said = capfdbinary.readouterr().out.decode()
    assert "ran" in said
    assert re.search(r"FAILED .* fails", said)
    assert re.search(r"passed .* runs", said)


def test_what_a_stage_says_is_shown_and_its_end_judged() -> None:
    assert outcome_of(Stage("good", (sys.executable, "-c", ""))).passed
    assert not outcome_of(Stage("bad", (sys.executable, "-c", "exit(1)"))).passed


def test_the_summary_tells_what_ran_how_long_and_how_much() -> None:
    said = summary([Outcome("bot", True, 12.3, "40 passed"), Outcome("desk", False, 100, "1 failed")])
    assert "passed     12 s  bot" in said
    assert "FAILED    100 s  desk" in said
    assert "112 s  in all" in said


def test_settings_of_a_running_baton_do_not_reach_the_tests(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("BATON_DESK_PORT", "DATABASE_URL", "SHOP_DATABASE_URL", "REDIS_URL", "TEST_DATABASE_URL"):
        monkeypatch.setenv(name, "canary")
    told = verify.plain_environment()
    assert [name for name, value in told.items() if value == "canary"] == ["TEST_DATABASE_URL"]
