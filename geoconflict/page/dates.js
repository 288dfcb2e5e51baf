"use strict";
// Dates and spans of days in words, never more precise than they are recorded.
geoconflict.dates = (() => {
  const MONTHS = [
    "January", "February", "March", "April", "May", "June", "July",
    "August", "September", "October", "November", "December",
  ];
  const NIGHTLY = new Set(["strike", "interception"]);

  function parse(iso) {
    const [year, month, day] = iso.split("-").map(Number);
    return { year, month, day };
  }

  function day(iso) {
    const { year, month, day } = parse(iso);
    return `${day} ${MONTHS[month - 1]} ${year}`;
  }

  function month({ year, month: number }) {
    return `${MONTHS[number - 1]} ${year}`;
  }

  function lastDay({ year, month }) {
    return new Date(Date.UTC(year, month, 0)).getUTCDate();
  }

  function distance(start, end) {
    return Math.round((Date.parse(end) - Date.parse(start)) / 86400000);
  }

  function span(start, end) {
    const a = parse(start);
    const b = parse(end);
    if (start === end) return day(start);
    if (a.day === 1 && b.day === lastDay(b) && a.year === b.year) {
      if (a.month === 1 && b.month === 12) return String(a.year);
      if (a.month === b.month) return month(a);
    }
    if (a.day === 1 && b.day === lastDay(b)) {
      return `${MONTHS[a.month - 1]}${a.year === b.year ? "" : ` ${a.year}`} to ${month(b)}`;
    }
    if (a.year !== b.year) return `${day(start)} to ${day(end)}`;
    if (a.month !== b.month) return `${a.day} ${MONTHS[a.month - 1]} to ${day(end)}`;
    return `${a.day} to ${day(end)}`;
  }

  // "Mid-January 2025" of days that lie in one third of a month; null of any others.
  function third(start, end) {
    const [a, b] = [parse(start), parse(end)];
    const [from, to] = [a, b].map(({ day: number }) => Math.min(2, Math.floor((number - 1) / 10)));
    if (start === end || a.year !== b.year || a.month !== b.month || from !== to) return null;
    return `${["early ", "mid-", "late "][from]}${month(a)}`;
  }

  function about(start, end) {
    const days = span(start, end);
    const part = third(start, end);
    if (part) return `About ${part} (${days.replace(` ${parse(end).year}`, "")} assumed)`;
    return start === end ? `About ${days}` : `About ${days} (assumed)`;
  }

  // The months of events from before the period of a casebook, such as "December 2022".
  function months(days) {
    const [first, last] = [days.toSorted()[0], days.toSorted().at(-1)].map((iso) => month(parse(iso)));
    return first === last ? first : `${first} to ${last}`;
  }

  // What is flown by night is dated by two days; two days of fighting are no night.
  function ofEvent(event) {
    const { date_start: start, date_end: end, date_basis: basis, kind } = event;
    if (basis === "before") return `Before ${day(end)}`;
    if (basis === "assumed") return `Shortly before ${day(end)}`;
    if (basis === "about") return about(start, end);
    const night = NIGHTLY.has(kind) && distance(start, end) === 1;
    return night ? `Night of ${span(start, end)}` : span(start, end);
  }

  return { day, span, months, ofEvent };
})();
