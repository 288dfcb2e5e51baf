"use strict";
// A stated figure with what measuring says of it: stated, measured, verdict, reason, notes.
geoconflict.claims = (() => {
  const { make, told, found } = geoconflict.elements;
  const { words, dates, language: { t } } = geoconflict;
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

  function build(claim, store) {
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
    );
  }

  function list(claims, store) {
    const rank = ({ verdict: code, checkable }) => (checkable ? ORDER.indexOf(code) : ORDER.length);
    const sorted = claims.toSorted((a, b) => rank(a) - rank(b) || a.index - b.index);
    return make("ul", { class: "claims" }, sorted.map((claim) => build(claim, store)));
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

  return { list, tally, findings };
})();
