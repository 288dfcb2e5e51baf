"use strict";
// Names of towns in the language of the page, where the map's own cities tell them.
geoconflict.placenames = (() => {
  const { language } = geoconflict;
  // Namesakes lie farther apart; the points of one town from two sources do not.
  const NEAR_DEG = 0.25;
  let byName = new Map();

  // `cities` are the columns that the map's labels are made of.
  function use({ en, uk, ru, lon, lat }) {
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
