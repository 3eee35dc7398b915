"""The shop's own rules in numbers, read from `policy.yml`."""

from pathlib import Path
from typing import Annotated

import msgspec
from msgspec import Meta
from ruamel.yaml import YAML

FILE = Path(__file__).with_name("policy.yml")

Days = Annotated[int, Meta(ge=0, le=3650)]
Minutes = Annotated[int, Meta(ge=0, le=100_000)]
Tries = Annotated[int, Meta(ge=1, le=100)]


class Late(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How long an order takes, and from when on its lateness is the shop's to mend."""

    processing_days: Days
    delivery_days: Days
    refund_after_days: Days


class Missing(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What to do about a parcel marked as delivered that isn't there."""

    wait_days: Days
    claim_within_days: Days
    answer_days: Days


class Returns(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Until when something may be sent back, and how long the money takes."""

    within_days: Days
    label_days: Days
    travel_days: Days
    refund_days: Days


class Billing(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How charges behave, and how far back they are looked at."""

    pending_days: Days
    look_back_days: Days
    posting_days: Days
    double_minutes: Annotated[int, Meta(ge=0, le=100_000)]
    alike_days: Days
    renewal_refund_days: Days


class Coins(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How long coins take, until when they can be sent again, and in which apps of the shop's own."""

    arrive_minutes: Minutes
    restore_within_days: Days
    apps: Annotated[tuple[Annotated[str, Meta(min_length=1)], ...], Meta(min_length=1)]


class Devices(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The newest software of each model."""

    newest_software: dict[str, Annotated[str, Meta(pattern=r"\A[0-9]+(\.[0-9]+)*\Z")]]


class Account(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How long an account stays locked, and how long the link in the reset mail works."""

    locked_minutes: Minutes
    link_minutes: Minutes


class Guesses(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How many wrong order numbers are borne: in one conversation, and in an hour."""

    tries: Tries
    in_an_hour: Tries


class Policy(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """All of it; the meaning of each number stands beside it in `policy.yml`."""

    late: Late
    missing: Missing
    returns: Returns
    billing: Billing
    coins: Coins
    devices: Devices
    account: Account
    guesses: Guesses


class PolicyWrong(Exception):
    """The file can't be used; the message names it and what is wrong."""


def read_policy(file: Path = FILE) -> Policy:
    """The numbers; PolicyWrong if one is missing, unknown, or not a number in its range."""
    try:
        return msgspec.convert(YAML(typ="safe").load(file), Policy)
    except (OSError, msgspec.ValidationError) as wrong:
        raise PolicyWrong(f"{file}: {wrong}") from wrong
