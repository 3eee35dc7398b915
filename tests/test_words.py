"""The desk's own sentences: each gets what it has room for, and customers have all of theirs in every language."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from handoff import errors
from handoff.errors import DeskError
from handoff.skills import LANGUAGE, LANGUAGES, SKILLS
from handoff.words import BRACES, ENGLISH, WORDS, languages, read_words, say, skill_words, topic_words, wording

OTHERS = sorted(languages() - {ENGLISH})
FOR_REPS = {
    "shift_ended_note",
    "remind_rep",
    "the_bot",
    "nobody_came",
    "came_by_link_note",
    "wrote_to_them",
    "letter_late",
    "letter_late_silently",
    "letter_sent",
    "letter_failed",
    "mail_said",
    "invitation_subject",
    "invitation_mail",
    "reasons",
    "deeds",
}
"""What no customer ever reads. Whatever isn't here is wanted in every language."""
REFUSED_TO_REPS = {
    errors.WrongPassword,
    errors.TotpNeeded,
    errors.AlreadyClaimed,
    errors.LostToAnother,
    errors.AtCapacity,
    errors.ChangedMeanwhile,
    errors.ShopUnavailable,
}
SAYING = {"say": 0, "wording": 0, "tell": 2}
"""The functions that say a sentence, and which of their arguments names it."""
OF_TELL = {"who", "kind", "language", "buttons", "client_id", "changes"}


def test_every_sentence_of_the_desk_gets_the_words_that_it_has_room_for() -> None:
    said = [call for path in Path("handoff").glob("*.py") for call in sentences_said(path)]
    assert len(said) > 100
    english = read_words(WORDS)
    for _by, key, given in said:
        assert set(BRACES.findall(english[key])) <= given, key


def test_no_notice_to_a_customer_is_one_for_reps() -> None:
    told = {key for path in Path("handoff").glob("*.py") for by, key, _ in sentences_said(path) if by == "tell"}
    assert len(told) > 30
    assert not told & FOR_REPS


@pytest.mark.parametrize("language", OTHERS)
def test_whatever_a_customer_reads_is_there_in_each_language_with_the_same_room(language: str) -> None:
    english, others = read_words(WORDS), words_of(language)
    assert set(others) - {"errors", "skills"} == set(english) - FOR_REPS
    for key, words in english.items():
        if isinstance(words, str) and key not in FOR_REPS:
            assert sorted(BRACES.findall(others[key])) == sorted(BRACES.findall(words)), key
    assert set(others["topics"]) == set(english["topics"])
    assert len(set(others["months"])) == 12


def test_the_widget_and_the_desk_speak_the_same_languages() -> None:
    widget = re.search(r"LANGUAGES = \[(.*?)\]", Path("web/src/loader/look.ts").read_text())
    assert widget
    assert set(re.findall(r'"(\w+)"', widget[1])) == languages()


@pytest.mark.parametrize("language", OTHERS)
def test_each_refusal_of_a_customer_is_there_in_each_language(language: str) -> None:
    refused = {kind.code for kind in kinds_of(DeskError) if kind not in REFUSED_TO_REPS}
    assert set(words_of(language)["errors"]) == refused


@pytest.mark.parametrize("language", OTHERS)
def test_each_skill_of_the_desks_own_has_a_name_in_each_language(language: str) -> None:
    assert set(words_of(language)["skills"]) == {*SKILLS, *(f"{LANGUAGE}{code}" for code in LANGUAGES)}


@pytest.mark.parametrize("language", OTHERS)
def test_nothing_that_a_customer_reads_is_shouted(language: str) -> None:
    assert "!" not in WORDS.with_name(f"words.{language}.yml").read_text()


def test_what_isnt_there_in_a_language_is_said_in_english() -> None:
    assert say("transcript_subject", language="de") == "Ihr Chat mit uns"
    assert say("remind_rep", language="de") == say("remind_rep")
    assert say("transcript_subject", language="fr") == say("transcript_subject", language=None) == "Your chat with us"


def test_what_fills_a_sentence_is_said_in_its_language_too() -> None:
    topic = topic_words("track_package")
    assert topic
    words = wording("topic_and_order", topic=topic, order="A-100231")
    assert (words("de"), words(None)) == (
        "Wo ist mein Paket? (Bestellung A-100231)",
        "Where is my package? (order A-100231)",
    )


def test_a_skill_that_a_centre_has_made_keeps_the_title_that_it_has_there() -> None:
    assert skill_words("billing", "Money")("de") == "Rechnungen und Erstattungen"
    assert skill_words("billing", "Money")(None) == "Money"
    assert skill_words("pianos", "Pianos")("de") == "Pianos"


def test_a_refusal_is_worded_for_the_page_that_asked_and_in_english_for_all_others() -> None:
    assert errors.EmptyMessage().words_in("de") == "Schreiben Sie zuerst etwas."
    late = errors.NotPossibleNow(wording("reopen_too_late"))
    assert late.words_in("de").startswith("Dieser Chat lässt sich nicht mehr öffnen.")
    assert (late.words, str(late)) == (late.words_in("en"), late.words_in("tlh"))
    assert late.words.startswith("This chat can no longer be reopened.")


def words_of(language: str) -> dict[str, Any]:
    return read_words(WORDS.with_name(f"words.{language}.yml"))


def kinds_of(kind: type[DeskError]) -> set[type[DeskError]]:
    return {kind}.union(*(kinds_of(each) for each in kind.__subclasses__()))


def sentences_said(path: Path) -> Iterator[tuple[str, str, set[str | None]]]:
    """By which function, which sentence and with which fields: of each call that names its sentence."""
    for call in ast.walk(ast.parse(path.read_text())):
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id in SAYING:
            given = {field.arg for field in call.keywords} - OF_TELL
            for key in named(call.args[SAYING[call.func.id]]):
                yield call.func.id, key, given


def named(argument: ast.expr) -> list[str]:
    """The sentences that an argument may name."""
    match argument:
        case ast.Constant(value=str(key)):
            return [key]
        case ast.IfExp(body=one, orelse=other):
            return [*named(one), *named(other)]
    return []
