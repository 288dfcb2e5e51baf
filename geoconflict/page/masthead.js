"use strict";
// The head of the panel: the period, and a long summary cut so that the events are in sight.
geoconflict.masthead = (() => {
  const { button } = geoconflict.elements;
  const { dates, language: { t, counted } } = geoconflict;
  // On a narrow screen the drawer has its own way to the events.
  const WIDE = "(min-width: 1001px)";

  // Events from before the period are named beside it, so that it does not seem to cover them.
  function period({ info, events }) {
    const [start, end] = info.period;
    const days = events.date_end.filter((day) => day < start);
    if (!days.length) return dates.span(start, end);
    const older = counted(days.length, "count.older");
    return t("period.with_older", { period: dates.span(start, end), older, months: dates.months(days) });
  }

  function fold(text) {
    text.classList.add("is-cut");
    if (text.scrollHeight <= text.clientHeight + 1) {
      text.classList.remove("is-cut");
      return;
    }
    const opener = button(t("summary.whole"), () => {
      const isCut = text.classList.toggle("is-cut");
      opener.setAttribute("aria-expanded", String(!isCut));
      opener.textContent = t(isCut ? "summary.whole" : "summary.short");
    }, { class: "summary-more", "aria-expanded": "false" });
    text.after(opener);
  }

  function fill(store) {
    document.getElementById("period").textContent = period(store);
    const summary = document.querySelector(".masthead .summary");
    if (summary && window.matchMedia(WIDE).matches) fold(summary);
  }

  return { fill };
})();
