"""Who may do what: every route and socket frame × every kind of person. A route that isn't listed fails."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import pytest
from sqlalchemy import update

from handoff import presence, reps, schema
from handoff.openapi import BODIES, plain_path
from tests.desk import Desk, dial, new_client_id, numbers, running_desk, token_of_shop
from tests.hostile_files import picture

C, R = "/api/conversations/{conversation_id}", "/api/rep/conversations/{conversation_id}"
PRINCIPALS = (
    "nobody",
    "anonymous A",
    "anonymous B",
    "verified A",
    "verified B",
    "expired customer",
    "rep holding it",
    "another rep",
    "disabled rep",
    "writer",
    "lead",
    "admin",
    "expired rep",
)
CUSTOMERS = PRINCIPALS[1:6]
REPS = PRINCIPALS[6:]


@dataclass
class Scene:
    """Customers with a conversation each, of which Ruth holds both A's; and what each person sends along."""

    desk: Desk
    headers: dict[str, dict[str, str]] = field(default_factory=dict)
    cookies: dict[str, str] = field(default_factory=dict)
    sessions: dict[str, str] = field(default_factory=dict)
    of_anonymous_a: str = ""
    of_verified_a: str = ""
    file_of_verified_a: str = ""
    past_of_verified_a: str = ""


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    with running_desk(tmp_path_factory.mktemp("principals")) as desk:
        yield desk


@pytest.fixture
def scene(desk: Desk) -> Scene:
    """One of each test's own, so that what a test changes is no other's business."""
    return set_the_scene(desk)


@pytest.fixture(scope="module")
def scene_to_look_at(desk: Desk) -> Scene:
    return set_the_scene(desk)


def set_the_scene(desk: Desk) -> Scene:
    scene = Scene(desk, headers={"nobody": {}})
    sub_a, sub_b, sub_expired = (f"C-{next(numbers)}" for _ in range(3))
    people = {
        "anonymous A": None,
        "anonymous B": None,
        "verified A": sub_a,
        "verified B": sub_b,
        "expired customer": sub_expired,
    }
    scene.past_of_verified_a = closed_before(desk, sub_a)
    chats = {name: add_customer(scene, name, sub) for name, sub in people.items()}
    scene.of_anonymous_a, scene.of_verified_a = chats["anonymous A"], chats["verified A"]
    dora, eddy = (f"{name}-{next(numbers)}" for name in ("dora", "eddy"))
    for name in (dora, eddy):
        desk.do(reps.add_account, name, name, "rep", "-", None)
    names = {
        "rep holding it": "ruth",
        "another rep": "sam",
        "writer": "wen",
        "lead": "lena",
        "admin": "ada",
        "disabled rep": dora,
    }
    for principal, name in {**names, "expired rep": eddy}.items():
        add_rep_session(scene, principal, name)
    # She has no console open here: on a slow machine the desk would take her chats back.
    desk.do(presence.seen, [desk.rep_account("ruth").id])
    for chat in (scene.of_anonymous_a, scene.of_verified_a):
        claimed = desk.client(**scene.headers["rep holding it"]).post(f"/api/rep/conversations/{chat}/claim", json={})
        assert claimed.status_code == 200
    looked = ask(scene, f"POST {R}/past/{{past_id}}/look", "rep holding it", {}, scene.of_verified_a)
    assert looked.status_code == 200
    sent = ask(scene, f"POST {C}/files", "verified A", FILE, scene.of_verified_a)
    scene.file_of_verified_a = sent.json()["attachment"]["id"]
    desk.do(reps.disable, desk.rep_account(dora))
    expire(desk, schema.rep_session, schema.rep_session.c.rep_id, desk.rep_account(eddy).id)
    expired_id = desk.do(
        lambda tx: tx.db.execute(schema.customer.select().where(schema.customer.c.sub == sub_expired)).one().id
    )
    expire(desk, schema.customer_session, schema.customer_session.c.customer_id, expired_id)
    return scene


def closed_before(desk: Desk, sub: str) -> str:
    """A conversation that this customer has closed."""
    customer = desk.ana(sub)
    chat = customer.waits()
    assert customer.http.post(f"/api/conversations/{chat}/close", json={}).status_code == 200
    return chat


def add_customer(scene: Scene, name: str, sub: str | None) -> str:
    """Somebody who waits for a person; the id of their conversation."""
    customer = scene.desk.ana(sub)
    scene.sessions[name] = customer.session
    scene.headers[name] = {"authorization": f"Bearer {customer.session}"}
    return customer.waits()


def add_rep_session(scene: Scene, principal: str, name: str) -> None:
    signed_in = scene.desk.do(reps.sign_in, scene.desk.rep_account(name))
    scene.cookies[principal] = f"__Host-baton={signed_in.token}"
    scene.headers[principal] = {"cookie": scene.cookies[principal], "x-csrf-token": signed_in.csrf}


def expire(desk: Desk, table: Any, column: Any, whose: str) -> None:
    """As if nobody had been there for two days."""
    desk.do(lambda tx: tx.db.execute(update(table).where(column == whose).values(seen_at=tx.now - timedelta(days=2))))


def everyone(status: int, **others: int) -> dict[str, int]:
    """The same status for all principals but those named (with _ for the space)."""
    others.setdefault("admin", others.get("lead", status))
    return {name: others.get(name.replace(" ", "_"), status) for name in PRINCIPALS}


def customers_only(status: int, foreign: int = 404) -> dict[str, int]:
    """A route about a conversation of verified A."""
    mine = {"verified_A": status, "verified_B": foreign, "anonymous_A": foreign, "anonymous_B": foreign}
    return everyone(401, **mine)


def reps_only(holder: int, other: int, writer: int = 403) -> dict[str, int]:
    """A route about a conversation that one rep holds."""
    return everyone(401, rep_holding_it=holder, another_rep=other, lead=other, writer=writer)


FILE = {"x-file-name": "a.txt", "content-type": "text/plain"}
PICTURE = {"content-type": "image/png"}


def administering(lead: int, admin: int) -> dict[str, int]:
    """A route of the page for leads and admins."""
    return everyone(401, rep_holding_it=403, another_rep=403, writer=403, lead=lead, admin=admin)


CLOSING = {"topic": "late_delivery", "cause": "carrier lost it"}
TOMORROW = {
    "from": (datetime.now(UTC) + timedelta(hours=24)).isoformat(),
    "until": (datetime.now(UTC) + timedelta(hours=25)).isoformat(),
}
SETTING_UP = {"code": "x", "name": "x", "display_name": "x", "password": "a long pass phrase"}
A_REP = {
    "revision": "",
    "display_name": "Ruth",
    "role": "rep",
    "team_id": None,
    "site_id": None,
    "capacity": 3,
    "skills": [],
    "hours": [],
    "days": [],
    "disabled": False,
}
A_SITE = {
    "revision": "",
    "name": "Leeds",
    "time_zone": "Europe/London",
    "hours": [{"weekday": 0, "opens": 540, "closes": 1020}],
    "holidays": [],
    "disabled": False,
}
A_MACRO = {"revision": "", "name": "hello", "title": "Hello", "text": "Hello!", "skill": None, "retired": False}
# What each may do with verified A's conversation, held by Ruth; the bodies are good ones.
TABLE: dict[str, tuple[dict[str, Any] | None, dict[str, int]]] = {
    "POST /api/sessions": ({}, everyone(201)),
    "POST /api/conversations": (
        {},
        everyone(401, anonymous_A=200, anonymous_B=200, verified_A=200, verified_B=200),
    ),
    "GET /api/conversations/current": (
        None,
        everyone(401, anonymous_A=200, anonymous_B=200, verified_A=200, verified_B=200),
    ),
    f"GET {C}": (None, customers_only(200)),
    f"GET {C}/messages": (None, customers_only(200)),
    f"POST {C}/messages": ({"client_id": "@", "text": "hello"}, customers_only(201)),
    f"POST {C}/files": (FILE, customers_only(201)),
    f"GET {C}/files/{{file_id}}": (None, customers_only(200)),
    f"POST {C}/read": ({"seq": 1}, customers_only(204)),
    f"POST {C}/person": ({}, customers_only(200)),
    f"POST {C}/stop-waiting": ({}, customers_only(409)),
    f"POST {C}/reopen": ({}, customers_only(200)),
    f"POST {C}/email": ({"email": "ana@example.com"}, customers_only(200)),
    f"POST {C}/transcript": ({"email": "ana@example.com"}, customers_only(200)),
    "POST /api/links/chat": ({"token": "nobody has this"}, everyone(410)),
    f"PUT {C}/vote": ({"solved": True}, customers_only(409)),
    f"GET {C}/call-times": (None, customers_only(200)),
    f"POST {C}/call-back": (TOMORROW | {"phone": "+44 20 7946 0000"}, customers_only(409)),
    f"POST {C}/leave-message": ({"text": "Please write."}, customers_only(409)),
    f"POST {C}/take-back": ({"to": "bot"}, customers_only(409)),
    "POST /api/rep/sign-in": ({"name": "ruth", "password": "wrong password"}, everyone(401)),
    "GET /api/rep/me": (None, everyone(401, rep_holding_it=200, another_rep=200, lead=200, writer=200)),
    "GET /api/rep/queue": (None, everyone(401, rep_holding_it=200, another_rep=200, lead=200, writer=403)),
    "GET /api/rep/waiting": (None, everyone(401, rep_holding_it=200, another_rep=200, lead=200, writer=403)),
    "POST /api/rep/offers/{offer_id}/accept": ({}, reps_only(404, 404)),
    "POST /api/rep/offers/{offer_id}/skip": ({}, reps_only(404, 404)),
    "POST /api/rep/away": ({}, reps_only(204, 204)),
    "POST /api/rep/back": ({}, reps_only(204, 204)),
    f"GET {R}/reasons": (None, reps_only(200, 404)),
    "GET /api/rep/figures": (None, everyone(401, rep_holding_it=403, another_rep=403, lead=200, writer=403)),
    "GET /api/rep/closed": (None, administering(200, 200)),
    "GET /api/rep/macros": (None, everyone(401, rep_holding_it=200, another_rep=200, lead=200, writer=403)),
    f"GET {R}": (None, reps_only(200, 404)),
    f"GET {R}/messages": (None, reps_only(200, 404)),
    f"GET {R}/order-card": (None, reps_only(200, 404)),
    f"GET {R}/suggestions": (None, reps_only(200, 404)),
    f"GET {R}/past": (None, reps_only(200, 404)),
    f"POST {R}/past/{{past_id}}/look": ({}, reps_only(200, 404)),
    f"GET {R}/past/{{past_id}}/messages": (None, reps_only(200, 404)),
    f"POST {R}/claim": ({}, reps_only(200, 409)),
    f"POST {R}/messages": ({"client_id": "@", "text": "hello"}, reps_only(201, 404)),
    f"POST {R}/files": (FILE, reps_only(201, 404)),
    f"GET {R}/files/{{file_id}}": (None, reps_only(200, 404)),
    f"POST {R}/read": ({"seq": 1}, reps_only(204, 404)),
    "POST /api/rep/picture": (PICTURE, reps_only(200, 200)),
    "GET /api/pictures/{picture}": (None, everyone(404)),
    "DELETE /api/rep/picture": ({}, reps_only(200, 200)),
    "GET /api/admin": (None, administering(200, 200)),
    "PUT /api/admin/reps/{rep_id}": (A_REP, administering(404, 404)),
    "POST /api/admin/teams": ({"revision": "", "name": "Days", "mode": "push"}, administering(403, 201)),
    "PUT /api/admin/teams/{team_id}": ({"revision": "", "name": "Days", "mode": "push"}, administering(403, 404)),
    "POST /api/admin/sites": (A_SITE, administering(403, 201)),
    "PUT /api/admin/sites/{site_id}": (A_SITE, administering(403, 404)),
    "POST /api/admin/skills": ({"name": "lang_es", "title": "Spanish"}, administering(403, 201)),
    "PUT /api/admin/skills/{name}": ({"revision": "", "title": "Spanish"}, administering(403, 404)),
    "POST /api/admin/macros": (A_MACRO, administering(201, 422)),
    "PUT /api/admin/macros/{macro_id}": (A_MACRO, administering(404, 404)),
    "PUT /api/admin/settings/{name}": ({"revision": "", "value": True}, administering(403, 404)),
    "POST /api/admin/invitations": ({"email": "ida@example.com", "role": "rep"}, administering(403, 201)),
    "POST /api/admin/invitations/{invitation_id}/withdraw": ({}, administering(403, 404)),
    "POST /api/invitation/look": ({"token": "nobody has this"}, everyone(410)),
    "POST /api/invitation/accept": (
        {"token": "nobody has this", "name": "ida", "display_name": "Ida", "password": "a long pass phrase"},
        everyone(410),
    ),
    "GET /api/rep/lead": (None, administering(200, 200)),
    "GET /api/rep/blocks": (None, administering(200, 200)),
    "POST /api/rep/blocks/{block_id}/undo": ({"reason": "a mistake"}, administering(404, 404)),
    "POST /api/rep/move-chats": ({"conversations": ["nonsense"], "to": {"skill": "orders"}}, administering(200, 200)),
    "GET /api/rep/colleagues": (None, everyone(401, rep_holding_it=200, another_rep=200, lead=200, writer=403)),
    f"POST {R}/notes": ({"client_id": "@", "text": "asked twice"}, reps_only(201, 404)),
    f"POST {R}/call": ({}, reps_only(409, 404)),
    f"POST {R}/call-attempts": ({"outcome": "reached"}, reps_only(409, 404)),
    f"POST {R}/call-later": (TOMORROW, reps_only(422, 404)),
    "GET /api/rep/shift": (None, everyone(401, rep_holding_it=200, another_rep=200, lead=200, writer=403)),
    f"GET {R}/call-times": (None, reps_only(200, 404)),
    f"POST {R}/transfer": ({"to": {"skill": "orders"}}, reps_only(200, 404)),
    f"POST {R}/return-to-bot": ({}, reps_only(200, 404)),
    f"POST {R}/hand-on": ({"next_step": "ring the carrier"}, reps_only(200, 404)),
    f"POST {R}/answer-later": ({"next_step": "ring the carrier"}, reps_only(200, 404)),
    "GET /api/setup": (None, everyone(200)),
    "POST /api/setup": (SETTING_UP, everyone(403)),
    "GET /widget/config.json": (None, everyone(200)),
    "GET /health": (None, everyone(200)),
    f"POST {R}/release": ({}, reps_only(200, 404)),
    f"POST {R}/close": (CLOSING, reps_only(200, 404)),
    f"POST {C}/close": ({}, customers_only(200)),
    f"POST {R}/end-abusive": ({"reason": "swore", "hours": 1}, reps_only(200, 404)),
    f"POST {R}/look": ({}, administering(200, 200)),
    f"POST {R}/take-over": ({}, administering(200, 200)),
    "POST /api/rep/sign-out": ({}, everyone(401, rep_holding_it=204, another_rep=204, lead=204, writer=204)),
    "DELETE /api/sessions/current": (None, everyone(204)),
}
PAGES = {"GET /mail", "GET /chat", "GET /widget.js", "GET /widget", "GET /console", "GET /assets/{name}"}
SOCKETS = {"GET /api/socket", "GET /api/rep/socket"}


def ask(scene: Scene, route: str, principal: str, body: dict[str, Any] | None, chat: str) -> httpx.Response:
    method, path = route.split(" ")
    if body and body.get("client_id"):
        body = {**body, "client_id": new_client_id()}
    client = scene.desk.client(**scene.headers[principal])
    path = path.replace("{conversation_id}", chat).replace("{file_id}", scene.file_of_verified_a)
    path = path.replace("{past_id}", scene.past_of_verified_a)
    if body in (FILE, PICTURE):
        content = b"torn" if body is FILE else picture()
        return client.request(method, path, content=content, headers={**body, "x-client-id": new_client_id()})
    return client.request(method, path, **({} if body is None else {"json": body}))


def test_every_route_is_listed(scene: Scene) -> None:
    from handoff.app import create_app

    app = create_app(scene.desk.settings)
    routes = {f"{method} {plain_path(route.path)}" for route in app.router.routes for method in route.methods}
    assert routes == TABLE.keys() | PAGES | SOCKETS
    assert TABLE.keys() == BODIES.keys()


@pytest.mark.parametrize("route", TABLE)
def test_each_may_do_what_the_table_says(scene: Scene, route: str) -> None:
    body, expected = TABLE[route]
    # The rightful one comes last: their doing may change what others find.
    order = sorted(PRINCIPALS, key=lambda name: (name in ("verified A", "rep holding it"), PRINCIPALS.index(name)))
    found = {name: ask(scene, route, name, body, scene.of_verified_a).status_code for name in order}
    assert found == {name: expected[name] for name in found}


def test_an_anonymous_customers_conversation_is_as_private(scene_to_look_at: Scene) -> None:
    for route in (f"GET {C}", f"GET {C}/messages"):
        for name in CUSTOMERS[1:4]:
            assert ask(scene_to_look_at, route, name, None, scene_to_look_at.of_anonymous_a).status_code == 404


FRAMES: dict[str, Callable[[str], dict[str, Any]]] = {
    "hello": lambda chat: {"kind": "hello", "conversation": chat},
    "typing": lambda chat: {"kind": "typing", "conversation": chat},
    "preview": lambda chat: {"kind": "preview", "conversation": chat, "text": "hello"},
}


@pytest.mark.parametrize("frame", FRAMES)
@pytest.mark.parametrize("principal", PRINCIPALS)
def test_each_hears_on_a_socket_what_is_theirs(scene_to_look_at: Scene, principal: str, frame: str) -> None:
    heard = what_is_heard(scene_to_look_at, principal, FRAMES[frame](scene_to_look_at.of_verified_a))
    allowed = dict.fromkeys(("verified A", "rep holding it"), "replay" if frame == "hello" else "nothing")
    if frame == "preview":
        allowed["rep holding it"] = "error"  # it's the customer's box
    refused: dict[str, Any] = dict.fromkeys((*CUSTOMERS[:4], "another rep", "lead", "admin"), "error")
    refused |= dict.fromkeys(("nobody", "expired customer", "disabled rep", "expired rep"), 4401) | {"writer": 4403}
    assert heard == {**refused, **allowed}[principal]


def what_is_heard(scene: Scene, principal: str, frame: dict[str, Any]) -> str | int:
    """The kind of frame that comes back, "nothing", or the close code."""
    console = principal in REPS
    with dial(scene.desk, "/api/rep/socket" if console else "/api/socket", cookie=scene.cookies.get(principal)) as line:
        line.hello(session=None if console else scene.sessions.get(principal, "x" * 43))
        try:
            line.until("ready")
            if principal in ("verified A", "rep holding it") and frame["kind"] != "hello":
                line.hello(conversation=frame["conversation"])
                line.until("replay")  # what a rep holds is shown unasked too, so a state may come before it
                line.send(frame)
                line.hello(conversation=frame["conversation"])
                answer = next_answer(line)["kind"]
                return "nothing" if answer == "replay" else str(answer)  # the second hello's, so the frame had none
            line.send(frame)
            return str(next_answer(line)["kind"])
        except Exception:
            return line.closed()


def next_answer(line: Any) -> dict[str, Any]:
    while True:
        frame: dict[str, Any] = line.next()
        if frame["kind"] not in ("queue", "rep_state", "state", "message"):
            return frame


def test_a_customer_cant_use_a_reps_way_in_nor_a_rep_a_customers(scene_to_look_at: Scene) -> None:
    desk, chat = scene_to_look_at.desk, scene_to_look_at.of_verified_a
    session, cookie = scene_to_look_at.sessions["verified A"], scene_to_look_at.cookies["rep holding it"]
    as_cookie = desk.client(cookie=f"__Host-baton={session}", **{"x-csrf-token": session})
    assert as_cookie.get("/api/rep/queue").status_code == 401
    as_bearer = desk.client(authorization=f"Bearer {cookie.partition('=')[2]}")
    assert as_bearer.get(f"/api/conversations/{chat}").status_code == 401


def test_signing_in_as_somebody_else_hides_what_was_before(scene_to_look_at: Scene) -> None:
    desk = scene_to_look_at.desk
    bob = desk.ana("C-77")
    chat, before = bob.opens(), bob.session
    bob.start(token_of_shop("C-78"))
    assert bob.session != before
    assert bob.http.get(f"/api/conversations/{chat}").status_code == 404
    assert desk.client(authorization=f"Bearer {before}").get(f"/api/conversations/{chat}").status_code == 401
