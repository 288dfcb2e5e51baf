"use strict";
// The panel beside the map: search, filters, the events as list or table, other figures, sources.
geoconflict.panel = (() => {
  const { make, told, button } = geoconflict.elements;
  const { words, claims, details, list, table, orders, language: { t, counted, number, find } } = geoconflict;
  // More would make a book of a print.
  const PRINTED = 2000;
  // From so many on symbols hide each other, and counting shows more.
  const MANY = 300;

  function otherFigures(store) {
    const found = store.otherClaims();
    if (!found.length) return "";
    return make("section", { class: "block", "aria-labelledby": "other-figures" },
      make("h2", { id: "other-figures" }, t("panel.other_figures"), " ",
        make("span", { class: "count" }, number(found.length))),
      claims.folded(found, store));
  }

  function frontCredits(fronts) {
    if (!fronts) return "";
    return make("li", {}, t("front.source"), told("span", {}, geoconflict.frontline.credit(fronts)), ". ",
      geoconflict.frontline.scope(fronts), " ",
      t("front.simplified", { m: fronts.step_m }),
      fronts.omitted ? ` ${t("front.omitted", { count: number(fronts.omitted) })}` : "",
      fronts.restricted ? ` ${t("front.restricted")}` : "");
  }

  function sources(store, fronts) {
    const { info } = store;
    const cited = store.sourceIds().map((id) => make("li", {}, details.cited(id, store)));
    return make("section", { class: "block credits", "aria-labelledby": "sources" },
      make("h2", { id: "sources" }, t("panel.sources")),
      make("ul", {}, cited),
      make("h3", {}, t("panel.attribution")),
      make("ul", {},
        info.attribution.map((line) => told("li", {}, line)),
        frontCredits(fronts),
        make("li", {}, t("panel.map_data"), info.data_attribution.join("; "))),
      make("p", {}, t("panel.leaflet")));
  }

  // How many figures have a verdict; it opens them.
  function badge(code, count, store) {
    const opener = button(`${number(count)} ${words.verdict(code).toLowerCase()}`, () => {
      const box = opener.parentElement.querySelector(".tallied");
      const isOpen = opener.getAttribute("aria-expanded") === "true";
      for (const other of opener.parentElement.querySelectorAll("[aria-expanded]")) {
        other.setAttribute("aria-expanded", String(other === opener && !isOpen));
      }
      const found = store.allClaims().filter((claim) => claim.checkable && claim.verdict === code);
      box.replaceChildren(isOpen ? "" : claims.list(found, store, { isLinked: true }));
    }, { class: `flag flag-${code}`, "aria-expanded": "false" });
    return opener;
  }

  function uncheckable(count) {
    return make("span", { class: "uncheckable" }, t("panel.recorded", { count: number(count) }));
  }

  function totals(criteria) {
    const { store } = criteria;
    const all = store.allClaims();
    const figures = claims.tally(all);
    const recorded = all.filter(({ checkable }) => !checkable).length;
    const { blur_km: km } = store.info;
    return [
      figures.length
        ? make("div", { class: "tally" }, t("panel.checked"), figures.map(([code, count]) =>
          badge(code, count, store)), recorded ? uncheckable(recorded) : "", make("div", { class: "tallied" }))
        : recorded ? make("p", { class: "tally" }, uncheckable(recorded)) : "",
      km ? make("p", { class: "blurred" }, t("blur.page", { km })) : "",
    ].filter(Boolean);
  }

  // The events that are chosen, as list or table, in an order, a page at a time.
  class Panel {
    constructor(page, body, { open, display, onChange }) {
      Object.assign(this, { page, body, open, onChange });
      this.order = display.order ?? "-date";
      this.mode = display.mode ?? "list";
      this.turned = 0;
      this.inView = false;
      this.isWhole = false;
      this.totals = make("div", { class: "totals" });
      this.results = make("div", { class: "results" });
      this.ways = make("div", { class: "ways" });
      body.replaceChildren(...[
        geoconflict.filterbox.build(page.criteria), this.totals, this.tools(), this.results,
        otherFigures(page.store), sources(page.store, page.fronts),
      ].filter(Boolean));
      page.criteria.listen(() => this.set({ turned: 0 }));
      page.colouring.listen(() => this.update());
      page.map.on("moveend", () => this.inView && this.set({ turned: 0 }));
      geoconflict.printing.listen(() => this.update());
      this.update();
    }

    set(changes) {
      Object.assign(this, changes);
      this.update();
      this.onChange();
    }

    tools() {
      const select = make("select", { id: "order", change: () => this.set({ order: select.value, turned: 0 }) },
        ["-date", "date", ...orders.LISTED].map((name) =>
          make("option", { value: name }, t(`order.${name}`))));
      this.select = select;
      const view = make("input", {
        type: "checkbox", change: () => this.set({ inView: view.checked, turned: 0 }),
      });
      this.modes = ["list", "table"].map((mode) =>
        button(t(`mode.${mode}`), () => this.set({ mode, turned: 0 }), { "data-mode": mode }));
      return make("div", { class: "tools" },
        make("div", { class: "modes", role: "group", "aria-label": t("mode.label") }, this.modes),
        make("label", { class: "order" }, make("span", {}, `${t("order.label")} `), select),
        make("details", { class: "view-menu" },
          make("summary", {}, t("look.title")),
          make("div", { class: "menu-box looks" }, this.looks(), this.page.ruler.element)),
        make("label", { class: "in-view" }, view, t("list.in_view")),
        geoconflict.sharing.build(this.page));
    }

    // What symbols stand for.
    looks() {
      const { colouring } = this.page;
      const choose = (name, options, label, value) => {
        const select = make("select", { "aria-label": t(`look.${name}`), change: () => colouring.set({ [name]: select.value || null }) },
          options.map((code) => make("option", { value: code ?? "" }, label(code))));
        select.value = value ?? "";
        return make("label", {}, `${t(`look.${name}`)} `, select);
      };
      return [
        colouring.names().length > 1 ? choose("by", colouring.names(), (code) => t(`facet.${code}`), colouring.by) : "",
        colouring.sizes().length
          ? choose("size", [null, ...colouring.sizes()], (code) => (code ? t(`size.${code}`) : t("size.none")), colouring.size) : "",
        this.ways,
      ];
    }

    // Once the map is there: what many events can be shown as.
    offerWays({ events, shading, store }) {
      if (store.size < MANY) return;
      const note = make("p", { class: "look-note" });
      const ways = ["symbols", "hexagons", "heat", ...(shading.hasTotals ? ["units"] : [])];
      const select = make("select", {
        "aria-label": t("look.as"),
        change: () => {
          events.showAs(select.value === "symbols" ? null : select.value);
          note.textContent = find(`look.note_${select.value}`) ?? "";
        },
      }, ways.map((way) => make("option", { value: way }, t(`look.as_${way}`))));
      this.ways.replaceChildren(make("label", {}, `${t("look.as")} `, select), note);
    }

    rows() {
      const { criteria: { rows }, store, map } = this.page;
      if (!this.inView) return rows;
      const bounds = map.getBounds();
      return rows.filter((row) => !store.isLocated(row) || bounds.contains([store.lat[row], store.lon[row]]));
    }

    update() {
      const { store, criteria } = this.page;
      const all = geoconflict.printing.isOn();
      const rows = orders.sort(store, this.rows(), this.order).slice(0, all ? PRINTED : undefined);
      const turn = (page) => {
        this.set({ turned: page });
        this.results.querySelector("h2, table button")?.scrollIntoView({ block: "nearest" });
        this.results.querySelector("[data-event]")?.focus({ preventScroll: true });
      };
      const options = { order: this.order, page: this.turned, turn, open: this.open, all };
      const [onMap, elsewhere] = [true, false].map((wanted) => rows.filter((row) => store.isLocated(row) === wanted));
      this.totals.replaceChildren(...totals(criteria));
      const parts = this.mode === "table"
        ? [table.build(rows, store, {
          ...options, sort: (order) => this.sortBy(order), isWhole: this.isWhole,
          widen: (isWhole) => this.set({ isWhole }),
        })]
        : [list.located(onMap, store, options), list.unlocated(elsewhere, store, all)];
      this.results.replaceChildren(...parts.filter(Boolean));
      this.select.value = [...this.select.options].some(({ value }) => value === this.order) ? this.order : "-date";
      for (const mode of this.modes) mode.setAttribute("aria-pressed", String(mode.dataset.mode === this.mode));
      document.body.classList.toggle("has-table", this.mode === "table");
      this.mark(this.marked);
    }

    // The button that sorted is made anew, and the keyboard stays with it.
    sortBy(order) {
      this.set({ order, turned: 0 });
      this.results.querySelector("[aria-sort] button")?.focus({ preventScroll: true });
    }

    // Marks the event whose popup is open, and brings it into view; none with null.
    mark(id) {
      const isNew = id !== this.marked;
      this.marked = id;
      this.results.querySelector("[aria-current]")?.removeAttribute("aria-current");
      const item = id ? this.results.querySelector(`[data-event="${CSS.escape(id)}"]`) : null;
      item?.setAttribute("aria-current", "true");
      if (isNew) item?.scrollIntoView({ block: "nearest" });
    }

    // Shows an event that has no place, opened, in whichever page of the list it stands.
    reveal(id) {
      const item = this.results.querySelector(`[data-event="${CSS.escape(id)}"]`);
      if (item?.getAttribute("aria-expanded") !== "true") item?.click();
      item?.scrollIntoView({ block: "start" });
    }
  }

  // On a phone the panel is a drawer; its handle says what is inside, as filtered.
  function drawer(panel, handle, criteria, onChange) {
    const isOpen = () => panel.classList.contains("is-open");
    const label = () => {
      const title = isOpen() ? "" : make("span", { class: "handle-title" }, list.cut(document.title));
      const events = counted(criteria.rows.length, "count.events");
      const hint = isOpen() ? t("drawer.map") : t("drawer.list", { events });
      handle.replaceChildren(...[title, make("span", { class: "handle-hint" }, hint)].filter(Boolean));
    };
    const set = (open) => {
      panel.classList.toggle("is-open", open);
      handle.setAttribute("aria-expanded", String(open));
      label();
      onChange();
      // The events are what the handle promises; what stands above them is a swipe away.
      if (open) panel.querySelector(".result")?.scrollIntoView({ block: "start" });
    };
    handle.addEventListener("click", () => set(!isOpen()));
    criteria.listen(label);
    set(false);
    return { open: () => set(true), close: () => set(false) };
  }

  return { Panel, drawer };
})();
