"""A few damaged files for every reader, the same each time; the long run is in CONTRIBUTING."""

import pytest

from tests.fuzz.mutation import damaged
from tests.fuzz.targets import targets

INPUTS = 40


@pytest.mark.parametrize("name", targets())
def test_a_damaged_file_is_read_or_refused_in_words(name, tmp_path):
    target = targets()[name]
    for number in range(INPUTS):
        data = target.damage(target.seeds, f"{name}:test:{number}")
        error = target.fails(tmp_path / name, data)
        assert error is None, (number, data[:500], repr(error))


@pytest.mark.parametrize("name", targets())
def test_the_whole_files_are_no_finding(name, tmp_path):
    target = targets()[name]
    for seed in target.seeds:
        assert target.fails(tmp_path / name, seed) is None


def test_the_same_number_gives_the_same_damage():
    assert damaged((b"abc" * 50,), "x:1") == damaged((b"abc" * 50,), "x:1")
