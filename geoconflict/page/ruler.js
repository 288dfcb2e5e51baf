"use strict";
// The reader's own measuring: a way from point to point, a ring around one, or how far it is to the
// border and the front; nothing of it is kept.
geoconflict.ruler = (() => {
  const { make, button } = geoconflict.elements;
  const { dates, geodesic, measured: { arc }, language: { t, number }, words } = geoconflict;
  const RING_STEPS = 180;
  const MOST_KM = 5000;

  function lonlat({ lng, lat }) {
    return [lng, lat];
  }

  class Ruler {
    constructor(map) {
      this.map = map;
      this.layer = L.layerGroup().addTo(map);
      this.mode = null;
      this.points = [];
      this.said = make("output", { class: "ruler-said" });
      this.km = make("input", {
        type: "number", min: "1", max: String(MOST_KM), step: "any", value: "50", "aria-label": t("ruler.km"),
        input: () => this.draw(),
      });
      this.border = [];
      this.fronts = null;
      this.buttons = ["way", "ring", "near"].map((mode) => button(t(`ruler.${mode}`), () => this.choose(mode), { "data-mode": mode }));
      this.radius = make("label", { hidden: "" }, this.km, ` ${t("unit.km")}`);
      this.element = make("div", { class: "ruler", role: "group", "aria-label": t("ruler.title") },
        make("span", {}, t("ruler.title")), this.buttons, this.radius,
        button(t("ruler.clear"), () => this.choose(null)), this.said);
      map.on("click", ({ latlng }) => this.add(lonlat(latlng)));
    }

    choose(mode) {
      this.mode = mode;
      this.points = [];
      this.radius.hidden = mode !== "ring";
      this.map.getContainer().classList.toggle("is-measuring", Boolean(mode));
      for (const one of this.buttons) one.setAttribute("aria-pressed", String(one.dataset.mode === mode));
      this.draw();
    }

    // What there is to measure to: lines of lon and lat, and the fronts of the page.
    use({ border, fronts }) {
      this.border = border;
      this.fronts = fronts;
      this.buttons.at(-1).textContent = t(fronts ? "ruler.near_front" : "ruler.near");
    }

    get isOn() {
      return this.mode !== null;
    }

    add(point) {
      if (!this.isOn) return;
      this.points = this.mode === "way" ? [...this.points, point] : [point];
      this.draw();
    }

    draw() {
      this.layer.clearLayers();
      const colour = geoconflict.theme.colours().measured;
      for (const [x, y] of this.points) {
        this.layer.addLayer(L.circleMarker([y, x], { radius: 3.5, color: colour, weight: 2, interactive: false }));
      }
      if (this.mode === "ring") this.drawRing(colour);
      else if (this.mode === "near") this.drawNear(colour);
      else this.drawWay(colour);
    }

    drawArc(from, to, colour) {
      this.layer.addLayer(L.polyline(arc(from, to), { color: colour, weight: 2, interactive: false }));
    }

    // The lines are drawn coarser than they are measured elsewhere, the border by up to 5 km where
    // its source has it twice; so this is said to be about.
    drawNear(colour) {
      const [point] = this.points;
      const said = [];
      const measure = (lines, key, values) => {
        const found = point && geodesic.nearest(point, lines);
        if (!found) return;
        this.drawArc(point, found.point, colour);
        said.push(t(key, { distance: words.distance(found.metres), ...values }));
      };
      measure(this.border, "ruler.to_border");
      if (this.fronts?.now) measure(this.fronts.lines(), "ruler.to_front", { day: dates.day(this.fronts.now.date) });
      this.tell(said.join("; ") || null);
    }

    drawWay(colour) {
      let metres = 0;
      for (let at = 1; at < this.points.length; at += 1) {
        const [from, to] = [this.points[at - 1], this.points[at]];
        metres += geodesic.distance(from, to) ?? NaN;
        this.drawArc(from, to, colour);
      }
      this.tell(this.points.length > 1 && Number.isFinite(metres) ? words.distance(metres) : null);
    }

    drawRing(colour) {
      const km = Number(this.km.value);
      const [centre] = this.points;
      if (centre && km > 0 && km <= MOST_KM) {
        const around = Array.from({ length: RING_STEPS }, (_, step) =>
          geodesic.destination(centre, (step * 360) / RING_STEPS, km * 1000).reverse());
        this.layer.addLayer(L.polygon(around, { color: colour, weight: 2, fillOpacity: 0.06, interactive: false }));
        this.tell(`${number(km)} ${t("unit.km")}`);
      } else this.tell(null);
    }

    tell(text) {
      if (!this.isOn) this.said.textContent = "";
      else this.said.textContent = text ?? t(`ruler.click_${this.mode}`);
    }
  }

  return { Ruler };
})();
