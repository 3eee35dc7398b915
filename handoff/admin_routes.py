"""The routes of the console's page for leads and admins: each reads the request, runs one verb, answers."""

from sanic import Blueprint, HTTPResponse

from handoff import (
    admin_places,
    admin_reps,
    invitations,
    macro_changes,
    previews,
    shop_settings,
    wire_admin,
    wire_requests,
)
from handoff.changing import must_lead
from handoff.desk import Request, desk_of
from handoff.edge import as_rep, body_of, reading_as_rep
from handoff.envelope import answer
from handoff.mail_overview import mail_in_trouble
from handoff.people import Rep
from handoff.storage import Transaction

routes = Blueprint("admin", url_prefix="/api/admin")


@routes.get("")
async def administration(request: Request) -> HTTPResponse:
    """Reps, teams, sites, skills and macros; to admins also invitations and settings."""
    return answer(await reading_as_rep(request, show, desk_of(request).mail.on))


@routes.put("/reps/<rep_id:str>")
async def change_rep(request: Request, rep_id: str) -> HTTPResponse:
    """Change an account."""
    return answer(await as_rep(request, admin_reps.change_rep, rep_id, body_of(request, wire_admin.ChangeRep)))


@routes.post("/teams")
async def add_team(request: Request) -> HTTPResponse:
    """A new team."""
    return answer(await as_rep(request, admin_places.save_team, None, body_of(request, wire_admin.SaveTeam)), 201)


@routes.put("/teams/<team_id:str>")
async def change_team(request: Request, team_id: str) -> HTTPResponse:
    """Change a team."""
    return answer(await as_rep(request, admin_places.save_team, team_id, body_of(request, wire_admin.SaveTeam)))


@routes.post("/sites")
async def add_site(request: Request) -> HTTPResponse:
    """A new site."""
    return answer(await as_rep(request, admin_places.save_site, None, body_of(request, wire_admin.SaveSite)), 201)


@routes.put("/sites/<site_id:str>")
async def change_site(request: Request, site_id: str) -> HTTPResponse:
    """Change a site, with its hours and holidays."""
    return answer(await as_rep(request, admin_places.save_site, site_id, body_of(request, wire_admin.SaveSite)))


@routes.post("/skills")
async def add_skill(request: Request) -> HTTPResponse:
    """A new skill."""
    return answer(await as_rep(request, admin_places.add_skill, body_of(request, wire_admin.AddSkill)), 201)


@routes.put("/skills/<name:str>")
async def change_skill(request: Request, name: str) -> HTTPResponse:
    """Another title for a skill."""
    return answer(await as_rep(request, admin_places.save_skill, name, body_of(request, wire_admin.SaveSkill)))


@routes.post("/macros")
async def add_macro(request: Request) -> HTTPResponse:
    """A new macro."""
    return answer(await as_rep(request, macro_changes.save_macro, None, body_of(request, wire_admin.SaveMacro)), 201)


@routes.put("/macros/<macro_id:str>")
async def change_macro(request: Request, macro_id: str) -> HTTPResponse:
    """Change a macro, or retire it."""
    return answer(await as_rep(request, macro_changes.save_macro, macro_id, body_of(request, wire_admin.SaveMacro)))


@routes.put("/settings/<name:str>")
async def change_setting(request: Request, name: str) -> HTTPResponse:
    """Switch a setting."""
    return answer(await as_rep(request, previews.change_setting, name, body_of(request, wire_admin.ChangeSetting)))


@routes.post("/invitations")
async def invite(request: Request) -> HTTPResponse:
    """Invite somebody, or let somebody choose their sign-in anew; the link is shown this once."""
    body, desk = body_of(request, wire_admin.Invite), desk_of(request)
    made = await as_rep(request, invitations.invite, body, desk.mail.on)
    link = f"{desk.settings.origins[0]}/console/#invitation={made.token}"
    return answer(wire_admin.Invited(invitation=made.invitation, link=link, mailed=desk.mail.on), 201)


@routes.post("/invitations/<invitation_id:str>/withdraw")
async def withdraw(request: Request, invitation_id: str) -> HTTPResponse:
    """The link leads nowhere any more."""
    body_of(request, wire_requests.Nothing)
    return answer(await as_rep(request, invitations.withdraw, invitation_id))


def show(tx: Transaction, who: Rep, mail_on: bool) -> wire_admin.Administration:
    """All that the page shows to this lead or admin."""
    must_lead(who)
    is_admin = who.role == "admin"
    return wire_admin.Administration(
        reps=admin_reps.all_reps(tx),
        teams=admin_places.teams(tx),
        sites=admin_places.all_sites(tx),
        skills=admin_places.skills(tx),
        macros=macro_changes.all_macros(tx),
        macro_fields=list(macro_changes.FIELDS),
        invitations=invitations.all_invitations(tx) if is_admin else [],
        settings=shop_settings.all_settings(tx) if is_admin else [],
        mail=mail_on,
        mail_in_trouble=mail_in_trouble(tx, invitations=is_admin),
    )
