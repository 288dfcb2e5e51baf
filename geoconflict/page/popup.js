"use strict";
// The popup of an event, made when it is opened; it pages through all events of one place.
geoconflict.popup = (() => {
  const { make, button } = geoconflict.elements;
  const { t } = geoconflict.language;
  const WIDEST = 360;
  const TALLEST = 460;
  const MARGIN = 12;
  // What stands around the content: margins beside it, margins and tip above and below.
  const FRAME = { x: 48, y: 60 };

  class Popup {
    constructor(map, store, events, measured) {
      Object.assign(this, { map, store, events, measured });
      this.popup = null;
      this.index = null;
      this.isChanging = false;
      this.onOpen = () => {};
      this.onClose = () => {};
      map.on("popupclose", ({ popup }) => {
        if (popup === this.popup && !this.isChanging) this.closed();
      });
    }

    // Opens an event; `members` are the events to page through, `focus` moves the keyboard there.
    open(index, { members = null, offset = [0, 0], radius = 8, focus = false } = {}) {
      const around = members ?? this.events.companions(index);
      const event = this.store.event(index);
      this.isChanging = true;
      this.index = index;
      this.measured.show(index);
      this.events.setOpen(index);
      this.map.getContainer().classList.add("has-popup");
      this.popup = L.popup({
        ...this.size(), offset: [offset[0], offset[1] - radius + 2], className: "event-popup",
        autoPanPadding: [MARGIN, MARGIN],
      });
      this.popup.setLatLng([event.lat, event.lon]);
      this.popup.setContent(this.content(index, around, { offset, radius }));
      this.popup.openOn(this.map);
      this.isChanging = false;
      this.listen(focus);
      this.onOpen(index);
    }

    size() {
      const { x, y } = this.map.getSize();
      const width = Math.min(WIDEST, x - FRAME.x - 2 * MARGIN);
      const height = Math.min(TALLEST, y - FRAME.y - 4 * MARGIN);
      return { maxWidth: width, minWidth: width, maxHeight: height };
    }

    // Room for the popup above a place and to its sides, for whoever sets the view before.
    room() {
      const { maxWidth, maxHeight } = this.size();
      return { above: maxHeight + FRAME.y, beside: (maxWidth + FRAME.x) / 2 };
    }

    content(index, members, place) {
      const details = geoconflict.details.build(index, this.store, 3);
      if (members.length < 2) return details;
      const at = members.indexOf(index);
      const turn = (step) => () => {
        const next = members[(at + step + members.length) % members.length];
        this.open(next, { ...place, members, focus: true });
      };
      const pager = make("nav", { class: "pager", "aria-label": t("popup.here") },
        button("‹", turn(-1), { "aria-label": t("popup.previous") }),
        make("span", {}, t("popup.place", { at: at + 1, all: members.length })),
        button("›", turn(1), { "aria-label": t("popup.next") }));
      return make("div", {}, pager, details);
    }

    listen(focus) {
      const element = this.popup.getElement();
      element.setAttribute("role", "dialog");
      element.setAttribute("aria-label", t("popup.event"));
      element.querySelector(".leaflet-popup-close-button")?.setAttribute("aria-label", t("popup.close"));
      element.addEventListener("keydown", ({ key }) => {
        if (key === "Escape") this.close();
      });
      if (focus) element.querySelector(".title").focus({ preventScroll: true });
    }

    close() {
      if (this.popup) this.map.closePopup(this.popup);
    }

    closed() {
      this.popup = null;
      this.index = null;
      this.map.getContainer().classList.remove("has-popup");
      this.measured.hide();
      this.events.setOpen(null);
      this.onClose();
    }
  }

  return { Popup };
})();
