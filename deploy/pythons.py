"""Find a Python of a wanted version: pyenv's, the machine's, uv's own, else let uv fetch one."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator, Sequence
from pathlib import Path

from deploy import uv
from deploy.commands import Stopped, asked, searched_path
from deploy.places import shown

FETCH_SECONDS = 240
NEEDED = "import sys, ssl, sqlite3, ctypes, zlib, lzma, bz2; print('%d.%d' % sys.version_info[:2])"


def python(versions: Sequence[str]) -> Path:
    """A working Python of the first of `versions` that can be had, such as ("3.12", "3.11"). Stopped where none can."""
    for version in versions:
        for candidate in candidates(version):
            if works(candidate, version):
                return candidate
    return _fetched(versions)


def candidates(version: str) -> Iterator[Path]:
    """Places where a Python of this version may be on the machine, best first; each may be missing or broken."""
    yield from _pyenv(version)
    for folder in searched_path():
        yield folder / f"python{version}"
    managed = asked([uv.uv(), "python", "find", "--managed-python", "--no-project", version], env=uv.environment())
    if managed:
        yield Path(managed)


def works(candidate: Path, version: str) -> bool:
    """Whether this program is a Python of that version with the modules we need (a pyenv shim may not be)."""
    return candidate.exists() and asked([candidate, "-c", NEEDED]) == version


def described(found: Path) -> str:
    """A few words on which Python was taken."""
    full = asked([found, "-c", "import sys; print('%d.%d.%d' % sys.version_info[:3])"])
    return f"Python {full} ({shown(found)})"


def _pyenv(version: str) -> Iterator[Path]:
    root = os.environ.get("PYENV_ROOT") or asked(["pyenv", "root"]) or str(Path.home() / ".pyenv")
    versions = (Path(root) / "versions").glob(f"{version}.*")
    for folder in sorted(versions, key=_patch, reverse=True):
        yield folder / "bin" / "python"


def _patch(folder: Path) -> tuple[int, str]:
    last = folder.name.split(".")[-1]
    return (int(last) if last.isdigit() else -1, folder.name)


def _fetched(versions: Sequence[str]) -> Path:
    fetched = _fetch(versions[0])
    if fetched is None:
        raise Stopped(
            f"There is no Python {' or '.join(versions)} on this machine, and uv couldn't fetch one. Two ways out:\n"
            f"  - with a network that reaches GitHub:  {shown(uv.uv())} python install {versions[0]}\n"
            f"  - with pyenv:                          pyenv install {versions[0]}\n"
            "Then run the same command again; nothing done so far is lost."
        )
    return fetched


def _fetch(version: str) -> Path | None:
    env = {**uv.environment(), "UV_HTTP_RETRIES": "0"}
    try:
        subprocess.run(
            [str(uv.uv()), "python", "install", "--quiet", "--no-bin", version],
            env=env,
            stdin=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            timeout=FETCH_SECONDS,
            check=True,
        )
    except subprocess.SubprocessError:
        return None
    managed = asked([uv.uv(), "python", "find", "--managed-python", "--no-project", version], env=env)
    return Path(managed) if managed and works(Path(managed), version) else None
