"use strict";
// Paper: the map as a picture of what was in view, and the whole list; both made before the printer asks.
geoconflict.printing = (() => {
  const { theme } = geoconflict;
  const PRINT = window.matchMedia("print");
  const listeners = [];
  let isAsked = false;

  const isOn = () => isAsked || PRINT.matches;

  // Leaflet paints with the next frame, for which a printer does not wait.
  function paintNow(map) {
    map.eachLayer((layer) => {
      if (!(layer instanceof L.Canvas)) return;
      L.Util.cancelAnimFrame(layer._redrawRequest);
      layer._redrawBounds = null;
      layer._redraw();
    });
  }

  // A canvas and no image, which would still have to be decoded.
  function picture(page) {
    theme.choose(theme.chosen());
    paintNow(page.map);
    const sheet = geoconflict.picture.paint(page, { isWhole: false });
    sheet.className = "print-map";
    document.querySelector(".print-map")?.remove();
    page.map.getContainer().before(sheet);
  }

  function start(page) {
    if (document.querySelector(".print-map")) return;
    picture(page);
    for (const listener of listeners) listener();
  }

  function end(page) {
    document.querySelector(".print-map")?.remove();
    theme.choose(theme.chosen());
    page.map.invalidateSize({ animate: false, pan: false });
    for (const listener of listeners) listener();
  }

  function follow(page) {
    const set = (isPrinting) => {
      isAsked = isPrinting;
      if (isPrinting) start(page);
      else end(page);
    };
    window.addEventListener("beforeprint", () => set(true));
    window.addEventListener("afterprint", () => set(false));
    PRINT.addEventListener("change", ({ matches }) => set(matches));
  }

  return { isOn, follow, listen: (listener) => listeners.push(listener) };
})();
