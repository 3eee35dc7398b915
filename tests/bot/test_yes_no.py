"""A plain yes or no at the start of a message, and what only looks like one."""

import pytest

from bot.yes_no import opening_of


@pytest.mark.parametrize(
    ("text", "opening"),
    [
        ("yes", "yes"),
        ("Yes, cancel it please", "yes"),
        ("ok do it", "yes"),
        ("…yeah send it there", "yes"),
        ("found it!", "yes"),
        ("got it, it was at number 9", "yes"),
        ("found it hard to believe, still nothing here", None),
        ("no", "no"),
        ("Don't cancel it", "no"),
        ("dont cancel", "no"),
        ("no, the neighbours haven't got it", "no"),
        ("yes but not the lamp", None),
        ("ok don’t cancel it", None),
        ("ok wait", None),
        ("yes I don't want it", None),
        ("no problem, cancel it", None),
        ("cancel it, yes", None),
        ("yesterday I ordered a lamp", None),
        ("nothing came", None),
        ("okra seeds", None),
        ("", None),
    ],
)
def test_only_a_plain_yes_or_no_counts(text, opening):
    assert opening_of(text) == opening
