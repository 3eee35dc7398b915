"""The shift baton: each open chat of a rep who leaves gets a new owner and a next step, in words for whoever comes."""

from datetime import timedelta

from handoff.errors import NotPossibleNow
from handoff.notices import tell
from handoff.people import Rep
from handoff.promises import answer_window, promised
from handoff.record import add_note
from handoff.rep_queue import held_by
from handoff.shifts import leaving_soon
from handoff.staff import member
from handoff.states import By
from handoff.storage import Transaction
from handoff.texts import checked, masked
from handoff.transfers import Target, pass_on, target_of
from handoff.wire_lead import TransferTo
from handoff.words import wording


def hand_on(
    tx: Transaction, rep: Rep, conversation_id: str, to: TransferTo | None, next_step: str, notice: timedelta
) -> None:
    """Pass on what the rep holds, with its next step: to whom is named, who must stay longer; None: to the line.

    It waits at its old place, and the customer is told who comes next.
    """
    words = masked(checked(next_step)).text
    before = held_by(tx, rep, conversation_id)
    if to is None:
        pass_on(tx, before, rep, _line(rep), words)
        return
    target = target_of(tx, rep, to)
    if to.rep:
        _check_stays(tx, to.rep, notice)
    pass_on(tx, before, rep, target, words)


def answer_later(tx: Transaction, rep: Rep, conversation_id: str, next_step: str) -> None:
    """Promise the customer an answer here, from whoever is there: it is due from now on, at the old place.

    By when it's missed, `promises.answer_window` says.
    """
    words = masked(checked(next_step)).text
    before = held_by(tx, rep, conversation_id)
    add_note(tx, before.id, rep, words)
    promised(tx, before, By.ANSWER_LATER, rep, answer_window(tx))
    tell(tx, before, "answer_later", rep=rep.display_name)


def _line(rep: Rep) -> Target:
    changes = {"wanted_rep_id": None, "team_id": None}
    words = wording("handed_on", rep=rep.display_name)
    return Target(changes, words, f"{rep.display_name} gave it to whoever is next in the line.")


def _check_stays(tx: Transaction, rep_id: str, notice: timedelta) -> None:
    found = member(tx, rep_id)
    if found and rep_id in leaving_soon(tx, notice):
        raise NotPossibleNow(f"{found.name}'s shift ends soon too. Hand it to a team, or to the line.")
