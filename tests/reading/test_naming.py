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


_RIVERS = [
    ("en", "Kremenchuk lies on the Dnipro 250 km southeast of Kyiv.", "Dnipro River"),
    ("uk", "Кременчук стоїть на Дніпрі за 250 км від Києва.", "Dnipro River"),
    ("ru", "Плацдарм на левом берегу Днепра удержан.", "Dnipro River"),
    ("en", "Troops crossed the Oskil at night.", "Oskil River"),
    ("en", "The Dnipro mayor spoke.", "Dnipro"),
    ("uk", "Удар по Дніпру.", "Dnipro"),
]


@pytest.mark.parametrize(("language", "sentence", "name"), _RIVERS)
def test_a_river_is_told_from_the_town_called_like_it(language, sentence, name, gazetteer):
    found = PlaceFinder(gazetteer).find(sentence, language=language)

    assert name in [one.place.name for one in found]
