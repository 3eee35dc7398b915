"""Whether a PDF is plain paper: it does nothing when it's opened, carries no other file, and can be looked through.

A PDF is refused for the names of what acts (ISO 32000-2, 7.7.2 and 12.6), wherever they stand: in the open, with
letters written as #xx, or inside a stream that Flate packs. What can't be looked through is refused too: encrypted
files, and streams packed in a way that no scanner or printer has used since the nineties.
"""

import re
import zlib
from collections.abc import Iterator

from handoff.errors import FileRefused, FileUnreadable
from handoff.words import wording

ACTING = re.compile(
    rb"/(JavaScript|OpenAction|EmbeddedFiles?|Launch|Rendition|RichMedia|XFA|AcroForm|SubmitForm|ImportData|GoToE)\b"
    rb"|/(JS|AA)\s*(?=[(<]|\d+\s+\d+\s+R)"
)
CLOSED = re.compile(rb"/(Encrypt|ASCIIHexDecode|ASCII85Decode|LZWDecode|RunLengthDecode|Crypt)\b")
STREAM = re.compile(rb"stream\r?\n")
ESCAPED = re.compile(rb"#([0-9A-Fa-f]{2})")
PAGE = re.compile(rb"/Type\s*/Page\b")
END = b"%%EOF"
END_WITHIN = 1024
MOST_PAGES = 500
MOST_UNPACKED_BYTES = 64 * 1024 * 1024
CHUNK = 65_536


def check_pdf(content: bytes) -> None:
    """FileRefused for a PDF that does or carries something, FileUnreadable for one that can't be looked through."""
    if END not in content[-END_WITHIN:] or b"PK\x05\x06" in content[-65_600:]:
        raise FileUnreadable
    pages = 0
    for part in _parts(content):
        if CLOSED.search(part):
            raise FileUnreadable
        if ACTING.search(part):
            raise FileRefused(wording("pdf_does_something"))
        pages += len(PAGE.findall(part))
    if pages > MOST_PAGES:
        raise FileUnreadable(wording("pdf_too_long", most=MOST_PAGES))


def _parts(content: bytes) -> Iterator[bytes]:
    """The file as it is, and what its streams unpack to; names as they're meant."""
    yield _as_meant(content)
    left = MOST_UNPACKED_BYTES
    for start in STREAM.finditer(content):
        unpacked = _unpacked(content, start.end(), left)
        left -= len(unpacked)
        if left <= 0:
            raise FileUnreadable
        yield _as_meant(unpacked)


def _unpacked(content: bytes, start: int, most: int) -> bytes:
    """What Flate makes of the bytes from `start`, up to `most` of them; nothing where they aren't packed by it."""
    packed, unpacked = zlib.decompressobj(), bytearray()
    try:
        for place in range(start, len(content), CHUNK):
            unpacked += packed.decompress(packed.unconsumed_tail + content[place : place + CHUNK], most - len(unpacked))
            if packed.eof or len(unpacked) >= most:
                break
    except zlib.error:
        pass  # what was unpacked until then is looked at all the same
    return bytes(unpacked)


def _as_meant(part: bytes) -> bytes:
    return ESCAPED.sub(lambda match: bytes([int(match[1], 16)]), part) if b"#" in part else part
