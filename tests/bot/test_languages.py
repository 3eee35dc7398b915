"""Which language a customer writes in: English in every doubt, and clearly something else where it is."""

from dataclasses import dataclass
from pathlib import Path

import pytest
from rasa.engine.storage.local_model_storage import LocalModelStorage
from rasa.engine.storage.resource import Resource
from rasa.shared.nlu.training_data.loading import load_data
from rasa.shared.nlu.training_data.message import Message

from bot.decided import DECIDED
from bot.languages import OtherLanguages


@dataclass(frozen=True)
class Place:
    """Where a component keeps what it has learnt."""

    storage: LocalModelStorage
    resource: Resource


@pytest.fixture(scope="module")
def place(tmp_path_factory) -> Place:
    made = Place(LocalModelStorage(Path(tmp_path_factory.mktemp("model"))), Resource("languages"))
    OtherLanguages.create({}, made.storage, made.resource, None).train(load_data("data/nlu"))
    return made


@pytest.fixture(scope="module")
def languages(place):
    return OtherLanguages.load({}, place.storage, place.resource, None)


OTHERS = {
    "es": ["dónde está mi pedido", "Mi paquete no ha llegado todavía", "donde esta mi paquete ya paso una semana",
           "me cobraron dos veces por el mismo pedido y nadie me contesta", "NECESITO HABLAR CON UNA PERSONA"],
    "fr": ["où est mon colis", "Bonjour, je n'ai pas reçu ma commande", "j'ai été débité deux fois",
           "je voudrais annuler ma commande s'il vous plaît", "mon kindle ne marche plus"],
    "de": ["wo ist mein paket", "Ich möchte meine Bestellung stornieren", "wann bekomme ich mein geld zurück",
           "das paket wurde nicht geliefert obwohl zugestellt steht", "mein kindle funktioniert nicht mehr"],
    "it": ["dov'è il mio pacco", "Vorrei restituire questo articolo", "quando arriva il rimborso",
           "non ho ancora ricevuto il mio ordine", "mi avete addebitato due volte"],
    "pt": ["onde está meu pedido", "Meu pacote ainda não chegou", "quero cancelar a minha compra",
           "fui cobrado duas vezes pela mesma compra", "quero meu dinheiro de volta"],
    "pl": ["gdzie jest moja paczka", "Chcę anulować zamówienie", "nie otrzymałem jeszcze przesyłki",
           "kiedy dostanę zwrot pieniędzy", "gdzie jest moje zamowienie"],
    "tr": ["siparişim hâlâ gelmedi", "Siparişimi iptal etmek istiyorum", "param ne zaman iade edilecek",
           "benden iki kez ücret alındı", "paketim nerede kaldı acaba"],
    "ar": ["أين طلبي", "لم يصل الطرد حتى الآن", "أريد التحدث مع موظف"],
    "hi": ["मेरा ऑर्डर कहाँ है", "पार्सल अभी तक नहीं आया", "मुझे पैसे वापस चाहिए"],
    "zh": ["我的包裹在哪里", "退款", "为什么扣了两次钱"],
    "ja": ["荷物はどこですか", "注文をキャンセルしたいです", "返品したい"],
    "ru": ["где мой заказ", "посылка ещё не пришла", "с меня списали деньги два раза"],
    "uk": ["де моє замовлення", "посилка ще не прийшла", "з мене двічі зняли гроші"],
}  # fmt: skip


@pytest.mark.parametrize(("language", "text"), [(name, text) for name, texts in OTHERS.items() for text in texts])
def test_another_language_is_noticed(languages, language, text):
    (message,) = languages.process([Message({"text": text})])
    assert (message.get("language"), message.get(DECIDED)) == (language, "other_language")


ENGLISH = [
    "where is my parcel", "wya my pkg bruh", "im so mad rn", "im tryna cancel ts", "pls halp me asap",
    "u guys scammin me", "dont wanna pay no more", "aye wheres ma parcel", "gonnae cancel ma order", "wen delivry",
    "istg if it dont come",
    "Maria Gonzalez", "José Álvarez García", "my name is Björn Svensson", "Nguyen Van Anh", "Jean-Luc de la Tour",
    "A-123456", "ana@example.com", "Calle Mayor 12, Madrid", "12 Rue de Rivoli, Paris", "Müller Straße 5, 10115 Berlin",
    "São Paulo Brazil", "El Paso Texas", "Nintendo Switch Lite", "Levis 501", "Le Creuset pan", "IKEA Malm dresser",
    "gracias", "merci beaucoup", "hola", "si", "déjà vu", "the Café au lait book never came",
    "I ordered La Casa de los Espíritus and it never came", "adios amigos cancel it", "AMZN MKTP US",
    "Amazon Prime Pmts", "no no no", "hahaha", "aaaaaaa", "asdf asdf asdf", "?????", "👍", "😡😡😡", "99.99", "",
    "\\", "𝔀𝓱𝓮𝓻𝓮 𝓲𝓼 𝓲𝓽",
    "/talk_to_human", '/inform_order{"order_number": "A-123456"}',
]  # fmt: skip


@pytest.mark.parametrize("text", ENGLISH)
def test_names_numbers_addresses_brands_slang_and_single_foreign_words_are_no_other_language(languages, text):
    (message,) = languages.process([Message({"text": text})])
    assert (message.get("language"), message.get(DECIDED)) == ("en", None)


def test_no_english_example_is_taken_for_another_language(languages):
    examples = [m.get("text") for m in load_data("data/nlu").intent_examples if m.get("intent") != "out_of_scope"]
    taken = [text for text in examples if languages.language_of(text) != "en"]
    assert len(examples) > 1_000
    assert len(taken) <= len(examples) * 0.003, taken


@pytest.mark.parametrize("text", ["x" * 4000, "a b " * 1000, "что " * 1000, "\u0301" * 4000, "中" * 4000], ids=range(5))
def test_no_text_is_too_strange(languages, text):
    assert languages.language_of(text).isascii()
