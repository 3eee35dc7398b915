"""Steps of the set-up: each is skipped while its inputs are the same and what it makes is there."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from deploy.commands import Ticker
from deploy.places import MADE, shown

STAMPS = MADE / "setup"
MADE_THINGS = {"__pycache__", "node_modules", "dist"}


@dataclass(frozen=True)
class Step:
    """One step. `do` returns a few words on what it did; `inputs` are files, folders or plain words;
    one with `always` looks again each time."""

    name: str
    title: str
    do: Callable[[], str]
    inputs: Callable[[], Sequence[object]] = tuple
    makes: tuple[Path, ...] = ()
    always: bool = False

    def done(self) -> bool:
        """Whether the last run ended well, with the same inputs, and what it made is still there."""
        if self.always:
            return False
        stamp = stamp_of(self.name)
        return all(exists(made) for made in self.makes) and stamp.exists() and stamp.read_text() == self.digest()

    def digest(self) -> str:
        """The fingerprint of the inputs."""
        return digest_of(self.inputs())


def take(steps: Sequence[Step]) -> None:
    """Take the steps in order, showing how far we are. A step cut short has no stamp and is taken again."""
    for number, step in enumerate(steps, 1):
        head = f"[{number}/{len(steps)}] {step.title}"
        if step.done():
            print(f"{head}: already there", flush=True)
        else:
            _take(step, head)


def digest_of(inputs: Iterable[object]) -> str:
    """A fingerprint of words and files' contents; a folder counts with all in it, a missing path as missing."""
    sum_ = hashlib.sha256()
    for part in inputs:
        for name, content in _parts(part):
            sum_.update(f"{len(name)}:{name}:{len(content)}:".encode())
            sum_.update(content)
    return sum_.hexdigest()


def stamp_of(name: str) -> Path:
    """The file that holds the fingerprint of the step's last good run."""
    return STAMPS / name


def write_whole(path: Path, content: str, mode: int = 0o644) -> None:
    """Write a file so that it's there whole or not at all, never readable by more than `mode` allows."""
    path.parent.mkdir(parents=True, exist_ok=True)
    unfinished = path.with_name(f"{path.name}.{os.getpid()}.unfinished")
    unfinished.unlink() if unfinished.exists() else None
    with os.fdopen(os.open(str(unfinished), os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode), "w") as file:
        file.write(content)
    os.replace(str(unfinished), str(path))


def exists(made: Path) -> bool:
    """Whether a file is there, or a folder with something in it."""
    return made.is_file() or (made.is_dir() and any(made.iterdir()))


def _take(step: Step, head: str) -> None:
    digest = step.digest()
    stamp = stamp_of(step.name)
    stamp.unlink() if stamp.exists() else None
    with Ticker(head) as ticker:
        said = step.do()
    write_whole(stamp, digest)
    print(f"{head}: {said + ', ' if said else ''}{ticker.seconds} s", flush=True)


def _parts(part: object) -> Iterator[tuple[str, bytes]]:
    if not isinstance(part, Path):
        yield "", str(part).encode()
    elif part.is_dir():
        for file in _files(part):
            yield shown(file), file.read_bytes()
    else:
        yield shown(part), part.read_bytes() if part.exists() else b"(missing)"


def _files(folder: Path) -> list[Path]:
    found: list[Path] = []
    for place, folders, names in os.walk(str(folder)):
        folders[:] = [name for name in folders if name not in MADE_THINGS]
        found += [Path(place) / name for name in names]
    return sorted(found)
