"use strict";
// Days brought into at most so many bins of one calendar unit, for a histogram; no drawing.
geoconflict.bins = (() => {
  const { dates } = geoconflict;
  const MOST = 120;
  // Units with the days of an ordinary one; a bin starts where its unit does.
  const UNITS = [["day", 1], ["week", 7], ["month", 30.4], ["quarter", 91.3], ["year", 365.2], ["decade", 3652]];
  const MONTHS = { month: 1, quarter: 3, year: 12, decade: 120 };

  function unitFor([first, last]) {
    return (UNITS.find(([, days]) => (last - first + 1) / days <= MOST) ?? UNITS.at(-1))[0];
  }

  function day(year, month) {
    const date = new Date(0);
    date.setUTCFullYear(year, month, 1);
    return Math.round(date.getTime() / 86400000);
  }

  function starts([first, last], unit) {
    const found = [];
    if (unit === "day" || unit === "week") {
      const step = unit === "day" ? 1 : 7;
      // Weeks start on Mondays; the first day of 1970 was a Thursday.
      const begin = unit === "day" ? first : first - ((((first + 3) % 7) + 7) % 7);
      for (let at = begin; at <= last; at += step) found.push(at);
      return [...found, found.at(-1) + step];
    }
    const { year, month } = dates.parse(dates.iso(first));
    const step = MONTHS[unit];
    const begin = Math.floor((year * 12 + month - 1) / step) * step;
    for (let at = begin; ; at += step) {
      found.push(day(Math.floor(at / 12), at % 12));
      if (found.at(-1) > last) return found;
    }
  }

  // Whether a few events far before or after would press a period into a corner of the axis.
  function isApart([first, last], [from, to]) {
    return from <= to && to - from < (last - first) / 3;
  }

  // The bins of a span of days: `starts` has one more than there are, the day after the last.
  // What lies long before or after the period of a casebook is one bin at either end.
  function make(days, period) {
    const [low, high] = [Math.max(days[0], period[0]), Math.min(days[1], period[1])];
    if (!isApart(days, [low, high])) {
      const unit = unitFor(days);
      const edges = starts(days, unit);
      return { unit, starts: edges, size: edges.length - 1, isEarlier: false, isLater: false };
    }
    const unit = unitFor([low, high]);
    const edges = starts([low, high], unit);
    const [isEarlier, isLater] = [days[0] < edges[0], days[1] >= edges.at(-1)];
    const all = [...(isEarlier ? [days[0]] : []), ...edges, ...(isLater ? [days[1] + 1] : [])];
    return { unit, starts: all, size: all.length - 1, isEarlier, isLater };
  }

  // The bin that a day lies in.
  function find({ starts: edges, size }, at) {
    let [low, high] = [0, size - 1];
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      if (edges[middle] <= at) low = middle;
      else high = middle - 1;
    }
    return low;
  }

  // How many of the rows end in each bin; in an open span an event counts once, at its end.
  function count(bins, ends, rows) {
    const found = new Int32Array(bins.size);
    for (const row of rows) found[find(bins, ends[row])] += 1;
    return found;
  }

  return { make, find, count };
})();
