"use strict";
// What is said of the front beside the time: source, day of the snapshot, area, and what to show.
geoconflict.frontline = (() => {
  const { make, told } = geoconflict.elements;
  const { dates, language: { t, number } } = geoconflict;

  function option(text, isOn, change) {
    const box = make("input", { type: "checkbox", change: () => change(box.checked) });
    box.checked = isOn;
    return make("label", { class: "front-option" }, box, text);
  }

  function area(km2) {
    return `${number(km2)} ${t("unit.km2")}`;
  }

  // The sum of gains and losses, signed.
  function net({ now, before }) {
    const gap = now.area_km2 - before.area_km2;
    const sign = gap > 0 ? "+" : gap < 0 ? "−" : "±";
    return t("front.net", { area: `${sign}${area(Math.abs(gap))}`, day: dates.day(before.date) });
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
      option(t("front.change"), fronts.showsChange, (showsChange) => set({ showsChange })));
    const update = () => {
      const { now, before, source, isShown, showsChange } = fronts;
      const snapshot = now
        ? t("front.snapshot", { day: dates.day(now.date), area: area(now.area_km2) })
        : t("front.missing");
      const changed = now && before && isShown && showsChange ? `. ${net(fronts)}` : "";
      texts.replaceChildren(t("front.source"), told("span", {}, source), `, ${snapshot}${changed}`);
    };
    element.append(texts, options);
    update();
    return update;
  }

  return { build };
})();
