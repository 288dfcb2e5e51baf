"use strict";
// Search and filters beside the map, with the number of events that each choice would show.
geoconflict.filterbox = (() => {
  const { make, told, button } = geoconflict.elements;
  const { language: { t, number, counted }, facets: { NONE } } = geoconflict;
  const PAUSE_MS = 120;

  function label(facet, code) {
    if (code === NONE) return t(`none.${facet.name}`);
    return cut(facet.label(code));
  }

  function cut(text) {
    return text.length > 90 ? `${text.slice(0, 90)}…` : text;
  }

  // The options of one filter, the most frequent first, and how to bring their counts up to date.
  function group(facet, place, criteria) {
    const order = facet.codes.map((_, at) => at).sort((a, b) => facet.totals[b] - facet.totals[a]);
    const rows = order.map((at) => {
      const code = facet.codes[at];
      const box = make("input", { type: "checkbox", change: () => criteria.toggle(facet.name, code) });
      const count = make("span", { class: "option-count" });
      const text = facet.name === "source" ? told("span", {}, label(facet, code)) : make("span", {}, label(facet, code));
      return { at, code, box, count, row: make("li", {}, make("label", {}, box, text, count)) };
    });
    const marked = make("span", { class: "chosen" });
    const name = t(`facet.${facet.name}`);
    const element = make("details", { class: "facet" },
      make("summary", {}, name, marked),
      make("div", { role: "group", "aria-label": name }, make("ul", {}, rows.map(({ row }) => row))));
    const update = () => {
      const chosen = criteria.chosen[facet.name];
      marked.textContent = chosen.size ? ` ${number(chosen.size)}` : "";
      for (const { at, code, box, count, row } of rows) {
        const left = criteria.counts[place][at];
        box.checked = chosen.has(code);
        count.textContent = number(left);
        row.classList.toggle("is-empty", !left);
      }
    };
    return { element, update };
  }

  function searchField(criteria) {
    let waiting = 0;
    const field = make("input", {
      type: "search", id: "search", placeholder: t("search.hint"), "aria-label": t("search.label"),
      autocomplete: "off", spellcheck: "false",
      input: () => {
        clearTimeout(waiting);
        waiting = setTimeout(() => criteria.change({ query: field.value }), PAUSE_MS);
      },
    });
    return field;
  }

  // The range of time as days to type.
  function dates(criteria) {
    const { iso, number: dayOf } = geoconflict.dates;
    const [low, high] = criteria.days;
    const fields = ["from", "to"].map((name) => make("input", {
      type: "date", min: iso(low), max: iso(high), "aria-label": t(`time.${name}`),
      change: ({ target }) => {
        const day = target.value ? dayOf(target.value) : criteria.days[name === "to" ? 1 : 0];
        const within = Math.min(high, Math.max(low, day));
        const [from, to] = name === "from" ? [within, Math.max(within, criteria.to)] : [Math.min(within, criteria.from), within];
        criteria.change({ from, to });
      },
    }));
    const update = () => fields.forEach((field, at) => {
      if (document.activeElement !== field) field.value = iso(at ? criteria.to : criteria.from);
    });
    criteria.listen(update);
    update();
    return make("div", { class: "typed-dates" }, fields[0], "–", fields[1]);
  }

  // What is chosen, each as a button that takes it back.
  function chips(criteria) {
    const found = criteria.facets.flatMap((facet) => [...criteria.chosen[facet.name]].map((code) =>
      button(`${label(facet, code)} ×`, () => criteria.toggle(facet.name, code), {
        class: "chip", "aria-label": t("filter.remove", { name: label(facet, code) }),
      })));
    const isAny = criteria.isFiltered || !criteria.isWholeTime;
    return isAny ? [...found, button(t("filter.clear"), () => criteria.clear(), { class: "chip chip-clear" })] : [];
  }

  function summary({ rows, store }) {
    const all = counted(store.size, "count.events");
    const hidden = rows.filter((row) => !store.isLocated(row)).length;
    const events = rows.length === store.size ? all : t("filter.result", { some: number(rows.length), all });
    return t("panel.totals", { events, hidden: number(hidden) });
  }

  // On a phone the filters would leave no room for what they filter.
  function isNarrow() {
    return window.matchMedia("(max-width: 1000px)").matches;
  }

  function build(criteria) {
    const field = searchField(criteria);
    const shown = criteria.facets.map((facet, place) => [facet, place])
      .filter(([facet]) => facet.codes.length > 1 || facet.codes[0] !== NONE)
      .map(([facet, place]) => group(facet, place, criteria));
    const chosen = make("div", { class: "chips" });
    const result = make("p", { class: "result", role: "status" });
    const update = () => {
      if (document.activeElement !== field) field.value = criteria.query;
      for (const { update: count } of shown) count();
      chosen.replaceChildren(...chips(criteria));
      result.textContent = summary(criteria);
    };
    criteria.listen(update);
    update();
    return make("section", { class: "finder", "aria-label": t("filter.title") },
      field,
      make("details", { class: "filters", open: isNarrow() ? null : "" },
        make("summary", {}, t("filter.title")),
        make("div", { class: "filter-row" }, make("h2", {}, t("filter.title")), dates(criteria), shown.map(({ element }) => element))),
      chosen, result);
  }

  return { build };
})();
