"""`python -m handoff.demo_reps`: the people who answer in the demo, with a known password and so on loopback only."""

import asyncio
import os
import sys

from handoff import reps
from handoff.demo_centre import add_demo_centre
from handoff.demo_macros import add_demo_macros
from handoff.migrate import migrate
from handoff.passwords import Passwords
from handoff.settings import DEMO_PASSWORD, Settings, SettingsError, read_settings
from handoff.storage import Runner, Transaction, open_runner

PEOPLE = (
    ("ruth", "Ruth", "rep"),
    ("sam", "Sam", "rep"),
    ("lena", "Lena", "lead"),
    ("wen", "Wen", "writer"),
    ("ada", "Ada", "admin"),
    ("mina", "Mina", "rep"),
)


async def add_demo_reps(runner: Runner, settings: Settings) -> list[str]:
    """Add whoever is missing; returns the names of the added."""
    if not settings.demo:
        raise SettingsError("Demo accounts have a known password. Set BATON_DEMO=1 to have them, on loopback only.")
    password_hash = await Passwords().hash(settings.demo_password)
    return await runner.run(_add_missing, password_hash)


async def refuse_outside_demo(runner: Runner, settings: Settings) -> None:
    """SettingsError if a database with the demo's accounts is about to be served for real."""
    if settings.demo:
        return
    passwords = Passwords()
    for name, _, _ in PEOPLE:
        account = await runner.read(reps.account_named, name)
        if account and await passwords.right(DEMO_PASSWORD, account.password_hash):
            raise SettingsError(
                f"{name} still has the demo's password. Use another database, or set BATON_DEMO=1 on loopback."
            )


def _add_missing(tx: Transaction, password_hash: str) -> list[str]:
    missing = [person for person in PEOPLE if reps.account_named(tx, person[0]) is None]
    for name, display_name, role in missing:
        reps.add_account(tx, name, display_name, role, password_hash, totp_secret=None)
    add_demo_macros(tx)
    return [name for name, _, _ in missing]


async def _main(settings: Settings) -> None:
    await asyncio.to_thread(migrate, settings.database_url)
    runner = open_runner(settings.database_url, lambda _: None)
    try:
        added = await add_demo_reps(runner, settings)
        await runner.run(add_demo_centre)
    finally:
        await runner.close()
    sys.stdout.write(f"Demo reps added: {', '.join(added) or 'none, they were there'}.\n")


if __name__ == "__main__":
    try:
        asyncio.run(_main(read_settings(os.environ)))
    except SettingsError as error:
        sys.exit(str(error))
