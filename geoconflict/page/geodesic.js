"use strict";
// Distances and points on the WGS84 ellipsoid, after Vincenty (Survey Review 23, 1975); pure numbers.
geoconflict.geodesic = (() => {
  const A = 6378137;
  const F = 1 / 298.257223563;
  const B = A * (1 - F);
  const RADIAN = Math.PI / 180;
  const NEAR = 1e-12;
  const ROUNDS = 200;
  // A long piece can be nearest though its ends are not, so that many are looked at.
  const CANDIDATES = 80;
  const THIRDS = 30;

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

  function toVector([lon, lat]) {
    const [l, p] = [lon * RADIAN, lat * RADIAN];
    return [Math.cos(p) * Math.cos(l), Math.cos(p) * Math.sin(l), Math.sin(p)];
  }

  // The nearest point of a piece of line, by thirds; pieces are short, so that it bends little.
  function nearestOn(point, [a, b]) {
    const at = (share) => [a[0] + (b[0] - a[0]) * share, a[1] + (b[1] - a[1]) * share];
    const metres = (share) => distance(point, at(share)) ?? Infinity;
    let [low, high] = [0, 1];
    for (let round = 0; round < THIRDS; round += 1) {
      const third = (high - low) / 3;
      if (metres(low + third) < metres(high - third)) high -= third;
      else low += third;
    }
    const share = (low + high) / 2;
    return { point: at(share), metres: metres(share) };
  }

  // The nearest point of lines and how many metres away it is; null where there are no lines. The
  // pieces around the vertices that are nearest on a sphere are measured on the ellipsoid.
  function nearest(point, lines) {
    const from = toVector(point);
    const found = [];
    for (const line of lines) {
      for (let at = 0; at < line.length; at += 1) {
        const [x, y, z] = toVector(line[at]);
        found.push({ line, at, far: (x - from[0]) ** 2 + (y - from[1]) ** 2 + (z - from[2]) ** 2 });
      }
    }
    found.sort((a, b) => a.far - b.far);
    let best = null;
    for (const { line, at } of found.slice(0, CANDIDATES)) {
      const pieces = [[line[at - 1] ?? line[at], line[at]], [line[at], line[at + 1] ?? line[at]]];
      for (const one of pieces.map((piece) => nearestOn(point, piece))) {
        if (!best || one.metres < best.metres) best = one;
      }
    }
    return best;
  }

  return { distance, destination, nearest };
})();
