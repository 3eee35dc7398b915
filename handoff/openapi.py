"""The OpenAPI document of the desk: paths and words from the app's routes, bodies from handoff/wire_*.py."""

import inspect
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import msgspec

from handoff import (
    wire_admin,
    wire_chat,
    wire_console,
    wire_figures,
    wire_files,
    wire_knowing,
    wire_lead,
    wire_mail,
    wire_offers,
    wire_order_card,
    wire_promises,
    wire_requests,
    wire_shifts,
)
from handoff.file_types import TYPES
from handoff.words import ENGLISH

REFERENCE = "#/components/schemas/{name}"


@dataclass(frozen=True, slots=True)
class Body:
    """What a route takes and gives: structs of the wire, or None for nothing; `status` of its answers.

    `or_null`: there may be nothing to give, and that's no failure. `file_in`, `file_out`: the body is a file's bytes.
    """

    takes: type[msgspec.Struct] | None
    gives: type[msgspec.Struct] | None
    status: tuple[int, ...] = (200,)
    or_null: bool = False
    file_in: bool = False
    file_out: bool = False


C = "/api/conversations/{conversation_id}"
R = "/api/rep/conversations/{conversation_id}"
BODIES: dict[str, Body] = {
    "POST /api/sessions": Body(wire_requests.StartSession, wire_chat.SessionStarted, (201,)),
    "DELETE /api/sessions/current": Body(None, None, (204,)),
    "POST /api/conversations": Body(wire_requests.OpenConversation, wire_chat.CustomerView, (200, 201)),
    "GET /api/conversations/current": Body(None, wire_chat.CustomerView, or_null=True),
    f"GET {C}": Body(None, wire_chat.CustomerView),
    f"GET {C}/messages": Body(None, wire_chat.MessagePage),
    f"POST {C}/messages": Body(wire_requests.SendMessage, wire_chat.Message, (200, 201)),
    f"POST {C}/files": Body(None, wire_chat.Message, (200, 201), file_in=True),
    f"GET {C}/files/{{file_id}}": Body(None, None, file_out=True),
    f"POST {C}/read": Body(wire_files.ReadUntil, None, (204,)),
    f"POST {C}/person": Body(wire_requests.Nothing, wire_chat.CustomerView),
    f"POST {C}/stop-waiting": Body(wire_requests.Nothing, wire_chat.CustomerView),
    f"POST {C}/close": Body(wire_requests.Nothing, wire_chat.CustomerView),
    f"POST {C}/reopen": Body(wire_requests.Nothing, wire_chat.CustomerView),
    f"PUT {C}/vote": Body(wire_requests.Vote, wire_chat.CustomerView),
    f"POST {C}/email": Body(wire_mail.LeaveEmail, wire_chat.CustomerView),
    f"POST {C}/transcript": Body(wire_mail.MailTranscript, wire_chat.CustomerView),
    "POST /api/links/chat": Body(wire_mail.UseLink, wire_mail.CameBack, (201,)),
    f"GET {C}/call-times": Body(None, wire_promises.CallTimes),
    f"POST {C}/call-back": Body(wire_promises.AskForCall, wire_chat.CustomerView),
    f"POST {C}/leave-message": Body(wire_promises.LeaveMessage, wire_chat.CustomerView),
    f"POST {C}/take-back": Body(wire_promises.TakeBack, wire_chat.CustomerView),
    "POST /api/rep/sign-in": Body(wire_requests.SignIn, wire_console.SignedIn),
    "POST /api/rep/sign-out": Body(wire_requests.Nothing, None, (204,)),
    "GET /api/rep/me": Body(None, wire_console.SignedIn),
    "GET /api/rep/queue": Body(None, wire_console.RepQueue),
    "GET /api/rep/waiting": Body(None, wire_console.WaitingLine),
    "POST /api/rep/offers/{offer_id}/accept": Body(wire_requests.Nothing, wire_console.RepView),
    "POST /api/rep/offers/{offer_id}/skip": Body(wire_requests.Nothing, None, (204,)),
    "POST /api/rep/away": Body(wire_requests.Nothing, None, (204,)),
    "POST /api/rep/back": Body(wire_requests.Nothing, None, (204,)),
    f"GET {R}/reasons": Body(None, wire_offers.ChatReasons),
    "GET /api/rep/figures": Body(None, wire_figures.Figures),
    "GET /api/rep/closed": Body(None, wire_figures.ClosedChats),
    "GET /api/rep/macros": Body(None, wire_console.Macros),
    f"GET {R}": Body(None, wire_console.RepView),
    f"GET {R}/messages": Body(None, wire_chat.MessagePage),
    f"GET {R}/order-card": Body(None, wire_order_card.OrderShown),
    f"GET {R}/suggestions": Body(None, wire_knowing.Suggestions),
    f"GET {R}/past": Body(None, wire_knowing.PastConversations),
    f"POST {R}/past/{{past_id}}/look": Body(wire_requests.Nothing, wire_knowing.PastOpened),
    f"GET {R}/past/{{past_id}}/messages": Body(None, wire_chat.MessagePage),
    f"POST {R}/claim": Body(wire_requests.Nothing, wire_console.RepView),
    f"POST {R}/release": Body(wire_requests.Nothing, wire_console.RepView),
    f"POST {R}/messages": Body(wire_requests.RepReply, wire_chat.Message, (200, 201)),
    f"POST {R}/files": Body(None, wire_chat.Message, (200, 201), file_in=True),
    f"GET {R}/files/{{file_id}}": Body(None, None, file_out=True),
    f"POST {R}/read": Body(wire_files.ReadUntil, None, (204,)),
    "POST /api/rep/picture": Body(None, wire_files.RepPicture, file_in=True),
    "DELETE /api/rep/picture": Body(wire_requests.Nothing, wire_files.RepPicture),
    "GET /api/pictures/{picture}": Body(None, None, file_out=True),
    f"POST {R}/close": Body(wire_requests.CloseConversation, wire_console.RepView),
    "GET /api/admin": Body(None, wire_admin.Administration),
    "PUT /api/admin/reps/{rep_id}": Body(wire_admin.ChangeRep, wire_admin.AdminRep),
    "POST /api/admin/teams": Body(wire_admin.SaveTeam, wire_admin.AdminTeam, (201,)),
    "PUT /api/admin/teams/{team_id}": Body(wire_admin.SaveTeam, wire_admin.AdminTeam),
    "POST /api/admin/sites": Body(wire_admin.SaveSite, wire_admin.AdminSite, (201,)),
    "PUT /api/admin/sites/{site_id}": Body(wire_admin.SaveSite, wire_admin.AdminSite),
    "POST /api/admin/skills": Body(wire_admin.AddSkill, wire_admin.AdminSkill, (201,)),
    "PUT /api/admin/skills/{name}": Body(wire_admin.SaveSkill, wire_admin.AdminSkill),
    "POST /api/admin/macros": Body(wire_admin.SaveMacro, wire_admin.AdminMacro, (201,)),
    "PUT /api/admin/macros/{macro_id}": Body(wire_admin.SaveMacro, wire_admin.AdminMacro),
    "PUT /api/admin/settings/{name}": Body(wire_admin.ChangeSetting, wire_admin.AdminSetting),
    "POST /api/admin/invitations": Body(wire_admin.Invite, wire_admin.Invited, (201,)),
    "POST /api/admin/invitations/{invitation_id}/withdraw": Body(wire_requests.Nothing, wire_admin.AdminInvitation),
    "POST /api/invitation/look": Body(wire_admin.LookAtInvitation, wire_admin.InvitationShown),
    "POST /api/invitation/accept": Body(wire_admin.AcceptInvitation, wire_admin.InvitationAccepted, (201,)),
    "GET /api/rep/lead": Body(None, wire_lead.LeadView),
    f"POST {R}/end-abusive": Body(wire_lead.EndAbusive, wire_console.RepView),
    "GET /api/rep/blocks": Body(None, wire_lead.Blocks),
    "POST /api/rep/blocks/{block_id}/undo": Body(wire_lead.UndoBlock, wire_lead.Block),
    "POST /api/rep/move-chats": Body(wire_lead.MoveChats, wire_lead.MovedChats),
    f"POST {R}/look": Body(wire_requests.Nothing, wire_console.RepView),
    f"POST {R}/take-over": Body(wire_requests.Nothing, wire_console.RepView),
    "GET /api/rep/colleagues": Body(None, wire_lead.Colleagues),
    f"POST {R}/transfer": Body(wire_lead.Transfer, wire_console.RepView),
    f"POST {R}/return-to-bot": Body(wire_lead.ReturnToBot, wire_console.RepView),
    f"POST {R}/notes": Body(wire_lead.WriteNote, wire_chat.Message, (200, 201)),
    f"POST {R}/call": Body(wire_requests.Nothing, wire_promises.Dialled),
    f"POST {R}/call-attempts": Body(wire_promises.CallMade, wire_console.RepView),
    f"GET {R}/call-times": Body(None, wire_promises.TimesToCall),
    f"POST {R}/call-later": Body(wire_promises.CallLater, wire_console.RepView),
    "GET /api/rep/shift": Body(None, wire_shifts.Shift, or_null=True),
    f"POST {R}/hand-on": Body(wire_shifts.HandOn, wire_console.RepView),
    f"POST {R}/answer-later": Body(wire_shifts.AnswerLater, wire_console.RepView),
    "GET /api/setup": Body(None, wire_requests.SetUpNeeded),
    "POST /api/setup": Body(wire_requests.SetUp, wire_requests.SetUpDone, (201,)),
    "GET /widget/config.json": Body(None, wire_requests.WidgetConfig),
    "GET /health": Body(None, wire_requests.Health),
}
QUERIES: dict[str, dict[str, dict[str, Any]]] = {
    "/messages": {
        "after": {"type": "integer", "minimum": 0, "default": 0},
        "limit": {"type": "integer", "minimum": 1, "maximum": 200, "default": 200},
    },
    "/rep/waiting": {
        "most": {"type": "integer", "minimum": 1, "maximum": 500, "default": 500},
        "mine_first": {"type": "integer", "minimum": 0, "maximum": 1, "default": 0},
    },
    "/order-card": {"order": {"type": "string"}},
    "/closed": {
        "period": {"type": "string", "enum": ["today", "7_days", "28_days"], "default": "7_days"},
        "day": {"type": "string", "format": "date"},
        "topic": {"type": "string"},
        "who": {"type": "string"},
        "vote": {"type": "string", "enum": ["yes", "no", "none"]},
        "cause": {"type": "string"},
        "written": {"type": "string", "enum": ["yes"]},
        "older_than": {"type": "string"},
    },
    "/figures": {"period": {"type": "string", "enum": ["today", "7_days", "28_days"], "default": "today"}},
}


def openapi_document(structs: Iterable[type[msgspec.Struct]], words: dict[str, str]) -> dict[str, Any]:
    """OpenAPI 3.1 as plain data; `words` says what each route does, by "METHOD path"."""
    _, schemas = msgspec.json.schema_components(structs, ref_template=REFERENCE)
    paths: dict[str, dict[str, Any]] = {}
    for route, body in BODIES.items():
        method, path = route.split(" ")
        paths.setdefault(path, {})[method.lower()] = _operation(method, path, body, words[route])
    return {
        "openapi": "3.1.0",
        "info": {"title": "Baton desk", "version": "1"},
        "paths": paths,
        "components": {"schemas": schemas, "securitySchemes": _SECURITY},
    }


def words_of_routes(app: Any) -> dict[str, str]:
    """What each HTTP route with a body of ours does, from the docstring of its function, by "METHOD path"."""
    return {
        f"{method} {plain_path(route.path)}": inspect.getdoc(route.handler) or ""
        for route in app.router.routes
        for method in route.methods
    }


def plain_path(path: str) -> str:
    """Sanic's `api/conversations/<id:str>` as `/api/conversations/{id}`."""
    return "/" + re.sub(r"<(\w+)(:\w+)?>", r"{\1}", path)


def _operation(method: str, path: str, body: Body, words: str) -> dict[str, Any]:
    operation: dict[str, Any] = {"summary": words, "parameters": _parameters(method, path)}
    if body.takes:
        operation["requestBody"] = {"required": True, "content": _json(body.takes)}
    if body.file_in:
        operation["requestBody"] = {"required": True, "content": {each: {} for each in TYPES}}
        operation["parameters"] += _FILE_HEADERS
    operation["responses"] = {str(status): _response(body) for status in body.status}
    operation["responses"]["default"] = {"description": "A refusal", "content": _json(wire_requests.ErrorEnvelope)}
    operation["security"] = _security(method, path)
    return operation


def _parameters(method: str, path: str) -> list[dict[str, Any]]:
    named = re.findall(r"{(\w+)}", path)
    in_path = [{"name": name, "in": "path", "required": True, "schema": {"type": "string"}} for name in named]
    queries = next((fields for end, fields in QUERIES.items() if path.endswith(end) and method == "GET"), {})
    in_query = [{"name": name, "in": "query", "schema": schema} for name, schema in queries.items()]
    return in_path + in_query + ([_LANGUAGE] if path.startswith(_OF_CUSTOMERS) else [])


def _response(body: Body) -> dict[str, Any]:
    if body.file_out:
        return {"description": "The file, for saving", "content": {each: {} for each in TYPES}}
    return (
        {"description": "Done", "content": _json(body.gives, body.or_null)} if body.gives else {"description": "Done"}
    )


def _json(struct: type[msgspec.Struct], or_null: bool = False) -> dict[str, Any]:
    schema = {"$ref": REFERENCE.format(name=struct.__name__)}
    return {"application/json": {"schema": {"anyOf": [schema, {"type": "null"}]} if or_null else schema}}


def _security(method: str, path: str) -> list[dict[str, list[str]]]:
    if path.startswith(("/api/rep/", "/api/admin")) and not path.endswith("sign-in"):
        return [{"rep": []} if method == "GET" else {"rep": [], "csrf": []}]
    if path.startswith("/api/conversations"):
        return [{"customer": []}]
    return [{"customer": []}, {}] if path.startswith("/api/sessions") else []


_OF_CUSTOMERS = ("/api/conversations", "/api/sessions", "/api/links")
_LANGUAGE = {"name": "Baton-Language", "in": "header", "schema": {"type": "string", "default": ENGLISH}}
_FILE_HEADERS = [
    {"name": "X-Client-Id", "in": "header", "required": True, "schema": {"type": "string", "minLength": 8}},
    {"name": "X-File-Name", "in": "header", "required": True, "schema": {"type": "string"}},
]
_SECURITY = {
    "customer": {"type": "http", "scheme": "bearer"},
    "rep": {"type": "apiKey", "in": "cookie", "name": "__Host-baton"},
    "csrf": {"type": "apiKey", "in": "header", "name": "X-CSRF-Token"},
}
