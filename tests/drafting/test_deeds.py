"""Which sentences tell no event, or another one than their words seem to."""

import datetime as dt

import pytest

from geoconflict.drafting import draft_events

DAY = dt.date(2025, 3, 20)


def read(text):
    return draft_events(text, published=DAY).events


def told(text):
    return [(event.value("kind"), event.value("place")) for event in read(text)]


@pytest.mark.parametrize(
    "text",
    [
        "Snowfall hit Kyiv, killing two.",
        "A storm struck Odesa on Monday, killing three people and damaging homes.",
        "Two people were killed in a road accident in Kyiv on Monday.",
        "Lightning struck an oil depot in Engels.",
        "Негода вдарила по Києву: двоє загиблих.",
        "Унаслідок ДТП у Києві загинули троє людей.",
        "Внаслідок вибуху побутового газу в Харкові загинули двоє людей.",
        "Ураган обрушился на Одессу, погибли двое человек.",
        "Снегопад в Киеве: двое погибших.",
        "В Харькове в субботу дважды объявляли тревогу, о попаданиях не сообщалось.",
        "У Харкові вночі лунали сирени, влучань не зафіксовано.",
    ],
)
def test_weather_accidents_and_alarms_are_no_strikes(text):
    assert told(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "A fire broke out at a depot in Kirzhach after a violation of safety rules; 4 were hurt.",
        "A gas explosion in Saratov killed three people. The police ruled out a drone strike.",
        "На заводі в Рязані стався вибух, загинули двоє. Причина – порушення правил безпеки.",
        "Пожар на складе под Тверью произошёл из-за неосторожного обращения с огнём.",
        "На складе боеприпасов под Тверью пожар. По данным МЧС, причина – короткое замыкание.",
    ],
)
def test_a_fire_that_is_laid_to_chance_was_struck_by_nobody(text):
    draft = draft_events(text, published=DAY)
    assert draft.events == ()
    assert draft.unread  # what was seen is listed


@pytest.mark.parametrize(
    "text",
    [
        "NATO jets practised intercepting drones, and missiles hit targets at the Ustka range.",
        "The film shows how a missile hit the theatre in Mariupol. It opens in Warsaw on Friday.",
        "A strike on the port of Odesa would halt grain exports, traders say.",
        "Schools in Saratov switched to remote teaching on Wednesday after the attack.",
        "Kazan airport was closed after a drone attack on the city.",
        "ЗСУ провели навчання: розрахунки HIMARS знищили умовні цілі в Житомирській області.",
        "У Києві суд заочно засудив командира за ракетний удар по лікарні «Охматдит».",
        "Сьогодні роковини: три роки тому росіяни вдарили по вокзалу Краматорська.",
        "Міністр обговорив із партнерами захист портів Одеси й Ізмаїла від атак дронів.",
        "Удар по порту Одеси зупинив би експорт, кажуть трейдери.",
        "У Львові вибухнув газовий балон, пошкоджено квартиру, двоє поранених.",
        "В Белгороде прошли учения: условный противник атаковал беспилотниками нефтебазу.",
        "В Рязани на НПЗ загорелась установка, на заводе говорят о техническом сбое.",
        "В порту Усть-Луги загорелся танкер; судовладелец исключает атаку.",
        "В Москве суд арестовал подозреваемого в подготовке взрыва на нефтебазе в Твери.",
    ],
)
def test_what_is_rehearsed_recounted_or_only_thought_of_is_no_event(text):
    assert told(text) == []


@pytest.mark.parametrize(
    ("text", "target"),
    [
        ("A drone hit a school in Kherson, which is closed for repairs.", "education"),
        ("The airport in Pskov was attacked by drones and suspended flights.", "airfield"),
        ("В Саратове после атаки беспилотников школы перевели на дистант.", None),
        ("Беспилотник попал в школу в Белгороде, занятия перевели на дистант.", "education"),
        ("Ракета влучила в школу у Запоріжжі, навчання призупинено.", "education"),
    ],
)
def test_a_school_that_only_closed_was_not_hit(text, target):
    (event,) = read(text)
    assert event.value("target_type") == target


@pytest.mark.parametrize(
    "text",
    [
        "Drones set fire to a depot near Proletarsk. Officials first spoke of a short circuit.",
        "Безпілотники вдарили по нафтобазі в Енгельсі. Губернатор заявив про коротке замикання.",
    ],
)
def test_a_strike_that_others_lay_to_chance_is_one(text):
    assert [kind for kind, _ in told(text)] == ["strike"]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (
            "Forces hit the Novokuibyshevsk refinery and a fuel depot near Luhansk.",
            [("novokuibyshevsk-refinery", "Novokuibyshevsk"), ("luhansk-oil-depot", "Luhansk")],
        ),
        (
            "Дроны поразили Ильский НПЗ и нефтебазу в Феодосии.",
            [("ilsky-refinery", "Ilsky"), ("feodosia-oil-terminal", "Feodosia")],
        ),
        ("Вдарили по нафтобазі в Енгельсі.", [("engels-kristall", "Engels")]),
        ("Ночью дроны атаковали нефтезавод в Сызрани.", [("syzran-refinery", "Syzran")]),
        ("Drones hit the Kirzhach ammunition depot.", [(None, "Kirzhach")]),
    ],
)
def test_each_plant_of_a_pair_is_struck_by_its_name_or_town(text, wanted):
    named = [(e.value("facility"), e.value("place")) for e in read(text)]
    assert [(f if f and "-" in f else None, place) for f, place in named] == wanted


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("Storm Shadow missiles hit a plant in Bryansk.", "Bryansk"),
        ("Russian forces shelled Sumy in heavy snow, killing two.", "Sumy"),
        ("Попри негоду, ворог обстріляв Суми, загинули двоє людей.", "Sumy"),
        ("В Харькове двое погибли при обстреле, ещё один – в ДТП.", "Kharkiv"),
    ],
)
def test_a_strike_in_bad_weather_is_one(text, place):
    assert ("strike", place) in told(text)


@pytest.mark.parametrize(
    ("text", "events"),
    [
        (
            "Russia's ministry said its troops had taken Ukrainsk, a mine town south of Pokrovsk.",
            [("control_change", "Ukrainsk")],
        ),
        (
            "Українські сили просунулися в районі Піщаного на південний захід від Покровська.",
            [("advance", "Pishchane")],
        ),
        (
            "Найгарячіше нині на Покровському та Краматорському напрямках, тривають бої.",
            [("clash", "Pokrovsk"), ("clash", "Kramatorsk")],
        ),
        (
            "Бои идут на Покровском, Торецком и Краматорском направлениях.",
            [("clash", "Pokrovsk"), ("clash", "Toretsk"), ("clash", "Kramatorsk")],
        ),
    ],
)
def test_a_name_that_only_says_where_another_lies_is_no_event(text, events):
    assert told(text) == events


@pytest.mark.parametrize(
    "text",
    [
        "Минобороны РФ заявило о взятии Торецка. Подтверждения от украинской стороны нет.",
        "Міноборони РФ заявило про захоплення Торецька. Підтвердження з боку України немає.",
    ],
)
def test_a_missing_confirmation_is_none(text):
    assert [(r.side, r.stance.value) for r in read(text)[0].reports] == [("RU", "claims")]


@pytest.mark.parametrize(
    "text",
    [
        "A bridge collapsed in Bryansk Oblast on 31 May, killing seven people.",
        "У Брянській області обвалився міст, загинули семеро людей.",
        "В Брянской области рухнул мост, погибли семь человек.",
    ],
)
def test_a_bridge_that_only_came_down_was_struck_by_nobody(text):
    (event,) = draft_events(text, published="2025-06-01").events
    assert (event.value("kind"), event.value("actor"), event.value("killed")) == ("other", None, 7)


def test_a_village_that_a_side_claims_is_said_to_change_hands():
    text = "The Russian Ministry of Defence claims Dachne in Donetsk Oblast."
    (event,) = draft_events(text, published="2025-06-01").events
    assert (event.value("kind"), event.value("place")) == ("control_change", "Dachne")


def test_a_count_is_of_the_night_of_its_relative_clause():
    text = "Удень 30 травня ворог обстріляв Суми. Із 40 дронів, якими ворог бив уночі, збито 33."
    event = draft_events(text, published="2025-06-01").events[1]
    days = event.value("date_start"), event.value("date_end")
    assert (*days, event.value("shot_down")) == ("2025-05-31", "2025-06-01", 33)


@pytest.mark.parametrize(
    ("text", "events"),
    [
        ("On 30 May drones hit a refinery in Ryazan.", [("strike", "Ryazan")]),
        ("In May Russian forces captured Toretsk.", [("control_change", "Toretsk")]),
        ("Drones may hit Ryazan on 30 May.", []),
        ("Drones May Hit Ryazan.", []),
    ],
)
def test_the_month_of_may_makes_nothing_doubtful(text, events):
    assert told(text) == events


@pytest.mark.parametrize(
    ("text", "side"),
    [
        ("Із 40 дронів, якими ворог бив уночі, збито 33.", "UA"),
        ("Of the 40 drones with which the enemy attacked overnight, 33 were shot down.", "UA"),
        ("Из 40 дронов, которыми ВСУ били по Крыму, сбито 33.", "RU"),
        ("Ukrainian defenders shot down 33 of 40 drones.", "UA"),
    ],
)
def test_who_attacked_with_drones_did_not_shoot_them_down(text, side):
    (event,) = draft_events(text, published="2025-06-01").events
    assert (event.value("kind"), event.value("actor")) == ("interception", side)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (
            "Officials in Sumy said three were wounded in a strike on Krasnopillia.",
            [("strike", "Krasnopillia")],
        ),
        ("Військові в Херсоні повідомили про обстріл Антонівки.", [("strike", "Antonivka")]),
        ("Военные в Херсоне сообщили об обстреле Антоновки.", [("strike", "Antonivka")]),
        ("Officials in Sumy said a strike hit an apartment block.", [("strike", "Sumy")]),
        (
            "A strike on a school in Kharkiv was reported; in Izium a depot burned.",
            [("strike", "Kharkiv"), ("strike", "Izium")],
        ),
    ],
)
def test_where_those_who_speak_are_is_not_where_it_was(text, wanted):
    assert told(text) == wanted


@pytest.mark.parametrize(
    "text",
    [
        "Оператори Сил безпілотних систем знищили склад у Володимирській області.",
        "Сили безпілотних систем уразили склад у Білгородській області.",
        "Ukraine's Unmanned Systems Forces destroyed a depot in Mari El.",
    ],
)
def test_the_unmanned_systems_forces_are_no_drones_that_were_shot_down(text):
    (event,) = read(text)
    assert (event.value("kind"), event.value("weapon")) == ("strike", None)
    assert event.value("admin1") in ("RU-VLA", "RU-BEL", "RU-ME")


@pytest.mark.parametrize(
    ("text", "units"),
    [
        ("Российские войска заняли Новомихайловку и Камышеваху в ДНР.", {"UA-14"}),
        ("Гладков: в посёлке Дубовое дрон атаковал автобус, ранен водитель.", {"RU-BEL"}),
        (
            "Belgorod Governor Vyacheslav Gladkov said a drone hit a bus in the village Dubovoye.",
            {"RU-BEL"},
        ),
    ],
)
def test_a_village_is_in_the_region_told_of_its_list_or_of_its_official(text, units):
    events = read(text)
    assert events
    assert {event.value("admin1") for event in events} == units
    assert all(event.value("facility") is None for event in events)


@pytest.mark.parametrize(
    "text",
    [
        "В Сызрани снова горит нефтезавод. Это третья атака за месяц, прошлая была 2 марта.",
        "У Сизрані знову горить НПЗ. Це третя атака за місяць, минула була 2 березня.",
        "The Syzran refinery burns again. It is the third attack; the last one was on 2 March.",
    ],
)
def test_the_day_of_the_attack_before_is_not_that_of_the_last(text):
    days = [event.value("date_end") for event in read(text) if not event.is_background]
    assert days == ["2025-03-20"]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (
            "The president cuts short his trip to South Africa because of the attack on Kyiv.",
            "Kyiv",
        ),
        ("Зеленський перервав візит до Південної Африки через атаку на Київ.", "Kyiv"),
        ("Путин увеличит давление на Москву после удара по Запорожью.", "Zaporizhzhia"),
        ("The toll in Kyiv's Sviatoshynskyi district has risen to 12 dead and 90 injured.", "Kyiv"),
    ],
)
def test_only_what_was_attacked_is_where_it_was(text, wanted):
    assert told(text) == [("strike", wanted)]


@pytest.mark.parametrize(
    ("text", "target"),
    [
        ("Mayor Klitschko: a drone injured 70 in Kyiv, 31 of them are in hospital.", None),
        ("Двое раненых доставлены в больницу после удара по Херсону.", None),
        ("Ракета попала в больницу в Херсоне, ранены трое.", "hospital"),
        ("In Kherson, three people were injured when a shell hit a hospital.", "hospital"),
    ],
)
def test_a_hospital_of_the_injured_is_none_that_was_hit(text, target):
    (event,) = read(text)
    assert event.value("target_type") == target


@pytest.mark.parametrize(
    "text",
    [
        "Then the bomb fell on Sumy. Twenty-four people died in Sumy on Tuesday.",
        "The death toll of the strike on Sumy, which Russia carried out on March 18, rose to 24.",
        "Кількість загиблих унаслідок удару по Сумах, якого завдали 18 березня, зросла до 24.",
        "Число погибших при ударе по Сумам, который нанесли 18 марта, выросло до 24.",
    ],
)
def test_a_later_day_told_of_a_strike_is_its_day(text):
    (event,) = read(text)
    assert (event.value("date_end"), event.value("killed")) == ("2025-03-18", 24)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (
            "The ministry in Moscow also says its troops have taken Oleksiivka in Sumy region.",
            [("control_change", "Oleksiivka")],
        ),
        ("Drones hit the refinery across the Volga in Saratov.", [("strike", "Saratov")]),
        ("A drone hit a Bashneft refinery in Ufa.", [("strike", "Ufa")]),
        ("Ліквідовано 74 окупанти, знищено два мотоцикли та чотири БпЛА.", []),
        ("Уничтожены два танка, миномёт и семь БПЛА противника.", []),
        ("Сили ППО збили 45 дронів, пошкоджено автомобілі.", [("interception", None)]),
        ("Air defence shot down 30 drones; motorcycles burnt.", [("interception", None)]),
    ],
)
def test_neither_a_seat_nor_a_river_nor_a_list_of_losses_is_an_event(text, wanted):
    assert told(text) == wanted


def test_where_a_ministry_sits_is_not_taken():
    text = "Russian forces captured Sribne in Donetsk region, the defence ministry in Moscow said."
    assert told(text) == [("control_change", "Sribne")]


@pytest.mark.parametrize(
    ("text", "killed"),
    [
        ("A bomb hit a hostel in Kharkiv, killing a woman of 61 and wounding 11.", 1),
        (
            (
                "Уранці окупанти обстріляли Антонівку на Херсонщині, поранено двох людей. "
                "За минулу добу в області загинула одна людина."
            ),
            None,
        ),
    ],
)
def test_neither_an_age_nor_the_toll_of_a_region_is_that_of_a_place(text, killed):
    (event,) = read(text)
    assert event.value("killed") == killed


@pytest.mark.parametrize(
    ("text", "place", "day"),
    [
        (
            "Drones hit the Afipsky refinery on Tuesday. It was also struck on 3 February.",
            "Afipsky",
            "2025-02-03",
        ),
        (
            "A bomb hit a market in Kostiantynivka. On 6 September 2023 a missile killed 16 there.",
            "Kostiantynivka",
            "2023-09-06",
        ),
        (
            "Дрони вдарили по порту Ізмаїла. Востаннє його атакували 2 березня.",
            "Izmail",
            "2025-03-02",
        ),
        (
            "Сызрань. Прилёт по НПЗ. Кто забыл, его же били 15 августа.",
            "Syzran",
            "2024-08-15",
        ),
        (
            "В Таганроге атакован авиазавод. Здесь же 9 марта 2024 года поражали самолёт.",
            "Taganrog",
            "2024-03-09",
        ),
    ],
)
def test_what_was_struck_before_is_an_event_of_its_own_day(text, place, day):
    first, second = read(text)
    assert not first.is_background
    assert first.value("date_start") > "2025-03-15"
    assert second.is_background
    assert (second.value("place"), second.value("date_start")) == (place, day)


@pytest.mark.parametrize(
    "text",
    [
        "Drones hit the Ryazan refinery on Wednesday. The governor said on 12 March it was safe.",
        "Дроны поразили химзавод в Невинномысске. Губернатор: 15 марта его не атаковали.",
        "У Харкові КАБ влучив у гуртожиток. 12 березня тут попрощалися із загиблими.",
    ],
)
def test_another_day_without_a_strike_is_no_event(text):
    assert len(read(text)) == 1


def test_what_went_before_is_on_no_day_of_the_report():
    event = read("В прошлом году в Туапсе падали обломки беспилотников.")[0]
    assert event.is_background
    assert event.value("date_start") is None


@pytest.mark.parametrize(
    "text",
    [
        "A fire broke out at the Ryazan refinery on Wednesday, the plant said.",
        "Пожежа на складі у Полтаві: горить 500 квадратних метрів.",
        "В Рязани горит НПЗ. Причины уточняются.",
        "An explosion damaged a railway line near Bryansk, officials said.",
    ],
)
def test_a_fire_of_which_no_cause_is_told_was_brought_about_by_nobody(text):
    (event,) = read(text)
    assert (event.value("kind"), event.value("actor")) == ("other", None)


@pytest.mark.parametrize(
    "text",
    [
        "Drones attacked Russia's south.\n\nVolgograd: the refinery is burning again.",
        "⚡️Кубань: атака БПЛА.\n\nТуапсе. Горит терминал.",
    ],
)
def test_a_fire_of_a_report_of_drones_is_a_strike(text):
    (event,) = read(text)
    assert (event.value("kind"), event.value("actor")) == ("strike", "UA")


def test_a_depot_with_a_name_of_its_own_is_not_the_one_told_before():
    text = (
        "Дроны ночью ударили по нефтебазе «Кавказская» в Краснодарском крае.\n\n"
        "Энгельс становится целью не впервые. 8 января дроны подожгли в городе нефтебазу "
        "«Кристалл»."
    )
    assert told(text)[1] == ("strike", "Engels")


def test_a_district_is_not_in_the_region_told_of_before():
    text = (
        "Drones hit a depot near Tikhoretsk, in Krasnodar Krai. The same night an arsenal in the "
        "Toropets district was struck, the staff said."
    )
    assert [event.value("admin1") for event in read(text)] == ["RU-KDA", "RU-TVE"]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (("Russian forces attacked Huliaipole and Varvarivka but did not advance, and carried out "
         "air strikes on Orikhiv, the General Staff reported."),
         [("clash", "Huliaipole"), ("clash", "Varvarivka"), ("strike", "Orikhiv")]),
        ("Ворог атакував біля Гуляйполя, не просунувся, і завдав авіаударів по Оріхову.",
         [("clash", "Huliaipole"), ("strike", "Orikhiv")]),
        ("Противник атаковал у Гуляйполя, но не продвинулся, и нанес авиаудары по Орехову.",
         [("clash", "Huliaipole"), ("strike", "Orikhiv")]),
        ("Drones attacked Odesa, and Russian troops advanced near Pokrovsk.",
         [("advance", "Pokrovsk"), ("strike", "Odesa")]),
        ("Russian forces attacked Kherson and Sumy with drones, and hit a school.",
         [("strike", "Kherson"), ("strike", "Sumy")]),
        ("The army buys 2,000 interceptor drones made in Lviv.", []),
        ("Romania evacuated the village of Plauru when a tanker burned in Izmail after a strike.",
         [("strike", "Izmail")]),
        ("Взрыв на НПЗ в Саратове. Дроны ударили по заводу ночью, сообщил Генштаб ВСУ.",
         [("strike", "Saratov")]),
    ],
)  # fmt: skip
def test_each_verb_of_a_sentence_has_its_own_places(text, wanted):
    events = draft_events(text, published="2025-11-19").events
    assert [(e.value("kind"), e.value("place")) for e in events] == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (("Drones launched from the Sumy region attacked Kursk. A hospital in Rylsk was damaged, "
         "Khinshtein said."), ["RU-KRS", "RU-KRS"]),
        ("Ukraine hit an oil depot near Novoye Selo and a command post in Oryol region.",
         [None, "RU-ORL"]),
    ],
)  # fmt: skip
def test_a_region_that_arms_came_from_or_another_thing_is_in_is_not_that_of_a_town(text, wanted):
    events = draft_events(text, published="2025-11-19").events
    assert [e.value("admin1") for e in events] == wanted


def test_a_gain_called_untrue_was_claimed_by_the_enemy_of_who_says_so():
    text = (
        "Оперативна інформація станом на 22:00\n\n"
        "Заяви росіян про захоплення Покровська не відповідають дійсності."
    )
    (event,) = draft_events(text, published="2025-11-19").events
    assert event.value("actor") == "RU"


def test_who_fired_what_was_shot_down_does_not_confirm_that_it_was():
    text = "Над Воронежской областью сбиты четыре ракеты. В Генштабе ВСУ подтвердили пуск ракет."
    (event,) = draft_events(text, published="2025-11-19").events
    assert not event.reports
