"use strict";
// The page put together: folium's script calls `start`, and adds its layers to what it returns.
(() => {
  const { store: storage, basemap, labels, dates, legend, panel, words } = geoconflict;
  const { make } = geoconflict.elements;
  // Where a legend stands below the other buttons, and where one laid open leaves enough map.
  const NARROW = "(max-width: 1000px)";
  const ROOMY = "(min-width: 1500px)";
  const LISTED_ZOOM = 8;
  const CLOSEST_ZOOM = 11;
  const FARTHEST_ZOOM = 5;
  const MARGIN = 40;
  const UKRAINE = [[44.3, 22.1], [52.4, 40.2]];

  // A canvas of its own below or above the layers, which lets every click through.
  function canvas(map, name, zIndex) {
    const pane = map.createPane(name);
    pane.style.zIndex = zIndex;
    pane.style.pointerEvents = "none";
    return L.canvas({ pane: name, padding: 0.3 });
  }

  function makeMap(id, options) {
    const map = L.map(id, {
      zoomSnap: 0.5, zoomDelta: 1, minZoom: 3, maxZoom: 14, wheelPxPerZoomLevel: 100, fadeAnimation: false,
      ...options, preferCanvas: true, attributionControl: false,
    });
    map.attributionControl = L.control.attribution({ prefix: false }).addTo(map);
    L.control.scale({ position: "bottomright", maxWidth: 120 }).addTo(map);
    map.getContainer().setAttribute("aria-label", "Map of the located events; all are in the list");
    return map;
  }

  function attribute(map, info) {
    // Leaflet takes markup here; a text that went through an element is escaped.
    for (const line of info.map_attribution) {
      map.attributionControl.addAttribution(make("span", {}, line).innerHTML);
    }
  }

  function fit(map, events, left = 0) {
    const bounds = events.bounds();
    map.fitBounds(bounds.isValid() ? bounds : UKRAINE, {
      paddingTopLeft: [left + MARGIN, MARGIN], paddingBottomRight: [MARGIN, MARGIN], maxZoom: LISTED_ZOOM, animate: false,
    });
  }

  // Paper has another size than the window, which counts again afterwards.
  function fitToPrint(map, events) {
    window.matchMedia("print").addEventListener("change", ({ matches }) => {
      map.invalidateSize({ animate: false, pan: !matches });
      if (matches) fit(map, events);
    });
  }

  // Brings an event and what was measured of it into view, then opens it.
  function opener(map, popup, measured) {
    return (index) => {
      const { centre, zoom } = geoconflict.framing.find(
        map, measured.ends(index), popup.room(),
        { least: FARTHEST_ZOOM, most: Math.max(LISTED_ZOOM, Math.min(map.getZoom(), CLOSEST_ZOOM)) },
      );
      map.setView(centre, zoom, { animate: false });
      popup.open(index, { focus: true });
    };
  }

  function addBasemap(map, events, store) {
    const topology = storage.read("basemap-data");
    const { cities, seas } = storage.read("labels-data");
    const countries = basemap.add(map, topology, {
      renderer: canvas(map, "basemap", 150), language: document.body.dataset.language,
    });
    labels.add(map, {
      countries, seas, cityColumns: cities, eventPlaces: events.places(),
      obstacles: () => events.obstacles(), renderer: canvas(map, "labels", 450),
    });
    attribute(map, store.info);
  }

  // Events from before the period are named beside it, so that it does not seem to cover them.
  function earlier(store, start) {
    const days = Array.from({ length: store.size }, (_, index) => store.event(index).date_end)
      .filter((day) => day < start);
    if (!days.length) return "";
    return `, with ${words.counted(days.length, "older event", "older events")} of ${dates.months(days)}`;
  }

  function addPanel(map, store, open, popup) {
    const [side, handle] = ["panel", "drawer-handle"].map((id) => document.getElementById(id));
    const drawer = panel.drawer(side, handle, store, () => map.invalidateSize({ animate: false }));
    const body = document.getElementById("panel-body");
    let origin = null;
    panel.build(body, store, (index, button) => {
      drawer.close();
      open(index);
      origin = button;
    });
    popup.onOpen = (index) => panel.mark(body, store.event(index).id);
    popup.onClose = () => {
      panel.mark(body, null);
      origin?.focus({ preventScroll: true });
      origin = null;
    };
    const [start, end] = store.info.period;
    document.getElementById("period").textContent = dates.span(start, end) + earlier(store, start);
  }

  geoconflict.start = (id, options) => {
    const store = storage.load();
    const map = makeMap(id, options);
    const [isNarrow, isOpen] = [NARROW, ROOMY].map((query) => window.matchMedia(query).matches);
    const events = new geoconflict.events.Events(map, store, (...given) => popup.open(...given));
    const measured = new geoconflict.measured.Measured(map, store);
    const popup = new geoconflict.popup.Popup(map, store, events, measured);
    geoconflict.page = { map, store, events, popup };
    fit(map, events, legend.add(map, { position: isNarrow ? "topright" : "bottomleft", isOpen }));
    addBasemap(map, events, store);
    addPanel(map, store, opener(map, popup, measured), popup);
    fitToPrint(map, events);
    // After the layers that folium adds, so that events lie above them.
    document.addEventListener("DOMContentLoaded", () => {
      map.invalidateSize({ animate: false });
      events.refresh();
      document.body.dataset.ready = "true";
    });
    return map;
  };
})();
