"""One look: words and colours stand in one place, are whole in each language and can be seen."""

import re
from itertools import combinations, product

import pytest

from geoconflict.facts import Amount
from geoconflict.gazetteer.names import is_belarusian, romanise
from geoconflict.look.labels import LANGUAGES, labels_of
from geoconflict.look.names import name_of
from geoconflict.look.say import say
from geoconflict.look.theme import STATUSES, colours, contrast, ink_on
from geoconflict.look.words import words
from geoconflict.page.labels import map_labels
from geoconflict.theatre import Theatre
from tests.conftest import REPOSITORY

PACKAGE = REPOSITORY / "geoconflict"
SEEN = ("page", "plots", "article", "cards", "review", "exporters")
# What symbols, lines and words of the page stand on.
GROUNDS = ("sea", "land", "ukraine", "water", "paper", "panel", "hover")
_HEX = re.compile(r"#[0-9a-fA-F]{6}(?:[0-9a-fA-F]{2})?\b|\brgba?\(|light-dark\(")
# Folium's own pins keep folium's colours.
_FOREIGN = {"folium.js"}


def files(*endings):
    return [
        path
        for folder in SEEN
        for path in sorted((PACKAGE / folder).rglob("*"))
        if path.suffix in endings
    ]


def blanks(word):
    # A month stands in the genitive where the language has one.
    return sorted(blank.replace("_of}", "}") for blank in re.findall(r"{\w+}", word))


def test_contrast_is_that_of_the_standard():
    # The grey that WCAG's own tools give as the lightest to pass 4.5:1 on white.
    assert contrast("#767676", "#ffffff") == pytest.approx(4.54, abs=0.01)
    assert contrast("#000000", "#ffffff") == 21


@pytest.mark.parametrize(("theme", "ground"), list(product(("light", "dark"), GROUNDS)))
def test_every_status_is_seen_on_every_ground(theme, ground):
    look, fills = colours(ground=theme), colours("status", ground=theme)
    for status in (*STATUSES, "other"):
        # What is denied is as bright as the ground: its outline shows it.
        mark = look["outline"] if status == "disputed" else fills[status]
        assert contrast(mark, look[ground]) >= 3, (status, ground)


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_numbers_are_read_on_every_status(theme):
    for status, fill in colours("status", ground=theme).items():
        assert contrast(ink_on(status, ground=theme), fill) >= 4.5, status


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_statuses_stay_apart_to_colour_blind_eyes(theme):
    fills = [colours("status", ground=theme)[status] for status in STATUSES]
    for one, other in combinations(fills, 2):
        assert contrast(one, other) >= 1.7, (one, other)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_has_all_words_with_the_same_blanks(language):
    english, own = labels_of("en"), labels_of(language)
    assert set(own) == set(english)
    for key, word in own.items():
        assert type(word) is type(english[key]), key
        if isinstance(word, str):
            assert blanks(word) == blanks(english[key]), key
    assert labels_of("pl") == english


def test_colours_stand_in_one_place():
    found = [
        f"{path.name}: {match[0]}"
        for path in files(".js", ".css", ".html", ".py")
        if path.name not in _FOREIGN
        for match in _HEX.finditer(path.read_text("utf-8"))
    ]
    assert not found


def test_no_word_of_another_script_stands_in_a_script():
    """A page's files hold no words of its languages; those stand in the tables of the look."""
    for path in files(".js", ".css", ".html"):
        assert not re.search("[а-яіїєґА-ЯІЇЄҐ]{4}", path.read_text("utf-8")), path.name


@pytest.mark.parametrize(
    ("unit", "said"),
    [("fuel tanks", "1 fuel tank"), ("clashes", "1 clash"), ("refineries", "1 refinery")],
)
def test_one_of_a_thing_stands_in_the_singular(unit, said):
    assert words("en").amount(Amount(1, unit)) == said
    assert words("en").amount(Amount(2, unit)) == f"2 {unit}"


def test_places_of_one_name_are_counted_in_a_list():
    assert say(["Shevchenko", "Lyman", "Shevchenko"]) == "Shevchenko ×2 and Lyman"


@pytest.mark.parametrize(
    ("english", "uk", "ru"),
    [
        # The Ukrainian name is not the Russian one beside it, the Russian one not the Belarusian.
        ("Derhachi", "Дергачі", "Дергачи"),
        ("Rubizhne", "Рубіжне", "Рубежное"),
        ("Ostroh", "Острог", "Острог"),
        ("Nova Kakhovka", "Нова Каховка", "Новая Каховка"),
        ("Chornomorsk", "Чорноморськ", "Черноморск"),
        # Latin letters that look like Cyrillic ones are in no name.
        ("Usatove", "Усатове", "Усатово"),
    ],
)
def test_a_town_is_called_as_its_language_calls_it(gazetteer, english, uk, ru):
    place = gazetteer.resolve(english, country="UA").place
    assert [name_of(place, words(code), "short") for code in ("uk", "ru")] == [uk, ru]


def test_towns_on_the_map_bear_no_belarusian_name_for_a_russian_one():
    cities = map_labels(Theatre.default())["cities"]
    names = list(zip(*(cities[code] for code in ("en", "uk", "ru")), strict=True))
    ours = [ru for en, uk, ru in names if uk and ru and romanise(uk) == en]
    assert len(ours) > 1000
    assert [ru for ru in ours if is_belarusian(ru)] == []


def test_large_towns_of_russia_are_named_in_russian_on_the_map():
    cities = map_labels(Theatre.default())["cities"]
    russian = dict(zip(cities["en"], cities["ru"], strict=True))
    names = [russian[town] for town in ("Balashikha", "Belgorod", "Kineshma", "Balakovo")]
    assert names == ["Балашиха", "Белгород", "Кинешма", "Балаково"]


def test_places_of_ukraine_are_named_in_ukrainian_on_the_map(borders):
    cities = map_labels(Theatre.default())["cities"]
    points = list(zip(cities["lon"], cities["lat"], strict=True))
    names = zip(borders.locate(points), cities["en"], cities["uk"], cities["ru"], strict=True)
    ours = {en: (uk, ru) for unit, en, uk, ru in names if unit.startswith("UA")}
    towns = [ours[town] for town in ("Kadiivka", "Novoazovsk", "Svetlodarsk")]
    assert [uk for uk, _ in towns] == ["Кадіївка", "Новоазовськ", "Світлодарськ"]
    assert [ru for _, ru in towns][1:] == ["Новоазовск", "Светлодарск"]
    # Quarters of a town, and villages that the codifier does not have.
    assert sum(uk is None for uk, _ in ours.values()) < 30
    assert [uk for uk, _ in ours.values() if uk and re.search("[ыэёъ]", uk)] == []
