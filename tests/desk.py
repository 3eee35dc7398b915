"""A real desk for tests: Sanic on a free port in a thread of its own, a scripted bot, and clients for Ana and Ruth."""

from __future__ import annotations

import asyncio
import itertools
import json
import shutil
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

import httpx
import jwt
import uvloop
from sanic import Sanic
from sqlalchemy import update
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import ClientConnection, connect

from handoff import demo_reps, reps, schema
from handoff.app import create_app
from handoff.bot_answer import BotAnswer
from handoff.bot_client import BotFailed
from handoff.door import DeskProtocol
from handoff.migrate import migrate
from handoff.page_language import HEADER
from handoff.passwords import Passwords
from handoff.people import Rep
from handoff.settings import DEMO_PASSWORD, IdentityKey, Limits, Settings
from handoff.setup_account import SetUpCode
from handoff.storage import Transaction
from handoff.turns import Turn
from tests.record import answer
from tests.scripted_vectors import ScriptedVectors
from tests.services import free_port

SHOP_SECRET = "the shop's secret, long enough for HS256"
GENEROUS = Limits(
    messages_per_10_seconds=100_000,
    messages_per_5_minutes=100_000,
    sessions_per_address_per_5_minutes=100_000,
    wrong_passwords_per_address_per_5_minutes=100_000,
    wrong_passwords_per_name_and_address_per_5_minutes=100_000,
    wrong_passwords_per_name_per_day=100_000,
    links_per_address_per_5_minutes=100_000,
    files_per_address_per_hour=100_000,
)
PATIENCE = 15.0  # waiting ends as soon as there is what is waited for
numbers = itertools.count(1)


class ScriptedBot:
    """Says what the test tells it to say; "echo: …" if it tells nothing. An exception in its place is raised."""

    def __init__(self) -> None:
        self.script: Callable[[Turn], BotAnswer] = echo
        self.contexts: list[str] = []

    async def answer(self, turn: Turn, context: str) -> BotAnswer:
        self.contexts.append(context)
        return self.script(turn)

    async def close(self) -> None:
        pass

    def is_down(self) -> None:
        def fail(turn: Turn) -> BotAnswer:
            raise BotFailed("unreachable")

        self.script = fail


def echo(turn: Turn) -> BotAnswer:
    return answer(turn, f"echo: {(turn.text or turn.payload or '')[:100]}")


class EmptyShop:
    """A shop that knows nobody."""

    def recent_orders(self, customer_id: str, limit: int = 5) -> list[Any]:
        return []

    def order_card(self, customer_id: str, number: str) -> None:
        return None


class Desk:
    """A running desk. `do` runs a verb in it; `ana()`, `ruth()` are people in front of it."""

    def __init__(self, settings: Settings, bot: ScriptedBot, code: SetUpCode):
        self.settings = settings
        self.bot = bot
        self.vectors = ScriptedVectors()
        self.code = code
        self.address = f"http://127.0.0.1:{settings.port}"
        self.origin = settings.origins[0]
        self._loop = uvloop.new_event_loop()
        self._ready = threading.Event()
        self._stop = asyncio.Event()
        self._thread = threading.Thread(target=self._run, name="desk", daemon=True)
        self.failed: BaseException | None = None
        self.parts: Any = None
        self._clients: list[httpx.Client] = []

    def start(self) -> None:
        self._thread.start()
        assert self._ready.wait(20), "the desk didn't start"
        if self.failed:
            raise self.failed

    def stop(self) -> None:
        for each in self._clients:
            each.close()
        self._loop.call_soon_threadsafe(self._stop.set)
        self._thread.join(20)
        assert not self._thread.is_alive(), "the desk didn't stop"

    def do(self, verb: Any, *args: Any) -> Any:
        """Run a verb in the desk's record."""
        return asyncio.run_coroutine_threadsafe(self.parts.runner.run(verb, *args), self._loop).result(PATIENCE)

    def call(self, work: Any) -> Any:
        """Await something on the desk's event loop."""
        return asyncio.run_coroutine_threadsafe(work, self._loop).result(PATIENCE)

    def client(self, **headers: str) -> httpx.Client:
        """A browser's connection, closed with the desk."""
        made = httpx.Client(base_url=self.address, headers=headers, timeout=PATIENCE * 2, trust_env=False)
        self._clients.append(made)
        return made

    def ana(self, sub: str | None = None, *, language: str | None = None, **claims: Any) -> Customer:
        """A customer with a session; signed in at the shop if `sub` is given. `language` is her page's."""
        return Customer(self, token_of_shop(sub, **claims) if sub else None, language)

    def rep(self, name: str = "ruth") -> RepClient:
        """Somebody of the demo's reps, signed in."""
        return RepClient(self, name)

    def rep_account(self, name: str) -> Rep:
        found = self.do(reps.account_named, name)
        assert found, name
        return found.rep

    def _run(self) -> None:
        asyncio.set_event_loop(self._loop)
        try:
            self._loop.run_until_complete(self._serve())
        except BaseException as error:
            self.failed = error
            self._ready.set()
        finally:
            self._loop.close()

    async def _serve(self) -> None:
        app = create_app(self.settings, bot=self.bot, shop=EmptyShop(), set_up_code=self.code, vectors=self.vectors)  # type: ignore[arg-type]
        Sanic.test_mode = True  # so that Sanic prepares its methods for more than one app in a process
        server: Any = await app.create_server(
            self.settings.host, self.settings.port, protocol=DeskProtocol, return_asyncio_server=True
        )
        await server.startup()
        await server.before_start()
        await server.start_serving()
        self.parts = app.ctx.desk
        self._ready.set()
        await self._stop.wait()
        await server.before_stop()
        for connection in list(server.connections):
            connection.abort()
        await server.close()
        await server.after_stop()


class Customer:
    """Somebody at the widget."""

    def __init__(self, desk: Desk, identity: str | None = None, language: str | None = None):
        self.desk = desk
        self.http = desk.client(**({HEADER: language} if language else {}))
        self.session = ""
        self.started = self.start(identity)

    def start(self, identity: str | None = None) -> dict[str, Any]:
        """Start, keep or upgrade the session."""
        answered = self.http.post("/api/sessions", json={"identity": identity} if identity else {})
        assert answered.status_code == 201, answered.text
        started: dict[str, Any] = answered.json()
        self.session = started["session"]
        self.http.headers["authorization"] = f"Bearer {self.session}"
        return started

    def opens(self) -> str:
        return self.http.post("/api/conversations", json={}).json()["id"]

    def says(self, conversation: str, text: str, client_id: str | None = None) -> httpx.Response:
        body = {"client_id": client_id or new_client_id(), "text": text}
        return self.http.post(f"/api/conversations/{conversation}/messages", json=body)

    def asks_for_person(self, conversation: str) -> httpx.Response:
        return self.http.post(f"/api/conversations/{conversation}/person", json={})

    def waits(self) -> str:
        """A conversation of hers that waits for a person."""
        conversation = self.opens()
        assert self.says(conversation, "My parcel is late.").status_code == 201
        assert self.asks_for_person(conversation).status_code == 200
        return conversation

    def sees(self, conversation: str) -> list[str]:
        """The texts of a conversation."""
        page = self.http.get(f"/api/conversations/{conversation}/messages").json()
        return [message["text"] for message in page["messages"]]

    def view(self, conversation: str) -> dict[str, Any]:
        return self.http.get(f"/api/conversations/{conversation}").json()

    @contextmanager
    def socket(self, conversation: str | None = None, after: int = 0) -> Iterator[Line]:
        """An open socket that has said hello."""
        with dial(self.desk, "/api/socket") as line:
            line.hello(session=self.session, conversation=conversation, after=after)
            line.until("ready")
            yield line


class RepClient:
    """Somebody at the console."""

    def __init__(self, desk: Desk, name: str, password: str = DEMO_PASSWORD):
        self.desk = desk
        self.http = desk.client(origin=desk.origin)
        answered = self.http.post("/api/rep/sign-in", json={"name": name, "password": password})
        assert answered.status_code == 200, answered.text
        self.cookie = answered.headers["set-cookie"].split(";")[0]
        self.http.headers.update({"cookie": self.cookie, "x-csrf-token": answered.json()["csrf"]})
        self.rep = answered.json()["rep"]

    def does(self, step: str, conversation: str, **body: Any) -> httpx.Response:
        return self.http.post(f"/api/rep/conversations/{conversation}/{step}", json=body)

    def replies(self, conversation: str, text: str) -> httpx.Response:
        return self.does("messages", conversation, client_id=new_client_id(), text=text)

    @contextmanager
    def socket(self) -> Iterator[Line]:
        with dial(self.desk, "/api/rep/socket", cookie=self.cookie) as line:
            line.hello()
            line.until("ready")
            yield line


class Line:
    """A socket as a test uses it: frames as dictionaries, in order."""

    def __init__(self, socket: ClientConnection):
        self.socket = socket
        self.heard: list[dict[str, Any]] = []

    def hello(self, **fields: Any) -> None:
        self.send({"kind": "hello", **{name: value for name, value in fields.items() if value is not None}})

    def send(self, frame: Any) -> None:
        """Send a frame; one that comes too late, after the desk hung up, is dropped."""
        with suppress(ConnectionClosed):
            self.socket.send(frame if isinstance(frame, (str, bytes)) else json.dumps(frame))

    def next(self, seconds: float = PATIENCE) -> dict[str, Any]:
        frame: dict[str, Any] = json.loads(self.socket.recv(timeout=seconds))
        self.heard.append(frame)
        return frame

    def until(self, kind: str, seconds: float = PATIENCE, where: Callable[[Any], bool] = lambda _: True) -> Any:
        """The next frame of this kind; others are passed over."""
        deadline = time.monotonic() + seconds
        while True:
            frame = self.next(max(0.01, deadline - time.monotonic()))
            if frame["kind"] == kind and where(frame):
                return frame

    def closed(self, seconds: float = PATIENCE) -> int:
        """The code with which the desk closes it; frames until then are passed over."""
        deadline = time.monotonic() + seconds
        try:
            while True:
                self.next(max(0.01, deadline - time.monotonic()))
        except ConnectionClosed as end:
            return end.rcvd.code if end.rcvd else 1006


@contextmanager
def dial(desk: Desk, path: str, *, origin: str | None = "own", cookie: str | None = None) -> Iterator[Line]:
    """A socket that hasn't said anything yet."""
    headers = {"Cookie": cookie} if cookie else {}
    own = desk.origin if origin == "own" else origin
    url = desk.address.replace("http://", "ws://") + path
    with connect(url, origin=own, additional_headers=headers, proxy=None, close_timeout=2) as socket:  # type: ignore[arg-type]
        yield Line(socket)


def token_of_shop(sub: str, **claims: Any) -> str:
    """What the shop signs for its customer."""
    known = {"sub": sub, "iss": "demo-shop", "aud": "baton", "exp": int(time.time()) + 600, "name": "Ana"}
    return jwt.encode({**known, **claims}, SHOP_SECRET, algorithm="HS256", headers={"kid": "demo-1"})


def new_client_id() -> str:
    return f"client-id-{next(numbers):08d}"


def eventually(check: Callable[[], Any], seconds: float = PATIENCE) -> Any:
    """The first true thing that `check` returns."""
    deadline = time.monotonic() + seconds
    while not (found := check()):
        assert time.monotonic() < deadline, "it didn't happen in time"
        time.sleep(0.02)
    return found


@contextmanager
def running_desk(folder: Path, database_url: str | None = None, **changes: Any) -> Iterator[Desk]:
    """A desk with the demo's reps, on SQLite in `folder` unless told otherwise; `changes` are settings."""
    url = database_url or sqlite_with_reps(folder)
    settings = desk_settings(url, **{"files": folder / "files", **changes})
    desk = Desk(settings, ScriptedBot(), SetUpCode())
    desk.start()
    try:
        if database_url:
            desk.call(demo_reps.add_demo_reps(desk.parts.runner, settings))
            desk.do(with_many_hands)
        yield desk
    finally:
        desk.stop()


def desk_settings(database_url: str, **changes: Any) -> Settings:
    port = free_port()
    settings = Settings(
        port=port,
        database_url=database_url,
        bot_token="a bot token for tests, long enough",
        context_key="a context key for tests, long enough",
        demo=True,
        origins=(f"http://127.0.0.1:{port}",),
        shop_origins=("http://shop.test",),
        identity_keys={"demo-1": IdentityKey("HS256", SHOP_SECRET)},
        limits=GENEROUS,
    )
    return replace(settings, **changes)


def sqlite_with_reps(folder: Path) -> str:
    """A copy of a migrated database that holds the demo's reps; made once a run, as hashing and migrating take time."""
    template = folder.parent / "desk-template.sqlite"
    if not template.exists():
        _make_template(template)
    shutil.copyfile(template, folder / "desk.sqlite")
    return f"sqlite:///{folder}/desk.sqlite"


def _make_template(path: Path) -> None:
    from handoff.storage import open_runner

    async def fill(url: str) -> None:
        runner = open_runner(url, lambda _: None)
        await demo_reps.add_demo_reps(runner, desk_settings(url))
        await runner.run(with_many_hands)
        await runner.close()

    making = path.with_suffix(".making")
    migrate(f"sqlite:///{making}")
    with ThreadPoolExecutor(1) as pool:  # in a browser's test this thread has a loop of its own
        pool.submit(asyncio.run, fill(f"sqlite:///{making}")).result()
    making.rename(path)


def add_rep(desk: Desk, name: str, role: str, *, totp_secret: str | None = None) -> None:
    """An account with the demo's password."""
    hashed = desk.call(Passwords().hash(DEMO_PASSWORD))
    desk.do(reps.add_account, name, name.title(), role, hashed, totp_secret)
    desk.do(with_many_hands)


def with_many_hands(tx: Transaction) -> None:
    """Everybody may have as many chats as the tests of a whole run leave with them."""
    tx.db.execute(update(schema.rep).values(capacity=1_000))


def scalar(tx: Transaction, query: Any) -> Any:
    return tx.db.execute(query).scalar()
