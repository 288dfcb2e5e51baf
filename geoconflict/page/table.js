"use strict";
// The events as a table: every one of them, those without a place too, in any order.
geoconflict.table = (() => {
  const { make, told, button } = geoconflict.elements;
  const { words, dates, details, symbols, orders, list, facets: { NONE }, language: { t, number } } = geoconflict;
  const NUMBERS = ["killed", "injured", "launched", "shot_down"];
  // Each column with the words at its head and what stands in a row of it; those that are empty in
  // every event are left out.
  const COLUMNS = {
    date: ["column.date", (event) => make("td", {}, dates.ofEvent(event))],
    title: ["column.title", (event, _store, open) => make("th", { scope: "row" }, opener(event, open))],
    kind: ["column.kind", (event) => make("td", { class: "with-icon" }, symbols.iconOf(event, 16), words.kind(event.kind))],
    target: ["details.target", (event) => make("td", {}, event.target_type ? words.target(event.target_type) : "")],
    side: ["column.side", (event) => make("td", {}, words.side(event.actor))],
    weapon: ["details.weapon", (event) => told("td", {}, event.weapon ? list.cut(words.weapon(event.weapon)) : "")],
    status: ["column.status", (event) => make("td", {}, words.status(event.status))],
    place: ["column.place", (event, store) => told("td", {}, whereOf(event, store))],
    oblast: ["facet.oblast", (event) => make("td", {}, facet("oblast", event))],
    precision: ["facet.precision", (event) => make("td", {}, facet("precision", event))],
    ...Object.fromEntries(NUMBERS.map((name) => [name, [`details.${name}`, (event) =>
      make("td", { class: "number" }, Number.isInteger(event[name]) ? number(event[name]) : "")]])),
    source: ["column.sources", (event, store) => make("td", {}, sources(event, store))],
  };
  const USUAL = new Set(["date", "title", "kind", "side", "status", "place"]);
  const CELLS = { target: "target_type", weapon: "weapon", oblast: "admin1" };

  // What the filter of a name says of an event.
  function facet(name, event) {
    const found = geoconflict.page.criteria.facets.find((one) => one.name === name);
    const code = found.codes[found.items[found.from[event.index]]];
    return code === NONE ? "" : found.label(code);
  }

  function sources(event, store) {
    const ids = [...new Set(store.reports(event.index).map(({ source }) => source))];
    return ids.map((id) => list.cut(store.source(id)?.publisher ?? id)).join("; ");
  }

  function whereOf(event, store) {
    const place = orders.place(store, event.index);
    return event.lon === null ? t("list.not_located") : list.cut(place || details.where(event));
  }

  function opener(event, open) {
    const heading = details.heading(event);
    const name = button(list.cut(heading), () => open(event.index, name), {
      class: "row-open", "data-event": event.id, title: heading,
    });
    return name;
  }

  function shown(store, isWhole) {
    return Object.keys(COLUMNS).filter((name) => {
      if (!isWhole && !USUAL.has(name)) return false;
      const cells = store.events[CELLS[name] ?? (NUMBERS.includes(name) ? name : "id")];
      return cells?.some((cell) => cell !== null);
    });
  }

  function header(name, order, sort) {
    const isSorted = order.replace(/^-/, "") === name;
    const isDown = order.startsWith("-");
    const next = isSorted && !isDown ? `-${name}` : name;
    const mark = isSorted ? (isDown ? " ▼" : " ▲") : "";
    return make("th", {
      scope: "col", "aria-sort": isSorted ? (isDown ? "descending" : "ascending") : null,
    }, button([t(COLUMNS[name][0]), make("span", { "aria-hidden": "true" }, mark)], () => sort(next)));
  }

  function row(event, store, { names, open }) {
    return make("tr", {},
      names.map((name) => COLUMNS[name][1](event, store, open)),
      make("td", {}, make("span", { class: "flags" }, list.flags(event.index, store))));
  }

  // What is recorded of an event that the map cannot show, in a row of its own below it.
  function expand(index, opener, store) {
    const line = opener.closest("tr");
    if (line.nextSibling?.classList?.contains("row-details")) {
      line.nextSibling.remove();
      opener.setAttribute("aria-expanded", "false");
      return;
    }
    opener.setAttribute("aria-expanded", "true");
    line.after(make("tr", { class: "row-details" },
      make("td", { colspan: line.cells.length }, details.build(index, store, 3))));
  }

  function build(rows, store, { order, page, turn, open, sort, all, isWhole, widen }) {
    const names = shown(store, isWhole);
    const box = make("input", { type: "checkbox", change: () => widen(box.checked) });
    box.checked = isWhole;
    const own = all ? rows : rows.slice(page * list.PAGE, (page + 1) * list.PAGE);
    const openRow = (index, opener) => {
      if (store.isLocated(index)) open(index, opener);
      else expand(index, opener, store);
    };
    return make("section", { class: "block table-block" },
      make("label", { class: "in-view" }, box, t("table.whole")),
      make("div", { class: "table-frame", tabindex: "0", role: "region", "aria-label": t("table.caption") },
        make("table", {},
          make("caption", {}, t("table.caption")),
          make("thead", {}, make("tr", {},
            names.map((name) => header(name, order, sort)),
            make("th", { scope: "col" }, make("span", { class: "head" }, t("column.checks"))))),
          make("tbody", {}, own.map((index) => row(store.event(index), store, { names, open: openRow }))))),
      all ? "" : list.pager(rows.length, page, turn));
  }

  return { build };
})();
