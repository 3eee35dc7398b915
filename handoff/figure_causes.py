"""What caused contacts, within each topic: counted beside as long a time before, so that causes can be removed.

Causes that differ only in case or space are one. Those that aren't usual ones are counted together, and listed.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import func, select

from handoff.closing import customer_spoke
from handoff.schema import conversation
from handoff.schema import vote as vote_table
from handoff.shares import ranks, trend, wilson
from handoff.states import State
from handoff.storage import Transaction
from handoff.topics import ABUSIVE, plain, usual_words
from handoff.wire_figures import CauseCount, OwnWords, TopicCauses

LISTED = 20
OWN = ""
"""Stands for all causes in words of a rep's own."""


@dataclass(slots=True)
class Counted:
    """Conversations of one topic and cause, and how often each spelling of it was used."""

    count: int = 0
    votes: int = 0
    no: int = 0
    spellings: Counter[str] = field(default_factory=Counter)


Topics = dict[str, dict[str, Counted]]


def causes(tx: Transaction, since: datetime, length: timedelta) -> list[TopicCauses]:
    """One entry for each topic, the most conversations first; `length` is how far back the time before lies."""
    now = _counted(tx, since, tx.now)
    before = _counted(tx, since - length, tx.now - length)
    comparable = bool(before)
    found = [_topic(name, each, before.get(name, {}), comparable) for name, each in now.items()]
    return sorted(found, key=lambda topic: (-topic.count, topic.topic))


def _topic(name: str, now: Mapping[str, Counted], before: Mapping[str, Counted], comparable: bool) -> TopicCauses:
    whole = sum(each.count for each in now.values())
    ranked = ranks({cause: (each.no, each.votes) for cause, each in now.items() if cause != OWN})
    made = [
        _cause(cause, each, whole, _count(before, cause) if comparable else None, ranked.get(cause))
        for cause, each in now.items()
    ]
    own = now.get(OWN, Counted()).spellings
    return TopicCauses(
        topic=name,
        count=whole,
        before=sum(each.count for each in before.values()) if comparable else None,
        causes=sorted(made, key=lambda row: (row.words is None, -row.count, row.words)),
        own_words=_own_words(own)[:LISTED],
        own_words_more=max(0, len(_own_words(own)) - LISTED),
    )


def _cause(cause: str, each: Counted, whole: int, before: int | None, rank: int | None) -> CauseCount:
    (low, high), (no_low, no_high) = wilson(each.count, whole), wilson(each.no, each.votes)
    return CauseCount(
        words=cause or None,
        count=each.count,
        share=each.count / whole,
        low=low,
        high=high,
        before=before,
        trend=None if before is None else trend(each.count, before),
        votes=each.votes,
        no=each.no,
        nrr=each.no / each.votes if each.votes else None,
        no_low=no_low,
        no_high=no_high,
        rank=rank,
    )


def _own_words(spellings: Counter[str]) -> list[OwnWords]:
    """The most frequent first, each in its most frequent spelling."""
    alike: dict[str, Counter[str]] = {}
    for words, count in spellings.items():
        alike.setdefault(plain(words), Counter())[words] += count
    made = [OwnWords(words=each.most_common(1)[0][0], count=each.total()) for each in alike.values()]
    return sorted(made, key=lambda own: (-own.count, own.words))


def _count(topic: Mapping[str, Counted], cause: str) -> int:
    return topic[cause].count if cause in topic else 0


def _counted(tx: Transaction, since: datetime, until: datetime) -> Topics:
    found: Topics = {}
    for topic, cause, solved, count in tx.db.execute(_closed_between(since, until)):
        usual = usual_words(cause)
        each = found.setdefault(topic or "none", {}).setdefault(usual or OWN, Counted())
        each.count += count
        each.votes += count if solved is not None else 0
        each.no += count if solved is False else 0
        each.spellings[cause] += count
    return found


def _closed_between(since: datetime, until: datetime) -> Any:
    closed = (conversation.c.state == State.CLOSED) & conversation.c.closed_at.between(since, until)
    what = (conversation.c.topic, conversation.c.cause, vote_table.c.solved)
    from_both = conversation.outerjoin(vote_table, vote_table.c.conversation_id == conversation.c.id)
    counted = conversation.c.cause.is_not(None) & (conversation.c.cause != ABUSIVE)
    return select(*what, func.count()).select_from(from_both).where(closed, counted, customer_spoke()).group_by(*what)
