"""What the channel writes in its log when a turn fails: where, and nothing that the customer said."""

import asyncio
import logging
from types import SimpleNamespace

from bot.channel import PrivateChannel

TOKEN = "a token of sixteen characters"
SAID = "my name is Ana"


class BrokenRasa:
    """Fails with the customer's words in its error, as a library may."""

    @property
    def processor(self):
        raise ValueError(SAID)


def test_a_failed_turn_is_logged_by_its_place_and_without_anas_words(caplog):
    app = SimpleNamespace(ctx=SimpleNamespace(agent=BrokenRasa()))
    request = SimpleNamespace(headers={"authorization": f"Bearer {TOKEN}"}, app=app, body=b"{}")
    with caplog.at_level(logging.ERROR):
        assert asyncio.run(PrivateChannel(TOKEN).turn(request)).status == 502
    assert "ValueError" in caplog.text
    assert "test_channel_log.py" in caplog.text
    assert SAID not in caplog.text
