"use strict";
// The page put together: folium's script calls `start`, and adds its layers to what it returns.
(() => {
  const { address, basemap, labels, legend, language, panel, theme, unpack } = geoconflict;
  const { make } = geoconflict.elements;
  const { t } = language;
  // Where a legend stands below the other buttons, and where one laid open leaves enough map.
  const NARROW = "(max-width: 1000px)";
  const ROOMY = "(min-width: 1500px) and (min-height: 860px)";
  const LISTED_ZOOM = 8;
  const CLOSEST_ZOOM = 11;
  const FARTHEST_ZOOM = 4;
  const SEARCH_MS = 1500;

  const query = (text) => window.matchMedia(text).matches;
  const element = (id) => document.getElementById(id);

  // Leaflet's own scale knows units in Latin letters alone.
  const Scale = L.Control.Scale.extend({
    _updateMetric(most) {
      const metres = this._getRoundNum(most);
      const [value, unit] = metres < 1000 ? [metres, "unit.m"] : [metres / 1000, "unit.km"];
      this._updateScale(this._mScale, `${language.number(value)} ${t(unit)}`, metres / most);
    },
  });

  function makeMap(id, options) {
    const map = L.map(id, {
      zoomSnap: 0.5, zoomDelta: 1, minZoom: 2, maxZoom: 14, wheelPxPerZoomLevel: 100, fadeAnimation: false,
      ...options, preferCanvas: true, attributionControl: false, zoomControl: false,
    });
    map.attributionControl = L.control.attribution({ prefix: false }).addTo(map);
    L.control.zoom({ zoomInTitle: t("map.in"), zoomOutTitle: t("map.out") }).addTo(map);
    new Scale({ position: "bottomright", maxWidth: 120, imperial: language.code() === "en" }).addTo(map);
    map.getContainer().setAttribute("aria-label", t("map.label"));
    map.getContainer().setAttribute("role", "application");
    geoconflict.gestures.follow(map);
    return map;
  }

  function attribute(map, lines) {
    // Leaflet takes markup here; a text that went through an element is escaped.
    for (const line of lines) map.attributionControl.addAttribution(make("span", {}, line).innerHTML);
  }

  // Brings an event and what was measured of it into view, then opens it.
  function opener({ map, popup, measured }) {
    return (index, focus = true) => {
      const { centre, zoom } = geoconflict.framing.find(
        map, measured.ends(index), popup.room(),
        { least: FARTHEST_ZOOM, most: Math.max(LISTED_ZOOM, Math.min(map.getZoom(), CLOSEST_ZOOM)) },
      );
      map.setView(centre, zoom, { animate: false });
      popup.open(index, { focus });
    };
  }

  function addLayers(page, { topology, names, units }) {
    const { map, store, fronts } = page;
    const { layer, countries, border } = basemap.add(map, topology, geoconflict.sheet.add(map, "basemap", 150));
    page.ground = layer;
    page.ruler.use({ border, fronts });
    page.shading = geoconflict.shading.add(map, store, units);
    fronts?.addTo(map);
    page.events = new geoconflict.events.Events(map, store, {
      open: (...given) => page.popup.open(...given), shading: page.shading,
    });
    page.panel.offerWays(page);
    page.labels = labels.add(map, {
      countries, waters: names.waters, cityColumns: names.cities, eventPlaces: page.events.places(),
      obstacles: () => page.events.obstacles(), isDry: layer.isDry,
    });
    page.popup = new geoconflict.popup.Popup(map, store, page.events, page.measured);
    const drawn = [layer, page.shading.layer, fronts?.layer, page.events.layer, page.labels].filter(Boolean);
    theme.listen(() => drawn.forEach((one) => one.redraw()));
  }

  // Everything on the map follows what is chosen.
  function follow(page) {
    const { criteria, events, shading, labels: names, popup } = page;
    const update = () => {
      page.ground.showDay(criteria.to);
      shading.show(criteria.rows);
      events.show(criteria.rows);
      names.redraw();
      if (popup.index !== null && !criteria.rows.includes(popup.index)) popup.close();
    };
    criteria.listen(update);
    page.colouring.listen(() => {
      events.show(criteria.rows);
      page.remember();
    });
    update();
  }

  // Built before the map is drawn, which takes the room that is left.
  function addPanel(page) {
    const { map, store } = page;
    const drawer = panel.drawer(element("panel"), element("drawer-handle"), page.criteria,
      () => map.invalidateSize({ animate: false }));
    page.panel = new panel.Panel(page, element("panel-body"), {
      display: page.display,
      onChange: () => {
        map.invalidateSize({ animate: false, pan: false });
        page.remember();
      },
      open: (index, button) => {
        drawer.close();
        page.openRow(index);
        page.origin = button;
      },
    });
    document.body.prepend(geoconflict.skips.build(drawer.open));
    element("settings").append(geoconflict.settings.build(page));
    geoconflict.masthead.fill(store);
  }

  // The list shows which event is open, and the keyboard goes back to where it was opened.
  function joinPanel(page) {
    const { store, popup } = page;
    page.openRow = opener(page);
    popup.onOpen = (index, wasOpen) => {
      page.labels.redraw();
      page.panel.mark(store.events.id[index]);
      if (wasOpen || page.hasEntry) page.remember();
      else page.hasEntry = address.push(addressOf(page));
    };
    popup.onClose = () => {
      page.panel.mark(null);
      page.labels.redraw();
      if (page.origin?.isConnected) page.origin.focus({ preventScroll: true });
      page.origin = null;
      page.remember();
    };
    page.openEvent = (id) => {
      const index = store.find(id);
      if (index === null) return;
      if (store.isLocated(index)) page.openRow(index, false);
      else page.panel.reveal(id);
    };
  }

  function addTime(page) {
    const { criteria, fronts, display } = page;
    if (fronts) {
      if (display.front) fronts.set({ isShown: display.front !== "off", showsChange: display.front === "change" });
      const move = () => fronts.follow(criteria.from, criteria.to);
      criteria.listen(move);
      move();
    }
    page.timeline = new geoconflict.timeline.Timeline(criteria);
    element("time").append(page.timeline.element);
    if (fronts) criteria.listen(geoconflict.frontline.build(fronts, page.timeline.front, () => page.remember()));
  }

  function setView(page, given, { left, topology }) {
    const { map } = page;
    map.invalidateSize({ animate: false, pan: false });
    const opening = geoconflict.opening.show(page, topology, left);
    if (opening.beyond) geoconflict.opening.follow(opening);
    const view = address.view(given);
    if (view) map.setView(view.centre, view.zoom, { animate: false });
  }

  // The address of what is shown.
  function addressOf(page) {
    const { panel: shown, popup, fronts, store, display } = page;
    const front = fronts && (fronts.isShown ? fronts.showsChange && "change" : "off");
    return address.write({
      ...page,
      display: {
        sort: shown && shown.order !== "-date" ? shown.order : null, list: shown?.mode === "table" ? "table" : null,
        theme: display.theme, lang: display.language, front: front || null,
        colour: page.colouring.by === page.colouring.telling() ? null : page.colouring.by,
        size: page.colouring.size,
        event: popup?.index == null ? null : store.events.id[popup.index],
      },
    });
  }

  // Writes the state into the address; false where the page has none of its own.
  function remember(page) {
    return address.set(addressOf(page));
  }

  // A link within the page, or one that was put into its address, is followed without loading it.
  function followAddress(page) {
    window.addEventListener("hashchange", () => {
      const given = address.read();
      const view = address.view(given);
      if (view) {
        page.criteria.change(address.criteria(given, page.criteria.days));
        page.map.setView(view.centre, view.zoom, { animate: false });
      }
      // The way back from an event is to close it.
      if (given.get("event")) page.openEvent(given.get("event"));
      else {
        page.hasEntry = false;
        page.popup.close();
      }
    });
  }

  async function build(map, display, given) {
    const [casebook, topology, names, units, front, shown] = await Promise.all(
      ["casebook-data", "basemap-data", "labels-data", "units-data", "front-data", "story-data"].map(unpack.read));
    names.cities = unpack.table(names.cities);
    geoconflict.placenames.use(names.cities, names.latin);
    const store = geoconflict.store.make(casebook);
    const page = { map, store, display, origin: null };
    geoconflict.page = page;
    page.criteria = new geoconflict.criteria.Criteria(store);
    page.criteria.change(address.criteria(given, page.criteria.days));
    page.colouring = new geoconflict.colouring.Colouring(page.criteria, { by: display.colour, size: display.size });
    page.fronts = front && new geoconflict.fronts.Fronts(front);
    if (shown?.compare) page.fronts?.compare(shown.compare);
    page.save = () => remember(page);
    page.address = () => addressOf(page);
    page.remember = page.save;
    page.ruler = new geoconflict.ruler.Ruler(map);
    addTime(page);
    addPanel(page);
    attribute(map, [...store.info.map_attribution, ...(front ? [t("front.credit", { source: front.source })] : [])]);
    const isOpen = query(ROOMY);
    const left = legend.add(map, {
      position: query(NARROW) ? "topright" : "bottomleft", isOpen, fronts: page.fronts,
      hasRailways: Boolean(topology.objects.railways?.length),
    });
    setView(page, given, { left, topology });
    page.measured = new geoconflict.measured.Measured(map, store);
    addLayers(page, { topology, names, units });
    follow(page);
    joinPanel(page);
    page.remember = address.paced(page.save);
    page.criteria.listen(() => page.remember());
    map.on("moveend", () => page.remember());
    followAddress(page);
    geoconflict.printing.follow(page);
    document.querySelector(".full-page")?.replaceChildren(t("embed.full"));
    page.events.layer.bringToFront();
    page.labels.bringToFront();
    if (display.event) page.openEvent(display.event);
    page.story = geoconflict.story.start(page, shown?.story);
    page.swipe = geoconflict.swipe.start(page);
    performance.mark("ready");
    document.body.dataset.ready = "true";
    setTimeout(() => page.criteria.search.prepare(), SEARCH_MS);
  }

  const twin = document.querySelector(".twin");

  // What the page shows without its script is better than nothing.
  function fail(error) {
    document.documentElement.classList.remove("has-script");
    const old = typeof DecompressionStream === "undefined";
    const text = t(old ? "fail.old" : "fail.data");
    element("panel-body").replaceChildren(make("p", { class: "noscript", role: "alert" }, text), twin);
    throw error;
  }

  geoconflict.start = (id, options) => {
    const given = address.read();
    const display = address.display(given);
    language.use(display.language ?? document.documentElement.lang);
    theme.choose(display.theme);
    element("panel").setAttribute("aria-label", t("panel.label"));
    element("stage").setAttribute("aria-label", t("map.title"));
    const map = makeMap(id, options);
    // After the layers that folium adds, so that events lie above them.
    document.addEventListener("DOMContentLoaded", () => build(map, display, given).catch(fail));
    return map;
  };
})();
