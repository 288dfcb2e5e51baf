"use strict";
// What the map shows on opening: the events that lie on its basemap; a button says how many lie beyond.
geoconflict.opening = (() => {
  const { make, button } = geoconflict.elements;
  const { language: { t, counted } } = geoconflict;
  const MARGIN = 40;
  const CLOSEST_ZOOM = 8;
  const UKRAINE = [[44.3, 22.1], [52.4, 40.2]];
  // The basemap fades towards its edge.
  const EDGE_DEG = 1;
  // Where more lie beyond, the basemap is not what the events are about.
  const MOST_BEYOND = 0.5;

  function around(sites, isMeant) {
    const bounds = L.latLngBounds([]);
    sites.lon.forEach((lon, site) => isMeant(site) && bounds.extend([sites.lat[site], lon]));
    return bounds;
  }

  // The bounds of what lies on the basemap and of all, and how many events lie beyond.
  function extents({ sites }, [west, south, east, north]) {
    const isNear = (site) => sites.lon[site] > west + EDGE_DEG && sites.lon[site] < east - EDGE_DEG
      && sites.lat[site] > south + EDGE_DEG && sites.lat[site] < north - EDGE_DEG;
    const placed = sites.of.filter((site) => site >= 0);
    const beyond = placed.filter((site) => !isNear(site)).length;
    const all = around(sites, () => true);
    if (!beyond || beyond > MOST_BEYOND * placed.length) return { near: all, all, beyond: 0 };
    return { near: around(sites, isNear), all, beyond };
  }

  function fit(map, bounds, left) {
    map.fitBounds(bounds.isValid() ? bounds : UKRAINE, {
      paddingTopLeft: [left + MARGIN, MARGIN], paddingBottomRight: [MARGIN, MARGIN], maxZoom: CLOSEST_ZOOM, animate: false,
    });
  }

  // Two days of a front are about the front.
  function ofFront({ arcs, pair }) {
    return L.latLngBounds(pair.flatMap(({ line }) => arcs.lines(line)).flat().map(([lon, lat]) => [lat, lon]));
  }

  function follow({ map, near, all, beyond, left }) {
    const control = L.control({ position: "topright" });
    control.onAdd = () => {
      const text = t("map.beyond", { events: counted(beyond, "count.events") });
      const shown = button(text, () => {
        const isAll = shown.getAttribute("aria-pressed") !== "true";
        shown.setAttribute("aria-pressed", String(isAll));
        fit(map, isAll ? all : near, left);
      }, { "aria-pressed": "false" });
      const box = make("div", { class: "leaflet-bar beyond" }, shown);
      L.DomEvent.disableClickPropagation(box);
      return box;
    };
    control.addTo(map);
  }

  // Shows the events, with room for a legend at the left.
  function show({ map, store, fronts }, { bbox }, left) {
    const found = extents(store, bbox);
    fit(map, fronts?.pair ? ofFront(fronts) : found.near, left);
    return { ...found, map, left };
  }

  return { extents, show, follow };
})();
