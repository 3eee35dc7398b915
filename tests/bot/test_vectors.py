"""The desk asks for sentence vectors: only with the token, a few short texts at a time, those of the bot's encoder."""

import json
import re
from base64 import b64decode
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest
from ruamel.yaml import YAML

from bot.turn_request import Refused
from bot.vectors import MOST_CHARACTERS, MOST_TEXTS, Vectors, _texts

FOUND = {
    "My parcel should have been here yesterday, where is it?": "late",
    "still nothing has arrived, it is three days late": "late",
    "The tracking says delivered but I don't have it": "neighbour",
    "How do I send the shoes back?": "return-label",
    "When do I get my money back?": "refund-days",
    "you said the refund was sent but my bank shows nothing": "refund-days",
    "I was charged twice for one order": "charge-hold",
    "there is a pending amount on my card I don't understand": "charge-hold",
    "The speaker doesn't turn on any more": "restart",
    "my e-reader is frozen": "restart",
    "I bought coins but they aren't in my game": "coins-again",
    "Thank you so much, bye": None,
    "What is your opinion on politics?": None,
    "I want to change my password": None,
}
PATH = "/webhooks/baton/vectors"
BAD = [
    b"no json",
    b"[]",
    b"{}",
    b'{"texts": "hello"}',
    b'{"texts": []}',
    b'{"texts": ["hello", 5]}',
    b'{"texts": ["  "]}',
    b'{"texts": ["a\\u0000b"]}',
    b'{"texts": ["\\ud800"]}',
    b'{"texts": ["hello"], "path": "/etc/passwd"}',
    json.dumps({"texts": ["hello"] * (MOST_TEXTS + 1)}).encode(),
    json.dumps({"texts": ["x" * (MOST_CHARACTERS + 1)]}).encode(),
    b'{"texts": ' + b"[" * 100_000,
]


def ask(bot, body, token=None):
    raw = body if isinstance(body, bytes) else json.dumps(body).encode()
    return bot._call("POST", PATH, raw, {"Authorization": f"Bearer {bot.token if token is None else token}"})


def test_each_text_gets_the_vector_that_the_bot_itself_uses(bot, encoder):
    texts = ["Where is my parcel?", "My refund hasn't come", "Где моя посылка?"]
    status, answer = ask(bot, {"texts": texts})
    assert status == 200
    found = np.stack([np.frombuffer(b64decode(each), "<f4") for each in answer["vectors"]])
    assert found == pytest.approx(encoder.encode(texts), abs=1e-5)


def test_a_customers_words_lead_to_the_macro_that_answers_them(encoder):
    """What the desk's threshold for macros (handoff/suggesting.py) is made from; a macro's words as it makes them."""
    macros = YAML(typ="safe").load(Path("handoff/demo_macros.yml"))
    words = [re.sub(r"\{\w+\}", "", f"{macro['title']}. {macro['text']}") for macro in macros.values()]
    known = encoder.encode([" ".join(each.split()) for each in words])
    for said, name in FOUND.items():
        likeness = known @ encoder.encode([said])[0]
        best = list(macros)[int(likeness.argmax())]
        assert (best if likeness.max() >= 0.36 else None) == name, said


def test_a_question_is_nearest_to_the_same_question_in_other_words(encoder):
    one, other, unlike = encoder.encode(
        ["Do you ship to Ireland?", "Is delivery to Dublin possible?", "Can I pay by invoice?"]
    )
    assert one @ other >= 0.6 > one @ unlike


def test_without_the_token_there_is_nothing(bot):
    assert ask(bot, {"texts": ["hello"]}, "not the token")[0] == 401
    assert bot._call("POST", PATH, b"{}", {})[0] == 401


@pytest.mark.parametrize("body", BAD, ids=lambda body: body[:30].decode())
def test_what_isnt_a_few_short_texts_is_refused(bot, body):
    status, answer = ask(bot, body)
    assert status in (400, 422)
    assert answer["error"]["code"]


def test_turns_are_answered_while_vectors_are_made(bot):
    texts = [f"Where is parcel number {number}, and when does it come?" for number in range(MOST_TEXTS)]
    with ThreadPoolExecutor(4) as pool:
        vectors = [pool.submit(ask, bot, {"texts": texts}) for _ in range(3)]
        assert bot.turn(text="goodbye")[0] == 200
        assert [each.result()[0] for each in vectors] == [200] * 3


def test_the_limits_need_no_running_bot():
    assert _texts(b'{"texts": ["hello"]}') == ["hello"]
    for body in BAD:
        with pytest.raises(Refused):
            _texts(body)
    assert Vectors()._encoder is None
