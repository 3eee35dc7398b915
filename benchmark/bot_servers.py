"""The two bots compared: Baton's at its private channel, and a plain `rasa init` project at its REST channel."""

import json
import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from demo.seed import seed
from deploy.bot_environment import bot_environment
from deploy.commands import run
from deploy.health import answers
from deploy.places import BOT_PYTHON, DESK_PYTHON, MADE, MODELS, ROOT, TEMPLATES
from deploy.settings import filled
from deploy.steps import digest_of
from deploy.verify import plain_environment
from tests.faults.supervised import eventually
from tests.services import free_port

RASA = (BOT_PYTHON, "-m", "rasa")
TOKEN = "a token of this benchmark alone, and long enough"  # noqa: S105  the server ends with the benchmark
CONTEXT_KEY = "the key of this benchmark, which signs nothing elsewhere"
START_SECONDS = 600


def plain_project() -> Path:
    """The folder of a trained `rasa init` project, made once for each set of the bot's packages; takes minutes."""
    project = MADE / f"rasa-init-{digest_of([ROOT / 'requirements' / 'bot.txt'])[:8]}"
    if not (project / "models").exists():
        project.mkdir(parents=True, exist_ok=True)
        print("  training a plain `rasa init` project, once …", flush=True)
        run(
            [*RASA, "init", "--no-prompt", "--init-dir", project],
            MADE / "log" / "benchmark-rasa-init.log",
            env=bot_environment(),
        )
    return project


@contextmanager
def private_bot(folder: Path) -> Iterator[int]:
    """Baton's bot with the model of this clone, and its action server with a seeded shop; yields the bot's port."""
    (folder / "credentials.yml").write_text(filled(TEMPLATES / "credentials.yml", {"bot_token": TOKEN}))
    with _action_server(folder) as actions_port:
        there = {"actions_port": str(actions_port), "actions_token": TOKEN}
        (folder / "endpoints.yml").write_text(filled(TEMPLATES / "endpoints.yml", there))
        with _serving(folder, MODELS, ROOT, "/webhooks/baton/health") as port:
            yield port


@contextmanager
def plain_bot(folder: Path, project: Path) -> Iterator[int]:
    """The `rasa init` project's bot; yields its port."""
    (folder / "credentials.yml").write_text("rest:\n")
    (folder / "endpoints.yml").write_text("{}\n")
    with _serving(folder, project / "models", project, "/") as port:
        yield port


def train(config: Path, domain: Path, data: Path, where: Path, folder: Path) -> None:
    """One whole `rasa train` without its cache, as a process of its own."""
    inputs = ("--config", config, "--domain", domain, "--data", data, "--out", folder / "model")
    env = {**bot_environment(), "RASA_MAX_CACHE_SIZE": "0"}
    words = [str(word) for word in (*RASA, "train", *inputs, "--fixed-model-name", "measured")]
    with (folder / "train.log").open("wb") as log:
        subprocess.run(words, cwd=where, env=env, stdout=log, stderr=log, check=True)


@contextmanager
def _action_server(folder: Path) -> Iterator[int]:
    port, shop = free_port(), f"sqlite:///{folder}/shop.sqlite"
    seed(shop, datetime.now(UTC).date())
    secrets = {"BATON_ACTIONS_TOKEN": TOKEN, "BATON_CONTEXT_KEY": CONTEXT_KEY, "SHOP_DATABASE_URL": shop}
    env = {**plain_environment(), **secrets, "BATON_ACTIONS_PORT": str(port)}
    with (folder / "actions.log").open("wb") as log:
        process = subprocess.Popen([DESK_PYTHON, "-m", "actions"], cwd=ROOT, env=env, stdout=log, stderr=log)
    try:
        eventually(lambda: answers(f"http://127.0.0.1:{port}/health") or process.poll() is not None, START_SECONDS)
        assert process.poll() is None, (folder / "actions.log").read_text()[-2000:]
        yield port
    finally:
        process.terminate()
        process.wait(60)


@contextmanager
def _serving(folder: Path, model: Path, where: Path, health: str) -> Iterator[int]:
    port = free_port()
    told = folder / "environment.json"
    told.write_text(json.dumps(bot_environment()))
    files = ("--credentials", folder / "credentials.yml", "--endpoints", folder / "endpoints.yml", "-m", model)
    child = (DESK_PYTHON, TEMPLATES / "child.py", "--parent", str(os.getpid()), told)
    words = [*child, *RASA, "run", "--quiet", *files, "-i", "127.0.0.1", "-p", str(port)]
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen([str(word) for word in words], cwd=where, stdout=log, stderr=log)
    try:
        eventually(lambda: answers(f"http://127.0.0.1:{port}{health}") or process.poll() is not None, START_SECONDS)
        assert process.poll() is None, (folder / "log").read_text()[-2000:]
        yield port
    finally:
        process.terminate()
        process.wait(60)
