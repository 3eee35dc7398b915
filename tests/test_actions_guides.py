"""What is tried for which trouble: the file that writers own, its words and its steps."""

from pathlib import Path

import pytest
from msgspec import ValidationError
from ruamel.yaml import YAML

from actions.discovery import all_actions
from actions.email_setup import BY_PROVIDER, PROVIDERS
from actions.guided_help import GuidedHelp
from actions.guides import guides, problem_in
from tests.test_actions_responses import in_domain

HELPS = {action.topics[0]: action for action in all_actions() if issubclass(action, GuidedHelp)}


def said_for(topic: str, step: str) -> set[str]:
    """The responses that a step may need."""
    if topic == "email_setup" and step in BY_PROVIDER:
        return {f"{HELPS[topic].words}{step}_{provider}" for provider in PROVIDERS}
    return {HELPS[topic].words + step}


def test_each_guided_topic_has_a_guide_and_a_place_to_keep_its_steps() -> None:
    assert set(guides()) == set(HELPS)
    assert {f"steps_{topic}" for topic in HELPS} <= set(in_domain("slots"))


def test_each_step_has_its_words_and_no_words_are_left_over() -> None:
    needed = {
        response
        for topic, guide in guides().items()
        for problem in guide
        for step in problem.steps
        for response in said_for(topic, step)
    }
    needed |= {"utter_device_step_update_to", "utter_account_step_your_address"}
    assert needed == {
        name for name in in_domain("responses") if name.startswith(tuple(help.words for help in HELPS.values()))
    }


def test_only_the_last_problem_of_a_topic_has_no_words() -> None:
    for guide in guides().values():
        assert [problem.problem for problem in guide if not problem.words] == [guide[-1].problem]
        assert len({problem.problem for problem in guide}) == len(guide)


def test_each_problem_that_can_be_picked_is_in_the_guide() -> None:
    known = {problem.problem for problem in guides()["device_help"]}
    [question] = in_domain("responses")["utter_ask_device_problem"]
    picked = {
        YAML(typ="safe").load(button["payload"].removeprefix("/device_help"))["problem"]
        for button in question["buttons"]
    }
    assert picked <= known
    assert guides()["device_help"][-1].problem in picked


@pytest.mark.parametrize(
    ("topic", "text", "problem"),
    [
        ("email_setup", "I changed my e-mail, no: I changed my password and now nothing comes", "changed_password"),
        ("email_setup", "which port for IMAP?", "server"),
        ("email_setup", "how do I put hotmail on my new tablet", "set_up"),
        ("email_setup", "my mail is stuck", None),
        ("device_help", "It WON’T turn on", "power"),
        ("device_help", "wont charge", "power"),
        ("device_help", "it's freezing all the time", "frozen"),
        ("device_help", "no wi-fi", "wifi"),
        ("device_help", "I dropped it and the screen is black", "broken"),
        ("device_help", "it has a nice cover", None),
        ("device_help", "is it broken or what", None),
        ("device_help", "no sound at all", "sound"),
        ("device_help", "the headphones don't pair", "pairing"),
        ("digital_content", "how can I read a book on my computer", "on_computer"),
        ("digital_content", "the book I bought isn't there", "missing"),
        ("digital_content", "which books do I own?", "owned"),
        ("digital_content", "the film stops", "playing"),
        ("account_password", "someone ordered things with my account", "hacked"),
        ("account_password", "I've been hacked", "hacked"),
        ("account_password", "no reset mail comes", "no_mail"),
        ("account_password", "someone's using my account", "hacked"),
        ("account_password", "I'm locked out", "locked"),
        ("account_password", "forgot it", None),
    ],
)
def test_a_problem_is_known_by_its_words(topic: str, text: str, problem: str | None) -> None:
    found = problem_in(text, guides()[topic])
    assert (found and found.problem) == problem


def test_a_guide_that_isnt_one_is_refused(tmp_path: Path) -> None:
    (tmp_path / "guides.yml").write_text("email_setup:\n  - problem: Not a name\n    steps: []\n")
    with pytest.raises(ValidationError):
        guides(tmp_path / "guides.yml")
