"""What the bot's tests share: the encoder, a trained model, a running Rasa and a scripted action server."""

import os
import socket
import subprocess
import time
from pathlib import Path

import pytest
from talking import Bot, ScriptedActions

ROOT = Path(__file__).parents[2]
TOKEN = "a-token-for-the-tests-only"
ACTIONS_TOKEN = "another-token-for-the-tests"
STARTS_WITHIN = 120

os.chdir(ROOT)
os.environ.setdefault("RASA_TELEMETRY_ENABLED", "false")
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")


@pytest.fixture(scope="session")
def encoder():
    from bot import encoder_files
    from bot.encoding import Encoder

    return Encoder(encoder_files.onnx_file())


@pytest.fixture(scope="session")
def domain():
    from rasa.shared.core.domain import Domain

    return Domain.load("domain")


@pytest.fixture(scope="session")
def model(tmp_path_factory) -> Path:
    """A model trained from what is in the working tree now."""
    import rasa

    folder = tmp_path_factory.mktemp("model")
    result = rasa.train("domain", "config.yml", ["data"], output=str(folder), fixed_model_name="baton")
    assert result.model, "the training made no model"
    return Path(result.model)


@pytest.fixture(scope="session")
def actions():
    """The action server, answering as each test scripts it."""
    with ScriptedActions(ACTIONS_TOKEN) as server:
        yield server


@pytest.fixture(autouse=True)
def forget_scripts(request):
    """Each test scripts the actions afresh."""
    if "bot" in request.fixturenames:
        request.getfixturevalue("actions").script.clear()


@pytest.fixture(scope="session")
def bot(model, actions, tmp_path_factory):
    """A real `rasa run`, started as the product starts it."""
    folder, port = tmp_path_factory.mktemp("rasa"), free_port()
    template(folder, "endpoints.yml", {"@ACTIONS_PORT@": str(actions.port), "@ACTIONS_TOKEN@": ACTIONS_TOKEN})
    template(folder, "credentials.yml", {"@BOT_TOKEN@": TOKEN})
    log = folder / "rasa.log"
    process = start_rasa(model, folder, port, log)
    bot = Bot(port, TOKEN, log)
    try:
        wait_until_healthy(bot, process)
        yield bot
    finally:
        process.terminate()
        process.wait(20)


def start_rasa(model: Path, folder: Path, port: int, log: Path) -> subprocess.Popen:
    command = [str(ROOT / ".venv/bot/bin/rasa"), "run", "-i", "127.0.0.1", "-p", str(port), "-m", str(model)]
    files = ["--endpoints", str(folder / "endpoints.yml"), "--credentials", str(folder / "credentials.yml")]
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG", "BATON_ENCODER_DIR") if name in os.environ}
    environment = {**kept, "RASA_TELEMETRY_ENABLED": "false", "TF_CPP_MIN_LOG_LEVEL": "3"}
    return subprocess.Popen(command + files, cwd=ROOT, env=environment, stdout=log.open("wb"), stderr=subprocess.STDOUT)


def wait_until_healthy(bot: Bot, process: subprocess.Popen) -> None:
    end = time.monotonic() + STARTS_WITHIN
    while bot.health() != 200:
        assert process.poll() is None, bot.log.read_text()[-2000:]
        assert time.monotonic() < end, bot.log.read_text()[-2000:]
        time.sleep(0.3)


def template(folder: Path, name: str, values: dict[str, str]) -> None:
    text = (ROOT / "deploy" / name).read_text()
    for placeholder, value in values.items():
        assert placeholder in text
        text = text.replace(placeholder, value)
    (folder / name).write_text(text)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
