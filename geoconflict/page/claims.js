"use strict";
// A stated figure with what measuring says of it: stated, measured, verdict, reason, notes.
geoconflict.claims = (() => {
  const { make, told, found } = geoconflict.elements;
  const { words, dates, language: { t, counted } } = geoconflict;
  const ORDER = words.VERDICTS;

  // A number that nothing recorded could ever measure has no verdict.
  function judged({ verdict: code, checkable }) {
    return checkable ? verdict(code)
      : make("strong", { class: "verdict verdict-recorded" }, t("claim.recorded"));
  }

  function verdict(code) {
    return make("strong", { class: `verdict verdict-${code}` }, words.verdict(code));
  }

  function row(name, text) {
    return text ? [make("dt", {}, name), found("dd", {}, text)] : [];
  }

  function source(claim, store) {
    const from = store.source(claim.source);
    const who = claim.claimant ?? from?.publisher ?? claim.source;
    const where = from && from.publisher !== who ? `, ${t("claim.in")} ${from.publisher}` : "";
    const when = from ? `, ${dates.day(from.date)}` : "";
    return make("p", { class: "said-by" }, told("span", {}, `${who}${where}`), when);
  }

  // What is stated and measured of each part stands above; the part says how it came out.
  function part({ aspect, verdict: code, reason }) {
    return make("li", {}, `${words.aspect(aspect)}: `, verdict(code), found("span", {}, reason));
  }

  function build(claim, store, isLinked) {
    const parts = claim.parts.length > 1 ? claim.parts : [];
    const { checkable } = claim;
    // The text of a number that is only recorded says it better than number and unit.
    const stated = checkable || !claim.text ? claim.stated : "";
    return make(
      "li",
      { class: `claim claim-${checkable ? claim.verdict : "recorded"}` },
      make("p", { class: "claim-text" }, judged(claim), told("span", {}, claim.text ?? "")),
      make("dl", {}, row(t("claim.stated"), stated), row(t("claim.measured"), claim.measured)),
      claim.reason && checkable && !parts.length
        ? found("p", { class: "reason" }, claim.reason) : "",
      parts.length ? make("ul", { class: "parts" }, parts.map(part)) : "",
      claim.notes.map((note) => found("p", { class: "note" }, note)),
      source(claim, store),
      isLinked && claim.event !== null ? address(store.event(claim.event)) : "",
    );
  }

  // The event that a figure was stated of.
  function address(event) {
    const hash = `#${new URLSearchParams({ event: event.id })}`;
    return make("p", { class: "permalink" }, make("a", { href: hash }, geoconflict.details.heading(event)));
  }

  // `isLinked` where they do not stand with their event.
  function list(claims, store, { isLinked = false } = {}) {
    const rank = ({ verdict: code, checkable }) => (checkable ? ORDER.indexOf(code) : ORDER.length);
    const sorted = claims.toSorted((a, b) => rank(a) - rank(b) || a.index - b.index);
    return !sorted.length ? "" : make("ul", { class: "claims" }, sorted.map((claim) => build(claim, store, isLinked)));
  }

  // The findings, where there are any; what could not be decided or checked is then folded away.
  function folded(claims, store) {
    const checkable = claims.filter((claim) => claim.checkable);
    const isOpen = ({ verdict: code }) => code !== "undetermined";
    const found = checkable.filter(isOpen);
    if (!found.length) return list(claims, store);
    return [
      list(found, store),
      fold(checkable.filter((claim) => !isOpen(claim)), "figures.undetermined", store),
      fold(claims.filter((claim) => !claim.checkable), "figures.recorded", store),
    ];
  }

  function fold(claims, key, store) {
    if (!claims.length) return "";
    return make("details", { class: "folded" },
      make("summary", {}, `${counted(claims.length, "count.figures")} ${t(key)}`), list(claims, store));
  }

  // How many figures that can be checked have which verdict; verdicts that none has are left out.
  function tally(claims) {
    const checkable = claims.filter((claim) => claim.checkable);
    return ORDER.map((code) => [code, checkable.filter(({ verdict: own }) => own === code).length])
      .filter(([, count]) => count);
  }

  // What checking found of each aspect, in short words, each once; the worst first.
  function findings(claims) {
    const rank = ({ verdict: code }) => ORDER.indexOf(code);
    const parts = claims.flatMap(({ parts: all }) => all).toSorted((a, b) => rank(a) - rank(b));
    const told = parts.map((one) => [words.finding(one), one.verdict]).filter(([text]) => text);
    return [...new Map(told)];
  }

  return { list, folded, tally, findings };
})();
