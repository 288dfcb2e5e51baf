"use strict";
// What measuring saw of one event: the circle it lies in, and lines to the nearest points.
geoconflict.measured = (() => {
  const { make } = geoconflict.elements;
  const SMALLEST_CIRCLE_M = 250;
  const STEPS = 48;
  const DEGREE = Math.PI / 180;

  function toVector([lon, lat]) {
    const [l, p] = [lon * DEGREE, lat * DEGREE];
    return [Math.cos(p) * Math.cos(l), Math.cos(p) * Math.sin(l), Math.sin(p)];
  }

  // The shortest way over the globe, as lat and lon; on a map of this size close to the geodesic.
  function arc(from, to) {
    const [a, b] = [toVector(from), toVector(to)];
    const angle = Math.acos(Math.min(1, a[0] * b[0] + a[1] * b[1] + a[2] * b[2]));
    if (angle < 1e-9) return [from, to].map(([lon, lat]) => [lat, lon]);
    return Array.from({ length: STEPS + 1 }, (_, step) => {
      const t = step / STEPS;
      const [p, q] = [Math.sin((1 - t) * angle), Math.sin(t * angle)];
      const [x, y, z] = a.map((value, axis) => (value * p + b[axis] * q) / Math.sin(angle));
      return [Math.atan2(z, Math.hypot(x, y)) / DEGREE, Math.atan2(y, x) / DEGREE];
    });
  }

  function rounded(km) {
    return km < 1 ? km : Math.round(km);
  }

  function drawLine({ line, reference }, layer) {
    const points = arc(line.from, line.to);
    const { language: { t, number }, theme } = geoconflict;
    const colour = theme.colours().measured;
    const km = `${number(line.distance_km)} ${t("unit.km")}`;
    const doubt = ` ± ${rounded(line.uncertainty_km)}`;
    layer.addLayer(L.polyline(points, { color: theme.colours().casing, weight: 5, opacity: 0.8, interactive: false }));
    layer.addLayer(L.polyline(points, { color: colour, weight: 2, dashArray: "6 4", interactive: false }));
    for (const end of [points[0], points.at(-1)]) {
      layer.addLayer(L.circleMarker(end, {
        radius: 3.5, color: colour, weight: 2, fillColor: theme.colours().casing, fillOpacity: 1, interactive: false,
      }));
    }
    const text = make("span", {}, make("b", {}, km), doubt, ` ${t("measured.from")} ${reference}`);
    layer.addLayer(L.tooltip({
      permanent: true, direction: "center", className: "measured-label", interactive: false,
    }).setLatLng(points[STEPS / 2] ?? points[0]).setContent(text));
  }

  function drawCircle({ lat, lon, precision_m: radius }, layer) {
    if (radius === null || radius < SMALLEST_CIRCLE_M) return;
    layer.addLayer(L.circle([lat, lon], {
      radius, color: geoconflict.theme.colours().circle, weight: 1.2, dashArray: "3 4",
      fillColor: geoconflict.theme.colours().circle,
      fillOpacity: 0.07, interactive: false,
    }));
  }

  function lines(index, store) {
    const found = store.claims(index).filter(({ line }) => line);
    return [...new Map(found.map((claim) => [JSON.stringify(claim.line), claim])).values()];
  }

  class Measured {
    constructor(map, store) {
      this.store = store;
      this.layer = L.layerGroup().addTo(map);
    }

    show(index) {
      this.hide();
      drawCircle(this.store.event(index), this.layer);
      for (const line of lines(index, this.store)) drawLine(line, this.layer);
    }

    hide() {
      this.layer.clearLayers();
    }

    // What should be seen with an event, as lat and lon, the event first.
    ends(index) {
      const event = this.store.event(index);
      const others = lines(index, this.store).flatMap(({ line }) => [line.from, line.to]);
      const around = geoconflict.areas.is(event) ? geoconflict.areas.corners(event) : [];
      return [[event.lon, event.lat], ...around, ...others].map(([x, y]) => [y, x]);
    }
  }

  return { Measured, arc };
})();
