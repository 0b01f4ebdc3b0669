"""The theme on the test application, a shown window with the focus, and the noise that fails a test."""

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from posapp.ui.background import Lanes
from posapp.ui.own_keys import own_keys
from posapp.ui.theme import Theme, theme
from posapp.ui.window.main_window import MainWindow
from tests.fixtures import sqlite_schema

__all__ = ["sqlite_schema"]


@pytest.fixture(scope="session")
def dressed(qapp: QApplication) -> Theme:
    """One theme for all tests: an application has one look."""
    theme = Theme(choice="light")
    theme.apply(qapp)
    return theme


@pytest.fixture
def look(qapp: QApplication, dressed: Theme) -> Iterator[Theme]:
    """The theme, light at 100 %; what a test changes is undone, also a program that brought its own."""
    if theme() is not dressed:
        dressed.apply(qapp)
    yield dressed
    own_keys().wear({})
    if (dressed.choice, dressed.scale, dressed.touch) != ("light", 100, False):
        dressed.change(choice="light", scale=100, touch=False)


@pytest.fixture
def lanes(qapp: QApplication) -> Iterator[Lanes]:
    """Lanes that must be quiet at the end."""
    made = Lanes()
    yield made
    assert made.close()


@pytest.fixture
def show(qtbot: QtBot, look: Theme) -> Iterator[Callable[[QWidget], QWidget]]:
    """Show a widget as an active window and wait until it is one."""

    kept: list[QWidget] = []

    def shown(widget: QWidget) -> QWidget:
        kept.append(widget)
        qtbot.addWidget(widget)
        with qtbot.waitExposed(widget):
            widget.show()
        widget.activateWindow()
        qtbot.waitUntil(widget.isActiveWindow)
        return widget

    yield shown
    kept.clear()


@pytest.fixture
def window(qtbot: QtBot, look: Theme) -> MainWindow:
    """An empty window; pages are added by the test."""
    made = MainWindow(look, till="Till 1", shop="Harbour Lane Repairs")
    qtbot.addWidget(made)
    return made
