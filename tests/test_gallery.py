"""What is committed of the gallery is what its sources make, byte for byte."""

import importlib.util
import io
import json
import shutil
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest
from PIL import Image

from geoconflict import locate_events, read_casebook
from geoconflict.page.packing import unpack
from tests.conftest import JANUARY, REPOSITORY

MAPS = REPOSITORY / "maps"


@pytest.fixture(scope="module")
def build():
    spec = importlib.util.spec_from_file_location("maps_build", MAPS / "build.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_page_of_january_is_what_its_casebook_makes(build, tmp_path):
    built = build.build_page(tmp_path / "map.html").read_bytes()
    assert built == (JANUARY / build.PAGE).read_bytes()


def test_what_every_page_carries_is_packed_of_the_data_as_they_are(build, tmp_path):
    committed, made = (
        json.loads(f.read_text())
        for f in (build.GROUND, build.build_ground(tmp_path / "ground.json"))
    )
    assert committed["of"] == made["of"]
    for name, packed in made["packed"].items():
        assert unpack(committed["packed"][name]) == unpack(packed), "run python maps/build.py"


def test_the_casebook_of_plants_is_what_its_table_makes(build, tmp_path):
    built = build.build_plants(tmp_path / "plants")
    files = sorted(path.name for path in built.iterdir())
    assert files == ["claims.csv", "events.csv", "map.toml", "reports.csv"]
    for name in files:
        assert (built / name).read_bytes() == (build.PLANTS / name).read_bytes(), name


def test_every_plant_is_found_and_names_its_report():
    events = locate_events(read_casebook(MAPS / "plants-january-2025")).events
    assert len(events) == 7
    assert events["lon"].notna().all()
    assert events["extra"].str.contains("2025").all()


def test_the_picture_shows_the_page(build):
    content = (JANUARY / build.PICTURE).read_bytes()
    assert len(content) < 200_000
    if shutil.which("chromium") is None:
        pytest.skip("the picture is taken with chromium, which is not here")
    # A thread of its own, since Playwright allows no second loop beside that of other tests.
    with ThreadPoolExecutor() as pool:
        picture = pool.submit(build.take_picture, JANUARY / build.PAGE).result()
    pair = [Image.open(io.BytesIO(one)).convert("RGB") for one in (content, picture)]
    assert pair[0].size == pair[1].size == (build.WIDTH, build.HEIGHT)
    old, new = (np.asarray(image, dtype=float) for image in pair)
    # Fonts differ between machines; another page would differ by far more.
    assert np.abs(old - new).mean() < 8
