"""Which words of a sentence are taken for a place."""

import pytest

from geoconflict.reading.places import PlaceFinder

_TWO_WORDS = [
    ("ru", "В селе Ясные Зори Белгородского округа дрон ударил по машине.", "Ясные Зори"),
    ("ru", "В посёлке Красное Знамя погиб мужчина.", "Красное Знамя"),
    ("uk", "У селі Ясні Зорі Харківської області поранено жінку.", "Ясні Зорі"),
    ("en", "A drone hit a car in the village of Krasnoye Znamya.", "Krasnoye Znamya"),
]


@pytest.mark.parametrize(("language", "sentence", "name"), _TWO_WORDS)
def test_the_first_word_of_an_unknown_village_is_no_place(language, sentence, name, gazetteer):
    village = PlaceFinder(gazetteer).find(sentence, language=language)[0]

    assert (village.text, village.place) == (name, None)


def test_a_village_before_its_oblast_is_known(gazetteer):
    sentence = "У селищі Нова Водолага Харківської області зруйновано будинок."

    found = PlaceFinder(gazetteer).find(sentence, language="uk")

    assert [one.place.name for one in found] == ["Nova Vodolaha", "Kharkiv Oblast"]
