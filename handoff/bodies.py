"""The one place where JSON from outside is decoded: each key once, known fields only, nothing that can't be stored."""

import json
import re
from typing import Any, NoReturn

import msgspec

from handoff.errors import BadCharacter, BadField, BadJson, DuplicateKey, UnknownField

LONGEST_NUMBER = 20
LONGEST_NAME = 64
PATH = re.compile(r" - at `\$\.?(.*?)`\Z")
NAMED = re.compile(r"field `([^`]*)")


def decode(data: bytes | str, kind: Any) -> Any:
    """JSON as `kind`, a struct or a union of them; else a DeskError that names the field if there is one."""
    try:
        return msgspec.convert(_parse(data), kind)
    except msgspec.ValidationError as error:
        _refuse(str(error))


def _parse(data: bytes | str) -> Any:
    try:
        text = data.decode() if isinstance(data, bytes) else data
        return json.loads(
            text, object_pairs_hook=_object, parse_int=_integer, parse_float=_number, parse_constant=_OutOfRange
        )
    except (ValueError, RecursionError) as error:
        raise BadJson from error


class _OutOfRange:
    """Stands for NaN, Infinity and numbers beyond 64 bit: no field takes it, so the refusal names the field."""

    def __init__(self, _: str):
        pass


def _integer(digits: str) -> Any:
    fits = len(digits) <= LONGEST_NUMBER and abs(int(digits)) < 2**63
    return int(digits) if fits else _OutOfRange(digits)


def _number(text: str) -> Any:
    number = float(text)
    return number if abs(number) != float("inf") else _OutOfRange(text)


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key, value in pairs:
        if key in found:
            raise DuplicateKey(field=_shown(key))
        _check_characters(key, key)
        _check_characters(value, key)
        found[key] = value
    return found


def _check_characters(value: Any, field: str) -> None:
    if isinstance(value, str) and ("\0" in value or not _encodable(value)):
        raise BadCharacter(field=_shown(field))


def _encodable(text: str) -> bool:
    """False for a lone surrogate, which neither database takes."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def _refuse(reason: str) -> NoReturn:
    path, named = PATH.search(reason), NAMED.search(reason)
    field = _shown(".".join(found[1] for found in (path, named) if found and found[1]))
    if reason.startswith("Object contains unknown field"):
        raise UnknownField(field=field)
    if reason.startswith("Object missing required field"):
        raise BadField("A field is missing.", field=field)
    raise BadField(field=field)


def _shown(field: str) -> str | None:
    """A field's name as it can be sent back."""
    return field.encode("ascii", "backslashreplace").decode()[:LONGEST_NAME] or None
