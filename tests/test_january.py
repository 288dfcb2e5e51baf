"""The first casebook: what its tables say of each other must fit together."""

from collections import Counter

import pytest

# Who speaks for which side; whoever is not named here is independent of both.
SIDES = {
    "UA": (
        "Andrii Kovalenko (NSDC)",
        "General Staff of Ukraine",
        "Kyrylo Budanov (GUR)",
        "Local residents (via SBU source)",
        "Military intelligence of Ukraine (GUR)",
        "Municipality of Kyiv",
        "Prosecutor General of Ukraine",
        "SBU source",
        "Serhii Cherevatyi (Operational Command East)",
        "Ukrainian Air Force",
        "Ukrainian Navy",
        "Vadym Sukharevskyi (Unmanned Systems Forces)",
        "Viktor Trehubov (Khortytsia group of forces)",
    ),
    "RU": (
        "Authorities of Tatarstan",
        "Governor of Astrakhan Oblast",
        "Governor of Kaluga Oblast",
        "Governor of Volgograd Oblast",
        "Russian Ministry of Defence",
    ),
    "independent": (
        "Astra",
        "Astra (citing Emergencies Ministry)",
        "Astra (citing a plant employee)",
        "Astra (citing emergency services)",
        "Institute for the Study of War",
        "Metinvest",
        "OSINT account (geolocation)",
        "Russian Telegram channels",
        "The New York Times",
        "UK Ministry of Defence",
    ),
}
BELLIGERENT = {who: side for side in ("UA", "RU") for who in SIDES[side]}


def side(claimant):
    """The belligerent that a claimant belongs to, or the outlet, whatever it cites."""
    return BELLIGERENT.get(claimant, claimant.partition(" (")[0])


@pytest.fixture(scope="module")
def said(january):
    """Sides by stance, for each event: what its status has to follow from."""
    found = {event: {} for event in january.events["id"]}
    for row in january.reports.itertuples():
        found[row.event_id].setdefault(row.stance, set()).add(side(row.claimant))
    return found


def events_of(january, status):
    return january.events["id"][january.events["status"] == status]


def test_every_claimant_is_known_to_belong_to_a_side_or_to_none(january):
    known = {who for names in SIDES.values() for who in names}
    assert set(january.reports["claimant"]) == known


def test_every_event_is_claimed_by_somebody(said):
    assert [e for e, found in said.items() if not {"claims", "geolocates"} & set(found)] == []


def test_claimed_is_what_one_side_alone_says(january, said):
    for event in events_of(january, "claimed"):
        assert set(said[event]) == {"claims"}, event
        assert len(said[event]["claims"]) == 1, event


def test_confirmed_is_what_another_side_says_too(january, said):
    for event in events_of(january, "confirmed"):
        assert set(said[event]) == {"claims", "confirms"}, event
        assert not said[event]["confirms"] & said[event]["claims"], event


def test_geolocated_is_what_somebody_placed_from_images(january, said):
    for event in events_of(january, "geolocated"):
        assert "geolocates" in said[event], event
    assert set(events_of(january, "geolocated")) >= {e for e in said if "geolocates" in said[e]}


def test_what_is_denied_is_disputed_unless_somebody_placed_it(january, said):
    status = january.events.set_index("id")["status"]
    denied = {event for event, stances in said.items() if "denies" in stances}
    assert denied == {"2025-01-20-gorbunov-plant"}
    assert {status[event] for event in denied} <= {"disputed", "geolocated"}
    assert set(events_of(january, "disputed")) <= denied


def test_the_status_of_each_strike_that_more_than_one_party_reports(january):
    status = january.events.set_index("id")["status"]
    assert status["2025-01-24-ryazan-refinery"] == "confirmed"
    assert status["2025-01-24-ryazan-power-plant"] == "claimed"
    assert status["2025-01-18-lyudinovo-depot"] == "confirmed"
    assert status["2025-01-24-kremniy-el"] == "confirmed"
    assert status["2025-02-03-volgograd-refinery"] == "confirmed"
    assert status["2025-01-20-kazan-interception"] == "claimed"


def test_a_date_that_is_not_reported_says_so(january):
    basis = january.events.set_index("id")["date_basis"]
    assumed = january.events["note"].fillna("").str.contains("assum").to_numpy()
    assert set(basis[assumed]) == {"assumed", "before", "about"}
    assert basis["2025-01-24-pishchane-mine-shaft"] == "before"
    assert basis["2025-01-20-buk-m3"] == "about"
    assert basis["2025-02-03-lyman-russian-advance"] == "assumed"
    assert basis["2025-01-24-ryazan-refinery"] == "exact"


def test_the_oblasts_named_make_no_more_than_the_whole_night(january):
    """37 over Bryansk, 20 over Ryazan and 17 each over Kursk and Saratov are 91 of 121."""
    value = january.claims.set_index("id")["value_min"]
    named = ("bryansk", "ryazan", "kursk", "saratov")
    assert sum(value[f"intercepted-{oblast}"] for oblast in named) == 91
    assert value["intercepted-russia"] == 121
    note = january.events.set_index("id")["note"]["2025-01-24-interceptions-russia"]
    assert "make 91" in note


def test_every_row_that_has_an_event_is_of_a_source_that_reports_it(january):
    """Another publisher's figure must not look like a finding on an event it does not report."""
    reported = set(zip(january.reports["event_id"], january.reports["source"], strict=True))
    of_events = january.claims.dropna(subset="event_id")
    assert set(zip(of_events["event_id"], of_events["source"], strict=True)) <= reported


def test_nobody_is_quoted_twice_on_one_event_with_one_stance(january):
    rows = january.reports[["event_id", "claimant", "stance"]].itertuples(index=False)
    assert [row for row, count in Counter(map(tuple, rows)).items() if count > 1] == []
