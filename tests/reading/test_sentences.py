import pytest
from hypothesis import given
from hypothesis import strategies as st

from geoconflict.reading.sentences import language_of, split_sentences


def texts(text):
    return [" ".join(sentence.text.split()) for sentence in split_sentences(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It burned on Jan. 24. Kazan is far.", ["It burned on Jan. 24.", "Kazan is far."]),
        ("It took 5 sq. km. Nobody was hurt.", ["It took 5 sq. km.", "Nobody was hurt."]),
        ("Площа 10 тис. кв. м. зросла. Горить.", ["Площа 10 тис. кв. м. зросла.", "Горить."]),
        ("“It is near.” He left.", ["“It is near.”", "He left."]),
        ("Ryazan lies north of\nUkraine's border.", ["Ryazan lies north of Ukraine's border."]),
        ("A headline\n\nA first sentence", ["A headline", "A first sentence"]),
        ("- One thing.\n- Another thing.", ["- One thing.", "- Another thing."]),
        (
            "U.S. officials spoke at 6 a.m. to reporters.",
            ["U.S. officials spoke at 6 a.m. to reporters."],
        ),
    ],
)
def test_where_sentences_end(text, expected):
    assert texts(text) == expected


def test_a_text_broken_by_width_is_put_together():
    text = (
        "The refinery that burned for two days lies roughly 500 kilometers north of the\n"
        "Ukrainian border, in a district that has no other industry of that size at all\n"
        "to speak of. It was built in 1960."
    )
    assert len(texts(text)) == 2


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Ryazan is far.", "en"),
        ("Місто лежить за 20 кілометрів від кордону.", "uk"),
        ("Город находится в 20 километрах от границы.", "ru"),
        ("Вибухи в Києві", "uk"),
        ("Взрывы в Рыльске", "ru"),
    ],
)
def test_the_language_is_told_a_sentence_at_a_time(text, language):
    assert language_of(text) == language


@given(st.text(alphabet='aZ. \n!?("”Жї5,', max_size=400))
def test_sentences_stand_where_they_say_and_lose_nothing(text):
    found = split_sentences(text)
    assert all(text[s.start : s.start + len(s.text)] == s.text for s in found)
    assert "".join("".join(s.text for s in found).split()) == "".join(text.split())
