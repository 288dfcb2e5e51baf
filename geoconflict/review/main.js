"use strict";
// The bar above, the keys, and saving.
geoconflict.main = (() => {
  const { elements: { make, button }, language, state, evidence, cards } = geoconflict;
  const { t } = language;
  const bar = document.getElementById("bar");
  const status = document.getElementById("status");
  const REMEMBERED = "geoconflict-language";

  function say(text) {
    status.textContent = text;
  }

  function counts() {
    const found = { accepted: 0, dropped: 0, open: 0 };
    for (const event of state.now().events) found[event.state] += 1;
    return t("review.counts", found);
  }

  function languages() {
    const options = language.names().map((name) => make("option",
      { value: name, selected: name === language.code() ? "" : null, lang: name }, language.nameOf(name)));
    return make("select", { id: "language", "aria-label": t("review.language"), change: (change) => speak(change.target.value) },
      ...options);
  }

  function reports() {
    if (state.DATA.drafts.length < 2) return "";
    const options = state.DATA.drafts.map((draft, index) => make("option",
      { value: index, selected: index === state.now().report ? "" : null }, `${index + 1}. ${draft.source.title}`));
    return make("select", { id: "report", "aria-label": t("review.report"), change: (change) => state.change((all) => {
      all.report = Number(change.target.value);
    }) }, ...options);
  }

  function drawBar() {
    document.title = t("review.title");
    bar.replaceChildren(make("h1", {}, t("review.title")), reports(), make("span", { class: "counts" }, counts()),
      button(t("review.add"), add, { id: "add" }),
      button(t("review.undo"), state.undo, { id: "undo", disabled: state.canUndo() ? null : "" }),
      button(t("review.save"), save, { id: "save", class: "save" }), languages(),
      make("p", { class: "keys" }, t("review.keys"), " ", state.isKept() ? "" : t("review.not_kept")));
  }

  function draw() {
    evidence.draw();
    cards.draw();
    const id = document.activeElement?.closest("#bar") ? document.activeElement.id : null;
    drawBar();
    if (id) document.getElementById(id)?.focus();
  }

  function speak(name) {
    language.use(name);
    try {
      localStorage.setItem(REMEMBERED, name);
    } catch {
      say(t("review.not_kept"));
    }
    draw();
  }

  // A new event: what is selected in the report is its place.
  function add() {
    const words = evidence.selected();
    const { report } = state.now();
    const { date } = state.DATA.drafts[report].source;
    const own = (value, at = { start: -1, end: -1 }) => ({ value, start: at.start, end: at.end, certainty: "person", rule: "" });
    const cells = { kind: own("strike") };
    if (date) Object.assign(cells, { date_start: own(date), date_end: own(date) });
    cells.place = words ? own(words.text, words) : own("?");
    const key = state.add(report, cells, words ? [[words.start, words.end]] : []);
    document.getElementById(`card-${key}`)?.scrollIntoView({ block: "start" });
    document.getElementById(`${key}-place`)?.focus();
  }

  async function save() {
    const review = state.review();
    if (state.DATA.saveTo) {
      const answer = await fetch(state.DATA.saveTo, { method: "POST", body: JSON.stringify(review),
        headers: { "Content-Type": "application/json" } });
      const said = await answer.json();
      say(answer.ok ? t("review.sent") : t("review.refused", { why: said.error }));
      if (answer.ok && said.next) window.location.assign(said.next);
      return;
    }
    const url = URL.createObjectURL(new Blob([JSON.stringify(review, null, 1)], { type: "application/json" }));
    const link = make("a", { href: url, download: "review.json" });
    document.body.append(link);
    link.click();
    link.remove();
    setTimeout(() => URL.revokeObjectURL(url), 10000);
    say(t("review.saved"));
  }

  const KEYS = {
    j: () => cards.step(1), k: () => cards.step(-1), u: state.undo, s: save,
    a: () => cards.current() && cards.decide(cards.current(), "accepted"),
    d: () => cards.current() && cards.decide(cards.current(), "dropped"),
  };

  document.addEventListener("keydown", (press) => {
    if (press.ctrlKey || press.metaKey || press.altKey || press.target.matches("input, select, textarea")) return;
    const act = KEYS[press.key];
    if (act) {
      press.preventDefault();
      act();
    }
  });

  function remembered() {
    try {
      return localStorage.getItem(REMEMBERED) ?? document.documentElement.lang;
    } catch {
      return document.documentElement.lang;
    }
  }

  function unitNames() {
    const options = Object.entries(state.DATA.units).map(([code, name]) => make("option", { value: code }, name));
    document.body.append(make("datalist", { id: "unit-names" }, ...options));
  }

  state.listen(draw);
  unitNames();
  // The page is made before anything of it is used, so that a card can speak.
  queueMicrotask(() => speak(remembered()));
  return { say };
})();
