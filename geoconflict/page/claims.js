"use strict";
// A stated figure with what measuring says of it: stated, measured, verdict, reason, notes.
geoconflict.claims = (() => {
  const { make } = geoconflict.elements;
  const { words, dates } = geoconflict;
  const ORDER = ["contradicted", "off", "supported", "undetermined"];

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
    return make("p", { class: "said-by" }, `${who}${where}${when}`);
  }

  // What is stated and measured of each part stands above; the part says how it came out.
  function part({ aspect, verdict: code, reason }) {
    return make("li", {}, `${words.plain(aspect)}: `, verdict(code), reason);
  }

  function build(claim, store) {
    const parts = claim.parts.length > 1 ? claim.parts : [];
    return make(
      "li",
      { class: `claim claim-${claim.verdict}` },
      make("p", { class: "claim-text" }, verdict(claim.verdict), claim.text ?? ""),
      make("dl", {}, row("Stated", claim.stated), row("Measured", claim.measured)),
      claim.reason && !parts.length ? make("p", { class: "reason" }, claim.reason) : "",
      parts.length ? make("ul", { class: "parts" }, parts.map(part)) : "",
      claim.notes.map((note) => make("p", { class: "note" }, note)),
      source(claim, store),
    );
  }

  function list(claims, store) {
    const rank = ({ verdict: code }) => ORDER.indexOf(code);
    const sorted = claims.toSorted((a, b) => rank(a) - rank(b) || a.index - b.index);
    return make("ul", { class: "claims" }, sorted.map((claim) => build(claim, store)));
  }

  // How many figures have which verdict, as "2 off"; verdicts that nothing has are left out.
  function tally(verdicts) {
    return ORDER.map((code) => [code, verdicts.filter((found) => found === code).length])
      .filter(([, count]) => count);
  }

  return { list, tally, verdict };
})();
