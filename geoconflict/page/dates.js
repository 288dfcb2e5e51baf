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
      if (a.month === b.month) return `${MONTHS[a.month - 1]} ${a.year}`;
    }
    if (a.year !== b.year) return `${day(start)} to ${day(end)}`;
    if (a.month !== b.month) return `${a.day} ${MONTHS[a.month - 1]} to ${day(end)}`;
    return `${a.day} to ${day(end)}`;
  }

  // What is flown by night is dated by two days; two days of fighting are no night.
  function ofEvent(event) {
    const { date_start: start, date_end: end, kind } = event;
    const night = NIGHTLY.has(kind) && distance(start, end) === 1;
    return night ? `Night of ${span(start, end)}` : span(start, end);
  }

  return { day, span, ofEvent };
})();
