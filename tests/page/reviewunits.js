"use strict";
// Checks of what a review keeps of a person's decisions; what is wrong stands in the result.
(() => {
  const failures = [];
  const { state } = geoconflict;

  function same(what, found, wanted) {
    const [one, other] = [found, wanted].map((value) => JSON.stringify(value));
    if (one !== other) failures.push(`${what}: found ${one}, expected ${other}`);
  }

  const events = () => state.now().events;
  const keys = () => events().map(({ key }) => key);
  const [first, second] = keys();
  const place = () => events()[0].cells.place;
  same("as drafted", keys().length, 2);
  const before = JSON.stringify(events());
  state.set(first, "place", "Lyman");
  same("a person's word", [place().value, place().certainty], ["Lyman", "person"]);
  state.set(first, "place", "");
  same("emptied", place(), undefined);
  state.undo();
  state.undo();
  same("undone", JSON.stringify(events()), before);
  state.undo();
  same("nothing more to undo", JSON.stringify(events()), before);
  state.split(first);
  same("split", [keys().length, keys()[0], new Set(keys()).size], [3, first, 3]);
  state.merge(first, second);
  same("joined", keys().includes(second), false);
  same("joined spans", events()[0].spans.length, 2);
  state.undo();
  state.undo();
  same("all undone", JSON.stringify(events()), before);
  return failures;
})();
