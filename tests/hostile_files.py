"""Files to send: good ones, and ones made to hurt."""

from __future__ import annotations

import io
import struct
import zlib
from typing import Any

from PIL import Image, PngImagePlugin

TEXT = b"The box was torn open.\n"
GPS = {1: "N", 2: (48.0, 12.0, 30.0), 3: "E", 4: (16.0, 22.0, 10.0)}


def picture(kind: str = "PNG", size: tuple[int, int] = (60, 40), colour: str = "#a4301f", **more: Any) -> bytes:
    """A plain picture."""
    drawn = io.BytesIO()
    Image.new("RGB", size, colour).save(drawn, format=kind, **more)
    return drawn.getvalue()


def photo_with_place() -> bytes:
    """What a phone sends: lying on its side, with the camera's name and the place where it was taken."""
    exif = Image.Exif()
    exif[0x010F] = "BatonPhone"
    exif[0x0112] = 6
    exif.get_ifd(0x8825).update(GPS)
    return picture("JPEG", (120, 80), exif=exif)


def animated() -> bytes:
    frames = [Image.new("RGB", (30, 20), colour) for colour in ("red", "green", "blue")]
    drawn = io.BytesIO()
    frames[0].save(drawn, format="GIF", save_all=True, append_images=frames[1:])
    return drawn.getvalue()


def png_of(width: int, height: int, pixels: bytes = b"") -> bytes:
    """A PNG that says it's this large, whatever is in it."""
    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    chunks = [(b"IHDR", head), (b"IDAT", zlib.compress(pixels)), (b"IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data)) for name, data in chunks
    )


def png_with_packed_text() -> bytes:
    """A small picture with 200 MB of words packed into it."""
    info = PngImagePlugin.PngInfo()
    info.add_text("comment", "x" * 200_000_000, zip=True)
    return picture("PNG", pnginfo=info)


def pdf(*objects: bytes, trailer: bytes = b"") -> bytes:
    """A PDF of one empty page and these objects."""
    page = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 200 200] >>"
    own = [b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>", page, *objects]
    body = b"".join(b"%d 0 obj\n%s\nendobj\n" % (number, each) for number, each in enumerate(own, start=1))
    return b"%PDF-1.7\n" + body + b"trailer\n<< /Root 1 0 R " + trailer + b">>\n%%EOF\n"


def packed(content: bytes, more: bytes = b"") -> bytes:
    """A stream object, packed as most are."""
    data = zlib.compress(content)
    return b"<< /Length %d /Filter /FlateDecode %s>>\nstream\n%s\nendstream" % (len(data), more, data)
