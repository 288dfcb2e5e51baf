"""Events drafted from reports in three languages: what is told, and nothing that is not."""

import datetime as dt
import json
import re

import pytest

from geoconflict.drafting import draft_events, read_article
from geoconflict.drafting.articles import make_article
from geoconflict.drafting.draft import read_draft
from geoconflict.errors import TextError
from tests.drafting.conftest import DAY, source, values


def by_kind(draft, kind):
    return [event for event in draft.events if event.value("kind") == kind]


def test_every_cell_rests_on_words_of_the_report(drafted):
    for event in drafted.events:
        assert event.spans
        for cell in event.cells.values():
            assert 0 <= cell.start < cell.end <= len(drafted.text)
        for report in event.reports:
            claimant = report.claimant
            assert drafted.text[claimant.start : claimant.end] == claimant.value


def test_strikes_are_told_apart_by_place_with_their_night_and_their_harm(drafted):
    ryazan, chemical, flat, before = by_kind(drafted, "strike")
    assert values(ryazan)["facility"] == "ryazan-refinery"
    assert (ryazan.value("date_start"), ryazan.value("date_end")) == ("2025-03-10", "2025-03-11")
    assert ryazan.value("injured") == 2
    assert ryazan.value("killed") is None
    assert chemical.value("place") == "Novomoskovsk"
    assert (flat.value("killed"), flat.value("injured")) == (3, 38)
    assert flat.value("date_start") == flat.value("date_end") == "2025-03-10"
    assert before.is_background
    assert before.value("date_end") == "2025-01-24"


def test_who_confirms_is_told_from_who_claims(drafted):
    said = {(r.side, r.stance.value) for r in drafted.events[0].reports}
    assert {("UA", "claims"), ("RU", "confirms")} <= said


def test_a_breakdown_is_one_event_a_region_and_one_for_the_total(drafted):
    found = {e.value("admin1"): e.value("shot_down") for e in by_kind(drafted, "interception")}
    assert found == {None: 58, "RU-VOR": 29, "RU-BRY": 8, "RU-KRS": 8}


@pytest.mark.parametrize(
    ("text", "region"),
    [
        ("ППО збила 14 безпілотників над Курською областю.", "RU-KRS"),
        ("За ночь сбили 12 беспилотников над Тульской областью.", "RU-TUL"),
        ("Над Краснодарським краєм збили 12 дронів.", "RU-KDA"),
    ],
)
def test_regions_are_known_in_every_case(text, region):
    event = draft_events(text, published=DAY).events[0]
    assert event.value("admin1") == region
    assert event.value("shot_down") in (12, 14)


@pytest.mark.parametrize(
    ("text", "kind", "actor"),
    [
        ("Russian forces seized Velyka Novosilka in Donetsk Oblast.", "control_change", "RU"),
        ("Українські війська звільнили Урожайне Донецької області.", "control_change", "UA"),
        ("ВСУ оставили Авдеевку.", "control_change", "RU"),
        ("Ukrainian forces repelled six Russian attacks near Robotyne.", "clash", "RU"),
        ("Российские войска продвинулись в районе Торецка.", "advance", "RU"),
    ],
)
def test_the_ground_has_who_gained_or_attacked(text, kind, actor):
    event = draft_events(text, published=DAY).events[0]
    assert (event.value("kind"), event.value("actor")) == (kind, actor)


@pytest.mark.parametrize(
    "text",
    [
        "Kyiv would strike a refinery in Ryazan if it could.",
        "Zelensky called on partners to stop strikes on Kharkiv.",
        "Rumours of a strike on Sumy are false.",
        "Israel struck a hospital in Rafah overnight, killing 12.",
        "The Ryazan refinery processes 13 million tonnes a year.",
        "У Сумах удару не було, чутки неправдиві.",
    ],
)
def test_what_was_not_told_as_done_is_no_event(text):
    assert not draft_events(text, published=DAY).events


def test_what_was_seen_and_is_in_no_event_is_listed():
    draft = draft_events("Explosions were heard. Drones hit a port in Odesa.", published=DAY)
    assert "Explosions" in [draft.text[u.start : u.end] for u in draft.unread]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("The council met. Nothing else happened.", "no word of a strike"),
        ("Israel struck Gaza. Hamas fired rockets at Israel.", "another war"),
    ],
)
def test_a_draft_says_what_the_text_is(text, said):
    assert said in draft_events(text, published=DAY).note


def test_a_list_of_many_places_stays_a_list():
    places = ", ".join(f"Petrivka{n}" for n in range(300))
    draft = draft_events(f"Strikes were reported in Kharkiv, Sumy, {places}.", published=DAY)
    assert all(event.cells["place"].certainty == "open" for event in draft.events[2:])


def test_a_draft_comes_back_from_its_json(drafted):
    assert read_draft(json.loads(json.dumps(drafted.to_dict()))) == drafted


def test_the_day_is_found_at_the_head_and_never_made_up():
    text = "KYIV, 9 July 2024. A missile hit a hospital in Kyiv on Monday."
    (event,) = draft_events(text).events
    assert event.value("date_start") == "2024-07-08"
    assert draft_events("A missile hit a hospital in Kyiv.").source.date is None


def test_a_saved_page_gives_its_text_and_its_day(tmp_path):
    page = tmp_path / "page.html"
    body = "<p>Drones struck an oil depot in Oryol overnight, the governor said.</p>" * 3
    page.write_text(
        "<!DOCTYPE html><html><head><title>Depot burns</title>"
        '<meta property="article:published_time" content="2025-03-11T08:00:00Z"></head>'
        f"<body><nav>Home</nav><article><h1>Depot burns</h1>{body}"
        "<script>alert(1)</script></article></body></html>",
        "utf-8",
    )
    article = read_article(page)
    assert article.date == dt.date(2025, 3, 11)
    assert "oil depot in Oryol" in article.text
    assert "alert" not in article.text


@pytest.mark.parametrize(
    "told",
    [
        "It was the third since 2023.",
        "The last strike was on 3 March 2024.",
        "The last strike was on 03.03.2024.",
        "The last strike, of 2024-03-03, did less.",
        "Попередній удар був 3 березня 2024 року.",
        "Последний удар был 03.03.2024.",
    ],
)
def test_a_day_that_a_saved_page_only_speaks_of_is_not_its_own(tmp_path, told):
    page = tmp_path / "page.html"
    body = f"<p>Drones struck an oil depot in Oryol overnight. {told}</p>"
    head = "<!DOCTYPE html><html><head><title>Depot burns</title>{}</head><body>"
    foot = f"<article><h1>Depot burns</h1>{body}</article></body></html>"
    page.write_text(head.format("") + foot, "utf-8")
    assert read_article(page).date is None
    day = '<meta property="article:published_time" content="2024-03-03T08:00:00Z">'
    page.write_text(head.format(day) + foot, "utf-8")
    assert read_article(page).date == dt.date(2024, 3, 3)


@pytest.mark.parametrize("text", ["Сбито 12 дронов из 90", "Jan 16, 08:20 -"])
def test_a_report_that_breaks_off_is_drafted_as_far_as_it_goes(text):
    assert draft_events(text, published=DAY).text == text


def test_an_empty_text_is_refused():
    with pytest.raises(TextError, match="is empty"):
        make_article(" \n ")


@pytest.mark.parametrize(
    "text",
    [
        (
            "Drones hit the Tuapse oil refinery. The governor of Krasnodar region said a tank "
            "burned over an area of more than 1,000 square metres."
        ),
        "Вночі дрони вдарили по складу у Воронежі. Пожежа охопила площу 300 кв. м.",
        "Дроны атаковали склад в Воронеже. Огнём охвачена площадь 1000 кв. метров.",
    ],
)
def test_how_large_a_fire_was_is_no_street_or_square(text):
    draft = draft_events(text, published=dt.date(2025, 3, 14))
    assert [event.value("target_type") for event in draft.events] in (["refinery"], ["warehouse"])


def test_a_day_that_no_word_tells_rests_on_a_whole_word():
    text = "A fuel tank burns in Tuapse."
    (event,) = draft_events(text, published=dt.date(2025, 3, 14)).events
    cell = event.cells["date_end"]
    assert (text[cell.start : cell.end], cell.certainty) == ("burns", "open")


@pytest.mark.parametrize(
    ("text", "facility"),
    [
        ("Дрони вдарили по складу «Ромашка» у Воронежі.", "склад «Ромашка»"),
        ("Беспилотник попал в типографию «Слово» в Воронеже.", "типография «Слово»"),
        ("Удар пришёлся по складу в Воронеже.", None),
    ],
)
def test_a_facility_is_called_without_a_case_ending_or_not_at_all(text, facility):
    (event,) = draft_events(text, published=DAY).events
    assert event.value("facility") == facility


def test_numbers_that_contradict_each_other_within_a_report_stay_side_by_side():
    text = (
        "A missile hit a house in Sumy, killing two people. Later the mayor spoke of five killed."
    )
    (event,) = draft_events(text, published=DAY).events
    cell = event.cells["killed"]
    assert (cell.value, cell.alternatives) == (5, (2,))


def test_markup_of_a_report_stays_text():
    text = (
        "<img src=x onerror=go()><script>document.title=1</script> Drones hit a refinery in Ryazan."
    )
    draft = draft_events(text, published=DAY)
    assert [event.value("place") for event in draft.events] == ["Ryazan"]
    assert draft.text == text


def test_a_report_of_five_megabytes_is_cut_and_says_so():
    filler = f"Nothing new.{' ' * 300}" * 16_500
    report = f"Drones hit an oil depot in Oryol overnight. {filler}"
    assert len(report) > 5_000_000
    draft = draft_events(report, published=DAY)
    assert "only the first 400,000 of 5," in draft.note
    assert [event.value("place") for event in draft.events] == ["Oryol"]


@pytest.mark.parametrize(
    "text",
    [
        "Russian forces have not captured Pokrovsk, the General Staff said.",
        "Російські війська не захопили Покровськ, заявив Генштаб.",
        "Российские войска не взяли Торецк, заявил Генштаб.",
        "The air force said that it had not struck Belgorod.",
    ],
)
def test_what_is_said_not_to_have_happened_is_no_event(text):
    assert draft_events(text, source=source()).events == ()


def test_not_only_takes_nothing_back():
    (event,) = draft_events(
        "Russian forces not only captured Toretsk, the ministry said.", source=source()
    ).events
    assert (event.value("kind"), event.value("place")) == ("control_change", "Toretsk")


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("Russian forces captured Shevchenko near Pokrovsk, the ministry said.", "Shevchenko"),
        ("Російські війська захопили Селидове неподалік Покровська.", "Selydove"),
        ("Российские войска взяли Селидово под Покровском.", "Selydove"),
    ],
)
def test_a_place_that_another_only_lies_near_has_no_event(text, place):
    assert [e.value("place") for e in draft_events(text, source=source()).events] == [place]


@pytest.mark.parametrize(
    "text",
    ["Торецьк захопили росіяни, пише DeepState.", "Торецк взяли россияне, пишет DeepState."],
)
def test_who_took_a_town_may_stand_behind_the_verb(text):
    (event,) = draft_events(text, source=source()).events
    assert event.value("actor") == "RU"


@pytest.mark.parametrize(
    ("text", "place", "actor"),
    [
        ("A drone hit a house in Kyiv overnight, Moscow denies it.", "Kyiv", "RU"),
        ("Russia attacked Kyiv with drones.", "Kyiv", "RU"),
        ("У ніч на 25 листопада росіяни вдарили по Києву.", "Kyiv", "RU"),
        ("Киев атаковал Москву беспилотниками, заявил Собянин.", "Moscow", "UA"),
    ],
)
def test_a_capital_is_struck_as_a_city_and_speaks_as_a_government(text, place, actor):
    (event,) = draft_events(text, published=DAY).events
    assert (event.value("place"), event.value("actor")) == (place, actor)


def test_a_city_elsewhere_is_not_of_the_sector_that_the_line_before_named():
    text = """На Гуляйпільському напрямку ворог атакував у бік Рівнопілля.
За даними ГУР, у Таганрозі знищено літак А-60."""
    strikes = by_kind(draft_events(text, published=DAY), "strike")
    assert [(e.value("place"), e.value("admin1"), e.value("actor")) for e in strikes] == [
        ("Taganrog", "RU-ROS", "UA")
    ]


@pytest.mark.parametrize(
    ("text", "stances"),
    [
        ("Институт изучения войны этого не подтверждает.", {"Минобороны РФ": "claims"}),
        (
            "Генштаб ВСУ это отрицает, ISW подтверждает.",
            {"Минобороны РФ": "claims", "Генштаб ВСУ": "denies", "ISW": "confirms"},
        ),
        (
            "За неделю армия, по данным DeepState, заняла 70 квадратных километров.",
            {"Минобороны РФ": "claims"},
        ),
    ],
)
def test_who_does_not_confirm_or_speaks_of_something_else_takes_no_stance(text, stances):
    told = f"Российские войска заняли Купянск, утверждает Минобороны РФ. {text}"
    (event,) = draft_events(told, published=DAY).events
    assert {r.claimant.value: r.stance.value for r in event.reports} == stances


def test_what_hit_a_region_is_not_told_of_the_town_before():
    text = """In Zaporizhzhia a glide bomb injured five. \
A day earlier an attack on Sumy oblast killed one."""
    town, region = draft_events(text, published=DAY).events
    assert (town.value("place"), town.value("injured"), town.value("killed")) == (
        "Zaporizhzhia",
        5,
        None,
    )
    assert town.value("date_end") == DAY.isoformat()
    assert (region.value("place"), region.value("admin1"), region.value("killed")) == (
        None,
        "UA-59",
        1,
    )


def told(text, day=DAY):
    """Kind, place or unit, and day of the events of a text."""
    events = draft_events(text, published=day).events
    return [
        (e.value("kind"), e.value("place") or e.value("admin1"), e.value("date_end"))
        for e in events
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Russia plans to seize Pokrovsk by the summer.",
        "Seizing Kramatorsk could allow Russian forces to advance.",
        "Ukrainian strikes on Russian refineries have disrupted supplies.",
        "СБУ затримала агента, який готував удар по електропідстанції в Харкові.",
        "В оккупированном Бердянске прошло совещание.",
    ],
)
def test_what_is_planned_tried_or_told_of_many_is_no_event(text):
    assert not told(text)


def test_effects_and_second_mentions_are_of_the_strike_told_before():
    text = """Drones struck an oil depot in Engels overnight. A fire broke out on the site.
The attack on Engels was the third this month, and the depot burned until noon."""
    assert told(text) == [("strike", "Engels", "2025-03-11")]


def test_the_day_of_a_report_is_not_that_of_the_deed():
    text = """Two missiles hit Sumy on Sunday morning.

The defence ministry in Moscow said on Monday that it had hit a barracks in Sumy."""
    assert told(text) == [("strike", "Sumy", "2025-03-09")]


def test_each_verb_of_saying_governs_its_own_event():
    text = """Russia's Ministry of Defence denied the strike on the Ryazan refinery and said \
that it shot down 121 drones overnight."""
    said = {
        e.value("kind"): [r.stance.value for r in e.reports]
        for e in draft_events(text, published=DAY).events
    }
    assert said == {"interception": ["claims"], "strike": ["denies"]}


@pytest.mark.parametrize(
    ("text", "actor"),
    [
        ("Макеевка Донецкой области обстреляна ВСУ.", "UA"),
        ("Под Донецком уничтожен склад боеприпасов.", "UA"),
        ("ЗСУ знищили російський склад боєприпасів у Лимані.", "UA"),
        ("A Russian ammunition depot near Lyman was struck.", "UA"),
        ("The hospital in Kherson was shelled by Russian troops.", "RU"),
        ("Просування російських військ поблизу Торецька фіксує ISW.", "RU"),
    ],
)
def test_who_acted_is_read_from_their_part_in_the_clause(text, actor):
    assert [e.value("actor") for e in draft_events(text, published=DAY).events] == [actor]


def test_a_region_beside_a_name_outweighs_the_better_known_place():
    (event,) = draft_events("Макеевка в Луганской области обстреляна ВСУ.", published=DAY).events
    assert (event.value("place"), event.value("admin1")) == ("Makiivka", "UA-09")


def test_what_was_near_a_town_is_not_placed_in_its_middle():
    (event,) = draft_events("Украинские войска нанесли удар под Донецком.", published=DAY).events
    assert event.value("precision_m") >= 15_000
    assert event.cells["place"].certainty != "certain"


def test_a_month_without_a_day_is_all_its_days():
    (event,) = draft_events(
        "In January 2025 Russian forces captured Kurakhove.", published=DAY
    ).events
    assert (event.value("date_start"), event.value("date_end")) == ("2025-01-01", "2025-01-31")


@pytest.mark.parametrize(
    ("text", "down", "launched"),
    [
        ("ППО збила 108 зі 132 ударних безпілотників.", 108, 132),
        ("Air defences downed 38 of 63 drones, 20 more were lost.", 38, 63),
        ("Of 111 Shahed drones in that attack, 63 were shot down.", 63, 111),
        ("Зі 120 шахедів збито 90, ще 25 локаційно втрачено.", 90, 120),
        ("Из 60 беспилотников сбит 41.", 41, 60),
    ],
)
def test_what_was_shot_down_is_told_from_what_was_launched_or_lost(text, down, launched):
    (event,) = draft_events(text, published=DAY).events
    assert (event.value("shot_down"), event.value("launched")) == (down, launched)


def test_a_count_by_region_needs_no_word_for_over():
    text = "Rus MoD: 59 drones down overnight - 53 Bryansk, 5 Kaluga, 1 Smolensk."
    found = {
        e.value("admin1"): e.value("shot_down") for e in draft_events(text, published=DAY).events
    }
    assert found == {None: 59, "RU-BRY": 53, "RU-KLU": 5, "RU-SMO": 1}


def test_the_harmed_are_shared_out_by_place():
    text = "В Шебекино и Головчино от атак дронов ранены трое: двое в Шебекино и один в Головчино."
    events = draft_events(text, published=DAY).events
    assert [(e.value("place"), e.value("injured")) for e in events] == [
        ("Shebekino", 2),
        ("Golovchino", 1),
    ]


def test_a_claimant_is_told_with_their_whole_office():
    text = """Andriy Kovalenko, head of Ukraine's Center for Countering Disinformation, said \
that drones struck a plant in Kazan."""
    (report,) = draft_events(text, published=DAY).events[0].reports
    assert str(report.claimant.value).endswith("Center for Countering Disinformation")


def test_the_harmed_are_never_given_to_a_count_or_to_another_part_of_a_title():
    text = """Drones set fire to Ryazan refinery; two sappers killed in Chernihiv region

The Air Force said it downed 99 of 109 drones. Seven people were killed across the country."""
    for event in draft_events(text, published=DAY).events:
        assert event.value("killed") is None


@pytest.mark.parametrize(
    "place", ["Balakliia", "the Kharkiv region's city of Balakliia"], ids=["plain", "of a region"]
)
def test_each_number_of_the_harmed_goes_to_the_place_behind_it(place):
    text = f"A Russian missile killed three people in Dnipro and wounded 12 in {place}."
    found = [
        (e.value("place"), e.value("killed"), e.value("injured")) for e in draft_events(text).events
    ]
    assert found == [("Dnipro", 3, None), ("Balakliia", None, 12)]


def test_of_two_kinds_of_weapons_each_has_its_own_part():
    text = "Of the 12 missiles and 100 drones, 9 missiles and 80 drones were intercepted."
    assert [
        (e.value("weapon"), e.value("launched"), e.value("shot_down"))
        for e in draft_events(text, published=DAY).events
    ] == [("missile", 12, 9), ("drone", 100, 80)]


def test_where_nothing_was_damaged_nothing_was_struck():
    text = (
        "The authorities claimed that all drones were shot down and nothing was damaged in Ryazan."
    )
    assert not by_kind(draft_events(text, published=DAY), "strike")


def test_what_is_counted_or_crashed_is_no_strike_and_leaves_others_as_they_are():
    text = """Ukraine's drones struck the Livny oil depot in Russia's Oryol region. \
In November Ukraine hit at least 14 refineries. A Su-30 crashed in Karelia."""
    (livny,) = draft_events(text, published=DAY).events
    assert (livny.value("place"), livny.value("date_end")) == ("Livny", DAY.isoformat())
    assert livny.value("target_type") != "refinery"


def test_a_ship_far_out_is_not_where_the_town_of_the_line_before_is():
    text = """Дрон попал в дом в Славянске.
Танкер подвергся нападению в 80 милях от турецкого побережья."""
    assert [e.value("place") for e in draft_events(text, published=DAY).events] == ["Sloviansk"]


MARKED = "The <b>Ryazan</b> [refinery](https://a.b/c) was **hit** by dro<wbr>nes on March&nbsp;12."


def test_marks_within_a_sentence_lose_nothing_and_spans_stay_those_of_the_report():
    (event,) = draft_events(MARKED, published=DAY).events
    assert (event.value("facility"), event.value("weapon")) == ("ryazan-refinery", "drone")
    day = event.cells["date_end"]
    assert day.value == "2025-03-12"
    assert MARKED[day.start : day.end] == "March&nbsp;12"


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("On 12.03 the Russians shelled Kherson.", ("2025-03-12", "2025-03-12")),
        ("За 10.03 росіяни обстріляли Херсон.", ("2025-03-10", "2025-03-10")),
        ("В ночь на 13.03 дроны атаковали НПЗ в Рязани.", ("2025-03-12", "2025-03-13")),
        ("Станом на 10.03 обстріляно Херсон.", ("2025-03-14", "2025-03-14")),
        ("В ночь с воскресенья на понедельник обстреляли Херсон.", ("2025-03-09", "2025-03-10")),
        ("They shelled Kherson on the night of Sunday to Monday.", ("2025-03-09", "2025-03-10")),
    ],
)
def test_days_in_digits_and_nights_of_two_weekdays(text, days):
    (event,) = draft_events(text, published=dt.date(2025, 3, 14)).events
    assert (event.value("date_start"), event.value("date_end")) == days


@pytest.mark.parametrize(
    "text",
    [
        "In Belgorod Oblast, Russian forces captured Alekseyevka on March 10.",
        "У Бєлгородській області росіяни захопили Олексіївку.",
        "Украинские войска взяли Валуйки в Белгородской области.",
    ],
)
def test_no_ground_is_gained_far_from_the_front(text):
    (event,) = draft_events(text, published=DAY).events
    assert event.cells["place"].certainty == "open"
    assert event.value("lon") is None
    assert event.value("admin1") == "RU-BEL"


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("Russian troops took Toretsk on March 10.", ["control_change"]),
        ("Росіяни взяли Торецьк.", ["control_change"]),
        ("Российские войска взяли посёлок Гай.", ["control_change"]),
        ("Russian troops took part in a drill. Police took statements in Kharkiv.", []),
        ("У Харкові російські журналісти взяли інтерв'ю.", []),
    ],
)
def test_to_take_is_a_deed_where_the_name_of_a_place_follows(text, kinds):
    assert [e.value("kind") for e in draft_events(text, published=DAY).events] == kinds


@pytest.mark.parametrize(
    "text",
    [
        "Shelling hit Nikopol; two people died, according to the Nikopol authorities.",
        "Росіяни обстріляли Нікополь; двоє людей загинули, повідомили в міськраді Нікополя.",
        "Россияне обстреляли Никополь; двое погибли, сообщили в администрации Никополя.",
    ],
)
def test_the_dead_behind_a_semicolon_are_not_lost_to_the_town_of_who_tells_them(text):
    (event,) = draft_events(text, published=DAY).events
    assert event.value("killed") == 2


EN_STAFF = """Operational information as of 22:00, March 10, 2025

On the Lyman axis, the invaders tried to move forward 14 times, near Novoiehorivka and towards
Yampolivka. On the Prydniprovske axis, our troops beat off one assault."""
UK_STAFF = """Оперативна інформація станом на 22:00 10.03.2025

На Лиманському напрямку загарбники 14 разів намагалися прорватися поблизу Новоєгорівки та у бік
Ямполівки.

На Придніпровському напрямку ворог атакував двічі."""
RU_STAFF = """Генеральный штаб ВСУ, вечерняя сводка за 10 марта 2025 года

На Славянском направлении остановлены штурмы возле Ямполя и в сторону Дроновки."""


@pytest.mark.parametrize(
    ("text", "places"),
    [
        (EN_STAFF, ["Novoiehorivka", "Yampolivka"]),
        (UK_STAFF, ["Novoiehorivka", "Yampolivka"]),
        (RU_STAFF, ["Yampil", "Dronivka"]),
    ],
)
def test_what_was_tried_in_a_sector_is_an_assault_at_each_village_and_at_no_town(text, places):
    draft = draft_events(text, published=dt.date(2025, 3, 10))
    assert [(e.value("kind"), e.value("place")) for e in draft.events] == [
        ("clash", place) for place in places
    ]
    assert {e.value("date_start") for e in draft.events} == {"2025-03-10"}
    assert {r.side for e in draft.events for r in e.reports} == {"UA"}


def test_who_attacked_and_was_repelled_attacked():
    text = "The occupiers attacked once in the area of Vovchansk and were repelled."
    (event,) = draft_events(text, published=DAY).events
    assert event.value("actor") == "RU"


@pytest.mark.parametrize(
    "text",
    [
        "Has Russia captured Toretsk?",
        "Чи захопили росіяни Торецьк?",
        "Украинские части отошли на рубеж Богоявленки.",
        "Про це сказав речник групи «Луганськ».",
    ],
)
def test_what_is_asked_or_only_a_goal_or_a_name_in_quotes_is_no_event(text):
    assert not draft_events(text, published=DAY).events


@pytest.mark.parametrize(
    "text",
    [
        "Two people died when drones hit a house in Kursk Oblast's Rylsky district on March 10.",
        "Удар по Одесскому району 10 марта унёс жизни двух человек.",
        "10 березня дрони вдарили по Одеському району, загинули двоє людей.",
    ],
)
def test_a_district_is_no_town(text):
    draft = draft_events(f"Kyiv. Одеса.\n\n{text}", published=DAY)
    places = [e.value("place") for e in draft.events if "place" in e.cells]
    assert places in (["Rylsky District"], ["Odesa Raion"])
    assert [e.value("killed") for e in draft.events] == [2]


def test_a_relative_clause_keeps_its_own_day():
    text = (
        "Drones hit the Saratov refinery on March 10 and the oil depot in Engels, which Ukrainian "
        "forces had first set on fire on January 8."
    )
    saratov = draft_events(text, published=DAY).events[0]
    assert (saratov.value("date_end"), saratov.is_background) == ("2025-03-10", False)


def test_what_is_said_of_a_town_by_a_verb_behind_it_changed_hands():
    text = "Речь шла о Торецке, который российские военные заняли 10 марта."
    assert [e.value("kind") for e in draft_events(text, published=DAY).events] == ["control_change"]


def test_a_village_that_nothing_but_the_word_for_it_tells_is_a_place_of_its_region():
    text = "У станиці Кавказька Краснодарського краю 10 березня дрони вдарили по нафтобазі."
    (event,) = draft_events(text, published=DAY).events
    assert event.value("admin1") == "RU-KDA"
    assert "place" in event.cells or "facility" in event.cells


def test_what_lasts_has_no_day_of_the_sentence_before():
    text = "Russian forces seized Yantarne on March 10. Fighting continued near Pokrovsk."
    fight = by_kind(draft_events(text, published=DAY), "clash")[0]
    assert fight.cells["date_start"].certainty == "open"


def test_who_strikes_their_own_ground_is_told_by_the_verb():
    text = "8 августа российская авиация ударила по собственному селу Гуево Курской области."
    (event,) = draft_events(text, published=dt.date(2024, 8, 9)).events
    assert event.value("actor") == "RU"


def test_effects_within_a_paragraph_are_of_its_strike():
    text = (
        "🔥 Енгельс, ранок. Після прильоту в ніч на 10 березня по аеродрому там досі детонує. "
        "Генштаб підтвердив: уражено склад боєприпасів. Пошкоджено лікарню і школу."
    )
    (event,) = draft_events(text, published=DAY).events
    assert event.value("place") == "Engels"


def test_below_a_heading_of_the_past_everything_is_background():
    text = "Довідково. У ніч на 1 березня ворог атакував дронами Одесу, загинуло двоє."
    (event,) = draft_events(text, published=DAY).events
    assert event.is_background


@pytest.mark.parametrize(
    "text",
    [
        "Lyman sector: two assaults near Torske. Toretsk sector: Toretsk and Dachne.",
        "Лиманський напрямок: бої поблизу Торського. Торецький напрямок — Дачне, Торецьк.",
        "Лиманское направление: бои у Торского. На Торецком направлении — Торецк, Дачное.",
    ],
)
def test_a_sector_without_a_verb_goes_on_with_the_one_before(text):
    draft = draft_events(text, published=DAY)
    assert {e.value("place") for e in draft.events} == {"Torske", "Toretsk", "Dachne"}
    assert {e.value("kind") for e in draft.events} == {"clash"}


def test_a_list_of_a_sector_that_tells_no_deed_is_listed_as_unread():
    text = "На Покровському напрямку: Звірове, Котлине. Торецький напрямок: Торецьк."
    draft = draft_events(text, published=DAY)
    assert not draft.events
    assert "Торецьк" in [draft.text[one.start : one.end] for one in draft.unread]


def test_places_and_harm_that_make_no_event_are_listed():
    text = "Обстріляно Вовчанськ, Мирне, Іванівку. У Херсоні поранених перевезли."

    draft = draft_events(text, published=dt.date(2024, 11, 20))

    unread = {text[one.start : one.end] for one in draft.unread}
    assert {"Мирне", "Іванівку"} <= unread


def test_a_whole_that_ends_its_sentence_is_read():
    text = "ППО збила 38 із 46. Над Курскою областю збито 8 дронів із 12"
    assert draft_events(text, published=DAY).events


_SEEN = [
    """Харків. Ніч і ранок 11 березня

Росіяни обстріляли 9 населених пунктів області. У селі Вигадане пошкоджено ліцей.

На Сумщині через обстріл загинув 61-річний чоловік. У Вовчанській громаді горів склад.

Наші підрозділи залишили Вигадане. Минулого року тут збили 14 дронів.
""",
    """Main events

Drones hit 5 houses. Power was cut to 300 homes after a strike in Narnia. A fire broke out in 2.

Troops pulled out of five villages. Last year 14 drones were downed.
""",
    """Главное

Повреждены 12 домов в Вымышленском районе. Отбиты три атаки у Вымышленного. Взято село Такое-то.

Подразделения отошли от Юнаковки. Год назад здесь сбили 14 дронов.
""",
]


@pytest.mark.parametrize("text", _SEEN)
def test_no_sentence_that_tells_a_deed_and_a_place_or_number_is_lost_silently(text):
    draft = draft_events(text, published=DAY)
    spans = [*(span for event in draft.events for span in event.spans)]
    spans += [(one.start, one.end) for one in draft.unread]
    body = text.index("\n\n")
    sentences = list(re.compile(r"[^.?\n]+[.?](?=\s)").finditer(text, body))
    lost = [s[0] for s in sentences if not any(s.start() <= a < s.end() for a, _ in spans)]
    assert len(sentences) >= 5
    assert lost == []
