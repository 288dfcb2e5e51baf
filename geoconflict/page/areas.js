"use strict";
// Events known only to be somewhere in a region, over a sea or within a wide circle.
geoconflict.areas = (() => {
  const KINDS = new Set(["admin1", "water", "country"]);
  const WIDE_M = 50_000;
  const METRES_A_DEGREE = 111_200;
  const WITH_ARTICLE = /^(Autonomous )?Republic |\b(Sea|Ocean|River|Reservoir|Strait|Gulf|Bay|Canal)\b/;

  function isWide(lon, kind, precision) {
    return lon !== null && (KINDS.has(kind) || precision > WIDE_M);
  }

  function is({ lon, position_kind: kind, precision_m: precision }) {
    return isWide(lon, kind, precision);
  }

  // "Over the Black Sea" of what flew there, "in Bryansk Oblast" of anything.
  function somewhere({ kind, target_type: target, position_kind: where }, name) {
    const { t, code } = geoconflict.language;
    const place = code() === "en" && WITH_ARTICLE.test(name) ? `the ${name}` : name;
    if (where === "admin1" || where === "country") return t("somewhere.in", { place });
    if (where !== "water") return t("somewhere.around", { place });
    const flies = target === "aircraft" || kind === "interception";
    return t(flies ? "somewhere.over" : "somewhere.at", { place });
  }

  // The four outermost points of the circle that an event lies in, as lon and lat.
  function corners({ lon, lat, precision_m: radius }) {
    const north = (radius ?? 0) / METRES_A_DEGREE;
    const east = north / Math.cos((lat * Math.PI) / 180);
    return [[lon, lat + north], [lon, lat - north], [lon + east, lat], [lon - east, lat]];
  }

  return { is, isWide, somewhere, corners };
})();
