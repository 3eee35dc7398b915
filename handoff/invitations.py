"""Letting somebody in: an admin invites by a link that works once within seven days; there's no other way in."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, insert, select, update

from handoff import mail_links, outbound, reps
from handoff.admin_reps import check_there
from handoff.changing import clean_name, must_be_admin, note_change
from handoff.email_addresses import email_address
from handoff.errors import BadField, LinkUsed, NotFound, NotPossibleNow
from handoff.history import remember
from handoff.ids import new_id
from handoff.people import TWO_FACTOR_ROLES, Rep
from handoff.schema import rep as rep_table
from handoff.schema_centre import site, team
from handoff.schema_mail import invitation, mail_link
from handoff.storage import Transaction
from handoff.wire_admin import AdminInvitation, InvitationShown, Invite
from handoff.words import say


@dataclass(frozen=True, slots=True)
class Made:
    """An invitation, and the token of its link, which nobody can look up later."""

    invitation: AdminInvitation
    token: str


@dataclass(frozen=True, slots=True)
class NewSignIn:
    """What somebody chose who accepts an invitation; `totp_secret` is kept only for roles that need one."""

    name: str
    display_name: str
    password_hash: str
    totp_secret: str


def invite(tx: Transaction, who: Rep, asked: Invite, mail_on: bool) -> Made:
    """Invite somebody with a role, team and site; or (`rep_id`) let somebody choose their sign-in anew.

    The link is mailed too where mail is on.
    """
    must_be_admin(who)
    email, role = email_address(asked.email), _role(tx, asked)
    check_there(tx, team, team.c.id, asked.team_id, "team_id")
    check_there(tx, site, site.c.id, asked.site_id, "site_id")
    made: dict[str, Any] = {"id": new_id(), "email": email, "role": role, "rep_id": asked.rep_id}
    places = {"team_id": asked.team_id, "site_id": asked.site_id}
    times = {"made_by": who.id, "made_at": tx.now, "expires_at": tx.now + mail_links.VALID}
    tx.db.execute(insert(invitation).values(**made, **places, **times))
    token = mail_links.new_link(tx, "invitation", invitation_id=made["id"])
    if mail_on:
        text = say("invitation_mail", name=who.display_name, link=outbound.LINK)
        key, subject = f"invitation:{made['id']}", say("invitation_subject")
        outbound.put(tx, key, "invitation", email, subject, text, invitation_id=made["id"])
    shown = _one(tx, made["id"])
    note_change(tx, who, "invitation", shown.id, None, shown)
    return Made(shown, token)


def withdraw(tx: Transaction, who: Rep, invitation_id: str) -> AdminInvitation:
    """The link leads nowhere any more; withdrawing twice is harmless."""
    must_be_admin(who)
    before = _one(tx, invitation_id, lock=True)
    if before.state == "used":
        raise NotPossibleNow("This invitation was used already. Disable the account instead.")
    if before.state == "open":
        tx.db.execute(update(invitation).where(invitation.c.id == invitation_id).values(withdrawn_at=tx.now))
        mail_links.void(tx, mail_link.c.invitation_id == invitation_id)
        note_change(tx, who, "invitation", invitation_id, before, _one(tx, invitation_id))
    return _one(tx, invitation_id)


def all_invitations(tx: Transaction) -> list[AdminInvitation]:
    """The latest hundred, newest first."""
    rows = tx.db.execute(_INVITATIONS.order_by(invitation.c.made_at.desc(), invitation.c.id).limit(100)).mappings()
    return [_shown(tx, row) for row in rows]


def look(tx: Transaction, token: str) -> InvitationShown:
    """What a link that still works invites to; LinkUsed otherwise."""
    asked = _open_one(tx, mail_links.look(tx, "invitation", token))
    known = tx.db.execute(select(rep_table).where(rep_table.c.id == asked["rep_id"])).one_or_none()
    return InvitationShown(
        email=asked["email"],
        role=asked["role"],
        name=known.name if known else None,
        display_name=known.display_name if known else None,
        second_factor=asked["role"] in TWO_FACTOR_ROLES,
    )


def accept(tx: Transaction, token: str, chosen: NewSignIn) -> tuple[str, bool]:
    """Make the account, or renew its sign-in; the name to sign in with, and whether it takes a second factor.

    LinkUsed for the second of two who try; BadField for a name that is taken.
    """
    link = mail_links.look(tx, "invitation", token, lock=True)
    asked = _open_one(tx, link, lock=True)
    secret = chosen.totp_secret if asked["role"] in TWO_FACTOR_ROLES else None
    who = _renew(tx, asked, chosen, secret) if asked["rep_id"] else _add(tx, asked, chosen, secret)
    mail_links.use(tx, "invitation", token)
    tx.db.execute(update(invitation).where(invitation.c.id == asked["id"]).values(used_at=tx.now))
    mail_links.void(tx, mail_link.c.invitation_id == asked["id"])
    remember(tx, "invitation_used", who, "accepted an invitation", invitation=asked["id"], role=asked["role"])
    return who.name, secret is not None


def _add(tx: Transaction, asked: Any, chosen: NewSignIn, secret: str | None) -> Rep:
    if tx.db.execute(select(rep_table.c.id).where(rep_table.c.name == chosen.name)).first():
        raise BadField("Somebody signs in with this name already. Choose another.", field="name")
    shown_name = clean_name(chosen.display_name, "display_name")
    who = reps.add_account(tx, chosen.name, shown_name, asked["role"], chosen.password_hash, secret)
    place = {"email": asked["email"], "team_id": asked["team_id"], "site_id": asked["site_id"]}
    tx.db.execute(update(rep_table).where(rep_table.c.id == who.id).values(place))
    return who


def _renew(tx: Transaction, asked: Any, chosen: NewSignIn, secret: str | None) -> Rep:
    """Whoever is signed in with the old password is signed out."""
    row = tx.db.execute(select(rep_table).where(rep_table.c.id == asked["rep_id"]).with_for_update()).one()
    if row.disabled_at is not None or row.role != asked["role"]:
        raise LinkUsed
    who = Rep(row.id, row.name, row.display_name, row.role)
    renewed = {"password_hash": chosen.password_hash, "totp_secret": secret, "email": asked["email"]}
    tx.db.execute(update(rep_table).where(rep_table.c.id == row.id).values(renewed))
    reps.sign_out(tx, who)
    return who


def _role(tx: Transaction, asked: Invite) -> str:
    """The role asked for, or that of the account whose sign-in is renewed."""
    if asked.rep_id is None:
        return asked.role
    able = rep_table.c.disabled_at.is_(None)
    role: str | None = tx.db.execute(select(rep_table.c.role).where(rep_table.c.id == asked.rep_id, able)).scalar()
    if role is None:
        raise BadField("There is no such account that may sign in.", field="rep_id")
    return role


def _open_one(tx: Transaction, link: Any, *, lock: bool = False) -> Any:
    query = select(invitation).where(
        invitation.c.id == link["invitation_id"], invitation.c.used_at.is_(None), invitation.c.withdrawn_at.is_(None)
    )
    row = tx.db.execute(query.with_for_update() if lock else query).mappings().one_or_none()
    if row is None or row["expires_at"] <= tx.now:
        raise LinkUsed
    return row


def _one(tx: Transaction, invitation_id: str, *, lock: bool = False) -> AdminInvitation:
    query = _INVITATIONS.where(invitation.c.id == invitation_id)
    row = tx.db.execute(query.with_for_update(of=invitation) if lock else query).mappings().one_or_none()
    if row is None:
        raise NotFound
    return _shown(tx, row)


_INVITATIONS = select(*invitation.c, func.coalesce(rep_table.c.display_name, "").label("inviter")).join(
    rep_table, rep_table.c.id == invitation.c.made_by
)


def _shown(tx: Transaction, row: Any) -> AdminInvitation:
    plain = {name: row[name] for name in ("id", "email", "role", "rep_id", "team_id", "site_id")}
    state: Any = "used" if row["used_at"] else "withdrawn" if row["withdrawn_at"] else "open"
    if state == "open" and row["expires_at"] <= tx.now:
        state = "expired"
    times = {"made_at": row["made_at"], "expires_at": row["expires_at"]}
    return AdminInvitation(**plain, **times, made_by=row["inviter"], state=state)
