"use strict";
// In another page's text the wheel and one finger scroll that text; ctrl or two fingers move the map.
geoconflict.gestures = (() => {
  const { make } = geoconflict.elements;
  const { t } = geoconflict.language;
  const HINT_MS = 1500;

  function isFramed() {
    return window.self !== window.top;
  }

  function hint(frame, text) {
    let [box, waiting] = [null, 0];
    return () => {
      box ??= frame.appendChild(make("p", { class: "gesture-hint", role: "status" }));
      box.textContent = text;
      clearTimeout(waiting);
      waiting = setTimeout(() => box.replaceChildren(), HINT_MS);
    };
  }

  function follow(map) {
    if (!isFramed()) return;
    const frame = map.getContainer().parentElement;
    const [tellWheel, tellTouch] = [hint(frame, t("gesture.wheel")), hint(frame, t("gesture.touch"))];
    map.scrollWheelZoom.disable();
    frame.addEventListener("wheel", (event) => {
      const isMeant = event.ctrlKey || event.metaKey;
      if (isMeant) map.scrollWheelZoom.enable();
      else map.scrollWheelZoom.disable();
      if (!isMeant && event.target.closest(".map")) tellWheel();
    }, { capture: true, passive: true });
    // A finger that drags would hold the text still.
    if (window.matchMedia("(pointer: coarse)").matches) {
      map.dragging.disable();
      frame.addEventListener("touchmove", ({ touches, target }) => {
        if (touches.length === 1 && target.closest(".map")) tellTouch();
      }, { passive: true });
    }
  }

  return { follow, isFramed };
})();
