"""Who says what of which event: authors, ministries, mayors, and those who deny."""

import datetime as dt

import pytest

from geoconflict.drafting import draft_events

DAY = dt.date(2025, 8, 24)


def heard(text, day="2025-11-25"):
    found = draft_events(text, published=day).events
    return [{(r.claimant.value, r.side, r.stance.value) for r in e.reports} for e in found]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Дроны попали в НПЗ в Сызрани. В Генштабе попадание по заводу подтвердили.",
         {("Генштаб", "UA", "confirms")}),
        ("In Kharkiv a drone hit a house; the mayor reported one woman killed.",
         {("mayor", "UA", "claims")}),
        ("Missiles hit a port in Odesa. Moscow says it was a ship, UA Navy calls that nonsense.",
         {("UA Navy", "UA", "denies")}),
        ("Дві ракети влучили у центр Сум. Міноборони РФ заявило, що вдарило по нараді командирів.",
         {("Міноборони РФ", "RU", "claims")}),
        ("Drones hit Kstovo overnight. In the Kremlin they did not comment on the attack.", set()),
    ],
)  # fmt: skip
def test_who_speaks_of_a_strike_is_heard(text, wanted):
    (said,) = heard(text)
    assert wanted <= said
    assert wanted or not said


def test_what_an_author_calls_untrue_is_claimed_by_others_and_denied_by_the_author():
    text = (
        "Генеральний штаб ЗСУ\nОперативна інформація станом на 16:00\n\n"
        "Заяви Міноборони РФ про захоплення Торецька не відповідають дійсності."
    )
    assert heard(text) == [
        {("Міноборони РФ", "RU", "claims"), ("Генеральний штаб ЗСУ", "UA", "denies")}
    ]


def test_the_author_of_a_text_tells_what_comes_before_the_word_of_others():
    text = (
        "Генеральний штаб ЗСУ інформує\n25 листопада 2025 року\n\n"
        "Уражено НПЗ у Сизрані. Губернатор Федорищев визнав пожежу на заводі.\n\nСлава Україні!"
    )
    ((staff, *others),) = (sorted(said) for said in heard(text))
    assert staff == ("Генеральний штаб ЗСУ", "UA", "claims")
    assert [stance for _, _, stance in others] == ["confirms"]


def test_the_ministry_is_who_was_named_so():
    text = (
        "Russia's defence ministry said that drones hit Kursk. Ukraine's General Staff denied it. "
        "Russia's air defences downed 65 drones overnight, the ministry said."
    )
    *_, count = heard(text)
    assert {side for _, side, _ in count} == {"RU"}


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("На Харківщині пошкоджено підстанцію, на Сумщині загинула одна людина.",
         [("UA-63", "substation", None), ("UA-59", None, 1)]),
        ("The worst strike on Kyiv since 8 July, when more than 30 people died, damaged a house.",
         [("UA-30", "residential", None)]),
        ("False alarm: the explosion at Saky airbase was a controlled demolition.", []),
    ],
)  # fmt: skip
def test_what_is_told_of_one_place_or_day_is_not_given_to_another(text, wanted):
    events = draft_events(text, published="2025-11-25").events
    told = [tuple(e.value(c) for c in ("admin1", "target_type", "killed")) for e in events]
    assert told == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Russian forces seized Udachne, the Russian MoD claimed, but a Ukrainian unit denied it.",
         {("Russian MoD", "claims")}),
        ("The Russian MoD claimed that Russian forces seized Udachne, but the 7th Corps denied it.",
         {("Russian MoD", "claims"), ("7th Corps", "denies")}),
        ("Міноборони РФ заявило про взяття Удачного, угруповання військ «Дніпро» це спростувало.",
         {("Міноборони РФ", "claims"), ("угруповання військ «Дніпро»", "denies")}),
        ("Gladkov said a drone killed two in Shebekino, but denied that troops had entered it.",
         {("Gladkov", "claims")}),
        ("СБУ взяла на себе відповідальність за удар по аеродрому Саки.", {("СБУ", "claims")}),
    ],
)  # fmt: skip
def test_a_denial_is_of_who_denies_and_of_what_is_denied(text, wanted):
    assert [{(who, stance) for who, _, stance in said} for said in heard(text)] == [wanted]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (
            "Силы ПВО уничтожили над Россией 85 беспилотников, сообщило Минобороны РФ.",
            "По данным ведомства, 12 аппаратов сбиты над Курской областью, 9 над Тульской.",
        ),
        (
            "Сили ППО знищили 85 безпілотників над Україною, повідомили Повітряні сили.",
            "За даними відомства, 12 дронів збито над Одеською областю, 9 над Сумською.",
        ),
    ],
)
def test_the_body_told_before_is_who_counts_in_the_next_paragraph(first, second):
    events = draft_events(f"{first}\n\n{second}", published=DAY).events
    assert len(events) == 3
    assert all(event.reports for event in events)
    assert len({r.claimant.value for event in events for r in event.reports}) == 1


def test_and_also_goes_on_with_what_is_said():
    text = "СБУ повідомила про удари по НПЗ у Сизрані, а також по заводу «Електроприлад» у Пензі."
    said = [[r.claimant.value for r in e.reports] for e in draft_events(text, published=DAY).events]
    assert said == [["СБУ"], ["СБУ"]]


@pytest.mark.parametrize(
    ("text", "stances"),
    [
        (
            "Moscow says its troops took Oleksiivka near Sumy. Andrii Demchenko calls it untrue.",
            {"claims", "denies"},
        ),
        (
            "Минобороны РФ заявило об освобождении Филии. В ОСУВ «Днепр» это отрицают.",
            {"claims", "denies"},
        ),
    ],
)
def test_who_calls_it_untrue_or_commands_the_sector_denies(text, stances):
    (event,) = draft_events(text, published=DAY).events
    assert {r.stance.value for r in event.reports} == stances


@pytest.mark.parametrize(
    ("text", "heard"),
    [
        ("Drones hit the Kstovo refinery. The governor denied that it was hit.", "denies"),
        ("Дрони влучили у НПЗ у Саратові. Губернатор визнав пожежу.", "confirms"),
        ("Беспилотники атаковали порт Туапсе. Губернатор опроверг повреждения.", "denies"),
    ],
)
def test_a_governor_without_a_name_is_that_of_the_only_region_told_of(text, heard):
    (event,) = draft_events(text, published="2025-03-20").events
    (report,) = event.reports
    assert (report.side, report.stance.value) == ("RU", heard)


def test_of_two_regions_a_governor_without_a_name_is_nobody_s():
    text = "Drones hit plants in Ryazan and Tula. The governor confirmed a fire."
    assert [event.reports for event in draft_events(text, published="2025-03-20").events] == [
        (),
        (),
    ]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Drones hit the port of Taganrog. Governor Ivan Ivanov confirmed a fire.",
         {("Governor Ivan Ivanov", "RU", "confirms")}),
        ("У Полтаві дрон влучив у будинок, повідомив в. о. голови ОВА Петро Петренко.",
         {("в. о. голови ОВА Петро Петренко", "UA", "claims")}),
        ("Удар по Балаклії: загинуло двоє, повідомили в Харківській обласній прокуратурі.",
         {("Харківській обласній прокуратурі", "UA", "claims")}),
        ("Глава Шатурского округа Алексей Артюхин подтвердил атаку дронов на Шатуру.",
         {("Глава Шатурского округа Алексей Артюхин", "RU", "confirms")}),
        ("A drone hit Nikopol, said Ivan Ivanov, the mayor, and governor Mykola Petrenko.",
         {("Ivan Ivanov, the mayor", "UA", "claims"),
          ("governor Mykola Petrenko", "UA", "claims")}),
        ("Seven died in Kyiv, mayor Vitali Klitschko said, when a drone hit a house.",
         {("mayor Vitali Klitschko", "UA", "claims")}),
        ("Drones hit the Saratov refinery. Kyiv claimed responsibility for the attack.",
         {("Kyiv", "UA", "claims")}),
        ("Drones hit Belgorod. The attack has not been confirmed by Moscow.", set()),
        ("Drones hit Belgorod. Neither strike has been acknowledged by Moscow.", set()),
        ("ВСУ заняли Радьковку. Аналитики ISW не нашли подтверждений этому.", set()),
        ("ВСУ заняли Радьковку. Аналитики ISW подтвердили это.", {("ISW", "other", "confirms")}),
    ],
)  # fmt: skip
def test_whoever_holds_an_office_speaks_for_where_it_is_and_silence_is_no_stance(text, wanted):
    assert heard(text) == [wanted]


@pytest.mark.parametrize(
    "text",
    [
        "Російський дрон влучив у станцію підготовки газу в Полтаві.",
        "Малі дрони вдарили по Херсону.",
        "Российский дрон попал в хранилище газа в Полтаве.",
    ],
)
def test_gas_and_what_is_small_are_no_countries_at_another_war(text):
    (event,) = draft_events(text, published="2025-11-25").events
    assert event.value("kind") == "strike"


def test_where_somebody_spoke_was_not_hit():
    text = "Speaking in Kyiv, President Zelensky said that Russia hit a power plant in Kharkiv."
    events = draft_events(text, published="2025-11-25").events
    assert [(e.value("place"), e.value("target_type")) for e in events] == [
        ("Kharkiv", "power_plant")
    ]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Вночі дрони атакували Чугуїв і Балаклію. Про всі атаки повідомив Синєгубов.",
         [{("Синєгубов", "claims")}] * 2),
        ("Drones hit Taganrog and Novorossiysk. Both attacks were confirmed by the SBU.",
         [{("SBU", "confirms")}] * 2),
        ("Генштаб ЗСУ підтвердив ураження НПЗ у Туапсе. Також уражено склад у Сизрані.",
         [{("Генштаб ЗСУ", "confirms")}] * 2),
        ("Drones hit the Saratov refinery. Residents posted footage geolocated by Astra to it.",
         [{("Astra", "geolocates")}]),
        ("Дрони вдарили по Енгельсу. Аналітики Firmaplus прив'язали відео до нафтобази.",
         [{("Firmaplus", "geolocates")}]),
        ("Russia took Kupiansk, its troops said. \"These are lies,\" Ukraine's General Staff said.",
         [{("Ukraine's General Staff", "denies")}]),
        ("Russia's MoD said it took Kupiansk. All this is a lie, Ukraine's General Staff said.",
         [{("Russia's MoD", "claims"), ("Ukraine's General Staff", "denies")}]),
        (("A drone killed two in Horlivka, according to the Moscow-backed mayor Ivan Ivanov. Kyiv "
         "denies targeting civilians."), [{("Moscow-backed mayor Ivan Ivanov", "claims")}]),
        ("Russia's MoD said it hit a plant in Lozova. Prosecutors said the strike killed two.",
         [{("Russia's MoD", "claims"), ("Prosecutors", "confirms")}]),
        ("Ukraine's SBU said it hit a plant in Ryazan. Malkov said debris fell on a plant.",
         [{("SBU", "claims"), ("Malkov", "claims")}]),
        ("Дрон пошкодив вокзал у Краматорську. Міненерго заявило про знеструмлення на Сумщині.",
         [set()]),
    ],
)  # fmt: skip
def test_a_voice_reaches_what_it_is_about_and_nothing_else(text, wanted):
    assert [{(who, stance) for who, _, stance in said} for said in heard(text)] == wanted


def test_the_city_of_a_mayor_is_theirs_and_that_of_an_oblast_is_not_told():
    text = (
        "Дрон пошкодив вокзал у Краматорську. Міський голова Конотопа Артем Семеніхін написав, "
        "що в місті влучили в підстанцію."
    )
    events = draft_events(text, published="2025-11-25").events
    assert [e.value("place") for e in events] == ["Kramatorsk", "Konotop"]
    text = "Начальник Запорізької ОВА повідомив про удар по місту КАБами: загинуло двоє людей."
    (event,) = draft_events(text, published="2025-11-25").events
    assert (event.value("place"), event.value("admin1"), event.value("killed")) == (
        None, "UA-23", 2,
    )  # fmt: skip


def test_who_holds_an_office_is_the_author_of_a_post_headed_by_name_and_office():
    text = (
        "Ілля Ілленко, начальник Дніпропетровської ОВА\n"
        "Ворог ударив КАБами по Марганцю. У Нікополі загинула жінка. Пошкоджено будинки."
    )
    author = "Ілля Ілленко, начальник Дніпропетровської ОВА"
    assert heard(text) == [{(author, "UA", "claims")}] * 2


def test_who_appointed_an_official_says_nothing_of_the_region():
    text = "В Токмаке дрон ударил по автобусу, сообщил назначенный Москвой глава области."
    (event,) = draft_events(text, published="2025-11-25").events
    assert event.value("admin1") != "RU-MOW"
