"""Signing in: limits before work, the same work for every name, a second factor where the role asks for one."""

import unicodedata
from typing import Any

import pyotp

from handoff import reps
from handoff.desk import Desk
from handoff.errors import Forbidden, TooMany, TotpNeeded, WrongPassword
from handoff.limits import Rate
from handoff.people import TWO_FACTOR_ROLES, Rep
from handoff.reps import Account, SignedIn
from handoff.wire_requests import SignIn

FIVE_MINUTES, DAY = 300, 86_400
ONCE = Rate("totp code", 1, 90)


async def sign_in(desk: Desk, asked: SignIn, address: str) -> tuple[Rep, SignedIn]:
    """A session for the right name, password and code; WrongPassword, TotpNeeded or TooMany otherwise."""
    name = sign_in_name(asked.name)
    rates = _rates(desk, name, address)
    desk.windows.count(*rates)
    account = await _account(desk, name, asked.password)
    if _needs_code(desk, account) and not asked.totp:
        desk.windows.forgive(*rates)
        raise TotpNeeded
    _check_code(desk, account, asked.totp)
    desk.windows.forgive(*rates)
    return account.rep, await desk.runner.run(reps.sign_in, account.rep)


def sign_in_name(name: str) -> str:
    """A name as it's stored: composed, lower case, without space around it."""
    return unicodedata.normalize("NFC", name).strip().lower()


async def _account(desk: Desk, name: str, password: str) -> Account:
    account: Account | None = await desk.runner.read(reps.account_named, name)
    if not await desk.passwords.right(password, account.password_hash if account else None) or account is None:
        raise WrongPassword
    return account


def _needs_code(desk: Desk, account: Account) -> bool:
    if account.totp_secret:
        return True
    if account.rep.role in TWO_FACTOR_ROLES and not desk.settings.demo:
        raise Forbidden("This account needs an authenticator app before it can sign in. Ask an admin.")
    return False


def _check_code(desk: Desk, account: Account, code: str | None) -> None:
    if account.totp_secret is None:
        return
    try:
        right = pyotp.TOTP(account.totp_secret).verify((code or "").replace(" ", ""), valid_window=1)
        desk.windows.count((ONCE, (account.rep.id, code)))
    except (TooMany, UnicodeError):
        right = False
    if not right:
        raise TotpNeeded("That code isn't right or was used already. Enter the next one.")


def _rates(desk: Desk, name: str, address: str) -> list[tuple[Rate, Any]]:
    limits = desk.settings.limits
    pair, alone = (
        limits.wrong_passwords_per_name_and_address_per_5_minutes,
        limits.wrong_passwords_per_address_per_5_minutes,
    )
    return [
        (Rate("sign-in of a name from an address", pair, FIVE_MINUTES), (name, address)),
        (Rate("sign-in from an address", alone, FIVE_MINUTES), address),
        (Rate("sign-in of a name", limits.wrong_passwords_per_name_per_day, DAY), name),
    ]
