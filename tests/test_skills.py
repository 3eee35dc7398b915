"""Every topic that has help needs a skill that a rep can have."""

from handoff.skills import SKILL_OF_TOPIC, SKILLS, language_skill, skill_of
from handoff.topics import known


def test_every_topic_that_a_rep_can_close_with_has_a_skill_but_complaints_and_the_rest() -> None:
    assert set(known().topics) - {"complaint", "other"} == set(SKILL_OF_TOPIC)
    assert set(SKILL_OF_TOPIC.values()) == set(SKILLS)


def test_a_topic_that_nobody_knows_needs_no_skill() -> None:
    assert skill_of(None) is skill_of("complaint") is None


def test_english_needs_no_skill_and_spanish_does() -> None:
    assert [language_skill(code) for code in (None, "en", "und", "es")] == [None, None, None, "lang_es"]
