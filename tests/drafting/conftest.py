import datetime as dt

import pytest

from geoconflict.drafting import draft_events
from geoconflict.drafting.cells import Source

DAY = dt.date(2025, 3, 11)
REPORT = """Two refineries hit overnight

Ukrainian drones struck the Ryazan oil refinery and a chemical plant in Novomoskovsk overnight, \
Ukraine's General Staff said. Ryazan Oblast Governor Pavel Malkov acknowledged a fire at the \
refinery and said two people were injured.

The Russian Ministry of Defense claimed that air defenses downed 58 drones: 29 over Voronezh \
Oblast and eight each over Bryansk and Kursk oblasts.

A Russian missile hit an apartment block in Kryvyi Rih on Monday evening, killing three people, \
among them a 12-year-old boy, and wounding 38, governor Serhiy Lysak said.

Drones had previously struck the Ryazan refinery on the night of January 23 to 24.
"""


def source(key="paper-2025-03-11", title="Two refineries hit", date=DAY):
    return Source(key, title, "A paper", date)


@pytest.fixture(scope="session")
def drafted():
    return draft_events(REPORT, source=source())


def values(event):
    return {name: cell.value for name, cell in event.cells.items()}
