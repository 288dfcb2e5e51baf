"use strict";
// What the snapshots of a front draw of a reported advance or change of control.
geoconflict.moves = (() => {
  const { make, found } = geoconflict.elements;
  const { dates, language: { t, number } } = geoconflict;

  function isAdvance(move) {
    return move.km2 !== undefined;
  }

  // In short words for lists; nothing where no snapshot could tell.
  function flag({ move }) {
    if (!move || (!isAdvance(move) && move.verdict !== "supported")) return "";
    const key = `move.${isAdvance(move) ? "advance" : "control"}.${move.verdict}`;
    return make("span", { class: `flag flag-${move.verdict}` }, t(key));
  }

  // In full, with the days of both snapshots.
  function text({ move, actor, move_reason: reason }, source) {
    if (!isAdvance(move)) return found("p", {}, reason ?? move.reason);
    const [from, to] = [move.start, move.end].map(dates.day);
    return make("p", {}, t(`move.won.${actor}`, {
      source, from, to, radius: number(move.radius_km), area: `${number(move.km2)} ${t("unit.km2")}`,
    }));
  }

  return { flag, text };
})();
