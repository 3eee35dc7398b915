"""How long it takes to train a bot and to start it: Baton's beside `rasa init`, whole processes, by turns."""

import subprocess
import time
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from pathlib import Path

import httpx

from benchmark.bot_servers import plain_bot, private_bot, train
from benchmark.bot_turns import Baton, Plain
from deploy.bot_environment import bot_environment
from deploy.places import BOT_PYTHON, ROOT

ROUNDS = 2
IMPORTS = "import rasa.model_training, rasa.engine.recipes.default_recipe, rasa.core.agent"


@dataclass
class Birth:
    """Seconds, one figure a round: a whole `rasa train`; a start until the first turn is answered."""

    training: list[float] = field(default_factory=list)
    start: list[float] = field(default_factory=list)


def measure(folder: Path, project: Path) -> tuple[Birth, Birth, float]:
    """Baton's figures, those of `rasa init`, and the seconds that importing Rasa alone takes."""
    ours, theirs = Birth(), Birth()
    for number in range(ROUNDS):
        baton, plain = (folder / f"{name}-{number}" for name in ("baton", "plain"))
        baton.mkdir(), plain.mkdir()
        ours.training.append(_seconds(train, *_inputs(ROOT, "domain"), ROOT, baton))
        theirs.training.append(_seconds(train, *_inputs(project, "domain.yml"), project, plain))
        ours.start.append(_seconds(_first_turn, private_bot(baton), Baton))
        theirs.start.append(_seconds(_first_turn, plain_bot(plain, project), Plain))
    return ours, theirs, min(_seconds(_import) for _ in range(ROUNDS))


def _inputs(where: Path, domain: str) -> tuple[Path, Path, Path]:
    return where / "config.yml", where / domain, where / "data"


def _first_turn(bot: AbstractContextManager[int], speaker: Callable[[httpx.Client, int], Baton | Plain]) -> None:
    """Start the bot, say one thing, stop it. The stop is in the figure, and takes both the same."""
    with bot as port, httpx.Client(timeout=60, trust_env=False) as http:
        customer = speaker(http, port)
        customer.begin()
        customer.say("bye")


def _import() -> None:
    subprocess.run([BOT_PYTHON, "-c", IMPORTS], env=bot_environment(), check=True, capture_output=True)


def _seconds(work: Callable[..., object], *arguments: object) -> float:
    began = time.perf_counter()
    work(*arguments)
    return time.perf_counter() - began
