"""People whom the shop doesn't know: they learn how a parcel fares if they can name it, and nothing else."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.browser.cast import Cast


def test_a_stranger_with_number_and_email_is_told_the_status_and_nothing_else(cast: Cast) -> None:
    ana = cast.visitor()
    truth = ana.shopper
    ana.visits()
    ana.opens_the_chat()
    assert "Which order is it about?" in ana.asks("where's my package?")
    assert "which e-mail address did you order with?" in ana.asks(truth.number)
    answer = ana.asks(truth.email)
    assert f"order {truth.number} is late" in answer
    question = "SELECT ship_to, carrier FROM baton_orders JOIN baton_shipments ON order_number = number"
    (order,) = cast.books.in_shop(f"{question} WHERE number = :number", number=truth.number)
    said = "\n".join(ana.said.all_inner_texts())
    for private in (truth.place, truth.name, order["ship_to"], order["carrier"]):
        assert private not in said


def test_after_three_wrong_tries_a_stranger_is_offered_a_person(cast: Cast) -> None:
    ana = cast.visitor()
    ana.visits()
    ana.opens_the_chat()
    ana.asks("I'd like to know where my order is")
    for _ in range(2):
        ana.asks(ana.shopper.number)
        assert "I can't find an order with that number and that e-mail address." in ana.asks(
            "somebody.else@example.com"
        )
    ana.asks(ana.shopper.number)
    answer = ana.asks("somebody.else@example.com")
    assert "I still can't find it, I'm sorry." in answer
    assert ana.shopper.place not in answer
    ana.presses("Yes, a person please")
    expect(ana.head).to_contain_text("In line for a person")
    ruth = cast.rep("Ruth")
    expect(ruth.waiting.filter(has_text="order not found")).to_have_count(1)
    ruth.waiting.filter(has_text="order not found").locator("button.row").click()
    expect(ruth.details).to_contain_text("Not signed in")
    expect(ruth.details).to_contain_text("Not proven by the shop.")
