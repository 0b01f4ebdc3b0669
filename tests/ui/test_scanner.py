from collections.abc import Callable

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QObject, QStringListModel, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QComboBox, QLineEdit, QListView, QPlainTextEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from posapp.ui.scanner import Scanner
from posapp.ui.widgets.buttons import Button


class Counter(QWidget):
    """One of everything that can have the focus, and notes of what was pressed."""

    def __init__(self) -> None:
        super().__init__()
        self.line, self.note, self.combo = QLineEdit("ab"), QPlainTextEdit("note"), QComboBox()
        self.combo.setEditable(True)
        self.combo.setEditText("combo")
        self.button, self.list = Button("Delete"), QListView()
        self.list.setModel(QStringListModel(["PL1", "PL2", "12"], self))
        self.pressed = 0
        self.button.clicked.connect(self._count)
        column = QVBoxLayout(self)
        for part in (self.line, self.note, self.combo, self.button, self.list):
            column.addWidget(part)

    def _count(self) -> None:
        self.pressed += 1


_PRESS, _RELEASE = (QEvent.Type.KeyPress,), (QEvent.Type.KeyRelease,)


class Clock:
    """Times of keys, in milliseconds of the keyboard; capitals are typed with Shift, as scanners do."""

    def __init__(self) -> None:
        self.now = 1_000

    def type(
        self, widget: QWidget, text: str, *, gap: int = 5, end: Qt.Key | None = Qt.Key.Key_Return
    ) -> None:
        for character in text:
            self.now += gap
            if character.isupper():
                self._key(widget, Qt.Key.Key_Shift, "", kinds=_PRESS)
            self._key(widget, Qt.Key(ord(character.upper())), character)
            if character.isupper():
                self._key(widget, Qt.Key.Key_Shift, "", kinds=_RELEASE)
        if end is not None:
            self.now += gap
            self._key(widget, end, "\t" if end == Qt.Key.Key_Tab else "\r")

    def _key(
        self,
        widget: QWidget,
        key: Qt.Key,
        text: str,
        *,
        kinds: tuple[QEvent.Type, ...] = (*_PRESS, *_RELEASE),
    ) -> None:
        shift = Qt.KeyboardModifier.ShiftModifier if text.isupper() else Qt.KeyboardModifier.NoModifier
        for kind in kinds:
            event = QKeyEvent(kind, key, shift, text)
            event.setTimestamp(self.now)
            QCoreApplication.sendEvent(widget, event)


@pytest.fixture
def counter(show: Callable[[QWidget], QWidget]) -> Counter:
    made = Counter()
    show(made)
    return made


@pytest.fixture
def codes(counter: Counter) -> list[str]:
    heard: list[str] = []
    scanner = Scanner(counter)
    scanner.scanned.connect(heard.append)
    counter.setProperty("scanner", scanner)
    return heard


@pytest.fixture
def clock() -> Clock:
    return Clock()


def focus(qtbot: QtBot, widget: QWidget) -> None:
    widget.setFocus()
    qtbot.waitUntil(widget.hasFocus)


def test_a_scan_into_a_line_is_taken_back_and_told(
    qtbot: QtBot, counter: Counter, codes: list[str], clock: Clock
) -> None:
    focus(qtbot, counter.line)
    counter.line.setSelection(0, 1)
    entered: list[bool] = []
    counter.line.returnPressed.connect(lambda: entered.append(True))
    clock.type(counter.line, "PL24")
    assert codes == ["PL24"]
    assert (counter.line.text(), counter.line.selectedText()) == ("ab", "a")
    assert entered == []


def test_a_person_types_slowly_and_keeps_text_and_enter(
    qtbot: QtBot, counter: Counter, codes: list[str], clock: Clock
) -> None:
    focus(qtbot, counter.line)
    entered: list[bool] = []
    counter.line.returnPressed.connect(lambda: entered.append(True))
    clock.type(counter.line, "PL24", gap=60)
    assert codes == []
    assert counter.line.text() == "abPL24"
    assert entered == [True]


@pytest.mark.parametrize("name", ["line", "note", "combo", "button", "list"])
def test_three_scans_in_a_row_press_nothing_anywhere(
    qtbot: QtBot, counter: Counter, codes: list[str], clock: Clock, name: str
) -> None:
    widget: QWidget = getattr(counter, name)
    focus(qtbot, widget)
    for code in ("PL2", "B 319", "5012345678900"):
        clock.now += 1_000
        clock.type(widget, code)
    assert codes == ["PL2", "B 319", "5012345678900"]
    assert counter.pressed == 0
    assert counter.line.text() == "ab"
    assert counter.note.toPlainText() == "note"
    assert counter.combo.currentText() == "combo"
    assert not counter.list.currentIndex().isValid() or counter.list.currentIndex().row() == 0
    assert widget.hasFocus()


def test_the_same_code_again_at_once_is_ignored(
    qtbot: QtBot, counter: Counter, codes: list[str], clock: Clock
) -> None:
    focus(qtbot, counter.line)
    clock.type(counter.line, "PL24")
    clock.type(counter.line, "PL24")
    clock.now += 700
    clock.type(counter.line, "PL24")
    assert codes == ["PL24", "PL24"]
    assert counter.line.text() == "ab"


def test_tab_ends_a_scan_too_and_keeps_the_focus(
    qtbot: QtBot, counter: Counter, codes: list[str], clock: Clock
) -> None:
    focus(qtbot, counter.line)
    clock.type(counter.line, "B319", end=Qt.Key.Key_Tab)
    assert codes == ["B319"]
    assert counter.line.hasFocus()


def test_two_quick_characters_are_no_scan(
    qtbot: QtBot, counter: Counter, codes: list[str], clock: Clock
) -> None:
    focus(qtbot, counter.line)
    clock.type(counter.line, "12")
    assert codes == []
    assert counter.line.text() == "ab12"


def test_with_a_prefix_only_codes_that_begin_with_it_count(
    qtbot: QtBot, counter: Counter, codes: list[str], clock: Clock
) -> None:
    counter.property("scanner").set_habits(gap_ms=35, prefix="~")
    focus(qtbot, counter.line)
    clock.type(counter.line, "12345")
    clock.now += 1_000
    clock.type(counter.line, "~12345")
    assert codes == ["12345"]
    assert counter.line.text() == "ab12345"


def test_a_plain_key_reaches_a_list_after_one_gap(
    qtbot: QtBot, counter: Counter, codes: list[str], clock: Clock
) -> None:
    focus(qtbot, counter.list)
    clock.type(counter.list, "1", end=None)
    qtbot.waitUntil(lambda: counter.list.currentIndex().row() == 2)
    assert codes == []


def test_space_still_presses_a_button(qtbot: QtBot, counter: Counter, codes: list[str], clock: Clock) -> None:
    focus(qtbot, counter.button)
    clock.type(counter.button, " ", end=None)
    qtbot.waitUntil(lambda: counter.pressed == 1)
    clock.now += 1_000
    clock.type(counter.button, "", end=Qt.Key.Key_Return)
    assert counter.pressed == 2


def test_shift_before_the_next_character_does_not_break_a_scan(
    qtbot: QtBot, counter: Counter, codes: list[str], clock: Clock
) -> None:
    for widget in (counter.line, counter.list, counter.button):
        focus(qtbot, widget)
        clock.now += 1_000
        clock.type(widget, "aPbL26", end=Qt.Key.Key_Return)
    assert codes == ["aPbL26"] * 3
    assert counter.line.text() == "ab"
    assert counter.pressed == 0


def test_keys_that_nobody_takes_are_counted_once(
    qtbot: QtBot, counter: Counter, codes: list[str], clock: Clock
) -> None:
    class Watcher(QObject):
        seen = 0

        def eventFilter(self, watched: QObject, event: QEvent) -> bool:
            is_press = event.type() == QEvent.Type.KeyPress
            Watcher.seen += is_press and isinstance(event, QKeyEvent) and bool(event.text())
            return False

    watcher = Watcher()
    counter.installEventFilter(watcher)
    focus(qtbot, counter.button)
    clock.type(counter.button, "PL57")
    assert codes == ["PL57"]
    assert Watcher.seen == 0
    counter.removeEventFilter(watcher)
