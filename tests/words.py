"""The bot's words in `domain/`, to be held against what actions say."""

import re
from functools import cache
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

DOMAIN = Path(__file__).parents[1] / "domain"
BRACES = re.compile(r"\{([^{}]*)\}")
SHOWN_SLOTS = {"order_number"}
"""As in `bot/nlg.py`, which this interpreter can't import."""


@cache
def in_domain(kind: str) -> dict[str, Any]:
    """All responses, or slots, of all files of the domain."""
    every: dict[str, Any] = {}
    for file in DOMAIN.glob("*.yml"):
        every.update(YAML(typ="safe").load(file.read_text()).get(kind) or {})
    return every


def check_words(message: dict[str, Any]) -> None:
    """What an action says is in the domain, and its braces ask for nothing that the action doesn't give."""
    variations = in_domain("responses").get(message["response"])
    assert variations, f"{message['response']} isn't in domain/"
    given = {name for name, value in message.items() if isinstance(value, str)} | SHOWN_SLOTS
    for variation in variations:
        missing = set(BRACES.findall(variation["text"])) - given
        assert not missing, f"{message['response']} asks for {missing}"
