"use strict";
// The legend: what shapes, fills, numbers and lines on the map mean.
geoconflict.legend = (() => {
  const { make, makeSvg } = geoconflict.elements;
  const { words, symbols, language: { t } } = geoconflict;
  const OTHERS = words.KINDS.filter((kind) => kind !== "strike");
  const TARGETS = ["oil", "power", "industry", "aviation", "defence", "public", "homes", "strike"];

  function drawing(...shapes) {
    const box = { viewBox: "-12 -12 24 24", width: 18, height: 18, "aria-hidden": "true" };
    return makeSvg("svg", box, ...shapes);
  }

  function ring() {
    return drawing(
      makeSvg("circle", { r: 8.5, class: "ring", "stroke-width": 4 }),
      makeSvg("circle", { r: 10.5, class: "rim", "stroke-width": 1 }),
      makeSvg("text", {
        "text-anchor": "middle", y: 4, "font-size": 11, "font-weight": 600, class: "in-ring",
      }, "3"));
  }

  function shield() {
    const text = { "text-anchor": "middle", y: 4, "font-size": 10, "font-weight": 600, class: "on-claimed" };
    return drawing(
      makeSvg("path", {
        d: symbols.SHAPES.interception, class: "fill-claimed", "stroke-width": 1.4, transform: "scale(1.15)",
      }),
      makeSvg("text", text, "7"));
  }

  function somewhere() {
    return drawing(
      makeSvg("circle", {
        r: 10.5, class: "halo", "stroke-width": 1.3, "stroke-dasharray": "3 3",
      }),
      makeSvg("circle", { r: 5, class: "fill-claimed", "stroke-width": 1.2 }));
  }

  function circle() {
    return drawing(makeSvg("circle", {
      r: 9, class: "reach", "stroke-width": 1.4,
      "stroke-dasharray": "3 3",
    }));
  }

  // The outline of an oblast that events are told of somewhere in.
  function area() {
    return drawing(makeSvg("path", {
      d: "M-10-6-2-9 9-7 10 3 4 9-8 7Z", class: "reach", "stroke-width": 1.4, "stroke-dasharray": "3 3",
    }));
  }

  function line() {
    return drawing(makeSvg("path", {
      d: "M-11 6 11-6", class: "measured-line", "stroke-width": 2.4, "stroke-dasharray": "5 3",
    }));
  }

  function railway() {
    const d = "M-11 6 11-6";
    return drawing(
      makeSvg("path", { d, class: "railway", "stroke-width": 1.2 }),
      makeSvg("path", { d, class: "railway", "stroke-width": 5, "stroke-dasharray": "1.4 5" }));
  }

  function entry(icon, text, meaning = "") {
    const more = meaning ? make("span", { class: "meaning" }, ` ${meaning}`) : "";
    return make("li", {}, icon, make("span", {}, text, more));
  }

  // Colours that stand for areas take their look from the style sheet, as they change by theme.
  function swatch(name) {
    return make("span", { class: `swatch swatch-${name}`, "aria-hidden": "true" });
  }

  // A part of the legend, where the map has anything of it.
  function part(heading, shapes, label, used) {
    const found = shapes.filter((shape) => used.has(shape));
    if (!found.length) return [];
    return [
      make("p", { class: "legend-head" }, t(heading)),
      make("ul", { class: "kinds" }, found.map((shape) => entry(symbols.icon(shape), label(shape)))),
    ];
  }

  // Which shapes and areas the map can show.
  function contents(store) {
    const { kind, target_type: target, position_kind: where } = store.events;
    const rows = Array.from({ length: store.size }, (_, row) => row).filter((row) => store.isLocated(row));
    return {
      shapes: new Set(rows.map((row) => symbols.shapeOf(kind[row], target?.[row]))),
      hasNumber: rows.some((row) => kind[row] === "interception" && where[row] === "admin1"),
      hasArea: geoconflict.shading.coarse(store, rows).size > 0,
    };
  }

  function build(isOpen, { shapes, hasNumber, hasArea, hasRailways }, fronts) {
    const { colouring } = geoconflict.page;
    const meanings = colouring.entries().map(([code, name, meaning]) => entry(symbols.icon("other", code), name, meaning));
    return make("details", { class: "legend", ...(isOpen ? { open: "" } : {}) },
      make("summary", {}, t("legend.title")),
      ...part("legend.strikes", TARGETS, (shape) => t(`shape.${shape}`), shapes),
      ...part("legend.others", OTHERS, words.kind, shapes),
      make("p", { class: "legend-head" }, t("legend.colour", { name: t(`facet.${colouring.by}`) })),
      make("ul", { class: "meanings" }, meanings),
      colouring.size ? make("p", { class: "legend-head" }, t("legend.size", { name: t(`size.${colouring.size}`) })) : "",
      make("ul", {},
        entry(ring(), t("legend.several")),
        entry(somewhere(), t("legend.somewhere")),
        hasArea ? entry(area(), t("legend.area")) : "",
        hasNumber ? entry(shield(), t("legend.intercepted")) : "",
        entry(circle(), t("legend.circle"), t("legend.opened")),
        entry(line(), t("legend.line"), t("legend.opened")),
        hasRailways ? entry(railway(), t("legend.railway"), t("legend.incomplete")) : ""),
      fronts ? make("ul", { class: "front-legend" },
        entry(swatch("front"), t("front.line")), entry(swatch("held"), t("front.held")),
        fronts.others().map((name) => entry(swatch(name), t(`front.${name}`))),
        entry(swatch("gained"), t("front.gained")), entry(swatch("lost"), t("front.lost"))) : "");
  }

  // Returns the width that the map must leave free of events for a legend laid open.
  function add(map, { position, isOpen, fronts, hasRailways }) {
    const shown = { ...contents(geoconflict.page.store), hasRailways };
    const box = make("div", { class: "leaflet-bar legend-box" }, build(isOpen, shown, fronts));
    const control = L.control({ position });
    control.onAdd = () => {
      L.DomEvent.disableClickPropagation(box);
      L.DomEvent.disableScrollPropagation(box);
      return box;
    };
    control.addTo(map);
    geoconflict.page.colouring.listen(() => box.replaceChildren(build(box.firstChild.open, shown, fronts)));
    return isOpen ? box.offsetWidth : 0;
  }

  return { add };
})();
