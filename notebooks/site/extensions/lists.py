"""What the site lists is asked of the package: its commands, columns, public names and pages."""

from pathlib import Path

from click import Context
from docutils import nodes
from docutils.statemachine import StringList
from sphinx.util.docutils import SphinxDirective
from typer.main import get_command

import geoconflict as gc
from geoconflict.casebooks.records import Claim, Event, Report
from geoconflict.cli import app

MAPS = Path(__file__).parents[3] / "maps"


class Written(SphinxDirective):
    """A directive that is written as reStructuredText and parsed in its place."""

    def run(self):
        """Parse what ``lines`` gives."""
        holder = nodes.section()
        holder.document = self.state.document
        self.state.nested_parse(StringList(list(self.lines()), "lists"), 0, holder, match_titles=1)
        return holder.children


def commands(command, words):
    """Give every command below one, with the words that call it, groups before their parts."""
    for name, part in getattr(command, "commands", {}).items():
        yield [*words, name], part
        yield from commands(part, [*words, name])


class Commands(Written):
    """The help of every command, as it is printed."""

    def lines(self):
        """Give a heading and the help for each command."""
        for words, command in commands(get_command(app), ["geoconflict"]):
            title = " ".join(words)
            yield from (title, "-" * len(title), "", ".. code-block:: text", "")
            told = command.get_help(Context(command, info_name=title, max_content_width=90))
            yield from (f"   {line}" for line in told.splitlines())
            yield ""


class Columns(Written):
    """The columns of a casebook's tables."""

    def lines(self):
        """Give a line for each table."""
        for name, record in (("events", Event), ("reports", Report), ("claims", Claim)):
            columns = ", ".join(f"``{column}``" for column in record.model_fields)
            yield from (f"``{name}.csv``", f"    {columns}", "")


class Public(Written):
    """Every public name with its docstring."""

    def lines(self):
        """Give an entry for each name, functions and classes alike."""
        for name in sorted(gc.__all__, key=str.casefold):
            thing = getattr(gc, name)
            if isinstance(thing, type):
                yield from (f".. autoclass:: geoconflict.{name}", "   :members:", "")
            elif callable(thing):
                yield from (f".. autofunction:: geoconflict.{name}", "")


class Gallery(Written):
    """The pages that the repository has built, each with its picture."""

    def lines(self):
        """Give a picture that opens its page, for each casebook that has one."""
        for page in sorted(MAPS.glob("*/map.html")):
            title = gc.read_casebook(page.parent).info.title
            name = page.parent.name
            yield from (title, "-" * len(title), "")
            yield from (".. raw:: html", "")
            yield f'   <p><a href="gallery/{name}/map.html"><img alt="" src="gallery/{name}/map.png">'
            yield f"   {title}</a></p>"
            yield ""


def setup(sphinx):
    """Tell Sphinx the four directives."""
    for name, directive in {
        "commands": Commands,
        "columns": Columns,
        "public": Public,
        "gallery": Gallery,
    }.items():
        sphinx.add_directive(name, directive)
    return {"parallel_read_safe": True}
