"use strict";
// The first stops of the keyboard: buttons that lead past what stands before the map, time and list.
geoconflict.skips = (() => {
  const { make, button } = geoconflict.elements;
  const { language: { t } } = geoconflict;

  // `openList` shows the list where it is a drawer.
  function build(openList) {
    const to = (selector) => document.querySelector(selector)?.focus();
    return make("nav", { class: "skips", "aria-label": t("skip.title") },
      button(t("skip.map"), () => to(".map-frame .leaflet-container")),
      button(t("skip.time"), () => to("#time button")),
      button(t("skip.list"), () => {
        openList();
        to("#panel-body [data-event]");
      }));
  }

  return { build };
})();
