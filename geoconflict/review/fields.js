"use strict";
// The cells of an event as fields, the doubtful ones first, each with the words it rests on.
geoconflict.fields = (() => {
  const { elements: { make, button }, language, state, evidence } = geoconflict;
  const { t, named, translated } = language;
  const { columns, codes, units } = state.DATA;
  const PREFIXES = { kind: "kind", actor: "side", target_type: "target", stance: "stance", side: "side" };
  const DAYS = new Set(["date_start", "date_end"]);
  const NUMBERS = new Set(["killed", "injured", "launched", "shot_down"]);
  const POINTS = new Set(["lon", "lat", "precision_m"]);

  function coded(code, value, attributes) {
    const own = codes[code].map((one) => make("option", { value: one, selected: one === value ? "" : null },
      named(code === "side" && one === "other" ? "review.side" : PREFIXES[code], one)));
    const empty = make("option", { value: "", selected: value ? null : "" }, "–");
    return make("select", attributes, empty, ...own);
  }

  function input(event, column) {
    const { value } = event.cells[column];
    const id = `${event.key}-${column}`;
    const common = { id, change: (change) => state.set(event.key, column, change.target.value.trim()) };
    if (column in codes) return coded(column, value, common);
    if (DAYS.has(column)) return make("input", { ...common, type: "date", value });
    if (NUMBERS.has(column)) return make("input", { ...common, type: "number", min: 0, step: 1, value });
    if (POINTS.has(column)) return make("input", { ...common, inputmode: "decimal", value });
    return make("input", { ...common, value, list: column === "admin1" ? "unit-names" : null, autocomplete: "off" });
  }

  function quote(report, cell) {
    if (cell.start < 0) return t("review.nothing");
    const words = state.DATA.drafts[report].text.slice(cell.start, cell.end).replace(/\s+/g, " ").trim();
    return `${t("review.rests")} “${words}”${rule(cell)}`;
  }

  // What of the words it was told by, as the parts of its rule.
  function rule(cell) {
    if (!cell.rule) return "";
    const whole = translated(cell.rule, "review.rule");
    const parts = cell.rule.split(", ").map((part) => translated(part, "review.rule"));
    return ` (${whole === cell.rule ? parts.join(", ") : whole})`;
  }

  function field(event, column) {
    const cell = event.cells[column];
    const note = `${event.key}-${column}-note`;
    const control = input(event, column);
    control.setAttribute("aria-describedby", note);
    const light = () => evidence.show(cell.start, cell.end);
    const unit = column === "admin1" && units[cell.value] ? ` – ${units[cell.value]}` : "";
    return make("div", { class: `field ${cell.certainty}`, title: quote(event.report, cell), mouseenter: light, mouseleave: evidence.hide,
      focusin: light, focusout: evidence.hide },
      make("label", { for: control.id }, t(`review.column.${column}`)), control,
      make("p", { class: "why", id: note }, make("span", { class: `level ${cell.certainty}` },
        t(`review.certainty.${cell.certainty}`)), ` ${quote(event.report, cell)}${unit}`));
  }

  // The order stays while a field is edited: it is that of the draft's own doubt.
  function ordered(event) {
    const doubt = (column) => state.LEVELS.indexOf(event.cells[column].certainty);
    return columns.filter((column) => column in event.cells && !POINTS.has(column))
      .sort((a, b) => Number(doubt(b) > 0) - Number(doubt(a) > 0) || columns.indexOf(a) - columns.indexOf(b))
      .sort((a, b) => Math.min(doubt(a), 1) - Math.min(doubt(b), 1));
  }

  function adder(event) {
    const missing = columns.filter((column) => !(column in event.cells) && !POINTS.has(column));
    if (!missing.length) return "";
    const options = missing.map((column) => make("option", { value: column }, t(`review.column.${column}`)));
    return make("select", { class: "adder", "aria-label": t("review.field.add"),
      change: (change) => addField(event, change.target.value) },
      make("option", { value: "" }, t("review.field.add")), ...options);
  }

  function addField(event, column) {
    if (!column) return;
    const first = { kind: "strike", actor: "unknown" }[column] ?? (codes[column]?.[0] ?? " ");
    state.edit(event.key, (own) => {
      own.cells[column] = { value: NUMBERS.has(column) ? "0" : first, start: -1, end: -1, certainty: "person", rule: "" };
    });
    document.getElementById(`${event.key}-${column}`)?.focus();
  }

  function all(event) {
    return make("div", { class: "fields" }, ...ordered(event).map((column) => field(event, column)), adder(event));
  }

  function voice(event, said, index) {
    const change = (name) => (input_) => state.edit(event.key, (own) => {
      own.said[index][name] = input_.target.value.trim();
    });
    const light = () => evidence.show(said.start ?? -1, said.end ?? -1);
    return make("li", { mouseenter: light, mouseleave: evidence.hide, focusin: light, focusout: evidence.hide },
      make("input", { value: said.claimant, "aria-label": t("review.who.name"), change: change("claimant") }),
      coded("stance", said.stance, { "aria-label": t("review.who.stance"), change: change("stance") }),
      coded("side", said.side, { "aria-label": t("review.who.side"), change: change("side") }),
      button("×", () => state.edit(event.key, (own) => own.said.splice(index, 1)),
        { "aria-label": `${t("review.remove")}: ${said.claimant}`, title: t("review.remove") }));
  }

  function voices(event) {
    return make("div", { class: "voices" }, make("h3", {}, t("review.who")),
      make("ul", {}, ...event.said.map((said, index) => voice(event, said, index))),
      button(t("review.who.add"), () => state.edit(event.key, (own) => {
        own.said.push({ claimant: "", stance: "claims", side: "", start: -1, end: -1 });
      })));
  }

  function claims(event) {
    const own = new Set(event.claims);
    const found = state.DATA.drafts[event.report].claims.filter((claim) => own.has(claim.id));
    if (!found.length) return "";
    const item = (claim) => make("li", {}, make("label", {},
      make("input", { type: "checkbox", checked: "", change: () => state.edit(event.key, (one) => {
        one.claims = one.claims.filter((id) => id !== claim.id);
      }) }), ` ${claim.text ?? claim.id}`));
    return make("div", { class: "claims" }, make("h3", {}, t("review.claims")), make("ul", {}, ...found.map(item)));
  }

  return { all, voices, claims };
})();
