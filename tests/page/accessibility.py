"""What axe-core finds on a page."""

from importlib.resources import files

AXE = (files("axe_playwright_python") / "axe.min.js").read_text("utf-8")
RUN = """async () => {
  const { violations } = await axe.run(document, {
    runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
  });
  return violations.filter(({ impact }) => impact === "serious" || impact === "critical")
    .map(({ id, nodes }) => [id, nodes.slice(0, 3).map(({ html, failureSummary }) =>
      [html.slice(0, 160), failureSummary])]);
}"""


def faults(opened):
    """What axe-core calls serious or critical."""
    opened.page.evaluate(AXE)
    return opened.page.evaluate(RUN)
