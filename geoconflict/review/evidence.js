"use strict";
// The report with the words of each event marked in its colour.
geoconflict.evidence = (() => {
  const { elements: { make }, language: { t, translated }, state } = geoconflict;
  const COLOURS = 8;
  const box = document.getElementById("text");

  function pieces(text, spans) {
    const cuts = new Set([0, text.length]);
    for (const { start, end } of spans) {
      cuts.add(start);
      cuts.add(end);
    }
    const at = [...cuts].filter((cut) => cut >= 0 && cut <= text.length).sort((a, b) => a - b);
    return at.slice(1).map((end, index) => {
      const start = at[index];
      return { start, end, over: spans.filter((span) => span.start < end && start < span.end) };
    });
  }

  function marked(piece, text) {
    const words = text.slice(piece.start, piece.end);
    if (!piece.over.length) return words;
    const first = piece.over.find((one) => one.key) ?? piece.over[0];
    const colour = first.key ? `event c${first.number % COLOURS}` : "unread";
    const title = first.key ? t("review.event", { number: first.number }) : t(`review.unread.${first.kind}`);
    return make("mark", { class: colour, "data-start": piece.start, "data-end": piece.end,
      "data-key": first.key ?? null, title }, words);
  }

  function spansOf(report) {
    const { events } = state.now();
    const own = events.filter((event) => event.report === report && event.state !== "dropped");
    const found = own.flatMap((event) => event.spans.map(([start, end]) => (
      { start, end, key: event.key, number: numberOf(event.key) })));
    return [...found, ...state.DATA.drafts[report].unread.map((one) => ({ ...one, key: null }))];
  }

  function numberOf(key) {
    return state.now().events.findIndex((event) => event.key === key) + 1;
  }

  function draw() {
    const { report } = state.now();
    const draft = state.DATA.drafts[report];
    if (!draft) return;
    const parts = pieces(draft.text, spansOf(report)).map((piece) => marked(piece, draft.text));
    box.lang = draft.language;
    box.setAttribute("aria-label", t("review.report"));
    const { title, publisher, date } = draft.source;
    const about = [translated(publisher, "review.source"), date];
    // A text without a title of its own is called by its first words.
    const isOwn = !draft.text.trimStart().startsWith(title.replace(/…$/, ""));
    box.replaceChildren(isOwn ? make("h2", { class: "source" }, title) : "",
      make("p", { class: "about" }, about.filter(Boolean).join(", ")),
      draft.note ? make("p", { class: "note", lang: "en" }, draft.note) : "",
      make("div", { class: "words" }, ...parts));
  }

  // Lights the words that a cell rests on, without moving the focus.
  function show(start, end) {
    hide();
    if (start < 0) return;
    const marks = [...box.querySelectorAll("mark")]
      .filter((mark) => Number(mark.dataset.start) < end && start < Number(mark.dataset.end));
    const range = rangeOf(start, end);
    if (range && window.CSS?.highlights) CSS.highlights.set("evidence", new Highlight(range));
    for (const mark of marks) mark.classList.add("lit");
    const first = marks[0] ?? range?.startContainer.parentElement;
    first?.scrollIntoView({ block: "nearest" });
  }

  function hide() {
    window.CSS?.highlights?.delete("evidence");
    for (const mark of box.querySelectorAll(".lit")) mark.classList.remove("lit");
  }

  function rangeOf(start, end) {
    const walker = document.createTreeWalker(box.querySelector(".words"), NodeFilter.SHOW_TEXT);
    const range = document.createRange();
    let at = 0;
    let begun = false;
    while (walker.nextNode()) {
      const { length } = walker.currentNode.data;
      if (!begun && start < at + length) {
        range.setStart(walker.currentNode, start - at);
        begun = true;
      }
      if (begun && end <= at + length) {
        range.setEnd(walker.currentNode, end - at);
        return range;
      }
      at += length;
    }
    return null;
  }

  // The words that the reader has selected in the report, as characters of it.
  function selected() {
    const selection = window.getSelection();
    const words = box.querySelector(".words");
    if (!selection.rangeCount || selection.isCollapsed || !words?.contains(selection.anchorNode)) return null;
    const range = selection.getRangeAt(0);
    const before = document.createRange();
    before.setStart(words, 0);
    before.setEnd(range.startContainer, range.startOffset);
    const start = before.toString().length;
    return { start, end: start + range.toString().length, text: range.toString().trim() };
  }

  box.addEventListener("click", (click) => {
    const { key } = click.target.closest("mark")?.dataset ?? {};
    if (key) document.getElementById(`card-${key}`)?.focus();
  });

  return { draw, show, hide, numberOf, selected, COLOURS };
})();
