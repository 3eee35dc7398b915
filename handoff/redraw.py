"""Draws a picture anew, so that its pixels are all that's left of it: no place, no camera, no second file behind it."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from PIL import Image, ImageOps

from handoff.errors import FileTooLarge, FileUnreadable

QUALITY = 88
LONGEST_SIDE = 2560
TRANSPARENT = ("RGBA", "LA", "PA")
Image.MAX_IMAGE_PIXELS = None  # `redraw` checks the desk's own limit before anything is decoded


@dataclass(frozen=True, slots=True)
class Drawing:
    """How to draw: with which decoder, kept as what, the most pixels that it may have had; cut square if `square`."""

    decoder: str
    kept_as: str
    most_pixels: int
    square: int = 0


def redraw(source: Path, target: Path, how: Drawing) -> tuple[int, int]:
    """Write `target`; its width and height. FileTooLarge for too many pixels, FileUnreadable for no picture."""
    try:
        with Image.open(source, formats=[how.decoder]) as picture:
            if picture.width * picture.height > how.most_pixels:
                raise FileTooLarge
            drawn = _redrawn(picture, how)
    except (OSError, ValueError, SyntaxError, MemoryError, Image.DecompressionBombError) as error:
        raise FileUnreadable from error
    drawn.save(target, format=how.kept_as.removeprefix("image/").upper(), quality=QUALITY)
    return drawn.width, drawn.height


def _redrawn(picture: Any, how: Drawing) -> Any:
    """The first frame, the right way up, on a canvas that knows nothing of the original."""
    most = how.square * 4 or LONGEST_SIDE
    picture.thumbnail((most, most))
    upright = ImageOps.exif_transpose(picture)
    if how.square:
        upright = ImageOps.fit(upright, (how.square, how.square))
    clean = Image.new(_mode(upright, how), upright.size)
    clean.paste(upright.convert(clean.mode))
    return clean


def _mode(picture: Any, how: Drawing) -> str:
    see_through = picture.mode in TRANSPARENT or "transparency" in picture.info
    return "RGBA" if see_through and how.kept_as != "image/jpeg" else "RGB"
