"""Runs the customers' side of written conversations against the running bot: `make simulate DATA=dialogs.jsonl`.

Each line of the file is `{"id", "turns": [{"speaker": "customer" | …, "text"}]}`. The customers of the demo shop take
turns in saying these words, every third one without having signed in. They press the first of the orders or things
that the bot lists, and stop once a person takes over. The report and the transcripts go to var/simulate.
"""

import json
import os
import sys
import uuid
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
import jwt

from benchmark.verdicts import Exchange, Verdict, verdict_of
from demo.people import PEOPLE
from deploy.places import VAR, shown

OUT = VAR / "simulate"
TURN_SECONDS = 15


class NotPossible(Exception):
    """Why nothing can be simulated, in a sentence."""


class Customer:
    """One conversation with the bot at its private channel, as the desk leads it."""

    def __init__(self, http: httpx.Client, secrets: dict[str, str], customer_id: str | None) -> None:
        self._http, self._secrets, self.customer_id = http, secrets, customer_id
        self._conversation, self._state = uuid.uuid4().hex, list[Any]()

    def copy(self) -> "Customer":
        """The same conversation up to here, to go on in another way."""
        other = Customer(self._http, self._secrets, self.customer_id)
        other._conversation, other._state = self._conversation, list(self._state)
        return other

    def say(self, text: str) -> Exchange:
        """Type these words."""
        return self._turn(text, {"text": text})

    def press(self, button: dict[str, str]) -> Exchange:
        """Press a button that the bot has shown."""
        return self._turn(f"[{button['title']}]", {"payload": button["payload"]})

    def _turn(self, said: str, asked: dict[str, str]) -> Exchange:
        turn = uuid.uuid4().hex
        body = {"turn_id": turn, "conversation": self._conversation, "state": self._state, **asked}
        body |= {"context": self._context(turn)}
        answered = self._http.post("/webhooks/baton/turn", json=body)
        answered.raise_for_status()
        answer = answered.json()
        self._state += answer["events"]
        return Exchange(said, answer)

    def _context(self, turn: str) -> str:
        claims = {"iss": "baton-desk", "aud": "baton-actions", "exp": datetime.now(UTC) + timedelta(seconds=60)}
        who = {"conversation": self._conversation, "turn": turn, "customer": self.customer_id, "order": None}
        return jwt.encode({**claims, **who, "wrong_orders": 0}, self._secrets["context_key"], algorithm="HS256")


def main(data: str) -> None:
    """Simulate the conversations of this file; NotPossible if it can't be read or no bot is running."""
    dialogs = read_dialogs(Path(data))
    secrets = _secrets()
    OUT.mkdir(parents=True, exist_ok=True)
    address = f"http://127.0.0.1:{os.environ.get('BATON_BOT_PORT', '8020')}"
    headers = {"Authorization": f"Bearer {secrets['bot_token']}"}
    with httpx.Client(base_url=address, headers=headers, timeout=TURN_SECONDS, trust_env=False) as http:
        _check_running(http)
        verdicts = [_simulated(http, secrets, number, dialog) for number, dialog in enumerate(dialogs)]
    report = "\n".join(report_lines(dialogs, verdicts))
    (OUT / "report.txt").write_text(report + "\n", encoding="utf-8")
    print(report)
    print(f"\nTranscripts: {shown(OUT)}")


def read_dialogs(file: Path) -> list[dict[str, Any]]:
    """The conversations that have a customer's words; NotPossible names the line that can't be read."""
    if not file.is_file():
        raise NotPossible(f"There is no file {file}.")
    dialogs = []
    for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1):
        try:
            dialog = json.loads(line) if line.strip() else {"turns": []}
            said = [turn["text"] for turn in dialog["turns"] if turn["speaker"] == "customer" and turn["text"].strip()]
        except (ValueError, TypeError, KeyError, AttributeError) as wrong:
            raise NotPossible(f"Line {number} of {file} isn't a conversation: {wrong!r}.") from wrong
        if said:
            dialogs.append({"id": str(dialog.get("id", number)), "said": said})
    return dialogs


def report_lines(dialogs: Sequence[dict[str, Any]], verdicts: Sequence[Verdict]) -> Iterator[str]:
    """The figures, then each suspicion with its conversation."""
    outcomes = Counter(verdict.outcome for verdict in verdicts)
    reasons = Counter(verdict.reason for verdict in verdicts if verdict.reason)
    suspected = [pair for pair in zip(dialogs, verdicts, strict=True) if pair[1].suspicions]
    yield f"{len(verdicts)} conversations"
    yield from (f"  {outcome}: {count}" for outcome, count in outcomes.most_common())
    yield from (f"    because {reason}: {count}" for reason, count in reasons.most_common())
    yield f"  with a suspected wrong answer: {len(suspected)}"
    for dialog, verdict in suspected:
        yield from (f"{dialog['id']}: {suspicion}" for suspicion in verdict.suspicions)


def _simulated(http: httpx.Client, secrets: dict[str, str], number: int, dialog: dict[str, Any]) -> Verdict:
    person = None if number % 3 == 2 else PEOPLE[number % len(PEOPLE)].customer_id
    exchanges = list(_talk(Customer(http, secrets, person), dialog["said"]))
    verdict = verdict_of(exchanges)
    transcript = "\n".join(_transcript(person, exchanges, verdict))
    name = "".join(letter if letter.isalnum() else "-" for letter in dialog["id"])[:60]
    (OUT / f"{number:03}-{name}.txt").write_text(transcript + "\n", encoding="utf-8")
    return verdict


def _talk(customer: Customer, said: Sequence[str]) -> Iterator[Exchange]:
    for text in said:
        exchange = customer.say(text[:4000])
        yield exchange
        if listed := _listed(exchange):
            exchange = customer.press(listed)
            yield exchange
        if exchange.answer["handoff"] or exchange.answer["close"]:
            return


def _listed(exchange: Exchange) -> dict[str, str] | None:
    """The first of the things that the customer is to choose from: buttons that carry a value."""
    buttons = [button for message in exchange.answer["messages"] for button in message.get("buttons", [])]
    return next((button for button in buttons if "{" in button["payload"]), None)


def _transcript(person: str | None, exchanges: Sequence[Exchange], verdict: Verdict) -> Iterator[str]:
    yield f"{person or 'not signed in'}; {verdict.outcome} {verdict.reason or ''}".strip()
    for exchange in exchanges:
        tone = exchange.answer["understood"].get("tone") or {}
        yield f"\nCustomer: {exchange.said}"
        yield f"          ({exchange.intent} {exchange.confidence:.2f}, upset {tone.get('upset', 0):.2f})"
        for message in exchange.answer["messages"]:
            buttons = "".join(f" [{button['title']}]" for button in message.get("buttons", []))
            yield f"Bot: {message['text']}{buttons}"
        if exchange.answer["handoff"]:
            yield f"Bot: (hands over: {exchange.answer['handoff']['reason']})"
    yield from ("", *(f"? {suspicion}" for suspicion in verdict.suspicions))


def _secrets() -> dict[str, str]:
    try:
        secrets: dict[str, str] = json.loads((VAR / "secrets.json").read_text())
    except (OSError, ValueError) as missing:
        raise NotPossible("Baton has never run in this clone: start it with `make run`, then try again.") from missing
    return secrets


def _check_running(http: httpx.Client) -> None:
    try:
        http.get("/webhooks/baton/health").raise_for_status()
    except httpx.HTTPError as silent:
        raise NotPossible(
            "The bot isn't running: start it with `make run` in another window, then try again."
        ) from silent


if __name__ == "__main__":
    try:
        main(sys.argv[1])
    except NotPossible as why:
        sys.exit(str(why))
