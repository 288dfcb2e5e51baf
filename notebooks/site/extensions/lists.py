"""What the site lists is asked of the package: commands, columns, names, pages, and a draft."""

import json
import multiprocessing
import os
import shutil
import sys
import tempfile
from functools import cache
from pathlib import Path
from types import ModuleType

from click import Context
from docutils import nodes
from docutils.statemachine import StringList
from sphinx.util.docutils import SphinxDirective
from sphinxcontrib.programoutput import Command, ProgramOutputDirective, program_output
from typer.main import get_command

import geoconflict as gc
from geoconflict.casebooks.files import records
from geoconflict.casebooks.records import Claim, Event, Report
from geoconflict.cli import app, main
from geoconflict.drafting import draft_events, new_casebook, read_article
from geoconflict.drafting.joining import find_likenesses

MAPS = Path(__file__).parents[3] / "maps"
JANUARY, PLANTS = "january-2025", "plants-january-2025"
TEXTS = Path(__file__).parents[1] / "texts"
# What a drafted event is held to where the one by hand tells it.
CELLS = ("date_start", "date_end", "facility_name", "place_title", "actor", "target_type", "status")
# A town or an oblast is no target that a report names.
UNTOLD = (None, "settlement", "oblast")


class Written(SphinxDirective):
    """A directive that is written as reStructuredText and parsed in its place."""

    def run(self):
        """Parse what ``lines`` gives."""
        holder = nodes.section()
        holder.document = self.state.document
        self.state.nested_parse(StringList(list(self.lines()), "lists"), 0, holder, match_titles=1)
        return holder.children


class InTour(ProgramOutputDirective):
    """A command with what it prints in the folder that this build has laid for the commands."""

    def run(self):
        """Have the command run there."""
        found = super().run()
        for node in found:
            node["working_directory"] = self.state.document.settings.env.config.tour
        return found


def run_forked(sphinx, doctree):
    """Run the commands in copies of this process: a new one would load the package each time."""
    known = sphinx.env.programoutput_cache
    # Elsewhere a copy of a process that has loaded so much may fail.
    if sys.platform != "linux":
        return
    for node in doctree.findall(program_output):
        command = Command.from_program_output_node(node)
        if command.command[0] == "geoconflict" and command not in known:
            with tempfile.TemporaryFile() as out:
                fork = multiprocessing.get_context("fork")
                process = fork.Process(target=run_here, args=(command, out.fileno()))
                process.start()
                process.join()
                out.seek(0)
                known[command] = process.exitcode, out.read().decode("utf-8").rstrip()


def run_here(command, out):
    """Be the process of a command, as if nothing had been asked before."""
    sys.stdout.flush()
    for stream in (1, 2):
        os.dup2(out, stream)
    for name, stream in (("stdout", 1), ("stderr", 2)):
        setattr(sys, name, os.fdopen(stream, "w", encoding="utf-8", buffering=1, closefd=False))
    # What processes of a command's own would load first is not Sphinx.
    sys.modules["__main__"] = ModuleType("__main__")
    sys.argv = list(command.command)
    os.chdir(command.working_directory)
    gc.Gazetteer.renew()
    main()


def at_home(sphinx, doctree):
    """Show the folder that the commands ran in as a reader's own, not as this machine's."""
    for block in list(doctree.findall(nodes.literal_block)):
        text = block.rawsource.replace(sphinx.config.tour, "/home/you")
        text = text.replace(str(MAPS.parent), "/home/you/geoconflict")
        if text != block.rawsource:
            block.replace_self(nodes.literal_block(text, text, **block.attributes))


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
    """The pages of all casebooks, each with its picture and how it was made."""

    def lines(self):
        """Give a picture that opens its page, for each casebook."""
        for name, (book, made) in casebooks().items():
            title = book.info.title
            yield from (title, "-" * len(title), "", f"{made}.", "")
            yield from (".. raw:: html", "")
            yield f'   <p><a href="gallery/{name}/map.html"><img alt="" src="gallery/{name}/map.png">'
            yield f"   {title}</a></p>"
            yield ""


def lay_gallery(folder):
    """Write the page and the picture of every casebook, as they stand in the repository if so."""
    for name, (book, _) in casebooks().items():
        target = folder / "gallery" / name
        target.mkdir(parents=True)
        page, picture = target / "map.html", target / "map.png"
        for file in (page, picture):
            if (MAPS / name / file.name).exists():
                shutil.copy(MAPS / name / file.name, file)
        if not page.exists():
            gc.write_page(gc.render(book), page)
            gc.write_figure(gc.draw_share(book), picture)


class Notebooks(Written):
    """The notebooks that come with the package, with what each says of itself first."""

    def lines(self):
        """Give a heading and the first words for each."""
        for path in sorted((MAPS.parent / "notebooks").glob("*.ipynb")):
            title, _, *told = json.loads(path.read_text("utf-8"))["cells"][0]["source"]
            text = "".join(told).replace("`", "``").partition("\n")[0]
            name = title.strip("# \n")
            yield from (f"**{name}** (``{path.name}``)", "", f"   {text}", "")


class Compared(Written):
    """The texts as drafted beside the casebook that was made of their sources by hand."""

    def lines(self):
        """Give a row for each located event by hand, and for each that only the draft has."""
        book = gc.locate_events(gc.read_casebook(MAPS / JANUARY))
        drafts = draft_all()
        near = {one.new: one.old for one in find_likenesses(book, records(drafts, "events"))}
        drafted = gc.locate_events(drafts).events.to_dict("records")
        found = {near[one["id"]]: one for one in drafted if one["id"] in near}
        told = book.events[book.events["lon"].notna() & (book.events["date_start"] >= "2024-12-31")]
        rows = [(one["id"], said(one, found.get(one["id"]))) for one in told.to_dict("records")]
        rows += [(one["id"], "drafted only") for one in drafted if one["id"] not in near]
        counts = [sum(what.startswith(word) for _, what in rows) for word in ("as", "diff", "miss")]
        yield (
            f"Of {len(told)} located events by hand, {counts[0]} are drafted alike, {counts[1]} "
            f"differ in a cell and {counts[2]} are missed; drafted events that are none of them: "
            f"{len(rows) - len(told)}."
        )
        yield from ("", ".. list-table::", "   :header-rows: 1", "", "   * - Event", "     - Draft")
        for name, what in rows:
            yield from (f"   * - ``{name}``", f"     - {what}")
        yield ""


@cache
def draft_all():
    """Return the casebook of all that the drafts of the texts say, seen by nobody."""
    book = new_casebook("January 2025, as drafted", slug="drafted")
    for path in sorted(TEXTS.glob("*.txt")):
        article = read_article(path)
        draft = draft_events(article.text, source=article.source())
        book = draft.accept(book, sure="open")
    return book


def casebooks():
    """Return the casebooks of the gallery by name, each with how it was made."""
    january, plants = (gc.read_casebook(MAPS / name) for name in (JANUARY, PLANTS))
    return {
        JANUARY: (january, "Written by hand from five published reports"),
        PLANTS: (plants, "Imported from a table whose rows name their reports"),
        "drafted": (draft_all(), "Drafted from four reports retold, and corrected by nobody"),
    }


def said(event, drafted):
    """Return how an event was drafted: missed, alike, or in which cells it differs."""
    if drafted is None:
        return "missed"
    apart = [
        f"{cell} {shown(drafted[cell])}, not {shown(event[cell])}"
        for cell in CELLS
        if event[cell] not in UNTOLD and event[cell] != drafted[cell]
    ]
    return f"differs: {'; '.join(apart)}" if apart else "as by hand"


def shown(value):
    """Return a cell as it is read: a day without its hour, a word for none."""
    return str(getattr(value, "date", lambda: value)() or "empty")


def setup(sphinx):
    """Tell Sphinx the directives."""
    sphinx.add_config_value("tour", None, "", str)
    sphinx.add_directive("command-output", InTour, override=True)
    sphinx.connect("doctree-read", run_forked, priority=100)
    sphinx.connect("doctree-read", at_home, priority=900)
    for name, directive in {
        "commands": Commands,
        "columns": Columns,
        "public": Public,
        "gallery": Gallery,
        "notebooks": Notebooks,
        "compared": Compared,
    }.items():
        sphinx.add_directive(name, directive)
    return {"parallel_read_safe": True}
