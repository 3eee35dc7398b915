"""How the desk answers: JSON, and one envelope for every refusal and failure, Sanic's own included."""

import logging
from typing import Any

import msgspec
from sanic import HTTPResponse, Request
from sanic.exceptions import RequestCancelled, SanicException
from sanic.handlers import ErrorHandler

from handoff import errors
from handoff.errors import DeskError
from handoff.page_language import page_language
from handoff.wire_requests import ErrorDetail, ErrorEnvelope

LOG = logging.getLogger("baton.requests")


class Unexpected(DeskError):
    status = 500
    code = "unexpected"
    message = "Something went wrong on our side. Try again in a moment."


class TooBusy(DeskError):
    status = 503
    code = "too_busy"
    message = "That took too long on our side. Try again in a moment."


class BadUpgrade(DeskError):
    status = 426
    code = "upgrade_required"
    message = "This address takes WebSocket connections only."


OF_STATUS: dict[int, type[DeskError]] = {
    404: errors.NotFound,
    405: errors.MethodNotAllowed,
    408: errors.TooSlow,
    413: errors.TooLarge,
    414: errors.TooLarge,
    426: BadUpgrade,
    503: TooBusy,
}


def answer(body: Any, status: int = 200) -> HTTPResponse:
    """A wire struct as JSON."""
    return HTTPResponse(msgspec.json.encode(body), status=status, content_type="application/json")


def nothing() -> HTTPResponse:
    """204."""
    return HTTPResponse(status=204)


class Refusals(ErrorHandler):
    """Turns every exception into the envelope. What nobody foresaw is logged with the request's id, told plainly."""

    def default(self, request: Request[Any, Any], exception: Exception) -> HTTPResponse:
        error = as_desk_error(exception)
        if error.status >= 500:
            LOG.error("request %s: %s %s failed", request.id, request.method, request.path, exc_info=exception)
        return refusal(error, str(request.id), getattr(exception, "headers", None), page_language(request.headers))


def as_desk_error(exception: BaseException) -> DeskError:
    """The refusal that people are told about an exception."""
    if isinstance(exception, DeskError):
        return exception
    if isinstance(exception, RequestCancelled):
        return DeskError()  # they left; nobody hears this
    if not isinstance(exception, SanicException):
        return Unexpected()
    if exception.status_code in OF_STATUS:
        return OF_STATUS[exception.status_code]()
    return DeskError() if 400 <= exception.status_code < 500 else Unexpected()


def refusal(
    error: DeskError, request_id: str, headers: dict[str, str] | None = None, language: str | None = None
) -> HTTPResponse:
    """The envelope of an error, worded in the language of the page that asked."""
    detail = ErrorDetail(
        code=error.code,
        message=error.words_in(language),
        request_id=request_id,
        field=error.field,
        limit=error.limit,
        retry_after=error.retry_after,
    )
    response = answer(ErrorEnvelope(error=detail), error.status)
    response.headers.update(headers or {})
    if error.retry_after:
        response.headers["retry-after"] = str(error.retry_after)
    return response
