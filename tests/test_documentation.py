"""What is public is typed and told: docstrings with examples that run, help for commands."""

import inspect
import re
import typing

import click
import pytest
from numpydoc.validate import validate
from typer.main import get_command

import geoconflict as gc
from geoconflict.cli import app

# What numpydoc asks for beyond what makes a docstring complete: the layout of the first line
# and of See Also, a capital and a full stop in each description, sections that do not apply.
LEFT_OUT = {"GL01", "GL02", "GL03", "SA01", "ES01", "SS05", "SS06", "RT02", "RT03", "RT05"}
LEFT_OUT |= {"PR06", "PR08", "PR09", "EX01"}


def public():
    for name in gc.__all__:
        thing = getattr(gc, name)
        yield name, thing
        if inspect.isclass(thing) and not issubclass(thing, Exception):
            for attribute in vars(thing):
                if not attribute.startswith("_") and callable(getattr(thing, attribute, None)):
                    yield f"{name}.{attribute}", getattr(thing, attribute)


FUNCTIONS = [(name, thing) for name, thing in public() if inspect.isroutine(thing)]
TOP = [(name, getattr(gc, name)) for name in gc.__all__]


@pytest.mark.parametrize(("name", "thing"), TOP, ids=[name for name, _ in TOP])
def test_a_public_name_has_a_complete_docstring(name, thing):
    found = validate(f"{thing.__module__}.{thing.__qualname__}")
    # The fields of a claim are the columns of claims.csv, and told with the records.
    # What errors are made of is told with their base.
    is_told_elsewhere = name == "Claim" or (
        inspect.isclass(thing) and issubclass(thing, Exception) and "__init__" not in vars(thing)
    )
    left_out = LEFT_OUT | ({"PR01"} if is_told_elsewhere else set())
    faults = [(code, text) for code, text in found["errors"] if code not in left_out]
    assert not faults, name


@pytest.mark.parametrize(("name", "thing"), FUNCTIONS, ids=[name for name, _ in FUNCTIONS])
def test_a_public_function_is_typed_and_told(name, thing):
    assert inspect.getdoc(thing), name
    signature = inspect.signature(thing)
    assert signature.return_annotation is not inspect.Signature.empty
    for parameter in signature.parameters.values():
        if parameter.name not in ("self", "cls"):
            assert parameter.annotation is not inspect.Parameter.empty, parameter


@pytest.mark.parametrize(
    ("name", "thing"),
    [pair for pair in TOP if inspect.isfunction(pair[1])],
    ids=[name for name, thing in TOP if inspect.isfunction(thing)],
)
def test_a_public_function_has_an_example(name, thing):
    # That the examples run is seen by the doctests.
    assert ">>> " in inspect.getdoc(thing), name


def commands(group, path=()):
    for name, command in sorted(group.commands.items()):
        if hasattr(command, "commands"):
            yield from commands(command, (*path, name))
        else:
            yield " ".join(("geoconflict", *path, name)), command


COMMANDS = list(commands(get_command(app)))


@pytest.mark.parametrize(("path", "command"), COMMANDS, ids=[path for path, _ in COMMANDS])
def test_a_command_has_help_with_an_example(path, command):
    assert re.search(rf"Example: {path}\b", command.help)
    for parameter in command.params:
        assert getattr(parameter, "help", "") or isinstance(parameter, click.Argument), parameter


def test_there_are_commands_and_functions():
    assert len(COMMANDS) >= 14
    assert len(FUNCTIONS) > 40
    assert typing.get_type_hints(gc.parse_date_range)
