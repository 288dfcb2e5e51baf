"use strict";
// The story beside the map: each step that comes into view sends the map where it is told.
geoconflict.story = (() => {
  const { make, button } = geoconflict.elements;
  const { dates, language: { t } } = geoconflict;
  const [FARTHEST_ZOOM, EVENT_ZOOM] = [4, 8];
  // What covers the map, from the right and from below.
  const NOTHING = { right: 0, below: 0 };
  const SECONDS = 1.2;
  const STILL = window.matchMedia("(prefers-reduced-motion: reduce)");

  class Story {
    constructor(page, element, views) {
      Object.assign(this, { page, element, views });
      this.steps = [...element.querySelectorAll(".step")];
      this.at = null;
      this.said = make("span", { role: "status" });
      this.controls();
      this.watch();
      this.show(true);
    }

    controls() {
      const leave = button(t("story.explore"), () => this.show(false), { class: "story-leave" });
      this.element.querySelector("header").append(leave);
      this.back = button(t("story.back"), () => this.show(true), { class: "story-back" });
      document.getElementById("stage").append(this.back);
      this.element.append(make("nav", { class: "story-nav", "aria-label": t("story.steps") },
        button("‹", () => this.go(this.at - 1), { "aria-label": t("story.previous") }),
        this.said,
        button("›", () => this.go(this.at + 1), { "aria-label": t("story.next") })));
      this.element.addEventListener("keydown", (event) => {
        const by = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
        if (!by) return;
        event.preventDefault();
        this.go(this.at + by);
      });
    }

    // The step that crosses the middle of the text is the one that is told.
    watch() {
      const observer = new IntersectionObserver((entries) => {
        for (const { isIntersecting, target } of entries) {
          if (isIntersecting && this.isShown) this.tell(this.steps.indexOf(target));
        }
      }, { root: this.element, rootMargin: "-40% 0px -55% 0px" });
      for (const step of this.steps) observer.observe(step);
    }

    get isShown() {
      return document.body.classList.contains("is-story");
    }

    show(isShown) {
      document.body.classList.toggle("is-story", isShown);
      this.back.hidden = isShown;
      this.page.map.invalidateSize({ animate: false, pan: false });
      if (isShown) {
        this.page.popup.close();
        this.tell(this.at ?? 0, true);
      } else this.page.events.setOpen(null);
    }

    go(at) {
      const step = this.steps[Math.min(this.steps.length - 1, Math.max(0, at))];
      step.scrollIntoView({ behavior: STILL.matches ? "auto" : "smooth", block: "center" });
      step.focus({ preventScroll: true });
      this.tell(this.steps.indexOf(step));
    }

    tell(at, isAgain = false) {
      if (at === this.at && !isAgain) return;
      this.at = at;
      this.steps.forEach((step, index) => {
        if (index === at) step.setAttribute("aria-current", "step");
        else step.removeAttribute("aria-current");
      });
      this.said.textContent = t("story.step", { at: at + 1, all: this.steps.length });
      const view = this.views[at];
      this.turnTo(view);
      this.moveTo(view);
    }

    // Days and front of a step; what it does not say is as on opening.
    turnTo({ days: [from, to], front }) {
      const { criteria, fronts } = this.page;
      const [low, high] = criteria.days;
      const clamp = (day, other) => Math.min(high, Math.max(low, day ? dates.number(day) : other));
      criteria.change({ from: clamp(from, low), to: clamp(to, high) });
      if (fronts && front) fronts.set({ isShown: front === "on" });
    }

    moveTo({ event, at, zoom }) {
      const { map, store, events, measured } = this.page;
      const index = event === null ? null : store.find(event);
      const isPlaced = index !== null && store.isLocated(index);
      events.setOpen(isPlaced ? index : null);
      if (isPlaced) measured.show(index);
      else measured.hide();
      if (!isPlaced && !at) return;
      // Where no zoom is told, what was measured of an event is in sight too.
      const view = isPlaced && zoom === null
        ? geoconflict.framing.find(map, measured.ends(index), NOTHING, { least: FARTHEST_ZOOM, most: EVENT_ZOOM })
        : { centre: isPlaced ? [store.lat[index], store.lon[index]] : at, zoom: zoom ?? EVENT_ZOOM };
      if (STILL.matches) map.setView(view.centre, view.zoom, { animate: false });
      else geoconflict.flight.to(map, view.centre, view.zoom, SECONDS);
    }
  }

  function start(page, views) {
    const element = document.getElementById("story");
    return element && views ? new Story(page, element, views) : null;
  }

  return { start };
})();
