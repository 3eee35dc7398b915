"""Write what the programs read at their start: secrets, endpoints, credentials, environments, supervisord's file."""

from __future__ import annotations

import hashlib
import json
import os
import re
import secrets
import shlex
import tempfile
from pathlib import Path

from deploy.places import DESK_PYTHON, LOGS, ROOT, RUN, SUPERVISORD_CONF, TEMPLATES, VAR
from deploy.programs import (
    SECRET_NAMES,
    Program,
    basics,
    command,
    environment,
    environment_file,
    log_file,
    ports,
    programs,
)
from deploy.steps import write_whole

SECRETS = VAR / "secrets.json"
PID_FILE = RUN / "supervisord.pid"
LONGEST_SOCKET = 100


def write_settings() -> None:
    """Write all files; secrets that are there stay. Each file that holds one is readable by its owner only."""
    for folder in (LOGS, RUN):
        folder.mkdir(parents=True, exist_ok=True)
    known = ensured_secrets(SECRETS)
    for program in programs():
        write_private(environment_file(program.name), json.dumps(environment(program, known), indent=1))
    write_private(environment_file("supervisord"), json.dumps(basics(), indent=1))
    for name in ("endpoints.yml", "credentials.yml"):
        write_private(VAR / name, filled(TEMPLATES / name, {**known, "actions_port": str(ports()["actions"])}))
    write_private(SUPERVISORD_CONF, supervisord_conf())


def ensured_secrets(path: Path) -> dict[str, str]:
    """The secrets in `path`; those missing are made at random (256 bits, hex) and kept there."""
    known: dict[str, str] = json.loads(path.read_text()) if path.exists() else {}
    complete = {**{name: secrets.token_hex(32) for name in SECRET_NAMES}, **known}
    write_private(path, json.dumps(complete, indent=1))
    return complete


def supervisord_conf() -> str:
    """supervisord's configuration, with a section for each program."""
    places = {"root": str(ROOT), "var": str(VAR), "pid_file": str(PID_FILE), "socket": str(socket_file())}
    sections = [filled(TEMPLATES / "program.conf", {**places, **section(program)}) for program in programs()]
    return filled(TEMPLATES / "supervisord.conf", places) + "".join(sections)


def section(program: Program) -> dict[str, str]:
    """What differs from program to program. supervisord takes % for its own, so it's doubled."""
    child = [str(DESK_PYTHON), str(TEMPLATES / "child.py"), "--parent", str(PID_FILE)]
    words = [*child, str(environment_file(program.name)), *command(program)]
    return {
        "name": program.name,
        "command": " ".join(shlex.quote(word) for word in words).replace("%", "%%"),
        "log": str(log_file(program.name)).replace("%", "%%"),
    }


def socket_file() -> Path:
    """supervisord's socket; outside the clone where its path would be too long for a socket."""
    inside = RUN / "supervisor.sock"
    if len(str(inside)) <= LONGEST_SOCKET:
        return inside
    return (
        Path(tempfile.gettempdir()) / f"baton-{os.getuid()}-{hashlib.sha256(str(ROOT).encode()).hexdigest()[:12]}.sock"
    )


def filled(template: Path, values: dict[str, str]) -> str:
    """The template with each @NAME@ replaced; KeyError for a name without a value."""
    return re.sub("@([A-Z_]+)@", lambda place: values[place.group(1).lower()], template.read_text())


def write_private(path: Path, content: str) -> None:
    """Write a file whole, readable by its owner only."""
    write_whole(path, content, mode=0o600)
