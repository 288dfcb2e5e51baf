"use strict";
// Everything that is recorded of one event, for the popup and the panel alike.
geoconflict.details = (() => {
  const { make, told, found, link } = geoconflict.elements;
  const { words, dates, claims, moves, placenames, symbols, areas, language: { t } } = geoconflict;

  // The name of the place, and what lies around it where the gazetteer says so.
  function place(event) {
    if (event.place_name && event.place_around && !event.facility_name) {
      return { name: placenames.local(event.place_name, event), around: event.place_around };
    }
    return { name: event.place ? placenames.local(event.place, event) : "", around: event.country ?? "" };
  }

  function name(event) {
    return event.facility_name ?? event.facility ?? place(event).name;
  }

  function heading(event) {
    const title = name(event);
    if (title && areas.is(event)) return areas.somewhere(event, title);
    return title || sentence(event.effects) || words.kind(event.kind);
  }

  function sentence(text) {
    return text ? text.charAt(0).toUpperCase() + text.slice(1) : "";
  }

  function where(event) {
    const { name: town, around } = place(event);
    const parts = around.split(", ").map((part) =>
      /^[A-Z]{2}$/.test(part) ? words.country(part) : part);
    return [town === name(event) ? "" : town, ...parts].filter(Boolean).join(", ");
  }

  // Whether somebody denies an event is told apart from its status, which may rest on pictures.
  function denied(index, store) {
    return store.isDenied(index) ? make("span", { class: "flag flag-denied" }, t("flag.denied")) : "";
  }

  // What checking found of an event, in short words: of its figures, and of its move of the front.
  function findings(event, store) {
    return [moves.flag(event), ...claims.findings(store.claims(event.index)).map(([text, code]) =>
      make("span", { class: `flag flag-${code}` }, text))].filter(Boolean);
  }

  function kicker(event, store) {
    const status = make("span", { class: `status status-${event.status}` }, words.status(event.status));
    return make("p", { class: "kicker" },
      symbols.iconOf(event), words.kind(event.kind), status,
      denied(event.index, store));
  }

  function fact(title, text, element = make) {
    return text ? [make("dt", {}, title), element("dd", {}, text)] : [];
  }

  // What the gazetteer knows of a facility: its kind, where that is not the target's, and who runs it.
  function site({ role, operator, target_type: target }) {
    return [role !== target && role ? words.target(role) : "", operator].filter(Boolean).join(", ");
  }

  function facts(event) {
    const what = sentence(event.effects);
    return make("dl", { class: "facts" },
      fact(t("details.reported"), what === heading(event) ? "" : what, told),
      fact(t("details.acting"), event.actor && words.side(event.actor)),
      fact(t("details.target"), event.target_type && words.target(event.target_type)),
      fact(t("details.site"), site(event), told),
      fact(t("details.weapon"), words.weapon(event.weapon), words.weapon(event.weapon) === words.plain(event.weapon) ? told : make),
      ["launched", "shot_down", "killed", "injured"].map((name) =>
        fact(t(`details.${name}`), Number.isInteger(event[name]) ? geoconflict.language.number(event[name]) : "")));
  }

  function section(title, level, ...content) {
    return make("section", {}, make(`h${level}`, {}, title), ...content);
  }

  function report({ claimant, stance, published, summary, url }) {
    const said = make("span", { class: `stance stance-${stance}` }, words.stance(stance));
    const when = published ? make("span", { class: "published" }, ` ${dates.day(published)}`) : "";
    return make("li", {},
      make("p", { class: "who" }, told("b", {}, claimant), " ", said, when),
      summary ? told("p", {}, summary) : "",
      url ? make("p", {}, link(url, t("details.read"))) : "");
  }

  function cited(id, store) {
    const source = store.source(id);
    if (!source) return id;
    const title = source.url ? link(source.url, source.title) : source.title;
    return [told("cite", {}, title), ", ", told("span", {}, source.publisher), `, ${dates.day(source.date)}`];
  }

  // Reports under the source they were read in, so that each source is named once.
  function reports(rows, store) {
    const bySource = geoconflict.elements.grouped(rows, ({ source }) => source);
    return [...bySource].map(([source, said]) => [
      make("ul", { class: "reports" }, said.map(report)),
      make("p", { class: "source" }, t("details.source"), cited(source, store)),
    ]);
  }

  // Lat and lon as other maps take them, no finer than is known; of a blurred page none, as they
  // would be those of a cell.
  function coordinates({ lat, lon, precision_m: metres }) {
    const decimals = metres === null ? 3 : Math.min(5, Math.max(1, 5 - Math.floor(Math.log10(Math.max(1, metres)))));
    const text = [lat, lon].map((degrees) => degrees.toFixed(decimals)).join(", ");
    const said = make("span", { role: "status" });
    const copy = make("button", {
      type: "button", click: () => navigator.clipboard?.writeText(text).then(() => { said.textContent = ` ${t("share.copied")}`; }, () => {}),
    }, t("position.copy"));
    return make("p", { class: "coordinates" }, make("code", {}, text), " ", copy, said);
  }

  function position(event, store) {
    if (event.lon === null) return found("p", {}, sentence(event.position ?? t("position.none")));
    const { blur_km: km } = store.info;
    return [
      make("p", {}, `${words.precision(event)}.`),
      km ? "" : coordinates(event),
      km ? make("p", { class: "blurred" }, t("blur.event", { km })) : "",
      event.position ? found("p", { class: "how" }, sentence(event.position)) : "",
    ];
  }

  // Where it can be seen again: this page, this event.
  function address(event) {
    const hash = `#${new URLSearchParams({ event: event.id })}`;
    return make("p", { class: "permalink" }, make("a", { href: hash }, t("details.link")));
  }

  // `level` is the level of its heading; `before` stands above it, such as a pager.
  function build(index, store, level = 3) {
    const event = store.event(index);
    const said = store.reports(index);
    const figures = store.claims(index);
    const around = where(event);
    const flags = findings(event, store);
    return make("article", { class: "details" },
      kicker(event, store),
      make(`h${level}`, { tabindex: "-1", class: "title" }, heading(event)),
      around ? make("p", { class: "where" }, around) : "",
      make("p", { class: "when" }, dates.ofEvent(event)),
      flags.length ? make("p", { class: "flags" }, flags) : "",
      facts(event),
      said.length ? section(t("details.who"), level + 1, reports(said, store)) : "",
      figures.length ? section(t("details.figures"), level + 1, claims.folded(figures, store)) : "",
      event.move ? section(t("details.front"), level + 1, moves.text(event, geoconflict.page.fronts.source)) : "",
      section(t("details.position"), level + 1, position(event, store)),
      event.note ? section(t("details.note"), level + 1, told("p", {}, sentence(event.note))) : "",
      address(event));
  }

  return { build, heading, denied, findings, where, cited };
})();
