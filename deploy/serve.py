"""The second half of `make run`: fill the databases, start supervisord, wait for health, say where things are, stay.

Runs in the desk's environment; its argument is the open file that holds the lock of `make run`.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from types import FrameType

from deploy import supervision
from deploy.commands import Stopped, last_lines
from deploy.health import healthy
from deploy.places import LOGS, shown
from deploy.prepare import prepare
from deploy.programs import Program, is_demo, log_file, ports, programs
from deploy.settings import PID_FILE
from deploy.setup import in_plain_words
from handoff.demo_reps import PEOPLE
from handoff.settings import DEMO_PASSWORD

START_SECONDS = 180
STOP_SECONDS = 25
LIVES = 3


class Asked(Exception):
    """Somebody asked us to stop."""


def main() -> int:
    """Start, stay, stop. The code to exit with."""
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, _asked)
    return in_plain_words(_serve)


def _serve() -> None:
    try:
        prepare()
        keep_running()
    except Asked:
        print("Stopped.", flush=True)


def keep_running() -> None:
    """Keep supervisord running until somebody asks us to stop; then nothing is left behind."""
    daemon = start()
    try:
        wait_until_healthy(daemon)
        print(greeting(), flush=True)
        while True:
            daemon.wait()
            print("supervisord ended; starting it again.", flush=True)
            daemon = start()
    finally:
        stop(daemon)


def start() -> subprocess.Popen[bytes]:
    """Start supervisord; a process id left behind by a former one is not taken for its own."""
    PID_FILE.unlink(missing_ok=True)
    return supervision.start()


def wait_until_healthy(daemon: subprocess.Popen[bytes]) -> None:
    """Wait until every program answers, showing which we wait for; Stopped with the log of one that fails."""
    waiting = list(programs())
    lives: dict[str, set[float]] = {program.name: set() for program in waiting}
    began = time.monotonic()
    while waiting:
        waiting = [program for program in waiting if not _up(program)]
        _show_wait(waiting, time.monotonic() - began)
        refuse_failing(waiting, lives)
        if daemon.poll() is not None:
            raise Stopped(f"supervisord ended ({daemon.returncode}):\n{last_lines(LOGS / 'supervisord.log')}")
        if waiting and time.monotonic() - began > START_SECONDS:
            raise Stopped(failure(waiting[0], f"didn't answer within {START_SECONDS} s"))
        time.sleep(0.5)


def refuse_failing(waiting: list[Program], lives: dict[str, set[float]]) -> None:
    """Stopped if a program that we wait for has ended again and again. `lives` collects the starts seen."""
    states = supervision.states()
    for program in waiting:
        if program.name in states:
            lives[program.name].add(states[program.name].began)
        if len(lives[program.name]) > LIVES:
            raise Stopped(failure(program, "ends soon after each start"))


def failure(program: Program, what: str) -> str:
    """What is said of a program that doesn't come up."""
    log = log_file(program.name)
    return f"{program.name} {what}. The end of {shown(log)}:\n\n{last_lines(log)}"


def greeting() -> str:
    """Addresses and sign-ins."""
    at = {name: f"http://127.0.0.1:{port}" for name, port in ports().items()}
    console = f"  The reps' console              {at['desk']}/console/"
    demo = [
        f"  The demo shop, with the chat   {at['shop']}/",
        f"  Sign in there as a customer    {at['shop']}/sign-in",
        console,
        f"  Sign in there as a rep         {reps()}",
        f"  Their password                 {os.environ.get('BATON_DEMO_PASSWORD', DEMO_PASSWORD)}",
        f"  The mail that it would send    {at['desk']}/mail",
    ]
    end = f"Logs are in {shown(LOGS)}/. Ctrl-C stops everything."
    return "\n".join(["", "Baton is running.", "", *(demo if is_demo() else [console]), "", end])


def reps() -> str:
    """The names with which the demo's reps sign in, and what they are."""
    return ", ".join(f"{name} ({role})" for name, _, role in PEOPLE)


def stop(daemon: subprocess.Popen[bytes]) -> None:
    """End supervisord and with it all programs; with force if it takes too long. Further signals change nothing."""
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)
    print("\nStopping …", flush=True)
    daemon.terminate()
    try:
        daemon.wait(STOP_SECONDS)
    except subprocess.TimeoutExpired:
        daemon.kill()
        daemon.wait()


def _asked(number: int, frame: FrameType | None) -> None:
    raise Asked


def _up(program: Program) -> bool:
    return healthy(program) if program.health else program.name in supervision.states()


def _show_wait(waiting: list[Program], seconds: float) -> None:
    text = f"Waiting for {', '.join(program.name for program in waiting)} ({seconds:.0f} s)" if waiting else ""
    if sys.stdout.isatty():
        print(f"\r\033[K{text}", end="", flush=True)
    elif text and round(seconds, 1) % 10 < 0.5:
        print(text, flush=True)


if __name__ == "__main__":
    sys.exit(main())
