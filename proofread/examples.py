"""The examples of `data/nlu/`: each intent has some, and no text is an example of two."""

import re
from collections.abc import Iterator

from proofread.faults import Fault, hint
from proofread.reading import twice
from proofread.texts import NO_EXAMPLES_NEEDED, Example, Texts, names


def faults_of_examples(texts: Texts) -> Iterator[Fault]:
    """What is wrong with examples and with the list of intents."""
    yield from twice((intent for intent, _ in texts.taught), "The intent")
    for section, what in (("intents", "The intent"), ("entities", "The entity"), ("actions", "The action")):
        yield from twice(iter(texts.listed(section)), what)
    yield from twice((name for name, _ in texts.slots), "The slot")
    yield from _untaught(texts)
    yield from _lines(texts)
    yield from _in_two(texts.examples)


def plain(text: str) -> str:
    """Without case and punctuation; an emoji stays."""
    return re.sub(r"\W+", " ", text.lower()).strip() or text


def _untaught(texts: Texts) -> Iterator[Fault]:
    known, taught = texts.listed("intents"), [intent for intent, _ in texts.taught]
    filled = {example.intent for example in texts.examples}
    for intent in taught:
        if intent.text not in names(known):
            near = hint(intent.text or "", names(known)) or " A new one is also listed there, under “intents:”."
            yield intent.fault(f"There's no intent “{intent.text}” in domain/.{near}")
    for intent in known:
        if (intent.text or "") not in filled | NO_EXAMPLES_NEEDED:
            near = hint(intent.text or "", names(taught) - names(known))
            yield intent.fault(
                f"The intent “{intent.text}” has no examples in data/nlu, so the bot can't understand it.{near}"
                " Write some, or take it out."
            )


def _lines(texts: Texts) -> Iterator[Fault]:
    for _, block in texts.taught:
        for number, line in enumerate((block.text or "").split("\n"), block.line + 1):
            if line.strip() and not re.match(r"- +\S", line):
                yield Fault(block.file, number, "Each example is one line that begins with “- ”, like its neighbours.")


def _in_two(examples: list[Example]) -> Iterator[Fault]:
    first: dict[str, Example] = {}
    for example in examples:
        before = first.setdefault(plain(example.text), example)
        if before is not example:
            yield Fault(example.file, example.line, _also(example, before))


def _also(example: Example, before: Example) -> str:
    place = f"{before.file}, line {before.line}"
    if before.intent == example.intent:
        return f"“{example.text}” is an example of “{example.intent}” already ({place}). Take one out."
    return (
        f"“{example.text}” is an example of “{example.intent}” here and of “{before.intent}” in {place}."
        " The bot can't learn both: keep it where it fits better."
    )
