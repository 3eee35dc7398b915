"""What travels between the desk and the console's page for leads and admins. `revision` stands for what was shown."""

from datetime import datetime
from typing import Annotated, Literal

import msgspec

from handoff.wire_base import Id, Request, Wire
from handoff.wire_hours import RepDay, RepHours
from handoff.wire_mail import EmailText, LinkToken, MailInTrouble

RoleName = Literal["rep", "lead", "writer", "admin"]
Name = Annotated[str, msgspec.Meta(min_length=1, max_length=80)]
Revision = Annotated[str, msgspec.Meta(max_length=64)]
SkillName = Annotated[str, msgspec.Meta(pattern=r"^[a-z][a-z0-9_]{0,39}\Z")]
MacroField = Literal["customer_name", "first_name", "order", "tracking_number", "expected_day", "rep"]
MacroName = Annotated[str, msgspec.Meta(pattern=r"^[a-z0-9][a-z0-9_-]{0,39}\Z")]


class RepSkill(Request, frozen=True, kw_only=True):
    """What somebody can help with, and how well: 3 is best."""

    skill: SkillName
    level: Annotated[int, msgspec.Meta(ge=1, le=3)]


class AdminRep(Wire, frozen=True, kw_only=True):
    """An account. `second_factor`: an authenticator app is set up. Without `hours` they work those of their site."""

    id: str
    name: str
    display_name: str
    role: RoleName
    email: str | None
    team_id: str | None
    site_id: str | None
    capacity: int
    skills: list[RepSkill]
    hours: list[RepHours]
    days: list[RepDay]
    disabled: bool
    second_factor: bool
    revision: str


class ChangeRep(Request, frozen=True, kw_only=True):
    """All that can be changed of an account. A lead leaves name, role and `disabled` as they are."""

    revision: Revision
    display_name: Name
    role: RoleName
    team_id: Id | None
    site_id: Id | None
    capacity: Annotated[int, msgspec.Meta(ge=1, le=20)]
    skills: Annotated[list[RepSkill], msgspec.Meta(max_length=50)]
    hours: Annotated[list[RepHours], msgspec.Meta(max_length=42)]
    days: Annotated[list[RepDay], msgspec.Meta(max_length=100)]
    disabled: bool


class AdminTeam(Wire, frozen=True, kw_only=True):
    """`pull`: its reps claim by themselves; `push`: chats are offered to them one by one."""

    id: str
    name: str
    mode: Literal["push", "pull"]
    revision: str


class SaveTeam(Request, frozen=True, kw_only=True):
    revision: Revision
    name: Name
    mode: Literal["push", "pull"]


class OpenHours(Request, frozen=True, kw_only=True):
    """Minutes after local midnight, `closes` at most 1440; `weekday` 0 is Monday. A night shift is two of these."""

    weekday: Annotated[int, msgspec.Meta(ge=0, le=6)]
    opens: Annotated[int, msgspec.Meta(ge=0, le=1439)]
    closes: Annotated[int, msgspec.Meta(ge=1, le=1440)]


class ClosedDay(Request, frozen=True, kw_only=True):
    """A day, as 2026-12-25, on which the site doesn't open."""

    day: Annotated[str, msgspec.Meta(pattern=r"^\d{4}-\d{2}-\d{2}\Z")]
    name: Name


class AdminSite(Wire, frozen=True, kw_only=True):
    """A place where reps work, with its weekly hours and holidays."""

    id: str
    name: str
    time_zone: str
    hours: list[OpenHours]
    holidays: list[ClosedDay]
    disabled: bool
    revision: str


class SaveSite(Request, frozen=True, kw_only=True):
    revision: Revision
    name: Name
    time_zone: Annotated[str, msgspec.Meta(max_length=64)]
    hours: Annotated[list[OpenHours], msgspec.Meta(max_length=42)]
    holidays: Annotated[list[ClosedDay], msgspec.Meta(max_length=200)]
    disabled: bool


class AdminSkill(Wire, frozen=True, kw_only=True):
    name: str
    title: str
    revision: str


class AddSkill(Request, frozen=True, kw_only=True):
    """A language is a skill named `lang_<code>`."""

    name: SkillName
    title: Name


class SaveSkill(Request, frozen=True, kw_only=True):
    revision: Revision
    title: Name


class AdminMacro(Wire, frozen=True, kw_only=True):
    """A canned answer; `retired` ones are offered to nobody."""

    id: str
    name: str
    title: str
    text: str
    skill: str | None
    retired: bool
    revision: str


class SaveMacro(Request, frozen=True, kw_only=True):
    revision: Revision
    name: MacroName
    title: Name
    text: str
    skill: SkillName | None
    retired: bool


class AdminSetting(Wire, frozen=True, kw_only=True):
    """Something that the shop has on or off, with what that means."""

    name: str
    title: str
    value: bool
    revision: str


class ChangeSetting(Request, frozen=True, kw_only=True):
    revision: Revision
    value: bool


class AdminInvitation(Wire, frozen=True, kw_only=True):
    """`rep_id` if it renews the sign-in of an account that is there."""

    id: str
    email: str
    role: RoleName
    rep_id: str | None
    team_id: str | None
    site_id: str | None
    made_by: str
    made_at: datetime
    expires_at: datetime
    state: Literal["open", "used", "withdrawn", "expired"]


class Invite(Request, frozen=True, kw_only=True):
    """With `rep_id` it's a new sign-in for that account, whose role stays."""

    email: EmailText
    role: RoleName
    team_id: Id | None = None
    site_id: Id | None = None
    rep_id: Id | None = None


class Invited(Wire, frozen=True, kw_only=True):
    """`link` is shown this once. `mailed`: it's on its way by e-mail too."""

    invitation: AdminInvitation
    link: str
    mailed: bool


class Administration(Wire, frozen=True, kw_only=True):
    """All that the page shows. A lead sees no invitations and no settings. `macro_fields`: what may stand in braces."""

    reps: list[AdminRep]
    teams: list[AdminTeam]
    sites: list[AdminSite]
    skills: list[AdminSkill]
    macros: list[AdminMacro]
    macro_fields: list[MacroField]
    invitations: list[AdminInvitation]
    settings: list[AdminSetting]
    mail: bool
    mail_in_trouble: list[MailInTrouble]


class LookAtInvitation(Request, frozen=True, kw_only=True):
    """`token` is what stands after `#invitation=` in the link."""

    token: LinkToken


class InvitationShown(Wire, frozen=True, kw_only=True):
    """`name` is the account whose sign-in is renewed, None for a new one."""

    email: str
    role: RoleName
    name: str | None
    display_name: str | None
    second_factor: bool


class AcceptInvitation(Request, frozen=True, kw_only=True):
    token: LinkToken
    name: Name
    display_name: Name
    password: Annotated[str, msgspec.Meta(min_length=12, max_length=1024)]


class InvitationAccepted(Wire, frozen=True, kw_only=True):
    """The key for the authenticator app is shown this once; None where none is asked for."""

    name: str
    totp_secret: str | None
    totp_uri: str | None
