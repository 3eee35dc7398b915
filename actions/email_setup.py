"""E-mail that doesn't work on a tablet: first a changed password, the usual cause; then step by step."""

import re

from actions.about_order import agrees, declines
from actions.guided_help import GuidedHelp
from actions.guides import Problem, guides
from actions.misunderstanding import ask_for_other_words
from actions.turn import Turn

PROVIDERS = frozenset({"gmail", "outlook", "yahoo", "icloud", "aol", "other"})
BY_PROVIDER = frozenset({"sign_in", "server"})
"""Steps whose words depend on who the e-mail is with."""
OWN_QUESTIONS = frozenset({"password_changed", "provider"})
NO_PROVIDER = frozenset({"deny", "email_setup"})
"""Answers that name another provider than those that are known."""
NOT_UNDERSTOOD = frozenset({"nlu_fallback", "out_of_scope"})
"""A few words that aren't understood are likely to be a provider's name, if one was asked for."""
LONGEST_NAME = 4
NOT = re.compile(r"\b(?:no|nope|not|never|don'?t|didn'?t|haven'?t|hasn'?t)\b", re.IGNORECASE)


class EmailSetup(GuidedHelp):
    """Goes through what can keep e-mail from a tablet."""

    title = "action_email_setup"
    topics = ("email_setup",)
    words = "utter_email_step_"
    all_tried = "utter_email_all_tried"
    reason = "device"

    async def answer(self, turn: Turn) -> None:
        """A bare provider is about e-mail, whatever the talk was about before."""
        if turn.topic() not in self.topics:
            turn.take_up(self.topics[0])
        provider = _provider(turn)
        if provider:
            turn.remember(provider=provider)
        if turn.question == "password_changed" and self._answers(turn):
            await self.follow(turn, self.problem("changed_password" if _has_changed_it(turn) else "not_working"))
        elif turn.question in OWN_QUESTIONS and turn.intent in NOT_UNDERSTOOD and not provider:
            ask_for_other_words(turn)
        else:
            await super().answer(turn)

    async def begin(self, turn: Turn, named: Problem | None) -> None:
        """Ask for a changed password, unless the customer's words tell enough."""
        if named:
            await super().begin(turn, named)
        else:
            turn.ask("password_changed")

    async def show(self, turn: Turn, step: str) -> None:
        """Ask who the e-mail is with before a step that depends on it."""
        if step not in BY_PROVIDER:
            await super().show(turn, step)
        elif (provider := turn.slot("provider")) in PROVIDERS:
            await super().show(turn, f"{step}_{provider}")
        else:
            turn.ask("provider")

    def _answers(self, turn: Turn) -> bool:
        """Whether the message is about the password, not about another trouble or a detail."""
        named = self.named(turn)
        about_it = named is None or named.problem == "changed_password"
        return agrees(turn) or declines(turn) or (turn.intent in guides() and about_it)


def _provider(turn: Turn) -> str | None:
    """The provider in the message; any that isn't known is another one."""
    given = [str(thing.get("value")) for thing in turn.given("provider")]
    known = [provider for provider in given if provider in PROVIDERS]
    if known:
        return known[-1]
    is_name = turn.intent in NO_PROVIDER or (turn.intent in NOT_UNDERSTOOD and len(turn.text.split()) <= LONGEST_NAME)
    return "other" if turn.question == "provider" and is_name else None


def _has_changed_it(turn: Turn) -> bool:
    return agrees(turn) or (not declines(turn) and NOT.search(turn.text) is None)
