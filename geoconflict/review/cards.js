"use strict";
// The events of the report as cards, in the order in which they are told.
geoconflict.cards = (() => {
  const { elements: { make, button }, language, state, evidence, fields, places } = geoconflict;
  const { t, named } = language;
  const box = document.getElementById("cards");

  function title(event) {
    const value = (column) => event.cells[column]?.value;
    const unit = state.DATA.units[value("admin1")] ?? value("country");
    const facility = state.DATA.facilities[value("facility")] ?? value("facility");
    const where = facility ?? value("place") ?? unit ?? "?";
    const around = value("facility") && value("place") ? `, ${value("place")}` : "";
    const days = [...new Set([value("date_start"), value("date_end")])].filter(Boolean).join(" / ");
    return `${named("kind", value("kind"))}: ${where}${around}${days ? `, ${days}` : ""}`;
  }

  function decide(key, decision) {
    const event = state.find(key);
    if (decision === "accepted" && !state.isWhole(event)) {
      geoconflict.main.say(t("review.needed"));
      return;
    }
    state.edit(key, (own) => { own.state = own.state === decision ? "open" : decision; });
  }

  function buttons(event) {
    const others = state.now().events.filter((other) => other !== event && other.report === event.report);
    const joiner = make("select", { "aria-label": t("review.merge"),
      change: (change) => change.target.value && state.merge(event.key, change.target.value) },
      make("option", { value: "" }, t("review.merge")),
      ...others.map((other) => make("option", { value: other.key }, `${evidence.numberOf(other.key)}. ${title(other)}`)));
    const pressed = (decision) => ({ "aria-pressed": String(event.state === decision) });
    return make("div", { class: "buttons" },
      button(t("review.accept"), () => decide(event.key, "accepted"), { class: "accept", ...pressed("accepted") }),
      button(t("review.drop"), () => decide(event.key, "dropped"), { class: "drop", ...pressed("dropped") }),
      button(t("review.split"), () => state.split(event.key)), others.length ? joiner : "");
  }

  function known(event) {
    if (!event.known) return "";
    const { id, sure, reason } = event.known;
    const option = (value, text) => make("option", { value, selected: event.sameAs === value ? "" : null }, text);
    return make("div", { class: "known" },
      make("p", {}, t(sure ? "review.known.sure" : "review.known.maybe"), " ", make("code", {}, id), " ",
        make("span", { lang: "en" }, `(${reason})`)),
      make("select", { "aria-label": t("review.known.ask"),
        change: (change) => state.edit(event.key, (own) => { own.sameAs = change.target.value; }) },
        option("", t("review.known.ask")), option(id, t("review.known.same")), option("new", t("review.known.new"))));
  }

  function card(event) {
    const number = evidence.numberOf(event.key);
    const states = { open: "review.open", accepted: "review.accepted", dropped: "review.dropped" };
    return make("article", { class: `card ${event.state} c${number % evidence.COLOURS}`, id: `card-${event.key}`,
      tabindex: "-1", "aria-labelledby": `title-${event.key}`, "data-key": event.key },
      make("h2", { id: `title-${event.key}` }, make("span", { class: "number" }, String(number)), ` ${title(event)}`),
      make("p", { class: "state" }, t(states[event.state]), event.background ? `; ${t("review.background")}` : ""),
      buttons(event), event.state === "dropped" ? "" : [known(event), fields.all(event), places.choice(event),
        fields.voices(event), fields.claims(event)]);
  }

  function unread(report) {
    const draft = state.DATA.drafts[report];
    if (!draft.unread.length) return "";
    const item = (one) => make("li", { mouseenter: () => evidence.show(one.start, one.end), mouseleave: evidence.hide },
      make("span", { class: "level" }, t(`review.unread.${one.kind}`)), ` ${draft.text.slice(one.start, one.end)}`);
    return make("section", { class: "leftover", "aria-labelledby": "unread-title" },
      make("h2", { id: "unread-title" }, t("review.unread")), make("ul", {}, ...draft.unread.map(item)));
  }

  // The focus stays where it was, by the id of the field or the card.
  function draw() {
    const { report, events } = state.now();
    const active = document.activeElement;
    const id = active?.id;
    const key = active?.closest?.(".card")?.dataset.key;
    const label = active?.getAttribute?.("aria-label") ?? active?.className;
    const own = events.filter((event) => event.report === report);
    box.setAttribute("aria-label", t("review.events"));
    box.replaceChildren(...(own.length ? own.map(card) : [make("p", { class: "none" }, t("review.none"))]),
      unread(report) || "");
    if (!key && !id) return;
    const again = (id && document.getElementById(id)) || focusIn(key, label);
    again?.focus({ preventScroll: true });
  }

  function focusIn(key, label) {
    const again = document.getElementById(`card-${key}`);
    const control = [...(again?.querySelectorAll("button, select, input") ?? [])]
      .find((one) => (one.getAttribute("aria-label") ?? one.className) === label && label);
    return control ?? again;
  }

  // To the card after or before the one that has the focus.
  function step(by) {
    const all = [...box.querySelectorAll(".card")];
    const at = all.indexOf(document.activeElement?.closest(".card"));
    const next = all[Math.max(0, Math.min(all.length - 1, at + by))];
    next?.focus();
    next?.scrollIntoView({ block: "start" });
  }

  function current() {
    return document.activeElement?.closest?.(".card")?.dataset.key ?? null;
  }

  return { draw, step, decide, current };
})();
