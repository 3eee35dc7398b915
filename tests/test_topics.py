"""Topics and causes: what the console offers is what the desk takes, and like causes are one."""

import pytest

from handoff.skills import SKILL_OF_TOPIC
from handoff.topics import checked_cause, checked_topic, known, plain, usual_words


def test_every_topic_and_usual_cause_that_the_console_offers_is_taken() -> None:
    for name, topic in known().topics.items():
        assert checked_topic(name) == name
        for cause in [*topic.causes, *known().of_any_topic]:
            assert checked_cause(cause) == usual_words(cause) == cause
    assert SKILL_OF_TOPIC.keys() <= known().topics.keys()


@pytest.mark.parametrize(
    "written", ["carrier was late", "  Carrier  was late. ", "CARRIER WAS\u00a0LATE", "\u200bＣarrier was late\ufeff"]
)
def test_a_cause_is_the_same_however_it_is_written(written: str) -> None:
    assert usual_words(written) == "Carrier was late"


def test_other_words_are_other_causes() -> None:
    assert usual_words("Carrier was early") is None
    assert plain("Der Bote kam spät") != plain("Der Bote kam spat")
    assert plain("Provider’s fault") == plain("provider's fault")
