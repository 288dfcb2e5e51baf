"""Words that stand with place names in English, Ukrainian and Russian, and what they tell."""

from __future__ import annotations

import re

# What a place is: these may end a name although they are small.
_KINDS = """
oblast oblasts region regions krai kray province republic district districts raion city town
village settlement reservoir sea river lake bay island
області область областях обл район району краю край республіка республіки области областью
"""
_FACILITIES = """
refinery refineries plant plants factory works depot depots arsenal storage shipyard bridge mine
dam powerplant complex zone mall hospital airport airfield aerodrome base airbase port harbour
harbor station terminal enterprise facility warehouse site
нпз завод заводу заводі заводе нафтобаза нафтобазу нафтобазі нефтебаза нефтебазу нефтебазе порт
порту аеродром аеродрому аэродром аэродрома арсенал арсеналу арсенала електростанція
"""
_WITHIN = """
oil gas fuel air military thermal power nuclear processing chemical aircraft drone gunpowder
ammunition train railway naval coking coal
"""
_LINKS = "of on the in at upon де на над"
_FIRST = "port republic порт нафтобаза"
_FEATURES = "reservoir lake river bay sea island bridge strait gulf spit canal"
# After a name these make it a person's office, a paper, a treaty or a team.
_TITLES = """
governor mayor head minister ministry president spokesman spokesperson commander general colonel
lieutenant major captain chief director times independent post telegraph news journal authorities
administration council officials police prosecutor accords agreement army front pact dynamo
spartak university
"""
# Capitalised at the start of a sentence or as an adjective, but no name.
_NO_NAMES = """
russian ukrainian soviet american british french german polish european western eastern northern
southern belarusian north south east west northeast northwest southeast southwest the a an it its
he she they we i this that these those his her their our but and as in on at for from of to by
with after before when while if since until during january february march april may june july
august september october november december monday tuesday wednesday thursday friday saturday sunday
jan feb mar apr jun jul aug sept sep oct nov dec geolocated
у в на з із за до від по як що цей ця це та і й або та після під про над при все всі
и от из к со об это этот эта после под при во не
"""
# Capitals stand for their governments unless a word of place stands before them.
_CAPITALS = """
moscow kyiv kiev kremlin minsk washington beijing brussels london paris berlin warsaw tehran
pyongyang москва москви москву москвой москвою київ києва киев киева киеву мінськ минск вашингтон
"""

LINKS = frozenset(_LINKS.split())
FACILITY_WORDS = frozenset(_FACILITIES.split())
KIND_WORDS = frozenset(_KINDS.split()) | FACILITY_WORDS
WITHIN = frozenset(_WITHIN.split())
FIRST = frozenset(_FIRST.split())
FEATURES = frozenset(_FEATURES.split())
TITLES = frozenset(_TITLES.split())
NO_NAMES = frozenset(_NO_NAMES.split())
CAPITALS = frozenset(_CAPITALS.split())

LOCATIVE = re.compile(
    r"(?:\b(?:in|near|at|outside|over|around|inside|across|through|beyond|central|downtown|"
    r"between|(?:north|south)?(?:east|west)\s+of|(?:north|south)\s+of|outskirts\s+of|"
    r"cent(?:er|re)\s+of|capital|city\s+of|from|у|в|під|біля|поблизу|неподалік|над|від|до|"
    r"до\s+міста|под|возле|около|от|из|із|з|місто|город|города|міста)\s+(?:the\s+)?)$",
    re.IGNORECASE,
)
# What follows a capital that is meant as a place.
PLACED = re.compile(
    r"\s+(?:lies|stands|sits|is\s+located|is\s+(?:\w+\s+){0,2}?\d|is\s+(?:some|about|around)|and\b)|"
    r"\s*[,(]\s*(?:\w+\s+){0,2}?\d[\d.,\s]*\s?(?:km|kilo|mile|км|кіл|кил)"
)
# Before a name that the gazetteer does not know: a place is meant all the same.
BEFORE_UNKNOWN = re.compile(
    r"(?:(?:village|town|settlement|hamlet)\s+of\s+|\b(?:село|селі|села|селище|деревн\w+|"
    r"посёлок|поселок|хутор\w*)\s+|\b(?:in|near|outside|at|over|around|toward|towards|beside|"
    r"у|в|біля|поблизу|під|возле|под|близ|около)\s+)"
    r"(?:(?:the|occupied|nearby|central|northern|southern|eastern|western|city\s+of|town\s+of|"
    r"village\s+of|settlement\s+of|селі|місті|селе|городе)\s+)*$",
    re.IGNORECASE,
)
IN_UNIT = re.compile(r"(?:region|oblast|republic|district)\s+of\s+$", re.IGNORECASE)
ARTICLE = re.compile(r"\ban?\s$", re.IGNORECASE)
TOWN = re.compile(r"\s(?:city|town|village|port|hub|suburb|settlement|community)\b", re.IGNORECASE)
DISTRICT_ADJECTIVE = re.compile(r"(?:ськ|цьк|ск|цк)\w{2,3}\s+(?:район|област|кра)", re.IGNORECASE)
WEAPON = re.compile(
    r"[-\s]?(?:\d\w*\s+)?(?:cruise\s+|ballistic\s+|multiple\s+|guided\s+)*(?:missiles?|rockets?|"
    r"launchers?|air\s+defen[cs]e\s+systems?|howitzers?|helicopters?|fighter\s+jets?)\b"
    r"(?!\s+(?:plant|factory|base|depot|works))",
    re.IGNORECASE,
)
