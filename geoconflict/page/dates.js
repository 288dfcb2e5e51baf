"use strict";
// Dates and spans of days in words, never more precise than they are recorded.
geoconflict.dates = (() => {
  const { language } = geoconflict;
  const { t } = language;
  const DAY_MS = 86400000;
  const NIGHTLY = new Set(["strike", "interception"]);

  function parse(iso) {
    const [year, month, day] = iso.split("-").map(Number);
    return { year, month, day };
  }

  // Days since 1970, also of years long before.
  function number(iso) {
    return Math.round(Date.parse(iso) / DAY_MS);
  }

  function iso(days) {
    return new Date(days * DAY_MS).toISOString().slice(0, 10);
  }

  // Months as they stand after a day, which is another case in Slavic languages.
  function ofMonth({ month }) {
    return language.find("date.months_of")[month - 1];
  }

  function day(text) {
    const date = parse(text);
    return `${date.day} ${ofMonth(date)} ${date.year}`;
  }

  function month({ year, month: index }) {
    return `${language.find("date.months")[index - 1]} ${year}`;
  }

  function lastDay({ year, month: index }) {
    const date = new Date(0);
    date.setUTCFullYear(year, index, 0);
    return date.getUTCDate();
  }

  // The first of two days, with no more than the second does not say as well.
  function opening(a, b) {
    if (a.year !== b.year) return `${a.day} ${ofMonth(a)} ${a.year}`;
    return a.month === b.month ? String(a.day) : `${a.day} ${ofMonth(a)}`;
  }

  function span(start, end) {
    const [a, b] = [parse(start), parse(end)];
    if (start === end) return day(start);
    if (a.day === 1 && b.day === lastDay(b)) {
      if (a.month === 1 && b.month === 12 && a.year === b.year) return String(a.year);
      if (a.month === b.month && a.year === b.year) return month(a);
      const first = a.year === b.year ? language.find("date.months")[a.month - 1] : month(a);
      return t("date.to", { from: first, to: month(b) });
    }
    const from = opening(a, b);
    return t(/^\d+$/.test(from) ? "date.to_close" : "date.to", { from, to: day(end) });
  }

  // "Mid-January 2025" of days that lie in one third of a month; null of any others.
  function third(start, end) {
    const [a, b] = [parse(start), parse(end)];
    const [from, to] = [a, b].map(({ day: at }) => Math.min(2, Math.floor((at - 1) / 10)));
    if (start === end || a.year !== b.year || a.month !== b.month || from !== to) return null;
    const names = { month: month(a), month_of: `${ofMonth(a)} ${a.year}` };
    return t(["date.early", "date.mid", "date.late"][from], names);
  }

  function about(start, end) {
    const days = span(start, end);
    const part = third(start, end);
    if (start === end) return t("date.about", { days });
    if (!part) return t("date.about_assumed", { days });
    return t("date.about_part", { part, days: days.replace(` ${parse(end).year}`, "") });
  }

  // The months of events from before the period of a casebook, such as "December 2022".
  function months(days) {
    const sorted = days.toSorted();
    const [first, last] = [sorted[0], sorted.at(-1)].map((text) => month(parse(text)));
    return first === last ? first : t("date.to", { from: first, to: last });
  }

  // What is flown by night is dated by two days; two days of fighting are no night.
  function ofEvent(event) {
    const { date_start: start, date_end: end, date_basis: basis, kind } = event;
    if (basis === "before") return t("date.before", { day: day(end) });
    if (basis === "assumed") return t("date.shortly_before", { day: day(end) });
    if (basis === "about") return about(start, end);
    if (NIGHTLY.has(kind) && number(end) - number(start) === 1) {
      return t("date.night", { from: opening(parse(start), parse(end)), to: day(end) });
    }
    return span(start, end);
  }

  // Short, for an axis: a year, a month or a day.
  function short(days, unit) {
    const date = parse(iso(days));
    const name = language.find("date.months_short")[date.month - 1];
    if (unit === "day" || unit === "week") return `${date.day} ${name}`;
    return unit === "month" ? `${name} ${date.year}` : String(date.year);
  }

  return { day, span, months, ofEvent, short, number, iso, parse, lastDay };
})();
