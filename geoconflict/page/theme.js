"use strict";
// Light or dark: as the reader's system has it, until they choose; paper is always light.
geoconflict.theme = (() => {
  const DARK = window.matchMedia("(prefers-color-scheme: dark)");
  const PRINT = window.matchMedia("print");
  const LIGHT = {
    sea: "#d3e0e8", land: "#f1eee7", ukraine: "#faf8f3", water: "#c5d7e2", coast: "#a9bfcc",
    unit: "#d3cdc0", border: "#8b857a", edge: "#6b655b",
    city: "#57534b", place: "#2b2a27", country: "#847c6e", name: "#557b92",
    halo: "rgba(250, 248, 243, 0.9)", ink: "#22262a", paper: "#ffffff", leader: "rgba(34, 38, 42, 0.55)",
    ring: "rgba(255, 255, 255, 0.6)", circle: "#3d4650", measured: "#b23a0e", open: "#c2410c",
    held: "#8c3b4a", front: "#7a2436", gained: "#b5530a", lost: "#1f6fb2", contested: "#8a7400", claimed: "#8c3b4a", salient: "#1f6fb2", shade: "#5b4a8a",
  };
  const NIGHT = {
    sea: "#17222b", land: "#23262a", ukraine: "#2c3035", water: "#1c2c38", coast: "#3b5060",
    unit: "#3d4248", border: "#6d747c", edge: "#8f979f",
    city: "#b4b8bc", place: "#e6e8ea", country: "#8f969d", name: "#86a6ba",
    halo: "rgba(28, 31, 34, 0.9)", ink: "#0e1012", paper: "#e9ebec", leader: "rgba(230, 232, 234, 0.6)",
    ring: "rgba(20, 22, 24, 0.55)", circle: "#b9c0c7", measured: "#ff9d6b", open: "#ff8a4c",
    held: "#d0667a", front: "#ef8ba0", gained: "#ff9d4d", lost: "#6db7f2", contested: "#d9c14a", claimed: "#d0667a", salient: "#6db7f2", shade: "#a893e6",
  };
  const listeners = [];
  let chosen = null;

  function name() {
    if (PRINT.matches) return "light";
    return chosen ?? (DARK.matches ? "dark" : "light");
  }

  // A theme of null is the system's.
  function choose(theme) {
    chosen = theme;
    if (theme) document.documentElement.dataset.theme = theme;
    else delete document.documentElement.dataset.theme;
    tell();
  }

  function tell() {
    for (const listener of listeners) listener();
  }

  for (const query of [DARK, PRINT]) query.addEventListener("change", tell);

  return {
    name, choose,
    chosen: () => chosen,
    colours: () => (name() === "dark" ? NIGHT : LIGHT),
    listen: (listener) => listeners.push(listener),
  };
})();
