"use strict";
// The words that stand for the codes of the tables, and distances in words.
geoconflict.words = (() => {
  const KINDS = {
    strike: "Strike", interception: "Interception", advance: "Advance",
    control_change: "Control change", clash: "Fighting", other: "Other event",
  };
  const STATUSES = {
    claimed: "Claimed", confirmed: "Confirmed", geolocated: "Geolocated", disputed: "Disputed",
  };
  const STATUS_MEANINGS = {
    claimed: "one side says so",
    confirmed: "another side says so too",
    geolocated: "placed from images",
    disputed: "somebody denies it",
  };
  const VERDICTS = {
    supported: "Supported", off: "Off", contradicted: "Contradicted",
    undetermined: "Undetermined",
  };
  // What a check found of one aspect, short; a place that lies where it is said to is no news.
  const FINDINGS = {
    distance: { supported: "distance fits" },
    direction: { supported: "direction fits" },
    near: { off: "farther than near", contradicted: "not near" },
    inside: { off: "not inside", contradicted: "not inside" },
  };
  const FAULTS = { off: "off", contradicted: "wrong" };
  const SIDES = { UA: "Ukrainian side", RU: "Russian side", unknown: "not known" };
  const POINTS = {
    given: "Point as recorded", facility: "Point of the facility", settlement: "Town point",
    town: "Town point, as its own site is not known",
    admin1: "Middle of the region", water: "Middle of the water", country: "Middle of the country",
  };

  function of(table, code) {
    return Object.hasOwn(table, code) ? table[code] : plain(code);
  }

  function plain(code) {
    const text = String(code ?? "").replaceAll("_", " ");
    return text.charAt(0).toUpperCase() + text.slice(1);
  }

  // Null where the list need not mention it.
  function finding({ aspect, verdict }) {
    const known = Object.hasOwn(FINDINGS, aspect) ? FINDINGS[aspect][verdict] : null;
    if (known) return known;
    const fault = Object.hasOwn(FAULTS, verdict) ? FAULTS[verdict] : null;
    return fault && `${String(aspect).replaceAll("_", " ")} ${fault}`;
  }

  function distance(metres) {
    if (metres < 1000) return `${Math.round(metres)} m`;
    const km = metres / 1000;
    return `${km < 10 && km % 1 ? km.toFixed(1) : Math.round(km)} km`;
  }

  function precision(event) {
    const point = of(POINTS, event.position_kind ?? "given");
    if (event.precision_m === null) return `${point}; how exact is not recorded`;
    const within = distance(event.precision_m);
    if (event.position_kind === "town") return `${point}; it lies within ${within} of there`;
    return event.position_kind === "admin1" || event.position_kind === "water"
      ? `${point}, which reaches about ${within} from there`
      : `${point}, right within ${within}`;
  }

  function country(code) {
    try {
      return new Intl.DisplayNames("en", { type: "region" }).of(code);
    } catch {
      return code;
    }
  }

  function counted(number, one, many) {
    return `${number.toLocaleString("en")} ${number === 1 ? one : many}`;
  }

  return {
    KINDS, STATUSES, STATUS_MEANINGS, VERDICTS,
    kind: (code) => of(KINDS, code),
    status: (code) => of(STATUSES, code),
    verdict: (code) => of(VERDICTS, code),
    side: (code) => of(SIDES, code),
    finding, plain, distance, precision, country, counted,
  };
})();
