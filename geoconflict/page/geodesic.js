"use strict";
// Distances and points on the WGS84 ellipsoid, after Vincenty (Survey Review 23, 1975); pure numbers.
geoconflict.geodesic = (() => {
  const A = 6378137;
  const F = 1 / 298.257223563;
  const B = A * (1 - F);
  const RADIAN = Math.PI / 180;
  const NEAR = 1e-12;
  const ROUNDS = 200;

  function series(cosSqAlpha) {
    const u = (cosSqAlpha * (A * A - B * B)) / (B * B);
    return [
      1 + (u / 16384) * (4096 + u * (-768 + u * (320 - 175 * u))),
      (u / 1024) * (256 + u * (-128 + u * (74 - 47 * u))),
    ];
  }

  function correction(b, sinSigma, cosSigma, cos2) {
    return b * sinSigma * (cos2 + (b / 4) * (cosSigma * (-1 + 2 * cos2 * cos2)
      - (b / 6) * cos2 * (-3 + 4 * sinSigma * sinSigma) * (-3 + 4 * cos2 * cos2)));
  }

  function turn(sinAlpha, cosSqAlpha, { sigma, sinSigma, cosSigma, cos2 }) {
    const c = (F / 16) * cosSqAlpha * (4 + F * (4 - 3 * cosSqAlpha));
    return (1 - c) * F * sinAlpha
      * (sigma + c * sinSigma * (cos2 + c * cosSigma * (-1 + 2 * cos2 * cos2)));
  }

  // Metres between two points, lon and lat in degrees; null where they are nearly opposite.
  function distance([lon1, lat1], [lon2, lat2]) {
    const l = (lon2 - lon1) * RADIAN;
    const [u1, u2] = [lat1, lat2].map((lat) => Math.atan((1 - F) * Math.tan(lat * RADIAN)));
    const [s1, c1, s2, c2] = [Math.sin(u1), Math.cos(u1), Math.sin(u2), Math.cos(u2)];
    let lambda = l;
    for (let round = 0; round < ROUNDS; round += 1) {
      const [sinL, cosL] = [Math.sin(lambda), Math.cos(lambda)];
      const sinSigma = Math.hypot(c2 * sinL, c1 * s2 - s1 * c2 * cosL);
      if (!sinSigma) return 0;
      const cosSigma = s1 * s2 + c1 * c2 * cosL;
      const sigma = Math.atan2(sinSigma, cosSigma);
      const sinAlpha = (c1 * c2 * sinL) / sinSigma;
      const cosSqAlpha = 1 - sinAlpha * sinAlpha;
      const cos2 = cosSqAlpha ? cosSigma - (2 * s1 * s2) / cosSqAlpha : 0;
      const next = l + turn(sinAlpha, cosSqAlpha, { sigma, sinSigma, cosSigma, cos2 });
      if (Math.abs(next - lambda) < NEAR) {
        const [a, b] = series(cosSqAlpha);
        return B * a * (sigma - correction(b, sinSigma, cosSigma, cos2));
      }
      lambda = next;
    }
    return null;
  }

  // The point so many metres from another in a direction, degrees from north; lon and lat.
  function destination([lon, lat], degrees, metres) {
    const [sinA, cosA] = [Math.sin(degrees * RADIAN), Math.cos(degrees * RADIAN)];
    const tanU = (1 - F) * Math.tan(lat * RADIAN);
    const cosU = 1 / Math.sqrt(1 + tanU * tanU);
    const sinU = tanU * cosU;
    const sigma1 = Math.atan2(tanU, cosA);
    const sinAlpha = cosU * sinA;
    const cosSqAlpha = 1 - sinAlpha * sinAlpha;
    const [a, b] = series(cosSqAlpha);
    let sigma = metres / (B * a);
    let parts = {};
    for (let round = 0; round < ROUNDS; round += 1) {
      parts = { sigma, sinSigma: Math.sin(sigma), cosSigma: Math.cos(sigma), cos2: Math.cos(2 * sigma1 + sigma) };
      const next = metres / (B * a) + correction(b, parts.sinSigma, parts.cosSigma, parts.cos2);
      if (Math.abs(next - sigma) < NEAR) break;
      sigma = next;
    }
    const { sinSigma, cosSigma } = parts;
    const across = sinU * sinSigma - cosU * cosSigma * cosA;
    const lat2 = Math.atan2(sinU * cosSigma + cosU * sinSigma * cosA, (1 - F) * Math.hypot(sinAlpha, across));
    const lambda = Math.atan2(sinSigma * sinA, cosU * cosSigma - sinU * sinSigma * cosA);
    return [lon + (lambda - turn(sinAlpha, cosSqAlpha, parts)) / RADIAN, lat2 / RADIAN];
  }

  return { distance, destination };
})();
