"use strict";
// One object for all parts of the desk: words, asking the server, tabs, and what changed elsewhere.
const desk = (() => {
  const WORDS = JSON.parse(document.getElementById("words").textContent);
  const LANGUAGE = document.documentElement.lang;
  const PERIOD_MS = 2000;
  const byId = (id) => document.getElementById(id);
  const listeners = [];
  let now = { stamp: "" };

  function make(tag, attributes = {}, ...children) {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) {
      if (value === true) element.setAttribute(name, "");
      else if (value !== false && value != null) element.setAttribute(name, value);
    }
    element.append(...children);
    return element;
  }

  function say(text, isBad = false) {
    const line = byId("said");
    line.textContent = text;
    line.classList.toggle("bad", isBad);
  }

  // Asks for data; what the server refuses is thrown with its own words.
  async function ask(path, body) {
    const options = body === undefined ? {} : { method: "POST", body: JSON.stringify({ ...body, language: LANGUAGE }),
      headers: { "Content-Type": "application/json" } };
    let answer;
    try {
      answer = await fetch(path, options);
    } catch {
      throw new Error(WORDS.unreachable);
    }
    const data = await answer.json().catch(() => ({ error: answer.statusText }));
    if (!answer.ok) throw Object.assign(new Error(data.error), { status: answer.status });
    return data;
  }

  function show(state) {
    now = state;
    byId("title").textContent = state.title || WORDS.title;
    document.title = state.title ? `${state.title} · ${WORDS.title}` : WORDS.title;
    byId("folder").textContent = state.folder;
    byId("undo").disabled = !state.can_undo;
    byId("redo").disabled = !state.can_redo;
    byId("start").hidden = state.is_casebook;
    byId("desk").hidden = !state.is_casebook;
    byId("faults").replaceChildren(...state.faults.map((fault) => make("li", {}, fault)));
    byId("faults").hidden = !state.faults.length;
    // Each knows what it shows itself, which a change of its own may have made newer than this.
    for (const listen of listeners) listen(state);
  }

  async function refresh() {
    try {
      show(await ask("state"));
      if (byId("said").textContent === WORDS.unreachable) say("");
    } catch (error) {
      say(error.message, true);
    }
  }

  const tabs = [...document.querySelectorAll("[role=tab]")];

  function open(name) {
    for (const tab of tabs) {
      const isOpen = tab.id === `tab-${name}`;
      tab.setAttribute("aria-selected", String(isOpen));
      tab.tabIndex = isOpen ? 0 : -1;
      byId(tab.getAttribute("aria-controls")).hidden = !isOpen;
    }
    if (window.location.hash !== `#${name}`) window.history.replaceState(null, "", `#${name}`);
    for (const listen of listeners) listen(now);
  }

  const opened = () => tabs.find((tab) => tab.getAttribute("aria-selected") === "true")?.id.slice("tab-".length);

  function step(press) {
    const by = { ArrowRight: 1, ArrowLeft: -1 }[press.key];
    if (!by) return;
    const next = tabs[(tabs.indexOf(press.target) + by + tabs.length) % tabs.length];
    open(next.id.slice("tab-".length));
    next.focus();
  }

  async function go(path) {
    try {
      show(await ask(path, {}));
      say("");
    } catch (error) {
      say(error.message, true);
    }
  }

  async function start(submit) {
    submit.preventDefault();
    try {
      show(await ask("start", { title: submit.target.elements.title.value }));
      open("report");
    } catch (error) {
      say(error.message, true);
    }
  }

  // The map is made anew only when somebody looks at it.
  let mapped = "";
  listeners.push((state) => {
    const wanted = `map?language=${LANGUAGE}&stamp=${state.stamp}`;
    if (opened() !== "map" || mapped === wanted) return;
    mapped = wanted;
    byId("map").src = wanted;
  });

  for (const tab of tabs) {
    tab.addEventListener("click", () => open(tab.id.slice("tab-".length)));
    tab.addEventListener("keydown", step);
  }
  byId("undo").addEventListener("click", () => go("undo"));
  byId("redo").addEventListener("click", () => go("redo"));
  byId("start").addEventListener("submit", start);
  byId("language").addEventListener("change", (change) => {
    window.location.search = `?language=${change.target.value}`;
  });

  function begin() {
    const named = window.location.hash.slice(1);
    open(tabs.some((tab) => tab.id === `tab-${named}`) ? named : "report");
    refresh();
    setInterval(() => document.hidden || refresh(), PERIOD_MS);
    document.addEventListener("visibilitychange", () => document.hidden || refresh());
  }

  return { WORDS, make, say, ask, refresh, begin, open, opened, listen: (act) => listeners.push(act), state: () => now };
})();
