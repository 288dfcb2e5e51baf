"""Words of other languages are data: none stands in a string of a module."""

import ast
import re
import tomllib
from pathlib import Path

import pytest

import geoconflict
from geoconflict.lexicon import AnyCase, Caseless, languages, lexicon

PACKAGE = Path(geoconflict.__file__).parent
# What is no word of a language that is read.
EXCEPTIONS = {
    "gazetteer/names.py": "the letters of the romanisations",
    "importers/latinnames.py": "letters that the Ukrainian romanisation lacks",
    "lexicon/words.py": "letters that are written in several ways",
    "page/data.py": "a proper name in the credits, which is not translated",
}
CYRILLIC = re.compile(r"[\u0400-\u04ff]+")


def _documentation(tree):
    """The strings that stand alone, as docstrings do."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            yield id(node.value)


def _words(path):
    tree = ast.parse(path.read_text("utf-8"))
    documentation = set(_documentation(tree))
    constants = (n for n in ast.walk(tree) if isinstance(n, ast.Constant))
    strings = (n.value for n in constants if id(n) not in documentation)
    return [w for text in strings if isinstance(text, str) for w in CYRILLIC.findall(text)]


def test_no_cyrillic_word_stands_in_the_code():
    found = {path.relative_to(PACKAGE).as_posix() for path in PACKAGE.rglob("*.py") if _words(path)}
    assert found == EXCEPTIONS.keys()


@pytest.mark.parametrize("language", languages())
def test_a_lexicon_has_every_section_of_its_file(language):
    content = (PACKAGE / "lexicon" / f"{language}.toml").read_text("utf-8")
    assert lexicon(language).sections == tomllib.loads(content)


@pytest.mark.parametrize("kind", [AnyCase, Caseless])
def test_a_pattern_is_compiled_when_it_is_first_looked_for(kind):
    with pytest.raises(re.error):
        kind("(").search("")
    pattern = kind("km?")
    assert [match.span() for match in pattern.finditer("1 KM, 2 K")] == [(2, 4), (8, 9)]
    assert pattern.match("KM.").end() == pattern.fullmatch("KM").end() == 2
    assert pattern.sub("mi", "1 KM") == "1 mi"
