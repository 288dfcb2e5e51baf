"use strict";
// Two days of the front on one map: the first to the left of a line that the reader drags, the second
// to the right of it.
geoconflict.swipe = (() => {
  const { make } = geoconflict.elements;
  const { dates, language: { t } } = geoconflict;

  function label(side, snapshot) {
    return make("span", { class: `swipe-day swipe-${side}` }, dates.day(snapshot.date));
  }

  function start({ map, fronts }) {
    const pair = fronts?.pair;
    if (!pair) return null;
    const line = make("div", { class: "swipe-line" });
    const slider = make("input", {
      type: "range", class: "swipe", min: "0", max: "100", value: "50", step: "0.5",
      "aria-label": t("swipe.label", { from: dates.day(pair[0].date), to: dates.day(pair[1].date) }),
      input: () => draw(),
    });
    const frame = map.getContainer().parentElement;
    const draw = () => {
      const share = Number(slider.value) / 100;
      line.style.left = `${100 * share}%`;
      fronts.set({ share });
    };
    frame.append(line, label("left", pair[0]), label("right", pair[1]), slider);
    map.on("move zoom resize", () => fronts.layer.redraw());
    draw();
    return { slider };
  }

  return { start };
})();
