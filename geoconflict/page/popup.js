"use strict";
// What is known of one event, in a panel at the side of the map or on a phone in a sheet at its foot.
geoconflict.popup = (() => {
  const { make, button } = geoconflict.elements;
  const { t } = geoconflict.language;
  const MARGIN = 40;

  class Popup {
    constructor(map, store, events, measured) {
      Object.assign(this, { map, store, events, measured });
      this.element = null;
      this.index = null;
      this.onOpen = () => {};
      this.onClose = () => {};
      map.on("click", ({ layerPoint }) => {
        if (!events.at(layerPoint)) this.close();
      });
    }

    // Opens an event; `members` are the events to page through, `focus` moves the keyboard there.
    open(index, { members = null, focus = false } = {}) {
      const around = members ?? this.events.companions(index);
      const wasOpen = this.index !== null;
      this.index = index;
      this.measured.show(index);
      this.events.setOpen(index);
      this.map.getContainer().classList.add("has-popup");
      this.element?.remove();
      this.element = this.build(index, around);
      this.map.getContainer().after(this.element);
      this.bringIntoView(index);
      if (focus) this.element.querySelector(".title").focus({ preventScroll: true });
      this.onOpen(index, wasOpen);
    }

    build(index, members) {
      return make("aside", {
        class: "event-popup", role: "dialog", "aria-label": t("popup.event"), tabindex: "-1",
        keydown: ({ key }) => key === "Escape" && this.close(),
      },
      make("div", { class: "sheet-head" }, this.pager(index, members),
        button("×", () => this.close(), { class: "sheet-close", "aria-label": t("popup.close") })),
      geoconflict.details.build(index, this.store, 3));
    }

    pager(index, members) {
      if (members.length < 2) return "";
      const at = members.indexOf(index);
      const turn = (step) => () =>
        this.open(members[(at + step + members.length) % members.length], { members, focus: true });
      return make("nav", { class: "pager", "aria-label": t("popup.here") },
        button("‹", turn(-1), { "aria-label": t("popup.previous") }),
        make("span", {}, t("popup.place", { at: at + 1, all: members.length })),
        button("›", turn(1), { "aria-label": t("popup.next") }));
    }

    // How much of the map lies under the panel or sheet of an event, from the right and from below.
    room() {
      const shown = this.element ?? make("aside", { class: "event-popup" });
      if (!this.element) this.map.getContainer().after(shown);
      const [box, { x, y }] = [shown.getBoundingClientRect(), this.map.getSize()];
      if (!this.element) shown.remove();
      return box.width > x * 0.9 ? { right: 0, below: Math.min(box.height, y) } : { right: box.width, below: 0 };
    }

    bringIntoView(index) {
      const { right, below } = this.room();
      this.map.panInside([this.store.lat[index], this.store.lon[index]], {
        paddingTopLeft: [MARGIN, MARGIN], paddingBottomRight: [right + MARGIN, below + MARGIN], animate: false,
      });
    }

    close() {
      if (!this.element) return;
      this.element.remove();
      this.element = null;
      this.index = null;
      this.map.getContainer().classList.remove("has-popup");
      this.measured.hide();
      this.events.setOpen(null);
      this.onClose();
    }
  }

  return { Popup };
})();
