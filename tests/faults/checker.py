"""The checker of guarantees.md 1.2: compares what people tried, what they saw and what the record holds (I1 to I7)."""

from __future__ import annotations

import sqlite3
import time
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

from tests.faults.journal import Journal
from tests.faults.people import Person
from tests.faults.scripted_bot import HEARD

Row = dict[str, Any]
OVERDUE_MICROSECONDS = 5_000_000


@dataclass(frozen=True)
class Stored:
    """What the record holds after a run; times are microseconds since 1970."""

    conversations: list[Row]
    messages: list[Row]
    assignments: list[Row]
    turns: list[Row]
    now: int

    def said_in(self, conversation: str) -> list[Row]:
        """The messages of a conversation that everyone sees, by `seq`."""
        mine = (row for row in self.messages if row["conversation_id"] == conversation and row["audience"] == "all")
        return sorted(mine, key=lambda row: row["seq"])


def stored_in(database: Path) -> Stored:
    """Read the record of a SQLite desk, from another process and without writing."""
    connection = sqlite3.connect(f"file:{database}?mode=ro", uri=True)
    connection.row_factory = sqlite3.Row
    try:
        connection.execute("BEGIN")  # one snapshot: what is answered between two tables would look unanswered
        tables = [
            [dict(row) for row in connection.execute(f"SELECT * FROM {table}")]
            for table in ("conversation", "message", "assignment", "turn")
        ]
    finally:
        connection.close()
    return Stored(*tables, time.time_ns() // 1000)


def violations(journal: Journal, stored: Stored, people: Iterable[Person]) -> list[str]:
    """Everything that must not be, in words; empty if all promises were kept."""
    people = list(people)
    checks = (
        *acked_is_stored(journal, stored),
        *stored_is_attempted(journal, stored),
        *stored_once(journal, stored),
        *counted_without_holes(stored),
        *senders_order_kept(journal, stored),
        *transcripts_equal_the_record(stored, people),
        *one_owner(stored),
        *nobody_is_stuck(stored),
        *everybody_is_answered(stored),
        *answered_once(journal, stored),
    )
    return list(checks)


def acked_is_stored(journal: Journal, stored: Stored) -> Iterator[str]:
    """I1: what the desk said it had stored is there, with the same id, place and words."""
    rows = {row["id"]: row for row in stored.messages}
    for attempt in journal.attempts:
        for answer in attempt.stored:
            row = rows.get(answer["id"])
            if row is None:
                yield f"I1 lost: {attempt.text!r} was acknowledged as {answer['id']} and isn't there"
            elif (row["seq"], row["text"]) != (answer["seq"], attempt.text):
                yield f"I1 changed: {attempt.text!r}, acknowledged at {answer['seq']}, is {dict(row)}"


def stored_is_attempted(journal: Journal, stored: Stored) -> Iterator[str]:
    """I1: nobody's words are there who never said them."""
    attempted = {attempt.text for attempt in journal.attempts}
    for row in stored.messages:
        if row["author_kind"] in ("customer", "rep") and row["text"] not in attempted:
            yield f"I1 phantom: {row['text']!r} was never said"


def stored_once(journal: Journal, stored: Stored) -> Iterator[str]:
    """I2: however often it was sent, it's there once, and each answer named the same message."""
    times = Counter(row["text"] for row in stored.messages if row["author_kind"] in ("customer", "rep"))
    for text, count in times.items():
        if count > 1:
            yield f"I2 doubled: {text!r} is there {count} times"
    for attempt in journal.attempts:
        if len({answer["id"] for answer in attempt.stored}) > 1:
            yield f"I2 doubled: {attempt.text!r} was acknowledged under two ids"


def counted_without_holes(stored: Stored) -> Iterator[str]:
    """I3: `seq` is 1 to n in each conversation."""
    for conversation in stored.conversations:
        seqs = [row["seq"] for row in stored.said_in(conversation["id"])]
        if seqs != list(range(1, conversation["last_seq"] + 1)):
            yield f"I3 hole: {conversation['id']} has {seqs}, head {conversation['last_seq']}"


def senders_order_kept(journal: Journal, stored: Stored) -> Iterator[str]:
    """I3: what one person said first comes first."""
    place = {attempt.text: (attempt.author, attempt.number) for attempt in journal.attempts}
    for conversation in stored.conversations:
        last: dict[str, int] = defaultdict(lambda: -1)
        for row in stored.said_in(conversation["id"]):
            author, number = place.get(row["text"], ("", -1))
            if number < last[author]:
                yield f"I3 order: {row['text']!r} of {author} came too late in {conversation['id']}"
            last[author] = number


def transcripts_equal_the_record(stored: Stored, people: list[Person]) -> Iterator[str]:
    """I4: what each browser shows in the end is what the record holds, byte for byte."""
    for person in people:
        for conversation, transcript in person.transcripts.items():
            yield from (f"I4 changed: {person.name} saw {change}" for change in transcript.changed)
            there = [(row["seq"], row["id"], row["author_kind"], row["text"]) for row in stored.said_in(conversation)]
            seen = [
                (seq, each["id"], each["author"]["kind"], each["text"])
                for seq, each in sorted(transcript.messages.items())
            ]
            if seen != there:
                missing, more = set(there) - set(seen), set(seen) - set(there)
                yield f"I4 differs: {person.name} doesn't have {missing}, made up {more}"


def one_owner(stored: Stored) -> Iterator[str]:
    """I5: nobody owns a conversation while another does, and nobody writes in one that isn't theirs."""
    for conversation in stored.conversations:
        held = [row for row in stored.assignments if row["conversation_id"] == conversation["id"]]
        held.sort(key=lambda row: row["epoch"])
        for before, after in pairwise(held):
            if before["ended_at"] is None or before["ended_at"] > after["started_at"]:
                yield f"I5 two owners: {conversation['id']} in epochs {before['epoch']} and {after['epoch']}"
        for row in stored.said_in(conversation["id"]):
            yield from _written_by_owner(row, held)


def _written_by_owner(row: Row, held: list[Row]) -> Iterator[str]:
    during = [each for each in held if each["started_at"] < row["created_at"] < (each["ended_at"] or 2**62)]
    touching = [each for each in held if each["started_at"] <= row["created_at"] <= (each["ended_at"] or 2**62)]
    if row["author_kind"] == "bot" and during:
        yield f"I5 stale: the bot said {row['text']!r} while a rep owned {row['conversation_id']}"
    if row["author_kind"] == "rep" and row["author_id"] not in [each["rep_id"] for each in touching]:
        yield f"I5 stale: {row['author_name']} said {row['text']!r} without owning {row['conversation_id']}"


def nobody_is_stuck(stored: Stored) -> Iterator[str]:
    """I6: what isn't closed has an owner, and a deadline that hasn't passed unnoticed."""
    for row in stored.conversations:
        if row["state"] != "closed" and row["deadline_at"] < stored.now - OVERDUE_MICROSECONDS:
            yield f"I6 stuck: {row['id']} is {row['state']} and overdue"
        open_held = [
            each for each in stored.assignments if each["conversation_id"] == row["id"] and not each["ended_at"]
        ]
        if (row["state"] == "with_rep") != (len(open_held) == 1):
            yield f"I6 stuck: {row['id']} is {row['state']} with {len(open_held)} reps"


def everybody_is_answered(stored: Stored) -> Iterator[str]:
    """I7: what a customer said is answered, or a person is in charge of it."""
    for row in stored.conversations:
        said = [each["seq"] for each in stored.said_in(row["id"]) if each["author_kind"] == "customer"]
        if row["state"] == "with_bot" and said and said[-1] > row["answered_seq"]:
            yield f"I7 silent: {row['id']} waits for the bot since seq {said[-1]}, answered up to {row['answered_seq']}"


def answered_once(journal: Journal, stored: Stored) -> Iterator[str]:
    """I7: the bot answers what a customer said at most once."""
    heard: Counter[str] = Counter()
    for row in stored.messages:
        if row["author_kind"] == "bot" and row["text"].startswith(HEARD):
            heard.update(row["text"].removeprefix(HEARD).split("\n"))
    for attempt in journal.attempts:
        if heard[attempt.text] > 1:
            yield f"I7 answered twice: {attempt.text!r}"
