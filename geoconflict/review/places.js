"use strict";
// A small map of the places that an event can be at, and the choice between them.
geoconflict.places = (() => {
  const { elements: { make, makeSvg }, language: { t }, state } = geoconflict;
  const WIDTH = 300;
  const HEIGHT = 170;
  const LEAST_DEG = 5;

  function frame(places) {
    const lons = places.map((place) => place.lon);
    const lats = places.map((place) => place.lat);
    const middle = [(Math.min(...lons) + Math.max(...lons)) / 2, (Math.min(...lats) + Math.max(...lats)) / 2];
    const squeeze = Math.cos((middle[1] * Math.PI) / 180);
    const wide = Math.max((Math.max(...lons) - Math.min(...lons)) * 1.5, LEAST_DEG / squeeze);
    const high = Math.max((Math.max(...lats) - Math.min(...lats)) * 1.5, (wide * squeeze * HEIGHT) / WIDTH);
    const width = Math.max(wide, (high * WIDTH) / HEIGHT / squeeze);
    return { middle, squeeze, scale: WIDTH / (width * squeeze) };
  }

  function map(event) {
    const { middle, squeeze, scale } = frame(event.places);
    const x = (lon) => WIDTH / 2 + (lon - middle[0]) * squeeze * scale;
    const y = (lat) => HEIGHT / 2 - (lat - middle[1]) * scale;
    const ground = `translate(${WIDTH / 2} ${HEIGHT / 2}) scale(${squeeze * scale} ${scale}) translate(${-middle[0]} ${middle[1]})`;
    const names = event.places.map((place) => place.title).join("; ");
    return makeSvg("svg", { class: "map", viewBox: `0 0 ${WIDTH} ${HEIGHT}`, role: "img",
      "aria-label": `${t("review.map")}: ${names}` },
      makeSvg("rect", { class: "sea", width: WIDTH, height: HEIGHT }),
      makeSvg("g", { transform: ground }, makeSvg("use", { href: "#land", class: "land" }),
        makeSvg("use", { href: "#units", class: "unit" })),
      event.places.map((place, index) => makeSvg("g", { class: isChosen(event, place) ? "spot chosen" : "spot" },
        makeSvg("circle", { cx: x(place.lon), cy: y(place.lat), r: 7 }),
        makeSvg("text", { x: x(place.lon), y: y(place.lat) + 3.5 }, String(index + 1)))));
  }

  // The place that the row leads to: the first, unless another was chosen.
  function isChosen(event, place) {
    const cell = event.cells.place;
    if (!cell || cell.certainty === "open") return false;
    if ("lon" in event.cells) return Number(event.cells.lon.value) === place.lon;
    return place === event.places[0] && cell.value !== "";
  }

  function choice(event) {
    if (!event.places.length) return "";
    const options = event.places.map((place, index) => make("label", { class: "option" },
      make("input", { type: "radio", name: `place-${event.key}`, value: index,
        checked: isChosen(event, place) ? "" : null, change: () => state.choose(event.key, place) }),
      ` ${index + 1}. ${place.title}`));
    return make("fieldset", { class: "places" }, make("legend", {}, t("review.places")), map(event),
      make("div", { class: "options" }, ...options));
  }

  return { choice };
})();
