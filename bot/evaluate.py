"""What the trained bot makes of a file of texts: `python -m bot.evaluate DATA.jsonl OUT.jsonl` (or `make evaluate`).

DATA has one JSON object with a `text` a line; OUT gets one line for each, in its order: `text`, `intent`, `confidence`,
`acts` (whether the bot's next step would start help for that intent), `upset` and `unliteral` (0 to 1).
"""

import json
import logging
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

OUT_OF_SCOPE = "out_of_scope"
LABEL_OF = {
    "bot_challenge": OUT_OF_SCOPE,
    "small_talk": OUT_OF_SCOPE,
    "one_moment": OUT_OF_SCOPE,
    "explain": OUT_OF_SCOPE,
    "other_language": OUT_OF_SCOPE,
    "abuse": "complaint",
    "never_mind": "deny",
    "close_chat": "goodbye",
    "inform_order": "track_package",
    "inform_address": "change_address",
    "inform_charge": "billing_question",
    "inform_provider": "email_setup",
}
"""The one table from what the bot tells apart to what is evaluated; any other intent is evaluated as itself."""

NO_HELP = frozenset({"action_ask_again", "action_default_fallback", "action_listen", "utter_out_of_scope"})
"""Next steps that don't start help: asking back, declining, waiting."""

MODELS = Path("var/model")

Parsed = dict[str, Any]
"""What Rasa's graph says of a message: `intent`, `intent_ranking` and, where there is one, `tone`."""


class NotEvaluated(Exception):
    """The file can't be evaluated; the text says why, in words for the person at the keyboard."""


def main() -> int:
    """Do what the command line says; the code to exit with."""
    logging.captureWarnings(True)  # what Rasa's libraries say of each other is no news here
    logging.disable(logging.WARNING)
    try:
        data, out = (Path(given) for given in sys.argv[1:3])
        texts = texts_in(data)
        _write(out, evaluated(texts, *trained_bot(MODELS)))
    except (NotEvaluated, OSError) as error:
        print(error, file=sys.stderr)  # noqa: T201
        return 1
    print(f"{len(texts)} lines of {data} evaluated, written to {out}.")  # noqa: T201
    return 0


def texts_in(data: Path) -> list[str]:
    """The texts of a file of JSON lines, empty lines left out; NotEvaluated names the first line that is none."""
    if not data.is_file():
        raise NotEvaluated(f"There is no file {data}.")
    lines = data.read_text(encoding="utf-8", errors="replace").split("\n")
    return [_text_of(line, f"Line {number} of {data}") for number, line in enumerate(lines, 1) if line.strip()]


def evaluated(
    texts: list[str], parse: Callable[[list[str]], list[Parsed]], next_step: Callable[[str], str]
) -> Iterator[dict[str, Any]]:
    """A line for each text, given what parses texts and what names the bot's step after an intent."""
    helps: dict[str, bool] = {}
    for text, parsed in zip(texts, parse(texts), strict=True):
        intent = parsed["intent"]["name"]
        if intent not in helps:
            helps[intent] = next_step(intent) not in NO_HELP
        yield {"text": text, **_judged(parsed, helps[intent])}


def trained_bot(models: Path) -> tuple[Callable[[list[str]], list[Parsed]], Callable[[str], str]]:
    """The newest model's whole pipeline over many texts, and its policies' step after an intent; both Rasa's own."""
    if not models.is_dir() or not any(models.iterdir()):
        raise NotEvaluated(f"There is no model in {models}: make it with `make train`.")
    from rasa.core.agent import Agent
    from rasa.utils.log_utils import configure_structlog

    from bot import trained

    configure_structlog(logging.ERROR)  # else it prints each text
    processor = Agent.load(str(models)).processor
    return lambda texts: trained.parse(processor, texts), lambda intent: trained.next_step(processor, intent)


def _text_of(line: str, where: str) -> str:
    try:
        given = json.loads(line)
    except ValueError:
        raise NotEvaluated(f"{where} isn't JSON.") from None
    if not isinstance(given, dict) or not isinstance(given.get("text"), str):
        raise NotEvaluated(f'{where} has no text: each line must be like {{"text": "…"}}.')
    return str(given["text"])


def _judged(parsed: Parsed, helps: bool) -> dict[str, Any]:
    """What isn't believed is evaluated as its likeliest intent, on which the bot doesn't act."""
    believed, tone = parsed["intent"], parsed.get("tone") or {}
    known = [rank for rank in [believed, *parsed["intent_ranking"]] if rank["name"] not in (None, "nlu_fallback")]
    label = LABEL_OF.get(known[0]["name"], known[0]["name"]) if known else OUT_OF_SCOPE
    return {
        "intent": label,
        "confidence": float(believed["confidence"]),
        "acts": helps and label != OUT_OF_SCOPE,
        "upset": float(tone.get("upset", 0.0)),
        "unliteral": float(tone.get("unliteral", 0.0)),
    }


def _write(out: Path, lines: Iterator[dict[str, Any]]) -> None:
    out.write_text("".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines), encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
