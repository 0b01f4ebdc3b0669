"""The program as users start it: nothing that its threads do can kill or freeze the window."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from posapp.bootstrap import open_shop
from posapp.domain.base.clock import FixedClock
from tests.factories import NOW, a_booking, a_customer
from tests.repairs import a_ticket
from tests.ui.start.own_start import NAMES


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory, sqlite_template: Path) -> Path:
    """A shop with customers of many scripts, a booking each, and a device of the first."""
    file = tmp_path_factory.mktemp("own-start") / "posapp.db"
    shop = open_shop(shutil.copyfile(sqlite_template, file), clock=FixedClock(NOW))
    actor = shop.actor("Till 1")
    customers = [a_customer(shop, actor, name) for name in NAMES]
    for customer in customers:
        a_booking(shop, actor, customer)
    a_ticket(shop, actor, customer_id=customers[0].id)
    shop.close()
    return file


def _started(task: str, place: Path, tmp_path: Path) -> dict[str, Any]:
    copy = shutil.copyfile(place, tmp_path / "posapp.db")
    done = subprocess.run(
        [sys.executable, "-m", "tests.ui.start.own_start", task, str(copy), str(tmp_path)],
        capture_output=True,
        text=True,
        check=False,
        env={name: value for name, value in os.environ.items() if not name.startswith("QT_LOGGING")},
    )
    assert done.returncode == 0, done.stdout + done.stderr
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found


def test_no_lane_touches_qt_and_papers_are_kept_while_the_window_closes(place: Path, tmp_path: Path) -> None:
    """One start for all of it: what lanes call and import, widgets that Python alone holds, the closing."""
    found = _started("lanes", place, tmp_path)
    assert found["qt on lanes"] == []
    assert found["imported on lanes"] == []
    assert found["strays"] == []
    assert found["kept while closing"] == len(NAMES)
    [kept] = tmp_path.rglob("B2*.pdf")  # in the till's folder of papers
    assert kept.read_bytes().startswith(b"%PDF")


def test_a_font_call_beside_a_window_that_paints_freezes_neither_and_garbage_goes_on_its_own_thread(
    place: Path, tmp_path: Path
) -> None:
    """Whatever other threads shape or make: the program's own rules of logging and of collecting hold."""
    found = _started("beside", place, tmp_path)
    assert found["shaped beside painting"]
    assert not found["collects by itself"]
    assert found["collected on"] == ["MainThread"]
