"""Make everything that Baton needs in this clone: environments, web pages, encoder, model.

Run as `python3 -m deploy.setup` by any Python from 3.8 on. It can be stopped at any point and run again.
"""

from __future__ import annotations

import fcntl
import platform
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from deploy import node, pythons, uv
from deploy.bot_environment import bot_environment
from deploy.commands import Stopped, asked, run
from deploy.places import BOT, BOT_PYTHON, DESK, DESK_PYTHON, DIST, ENCODER, LOGS, MADE, MODELS, ROOT, WEB
from deploy.steps import Step, digest_of, take

BOT_VERSIONS = ("3.10",)
DESK_VERSIONS = ("3.12", "3.11")
REQUIREMENTS = ROOT / "requirements"


def main() -> int:
    """Do what is missing; 0 if all is there, 1 with words if something stands in the way."""
    return in_plain_words(set_up)


def in_plain_words(work: Callable[[], None]) -> int:
    """Do the work; tell what stands in its way without a traceback. The code to exit with."""
    try:
        work()
    except Stopped as stopped:
        print(f"\n{stopped}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("\nStopped. The same command goes on from here.", file=sys.stderr)
        return 130
    return 0


def set_up() -> None:
    """Take all steps, one set-up at a time."""
    check_machine()
    with alone():
        take(steps())


def steps() -> list[Step]:
    """What there is to do, in order. Pythons come early: where one is missing we stop within seconds."""
    return [
        Step("uv", "uv, which makes the environments", uv.have_uv, always=True),
        Step("pythons", "Python 3.10 for the bot, 3.12 or 3.11 for the desk", find_pythons, always=True),
        environment_step("desk", "The desk's environment", DESK, DESK_VERSIONS),
        Step("texts", "The writers' files, proofread", proofread, always=True),
        environment_step("bot", "The bot's environment, with Rasa", BOT, BOT_VERSIONS),
        Step("node", "Node, which builds the web pages", node.have_node, always=True),
        Step("packages", "The web pages' packages", install_packages, package_inputs, (WEB / "node_modules",)),
        Step("web", "The web pages", build_web, web_inputs, (DIST,)),
        Step("encoder", "The sentence encoder", make_encoder, encoder_inputs, (ENCODER,)),
        Step("model", "The bot's model", train, model_inputs, (MODELS,)),
    ]


def check_machine() -> None:
    """Stopped at once where the locked packages can't run."""
    if (platform.system(), platform.machine()) != ("Linux", "x86_64"):
        raise Stopped(
            f"The bot's packages are locked for Linux on x86-64; this is {platform.system()} on {platform.machine()}.\n"
            "Run Baton in a Linux x86-64 virtual machine or container."
        )


@contextmanager
def alone() -> Iterator[None]:
    """Hold the set-up's lock; wait for another set-up in this clone and say so."""
    MADE.mkdir(exist_ok=True)
    with (MADE / "setup.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            print("Another set-up runs in this clone; waiting for it.", flush=True)
            fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def find_pythons() -> str:
    """Find both Pythons, or use those that the environments already have."""
    return " and ".join(
        pythons.described(python_for(place, versions))
        for place, versions in ((BOT, BOT_VERSIONS), (DESK, DESK_VERSIONS))
    )


def python_for(place: Path, versions: Sequence[str]) -> Path:
    """The environment's own Python where it works, else one found on the machine or fetched."""
    own = place / "bin" / "python"
    return own if any(pythons.works(own, version) for version in versions) else pythons.python(versions)


def environment_step(name: str, title: str, place: Path, versions: Sequence[str]) -> Step:
    """The step that makes the environment in `place` from its lock file."""
    lock = REQUIREMENTS / f"{name}.txt"
    return Step(
        name,
        title,
        lambda: make_environment(place, lock, versions),
        lambda: [lock, *versions],
        (place / "bin" / "python",),
    )


def make_environment(place: Path, lock: Path, versions: Sequence[str]) -> str:
    """Make `place` hold exactly what `lock` names. One that was cut short while it was filled is made anew."""
    log = LOGS / f"setup-{place.name}.log"
    begun = place.with_name(f"{place.name}.begun")
    python = python_for(place, versions)
    if begun.exists() or python.parent.parent != place:
        run([uv.uv(), "venv", "--clear", "--no-project", "--python", base_of(python), place], log, env=uv.environment())
    begun.touch()
    own = place / "bin" / "python"
    run([uv.uv(), "pip", "sync", "--require-hashes", "--python", own, lock], log, env=uv.environment())
    begun.unlink()
    return pythons.described(own)


def base_of(python: Path) -> Path:
    """The Python behind an environment's; the same one if it isn't in an environment."""
    base = asked([python, "-c", "import sys, sysconfig; print(sysconfig.get_config_var('BINDIR'))"])
    named = Path(base or "") / f"python{asked([python, '-c', pythons.NEEDED])}"
    return named if named.exists() else python


def proofread(files: Path = ROOT) -> str:
    """Look for slips in the files that writers change, before anything is made of them; Stopped with what to mend."""
    told = subprocess.run(
        [str(DESK_PYTHON), "-m", "proofread", str(files)],
        cwd=str(ROOT),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        check=False,
    )
    if told.returncode != 0:
        raise Stopped(told.stdout.decode(errors="replace").strip())
    return ""


def install_packages() -> str:
    """Install what package-lock.json names, no more and no less."""
    run([node.npm(), "ci", "--no-audit", "--no-fund"], LOGS / "setup-packages.log", env=node.environment(), cwd=WEB)
    return ""


def build_web() -> str:
    """Build web/dist."""
    run([node.npm(), "run", "build"], LOGS / "setup-web.log", env=node.environment(), cwd=WEB)
    return ""


def make_encoder() -> str:
    """Make the encoder's ONNX file from the weights in the bot's environment; kept under the weights' hash."""
    run([BOT_PYTHON, "-m", "bot.make_encoder"], LOGS / "setup-encoder.log", env=bot_environment())
    return ""


def train() -> str:
    """Train the model under a name that tells its inputs, and put it in the place of the last one when it's whole."""
    name = f"baton-{digest_of(model_inputs())[:8]}"
    unfinished = MADE / "model.unfinished"
    shutil.rmtree(str(unfinished), ignore_errors=True)
    rasa = [BOT_PYTHON, "-m", "rasa", "train", "-d", "domain", "--fixed-model-name", name, "--out", unfinished]
    run(rasa, LOGS / "setup-model.log", env=bot_environment())
    MODELS.mkdir(exist_ok=True)
    before = list(MODELS.iterdir())
    (unfinished / f"{name}.tar.gz").replace(MODELS / f"{name}.tar.gz")
    for old in before:
        old.unlink() if old.name != f"{name}.tar.gz" else None
    unfinished.rmdir()
    return name


def package_inputs() -> list[object]:
    """What decides which packages the web pages get."""
    return [WEB / "package.json", WEB / "package-lock.json", WEB / ".npmrc", node.version()]


def web_inputs() -> list[object]:
    """What decides how the web pages look."""
    return [WEB, *sorted((ROOT / "handoff").glob("*.json")), node.version()]


def encoder_inputs() -> list[object]:
    """What decides the encoder's file."""
    return [*sorted((ROOT / "bot").glob("*enco*.py")), REQUIREMENTS / "bot.txt"]


def model_inputs() -> list[object]:
    """What decides the model. The encoder counts by its name, which holds the weights' hash."""
    encoders = sorted(path.name for path in ENCODER.glob("*.onnx"))
    return [*(ROOT / part for part in ("config.yml", "domain", "data", "bot")), REQUIREMENTS / "bot.txt", *encoders]


if __name__ == "__main__":
    sys.exit(main())
