"""The conversations of tests/test_stories.yml, from typed words to chosen actions."""

import asyncio

import pytest
from rasa.core.agent import Agent
from rasa.core.test import WrongPredictionException
from rasa.core.test import test as told_by_rasa

WRONG = """
version: "3.1"
stories:
  - story: A parcel taken for a greeting
    steps:
      - user: where is my parcel
        intent: greet
      - action: utter_greet
"""


def tell(model, stories, out):
    """Rasa's own story test; `e2e` makes it read the texts instead of believing the intents beside them."""
    asyncio.run(
        told_by_rasa(
            str(stories), Agent.load(str(model)), out_directory=str(out), e2e=True, fail_on_prediction_errors=True
        )
    )


def test_each_conversation_goes_as_told(model, tmp_path):
    tell(model, "tests/test_stories.yml", tmp_path)


def test_a_conversation_that_goes_otherwise_is_noticed(model, tmp_path):
    (tmp_path / "test_wrong.yml").write_text(WRONG)
    with pytest.raises(WrongPredictionException):
        tell(model, tmp_path / "test_wrong.yml", tmp_path)
