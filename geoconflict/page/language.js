"use strict";
// The language of the page's own words: one table each, English where another lacks a word.
geoconflict.language = (() => {
  const CODE = /^[a-z]+(_[a-z]+)*$/;
  const tables = geoconflict.look.words;
  let current = "en";

  function use(name) {
    current = Object.hasOwn(tables, name) ? name : "en";
    document.documentElement.lang = current;
  }

  function find(key) {
    for (const table of [tables[current], tables.en]) {
      if (Object.hasOwn(table, key)) return table[key];
    }
    return null;
  }

  // A word in every language that has it.
  function all(key) {
    return Object.values(tables).filter((table) => Object.hasOwn(table, key)).map((table) => table[key]);
  }

  // The words of a key, with `{name}` replaced by the value of that name.
  function t(key, values = {}) {
    const found = find(key) ?? key;
    return found.replace(/\{(\w+)\}/g, (_, name) => String(values[name] ?? ""));
  }

  // A word for a code of the tables; a code that has none is written out.
  function named(prefix, name) {
    const found = Object.hasOwn(tables.en, `${prefix}.${name}`) ? find(`${prefix}.${name}`) : null;
    if (found) return found;
    const code = String(name ?? "");
    const text = CODE.test(code) ? code.replaceAll("_", " ") : code;
    return text.charAt(0).toUpperCase() + text.slice(1);
  }

  // The keys of a section by the words that any table has for them.
  const sections = new Map();
  function keysOf(section) {
    const rows = () => Object.values(tables).flatMap((table) => Object.entries(table))
      .filter(([key]) => key.startsWith(`${section}.`));
    if (!sections.has(section)) sections.set(section, new Map(rows().map(([key, word]) => [word.toLowerCase(), key])));
    return sections.get(section);
  }

  // A word of a section of any table in the reader's language; null where none has it.
  function known(text, section) {
    const key = keysOf(section).get(text.trim().toLowerCase());
    return key ? find(key) : null;
  }

  function translated(text, section) {
    return known(text, section) ?? text;
  }

  function number(value) {
    return value.toLocaleString([current, "en"]);
  }

  // "3 events", in the plural that the language has for three.
  function counted(value, key) {
    const forms = find(key);
    const rule = new Intl.PluralRules(current).select(value);
    return `${number(value)} ${forms[rule] ?? forms.other}`;
  }

  return {
    use, t, named, known, translated, number, counted, find, all,
    names: () => Object.keys(tables),
    keys: (name) => Object.keys(tables[name]),
    nameOf: (name) => tables[name]["language.name"],
    code: () => current,
  };
})();
