"""The routes of reps' pictures: a rep sends their own, anybody may see it."""

from typing import cast

from sanic import Blueprint, HTTPResponse

from handoff import rep_pictures, wire_files
from handoff.desk import Request, desk_of
from handoff.door import DeskRequest
from handoff.edge import as_rep, body_of
from handoff.envelope import answer
from handoff.errors import DeskError, FileRefused
from handoff.file_types import claimed_type
from handoff.pages import FOREVER
from handoff.wire_requests import Nothing

routes = Blueprint("pictures", url_prefix="/api")

SIDE = 96
PICTURES_ONLY = "Your picture must be a PNG, JPEG, WebP or GIF."


@routes.post("/rep/picture", stream=True)
async def set_picture(request: Request) -> HTTPResponse:
    """Make the body, a picture, the rep's own: cut square and 96 pixels a side."""
    upload = cast(DeskRequest, request)
    try:
        return answer(await _take_in(upload))
    except DeskError:
        await upload.let_pass()
        raise


@routes.delete("/rep/picture")
async def remove_picture(request: Request) -> HTTPResponse:
    """The rep goes by the first letter of their name again."""
    body_of(request, Nothing)
    before = await as_rep(request, rep_pictures.set_picture, None)
    await _forget(request, before)
    return answer(wire_files.RepPicture(picture=None))


@routes.get("/pictures/<picture:str>")
async def picture(request: Request, picture: str) -> HTTPResponse:
    """A rep's picture."""
    await desk_of(request).runner.read(rep_pictures.check_picture, picture)
    content = await desk_of(request).files.read(picture)
    return HTTPResponse(content, 200, {"cache-control": FOREVER}, "image/png")


async def _take_in(request: DeskRequest) -> wire_files.RepPicture:
    kind = claimed_type(request.headers.get("content-type", ""))
    if not kind.is_picture:
        raise FileRefused(PICTURES_ONLY)
    request.check_upload()
    await as_rep(request, lambda tx, rep: None)
    async with desk_of(request).files.taken_in(request.uploaded(), kind, square=SIDE) as kept:
        before = await as_rep(request, rep_pictures.set_picture, kept.id)
    await _forget(request, before)
    return wire_files.RepPicture(picture=kept.id)


async def _forget(request: Request, before: str | None) -> None:
    if before:
        await desk_of(request).files.remove(before)
