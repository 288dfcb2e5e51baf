"use strict";
// The events as a list beside the map, a page at a time; those without a place in a part of their own.
geoconflict.list = (() => {
  const { make, told, found, button } = geoconflict.elements;
  const { words, dates, details, symbols, language: { t, number } } = geoconflict;
  const PAGE = 100;
  const CUT = 240;

  function cut(text) {
    return text.length > CUT ? `${text.slice(0, CUT)}…` : text;
  }

  // What a reader should not miss is named in the list already: a denial, and what was measured.
  function flags(index, store) {
    return [details.denied(index, store), ...details.findings(store.event(index), store)];
  }

  function summary(event, store) {
    const title = details.heading(event);
    const effects = event.effects && words.plain(event.effects) !== title ? cut(event.effects) : "";
    return [
      symbols.iconOf(event),
      make("span", { class: "item-text" },
        make("span", { class: "item-title" }, cut(title)),
        make("span", { class: "item-what" },
          [words.kind(event.kind), words.status(event.status).toLowerCase()].join(", "),
          effects ? [": ", told("span", {}, effects)] : ""),
        make("span", { class: "flags" }, flags(event.index, store))),
    ];
  }

  function locatedItem(event, store, { open, isDated }) {
    const item = make("button", {
      type: "button", class: "item", "data-event": event.id, click: () => open(event.index, item),
    }, summary(event, store));
    if (isDated) addLine(item, "item-when", dates.ofEvent(event));
    return make("li", {}, item);
  }

  function unlocatedItem(event, store) {
    const id = `details-${event.index}`;
    const box = make("div", { id, class: "inline-details", hidden: "" });
    const item = make("button", {
      type: "button", class: "item", "aria-expanded": "false", "aria-controls": id, "data-event": event.id,
      click: () => toggle(item, box, () => details.build(event.index, store, 4)),
    }, summary(event, store));
    addLine(item, "item-when", dates.ofEvent(event));
    item.querySelector(".item-text").append(
      found("span", { class: "item-why" }, event.position ?? t("position.none")));
    return make("li", {}, item, box);
  }

  function addLine(item, name, text) {
    item.querySelector(".item-text").append(make("span", { class: name }, text));
  }

  function toggle(item, box, build) {
    const isOpen = item.getAttribute("aria-expanded") === "true";
    item.setAttribute("aria-expanded", String(!isOpen));
    box.hidden = isOpen;
    if (!isOpen && !box.firstChild) box.append(build());
  }

  function heading(id, text, count) {
    return make("h2", { id }, text, " ", make("span", { class: "count" }, number(count)));
  }

  // Buttons to turn pages, where there is more than one.
  function pager(total, page, turn) {
    if (total <= PAGE) return "";
    const [from, to] = [page * PAGE + 1, Math.min(total, (page + 1) * PAGE)];
    return make("nav", { class: "pager", "aria-label": t("list.pages") },
      button("‹", () => turn(page - 1), { "aria-label": t("list.previous"), disabled: page ? null : "" }),
      make("span", {}, t("list.range", { from: number(from), to: number(to), all: number(total) })),
      button("›", () => turn(page + 1), { "aria-label": t("list.next"), disabled: to < total ? null : "" }));
  }

  // Under the day they are reported for where that is the order, else each with its own day.
  function items(rows, store, order, open) {
    const events = rows.map(store.event);
    if (!order.endsWith("date")) {
      return make("ul", { class: "items" }, events.map((event) => locatedItem(event, store, { open, isDated: true })));
    }
    return [...geoconflict.elements.grouped(events, dates.ofEvent)].map(([when, own]) => [
      make("h3", { class: "day" }, when),
      make("ul", { class: "items" }, own.map((event) => locatedItem(event, store, { open, isDated: false }))),
    ]);
  }

  function located(rows, store, { order, page, turn, open, all }) {
    const shown = all ? rows : rows.slice(page * PAGE, (page + 1) * PAGE);
    return make("section", { class: "block", "aria-labelledby": "on-the-map" },
      heading("on-the-map", t("list.on_map"), rows.length),
      rows.length ? "" : make("p", { class: "hint" }, t("list.nothing")),
      items(shown, store, order, open),
      all ? "" : pager(rows.length, page, turn));
  }

  function unlocated(rows, store, all) {
    if (!rows.length) return "";
    const shown = all ? rows : rows.slice(0, PAGE);
    return make("section", { class: "block", "aria-labelledby": "not-located" },
      heading("not-located", t("list.not_located"), rows.length),
      make("p", { class: "hint" }, t("list.not_located_hint")),
      make("ul", { class: "items" }, shown.map((row) => unlocatedItem(store.event(row), store))),
      rows.length > shown.length
        ? make("p", { class: "hint" }, t("list.more", { count: number(rows.length - shown.length) })) : "");
  }

  return { located, unlocated, pager, toggle, flags, cut, PAGE };
})();
