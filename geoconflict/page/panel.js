"use strict";
// The panel beside the map: every event, those without a place too, other figures, sources.
geoconflict.panel = (() => {
  const { make, told } = geoconflict.elements;
  const { words, dates, claims, details, symbols } = geoconflict;

  function byDate(a, b) {
    return b.date_end.localeCompare(a.date_end) || b.date_start.localeCompare(a.date_start)
      || a.index - b.index;
  }

  function section(id, title, count, ...content) {
    return make("section", { class: "block", "aria-labelledby": id },
      make("h2", { id }, title, " ", make("span", { class: "count" }, String(count))), ...content);
  }

  // What a reader should not miss is named in the list already: a denial, and what was measured.
  function flags(index, store) {
    return [details.denied(index, store), ...claims.findings(store.claims(index)).map(([text, code]) =>
      make("span", { class: `flag flag-${code}` }, text))];
  }

  function summary(event, store) {
    const title = details.heading(event);
    const effects = event.effects && words.plain(event.effects) !== title ? event.effects : "";
    return [
      symbols.icon(event.kind, event.status, 18),
      make("span", { class: "item-text" },
        make("span", { class: "item-title" }, title),
        make("span", { class: "item-what" },
          [words.kind(event.kind), words.status(event.status).toLowerCase()].join(", "),
          effects ? [": ", told("span", {}, effects)] : ""),
        make("span", { class: "flags" }, flags(event.index, store))),
    ];
  }

  function locatedItem(event, store, open) {
    const button = make("button", {
      type: "button", class: "item", "data-event": event.id,
      click: () => open(event.index, button),
    }, summary(event, store));
    return make("li", {}, button);
  }

  function unlocatedItem(event, store) {
    const id = `details-${event.index}`;
    const reason = event.position ?? "not located: no position is recorded";
    const box = make("div", { id, class: "inline-details", hidden: "" });
    const button = make("button", {
      type: "button", class: "item", "aria-expanded": "false", "aria-controls": id,
      "data-event": event.id,
      click: () => toggle(button, box, () => details.build(event.index, store, 4)),
    }, summary(event, store));
    button.querySelector(".item-text").append(
      make("span", { class: "item-when" }, dates.ofEvent(event)),
      make("span", { class: "item-why" }, reason));
    return make("li", {}, button, box);
  }

  function toggle(button, box, build) {
    const isOpen = button.getAttribute("aria-expanded") === "true";
    button.setAttribute("aria-expanded", String(!isOpen));
    box.hidden = isOpen;
    if (!isOpen && !box.firstChild) box.append(build());
  }

  function located(events, store, open) {
    const days = Map.groupBy(events.toSorted(byDate), dates.ofEvent);
    const groups = [...days].map(([when, found]) => [
      make("h3", { class: "day" }, when),
      make("ul", { class: "items" }, found.map((event) => locatedItem(event, store, open))),
    ]);
    return section("on-the-map", "On the map", events.length, groups);
  }

  function unlocated(events, store) {
    if (!events.length) return "";
    const items = events.toSorted(byDate).map((event) => unlocatedItem(event, store));
    return section("not-located", "Not located", events.length,
      make("p", { class: "hint" }, "Reported without a place that could be found; not on the map."),
      make("ul", { class: "items" }, items));
  }

  function otherFigures(store) {
    const found = store.otherClaims();
    if (!found.length) return "";
    const checkable = found.filter((claim) => claim.checkable);
    const isOpen = ({ verdict }) => verdict !== "undetermined";
    return section("other-figures", "Other figures", found.length,
      claims.list(checkable.filter(isOpen), store),
      folded(checkable.filter((claim) => !isOpen(claim)), "undetermined", store),
      folded(found.filter((claim) => !claim.checkable), "recorded, not checkable", store));
  }

  function folded(figures, text, store) {
    if (!figures.length) return "";
    return make("details", {},
      make("summary", {}, words.counted(figures.length, "figure", "figures"), ` ${text}`),
      claims.list(figures, store));
  }

  function sources(store) {
    const { info } = store;
    const cited = store.sourceIds().map((id) => make("li", {}, details.cited(id, store)));
    return make("section", { class: "block credits", "aria-labelledby": "sources" },
      make("h2", { id: "sources" }, "Sources and data"),
      make("ul", {}, cited),
      make("h3", {}, "Attribution"),
      make("ul", {},
        info.attribution.map((line) => told("li", {}, line)),
        make("li", {}, "Borders, basemap and place names: ", info.data_attribution.join("; "))),
      make("p", {}, "Map drawn with Leaflet."));
  }

  function totals(shown, hidden, store) {
    const all = store.allClaims();
    const figures = claims.tally(all);
    const recorded = all.filter(({ checkable }) => !checkable).length;
    return make("div", { class: "totals" },
      make("p", {}, `${words.counted(shown + hidden, "event", "events")}, ${hidden} not located`),
      figures.length
        ? make("p", { class: "tally" }, "Stated figures checked: ", figures.map(([code, count]) =>
          make("span", { class: `flag flag-${code}` }, `${count} ${code}`)))
        : "",
      recorded ? make("p", { class: "tally" }, `Recorded, not checkable: ${recorded}`) : "");
  }

  function build(body, store, open) {
    const events = Array.from({ length: store.size }, (_, index) => store.event(index));
    const [onMap, elsewhere] = [true, false].map((wanted) =>
      events.filter(({ index }) => store.isLocated(index) === wanted));
    // Filters (kind, side, status, verdict, text) belong between the totals and the list.
    body.append(...[
      totals(onMap.length, elsewhere.length, store),
      located(onMap, store, open),
      unlocated(elsewhere, store),
      otherFigures(store),
      sources(store),
    ].filter(Boolean));
  }

  // Marks the event whose popup is open, and brings it into view; none with an id of null.
  function mark(body, id) {
    body.querySelector("[aria-current]")?.removeAttribute("aria-current");
    const item = id === null ? null : body.querySelector(`[data-event="${CSS.escape(id)}"]`);
    item?.setAttribute("aria-current", "true");
    item?.scrollIntoView({ block: "nearest" });
  }

  // On a phone the panel is a drawer; its handle says what is inside.
  function drawer(panel, handle, store, onChange) {
    const set = (isOpen) => {
      panel.classList.toggle("is-open", isOpen);
      handle.setAttribute("aria-expanded", String(isOpen));
      const title = isOpen ? "" : make("span", { class: "handle-title" }, document.title);
      const hint = isOpen ? "Show the map" : `List of ${words.counted(store.size, "event", "events")}`;
      handle.replaceChildren(...[title, make("span", { class: "handle-hint" }, hint)].filter(Boolean));
      onChange();
    };
    handle.addEventListener("click", () => set(!panel.classList.contains("is-open")));
    set(false);
    return { close: () => set(false) };
  }

  return { build, drawer, mark };
})();
