"""What a lead does with other reps' chats: takes one over, or moves it to whom it fits."""

from typing import Any

from sqlalchemy import update

from handoff.changing import must_lead
from handoff.errors import LostToAnother, NotPossibleNow
from handoff.history import remember
from handoff.moves import Conversation, locked, move
from handoff.notes import fit_note, leave_note
from handoff.notices import tell
from handoff.open_offers import end_offer
from handoff.people import Rep
from handoff.rep_queue import claim
from handoff.schema import conversation
from handoff.states import By, State
from handoff.storage import ConversationChanged, QueueChanged, Transaction
from handoff.transfers import Target, pass_on, target_of
from handoff.wire_lead import TransferTo


def take_over(tx: Transaction, lead: Rep, conversation_id: str) -> None:
    """The lead claims what a rep holds, or what waits, whatever their own load; twice is harmless.

    The rep who had it can't write in it any more: a late reply is refused and kept as their draft.
    """
    must_lead(lead)
    before = locked(tx, conversation_id)
    if before.owner_id == lead.id:
        return
    if before.state is State.WAITING:
        claim(tx, lead, conversation_id, over_capacity=True)
        return
    if before.state is not State.WITH_REP:
        raise NotPossibleNow("Nobody holds this chat and nobody waits in it, so there is nothing to take over.")
    move(tx, before, State.WITH_REP, By.TAKE_OVER, lead, rep=lead, wanted_rep_id=None)
    tell(tx, before, "taken_over", rep=lead.display_name)


def move_chat(tx: Transaction, lead: Rep, conversation_id: str, to: TransferTo, note: str) -> None:
    """Pass on what waits, what is promised or what another rep holds, at its old place, with a note for reps."""
    must_lead(lead)
    note = fit_note(note)
    before, target = locked(tx, conversation_id), target_of(tx, lead, to)
    if before.state is State.WITH_REP:
        pass_on(tx, before, lead, target, note)
    elif before.state in (State.WAITING, State.PROMISED):
        _redirect(tx, before, lead, target)
        leave_note(tx, before.id, lead, note)
    else:
        raise NotPossibleNow("This chat isn't waiting, promised or with a rep any more.")


def _redirect(tx: Transaction, before: Conversation, lead: Rep, target: Target) -> None:
    """Somebody else shall take what waits or is promised; it keeps its place and the customer notices nothing.

    Whom it is offered to is decided anew, as if it had just come: whoever is named is asked first, also if they passed.
    """
    unmoved = (conversation.c.id == before.id) & (conversation.c.owner_epoch == before.owner_epoch)
    changes: dict[str, Any] = {**target.changes, "version": conversation.c.version + 1, "routed_at": tx.now}
    if tx.db.execute(update(conversation).where(unmoved).values(changes)).rowcount != 1:
        raise LostToAnother
    end_offer(tx, before.id, None)
    remember(tx, "transferred", lead, target.reason, conversation_id=before.id, epoch=before.owner_epoch)
    tx.tell(ConversationChanged(before.id), QueueChanged())
