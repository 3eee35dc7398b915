"""The queue: asking for a person, waiting, claiming, and giving a conversation back to its old place."""

from typing import Any

from sqlalchemy import bindparam, select

from handoff.blocked import blocked_until
from handoff.capacity import check_room
from handoff.conversations import conversation_of
from handoff.due_turns import note_if_unanswered
from handoff.errors import AlreadyClaimed, LostToAnother, NotFound, NotPossibleNow
from handoff.history import Who, remember
from handoff.language import language_of
from handoff.moves import Conversation, as_conversation, locked, move
from handoff.notices import tell
from handoff.people import Customer, Rep
from handoff.promise_claims import make_way
from handoff.ranges import tell_range
from handoff.schema import conversation, history
from handoff.schema import rep as rep_table
from handoff.sites import centre_state
from handoff.skills import skill_of
from handoff.states import By, State
from handoff.storage import Transaction
from handoff.tone import priority_of
from handoff.waits import arrival, place_of
from handoff.words import Sentence, Wording, say, together, wording
from handoff.zones import day_and_time, shop_zone

NOBODY_HERE = "told_nobody_here"
GIVEN_BACK = (By.RELEASE, By.REP_LOST, By.TRANSFER, By.SHIFT_END)
_NAME = select(rep_table.c.display_name).where(rep_table.c.id == bindparam("which"))


def hand_over(
    tx: Transaction, before: Conversation, by: By, who: Who, *, reason: str, topic: str | None = None
) -> Conversation:
    """From the bot to the queue, with the reason, the topic and a priority; the customer is told their place.

    Who is blocked after abuse stays with the bot, and is told until when.
    """
    if until := blocked_until(tx, before):
        tell(tx, before, "blocked", until=day_and_time(shop_zone(tx), until))
        return before
    topic = topic or before.topic
    about: dict[str, Any] = {
        "reason": reason,
        "topic": topic,
        "skill": skill_of(topic),
        "language": language_of(tx, before.id),
        "priority": priority_of(tx, before.id),
    }
    after = move(tx, before, State.WAITING, by, who, arrived_at=arrival(tx, before), **about)
    tell(tx, after, together(wording("handing_over"), place_words(tx, after)))
    return after


def ask_for_person(tx: Transaction, customer: Customer, conversation_id: str) -> None:
    """The customer wants a person. Asking again while waiting or with a rep changes nothing."""
    before = conversation_of(tx, customer, conversation_id, lock=True)
    if before.state is State.WITH_BOT:
        hand_over(tx, before, By.ASKED, customer, reason="asked")
    elif before.state not in (State.WAITING, State.WITH_REP):
        raise NotPossibleNow


def stop_waiting(tx: Transaction, customer: Customer, conversation_id: str) -> None:
    """The customer leaves the line and is back with the bot, which answers what it hasn't answered yet."""
    before = conversation_of(tx, customer, conversation_id, lock=True)
    if before.state is State.WITH_BOT:
        return
    if customer.only:
        raise NotPossibleNow(wording("bot_needs_sign_in"))
    after = move(tx, before, State.WITH_BOT, By.STOPPED_WAITING, customer, failed_turns=0)
    tell(tx, after, "stopped_waiting")
    note_if_unanswered(tx, after.id, after.owner_epoch, after.answered_seq)


def claim(tx: Transaction, rep: Rep, conversation_id: str, *, by: By = By.CLAIM, over_capacity: bool = False) -> None:
    """The rep takes what waits, or a promise that is due; twice is as once. AlreadyClaimed names who was quicker.

    AtCapacity if it would be one too many for them, unless `over_capacity`: a lead decides that it isn't.
    """
    before = _claimable(tx, rep, conversation_id)
    if before.owner_id == rep.id:
        return
    if before.state is State.PROMISED:
        make_way(tx, rep, before)
    if not over_capacity:
        check_room(tx, rep)
    move(tx, before, State.WITH_REP, by, rep, rep=rep, wanted_rep_id=None)
    tell(tx, before, "rep_came", rep=rep.display_name)


def _claimable(tx: Transaction, rep: Rep, conversation_id: str) -> Conversation:
    found = locked(tx, conversation_id)
    if found.state in (State.WITH_BOT, State.CLOSED):
        raise NotFound
    if found.state is State.WITH_REP and found.owner_id != rep.id:
        raise AlreadyClaimed(f"{name_of(tx, found.owner_id)} was quicker and is already helping this customer.")
    return found


def release(tx: Transaction, rep: Rep, conversation_id: str) -> None:
    """Back to the queue, at the old place; the customer is told."""
    before = held_by(tx, rep, conversation_id)
    give_back(tx, before, By.RELEASE, rep, wording("rep_released", rep=rep.display_name))


def release_all(tx: Transaction, rep: Rep) -> None:
    """Everything the rep holds goes back: they signed out, or may no longer sign in."""
    for row in tx.db.execute(
        select(*conversation.c).where(conversation.c.owner_id == rep.id).with_for_update()
    ).mappings():
        give_back(tx, as_conversation(row), By.RELEASE, rep, wording("rep_released", rep=rep.display_name))


def lose(tx: Transaction, before: Conversation) -> None:
    """The rep's browser is gone: back to the queue, at the old place; the customer is told."""
    give_back(tx, before, By.REP_LOST, "desk", wording("rep_lost", rep=name_of(tx, before.owner_id)))


def give_back(tx: Transaction, before: Conversation, by: By, who: Who, words: Wording) -> None:
    """Back to the queue at its old place; the words are for the customer, who is told their place too."""
    after = move(tx, before, State.WAITING, by, who, reason=by.value)
    tell(tx, after, together(words, place_words(tx, after)))


def held_by(tx: Transaction, rep: Rep, conversation_id: str) -> Conversation:
    """The conversation, locked, if the rep holds it; LostToAnother if they no longer do, NotFound if they never did."""
    found = conversation_of(tx, rep, conversation_id, lock=True)
    if found.owner_id == rep.id:
        return found
    if found.owner_id:
        raise LostToAnother(
            f"{name_of(tx, found.owner_id)} is helping this customer now. Your text is kept as a draft."
        )
    if found.state is State.WAITING and found.reason not in GIVEN_BACK:
        raise NotPossibleNow("Claim this conversation first.")
    raise LostToAnother


def place_words(tx: Transaction, waiting: Conversation) -> Wording:
    """What the customer is told of their place and how long it may take; that nobody is there is remembered as told."""
    centre = centre_state(tx)
    if centre.here == 0:
        remember(tx, NOBODY_HERE, "desk", "nobody is there", conversation_id=waiting.id, epoch=waiting.owner_epoch)
        return wording("closed_now" if centre.nobody_comes else "nobody_here")
    place = place_of(tx, waiting)
    return together(place_sentence(place), tell_range(tx, waiting, place))


def told_nobody_here(tx: Transaction, waiting: Conversation) -> bool:
    """Whether the customer has been told, in this stay in the queue, that nobody is there."""
    told = select(history.c.conversation_id).where(
        history.c.kind == NOBODY_HERE, history.c.epoch == waiting.owner_epoch
    )
    return tx.db.execute(told.where(history.c.conversation_id == waiting.id)).first() is not None


def place_sentence(place: int) -> Sentence:
    """A place in line in words."""
    return wording("place_first") if place == 1 else wording("place", place=place)


def name_of(tx: Transaction, rep_id: str | None) -> str:
    """A rep's name as others see it."""
    found = tx.db.execute(_NAME, {"which": rep_id}).scalar()
    return found or say("someone")
