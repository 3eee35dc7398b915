"""A YAML error in plain words: where the slip probably is, which is often above the line where reading failed."""

import re
from collections.abc import Callable

from ruamel.yaml.error import MarkedYAMLError

from proofread.faults import Fault

LINE = re.compile(r"(?P<before>[ \t]*(?:-[ ]?)?)(?P<name>[a-z_]+):(?P<rest>.*)")
WHOLE = re.compile(r'"(?:[^"\\]|\\.)*"\s*(?:#.*)?')
NAMES = "buttons|text|title|payload|steps|condition|slot_was_set|intent|action|rule|examples"
QUOTES = re.compile(r'(?<!\\)"')
FURTHEST_BACK = 12
"""Lines before the one where reading failed that are looked at."""


def broken(file: str, text: str, error: MarkedYAMLError) -> Fault:
    """The likeliest slip between where the unreadable part begins and where reading failed."""
    failed, began = (mark.line if mark else None for mark in (error.problem_mark, error.context_mark))
    last = failed if failed is not None else began or 0
    first = max(began if began is not None else last, last - FURTHEST_BACK)
    lines = text.split("\n")
    for number in [*range(min(first, last), last + 1), last - 1]:
        if 0 <= number < len(lines) and (words := slip(lines[number])):
            return Fault(file, number + 1, words)
    return Fault(file, last + 1, _by_place(lines, last))


def slip(line: str) -> str | None:
    """What is wrong with a line whatever stands around it; None if nothing is seen."""
    return next((words for look in SLIPS if (words := look(line))), None)


def _tab(line: str) -> str | None:
    if "\t" not in line[: len(line) - len(line.lstrip())]:
        return None
    return "This line begins with a tab. Take it out and type spaces instead, as in the lines around it."


def _no_space(line: str) -> str | None:
    if re.match(r"\s*-[a-z_]+: ", line):
        return "A space is missing after the dash: write “- ” at the beginning."
    found = LINE.fullmatch(line)
    if found and found["rest"][:1] not in ("", " "):
        return f"A space is missing after “{found['name']}:”."
    return None


def _quotes(line: str) -> str | None:
    found = LINE.fullmatch(line)
    rest = found["rest"].strip() if found else ""
    if not rest.startswith('"') or WHOLE.fullmatch(rest):
        return None
    if len(QUOTES.findall(rest)) == 1:
        return 'The quotation mark at the end of this line is missing: a text begins and ends with ".'
    return 'There\'s a " inside the text, which ends it. Inside a text write “ and ”, or \\" with a backslash.'


def _colon(line: str) -> str | None:
    found = LINE.fullmatch(line)
    rest = found["rest"].strip() if found else ""
    if rest and rest[0] not in "\"'[{|>&*#" and re.search(r":(\s|$)", rest):
        return "There's a colon in this text, so it needs quotation marks: \" at its beginning and at its end."
    if rest.startswith("{"):
        return 'A text that begins with { needs quotation marks: " at its beginning and at its end.'
    return None


def _no_colon(line: str) -> str | None:
    if re.fullmatch(rf"\s*(?:- )?(?:{NAMES}|utter_\w+)\s*", line):
        return "A colon is missing at the end of this line."
    if found := re.fullmatch(r"\s*([a-z]+_[a-z_]+) +\S.*", line):
        return f"A colon is missing after “{found[1]}”."
    return None


SLIPS: tuple[Callable[[str], str | None], ...] = (_tab, _no_space, _quotes, _colon, _no_colon)


def _by_place(lines: list[str], number: int) -> str:
    above = next((at for at in range(number - 1, -1, -1) if lines[at].strip()), number - 1)
    return (
        f"This line doesn't fit the one above it (line {above + 1}). Mostly it has a space too many or too few at its "
        "beginning: let it begin exactly where its neighbours of the same kind do. If it looks right, look for a "
        'missing " just above.'
    )
