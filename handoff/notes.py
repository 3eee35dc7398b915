"""Notes for reps: a word to whoever comes next, or a lead's whisper. Customers never see them, nor a hole for them."""

from handoff.conversations import conversation_of
from handoff.messages import Stored, repeated
from handoff.people import Rep
from handoff.record import add_note
from handoff.storage import Transaction
from handoff.texts import checked, masked


def write_note(tx: Transaction, rep: Rep, conversation_id: str, client_id: str, text: str) -> Stored:
    """Add a note to a conversation that the rep may see. A repeat of the same `client_id` and text changes nothing."""
    clean = masked(checked(text)).text
    talk = conversation_of(tx, rep, conversation_id, lock=True)
    if before := repeated(tx, rep, client_id, clean):
        return before
    return Stored(add_note(tx, talk.id, rep, clean, client_id=client_id), new=True)


def fit_note(text: str) -> str:
    """The text of a note that may be left out, as it may be stored; a blank one is empty."""
    return masked(checked(text)).text if text.strip() else ""


def leave_note(tx: Transaction, conversation_id: str, who: Rep, text: str) -> None:
    """Add the note that goes with passing a chat on, unless it's empty."""
    if text:
        add_note(tx, conversation_id, who, text)
