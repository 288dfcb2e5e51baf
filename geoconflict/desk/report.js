// A report pasted: checked, or drafted and reviewed; what is typed stays in the browser until it is taken.
(() => {
  const form = document.getElementById("paste");
  const frame = document.getElementById("made");
  const KEY = () => `geoconflict-desk:${desk.state().folder ?? ""}`;
  const FIELDS = ["text", "date", "title", "url"];

  function remember() {
    const typed = Object.fromEntries(FIELDS.map((name) => [name, form.elements[name].value]));
    try {
      localStorage.setItem(KEY(), JSON.stringify(typed));
    } catch {
      desk.say(desk.WORDS.not_kept, true);
    }
  }

  let recalled = false;

  function recall() {
    if (recalled || desk.state().folder === undefined) return;
    recalled = true;
    try {
      const typed = JSON.parse(localStorage.getItem(KEY()) ?? "{}");
      for (const name of FIELDS) form.elements[name].value ||= typed[name] ?? "";
    } catch {
      // A browser that keeps nothing starts with an empty form.
    }
  }

  async function send(submit) {
    submit.preventDefault();
    const what = submit.submitter?.value ?? "check";
    const given = Object.fromEntries(FIELDS.map((name) => [name, form.elements[name].value]));
    desk.say(desk.WORDS["report.working"]);
    try {
      const made = await desk.ask(what, given);
      frame.hidden = false;
      frame.src = `made/${made.page}`;
      desk.say(desk.WORDS[`report.${what}ed`].replace("{count}", made.count));
      frame.scrollIntoView({ block: "nearest" });
    } catch (error) {
      desk.say(error.message, true);
    }
  }

  // A review that was taken leads its frame on: the tables then have its rows.
  frame.addEventListener("load", () => {
    if (!frame.contentWindow.location.pathname.endsWith("/accepted")) return;
    desk.say(desk.WORDS["report.accepted"]);
    desk.refresh();
  });
  form.addEventListener("input", remember);
  form.addEventListener("submit", send);
  desk.listen(recall);
})();
