"""Files on disk: taken in piece by piece, made safe in a process apart, kept under names of our own, given out."""

import asyncio
import hashlib
import json
import os
import subprocess
import sys
from collections.abc import AsyncIterator, Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from handoff import errors
from handoff.errors import NO_ROOM, FileEmpty, FileTooLarge, FileUnreadable, NotFound, StorageUnavailable
from handoff.file_types import HEAD_BYTES, PNG, FileType, check_begins
from handoff.ids import new_id
from handoff.words import Sentence

T = TypeVar("T")
Chunks = AsyncIterator[bytes]

WORKERS = 2
HANDS = 8
WORKER_SECONDS = 20
ROOT = Path(__file__).parent.parent
UNFINISHED = ".part"


@dataclass(frozen=True, slots=True)
class Kept:
    """A file on disk under `id`. `sha256` is that of the bytes as they came; width and height are a picture's."""

    id: str
    media_type: str
    size: int
    sha256: str
    width: int | None = None
    height: int | None = None


class FileStore:
    """The folder of files; `most_bytes` and `most_pixels` are what one may have."""

    def __init__(self, folder: Path, most_bytes: int, most_pixels: int):
        self._folder = folder
        self._most_bytes = most_bytes
        self._most_pixels = most_pixels
        self._workers = ThreadPoolExecutor(WORKERS, thread_name_prefix="desk-file-workers")
        self._hands = ThreadPoolExecutor(HANDS, thread_name_prefix="desk-files")

    @asynccontextmanager
    async def taken_in(self, chunks: Chunks, kind: FileType, *, square: int | None = None) -> AsyncIterator[Kept]:
        """A file out of the bytes that arrive, safe to keep; it's gone again if the block fails.

        `square` is for a picture that is to be cut square, as a PNG of so many pixels a side.

        FileRefused, FileEmpty, FileTooLarge, FileUnreadable for what may not be kept, StorageUnavailable for a disk
        that takes no more. Whatever happens on the way, nothing half done is left.
        """
        id = new_id()
        arriving, safe = self._folder / f"{id}.in{UNFINISHED}", self._folder / f"{id}.out{UNFINISHED}"
        try:
            sha256 = await self._receive(chunks, arriving, kind)
            size = await self._in_thread(self._make_safe, kind, arriving, safe, square, pool=self._workers)
            media_type = PNG.media_type if square else kind.kept_as or kind.media_type
            kept = await self._in_thread(self._keep, id, safe, media_type, sha256, size)
            try:
                yield kept
            except BaseException:
                self._path(id).unlink(missing_ok=True)
                raise
        finally:
            arriving.unlink(missing_ok=True)
            safe.unlink(missing_ok=True)

    async def read(self, id: str) -> bytes:
        """A kept file's bytes; NotFound where they are gone."""
        try:
            return await self._in_thread(self._path(id).read_bytes)
        except FileNotFoundError:
            raise NotFound from None

    async def remove(self, id: str) -> None:
        """Take a file off the disk; one that's gone is gone."""
        await self._in_thread(lambda: self._path(id).unlink(missing_ok=True))

    async def kept_before(self, moment: float) -> list[str]:
        """The names on disk of what was last written before `moment` (seconds since 1970), unfinished ones too."""
        return await self._in_thread(self._older_than, moment)

    def close(self) -> None:
        self._workers.shutdown(cancel_futures=True)
        self._hands.shutdown(cancel_futures=True)

    async def _receive(self, chunks: Chunks, arriving: Path, kind: FileType) -> str:
        file = await self._in_thread(self._open, arriving)
        digest, size, head = hashlib.sha256(), 0, b""
        try:
            async for chunk in chunks:
                size += len(chunk)
                if size > self._most_bytes:
                    raise FileTooLarge(limit=self._most_bytes)
                digest.update(chunk)
                head = (head + chunk)[:HEAD_BYTES]
                await self._in_thread(file.write, chunk)
        finally:
            await self._in_thread(file.close)
        if not size:
            raise FileEmpty
        check_begins(kind, head)
        return digest.hexdigest()

    def _open(self, path: Path) -> Any:
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        return open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb")

    def _make_safe(self, kind: FileType, source: Path, target: Path, square: int | None) -> Any:
        """Let a process of its own do it, without our environment, and killed when it takes too long."""
        command = [sys.executable, "-Esm", "handoff.file_worker", kind.media_type, str(source), str(target)]
        numbers = [str(self._most_pixels), str(square or 0)]
        try:
            done = subprocess.run(
                [*command, *numbers],
                cwd=ROOT,
                env={},
                stdin=subprocess.DEVNULL,
                capture_output=True,
                timeout=WORKER_SECONDS,
                check=True,
            )
        except (subprocess.TimeoutExpired, subprocess.CalledProcessError):
            raise FileUnreadable from None
        return _judged(json.loads(done.stdout))

    def _keep(self, id: str, safe: Path, media_type: str, sha256: str, size: dict[str, int]) -> Kept:
        """Give the file its name for good, on disk before anyone is told that it's kept."""
        with safe.open("rb") as file:
            os.fsync(file.fileno())
        safe.rename(self._path(id))
        folder = os.open(self._folder, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)
        return Kept(id, media_type, self._path(id).stat().st_size, sha256, **size)

    def _older_than(self, moment: float) -> list[str]:
        if not self._folder.is_dir():
            return []
        return [entry.name for entry in os.scandir(self._folder) if entry.stat().st_mtime < moment]

    def _path(self, id: str) -> Path:
        return self._folder / id

    async def _in_thread(self, work: Callable[..., T], *args: Any, pool: ThreadPoolExecutor | None = None) -> T:
        try:
            return await asyncio.get_running_loop().run_in_executor(pool or self._hands, work, *args)
        except FileNotFoundError:
            raise
        except OSError as error:
            raise StorageUnavailable(NO_ROOM, retry_after=30) from error


def _judged(answer: dict[str, Any]) -> dict[str, int]:
    """The picture's size; else the refusal that the process came to."""
    if "refused" in answer:
        raise getattr(errors, answer["refused"])(answer["sentence"] and Sentence(**answer["sentence"]))
    return answer
