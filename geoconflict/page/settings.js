"use strict";
// The language and the look that the reader chooses.
geoconflict.settings = (() => {
  const { make, button } = geoconflict.elements;
  const { language, theme } = geoconflict;
  const { t } = language;

  // The page is built anew in another language; its address carries the rest over.
  function languages(page) {
    const select = make("select", {
      id: "language", "aria-label": t("settings.language"),
      change: () => {
        page.display.language = select.value;
        if (page.save()) location.reload();
      },
    }, language.names().map((code) => make("option", { value: code, lang: code }, language.nameOf(code))));
    select.value = language.code();
    return select;
  }

  function themes(page) {
    const toggle = button("", () => {
      const next = theme.name() === "dark" ? "light" : "dark";
      page.display.theme = next;
      theme.choose(next);
      page.remember();
    }, { class: "theme" });
    const update = () => {
      const text = t(theme.name() === "dark" ? "settings.light" : "settings.dark");
      toggle.textContent = text;
    };
    theme.listen(update);
    update();
    return toggle;
  }

  function build(page) {
    return make("div", { class: "settings" }, page.save() ? languages(page) : "", themes(page));
  }

  return { build };
})();
