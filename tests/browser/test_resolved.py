"""Lea changes her mind about an order; the bot sees it through, the shop cancels it, and she closes the chat."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.browser.books import Shopper, until
from tests.browser.cast import Cast

LEA = Shopper("C-1012", "Lea Novak", "lea@example.com", "A-205518", "", "A-204076")


def test_lea_cancels_an_order_and_the_bot_closes_the_chat(cast: Cast) -> None:
    lea = cast.visitor(LEA)
    lea.signs_in()
    lea.looks_at_order(LEA.number)
    lea.chats_about_this_order()
    answer = lea.asks("I don't want this any more, please cancel it")
    assert f"order {LEA.number}" in answer
    assert "Shall I ask the shop to cancel the whole order?" in answer
    assert requests(cast) == [], "nothing is asked of the shop before a yes"
    lea.presses("Yes, cancel it")
    lea.sees(f"I've asked the shop to cancel order {LEA.number}.")
    assert requests(cast) == [f"cancel:{LEA.number}"]
    until(lambda: order_status(cast) == "cancelled")
    assert f"Order {LEA.number} was cancelled today" in lea.asks(
        f"has {LEA.number} been cancelled now? please cancel it"
    )
    assert requests(cast) == [f"cancel:{LEA.number}"], "asking again asks nothing new"
    lea.presses("Yes")
    lea.presses("Yes, close it")
    lea.sees("Did we solve your problem?")
    lea.presses("Yes, it's solved")
    until(lambda: kept_of(cast) == [{"solved": 1, "topic": "cancel_order", "owner_kind": "bot", "check_answer": "yes"}])
    lea.page.reload()
    expect(lea.page.locator(".status").first).to_have_text("Cancelled")


def requests(cast: Cast) -> list[str]:
    """What the shop has been asked for about Lea's order."""
    return [
        row["key"] for row in cast.books.in_shop("SELECT key FROM baton_requests WHERE subject = :it", it=LEA.number)
    ]


def order_status(cast: Cast) -> str:
    [order] = cast.books.in_shop("SELECT status FROM baton_orders WHERE number = :it", it=LEA.number)
    return str(order["status"])


def kept_of(cast: Cast) -> list[dict[str, object]]:
    """Lea's vote, what it was about, who is voted on, and her answer to the bot's check."""
    question = """
        SELECT solved, topic, v.owner_kind, max(t.check_answer) check_answer
          FROM vote v JOIN conversation c ON c.id = v.conversation_id JOIN customer p ON p.id = c.customer_id
          JOIN turn t ON t.conversation_id = c.id
         WHERE p.sub = :sub AND c.state = 'closed' GROUP BY solved, topic, v.owner_kind"""
    return cast.books.in_desk(question, sub=LEA.customer_id)
