"""The language of a customer's page, which the widget says with each request (decisions/0019)."""

from collections.abc import Mapping

from handoff.words import ENGLISH, languages

HEADER = "baton-language"


def page_language(headers: Mapping[str, str]) -> str | None:
    """The page's language; English for one that the desk has no words in, None where the page didn't say."""
    said = headers.get(HEADER)
    if said is None:
        return None
    return said if said in languages() else ENGLISH
