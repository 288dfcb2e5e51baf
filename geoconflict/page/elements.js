"use strict";
// Elements of the page. Texts are set as text, so no data can become markup.
geoconflict.elements = (() => {
  const SVG = "http://www.w3.org/2000/svg";
  const LONG = 30000;
  const PART = /[\s\S]{1,4000}/g;

  function make(tag, attributes = {}, ...children) {
    return fill(document.createElement(tag), attributes, children);
  }

  function makeSvg(tag, attributes = {}, ...children) {
    return fill(document.createElementNS(SVG, tag), attributes, children);
  }

  function fill(element, attributes, children) {
    for (const [name, value] of Object.entries(attributes)) {
      if (typeof value === "function") element.addEventListener(name, value);
      else if (value !== null && value !== false) element.setAttribute(name, value);
    }
    const found = children.flat(Infinity).filter((child) => child !== null && child !== "");
    element.append(...found.flatMap(inParts));
    return element;
  }

  // A very long text in parts, as browsers take minutes to set a megabyte as one.
  function inParts(child) {
    if (typeof child !== "string" || child.length < LONG) return child;
    const parts = child.match(PART);
    return parts.map((text) => {
      const part = document.createElement("span");
      part.className = "part";
      part.append(text);
      return part;
    });
  }

  // A text in the language of the casebook, which need not be that of the page.
  function told(tag, attributes = {}, ...children) {
    return inLanguage(document.body.dataset.language, tag, attributes, children);
  }

  // What the checks and the gazetteer say, in the language of the page.
  function found(tag, attributes = {}, ...children) {
    return make(tag, attributes, ...children);
  }

  function inLanguage(own, tag, attributes, children) {
    const { lang } = document.documentElement;
    return make(tag, { ...attributes, lang: own === lang ? null : own }, ...children);
  }

  function button(text, click, attributes = {}) {
    return make("button", { type: "button", click, ...attributes }, text);
  }

  // Checked where the page is made as well; here again for whoever edits the file.
  function link(url, text) {
    let target = null;
    try {
      target = new URL(url);
    } catch {
      return text;
    }
    if (target.protocol !== "http:" && target.protocol !== "https:") return text;
    return make("a", { href: target.href, target: "_blank", rel: "noopener noreferrer" }, text);
  }

  // Things by what a function says of each, in the order in which they come.
  function grouped(things, tell) {
    const found = new Map();
    for (const thing of things) {
      const key = tell(thing);
      if (found.has(key)) found.get(key).push(thing);
      else found.set(key, [thing]);
    }
    return found;
  }

  return { grouped, make, makeSvg, told, found, button, link };
})();
