"use strict";
// The words that stand for the codes of the tables, and distances in words.
geoconflict.words = (() => {
  const { language } = geoconflict;
  const { t, named } = language;
  const KINDS = ["strike", "interception", "advance", "control_change", "clash", "other"];
  const STATUSES = ["claimed", "confirmed", "geolocated", "disputed"];
  const VERDICTS = ["contradicted", "off", "supported", "undetermined"];
  // Aspects of which it is no news that they fit.
  const QUIET = new Set(["near", "inside"]);
  const PRECISIONS = new Map([
    ["town", "position.town"], ["admin1", "position.area"], ["water", "position.area"],
  ]);
  const FAULTS = new Set(["off", "contradicted"]);

  function plain(code) {
    const text = String(code ?? "").replaceAll("_", " ");
    return text.charAt(0).toUpperCase() + text.slice(1);
  }

  // What a weapon is called in the reader's language, where each of those told is a usual word in one
  // of ours; otherwise as it is told.
  function weapon(text) {
    const known = String(text ?? "").split(", ").map((part) => language.known(part, "weapon"));
    return plain(known.every(Boolean) ? known.map((word, at) => (at ? lower(word) : word)).join(", ") : text);
  }

  // A word within a list; what is in capitals stays.
  const lower = (word) => (/^\p{Lu}{2}|^\p{Lu}\p{Ll}\p{Lu}/u.test(word) ? word : word.charAt(0).toLowerCase() + word.slice(1));

  // Short words for what a check found of one aspect; null where the list need not mention it.
  function finding({ aspect, verdict }) {
    const own = language.find(`finding.${aspect}.${verdict}`);
    if (own) return own;
    if (!FAULTS.has(verdict) || (QUIET.has(aspect) && verdict === "supported")) return null;
    return t(`finding.${verdict}`, { aspect: named("aspect", aspect).toLowerCase() });
  }

  function distance(metres) {
    if (metres < 1000) return `${Math.round(metres)} ${t("unit.m")}`;
    const km = metres / 1000;
    return `${language.number(km < 10 && km % 1 ? Math.round(km * 10) / 10 : Math.round(km))} ${t("unit.km")}`;
  }

  function precision(event) {
    const point = named("point", event.position_kind ?? "given");
    if (event.precision_m === null) return t("position.unknown", { point });
    const within = distance(event.precision_m);
    return t(PRECISIONS.get(event.position_kind) ?? "position.within", { point, within });
  }

  function country(code) {
    try {
      return new Intl.DisplayNames([language.code(), "en"], { type: "region" }).of(code);
    } catch {
      return code;
    }
  }

  return {
    KINDS, STATUSES, VERDICTS,
    kind: (code) => named("kind", code),
    status: (code) => named("status", code),
    verdict: (code) => named("verdict", code),
    stance: (code) => named("stance", code),
    side: (code) => named("side", code),
    target: (code) => named("target", code),
    aspect: (code) => named("aspect", code),
    finding, plain, weapon, distance, precision, country,
    counted: language.counted,
  };
})();
