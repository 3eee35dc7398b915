"""One open connection: whose it is, and how far each of its conversations has been sent."""

from dataclasses import dataclass

from handoff import wire_chat, wire_console, wire_frames
from handoff.ids import new_id
from handoff.outbox import Outbox, encoded
from handoff.people import Customer, Rep
from handoff.tokens import hash_of

FROM_NOW = 2**31 - 1
MOST_GUESSES = 20


@dataclass(slots=True)
class Cursor:
    """How far a socket has been sent: the last `seq` and the last view. FROM_NOW starts at whatever is newest.

    `lookers` are the other reps of whom it was last told that they look at the conversation.
    """

    seq: int
    view: wire_chat.CustomerView | wire_console.RepView | None = None
    wants_replay: bool = False
    asked_for: bool = False
    leaving: bool = False
    lookers: tuple[str, ...] = ()

    @property
    def version(self) -> int:
        return self.view.version if self.view else -1


class Socket:
    """One open connection of a person, and the conversations that it is kept up to date with."""

    def __init__(self, who: Customer | Rep, token_hash: str, outbox: Outbox):
        self.id = new_id()
        self.who = who
        self.token_hash = token_hash
        self.outbox = outbox
        self.cursors: dict[str, Cursor] = {}
        self.refused = 0
        self.last_queue = ""

    @property
    def is_rep(self) -> bool:
        return isinstance(self.who, Rep)

    def tell(self, frame: wire_frames.DeskFrame) -> None:
        self.outbox.put(encoded(frame))

    def belongs_to(self, token: str) -> bool:
        """Whether this is the token that opened the socket."""
        return hash_of(token) == self.token_hash

    def may_type_in(self, conversation_id: str) -> bool:
        """A customer in what they have open, a rep in what they hold."""
        view = self.cursors[conversation_id].view if conversation_id in self.cursors else None
        return isinstance(view, wire_chat.CustomerView) or (isinstance(view, wire_console.RepView) and view.yours)

    def to_forget(self, next_one: str, most: int) -> list[str]:
        """What was asked for longest ago, so that with the next one there are `most` at most."""
        asked = [id for id, cursor in self.cursors.items() if cursor.asked_for and id != next_one]
        return asked[: max(0, len(asked) + 1 - most)]

    def refuse(self, code: str, message: str) -> None:
        """Say that a conversation isn't theirs, and count it: twenty guesses end the connection."""
        self.refused += 1
        self.tell(wire_frames.FrameError(code=code, message=message))
        if self.refused >= MOST_GUESSES:
            self.outbox.close(4403, "not yours")
