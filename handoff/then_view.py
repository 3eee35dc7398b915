"""What most routes do: run a verb on a conversation, and answer with what its customer or rep sees of it then."""

from collections.abc import Callable
from typing import Concatenate, ParamSpec

from sanic import HTTPResponse

from handoff import views
from handoff.desk import Request
from handoff.edge import as_customer, as_rep
from handoff.envelope import answer
from handoff.people import Customer, Rep
from handoff.storage import Transaction
from handoff.wire_chat import CustomerView
from handoff.wire_console import RepView

P = ParamSpec("P")


async def customer_does(
    request: Request,
    verb: Callable[Concatenate[Transaction, Customer, str, P], str | None],
    conversation_id: str,
    *args: P.args,
    **kwargs: P.kwargs,
) -> HTTPResponse:
    """For the customer; a verb may return the id of the conversation that goes on."""
    return answer(await as_customer(request, _for_customer, verb, conversation_id, *args, **kwargs))


async def rep_does(
    request: Request,
    verb: Callable[Concatenate[Transaction, Rep, str, P], None],
    conversation_id: str,
    *args: P.args,
    **kwargs: P.kwargs,
) -> HTTPResponse:
    """For the signed-in rep."""
    return answer(await as_rep(request, _for_rep, verb, conversation_id, *args, **kwargs))


def _for_customer(
    tx: Transaction,
    customer: Customer,
    verb: Callable[Concatenate[Transaction, Customer, str, P], str | None],
    conversation_id: str,
    /,
    *args: P.args,
    **kwargs: P.kwargs,
) -> CustomerView:
    goes_on_in = verb(tx, customer, conversation_id, *args, **kwargs)
    return views.customer_view(tx, customer, goes_on_in or conversation_id)


def _for_rep(
    tx: Transaction,
    rep: Rep,
    verb: Callable[Concatenate[Transaction, Rep, str, P], None],
    conversation_id: str,
    /,
    *args: P.args,
    **kwargs: P.kwargs,
) -> RepView:
    verb(tx, rep, conversation_id, *args, **kwargs)
    return views.rep_view(tx, rep, conversation_id)
