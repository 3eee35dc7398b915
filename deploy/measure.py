"""`make evaluate`, `benchmark-hint3`, `check-examples`, `simulate`: hold the bot against files that one names.

`make simulate-day` needs no file: it holds the desk's routing against an invented day.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from deploy.bot_environment import bot_environment
from deploy.commands import Stopped
from deploy.places import BOT_PYTHON, DESK_PYTHON, ROOT
from deploy.setup import in_plain_words
from deploy.verify import prepare

FOR_TRAINING = {"uv", "pythons", "desk", "texts", "bot", "encoder"}
FOR_THE_DESK = {"uv", "pythons", "desk"}


def main() -> int:
    """Do what the command line says; the code to exit with."""
    works = {
        "evaluate": evaluate,
        "benchmark-hint3": benchmark_hint3,
        "check-examples": check_examples,
        "simulate": simulate,
        "simulate-day": simulate_day,
    }
    work, given = works[sys.argv[1]], sys.argv[2:]
    return in_plain_words(lambda: work(*given))


def evaluate(data: str = "", out: str = "") -> None:
    """Write what the trained bot makes of each text in `data` to `out`; Stopped if something is missing."""
    if not data or not out:
        raise Stopped("Name the texts and the place for the answers: make evaluate DATA=texts.jsonl OUT=answers.jsonl")
    if not Path(data).is_file():
        raise Stopped(f"There is no file {data}.")
    prepare({*FOR_TRAINING, "model"})
    ask_bot("bot.evaluate", data, out)


def benchmark_hint3(data: str = "") -> None:
    """Print how well the classifier does on the HINT3 files in the folder `data`; Stopped if they aren't there."""
    if not data:
        raise Stopped("Name the folder with the HINT3 files: make benchmark-hint3 DATA=folder")
    if not Path(data).is_dir():
        raise Stopped(f"There is no folder {data}.")
    prepare(FOR_TRAINING)
    ask_bot("bot.hint3", data)


def check_examples(data: str = "") -> None:
    """Refuse training examples that are nearly a text in the folder `data`: Stopped if there is one, or no folder."""
    if not data:
        raise Stopped("Name the folder with other people's texts: make check-examples DATA=folder")
    if not Path(data).is_dir():
        raise Stopped(f"There is no folder {data}.")
    prepare(FOR_TRAINING)
    ask_bot("bot.check_examples", data, failed="The examples aren't accepted.")


def simulate(data: str = "") -> None:
    """Let the customers of the conversations in `data` talk to the running bot; Stopped if something is missing."""
    if not data:
        raise Stopped("Name the conversations: make simulate DATA=dialogs.jsonl")
    if not Path(data).is_file():
        raise Stopped(f"There is no file {data}.")
    if subprocess.call([str(DESK_PYTHON), "-m", "benchmark.simulate", data], cwd=str(ROOT)) != 0:
        raise Stopped("Nothing was simulated.")


def simulate_day() -> None:
    """Live through a day of a large centre, by the desk's routing and by plain first come; Stopped if that fails."""
    prepare(FOR_THE_DESK)
    if subprocess.call([str(DESK_PYTHON), "-m", "benchmark.simulated_day"], cwd=str(ROOT)) != 0:
        raise Stopped("The day wasn't finished.")


def ask_bot(module: str, *arguments: str, failed: str = "Nothing was measured.") -> None:
    """Run a module of the bot's with its output shown; Stopped, with `failed`, if it fails (it has said why)."""
    command = [str(BOT_PYTHON), "-m", module, *arguments]
    if subprocess.call(command, cwd=str(ROOT), env=bot_environment(), stdin=subprocess.DEVNULL) != 0:
        raise Stopped(failed)


if __name__ == "__main__":
    sys.exit(main())
