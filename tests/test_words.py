"""Words of other languages are data: none stands in a string of a module."""

import ast
import re
from pathlib import Path

import geoconflict

PACKAGE = Path(geoconflict.__file__).parent
# What is no word of a language that is read.
EXCEPTIONS = {
    "gazetteer/names.py": "the letters of the romanisations",
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
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            if id(node) not in documentation:
                yield from CYRILLIC.findall(node.value)


def test_no_cyrillic_word_stands_in_the_code():
    found = {path.relative_to(PACKAGE).as_posix(): [*_words(path)] for path in PACKAGE.rglob("*.py")}
    assert {name: words for name, words in found.items() if words}.keys() == EXCEPTIONS.keys()
