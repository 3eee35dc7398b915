"""Misspelt words are read as words of the examples; names and good English stay as they are."""

import pytest

from bot.spelling import Speller

EXAMPLES = [
    "where is my parcel",
    "my parcel hasn't arrived",
    "I never received my refund",
    "the refund wasn't received",
    "it was delivered to a neighbour",
    "was it delivered",
    "my wifi is off",
    "cancel my order",
    "cancel that",
]


@pytest.fixture(scope="module")
def speller():
    return Speller.learn(EXAMPLES)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("where is my parcle", "where is my parcel"),
        ("never recieved my refudn", "never received my refund"),
        ("it was dilivered", "it was delivered"),
        ("Pls cancle it", "Pls cancel it"),
    ],
)
def test_ana_may_slip(speller, typed, meant):
    assert speller.corrected(typed) == meant


@pytest.mark.parametrize(
    "text",
    [
        "the tesco van",  # a word of the dictionary
        "parcels",  # another form
        "my wifi",  # a word of the examples
        "hasnt and dont",
        "Okonkwo sent it",
        "ordr",  # a short word may only have two letters swapped
        "zparcel",  # the first letter is mostly right
        "",
    ],
)
def test_what_is_no_slip_stays(speller, text):
    assert speller.corrected(text) == text


def test_a_word_that_one_example_alone_uses_is_no_correction():
    assert Speller.learn(["a neighbour took it"]).corrected("my nieghbour") == "my nieghbour"
    assert Speller.learn(["a neighbour", "the neighbour"]).corrected("my nieghbour") == "my neighbour"


def test_nothing_is_corrected_before_anything_is_learnt():
    assert Speller({}).corrected("wher is my parcle") == "wher is my parcle"


def test_endless_words_are_left_alone(speller):
    assert speller.corrected("x" * 5000 + " parcle") == "x" * 5000 + " parcel"
