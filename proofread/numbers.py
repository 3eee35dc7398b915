"""What the actions read beside the texts: the shop's numbers in `policy.yml`, and the steps in `guides.yml`."""

import re
from collections.abc import Iterator
from pathlib import Path

import msgspec

from actions.guides import guides
from actions.policy import PolicyWrong, read_policy
from proofread.faults import Fault, hint
from proofread.reading import Part, read
from proofread.texts import Texts, names

AT = re.compile(r"\$((?:\.[^.`\[]+|\[[^\]]*\])*)`?\s*\Z")
STEP = {
    "email_setup": "utter_email_step_",
    "device_help": "utter_device_step_",
    "digital_content": "utter_content_step_",
    "account_password": "utter_account_step_",
}


def faults_of_numbers(root: Path, texts: Texts) -> Iterator[Fault]:
    """What is wrong with the numbers and the steps."""
    policy, steps = root / "actions" / "policy.yml", root / "actions" / "guides.yml"
    for file in (policy, steps):
        part = read(root, file)
        if isinstance(part, Fault):
            yield part
        elif wrong := _refused(file, policy):
            yield _plainly(wrong, part)
        elif file == steps and not texts.faults:
            yield from _without_words(part, names([name for name, _ in texts.responses]))


def _refused(file: Path, policy: Path) -> str | None:
    """Why the actions wouldn't take it."""
    try:
        read_policy(file) if file == policy else guides(file)
    except (PolicyWrong, msgspec.ValidationError) as wrong:
        return str(wrong)
    return None


def _plainly(wrong: str, whole: Part) -> Fault:
    """msgspec's refusal in plain words, at the line that it is about."""
    where = AT.search(wrong)
    part = _at(whole, re.findall(r"\.([^.\[]+)|\[(\d+)\]", where[1])) if where else whole
    if unknown := re.search(r"unknown field `([^`]+)`", wrong):
        name = next((name for name, _ in part.named if name.text == unknown[1]), part)
        return name.fault(f"“{unknown[1]}” isn't known here. Only what stands after a name may be changed.")
    if missing := re.search(r"required field `([^`]+)`", wrong):
        return part.fault(f"“{missing[1]}:” is missing here. Put its line back.")
    if least := re.search(r">= (\d+)", wrong):
        return part.fault(f"This must be a whole number from {least[1]} on.")
    if most := re.search(r"<= (\d+)", wrong):
        return part.fault(f"This must be a whole number up to {most[1]}.")
    if "Expected `int`" in wrong:
        return part.fault(f"A whole number belongs here, in digits and without quotation marks; this is “{part.text}”.")
    return part.fault("This isn't as the file's head says: " + wrong.split(": ", 1)[-1].split(" - at")[0])


def _at(part: Part, path: list[tuple[str, str]]) -> Part:
    for name, number in path:
        inner = part.of(name) if name else part.items[int(number)]
        part = inner or part
    return part


def _without_words(whole: Part, responses: set[str]) -> Iterator[Fault]:
    for topic, problems in whole.named:
        beginning = STEP.get(topic.text or "")
        if beginning is None:
            yield topic.fault(f"No topic with steps is called “{topic.text}”.{hint(topic.text or '', STEP)}")
            continue
        known = {name.removeprefix(beginning) for name in responses if name.startswith(beginning)}
        for step in (step for problem in problems.items if (found := problem.of("steps")) for step in found.items):
            if not any(each == step.text or each.startswith(f"{step.text}_") for each in known):
                near = hint(step.text or "", known)
                yield step.fault(f"The step “{step.text}” has no words: {beginning}{step.text} isn't in domain/.{near}")
