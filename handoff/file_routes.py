"""The routes of files: a body that is the file itself, streamed; and giving it out to those who may see it."""

from collections.abc import Awaitable, Callable
from typing import Any, cast
from urllib.parse import quote

import msgspec
from sanic import Blueprint, HTTPResponse

from handoff import files, wire_chat
from handoff.desk import Request, desk_of
from handoff.door import DeskRequest
from handoff.edge import as_customer, as_rep, caller_of, reading_as_customer, reading_as_rep
from handoff.envelope import answer
from handoff.errors import BadField, DeskError
from handoff.file_types import claimed_type, shown_name
from handoff.files import File
from handoff.limits import Rate
from handoff.messages import Stored
from handoff.wire_base import ClientId

routes = Blueprint("files", url_prefix="/api")

Run = Callable[..., Awaitable[Any]]
NOTHING_RUNS = "sandbox; default-src 'none'"


@routes.post("/conversations/<conversation_id:str>/files", stream=True)
async def send(request: Request, conversation_id: str) -> HTTPResponse:
    """Store a file that the customer sends. The body is its bytes; `X-Client-Id` and `X-File-Name` are headers."""
    limits = desk_of(request).settings.limits
    per_address = (Rate("files", limits.files_per_address_per_hour, 3600), caller_of(request).address)
    desk_of(request).windows.count(per_address)
    return await _say_file(request, as_customer, conversation_id)


@routes.post("/rep/conversations/<conversation_id:str>/files", stream=True)
async def reply(request: Request, conversation_id: str) -> HTTPResponse:
    """Store a file that the rep sends. The body is its bytes; `X-Client-Id` and `X-File-Name` are headers."""
    return await _say_file(request, as_rep, conversation_id)


@routes.get("/conversations/<conversation_id:str>/files/<file_id:str>")
async def file(request: Request, conversation_id: str, file_id: str) -> HTTPResponse:
    """A file of the customer's conversation, for saving: never shown by the browser by itself."""
    return await _give_out(request, await reading_as_customer(request, files.file_of, conversation_id, file_id))


@routes.get("/rep/conversations/<conversation_id:str>/files/<file_id:str>")
async def file_for_rep(request: Request, conversation_id: str, file_id: str) -> HTTPResponse:
    """A file of a conversation that the rep may see, for saving."""
    return await _give_out(request, await reading_as_rep(request, files.file_of, conversation_id, file_id))


async def _say_file(request: Request, run: Run, conversation_id: str) -> HTTPResponse:
    try:
        stored = await _take_in(cast(DeskRequest, request), run, conversation_id)
    except DeskError:
        await cast(DeskRequest, request).let_pass()
        raise
    return answer(stored.message, 201 if stored.new else 200)


async def _take_in(request: DeskRequest, run: Run, conversation_id: str) -> Stored:
    """Who and what is checked before the first byte is read, and again when the file is there."""
    desk, kind = desk_of(request), claimed_type(request.headers.get("content-type", ""))
    client_id, name = _client_id(request), shown_name(request.headers.get("x-file-name", ""), kind)
    most = desk.settings.limits.files_per_chat_per_day
    request.check_upload()
    await run(request, files.check_may_send, conversation_id, client_id, most)
    async with desk.files.taken_in(request.uploaded(), kind) as kept:
        stored: Stored = await run(request, files.send_file, conversation_id, client_id, File(kept, name), most)
    if not stored.new:
        await desk.files.remove(kept.id)
    return stored


def _client_id(request: Request) -> str:
    try:
        return msgspec.convert(request.headers.get("x-client-id", ""), ClientId)
    except msgspec.ValidationError:
        raise BadField("Send your own id of this message in X-Client-Id.", field="x-client-id") from None


async def _give_out(request: Request, found: wire_chat.Attachment) -> HTTPResponse:
    content = await desk_of(request).files.read(found.id)
    plain = f"file{found.name[found.name.rindex('.') :]}"
    headers = {
        "content-disposition": f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(found.name, safe='')}",
        "content-security-policy": NOTHING_RUNS,
    }
    return HTTPResponse(content, 200, headers, _with_charset(found.media_type))


def _with_charset(media_type: str) -> str:
    return f"{media_type}; charset=utf-8" if media_type.startswith("text/") else media_type
