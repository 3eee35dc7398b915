"""What a customer types, shown to the rep who holds their chat before it's sent: only where the shop has it on.

The customer is told by their view (`preview`) and sends nothing without it. What is typed goes from socket to socket of
one desk: it's neither stored nor logged, and not passed on through Redis, which carries no text. So where several desks
run, a rep sees it only if the customer's connection is at the same one.
"""

from sqlalchemy import update

from handoff import shop_settings
from handoff.moves import Conversation
from handoff.people import Rep
from handoff.schema import conversation
from handoff.states import State
from handoff.storage import ConversationChanged, Transaction
from handoff.texts import UNSTORABLE, masked
from handoff.wire_admin import AdminSetting, ChangeSetting


def is_previewed(tx: Transaction, talk: Conversation) -> bool:
    """Whether the rep sees what the customer of this conversation types."""
    return talk.state is State.WITH_REP and shop_settings.shop_settings(tx).typing_preview


def shown_text(text: str) -> str:
    """What the rep sees of it: as in a message, without whole card numbers and passwords."""
    return masked(UNSTORABLE.sub("", text)).text


def change_setting(tx: Transaction, who: Rep, name: str, change: ChangeSetting) -> AdminSetting:
    """`shop_settings.change_setting`; whoever talks with a rep is told at once when the preview goes on or off."""
    after = shop_settings.change_setting(tx, who, name, change)
    if name == "typing_preview":
        _show_held_anew(tx)
    return after


def _show_held_anew(tx: Transaction) -> None:
    held = update(conversation).where(conversation.c.state == State.WITH_REP)
    newer = held.values(version=conversation.c.version + 1).returning(conversation.c.id)
    tx.tell(*(ConversationChanged(id) for id in tx.db.execute(newer).scalars()))
