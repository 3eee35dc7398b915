"""`python -m handoff.file_worker`: make one file safe to keep, in a process of its own with little memory and time.

Decoders are where strangers' bytes reach deepest: here they may crash, hang or eat memory, and the desk lives on.
"""

import errno
import json
import os
import resource
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Any

from handoff.errors import NO_ROOM, DeskError, FileRefused, StorageUnavailable
from handoff.file_pdf import check_pdf
from handoff.file_types import PDF, PNG, TEXT, TYPES
from handoff.words import Sentence

MOST_MEMORY = 1024**3
MOST_SECONDS = 15
MOST_BYTES = 32 * 1024**2
UNPRINTABLE = frozenset(range(32)) - frozenset(b"\t\n\f\r\x1b")


def main(words: list[str]) -> dict[str, Any]:
    """Write `target` from `source` if it may be kept; the picture's size, or why it may not."""
    media_type, source, target, most_pixels, square = words
    try:
        return make_safe(media_type, Path(source), Path(target), int(most_pixels), int(square))
    except DeskError as error:
        return refusal(error)
    except OSError as error:
        if error.errno not in (errno.ENOSPC, errno.EDQUOT):
            raise
        return refusal(StorageUnavailable(NO_ROOM))


def refusal(error: DeskError) -> dict[str, Any]:
    """A refusal as it travels back to the desk."""
    sentence = error.said if isinstance(error.said, Sentence) else None
    return {"refused": type(error).__name__, "sentence": sentence and asdict(sentence)}


def make_safe(media_type: str, source: Path, target: Path, most_pixels: int, square: int) -> dict[str, Any]:
    """Draw pictures anew, `square` pixels a side unless that is 0; look through PDFs and texts and keep them."""
    kind = TYPES[media_type]
    if kind.decoder and kind.kept_as:
        from handoff.redraw import Drawing, redraw

        kept_as = PNG.media_type if square else kind.kept_as
        width, height = redraw(source, target, Drawing(kind.decoder, kept_as, most_pixels, square))
        return {"width": width, "height": height}
    content = source.read_bytes()
    {PDF: check_pdf, TEXT: check_text}[kind](content)
    target.write_bytes(content)
    return {}


def check_text(content: bytes) -> None:
    """FileRefused for what isn't UTF-8 to be read by people."""
    try:
        content.decode()
    except UnicodeDecodeError:
        raise FileRefused from None
    if UNPRINTABLE.intersection(content):
        raise FileRefused


def limit_myself() -> None:
    """What one file may take, more ends this process; and what it writes is for the desk alone."""
    os.umask(0o077)
    for limit, most in (
        (resource.RLIMIT_AS, MOST_MEMORY),
        (resource.RLIMIT_CPU, MOST_SECONDS),
        (resource.RLIMIT_FSIZE, MOST_BYTES),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(limit, (most, most))


if __name__ == "__main__":
    limit_myself()
    sys.stdout.write(json.dumps(main(sys.argv[1:])))
