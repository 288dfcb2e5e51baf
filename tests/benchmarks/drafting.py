"""How well events are drafted from reports: scored against events that people wrote down.

    python -m tests.benchmarks.drafting FOLDER [--only a01en,a02en] [--errors]

FOLDER holds the articles (``NAME.txt``), ``meta.csv`` (article, lang, style, published),
``events.csv`` and ``reports.csv``. An event counts as found where one drafted event has its kind
and its place, as far as both name one; each drafted event answers for one event at most, and
those that answer for none are invented.
"""

import argparse
import csv
import datetime as dt
import re
import resource
import time
from collections import Counter, defaultdict
from pathlib import Path

from geoconflict.drafting import draft_events
from geoconflict.drafting.cells import LEVELS
from geoconflict.gazetteer import Gazetteer
from geoconflict.gazetteer.names import romanise
from geoconflict.measuring.geodesy import inverse

# Words of the gold for what was struck, and the codes that stand for them.
_TARGETS = {
    "ammunition depot": "arsenal",
    "city centre": "street settlement",
    "hydropower plant": "hydro_plant",
    "dam": "hydro_plant bridge",
    "energy facility": "energy power_plant substation infrastructure",
    "railway power facility": "energy railway substation",
    "petrol station": "petrol_station",
    "car service": "plant shop warehouse",
    "medical facility": "hospital",
    "playground": "street",
    "printing house": "printing",
    "office building": "office",
    "oil terminal": "oil_terminal oil_depot port",
    "oil depot": "oil_depot oil_terminal",
    "power plant": "power_plant",
    "railway station": "railway railway_station",
    "residential": "residential apartment_block",
    "theatre": "theatre culture",
    "shopping centre": "shopping_centre shop",
    "steel plant": "steel_plant",
    "training ground": "training_ground",
    "university": "education",
    "school": "education",
    "airport": "airfield",
    "bus stop": "vehicle street",
    "bus": "vehicle",
    "shop": "shop shopping_centre",
    "fuel depot": "oil_depot",
    "air defence": "air_defence radar",
    "supermarket": "shop shopping_centre",
    "command post": "headquarters",
    "plant": "plant chemical_plant defence_plant electronics_plant aircraft_plant steel_plant",
    "drone depot": "warehouse arsenal",
    "gas station": "petrol_station pumping_station gas_plant",
    "oil refinery": "refinery",
    "coal mine": "mine",
    "military base": "barracks",
    "critical infrastructure": "infrastructure energy",
    "grain elevator": "warehouse",
    "industrial site": "industrial_zone plant",
    "library": "culture",
    "ambulance": "vehicle",
    "tractor": "vehicle",
}
_BRANDS = {
    "Shahed": "drone",
    "Geran": "drone",
    "ATACMS": "missile",
    "Iskander": "missile",
    "strike": "bomb",
    "MLRS": "artillery",
}
# Villages whose gold position is from memory, and only roughly right.
_LOOSE_KM = 15.0
_NEAR_KM = 10.0
_ARTICLE_BYTES = 5000
_SOME_DAY = dt.date(2025, 1, 24)
# Kind, place, two days, actor, weapon and target of an event typed by hand.
_CELLS_OF_AN_EVENT = 7
_LIKE_KINDS = ({"strike", "other"}, {"advance", "control_change"})


def rows(path):
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def spot(event, known):
    """Longitude, latitude and reach in km of a drafted event, None where it is nowhere."""
    if event.value("lon") is not None:
        return event.value("lon"), event.value("lat"), 5.0
    facility, admin1 = event.value("facility"), event.value("admin1")
    if facility and known.has(f"facility:{facility}"):
        place = known.get(f"facility:{facility}")
        return place.lon, place.lat, (place.precision_m or 0) / 1000
    name = event.value("place")
    if not name or event.cells["place"].certainty == "open":
        return None
    found = known.resolve(str(name), admin1=admin1, country=event.value("country")).place
    return (found.lon, found.lat, (found.precision_m or 0) / 1000) if found else None


def apart_km(gold, point):
    if not gold["lat"] or point is None:
        return None
    ends = (float(gold["lon"]), float(gold["lat"])), (point[0], point[1])
    return float(inverse(*ends).distance_m[0]) / 1000


def folded(text):
    plain = re.sub(r"\W", "", romanise(str(text)).casefold())
    return re.sub(r"[yj]", "i", plain)[:5]


def likeness(gold, event, known):
    """How well a drafted event fits one of the gold; 0 where it cannot be it."""
    kind = event.value("kind")
    if kind != gold["kind"] and {kind, gold["kind"]} not in _LIKE_KINDS:
        return 0.0
    place = place_likeness(gold, event, known)
    if not place:
        return 0.0
    weapons = {weapon_of(gold["weapon"]), weapon_of(event.value("weapon"))}
    if gold["kind"] == "interception" and len(weapons) > 1:
        return 0.0
    score = place + (2.0 if kind == gold["kind"] else 1.0)
    score += 0.7 * target_fits(gold, event)
    score += 0.6 * (event.value("date_end") == gold["date_end"])
    score += 0.5 * (event.is_background == (gold["background"] == "true"))
    counted = [c for c in ("killed", "injured", "shot_down") if gold[c]]
    return score + 0.3 * sum(str(event.value(c)) == gold[c] for c in counted)


def place_likeness(gold, event, known):
    """How well the places fit; 0 where they are two."""
    point = spot(event, known)
    if gold["lat"]:
        km = apart_km(gold, point)
        same_unit = event.value("admin1") == gold["admin1"]
        same_name = gold["place"] and folded(gold["place"]) == folded(event.value("place"))
        if km is None:
            return 1.0 * bool(event.value("place") and (same_name or same_unit))
        return 3.0 - km / 100 if km <= _LOOSE_KM else 0.5 * (km <= 100 and same_unit)
    if gold["place"]:
        return 2.0 * (water(gold["place"], known) == water(event.value("place") or "", known))
    if point is not None or (gold["admin1"] or None) != event.value("admin1"):
        return 0.0
    at_odds = gold["country"] and event.value("country") not in (gold["country"], None)
    return 1.5 if at_odds else 2.0


def water(name, known):
    place = known.resolve(name, kind="water").place
    return place.id if place else folded(name)


def weapon_of(text):
    words = str(text or "").split(";")[0].split()
    return _BRANDS.get(words[-1], words[-1]) if words else ""


def target_fits(gold, event):
    wanted = {
        code
        for word in gold["target_type"].split(", ")
        for code in _TARGETS.get(word, word.replace(" ", "_")).split()
    }
    return bool(wanted) and event.value("target_type") in wanted


def match(golds, events, known):
    """Pairs of numbers of gold and drafted events, the best fitting taken first."""
    scored = [
        (likeness(g, e, known), a, b) for a, g in enumerate(golds) for b, e in enumerate(events)
    ]
    pairs = []
    for score, a, b in sorted(scored, key=lambda one: (-one[0], one[1], one[2])):
        if score > 0 and all(a != x and b != y for x, y in pairs):
            pairs.append((a, b))
    return pairs


def right(gold, event, known):
    """For each column whether it is right: None where the gold says nothing of it."""
    km = apart_km(gold, spot(event, known))
    weapons = set(filter(None, gold["weapon"].split(";")))
    given = set(filter(None, str(event.value("weapon") or "").split(";")))
    found = {
        "place": (km is not None and km <= max(_NEAR_KM, spot(event, known)[2]))
        if gold["lat"]
        else None,
        "day": day_right(gold, event),
        "actor": (event.value("actor") or "unknown") == gold["actor"],
        "weapon": bool({weapon_of(w) for w in weapons} & {weapon_of(w) for w in given})
        if weapons
        else (None if not given else False),
        "target": target_fits(gold, event) if gold["target_type"] else None,
        "background": event.is_background == (gold["background"] == "true"),
    }
    for column in ("killed", "injured", "launched", "shot_down"):
        value = event.value(column)
        found[column] = (str(value) == gold[column]) if gold[column] or value is not None else None
    return found


def day_right(gold, event):
    """Whether the days are right: where no words tell them, a draft must not be sure of any."""
    if gold["date_start"]:
        days = (event.value("date_start"), event.value("date_end"))
        return days == (gold["date_start"], gold["date_end"])
    if gold["date_end"]:
        return event.value("date_end") == gold["date_end"]
    return event.cells["date_start"].certainty == "open" if "date_start" in event.cells else True


def same_claimant(gold, report):
    if gold["stance"].replace("cites", "claims") != report.stance.value:
        return False
    names = gold["claimant"], str(report.claimant.value)
    words = [{folded(w) for w in re.findall(r"\w{3,}", name)} for name in names]
    if words[0] & words[1]:
        return True
    is_translated = names[0].isascii() != names[1].isascii()
    same_side = bool(report.side) and gold["side"] == report.side
    return same_side and (is_translated or len(words[1]) <= 2)


def levelled_cells(event, verdict):
    """The level of each cell of an event, and whether it is right, None where none can tell."""
    columns = {"place": ("place", "facility", "admin1"), "day": ("date_start", "date_end")}
    names = {"target": ("target_type",), **columns}
    return [
        (event.cells[column].certainty, value)
        for name, value in verdict.items()
        for column in names.get(name, (name,))
        if column in event.cells
    ]


class Score:
    """The counts over all articles, and what was wrong in words."""

    def __init__(self, known, *, shows):
        self.known, self.shows = known, shows
        self.counts, self.total, self.hits = Counter(), Counter(), Counter()
        self.languages = defaultdict(Counter)
        self.levels = Counter()

    def say(self, text):
        if self.shows:
            print(text)

    def add(self, article, golds, reports, events):
        name, language = article["article"], article["lang"]
        self.say(f"\n== {name}")
        pairs = match(golds, events, self.known)
        invented = [e for b, e in enumerate(events) if b not in {b for _, b in pairs}]
        found = Counter(gold=len(golds), found=len(pairs), invented=len(invented), articles=1)
        self.counts.update(found)
        self.languages[language].update(found)
        for g in (g for a, g in enumerate(golds) if a not in {a for a, _ in pairs}):
            what = f"{g['kind']} {g['facility']}|{g['place']}|{g['admin1']} {g['date_end']}"
            self.say(f"  missed {g['event']} {what}: {g['quote'][:90]}")
        for event in invented:
            self.say(f"  invented {event.id} { {k: c.value for k, c in event.cells.items()} }")
            level = event.cells["kind"].certainty
            sure = level == "certain"
            self.counts.update({"said": len(event.reports), "sure": sure, "sure wrong": sure})
            self.levels["events", level, False] += 1
        for a, b in pairs:
            self.cells(golds[a], events[b])
            self.voices(golds[a], list(reports[golds[a]["event"]]), events[b])
        self.counts["to say"] += sum(map(len, reports.values()))

    def cells(self, gold, event):
        verdict = right(gold, event, self.known)
        for column, value in verdict.items():
            if value is None:
                continue
            self.total[column] += 1
            self.hits[column] += value
            if not value:
                wanted = {"day": "date_end", "target": "target_type"}.get(column, column)
                got = event.value(wanted) if column != "background" else event.is_background
                self.say(f"  {gold['event']} {column}: {gold[wanted]}, not {got}: {gold['quote']}")
        self.levels["events", event.cells["kind"].certainty, True] += 1
        for level, value in levelled_cells(event, verdict):
            sure = level == "certain"
            self.counts.update({"sure": sure, "sure wrong": sure and value is False})
            if value is not None:
                self.levels["cells", level, value] += 1

    def voices(self, gold, wanted, event):
        for report in event.reports:
            fit = next((w for w in wanted if same_claimant(w, report)), None)
            self.counts["said"] += 1
            if fit is not None:
                wanted.remove(fit)
                self.counts["said right"] += 1
            else:
                said = f"{report.claimant.value} {report.side} {report.stance.value}"
                self.say(f"  {gold['event']} false report: {said}")
        for row in wanted:
            self.say(f"  {gold['event']} missed report: {row['claimant']} {row['stance']}")

    def share(self, part, whole):
        return self.counts[part] / max(self.counts[whole], 1)

    @property
    def f1(self):
        precision, recall = self.share("said right", "said"), self.share("said right", "to say")
        return 2 * precision * recall / max(precision + recall, 1e-9)

    def print(self):
        counts, articles = self.counts, self.counts["articles"]
        for language, c in sorted(self.languages.items()):
            each = c["invented"] / c["articles"]
            print(f"  {language}: found {c['found']}/{c['gold']}, invented {each:.2f} an article")
        print(f"events found        {counts['found'] / counts['gold']:7.1%}  of {counts['gold']}")
        print(f"invented an article {counts['invented'] / articles:7.2f}")
        for column, n in self.total.items():
            print(f"{column:<19} {self.hits[column] / n:7.1%}  ({self.hits[column]} of {n})")
        precision, recall = self.share("said right", "said"), self.share("said right", "to say")
        both = f"precision {precision:.1%}, recall {recall:.1%}"
        print(f"who says, F1        {self.f1:7.1%}  ({both})")
        for what in ("events", "cells"):
            for level in LEVELS:
                hits, misses = (self.levels[what, level, is_right] for is_right in (True, False))
                share = hits / max(hits + misses, 1)
                print(f"{level + ' ' + what:<19} {share:7.1%}  ({hits} of {hits + misses})")
        wrong = self.share("sure wrong", "sure")
        print(f"sure but wrong      {wrong:7.1%}  ({counts['sure wrong']} of {counts['sure']})")


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--only", default="", help="names of articles, with commas between")
    parser.add_argument("--errors", action="store_true", help="show what was wrong")
    parser.add_argument("--speed", type=int, help="time so many articles of 5 kB instead")
    parser.add_argument("--walk", help="articles whose cells to type or correct are counted")
    options = parser.parse_args()
    if options.speed:
        measure_speed(options.folder, options.speed)
        return
    if options.walk:
        print_walk(options.folder, options.walk.split(","))
        return
    chosen = set(filter(None, options.only.split(",")))
    began = time.perf_counter()
    score = score_folder(options.folder, only=chosen, shows=options.errors)
    print(f"\n{time.perf_counter() - began:.1f} s")
    score.print()


def measure_speed(folder, count):
    """Seconds and memory of many drafts on one core, made of the articles of a folder."""
    known = Gazetteer.default()
    texts = [path.read_text("utf-8") for path in sorted(folder.glob("*.txt"))]
    began = time.process_time()
    for number in range(count):
        parts = (texts[(number + n) % len(texts)] for n in range(len(texts)))
        text = ""
        while len(text.encode()) < _ARTICLE_BYTES:
            text += next(parts) + "\n\n"
        draft_events(text[:_ARTICLE_BYTES], published=_SOME_DAY, gazetteer=known)
        if (number + 1) % max(count // 5, 1) == 0:
            peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
            seconds = time.process_time() - began
            print(f"{number + 1} articles: {seconds:.0f} s of one core, {peak:.0f} MB at most")


def print_walk(folder, names):
    """Cells to type or correct until the drafts of some articles say what their gold says."""
    score, parts = walk(folder, names)
    print(f"{score.counts['gold']} events of {len(names)} articles: {sum(parts.values())} in all")
    for what, count in parts.items():
        print(f"  {what}: {count}")


def walk(folder, names):
    """The score of some articles, and what is left to type, to correct or to drop in them."""
    score = score_folder(folder, only=names)
    counts, missed = score.counts, score.counts["gold"] - score.counts["found"]
    return score, {
        "cells to correct or fill": sum(score.total.values()) - sum(score.hits.values()),
        "speakers": counts["to say"] + counts["said"] - 2 * counts["said right"],
        "cells of events missing": _CELLS_OF_AN_EVENT * missed,
        "events to drop": counts["invented"],
    }


def score_folder(folder, *, only=(), shows=False):
    """The score of the articles of a folder, or of some of them."""
    events, reports = defaultdict(list), defaultdict(lambda: defaultdict(list))
    for row in rows(folder / "events.csv"):
        events[row["article"]].append(row)
    for row in rows(folder / "reports.csv"):
        reports[row["article"]][row["event"]].append(row)
    known = Gazetteer.default()
    score = Score(known, shows=shows)
    for article in rows(folder / "meta.csv"):
        name = article["article"]
        if name not in only if only else name.startswith("walk"):
            continue
        text = (folder / f"{name}.txt").read_text("utf-8")
        day = dt.date.fromisoformat(article["published"])
        draft = draft_events(text, published=day, gazetteer=known)
        score.add(article, events[name], reports[name], list(draft.events))
    return score


if __name__ == "__main__":
    main()
