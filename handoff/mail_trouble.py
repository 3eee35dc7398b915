"""Why a letter didn't go out: in plain words, and whether to try again."""

from typing import Literal, TypeAlias

from handoff.words import say, wording

Why: TypeAlias = Literal[
    "no_mailbox",
    "mailbox_full",
    "mailbox_closed",
    "unwanted",
    "refused",
    "put_off",
    "odd",
    "busy",
    "shut_out",
    "silent",
    "broken_off",
    "unreachable",
    "unknown_host",
    "unsafe",
    "failed",
]
LONGEST_SAID = 200


class NotSent(Exception):
    """The mail server didn't take a letter; `for_good` if it never will.

    `by_server`: it would have taken no other either. `code` names no address and may be logged; nor does `said`, what
    the server answered.
    """

    def __init__(self, why: Why, said: str = "", *, code: str, for_good: bool = False, by_server: bool = False):
        self.wording = wording(f"mail_{why}")
        self.why = self.wording(None)
        self.said = "".join(each for each in said[:LONGEST_SAID] if each.isprintable())
        super().__init__(say("mail_said", why=self.why, said=self.said) if self.said else self.why)
        self.code = code
        self.for_good = for_good
        self.by_server = by_server
