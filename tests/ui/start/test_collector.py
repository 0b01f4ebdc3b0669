import gc
import threading
import weakref
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from posapp.ui.background import Lanes
from posapp.ui.start import collector
from posapp.ui.start.collector import Collector
from posapp.ui.theme import Theme


class Knot:
    """Garbage that only the collector finds; tells on which thread it went."""

    def __init__(self, gone: list[int] | None = None) -> None:
        self.again = self
        self._gone = gone

    def __del__(self) -> None:
        if self._gone is not None:
            self._gone.append(threading.get_ident())


@pytest.fixture(autouse=True)
def as_it_was() -> Iterator[None]:
    frozen = gc.get_freeze_count()
    yield
    assert not gc.isenabled()
    # Nobody let the frozen ones go; single ones that nothing needs any more leave by themselves.
    assert gc.get_freeze_count() >= frozen // 2


@pytest.fixture
def field(qtbot: QtBot, look: Theme) -> QLineEdit:
    made = QLineEdit()
    qtbot.addWidget(made)
    made.show()
    return made


def test_what_stands_when_it_begins_is_left_out(field: QLineEdit) -> None:
    gc.enable()
    kept = [[number] for number in range(1000)]
    before = gc.get_freeze_count()
    collector.rest()
    Collector(field)
    assert not gc.isenabled()
    assert gc.get_freeze_count() > before + len(kept)


def test_garbage_goes_while_nobody_types_and_on_the_windows_thread(qtbot: QtBot, field: QLineEdit) -> None:
    gone: list[int] = []
    made = Collector(field, tick_ms=1, full_seconds=0)
    old = Knot(gone)
    gc.collect(0)
    gc.collect(1)  # old garbage is what only a full pass finds
    there = weakref.ref(old)
    del old
    made._input_at -= 60  # nobody has typed for a minute
    for _ in range(3):
        kept = [Knot() for _ in range(1500)]
        qtbot.waitUntil(lambda: gc.get_count()[0] < 2000)
    qtbot.waitUntil(lambda: there() is None)
    assert gone == [threading.get_ident()]
    assert len(kept) == 1500


def test_a_lane_frees_nothing_of_the_window(qtbot: QtBot, lanes: Lanes, field: QLineEdit) -> None:
    gone: list[int] = []
    Knot(gone)
    there: list[list[list[int]]] = []
    Collector(field, tick_ms=1)
    Knot(gone)
    # What the lane has made stands until the end, so that there is a reason to collect.
    lanes.database.run(lambda: [[number] for number in range(100_000)], done=there.append, failed=print)
    qtbot.waitUntil(lambda: bool(gone and there))
    assert set(gone) == {threading.get_ident()}


def test_a_key_puts_the_full_pass_off(field: QLineEdit, qapp: QApplication) -> None:
    made = Collector(field, full_seconds=0)
    field.activateWindow()
    field.setFocus()
    made._input_at -= 60
    assert made._is_time_for_all(made._full_at + 1)
    made._follow(None, field)
    qapp.sendEvent(field, QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_A, Qt.KeyboardModifier.NoModifier, "a"))
    assert not made._is_time_for_all(made._input_at + 1)
    assert made._is_time_for_all(made._full_at + 3600)


def test_a_day_of_garbage_leaves_nothing_behind(qtbot: QtBot, field: QLineEdit) -> None:
    """Forty thousand knots, a thousand a turn: as many objects stand afterwards as before."""
    made = Collector(field, tick_ms=1, full_seconds=0)
    made._input_at -= 60
    gc.collect()
    before = len(gc.get_objects())
    for _ in range(20):
        for _ in range(2000):
            Knot()
        qtbot.waitUntil(lambda: gc.get_count()[0] < 2000)
    gc.collect(1)
    assert len(gc.get_objects()) < before + 4000
