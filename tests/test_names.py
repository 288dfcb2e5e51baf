import pytest
from hypothesis import given
from hypothesis import strategies as st

from geoconflict.gazetteer.names import fold, romanise, skeleton

# Examples printed in resolution 55 of the Cabinet of Ministers of 27 January 2010.
OFFICIAL = """
Алушта Alushta|Борщагівка Borshchahivka|Вінниця Vinnytsia|Гадяч Hadiach|Ґалаґан Galagan
Донецьк Donetsk|Рівне Rivne|Єнакієве Yenakiieve|Житомир Zhytomyr|Закарпаття Zakarpattia
Медвин Medvyn|Іршава Irshava|Їжакевич Yizhakevych|Кадиївка Kadyivka|Йосипівка Yosypivka
Стрий Stryi|Київ Kyiv|Лебедин Lebedyn|Миколаїв Mykolaiv|Ніжин Nizhyn|Одеса Odesa
Полтава Poltava|Ромни Romny|Суми Sumy|Тетерів Teteriv|Ужгород Uzhhorod|Фастів Fastiv
Харків Kharkiv|Біла Bila|Церква Tserkva|Чернівці Chernivtsi|Шостка Shostka
Гоща Hoshcha|Юрій Yurii|Крюківка Kriukivka|Яготин Yahotyn|Згорани Zghorany|Розгон Rozghon
"""
PAIRS = [pair.split() for line in OFFICIAL.split("\n") for pair in line.split("|") if pair]


@pytest.mark.parametrize(("ukrainian", "latin"), PAIRS)
def test_romanise_gives_the_official_examples(ukrainian, latin):
    assert romanise(ukrainian) == latin


@given(st.text())
def test_folding_twice_changes_nothing(text):
    assert fold(fold(text)) == fold(text)


@given(st.text())
def test_a_key_never_breaks_and_ignores_case(text):
    assert skeleton(text) == skeleton(fold(text))


@pytest.mark.parametrize(
    "spellings",
    [
        ("Afipsky", "Afipskiy", "Афипский"),
        ("Ilsky", "Il'skiy", "Ильский"),
        ("Kupyansk", "Kupiansk", "Куп’янськ", "Куп'янськ"),
        ("Yelabuga", "Elabuga", "Елабуга"),
        ("Sloviansk", "Slovyansk", "Slov'yans'k", "Слов'янськ"),
        ("Zaporizhzhia", "Zaporizhzhya", "Запоріжжя"),
        ("Ivano-Frankivsk", "Ivano Frankivs’k", "Івано-Франківськ"),
    ],
)
def test_spellings_of_one_name_share_a_key(spellings):
    assert len({skeleton(name) for name in spellings}) == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [("Pokrovsk", "Pokrovka"), ("Kursk", "Kurakhove"), ("Kyiv", "Kiliya"), ("Lyman", "Lymany")],
)
def test_different_names_keep_different_keys(one, other):
    assert skeleton(one) != skeleton(other)
