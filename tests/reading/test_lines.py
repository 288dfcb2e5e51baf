import pytest

from geoconflict import check_claims, read_claims
from geoconflict.reading.lines import find_lines
from geoconflict.reading.sentences import language_of
from geoconflict.reading.words import compass_point

SIDES = ("UA", "RU")


@pytest.mark.parametrize(
    ("text", "reference"),
    [
        ("from Ukraine’s border", "border:UA"),
        ("from Russia’s border with Ukraine", "border:UA-RU"),
        ("from the Ukrainian-Russian border", "border:UA-RU"),
        ("from the international border", "border:UA-RU"),
        ("south of the Belarusian border", "border:BY"),
        ("from the border", "border:UA"),
        ("від українського кордону", "border:UA"),
        ("від кордону Росії з Фінляндією", "border:RU-FI"),
        ("от границы Украины с Белоруссией", "border:UA-BY"),
        ("від кордону з Росією", "border:RU"),
        ("от государственной границы с Украиной", "border:UA"),
        ("from Ukrainian soil", "border:UA"),
        ("behind the front lines", "front:"),
        ("from the line of contact", "front:"),
        ("from Russian positions", "front:"),
        ("from the Ukrainian-held ground north of Mariupol", "front:"),
        ("від лінії бойового зіткнення", "front:"),
        ("от линии соприкосновения", "front:"),
        ("from Russian forces", "front:"),
        ("off the coast of Ukraine's Odesa region", "coast:UA"),
        ("off the Turkish coast", "coast:TR"),
    ],
)
def test_phrases_that_name_a_line(text, reference):
    (line,) = find_lines(text, sides=SIDES, language=language_of(text))
    assert line.reference == reference


@pytest.mark.parametrize(
    "text", ["a border guard", "the Russian army's arsenal", "in front of it", "a border town"]
)
def test_phrases_that_name_none(text):
    assert find_lines(text, sides=SIDES) == []


@pytest.mark.parametrize(
    ("word", "point"),
    [
        ("north", "N"),
        ("north-northeast", "NNE"),
        ("south-west", "SW"),
        ("ESE", "ESE"),
        ("північний схід", "NE"),
        ("південніше", "S"),
        ("північно-західніше", "NW"),
        ("северо-востоку", "NE"),
        ("юго-западнее", "SW"),
        ("север-северо-восток", "NNE"),
        ("upstairs", None),
    ],
)
def test_compass_words(word, point):
    assert point in {compass_point(word, language=code) for code in ("en", "uk", "ru")}


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("en", "Kazan lies 30 km from Japan's border."),
        ("en", "Kazan lies 30 km from the border of Japan."),
        ("uk", "Рязань лежить за 30 км від кордону Японії."),
        ("uk", "Рязань лежить за 30 км від кордону з Японією."),
        ("ru", "Казань лежит в 30 км от границы Японии."),
        ("ru", "Казань лежит в 30 км от границы с Японией."),
    ],
)
def test_the_border_of_a_country_that_is_not_known_is_not_that_of_ukraine(language, sentence):
    (line,) = find_lines(sentence, sides=SIDES, language=language)
    assert line.reference not in ("border:UA", "border:UA-RU")
    assert {c.verdict for c in check_claims(read_claims(sentence))} <= {"undetermined"}


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("en", "The town lies 30 km from the border. Ryazan is farther."),
        ("en", "On Monday it burned 30 km from the border, Kyiv says."),
        ("uk", "Село лежить за 30 км від кордону, каже Київ."),
        ("ru", "Село лежит в 30 км от границы. Казань дальше."),
    ],
)
def test_the_border_alone_is_that_of_ukraine(language, sentence):
    assert find_lines(sentence, sides=SIDES, language=language)[0].reference == "border:UA"


@pytest.mark.parametrize(
    ("sentence", "unit"),
    [
        ("Pokrovsk is 18 km from the Dnipropetrovsk Oblast border.", "admin1:UA-12"),
        (
            "Troops at Pokrovsk are within 20 km of the Dnipropetrovsk Oblast border.",
            "admin1:UA-12",
        ),
        ("Kupiansk is 30 km from the Luhansk Oblast boundary.", "admin1:UA-09"),
    ],
)
def test_the_border_of_an_oblast_is_never_measured_from_its_capital(sentence, unit):
    assert [claim.reference for claim in read_claims(sentence)] == [unit]


def test_the_oblast_border_without_a_name_is_no_international_one():
    references = {c.reference for c in read_claims("Pokrovsk is 18 km from the oblast border.")}
    assert references <= {None}
