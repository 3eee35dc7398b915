"""Passing a chat on, with a note for whoever comes next: to a rep, a team or a skill, or back to the bot."""

from dataclasses import dataclass
from typing import Any

from actions.shop import order_number
from handoff.colleagues import skill_titles, team_names
from handoff.due_turns import note_if_unanswered
from handoff.errors import BadField, NotPossibleNow
from handoff.history import remember
from handoff.moves import Conversation, move
from handoff.notes import fit_note, leave_note
from handoff.notices import tell
from handoff.people import Rep
from handoff.rep_queue import held_by, place_words
from handoff.staff import member
from handoff.states import By, State
from handoff.storage import Transaction
from handoff.topics import checked_topic
from handoff.wire_lead import ReturnToBot, TransferTo
from handoff.words import Wording, skill_words, together, topic_words, wording


@dataclass(frozen=True, slots=True)
class Target:
    """Where a chat goes: what changes in its row, and what the customer and the history are told."""

    changes: dict[str, Any]
    words: Wording
    reason: str


def transfer(tx: Transaction, rep: Rep, conversation_id: str, to: TransferTo, note: str) -> None:
    """Pass on what the rep holds. It waits at its old place; the customer is told who comes next."""
    note = fit_note(note)
    before = held_by(tx, rep, conversation_id)
    pass_on(tx, before, rep, target_of(tx, rep, to), note)


def pass_on(tx: Transaction, before: Conversation, who: Rep, target: Target, note: str) -> None:
    """From whoever holds it to where the target says, in the name of `who`; `note` is fit to be stored."""
    after = move(tx, before, State.WAITING, By.TRANSFER, who, reason=By.TRANSFER.value, **target.changes)
    remember(tx, "transferred", who, target.reason, conversation_id=after.id, epoch=after.owner_epoch)
    leave_note(tx, after.id, who, note)
    tell(tx, after, together(target.words, place_words(tx, after)))


def target_of(tx: Transaction, who: Rep, to: TransferTo) -> Target:
    """The target that a body names; BadField for none, several or unknown, NotPossibleNow for a rep without room."""
    match (to.rep, to.team, to.skill):
        case (str(rep_id), None, None):
            return _to_rep(tx, who, rep_id)
        case (None, str(team_id), None):
            return _to_team(tx, who, team_id)
        case (None, None, str(skill)):
            return _to_skill(tx, who, skill)
    raise BadField("Name a colleague, a team or a skill: one of the three.", field="to")


def _to_rep(tx: Transaction, who: Rep, rep_id: str) -> Target:
    found = member(tx, rep_id)
    if found is None or found.id == who.id:
        raise BadField("There is no such colleague.", field="to.rep")
    if found.presence != "here":
        raise NotPossibleNow(f"{found.name} isn't there now. Pass it to a team or a skill, or release it to the queue.")
    if not found.free:
        raise NotPossibleNow(
            f"{found.name} can't take another chat now. Pass it to a team or a skill, or release it to the queue."
        )
    changes = {"wanted_rep_id": found.id, "team_id": None}
    words = wording("transferred_to_rep", rep=who.display_name, to=found.name)
    return Target(changes, words, f"{who.display_name} passed it to {found.name}.")


def _to_team(tx: Transaction, who: Rep, team_id: str) -> Target:
    name = team_names(tx).get(team_id)
    if name is None:
        raise BadField("There is no such team.", field="to.team")
    changes = {"wanted_rep_id": None, "team_id": team_id}
    words = wording("transferred_to_team", rep=who.display_name, team=name)
    return Target(changes, words, f"{who.display_name} passed it to the team {name}.")


def _to_skill(tx: Transaction, who: Rep, skill: str) -> Target:
    title = skill_titles(tx).get(skill)
    if title is None:
        raise BadField("There is no such skill.", field="to.skill")
    changes = {"wanted_rep_id": None, "team_id": None, "skill": skill}
    words = wording("transferred_to_skill", rep=who.display_name, skill=skill_words(skill, title))
    return Target(changes, words, f"{who.display_name} passed it to whoever knows about: {title}.")


def return_to_bot(tx: Transaction, rep: Rep, conversation_id: str, learnt: ReturnToBot) -> None:
    """Give what the rep holds back to the bot, which answers from here on, and what the rep hasn't answered.

    Topic and order are offered to the customer as a button; the order goes into the context of the bot's turns.
    """
    topic = checked_topic(learnt.topic) if learnt.topic else None
    order, note = _order_in(learnt.order), fit_note(learnt.note)
    before = held_by(tx, rep, conversation_id)
    changes: dict[str, Any] = {"topic": topic or before.topic, "order_id": order or before.order_id}
    fresh: dict[str, Any] = {
        "failed_turns": 0,
        "priority": 0,
        "arrived_at": None,
        "wanted_rep_id": None,
        "team_id": None,
    }
    after = move(tx, before, State.WITH_BOT, By.RETURN_TO_BOT, rep, **changes, **fresh)
    leave_note(tx, after.id, rep, note)
    way_on = _way_on(topic, order or after.order_id)
    tell(tx, after, "returned_to_bot", kind="text", buttons=way_on, rep=rep.display_name)
    note_if_unanswered(tx, after.id, after.owner_epoch, after.answered_seq)


def _order_in(text: str | None) -> str | None:
    if not text:
        return None
    number = order_number(text)
    if number is None:
        raise BadField("An order number looks like A-123456.", field="order")
    return number


def _way_on(topic: str | None, order: str | None) -> list[tuple[Wording, str]]:
    """A button that says to the bot what the rep has learnt; none for a topic that the bot has no help for."""
    words = topic_words(topic)
    if words is None:
        return []
    if order is None:
        return [(words, f"/{topic}")]
    return [(wording("topic_and_order", topic=words, order=order), f'/{topic}{{"order_number": "{order}"}}')]
