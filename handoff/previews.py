"""What a customer types, shown to the rep who holds their chat before it's sent: only where the shop has it on.

The customer is told by their view (`preview`) and sends nothing without it. What is typed goes from socket to socket of
one desk: it's neither stored nor logged, and not passed on through Redis, which carries no text. So where several desks
run, a rep sees it only if the customer's connection is at the same one.
"""

import re

from sqlalchemy import select, update

from handoff import shop_settings
from handoff.moves import Conversation
from handoff.people import Rep
from handoff.schema import conversation
from handoff.states import State
from handoff.storage import ConversationChanged, Transaction
from handoff.texts import UNSTORABLE
from handoff.wire_admin import AdminSetting, ChangeSetting

AT_ONCE = 500
_BETWEEN = r"[^\w,;:!?]{0,3}"
NUMBER = re.compile(rf"(?P<order>(?<!\w)[Aa][-‐-―−]?[0-9]{{6}}(?!\w))|\d(?:{_BETWEEN}\d){{8,}}")
"""Nine digits or more, whatever spaces, hyphens and dots are between them, but for an order's number."""
SECRET = re.compile(
    r"""(?isx)
    (pass[ -]?(?:word|code|phrase)s? | (?:pass|kenn)w(?:ort|örter)
    | security[ ]code | (?<![^\W\d_])(?:pwd|pw|pin|cvv|cvc)s?(?![^\W\d_]))
    (\s*+)(?![\s.,:?!…'’)]*$).*"""
)
"""A word for a secret and what follows, if more follows than the sentence's end."""
NUMBER_HIDDEN = "[number hidden]"
SECRET_HIDDEN = "[hidden until it's sent]"  # noqa: S105


def is_previewed(tx: Transaction, talk: Conversation) -> bool:
    """Whether the rep sees what the customer of this conversation types."""
    return talk.state is State.WITH_REP and shop_settings.shop_settings(tx).typing_preview


def shown_text(text: str) -> str:
    """What the rep sees of it: no run of nine digits or more, and nothing that follows a word for password or PIN.

    It's stricter than a message (`texts.masked`): while it's typed, a card number isn't one yet, nor is a password's
    end known. An order's number (`A-123456`) stays.
    """
    numbered = NUMBER.sub(lambda found: found["order"] or NUMBER_HIDDEN, UNSTORABLE.sub("", text))
    return SECRET.sub(lambda found: f"{found[1]}{found[2] or ' '}{SECRET_HIDDEN}", numbered)


def change_setting(tx: Transaction, who: Rep, name: str, change: ChangeSetting) -> AdminSetting:
    """`shop_settings.change_setting`; whoever talks with a rep is told at once when the preview goes on or off."""
    after = shop_settings.change_setting(tx, who, name, change)
    if name == "typing_preview":
        _show_held_anew(tx)
    return after


def _show_held_anew(tx: Transaction) -> None:
    held = select(conversation.c.id).where(conversation.c.state == State.WITH_REP).order_by(conversation.c.id)
    all_ids = tx.db.execute(held.with_for_update()).scalars().all()
    for start in range(0, len(all_ids), AT_ONCE):
        ids = all_ids[start : start + AT_ONCE]
        newer = update(conversation).where(conversation.c.id.in_(ids)).values(version=conversation.c.version + 1)
        tx.db.execute(newer)
        tx.tell(*(ConversationChanged(id) for id in ids))
