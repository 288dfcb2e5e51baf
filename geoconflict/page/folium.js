"use strict";
// What the scripts of folium's layers expect of a page beside Leaflet: the one call of jQuery
// that makes their popups, the pins of awesome-markers, and the images of the default marker.
(() => {
  const SVG = "http://www.w3.org/2000/svg";
  const PIN = "M12 1C6 1 1.5 5.5 1.5 11.3 1.5 19 12 31 12 31s10.5-12 10.5-19.7C22.5 5.5 18 1 12 1z";
  const COLOURS = {
    lightred: "#ff8e7f", beige: "#ffcb92", darkgreen: "#436978", cadetblue: "#436978",
    darkpurple: "#5b396b", lightblue: "#8adaff", lightgreen: "#bbf970", darkred: "#a23336",
    darkblue: "#0067a3", lightgray: "#a3a3a3", gray: "#575757",
  };

  // The popups' HTML is the layer author's own; casebook texts never come this way.
  window.$ = window.$ || ((content) => {
    if (typeof content !== "string") return { ready: (then) => then() };
    const template = document.createElement("template");
    template.innerHTML = content.trim();
    return [...template.content.children];
  });

  const Pin = L.Icon.extend({
    options: { iconSize: [24, 32], iconAnchor: [12, 31], popupAnchor: [0, -28] },
    createIcon() {
      const icon = document.createElement("div");
      const svg = document.createElementNS(SVG, "svg");
      svg.setAttribute("viewBox", "0 0 24 32");
      const path = document.createElementNS(SVG, "path");
      path.setAttribute("d", PIN);
      path.setAttribute("stroke", "#fff");
      path.style.fill = COLOURS[this.options.markerColor] || this.options.markerColor || "#38aadd";
      svg.append(path);
      icon.append(svg);
      this._setIconStyles(icon, "icon");
      return icon;
    },
    createShadow: () => null,
  });
  L.AwesomeMarkers = { Icon: Pin, icon: (options) => new Pin(options) };

  // Only a page with layers of the user carries them.
  const images = document.getElementById("leaflet-images");
  L.Icon.Default.imagePath = "";
  if (images) L.Icon.Default.mergeOptions(JSON.parse(images.textContent));
})();
