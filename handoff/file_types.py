"""Which files may be sent, told by their first bytes and never by what they are called; and how they're called here."""

import re
import unicodedata
from dataclasses import dataclass
from urllib.parse import unquote_to_bytes

from handoff.errors import FileRefused
from handoff.texts import masked
from handoff.words import together, wording

LONGEST_NAME = 120
HEAD_BYTES = 16
SUFFIX = re.compile(r"\.([A-Za-z][A-Za-z0-9]{0,9})\Z")
# Names that end twice are how a program is dressed up as a picture.
ACTIVE = re.compile(
    r"(?i)\.(apk|app|bat|bin|chm|cmd|com|cpl|css|dll|dmg|docm|exe|gadget|hta|html?|iso|jar|jse?|lnk|mht(ml)?|mjs|ms[ci]"
    r"|php|pif|pl|ps1|py|rb|reg|scr|sh|svgz?|swf|url|vb[es]?|wsf|xht(ml)?|xls[mx]?|xml|xsl|zip)\Z"
)
RESERVED = re.compile(r"(?i)(con|prn|aux|nul|com\d|lpt\d)(\.|\Z)")


@dataclass(frozen=True, slots=True)
class FileType:
    """A type that may be sent: how its bytes begin, what names end in, and what a picture is kept as."""

    media_type: str
    begins: tuple[re.Pattern[bytes], ...]
    suffixes: tuple[str, ...]
    decoder: str | None = None
    kept_as: str | None = None

    @property
    def is_picture(self) -> bool:
        return self.decoder is not None


PNG = FileType("image/png", (re.compile(rb"\x89PNG\r\n\x1a\n"),), ("png",), "PNG", "image/png")
JPEG = FileType("image/jpeg", (re.compile(rb"\xff\xd8\xff"),), ("jpg", "jpeg", "jfif"), "JPEG", "image/jpeg")
WEBP = FileType("image/webp", (re.compile(rb"RIFF.{4}WEBP", re.DOTALL),), ("webp",), "WEBP", "image/webp")
GIF = FileType("image/gif", (re.compile(rb"GIF8[79]a"),), ("gif",), "GIF", "image/png")
PDF = FileType("application/pdf", (re.compile(rb"%PDF-[12]\."),), ("pdf",))
TEXT = FileType("text/plain", (re.compile(rb"(?!\s*<|%PDF|#!|\x7fELF|PK\x03\x04|MZ)"),), ("txt", "text", "log"))
TYPES = {each.media_type: each for each in (PNG, JPEG, WEBP, GIF, PDF, TEXT)}
SUFFIX_OF = {each.media_type: each.suffixes[0] for each in TYPES.values()}


def claimed_type(content_type: str) -> FileType:
    """The type that a request's header claims; FileRefused for any that may not be sent."""
    found = TYPES.get(content_type.partition(";")[0].strip().lower())
    if found is None:
        raise FileRefused
    return found


def check_begins(kind: FileType, head: bytes) -> None:
    """FileRefused where the file isn't what it claims to be."""
    if not any(beginning.match(head) for beginning in kind.begins):
        raise FileRefused(together(wording("file_misnamed"), FileRefused.usual))


def shown_name(encoded: str, kind: FileType) -> str:
    """What a file is called where it's shown: one line of at most 120 characters, ending in what it's kept as.

    `encoded` is the sender's name, percent-encoded UTF-8. FileRefused where it ends in another type's letters, or
    twice.
    """
    name = _one_line(unquote_to_bytes(encoded.encode("utf-8", "replace")).decode("utf-8", "replace"))
    stem, suffix = _split(name)
    if (suffix and suffix not in kind.suffixes) or ACTIVE.search(stem.rstrip(". ")):
        raise FileRefused(together(wording("file_name_ends_oddly"), FileRefused.usual))
    kept = kind.kept_as or kind.media_type
    ending = suffix if suffix and kept == kind.media_type else SUFFIX_OF[kept]
    return f"{_safe(masked(stem).text)[: LONGEST_NAME - len(ending) - 1].rstrip('. ')}.{ending}"


def _one_line(name: str) -> str:
    """The last part of a path, without what can't be seen or turns the direction of writing."""
    last = re.split(r"[/\\]", unicodedata.normalize("NFC", name))[-1]
    visible = "".join(" " if each.isspace() else each for each in last if each.isspace() or _is_visible(each))
    return re.sub(r"\s+", " ", visible).strip().rstrip(". ")


def _is_visible(character: str) -> bool:
    return unicodedata.category(character) not in ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp")


def _split(name: str) -> tuple[str, str]:
    suffix = _suffix_of(name)
    return (name[: -len(suffix) - 1], suffix) if suffix else (name, "")


def _suffix_of(name: str) -> str:
    found = SUFFIX.search(name.rstrip(". "))
    return found[1].lower() if found else ""


def _safe(stem: str) -> str:
    plain = re.sub(r'[<>:"|?*]', "_", stem).strip(". ") or "file"
    return f"_{plain}" if RESERVED.match(plain) else plain
