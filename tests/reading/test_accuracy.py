"""How well own sentences are read: floors that hold on any machine, with no file from outside.

The sentences were written without knowing the rules; ``geoconflict/reading/README.md`` tells what
the first run got. A floor is raised when reading gets better, never lowered.
"""

from pathlib import Path

import pytest

from tests.benchmarks.reading_accuracy import Score, load

FOLDER = Path(__file__).parent / "sentences"
# In per cent, of each language.
FLOORS = {
    "distances.csv": {"value": 95, "both ends": 90, "direction": 97, "verdict": 93, "alarms": 94},
    "land.csv": {"period": 75, "verdict": 73, "alarms": 100},
    "no_distances.csv": {"no distance": 100, "no alarm": 100},
    "true.txt": {"no alarm": 100},
}


@pytest.mark.parametrize("name", FLOORS)
def test_own_sentences_are_read_as_well_as_is_claimed(name):
    rows, scored = load(FOLDER / name)
    score = Score()
    scored(rows, score)
    for language, counts in score.counts.items():
        for what, floor in FLOORS[name].items():
            right, asked = counts[f"{what} right"], counts[what]
            assert 100 * right >= floor * asked, (language, what, right, asked, score.failures)
