// The tables: every cell can be typed over, is checked by the server, and is written at once.
(() => {
  const PAGE = 50;
  const { make, WORDS } = desk;

  function label(column) {
    return WORDS[`column.${column}`] ?? column.replaceAll("_", " ");
  }

  function grid(panel) {
    const name = panel.dataset.table;
    let data = { stamp: "", columns: [], rows: [], choices: {} };
    let asked = "";
    let from = 0;
    const find = make("input", { type: "search", id: `find-${name}`, autocomplete: "off" });
    const place = make("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": WORDS[`tab.${name}`] });
    const pages = make("p", { class: "pages" });
    const adding = make("details", {}, make("summary", {}, WORDS["rows.add"]));
    panel.append(make("label", { for: find.id }, WORDS["rows.find"], " ", find), pages, place, adding);

    const matching = () => {
      const sought = find.value.toLocaleLowerCase().trim();
      return data.rows.map((row, index) => ({ row, index }))
        .filter(({ row }) => !sought || Object.values(row).some((cell) => cell.toLocaleLowerCase().includes(sought)));
    };

    function field(column, value, id) {
      const words = data.choices[column];
      if (!words) return make("input", { id, value, autocomplete: "off" });
      const chosen = words.includes(value) ? words : [value, ...words];
      const options = ["", ...chosen.filter(Boolean)];
      const select = make("select", { id }, ...options.map((word) => make("option", { value: word }, WORDS[`word.${word}`] ?? word)));
      select.value = value;
      return select;
    }

    function refuse(element, why) {
      element.setAttribute("aria-invalid", "true");
      element.title = why;
      desk.say(why, true);
    }

    async function change(input, spot, column) {
      if (input.value === spot.row[column]) {
        input.removeAttribute("aria-invalid");
        return;
      }
      try {
        take(await desk.ask(`rows/${name}/cell`, { index: spot.index, seen: spot.row, column, value: input.value }), input);
        desk.say(WORDS["rows.saved"]);
      } catch (error) {
        refuse(input, error.message);
      }
    }

    async function remove(spot) {
      try {
        take(await desk.ask(`rows/${name}/delete`, { index: spot.index, seen: spot.row }));
        desk.say(WORDS["rows.deleted"]);
      } catch (error) {
        desk.say(error.message, true);
      }
    }

    function cell(spot, column) {
      const input = field(column, spot.row[column], null);
      input.setAttribute("aria-label", `${label(column)}, ${spot.row.id ?? spot.row.event_id}`);
      input.dataset.at = `${spot.index}:${column}`;
      input.addEventListener("change", () => change(input, spot, column));
      input.addEventListener("keydown", (press) => {
        if (press.key === "Escape") {
          input.value = spot.row[column];
          input.removeAttribute("aria-invalid");
        }
      });
      return make("td", {}, input);
    }

    function line(spot) {
      const button = make("button", { type: "button", class: "delete", "aria-label": `${WORDS["rows.delete"]} ${spot.row.id ?? spot.row.event_id}` }, "×");
      button.addEventListener("click", () => remove(spot));
      return make("tr", {}, ...data.columns.map((column) => cell(spot, column)), make("td", {}, button));
    }

    function draw() {
      const found = matching();
      from = Math.min(from, Math.max(0, Math.floor((found.length - 1) / PAGE) * PAGE));
      const shown = found.slice(from, from + PAGE);
      const heads = data.columns.map((column) => make("th", { scope: "col", title: column }, label(column)));
      const focused = document.activeElement?.dataset?.at;
      place.replaceChildren(make("table", {}, make("thead", {}, make("tr", {}, ...heads, make("th", { scope: "col" }, WORDS["rows.delete"]))),
        make("tbody", {}, ...shown.map(line))));
      turn(found.length);
      if (focused) place.querySelector(`[data-at="${CSS.escape(focused)}"]`)?.focus();
    }

    function turn(count) {
      const button = (word, to, can) => {
        const made = make("button", { type: "button", disabled: !can }, word);
        made.addEventListener("click", () => { from = to; draw(); });
        return made;
      };
      const range = WORDS["rows.range"].replace("{from}", count ? from + 1 : 0).replace("{to}", Math.min(from + PAGE, count)).replace("{count}", count);
      pages.replaceChildren(range, " ", button("‹", from - PAGE, from > 0), " ", button("›", from + PAGE, from + PAGE < count));
    }

    // New rows replace the old ones, but not what somebody is typing.
    function take(fresh, typed = null) {
      data = fresh;
      asked = fresh.stamp;
      const active = document.activeElement;
      const isTyping = active !== typed && place.contains(active) && active.matches("input")
        && active.dataset.at && active.value !== active.defaultValue;
      if (isTyping) return;
      draw();
      form();
    }

    const KEY = `geoconflict-desk-row:${name}`;

    // A row is added when all of it is right; until then it stays in the form, also over a reload.
    function form() {
      if (adding.querySelector("form")) return;
      const made = make("form", { class: "row" });
      for (const column of data.columns) {
        const input = field(column, "", null);
        input.name = column;
        made.append(make("label", {}, label(column), " ", input));
      }
      made.append(make("p", { class: "actions" }, make("button", { type: "submit" }, WORDS["rows.add"])));
      const values = () => Object.fromEntries(data.columns.map((column) => [column, made.elements.namedItem(column)?.value ?? ""]));
      try {
        const typed = JSON.parse(sessionStorage.getItem(KEY) ?? "{}");
        for (const [column, value] of Object.entries(typed)) if (made.elements.namedItem(column)) made.elements.namedItem(column).value = value;
      } catch {
        // Nothing was kept.
      }
      made.addEventListener("input", () => {
        try {
          sessionStorage.setItem(KEY, JSON.stringify(values()));
        } catch {
          desk.say(WORDS.not_kept, true);
        }
      });
      made.addEventListener("submit", async (submit) => {
        submit.preventDefault();
        try {
          const fresh = await desk.ask(`rows/${name}/add`, { cells: values() });
          made.reset();
          sessionStorage.removeItem(KEY);
          take(fresh);
          desk.say(WORDS["rows.added"]);
        } catch (error) {
          desk.say(error.message, true);
        }
      });
      adding.append(made);
    }

    async function load() {
      if (desk.opened() !== name || asked === desk.state().stamp || !desk.state().is_casebook) return;
      asked = desk.state().stamp;
      try {
        take(await desk.ask(`rows/${name}`));
      } catch (error) {
        desk.say(error.message, true);
      }
    }

    find.addEventListener("input", () => { from = 0; draw(); });
    desk.listen(load);
  }

  for (const panel of document.querySelectorAll("[data-table]")) grid(panel);
  desk.begin();
})();
