"""Which skill a conversation needs: one for each group of topics, and one for each language but English."""

SKILL_OF_TOPIC = {
    "track_package": "orders",
    "late_delivery": "orders",
    "delivered_not_received": "orders",
    "cancel_order": "orders",
    "change_address": "orders",
    "return_item": "orders",
    "refund_status": "billing",
    "charge_after_return": "billing",
    "billing_question": "billing",
    "email_setup": "devices",
    "device_help": "devices",
    "digital_content": "devices",
    "account_password": "devices",
    "missing_coins": "coins",
}
SKILLS = {
    "orders": "Orders and returns",
    "billing": "Billing and refunds",
    "devices": "Devices and accounts",
    "coins": "Coins and apps",
}
"""The skills of topics, by name, with their titles. Centres add languages (`lang_es`) and may add their own."""


LANGUAGE = "lang_"
"""How the names of languages begin."""
NEEDS_NO_SKILL = ("en", "und")
"""English, which everybody speaks, and a language that couldn't be told."""


def skill_of(topic: str | None) -> str | None:
    """The skill that a topic needs; None where anybody will do."""
    return SKILL_OF_TOPIC.get(topic or "")


def language_skill(language: str | None) -> str | None:
    """The skill that a customer's language needs; None for English and for one that couldn't be told."""
    return f"{LANGUAGE}{language}" if language and language not in NEEDS_NO_SKILL else None


def needs_of(skill: str | None, language: str | None) -> list[str]:
    """The skills that whoever takes a chat should have, by name: of its topic, and of its customer's language."""
    return [need for need in (skill, language_skill(language)) if need]


LANGUAGES = {
    "ar": "Arabic",
    "de": "German",
    "es": "Spanish",
    "fr": "French",
    "hi": "Hindi",
    "it": "Italian",
    "ja": "Japanese",
    "nl": "Dutch",
    "pl": "Polish",
    "pt": "Portuguese",
    "ru": "Russian",
    "tr": "Turkish",
    "uk": "Ukrainian",
    "zh": "Chinese",
}


def spoken(skill: str | None) -> str:
    """A skill's name within a sentence: "billing", "Spanish"."""
    name = skill or "it"
    if name.startswith(LANGUAGE):
        code = name.removeprefix(LANGUAGE)
        return LANGUAGES.get(code, code.upper())
    return name.replace("_", " ")
