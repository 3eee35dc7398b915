"""Which replies may be shown to a rep who helps somebody else: those without anything of the first customer in them."""

import pytest

from handoff.impersonal import is_impersonal

NAMES = ["Ana Lindqvist", "Ruth", "Grace"]
SAFE = [
    "I'm sorry about the wait. We'll send it again today if it isn't there by noon.",
    "Hello there, thank you for waiting. Please hold the button until the light goes out.",
    "You can send it back in any box. The label comes by mail, and I've asked for it already.",
    "Yes, that's fine with us; I'll see to it now.",
    "If it still doesn't work after that, write to me here and we’ll take it back.",
]
PERSONAL = [
    "Thanks, Ana, I've sent it again just now.",
    "thanks ana, i've sent it again just now.",
    "Hello Bob, I've sent it again just now.",
    "hello bob I've sent it again just now.",
    "Your order A-123456 is on its way to you.",
    "It should be there in two days, or 3 at most.",
    "Please write to help@shop.example for that.",
    "Leeds has it, so it won't be long from here.",
    "The parcel is in Leeds, so it won't be long.",
    "It comes on Monday, and I'm sorry about that.",
    "We've paid back £ forty, it's with you soon.",
    "You find it at shop.example/help/returns now.",
    "I've told grace about it, and she'll see to it.",
    "Ruth here again, I'll see to it in a moment.",
    "Die Lampe kommt morgen, das tut uns sehr leid.",
    "[card number hidden] isn't what we asked you for.",
    "Thank you.",
    "I'm sorry. " * 60,
]


@pytest.mark.parametrize("text", SAFE)
def test_plain_help_may_be_offered_again(text: str) -> None:
    assert is_impersonal(text, NAMES)


@pytest.mark.parametrize("text", PERSONAL)
def test_what_names_or_numbers_anything_may_not(text: str) -> None:
    assert not is_impersonal(text, NAMES)
