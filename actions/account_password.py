"""Getting into an account again. Nobody is ever asked for a password; a hacked account goes to a person at once."""

from actions.guided_help import GuidedHelp
from actions.guides import Problem
from actions.turn import Turn
from actions.words import masked_email
from actions.workplace import look_up

AT_ONCE = {
    "hacked": "utter_account_hacked",
    "switched_off": "utter_account_switched_off",
    "bereaved": "utter_account_bereaved",
}
"""What only a person can settle, with what is said before."""


class AccountPassword(GuidedHelp):
    """Goes through what can keep somebody out of their account; most who ask can't sign in."""

    title = "action_account_password"
    topics = ("account_password",)
    words = "utter_account_step_"
    all_tried = "utter_account_all_tried"
    reason = "account"

    async def begin(self, turn: Turn, named: Problem | None) -> None:
        """Somebody else in the account can't wait: a person takes over without being asked for."""
        if named and named.problem in AT_ONCE:
            turn.say(AT_ONCE[named.problem])
            turn.hand_over(self.reason)
        else:
            await super().begin(turn, named)

    async def show(self, turn: Turn, step: str) -> None:
        """The address of the account is shown to its owner only, and not whole."""
        account = turn.policy.account
        if step == "right_address" and turn.context.customer:
            customer = await look_up(self.workplace.shop.customer, turn.context.customer)
            turn.say("utter_account_step_your_address", account=masked_email(customer.email))
        else:
            turn.say(self.words + step, locked=str(account.locked_minutes), valid=str(account.link_minutes))
        turn.ask("step_worked")
