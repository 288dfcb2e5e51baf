"use strict";
// Names of towns in the language of the page, where the map's own cities tell them.
geoconflict.placenames = (() => {
  const { language } = geoconflict;
  // Namesakes lie farther apart; the points of one town from two sources do not.
  const NEAR_DEG = 0.25;
  let byName = new Map();

  // A Ukrainian name by the official romanisation.
  function romanised(name, { letters, first }) {
    return name.replaceAll("’", "'").replace(/[\p{L}']+/gu, (word) => {
      const [head, ...rest] = word.toLowerCase();
      const latin = [first[head] ?? head, ...rest.map((letter, at) => {
        const isZgh = letter === "г" && (at ? rest[at - 1] : head) === "з";
        return isZgh ? "gh" : letters[letter] ?? letter;
      })].join("");
      return word[0] === word[0].toLowerCase() ? latin : latin[0].toUpperCase() + latin.slice(1);
    });
  }

  // `cities` are the columns that the map's labels are made of; English names that follow from the
  // Ukrainian ones are put in.
  function use(cities, latin) {
    const { uk, ru, lon, lat } = cities;
    const en = cities.en = cities.en.map((name, row) => name ?? romanised(uk[row], latin));
    byName = geoconflict.elements.grouped(en.map((name, row) => ({ name, uk: uk[row], ru: ru[row], lon: lon[row], lat: lat[row] })),
      ({ name }) => name);
  }

  // The name of an event's town; as it is given where no other is known.
  function local(name, event) {
    if (language.code() === "en" || event.lon === null) return name;
    const city = byName.get(name)?.find(({ lon, lat }) =>
      Math.abs(lon - event.lon) < NEAR_DEG && Math.abs(lat - event.lat) < NEAR_DEG);
    return city?.[language.code()] ?? name;
  }

  return { use, local };
})();
