"use strict";
// Light or dark: as the reader's system has it, until they choose; paper is always light.
geoconflict.theme = (() => {
  const DARK = window.matchMedia("(prefers-color-scheme: dark)");
  const PRINT = window.matchMedia("print");
  const { themes } = geoconflict.look;
  const listeners = [];
  let chosen = null;

  function name() {
    if (PRINT.matches || geoconflict.printing?.isOn()) return "light";
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
    colours: () => themes[name()],
    listen: (listener) => listeners.push(listener),
  };
})();
