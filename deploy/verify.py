"""`make check`, `make test`, `make format`, `make benchmark`: run the tools, all of them, and sum up."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import time
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from deploy import node
from deploy.bot_environment import bot_environment
from deploy.commands import Stopped
from deploy.places import BOT_PYTHON, DESK, DESK_PYTHON, MODELS, ROOT, VAR, WEB, shown
from deploy.setup import alone, check_machine, in_plain_words, steps
from deploy.steps import take

FOR_CHECKS = {"uv", "pythons", "desk", "texts", "node", "packages"}
FOR_FORMAT = {"uv", "pythons", "desk"}
SETTINGS = re.compile(r"BATON_|DATABASE_URL$|SHOP_DATABASE_URL$|REDIS_URL$")
COUNTS = (
    re.compile(r"^=+ (.*\d+ (?:passed|failed|error).*) =+$"),  # pytest
    re.compile(r"^\s*Tests\s+(.*\(\d+\))\s*$"),  # vitest
    re.compile(r"^Found \d+ error|^Success: .*|^All checks passed.*|^\d+ files? already formatted|^.*✖ .*$"),
)
ESCAPES = re.compile(r"\x1b\[[0-9;]*m")


@dataclass(frozen=True)
class Stage:
    """One tool's run: a title, a command, where and with which environment."""

    title: str
    command: tuple[object, ...]
    cwd: Path = ROOT
    env: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Outcome:
    """How a stage went: `counts` is what the tool says of itself, or empty."""

    title: str
    passed: bool
    seconds: float
    counts: str


def main() -> int:
    """Do what the command line says; the code to exit with."""
    works = {"check": check, "test": test, "format": reformat, "benchmark": benchmark}
    return in_plain_words(works[sys.argv[1]])


def check() -> None:
    """Formatting, style and types of Python and of the web pages."""
    prepare(FOR_CHECKS)
    go_through(check_stages())


def test() -> None:
    """All tests, the quick ones first."""
    prepare()
    go_through(test_stages())


def reformat() -> None:
    """Format the Python code in place."""
    prepare(FOR_FORMAT)
    go_through(
        [
            Stage("ruff format", (DESK / "bin" / "ruff", "format", ".")),
            Stage("ruff", (DESK / "bin" / "ruff", "check", "--fix", ".")),
        ]
    )


def benchmark() -> None:
    """Measure on this machine; the figures are printed, none is judged."""
    prepare()
    go_through([Stage("benchmark", (DESK_PYTHON, "-m", "benchmark"), env=plain_environment())])


def check_stages() -> list[Stage]:
    """What `make check` runs."""
    tools = DESK / "bin"
    npm, env = node.npm(), node.environment()
    return [
        Stage("ruff format", (tools / "ruff", "format", "--check", ".")),
        Stage("ruff", (tools / "ruff", "check", ".")),
        Stage("mypy", (tools / "mypy",)),
        Stage("eslint", (npm, "run", "lint"), WEB, env),
        Stage("tsc", (npm, "run", "typecheck"), WEB, env),
    ]


def test_stages() -> list[Stage]:
    """What `make test` runs, in this order."""
    pytest = (DESK_PYTHON, "-m", "pytest")
    rasa = (BOT_PYTHON, "-m", "rasa")
    results = shown(VAR / "story-tests")
    stories = ("--stories", "tests/test_stories.yml", "--fail-on-prediction-errors", "--out", results)
    plain, bot = plain_environment(), bot_environment()
    # A file's tests stay together: they share a desk, and some tell a story in order.
    each_core = ("--numprocesses", str(os.cpu_count() or 1), "--dist", "loadfile")
    # Those that kill processes have the machine to themselves.
    apart = [f"--ignore=tests/{folder}" for folder in ("bot", "browser", "faults")]
    return [
        Stage("web pages (vitest)", (node.npm(), "test"), WEB, node.environment()),
        Stage("desk, actions, shop", (*pytest, *each_core, "tests", *apart), env=plain),
        Stage("killed processes", (*pytest, "tests/faults"), env=plain),
        Stage("bot", (BOT_PYTHON, "-m", "pytest", "-c", "tests/bot/pytest.ini", "tests/bot"), env=bot),
        Stage("rasa data validate", (*rasa, "data", "validate", "-d", "domain", "--fail-on-warnings"), env=bot),
        Stage("stories (rasa test core)", (*rasa, "test", "core", "--e2e", "-m", shown(MODELS), *stories), env=bot),
        Stage("two people, two browsers", (*pytest, *each_core, "tests/browser"), env=plain),
    ]


def prepare(names: set[str] | None = None) -> None:
    """Take the steps of the set-up that are needed: those named, or all."""
    check_machine()
    with alone():
        take([step for step in steps() if names is None or step.name in names])


def go_through(stages: Sequence[Stage]) -> None:
    """Run all stages, then sum up; Stopped if one of them failed."""
    outcomes = [outcome_of(stage) for stage in stages]
    print(summary(outcomes), flush=True)
    failed = [outcome.title for outcome in outcomes if not outcome.passed]
    if failed:
        raise Stopped(f"Failed: {', '.join(failed)}.")


def outcome_of(stage: Stage) -> Outcome:
    """Run a stage with its output shown as it comes."""
    print(f"\n--- {stage.title}", flush=True)
    began = time.monotonic()
    said: deque[str] = deque(maxlen=200)
    with started(stage) as process:
        for line in process.stdout or ():
            sys.stdout.buffer.write(line)
            sys.stdout.buffer.flush()
            said.append(line.decode(errors="replace"))
    return Outcome(stage.title, process.returncode == 0, time.monotonic() - began, counts_in(said))


def started(stage: Stage) -> subprocess.Popen[bytes]:
    """The stage's process, with all that it says in one pipe."""
    words = [str(word) for word in stage.command]
    pipe = subprocess.PIPE
    return subprocess.Popen(
        words, cwd=stage.cwd, env=stage.env or None, stdin=subprocess.DEVNULL, stdout=pipe, stderr=subprocess.STDOUT
    )


def counts_in(lines: Sequence[str]) -> str:
    """The last thing that the tool says of how much it did; empty if it says nothing known."""
    for line in reversed(lines):
        for pattern in COUNTS:
            match = pattern.match(ESCAPES.sub("", line.rstrip()))
            if match:
                return match.group(1) if pattern.groups else match.group(0).strip()
    return ""


def summary(outcomes: Sequence[Outcome]) -> str:
    """A line for each stage: how it went, how long it took, what it counted."""
    lines = [
        f"  {'passed' if outcome.passed else 'FAILED'}  {outcome.seconds:5.0f} s  {outcome.title:26} {outcome.counts}"
        for outcome in outcomes
    ]
    total = sum(outcome.seconds for outcome in outcomes)
    return "\n".join(["", "What ran:", *lines, f"          {total:5.0f} s  in all", ""])


def plain_environment() -> dict[str, str]:
    """This machine's environment without settings of a running Baton, which tests must not touch."""
    return {name: value for name, value in os.environ.items() if not SETTINGS.match(name)}


if __name__ == "__main__":
    sys.exit(main())
