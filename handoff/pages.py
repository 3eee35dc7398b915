"""The pages: the widget's loader and frame, the console, and what they load; built files under a strict policy."""

import asyncio
import re
from pathlib import Path

from sanic import Blueprint, HTTPResponse

from handoff import wire_requests
from handoff.desk import Request, desk_of
from handoff.envelope import answer
from handoff.errors import NotFound

routes = Blueprint("pages")

FILE_NAME = re.compile(r"[A-Za-z0-9_-][A-Za-z0-9._-]*\Z")
TYPES = {
    ".js": "text/javascript; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".svg": "image/svg+xml",
    ".png": "image/png",
    ".woff2": "font/woff2",
    ".map": "application/json",
}
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; font-src 'self'; "
    "connect-src 'self'; media-src 'self'; base-uri 'none'; form-action 'none'; require-trusted-types-for 'script'; "
    "frame-ancestors "
)
NOT_BUILT = (
    "<!doctype html><html lang='en'><title>Not built yet</title><h1>The pages aren't built yet</h1>"
    "<p>Run <code>make run</code>, or <code>npm run build</code> in <code>web/</code>, then reload.</p></html>"
)
FOREVER = "public, max-age=31536000, immutable"
FIVE_MINUTES = "public, max-age=300"


@routes.get("/widget.js")
async def loader(request: Request) -> HTTPResponse:
    """The one script on the shop's page."""
    response = await _file(request, Path("widget.js"), FIVE_MINUTES)
    response.headers["cross-origin-resource-policy"] = "cross-origin"
    return response


@routes.get("/widget/")
async def widget(request: Request) -> HTTPResponse:
    """The frame in which customers chat; only the shop's pages may hold it."""
    return await _page(request, "widget", " ".join(desk_of(request).settings.shop_origins) or "'none'")


@routes.get("/widget/config.json")
async def widget_config(request: Request) -> HTTPResponse:
    """Which pages the frame may talk to."""
    settings = desk_of(request).settings
    return answer(wire_requests.WidgetConfig(shop_origins=list(settings.shop_origins), mail=settings.mail))


@routes.get("/chat/")
async def chat(request: Request) -> HTTPResponse:
    """Where the link in a mail leads. Opening it uses nothing up: mail scanners open links too."""
    return await _page(request, "chat", "'none'")


@routes.get("/console/")
async def console(request: Request) -> HTTPResponse:
    """Where reps work; nobody may frame it."""
    return await _page(request, "console", "'none'")


@routes.get("/assets/<name:str>")
async def asset(request: Request, name: str) -> HTTPResponse:
    """A built file; its name changes with its content."""
    if not FILE_NAME.match(name):
        raise NotFound
    return await _file(request, Path("assets") / name, FOREVER)


async def _page(request: Request, name: str, ancestors: str) -> HTTPResponse:
    built = await _read(desk_of(request).settings.pages / name / "index.html")
    headers = {"content-security-policy": POLICY + ancestors, "cache-control": "no-store"}
    if built is None:
        headers["content-security-policy"] = f"default-src 'none'; frame-ancestors {ancestors}"
        return HTTPResponse(NOT_BUILT, 503, headers, "text/html; charset=utf-8")
    return HTTPResponse(built, 200, headers, "text/html; charset=utf-8")


async def _file(request: Request, path: Path, caching: str) -> HTTPResponse:
    content = await _read(desk_of(request).settings.pages / path)
    if content is None or path.suffix not in TYPES:
        raise NotFound
    return HTTPResponse(content, 200, {"cache-control": caching}, TYPES[path.suffix])


async def _read(path: Path) -> bytes | None:
    try:
        return await asyncio.to_thread(path.read_bytes)
    except OSError:
        return None
