"use strict";
// The events on the map: single symbols, rings of what lies at one place, and counted groups.
geoconflict.events = (() => {
  const { Symbol, RADIUS, NUMBERED, HALO } = geoconflict.symbols;
  const { near, isOnePlace, ring, freeOffset } = geoconflict.groups;
  const { make } = geoconflict.elements;
  const { areas } = geoconflict;
  const REACH = 32;
  const GROUP_RADIUS = 15;
  const RING_ZOOM = 6;
  const RING_MOST = 10;
  const CLOSEST_ZOOM = 10;

  class Events {
    constructor(map, store, open) {
      this.map = map;
      this.store = store;
      this.open = open;
      this.layer = L.layerGroup().addTo(map);
      this.placed = [];
      this.openIndex = null;
      this.rows = [];
      for (let index = 0; index < store.size; index += 1) {
        if (store.isLocated(index)) this.rows.push(store.event(index));
      }
      map.on("zoomend", () => this.refresh());
    }

    // Draws every event anew for the present zoom.
    refresh() {
      this.layer.clearLayers();
      this.placed = [];
      const points = near(this.project(this.rows.filter((row) => !areas.is(row))), REACH);
      for (const group of points) this.drawPoints(group, points);
      for (const group of near(this.project(this.rows.filter(areas.is)), 1)) this.drawArea(group);
    }

    project(rows) {
      return rows.map((row) => {
        const { x, y } = this.map.project([row.lat, row.lon]);
        return { x, y, row };
      });
    }

    drawPoints(group, others) {
      const { members } = group;
      if (members.length === 1) this.drawEvent(group, members[0].row, [0, 0], false);
      else if (this.fitsRing(group, others)) this.drawRing(group);
      else this.drawGroup(group, [0, 0]);
    }

    fitsRing(group, others) {
      const count = group.members.length;
      if (this.map.getZoom() < RING_ZOOM || count > RING_MOST || !isOnePlace(group)) return false;
      const [, top] = ring(count, RADIUS)[0];
      const reach = RADIUS * 2 - top + GROUP_RADIUS;
      return others.every(
        (other) => other === group || Math.hypot(other.x - group.x, other.y - group.y) > reach,
      );
    }

    drawRing(group) {
      ring(group.members.length, RADIUS).forEach((offset, index) => {
        this.drawEvent(group, group.members[index].row, offset, true);
      });
    }

    // What is known for a whole oblast gives way to what has a place of its own.
    drawArea(group) {
      const radius = group.members.length > 1 ? GROUP_RADIUS : this.radius(group.members[0].row);
      const offset = freeOffset(group, radius, this.placed);
      if (group.members.length > 1) this.drawGroup(group, offset);
      else this.drawEvent(group, group.members[0].row, offset, false);
    }

    radius({ kind, count }) {
      return kind === "interception" && count !== null ? NUMBERED : RADIUS;
    }

    drawEvent(at, row, offset, leader) {
      const radius = this.radius(row);
      const symbol = {
        kind: row.kind, status: row.status, radius,
        number: radius === NUMBERED ? row.count : null,
        isOpen: row.index === this.openIndex, isArea: areas.is(row),
      };
      const marker = new Symbol([row.lat, row.lon], { radius, offset, leader, symbol });
      marker.on("click", () => this.open(row.index, { offset, radius }));
      marker.bindTooltip(() => tooltip(geoconflict.details.heading(row)), {
        direction: "top", offset: [offset[0], offset[1] - radius],
      });
      this.add(marker, at, offset, radius);
    }

    drawGroup(group, offset) {
      const rows = group.members.map(({ row }) => row);
      const { lat, lon } = rows[0];
      const symbol = {
        statuses: rows.map(({ status }) => status), radius: GROUP_RADIUS,
        isOpen: rows.some(({ index }) => index === this.openIndex), isArea: rows.every(areas.is),
      };
      const marker = new Symbol([lat, lon], { radius: GROUP_RADIUS, offset, group: true, symbol });
      marker.on("click", () => this.openGroup(group, rows, offset));
      const text = isOnePlace(group) ? "reports at this place" : "reports here: click to zoom in";
      marker.bindTooltip(() => tooltip(`${rows.length} ${text}`), {
        direction: "top", offset: [offset[0], offset[1] - GROUP_RADIUS],
      });
      this.add(marker, group, offset, GROUP_RADIUS);
    }

    add(marker, { x, y }, [dx, dy], radius) {
      this.layer.addLayer(marker);
      const { isArea } = marker.options.symbol;
      this.placed.push({ x: x + dx, y: y + dy, radius: isArea ? radius + HALO : radius });
    }

    openGroup(group, rows, offset) {
      const bounds = L.latLngBounds(rows.map(({ lat, lon }) => [lat, lon]));
      const zoom = Math.min(CLOSEST_ZOOM, this.map.getBoundsZoom(bounds.pad(0.2)));
      if (isOnePlace(group) || zoom <= this.map.getZoom()) {
        const members = rows.map(({ index }) => index);
        this.open(rows[0].index, { offset, radius: GROUP_RADIUS, members });
      } else {
        this.map.setView(bounds.getCenter(), zoom);
      }
    }

    // All events at exactly the place of one.
    companions(index) {
      const { lon, lat } = this.store;
      return this.rows
        .filter((row) => lon[row.index] === lon[index] && lat[row.index] === lat[index])
        .map((row) => row.index);
    }

    setOpen(index) {
      if (this.openIndex === index) return;
      this.openIndex = index;
      this.refresh();
    }

    // Where symbols stand, for labels to keep clear of; in the pixels of Leaflet's layers.
    obstacles() {
      const origin = this.map.getPixelOrigin();
      return this.placed.map(({ x, y, radius }) => ({
        x: x - origin.x - radius, y: y - origin.y - radius, width: 2 * radius, height: 2 * radius,
      }));
    }

    // Names of places that are worth a label; exact where the event's point is that of the place.
    places() {
      return this.rows
        .filter((row) => row.place && !areas.is(row))
        .map(({ position_kind: kind, place: text, lon, lat }) =>
          ({ text, lon, lat, isExact: kind === "settlement" }));
    }

    bounds() {
      return L.latLngBounds(this.rows.map(({ lat, lon }) => [lat, lon]));
    }
  }

  function tooltip(text) {
    return make("span", { class: "tip" }, text);
  }

  return { Events };
})();
