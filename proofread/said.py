"""What the actions say, read from their code without running it: names of responses, and the fields that fill them."""

import ast
import re
from collections import Counter
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

from proofread.code import keywords_of, nodes_under

SHOWN_SLOTS = frozenset({"order_number"})
"""As in `bot/nlg.py`, which the desk's Python can't import."""
NOT_FIELDS = frozenset({"response", "buttons", "json_message", "text"})
SAYS = re.compile(r"_?(say|tell|utter)\w*")
BEGINNING = re.compile("utter_[a-z_]+_")


@dataclass(frozen=True)
class Said:
    """All that stands in the actions' code."""

    nodes: list[ast.AST]

    @classmethod
    @cache
    def under(cls, root: Path) -> "Said":
        """Read `actions/`, once."""
        return cls(nodes_under(root / "actions"))

    @cached_property
    def words(self) -> set[str]:
        """Each text of small letters in the code, and beginnings of names that it completes (`f"utter_guess_{…}"`)."""
        texts = [node.value for node in self.nodes if isinstance(node, ast.Constant) and isinstance(node.value, str)]
        return {text for text in texts if re.fullmatch("[a-z_]+", text)} - {"utter_action", "utter_message"}

    @property
    def responses(self) -> set[str]:
        """The responses that the code names whole."""
        return {word for word in self.words if word.startswith("utter_") and not word.endswith("_")}

    def says(self, name: str, intents: set[str]) -> bool:
        """Whether an action says this response."""
        return name in self.responses or self.completes(name, intents)

    def completes(self, name: str, intents: set[str]) -> bool:
        """Whether an action puts the name of a response together: a question, small talk, a request's news, a step."""
        parts = re.fullmatch("utter_(ask_)?(.+?)(_asked|_asked_before|_done)?", name)
        if not parts:
            return False
        whole = parts[2] in (self.words if parts[1] or parts[3] else intents)
        return whole or name.startswith(tuple(self.beginnings))

    @cached_property
    def beginnings(self) -> set[str]:
        """What names of responses begin with that are completed at run time."""
        return {word for word in self.words if BEGINNING.fullmatch(word)} - {"utter_ask_"}

    @cached_property
    def fields(self) -> set[str]:
        """Every name that fills a brace somewhere."""
        given = {name for call in self._calls for name in _given(call)}
        dicts = (node for node in self.nodes if isinstance(node, ast.Dict))
        keys = {str(getattr(key, "value", "")) for node in dicts for key in node.keys if _is_text(key)}
        return given | keys | {word for words in self._pairs.values() for word in words} | SHOWN_SLOTS

    def fields_of(self, response: str, intents: set[str]) -> set[str]:
        """What fills this response's braces; all that fills any, where the code doesn't show it plainly."""
        calls, mentions = self._calls_of(response), self._mentions[response]
        if response in self._pairs:
            return self._pairs[response] | self._beside_pairs
        if mentions > len(calls) or any(word.arg is None for call in calls for word in call.keywords):
            return self.fields
        asked = response.startswith("utter_ask_") or response.removeprefix("utter_") in intents
        if not mentions and not asked and self.completes(response, intents):
            return self.fields
        return set(SHOWN_SLOTS).union(*map(_given, calls))

    def _calls_of(self, response: str) -> list[ast.Call]:
        return [call for call in self._calls if response in _named(call)]

    @cached_property
    def _mentions(self) -> Counter[str]:
        """How often the code names each response."""
        return Counter(str(getattr(node, "value", "")) for node in self.nodes if _is_text(node))

    @cached_property
    def _calls(self) -> list[ast.Call]:
        """Calls whose keywords are a response's fields."""
        calls = [node for node in self.nodes if isinstance(node, ast.Call)]
        return [call for call in calls if SAYS.fullmatch(getattr(call.func, "attr", getattr(call.func, "id", "")))]

    @cached_property
    def _beside_pairs(self) -> set[str]:
        """What calls give that take a response and its fields from a pair (`_say(turn, *pair, parcel=…)`)."""
        starred = [call for call in self._calls if any(isinstance(each, ast.Starred) for each in call.args)]
        return set(SHOWN_SLOTS).union(*map(_given, starred))

    @cached_property
    def _pairs(self) -> dict[str, set[str]]:
        """Of `("utter_order_late", "carrier promised")`: the response, and its fields."""
        found: dict[str, set[str]] = {}
        for node in self.nodes:
            if isinstance(node, ast.Tuple) and len(node.elts) > 1 and all(map(_is_text, node.elts[:2])):
                first, second = (str(getattr(element, "value", "")) for element in node.elts[:2])
                if first.startswith("utter_") and not second.startswith("utter_"):
                    found.setdefault(first, set()).update(second.split())
        return found


def _named(call: ast.Call) -> set[str]:
    """The responses that the call may say: one, or either of two."""
    first = call.args[0] if call.args else None
    either = [first.body, first.orelse] if isinstance(first, ast.IfExp) else [first]
    return {str(getattr(each, "value", "")) for each in either if _is_text(each)}


def _given(call: ast.Call) -> set[str]:
    return keywords_of(call) - NOT_FIELDS


def _is_text(node: ast.AST | None) -> bool:
    return isinstance(node, ast.Constant) and isinstance(node.value, str)
