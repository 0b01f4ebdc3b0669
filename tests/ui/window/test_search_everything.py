from collections.abc import Callable, Sequence
from functools import partial

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QLabel, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from posapp.ui.theme import Theme
from posapp.ui.window.search_everything import Hit, HitsModel, SearchEverything
from tests.ui.a11y import assert_named

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
Done = Callable[[Sequence[Hit]], None]


class Library:
    """Answers at once, or when told to."""

    def __init__(self) -> None:
        self.opened: list[str] = []
        self.waiting: list[Done] = []
        self.is_slow = False

    def hits(self, *names: str) -> list[Hit]:
        return [Hit(name[:1], name, partial(self.opened.append, name)) for name in names]

    def search(self, text: str, done: Done) -> None:
        if self.is_slow:
            self.waiting.append(done)
        else:
            done(self.hits("Ada", "Ana", "B319") if text else [])


@pytest.fixture
def library() -> Library:
    return Library()


@pytest.fixture
def popup(
    show: Callable[[QWidget], QWidget], look: Theme, library: Library, qtbot: QtBot
) -> SearchEverything:
    host = QWidget()
    host.resize(1000, 600)
    show(host)
    made = SearchEverything(host, library.search)
    made.open_over(host)
    return made


def line(popup: SearchEverything) -> QLineEdit:
    return popup.findChildren(QLineEdit)[0]


def test_arrows_pass_over_the_heads_and_enter_opens(
    popup: SearchEverything, library: Library, qtbot: QtBot
) -> None:
    qtbot.keyClicks(line(popup), "a")
    assert [hit.text for hit in popup.hits()] == ["Ada", "Ana", "B319"]
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Down):
        qtbot.keyClick(line(popup), key)
    qtbot.keyClick(line(popup), Qt.Key.Key_Return)
    assert library.opened == ["B319"]
    assert not popup.isVisible()


def test_a_late_answer_of_an_older_text_is_dropped(
    popup: SearchEverything, library: Library, qtbot: QtBot
) -> None:
    library.is_slow = True
    qtbot.keyClicks(line(popup), "ab")
    old, new = library.waiting
    new(library.hits("New"))
    old(library.hits("Old"))
    assert [hit.text for hit in popup.hits()] == ["New"]


def test_escape_closes_and_opens_nothing(popup: SearchEverything, library: Library, qtbot: QtBot) -> None:
    qtbot.keyClicks(line(popup), "a")
    qtbot.keyClick(line(popup), Qt.Key.Key_Escape)
    assert not popup.isVisible()
    assert library.opened == []


def test_everything_in_it_has_a_name(popup: SearchEverything) -> None:
    assert_named(popup)


def test_heads_cannot_be_chosen(qapp: object) -> None:
    model = HitsModel(str)
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    model.show_hits(Library().hits("Ada", "B319"))
    selectable = [
        bool(model.flags(model.index(row, 0)) & Qt.ItemFlag.ItemIsSelectable)
        for row in range(model.rowCount())
    ]
    assert selectable == [False, True, False, True]
    del tester


def test_a_hit_of_an_older_text_is_not_opened_and_enter_waits_for_the_answer(
    popup: SearchEverything, library: Library, qtbot: QtBot
) -> None:
    qtbot.keyClicks(line(popup), "a")
    library.is_slow = True
    qtbot.keyClicks(line(popup), "b")
    qtbot.keyClick(line(popup), Qt.Key.Key_Return)
    assert library.opened == []
    qtbot.waitUntil(lambda: popup.hits() == [])
    library.waiting[-1](library.hits("Abe"))
    assert library.opened == ["Abe"]
    assert not popup.isVisible()


def test_a_search_that_fails_says_why_and_opens_nothing(
    popup: SearchEverything, library: Library, qtbot: QtBot
) -> None:
    qtbot.keyClicks(line(popup), "a")
    library.is_slow = True
    qtbot.keyClicks(line(popup), "b")
    library.waiting[-1]([], problem="No server answers there.")  # type: ignore[call-arg]
    assert popup.hits() == []
    assert "No server answers there." in [one.text() for one in popup.findChildren(QLabel)]
    qtbot.keyClick(line(popup), Qt.Key.Key_Return)
    assert library.opened == []
