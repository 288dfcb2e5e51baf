import pytest

from geoconflict.gazetteer.cases import nominatives
from geoconflict.gazetteer.toponyms import adjective_stem, parse_toponym, without_preposition


@pytest.mark.parametrize(
    ("text", "name", "kind"),
    [
        ("Volgograd City", "Volgograd", "settlement"),
        ("the city of Bryansk", "Bryansk", "settlement"),
        ("the village of Pishchane", "Pishchane", "settlement"),
        ("Republic of Tatarstan", "Tatarstan", "admin1"),
        ("the Kursk region", "Kursk", "admin1"),
        ("Донецької області", "Донецької", "admin1"),
        ("Краснодарского края", "Краснодарского", "admin1"),
        ("Покровський район", "Покровський", "admin2"),
        ("м. Київ", "Київ", "settlement"),
        ("Engels-2 airbase", "Engels", "airfield"),
        ("Bryansk's", "Bryansk", None),
        ("Pokrovsk", "Pokrovsk", None),
    ],
)
def test_the_words_around_a_name_say_its_kind(text, name, kind):
    toponym = parse_toponym(text)
    assert (toponym.name.removeprefix("the "), toponym.kind) == (name, kind)


@pytest.mark.parametrize(
    ("adjective", "stem"),
    [("Донецької", "Донецьк"), ("Рязанская", "Рязанск"), ("Луцький", "Луцьк"), ("Київ", None)],
)
def test_the_stem_of_an_adjective(adjective, stem):
    assert adjective_stem(adjective) == stem


@pytest.mark.parametrize(
    ("text", "name"),
    [("у Покровську", "Покровську"), ("под Рязанью", "Рязанью"), ("the Black Sea", "Black Sea")],
)
def test_prepositions_and_articles_are_taken_off(text, name):
    assert without_preposition(text) == name


@pytest.mark.parametrize(
    ("inflected", "nominative"),
    [
        ("Покровську", "покровськ"),
        ("Рязанью", "рязань"),
        ("Курахового", "курахове"),
        ("Часового Яру", "часів яр"),
        ("Авдіївці", "авдіївка"),
        ("Ростове-на-Дону", "ростов-на-дону"),
        ("Миколаєва", "миколаїв"),
        ("Інгульцеві", "інгулець"),
        ("Казанню", "казань"),
        ("Покровським", "покровське"),
        ("Жашковичами", "жашковичі"),
        ("Лубен", "лубни"),
        ("Ельцом", "елец"),
        ("Локтя", "локоть"),
        ("Мостовским", "мостовской"),
        ("Каменоломен", "каменоломни"),
        ("Валуек", "валуйки"),
        ("Шебекіному", "шебекіно"),
        ("Каменске-Шахтинском", "каменск-шахтинский"),
    ],
)
def test_case_endings_lead_back_to_the_nominative(inflected, nominative):
    assert nominative in nominatives(inflected)


@pytest.mark.parametrize(
    ("inflected", "other"),
    [
        ("Покровська", "покровське"),
        ("Хоролі", "хоролы"),
        ("Выборгом", "віборг"),
        ("Гаї", "га"),
        ("Ясные", "ясный"),
    ],
)
def test_no_nominative_is_made_that_the_language_does_not_have(inflected, other):
    assert other not in nominatives(inflected)
