"use strict";
// Ways to take the page along: what is shown as a file, on paper, as a link or in another page.
geoconflict.sharing = (() => {
  const { make, button } = geoconflict.elements;
  const { downloads, picture, language: { t } } = geoconflict;

  // The clipboard is closed to files in some browsers; a field to copy from is not.
  function offer(box, text) {
    const field = make("textarea", { readonly: "", rows: "3", "aria-label": t("share.text") }, text);
    box.replaceChildren(field, isFile() ? make("p", {}, t("share.file")) : "");
    field.focus();
    field.select();
    navigator.clipboard?.writeText(text).then(
      () => box.append(make("p", { role: "status" }, t("share.copied"))), () => {});
  }

  // A file on a disk has no address that others can open, and its folders are nobody's business.
  const isFile = () => location.protocol === "file:";

  function link() {
    return isFile() ? `${location.pathname.split("/").at(-1)}${location.hash}` : location.href;
  }

  function embedding() {
    const frame = make("iframe", {
      src: link(), title: document.title, width: "100%", height: "640", style: "border:0", loading: "lazy",
    });
    return frame.outerHTML;
  }

  function build(page) {
    const { store, criteria } = page;
    const box = make("div", { class: "share-text" });
    const entries = [
      ["share.csv", () => downloads.saveCsv(store, criteria)],
      ["share.geojson", () => downloads.saveGeojson(store, criteria)],
      ["share.png", () => picture.save(page)],
      ["share.print", () => window.print()],
      ["share.link", () => offer(box, link())],
      ["share.embed", () => offer(box, embedding())],
    ];
    return make("details", { class: "menu" },
      make("summary", {}, t("share.title")),
      make("div", { class: "menu-box" },
        make("ul", {}, entries.map(([key, act]) => make("li", {}, button(t(key), act)))), box));
  }

  return { build };
})();
