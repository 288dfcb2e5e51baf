"use strict";
// What is said of the front beside the time: source, day of the snapshot, area, and what to show.
geoconflict.frontline = (() => {
  const { make, told } = geoconflict.elements;
  const { dates, language } = geoconflict;
  const { t, number, counted } = language;

  function option(text, isOn, change) {
    const box = make("input", { type: "checkbox", change: () => change(box.checked) });
    box.checked = isOn;
    return make("label", { class: "front-option" }, box, text);
  }

  function area(km2) {
    return `${number(km2)} ${t("unit.km2")}`;
  }

  // The sum of gains and losses, signed; a shorter time than the range is said to be one.
  function net({ now, before, start }) {
    const gap = now.area_km2 - before.area_km2;
    const sign = gap > 0 ? "+" : gap < 0 ? "−" : "±";
    return t(start ? "front.net" : "front.net_since", {
      area: `${sign}${area(Math.abs(gap))}`, day: dates.day(before.date),
    });
  }

  function change(fronts) {
    const { now, before, start } = fronts;
    if (!now) return "";
    if (before) return net(fronts);
    return start ? t("front.same", { day: dates.day(now.date) }) : t("front.no_start");
  }

  function age({ day, to }) {
    return counted(to - day, "count.days");
  }

  function sized({ date, area_km2: km2 }, older) {
    return t("front.snapshot", { day: dates.day(date), older, area: area(km2) });
  }

  // Of which day it is, or are the two that are compared, and how much older than the day that is shown.
  function snapshot({ pair, now, last, to }) {
    if (pair) return pair.map((one) => sized(one, "")).join("; ");
    if (!now && !last) return t("front.missing");
    const older = to > last.day ? t("front.older", { days: age({ day: last.day, to }) }) : "";
    if (!now) return t("front.gap", { day: dates.day(last.date), days: age({ day: last.day, to }) });
    return sized(now, older);
  }

  // What land the source counts, in the reader's words where it is a known one.
  function scope({ scope: text }) {
    return text ? t("front.counts", { scope: language.translated(text, "scope") }) : "";
  }

  // The source with its licence.
  function credit({ source, licence }) {
    return `${source} (${language.translated(licence, "licence")})`;
  }

  function build(fronts, element, onChange) {
    const texts = make("p", { class: "front-text" });
    const set = (changes) => {
      fronts.set(changes);
      update();
      onChange();
    };
    const options = make("div", { class: "front-options" },
      option(t("front.show"), fronts.isShown, (isShown) => set({ isShown })),
      fronts.pair ? "" : option(t("front.change"), fronts.showsChange, (showsChange) => set({ showsChange })));
    const update = () => {
      const { source, isShown, showsChange } = fronts;
      const changed = isShown && showsChange && !fronts.pair ? change(fronts) : "";
      texts.replaceChildren(t("front.source"), told("span", {}, source), `, ${snapshot(fronts)}. ${changed}`);
    };
    const counts = scope(fronts);
    element.append(texts, options, counts ? make("p", { class: "front-scope" }, counts) : "");
    update();
    return update;
  }

  return { build, credit, scope, snapshot };
})();
