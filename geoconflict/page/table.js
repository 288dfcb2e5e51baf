"use strict";
// The events as a table: every one of them, those without a place too, in any order.
geoconflict.table = (() => {
  const { make, told, button } = geoconflict.elements;
  const { words, dates, details, symbols, orders, list, language: { t } } = geoconflict;
  const COLUMNS = ["date", "title", "kind", "side", "status", "place"];

  function header(name, order, sort) {
    const isSorted = order.replace(/^-/, "") === name;
    const isDown = order.startsWith("-");
    const next = isSorted && !isDown ? `-${name}` : name;
    const mark = isSorted ? (isDown ? " ▼" : " ▲") : "";
    return make("th", {
      scope: "col", "aria-sort": isSorted ? (isDown ? "descending" : "ascending") : null,
    }, button([t(`column.${name}`), make("span", { "aria-hidden": "true" }, mark)], () => sort(next)));
  }

  function row(event, store, open) {
    const name = button(list.cut(details.heading(event)), () => open(event.index, name), {
      class: "row-open", "data-event": event.id,
    });
    const place = orders.place(store, event.index);
    const where = event.lon === null ? t("list.not_located") : list.cut(place || details.where(event));
    return make("tr", {},
      make("td", {}, dates.ofEvent(event)),
      make("th", { scope: "row" }, name),
      make("td", { class: "with-icon" }, symbols.iconOf(event, 16), words.kind(event.kind),
        event.target_type ? make("span", { class: "what" }, words.target(event.target_type)) : ""),
      make("td", {}, words.side(event.actor)),
      make("td", {}, words.status(event.status)),
      told("td", {}, where),
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
      make("td", { colspan: COLUMNS.length + 1 }, details.build(index, store, 3))));
  }

  function build(rows, store, { order, page, turn, open, sort, all }) {
    const shown = all ? rows : rows.slice(page * list.PAGE, (page + 1) * list.PAGE);
    const openRow = (index, opener) => {
      if (store.isLocated(index)) open(index, opener);
      else expand(index, opener, store);
    };
    return make("section", { class: "block table-block" },
      make("div", { class: "table-frame", tabindex: "0", role: "region", "aria-label": t("table.caption") },
        make("table", {},
          make("caption", {}, t("table.caption")),
          make("thead", {}, make("tr", {},
            COLUMNS.map((name) => header(name, order, sort)),
            make("th", { scope: "col" }, make("span", { class: "head" }, t("column.checks"))))),
          make("tbody", {}, shown.map((index) => row(store.event(index), store, openRow))))),
      all ? "" : list.pager(rows.length, page, turn));
  }

  return { build };
})();
