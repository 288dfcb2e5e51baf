"use strict";
// Time below the map: how many events when, a range to drag, to step and to play.
geoconflict.timeline = (() => {
  const { make, makeSvg, button } = geoconflict.elements;
  const { bins: binning, dates, language: { t, counted } } = geoconflict;
  const STEP_MS = 700;
  const HEIGHT = 40;
  const JUMP = 10;
  const TICK_GAP = 12;
  const MOST_TICKS = 6;

  class Timeline {
    constructor(criteria) {
      this.criteria = criteria;
      this.bins = binning.make(criteria.days, criteria.store.info.period.map(dates.number));
      this.playing = null;
      this.build();
      criteria.listen(() => this.update());
      this.update();
    }

    build() {
      this.play = button("▶", () => this.toggle(), { class: "play", "aria-label": t("time.play") });
      this.asOf = make("p", { class: "as-of" });
      this.whole = button(t("time.whole"), () => this.choose(0, this.bins.size - 1), { class: "whole-time" });
      this.bars = makeSvg("svg", {
        class: "bars", viewBox: `0 0 ${this.bins.size} ${HEIGHT}`, preserveAspectRatio: "none", "aria-hidden": "true",
      });
      this.handles = ["from", "to"].map((name) => make("div", {
        class: `handle handle-${name}`, role: "slider", tabindex: "0", "aria-label": t(`time.${name}`),
        "aria-valuemin": "0", "aria-valuemax": String(this.bins.size - 1),
        keydown: (event) => this.key(event, name),
      }));
      this.window = make("div", { class: "window" });
      this.track = make("div", { class: "track", pointerdown: (event) => this.grab(event) },
        this.bars, this.window, this.handles);
      this.front = make("div", { class: "front-line" });
      this.element = make("section", { class: "timeline", "aria-label": t("time.title") },
        make("div", { class: "time-head" },
          make("div", { class: "time-buttons", role: "group", "aria-label": t("time.steps") },
            button("‹", () => this.step(-1), { "aria-label": t("time.back") }),
            this.play,
            button("›", () => this.step(1), { "aria-label": t("time.forward") })),
          this.asOf, this.whole),
        this.track, this.axis(), this.front);
    }

    // Days along the axis, each under the start of its bin, as many as its width takes.
    axis() {
      const axis = make("div", { class: "axis", "aria-hidden": "true" });
      new ResizeObserver(() => this.label(axis)).observe(axis);
      return axis;
    }

    label(axis) {
      const { starts, size, unit, isEarlier, isLater } = this.bins;
      const width = axis.clientWidth;
      const tick = (bin, text) => make("span", { style: `left:${(100 * bin) / size}%` }, text);
      const ends = [
        isEarlier ? tick(0, `← ${dates.short(starts[0], "month")}`) : null,
        isLater ? make("span", { class: "tick-last" }, `${dates.short(starts[size] - 1, "month")} →`) : null,
      ];
      const longest = tick(0, dates.short(starts[size - 1], unit));
      axis.replaceChildren(...ends.filter(Boolean), longest);
      const [before, after, own] = [...ends, longest].map((one) => (one ? one.offsetWidth + TICK_GAP : 0));
      longest.remove();
      const every = Math.max(1, Math.ceil(own / (width / size)), Math.ceil(size / MOST_TICKS));
      const first = isEarlier ? Math.max(1, Math.ceil(before / (width / size))) : 0;
      for (let bin = first; (bin * width) / size + own <= width - after + TICK_GAP; bin += every) {
        axis.append(tick(bin, dates.short(starts[bin], unit)));
      }
    }

    // The range as the first and the last bin in it.
    get range() {
      const { from, to } = this.criteria;
      return [binning.find(this.bins, from), binning.find(this.bins, to)];
    }

    choose(first, last) {
      const { starts } = this.bins;
      const [low, high] = this.criteria.days;
      this.criteria.change({
        from: Math.max(low, starts[first]), to: Math.min(high, starts[last + 1] - 1),
      });
    }

    move(name, bin) {
      const [first, last] = this.range;
      const at = Math.min(this.bins.size - 1, Math.max(0, bin));
      if (name === "from") this.choose(Math.min(at, last), last);
      else this.choose(first, Math.max(at, first));
    }

    // A range moves as a whole; all of the time grows from its start instead.
    step(by) {
      const [first, last] = this.range;
      const end = this.bins.size - 1;
      if (first === 0 && last === end) {
        this.choose(0, by > 0 ? 0 : Math.max(0, end - 1));
        this.grows = true;
      } else if (this.grows && first === 0) {
        this.choose(0, Math.min(end, Math.max(0, last + by)));
      } else if (first + by >= 0 && last + by <= end) {
        this.grows = false;
        this.choose(first + by, last + by);
      }
    }

    get isAtEnd() {
      return this.range[1] >= this.bins.size - 1;
    }

    toggle() {
      if (this.playing) {
        this.stop();
        return;
      }
      if (this.isAtEnd) {
        const [first, last] = this.range;
        this.grows = first === 0;
        this.choose(0, first === 0 ? 0 : last - first);
      } else this.grows = this.range[0] === 0;
      this.playing = setInterval(() => {
        this.step(1);
        if (this.isAtEnd) this.stop();
      }, STEP_MS);
      this.showPlaying();
    }

    stop() {
      clearInterval(this.playing);
      this.playing = null;
      this.showPlaying();
    }

    showPlaying() {
      this.play.textContent = this.playing ? "❚❚" : "▶";
      this.play.setAttribute("aria-label", t(this.playing ? "time.pause" : "time.play"));
    }

    key(event, name) {
      const at = this.range[name === "from" ? 0 : 1];
      const moves = {
        ArrowLeft: at - 1, ArrowDown: at - 1, ArrowRight: at + 1, ArrowUp: at + 1,
        PageDown: at - JUMP, PageUp: at + JUMP, Home: 0, End: this.bins.size - 1,
      };
      if (!Object.hasOwn(moves, event.key)) return;
      event.preventDefault();
      this.stop();
      this.move(name, moves[event.key]);
    }

    binAt(event) {
      const { left, width } = this.track.getBoundingClientRect();
      return Math.floor(((event.clientX - left) / width) * this.bins.size);
    }

    // Near an edge that edge is dragged, inside a range the range, elsewhere a new range is drawn.
    grab(event) {
      if (event.button) return;
      event.preventDefault();
      this.stop();
      const start = this.binAt(event);
      const [first, last] = this.range;
      const edges = this.handles.map((handle) => handle.getBoundingClientRect());
      const away = edges.map(({ left, width }) => Math.abs(event.clientX - left - width / 2));
      const nearest = away[0] < away[1] ? 0 : 1;
      const isWhole = first === 0 && last === this.bins.size - 1;
      let drag = (bin) => this.choose(...[start, bin].map((at) => this.within(at)).sort((a, b) => a - b));
      if (away[nearest] < 14) {
        drag = (bin) => this.move(nearest ? "to" : "from", bin);
        this.handles[nearest].focus();
      } else if (!isWhole && start >= first && start <= last) drag = (bin) => this.shift(first, last, bin - start);
      this.follow(drag);
    }

    within(bin) {
      return Math.min(this.bins.size - 1, Math.max(0, bin));
    }

    shift(first, last, by) {
      const to = Math.min(this.bins.size - 1 - last, Math.max(-first, by));
      this.choose(first + to, last + to);
    }

    follow(drag) {
      let bin = null;
      const move = (event) => {
        const at = this.binAt(event);
        if (at === bin) return;
        bin = at;
        drag(at);
      };
      const end = () => {
        window.removeEventListener("pointermove", move);
        window.removeEventListener("pointerup", end);
        window.removeEventListener("pointercancel", end);
      };
      window.addEventListener("pointermove", move);
      window.addEventListener("pointerup", end);
      window.addEventListener("pointercancel", end);
    }

    update() {
      const { criteria: { store, from, to, days, anyTime, isWholeTime } } = this;
      const [first, last] = this.range;
      const counts = binning.count(this.bins, store.end, anyTime);
      this.draw(counts, first, last);
      const share = (bin) => `${(100 * bin) / this.bins.size}%`;
      const edges = [first, last + 1];
      this.handles.forEach((handle, side) => {
        const bin = side ? last : first;
        handle.style.left = share(edges[side]);
        handle.setAttribute("aria-valuenow", String(bin));
        handle.setAttribute("aria-valuetext", dates.day(dates.iso(side ? to : from)));
      });
      Object.assign(this.window.style, { left: share(first), width: share(last + 1 - first) });
      this.asOf.replaceChildren(
        make("strong", {}, t("time.as_of", { day: dates.day(dates.iso(to)) })),
        make("span", {}, ` ${t("time.since", { day: dates.day(dates.iso(from)) })}`));
      this.whole.hidden = isWholeTime;
      this.track.title = counted(anyTime.length, "count.events");
      if (from > days[0]) this.grows = false;
    }

    // Bars by the square root, so that one busy day does not hide all the others.
    draw(counts, first, last) {
      const most = Math.sqrt(Math.max(1, ...counts));
      const bars = [...counts].map((count, bin) => {
        const height = count ? Math.max(2, (Math.sqrt(count) / most) * (HEIGHT - 2)) : 0;
        const isIn = bin >= first && bin <= last;
        return makeSvg("rect", {
          x: bin + 0.08, y: HEIGHT - height, width: 0.84, height,
          class: ["bar", isIn && "bar-in", this.isApart(bin) && "bar-apart"].filter(Boolean).join(" "),
        });
      });
      this.bars.replaceChildren(...bars, ...this.breaks());
    }

    // Whether a bin stands for all that lies before or after the period, not for one day or month.
    isApart(bin) {
      const { isEarlier, isLater, size } = this.bins;
      return (isEarlier && bin === 0) || (isLater && bin === size - 1);
    }

    // Where the axis leaps over a long time.
    breaks() {
      const { isEarlier, isLater, size } = this.bins;
      return [isEarlier && 1, isLater && size - 1].filter(Boolean)
        .map((x) => makeSvg("line", { x1: x, x2: x, y1: 0, y2: HEIGHT, class: "break" }));
    }
  }

  return { Timeline };
})();
