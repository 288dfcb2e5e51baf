"use strict";
// A stated figure with what measuring says of it: stated, measured, verdict, reason, notes.
geoconflict.claims = (() => {
  const { make, told } = geoconflict.elements;
  const { words, dates } = geoconflict;
  const ORDER = ["contradicted", "off", "supported", "undetermined"];

  // A number that nothing recorded could ever measure has no verdict.
  function judged({ verdict: code, checkable }) {
    return checkable ? verdict(code)
      : make("strong", { class: "verdict verdict-recorded" }, "Recorded, not checkable");
  }

  function verdict(code) {
    return make("strong", { class: `verdict verdict-${code}` }, words.verdict(code));
  }

  function row(name, text) {
    return text ? [make("dt", {}, name), make("dd", {}, text)] : [];
  }

  function source(claim, store) {
    const found = store.source(claim.source);
    const who = claim.claimant ?? found?.publisher ?? claim.source;
    const where = found && found.publisher !== who ? `, in: ${found.publisher}` : "";
    const when = found ? `, ${dates.day(found.date)}` : "";
    return make("p", { class: "said-by" }, told("span", {}, `${who}${where}`), when);
  }

  // What is stated and measured of each part stands above; the part says how it came out.
  function part({ aspect, verdict: code, reason }) {
    return make("li", {}, `${words.plain(aspect)}: `, verdict(code), reason);
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
      make("dl", {}, row("Stated", stated), row("Measured", claim.measured)),
      claim.reason && checkable && !parts.length
        ? make("p", { class: "reason" }, claim.reason) : "",
      parts.length ? make("ul", { class: "parts" }, parts.map(part)) : "",
      claim.notes.map((note) => make("p", { class: "note" }, note)),
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
    return ORDER.map((code) => [code, checkable.filter(({ verdict: found }) => found === code).length])
      .filter(([, count]) => count);
  }

  // What checking found of each aspect, in short words, each once; the worst first.
  function findings(claims) {
    const rank = ({ verdict: code }) => ORDER.indexOf(code);
    const parts = claims.flatMap(({ parts: found }) => found).toSorted((a, b) => rank(a) - rank(b));
    const found = parts.map((one) => [words.finding(one), one.verdict]).filter(([text]) => text);
    return [...new Map(found)];
  }

  return { list, tally, findings };
})();
