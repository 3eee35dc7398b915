"""Who speaks to the desk: customers and reps, as found by their sessions."""

from dataclasses import dataclass

TWO_FACTOR_ROLES = frozenset({"lead", "writer", "admin"})


@dataclass(frozen=True, slots=True)
class Customer:
    """A customer session's owner.

    `sub` is the shop's customer id if the shop has signed for it, `order_id` the order that its token named,
    `address` a keyed hash of the network address, for counting guesses. `only` is the one conversation that somebody
    may see who came by a link in a mail: they hold a mailbox, and so are never verified (decisions/0010).
    `language` is their page's; None where it didn't say.
    """

    id: str
    sub: str | None = None
    name: str | None = None
    order_id: str | None = None
    address: str | None = None
    only: str | None = None
    language: str | None = None

    @property
    def verified(self) -> bool:
        return self.sub is not None


@dataclass(frozen=True, slots=True)
class Rep:
    """A signed-in rep, lead, writer or admin."""

    id: str
    name: str
    display_name: str
    role: str
    picture: str | None = None
