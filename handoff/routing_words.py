"""Why somebody is offered a chat, and why a chat goes on waiting, in plain words."""

from handoff.skills import spoken

WANTED = "the one whom it should go to first"
LONGEST_WITHOUT = "the one who has gone longest without a chat"
NOBODY_FREE = "Nobody is free."
ALL_ASKED = "Everybody who is free was asked already. They are asked again after a minute."

_AT = {
    3: "best at {skill}",
    2: "good at {skill}, and nobody better was as free",
    1: "trained in {skill}, and nobody better was as free",
    0: "free, while nobody who knows {skill} was as free",
}
_WHO = {3: "who is best at {skill}", 2: "who is good at {skill}", 1: "trained in {skill}"}


def reason(skill: str | None, level: int, language: str | None, gave_way: str | None, how_many: int) -> str:
    """Goes on from "because you are …": what the rep knows of what is needed, and of how many they are the freest.

    `gave_way` is the language that the chat needed, where it was waited for long enough.
    """
    parts = [f"fluent in {spoken(language)}"] if language else []
    if skill:
        parts.append(_AT[level].format(skill=spoken(skill)))
    freest = f"the freest of {how_many}" if how_many > 1 else "free"
    why = " and ".join(parts) + (f" ({freest})" if how_many > 1 else "") if parts else freest
    return f"{why}, while nobody who speaks {spoken(gave_way)} was free" if gave_way else why


def nobody_free(skill: str | None, level: int, language: str | None, here: int) -> str:
    """Why nobody gets it now: who would be needed, and how many of those are there at all."""
    who = " ".join(
        ["Nobody", *([f"who speaks {spoken(language)}"] if language else []), *_knowing(skill, level, bool(language))]
    )
    if not here:
        return f"{who} is here."
    return f"{who} is free: {here} {'is' if here == 1 else 'are'} here, and busy."


def waits_for(name: str) -> str:
    """It should go to one rep first, who can't take it yet."""
    return f"It waits a minute for {name or 'one rep'} before others are asked."


def _knowing(skill: str | None, level: int, also: bool) -> list[str]:
    known = [_WHO[level].format(skill=spoken(skill))] if skill else []
    return ["and", *known] if known and also else known
