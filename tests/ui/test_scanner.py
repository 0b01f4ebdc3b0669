"""Scans into one of everything: what is typed where, and that a scan presses nothing at any speed."""

import gc
from collections.abc import Callable

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QObject, QStringListModel, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QCompleter,
    QDateEdit,
    QDialog,
    QFileDialog,
    QLineEdit,
    QListView,
    QMenu,
    QPlainTextEdit,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)
from pytestqt.qtbot import QtBot
from shiboken6 import delete, isValid

from posapp.ui.actions import Action
from posapp.ui.scanner import Scanner
from posapp.ui.scanner_fields import receiver
from posapp.ui.widgets.buttons import Button, CheckBox
from posapp.ui.window.shortcuts import Shortcuts
from tests.ui.wedge import Wedge

CODES = ("T1", "T2", "T6", "A4", "B12", "PL5", "5012345678900", "1", "SN12345ABCDE")
GAPS = (5, 35, 60, 90)
COMMANDS = ("button", "list", "box", "choice", "read_only", "board", "bare")
FIELDS = ("line", "note", "combo", "number", "day", "secret")


class Board(QWidget):
    """A widget in which every single key does something."""

    def __init__(self) -> None:
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.under = "T73"
        self.done: list[str] = []

    def subject(self) -> str:
        return self.under

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() not in (Qt.Key.Key_Shift, Qt.Key.Key_Control):
            self.done.append(event.text() or str(event.key()))


class Counter(QWidget):
    """One of everything that can have the focus, and notes of what was pressed."""

    def __init__(self) -> None:
        super().__init__()
        self.line, self.note, self.combo = QLineEdit("ab"), QPlainTextEdit("note"), QComboBox()
        self.secret = QLineEdit("2580")
        self.secret.setEchoMode(QLineEdit.EchoMode.Password)
        self.combo.setEditable(True)
        self.combo.setEditText("combo")
        self.number, self.day, self.choice = QSpinBox(), QDateEdit(), QComboBox()
        self.choice.addItems(["Tomasz", "Aino", "Paula", "1"])
        self.read_only = QLineEdit("T1")
        self.read_only.setReadOnly(True)
        self.button, self.list, self.box = Button("Delete"), QListView(), CheckBox("Rush")
        self.list.setModel(QStringListModel(["PL1", "T2", "A4", "12"], self))
        self.board, self.bare = Board(), QWidget()
        self.bare.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.pressed: list[str] = []
        self.button.clicked.connect(lambda: self.pressed.append("button"))
        self.box.toggled.connect(lambda _on: self.pressed.append("box"))
        self.list.activated.connect(lambda _index: self.pressed.append("row"))
        for edit in (self.line, self.secret):
            edit.returnPressed.connect(lambda: self.pressed.append("enter"))
        column = QVBoxLayout(self)
        for name in (*COMMANDS, *FIELDS):
            column.addWidget(getattr(self, name))

    def state(self) -> tuple[object, ...]:
        """Everything that a key could have changed."""
        return (
            tuple(self.pressed),
            tuple(self.board.done),
            (self.line.text(), self.note.toPlainText(), self.combo.currentText(), self.secret.text()),
            (self.number.value(), self.number.text(), self.day.text(), self.choice.currentIndex()),
            self.list.currentIndex().row(),
            QApplication.focusWidget(),
            QApplication.activePopupWidget(),
        )


@pytest.fixture
def counter(show: Callable[[QWidget], QWidget]) -> Counter:
    made = Counter()
    show(made)
    return made


@pytest.fixture
def scanner(counter: Counter) -> Scanner:
    # A program has one. Windows of earlier tests that nobody has collected yet have theirs, which would watch
    # this window and its popups, too; what was frozen until the next collection is found by its window alone.
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    tracked = [one for one in gc.get_objects() if isinstance(one, Scanner)]
    held = [one for window in QApplication.topLevelWidgets() for one in window.findChildren(Scanner)]
    for other in (*tracked, *held):
        if isValid(other):
            delete(other)
    return Scanner(counter)


@pytest.fixture
def codes(scanner: Scanner) -> list[str]:
    heard: list[str] = []
    scanner.scanned.connect(heard.append)
    return heard


@pytest.fixture
def words(scanner: Scanner) -> list[str]:
    said: list[str] = []
    scanner.said.connect(said.append)
    return said


@pytest.fixture
def wedge(counter: Counter) -> Wedge:
    return Wedge(counter)


def focus(qtbot: QtBot, widget: QWidget) -> None:
    widget.setFocus()
    qtbot.waitUntil(lambda: QApplication.focusWidget() is widget)


def test_a_clock_that_goes_back_swallows_no_enter(
    qtbot: QtBot, counter: Counter, codes: list[str], wedge: Wedge
) -> None:
    """The keyboard counts from another moment: after sleep, or because another device types."""
    focus(qtbot, counter.line)
    wedge.now = 5_000_000
    wedge.scan("PL5")
    wedge.now = 1_000
    wedge.key(Qt.Key.Key_Return, "\r")
    assert (codes, counter.pressed) == (["PL5"], ["enter"])
    wedge.scan("PL5")
    assert codes == ["PL5", "PL5"]


# -- a scan presses nothing -------------------------------------------------------------------------
@pytest.mark.parametrize("name", COMMANDS)
def test_no_code_at_any_speed_presses_anything_where_keys_are_commands(
    qtbot: QtBot, counter: Counter, codes: list[str], wedge: Wedge, name: str
) -> None:
    focus(qtbot, getattr(counter, name))
    before = counter.state()
    for end in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab):
        for gap in GAPS:
            for code in CODES:
                wedge.rest()
                wedge.scan(code, gap=gap, end=end)
                assert counter.state() == before, (code, gap, end)
    wedge.rest()
    assert counter.state() == before
    assert codes == [*CODES] * len(GAPS) * 3


@pytest.mark.parametrize("name", FIELDS)
def test_no_scan_leaves_a_trace_in_a_field_or_enters_it(
    qtbot: QtBot, counter: Counter, codes: list[str], wedge: Wedge, name: str
) -> None:
    focus(qtbot, getattr(counter, name))
    before = counter.state()
    for gap in (5, 35):
        for code in CODES:
            wedge.rest()
            wedge.scan(code, gap=gap)
            assert counter.state() == before, (code, gap)
    assert codes == [*CODES] * 2


@pytest.mark.parametrize("name", ["line", "combo", "secret"])
def test_a_slow_scanner_is_known_by_its_code_in_a_field(
    qtbot: QtBot, counter: Counter, codes: list[str], wedge: Wedge, name: str
) -> None:
    focus(qtbot, getattr(counter, name))
    before = counter.state()
    known = ["T1", "B12", "PL5", "5012345678900"]
    for gap in (60, 90):
        for code in known:
            wedge.rest()
            wedge.scan(code, gap=gap)
            assert counter.state() == before, (code, gap)
    assert codes == known * 2


def test_a_long_slow_scan_into_a_field_stays_as_text_and_enters_nothing(
    qtbot: QtBot, counter: Counter, codes: list[str], words: list[str], wedge: Wedge
) -> None:
    focus(qtbot, counter.line)
    wedge.scan("SN12345ABCDE", gap=60)
    assert (counter.line.text(), counter.pressed, codes) == ("abSN12345ABCDE", [], [])
    assert words == ["That came almost as fast as a scan. Press Enter again."]
    wedge.rest()
    wedge.key(Qt.Key.Key_Return, "\r")
    assert counter.pressed == ["enter"]


@pytest.mark.parametrize("gap", GAPS)
def test_a_run_without_an_end_does_nothing_and_says_so(
    qtbot: QtBot, counter: Counter, codes: list[str], words: list[str], wedge: Wedge, gap: int
) -> None:
    for name in COMMANDS:
        focus(qtbot, getattr(counter, name))
        before = counter.state()
        wedge.rest()
        words.clear()
        wedge.scan("T2", gap=gap, end=None)
        wedge.rest()
        assert counter.state() == before, name
        assert words == ["“T2” came too fast for single keys and did nothing. Press them one by one."]
    assert codes == []


def test_a_single_key_acts_after_the_wait_and_not_before(
    qtbot: QtBot, counter: Counter, codes: list[str], scanner: Scanner, wedge: Wedge
) -> None:
    focus(qtbot, counter.board)
    wedge.scan("2", end=None)
    assert counter.board.done == []
    assert scanner._wait.interval() > scanner.window_ms
    qtbot.waitUntil(lambda: counter.board.done == ["2"])  # nobody but the clock lets it through
    wedge.now += scanner.window_ms + 1
    wedge.scan("5", end=None)
    wedge.now += scanner.window_ms
    wedge.scan("6", gap=1, end=None)  # one millisecond too late to belong to the 5
    assert counter.board.done == ["2", "5"]
    wedge.rest()
    assert counter.board.done == ["2", "5", "6"]
    assert codes == []


def test_keys_that_waited_in_the_queue_of_a_busy_window_still_belong_together(
    qtbot: QtBot, counter: Counter, codes: list[str], scanner: Scanner, wedge: Wedge
) -> None:
    focus(qtbot, counter.board)
    wedge.scan("T", end=None)
    scanner._wait.timeout.emit()  # the window was busy for longer than the wait; the rest is in the queue
    wedge.scan("2")
    assert (codes, counter.board.done) == (["T2"], [])


def test_the_last_millisecond_of_the_wait_still_makes_a_scan(
    qtbot: QtBot, counter: Counter, codes: list[str], scanner: Scanner, wedge: Wedge
) -> None:
    focus(qtbot, counter.board)
    wedge.scan("T2", gap=scanner.window_ms)
    assert (codes, counter.board.done) == (["T2"], [])


def test_space_delete_plus_and_minus_wait_too(
    qtbot: QtBot, counter: Counter, codes: list[str], wedge: Wedge
) -> None:
    focus(qtbot, counter.board)
    wedge.key(Qt.Key.Key_Delete)
    wedge.now += 50
    wedge.scan("+", end=None)
    wedge.rest()
    assert counter.board.done == []
    for code, key in (("+", Qt.Key.Key_Plus), ("-", Qt.Key.Key_Minus), ("", Qt.Key.Key_Delete)):
        wedge.key(key, code)
        wedge.rest()
    assert len(counter.board.done) == 3
    focus(qtbot, counter.button)
    wedge.scan(" ", end=None)
    assert counter.pressed == []
    wedge.rest()
    assert counter.pressed == ["button"]


def test_enter_alone_is_not_held_up(qtbot: QtBot, counter: Counter, codes: list[str], wedge: Wedge) -> None:
    focus(qtbot, counter.button)
    wedge.key(Qt.Key.Key_Return, "\r")
    assert counter.pressed == ["button"]


def test_a_second_end_and_what_follows_a_scan_press_nothing(
    qtbot: QtBot, counter: Counter, codes: list[str], words: list[str], wedge: Wedge
) -> None:
    focus(qtbot, counter.button)
    wedge.scan("T2")
    wedge.now += 10
    wedge.key(Qt.Key.Key_Return, "\r")  # CR and LF
    wedge.now += 10
    wedge.key(Qt.Key.Key_Enter, "\r", again=True)
    assert counter.pressed == []
    wedge.scan(" ", gap=20, end=None)
    wedge.rest()
    assert (counter.pressed, len(words)) == ([], 1)
    assert codes == ["T2"]


def test_a_key_held_down_acts_once(qtbot: QtBot, counter: Counter, codes: list[str], wedge: Wedge) -> None:
    focus(qtbot, counter.board)
    wedge.key(Qt.Key.Key_2, "2")
    wedge.rest(500)
    for _ in range(5):
        wedge.now += 30
        wedge.key(Qt.Key.Key_2, "2", again=True)
    wedge.key(Qt.Key.Key_Delete, again=True)
    wedge.rest()
    assert counter.board.done == ["2"]
    focus(qtbot, counter.line)
    wedge.key(Qt.Key.Key_X, "x")
    wedge.rest(500)
    wedge.key(Qt.Key.Key_X, "x", again=True)
    assert counter.line.text() == "abxx"


def test_a_key_does_nothing_when_what_lay_under_the_cursor_has_changed(
    qtbot: QtBot, counter: Counter, codes: list[str], words: list[str], wedge: Wedge
) -> None:
    focus(qtbot, counter.board)
    wedge.scan("6", end=None)
    counter.board.under = "T57"
    wedge.rest()
    wedge.scan("6", end=None)
    counter.line.setFocus()
    wedge.rest()
    assert counter.board.done == []
    assert words == ["What was chosen has changed. Nothing was done."] * 2
    counter.list.setCurrentIndex(counter.list.model().index(0, 0))
    focus(qtbot, counter.list)
    wedge.scan("1", end=None)
    counter.list.model().setData(counter.list.currentIndex(), "PL9")
    wedge.rest()
    assert len(words) == 3


def test_a_scan_during_which_the_focus_moves_is_one_scan(
    qtbot: QtBot, counter: Counter, codes: list[str], wedge: Wedge
) -> None:
    focus(qtbot, counter.line)
    wedge.scan("T", end=None)
    focus(qtbot, counter.board)
    wedge.scan("2")
    assert (codes, counter.line.text(), counter.board.done) == (["T2"], "ab", [])


# -- menus, lists, dialogs --------------------------------------------------------------------------
def test_a_scan_into_an_open_menu_chooses_nothing(
    qtbot: QtBot, counter: Counter, codes: list[str], wedge: Wedge
) -> None:
    menu = QMenu(counter)
    for word in ("Take off", "2 days", "Print"):
        menu.addAction(word).triggered.connect(lambda: counter.pressed.append("menu"))
    for gap in GAPS:
        for code in CODES:
            menu.popup(counter.mapToGlobal(counter.rect().center()))
            wedge.rest()
            wedge.scan(code, gap=gap)
            assert counter.pressed == [], (code, gap)
            assert QApplication.activePopupWidget() is None
    assert codes == [*CODES] * len(GAPS)


def test_a_scan_into_a_field_with_completions_is_taken_back_and_the_list_closes(
    qtbot: QtBot, counter: Counter, codes: list[str], wedge: Wedge
) -> None:
    completer = QCompleter(["abPixel", "abPL5", "abT2x"], counter.line)
    counter.line.setCompleter(completer)
    focus(qtbot, counter.line)
    for gap in GAPS:
        for code in ("PL5", "T2"):
            wedge.rest()
            wedge.scan(code, gap=gap)
            assert (counter.line.text(), counter.pressed) == ("ab", []), (code, gap)
            assert QApplication.activePopupWidget() is None
    assert codes == ["PL5", "T2"] * len(GAPS)


def test_a_scan_into_an_open_list_of_choices_chooses_nothing(
    qtbot: QtBot, counter: Counter, codes: list[str], wedge: Wedge
) -> None:
    focus(qtbot, counter.choice)
    for gap in GAPS:
        counter.choice.showPopup()
        qtbot.waitUntil(lambda: QApplication.activePopupWidget() is not None)
        wedge.rest()
        wedge.scan("PL5", gap=gap)
        assert counter.choice.currentText() == "Tomasz"
        assert QApplication.activePopupWidget() is None
    assert codes == ["PL5"] * len(GAPS)


def test_a_scan_into_a_dialog_answers_nothing(qtbot: QtBot, counter: Counter, codes: list[str]) -> None:
    dialog = QDialog(counter)
    sure, name = Button("Delete it", parent=dialog), QLineEdit(dialog)
    sure.setDefault(True)
    sure.clicked.connect(lambda: counter.pressed.append("dialog"))
    dialog.open()
    qtbot.waitUntil(dialog.isActiveWindow)
    wedge = Wedge(dialog)
    for widget in (sure, name):
        focus(qtbot, widget)
        for gap in GAPS:
            wedge.rest()
            wedge.now += 1_000
            wedge.scan("T2", gap=gap)
            assert (counter.pressed, name.text(), dialog.isVisible()) == ([], "", True), gap
    assert codes == ["T2"] * 2 * len(GAPS)
    dialog.close()


# -- text fields ------------------------------------------------------------------------------------
def test_a_scan_into_a_line_is_taken_back_and_told(
    qtbot: QtBot, counter: Counter, codes: list[str], wedge: Wedge
) -> None:
    focus(qtbot, counter.line)
    counter.line.setSelection(0, 1)
    edited: list[str] = []
    counter.line.textEdited.connect(edited.append)
    wedge.scan("PL24")
    assert codes == ["PL24"]
    assert (counter.line.text(), counter.line.selectedText()) == ("ab", "a")
    assert edited[-1] == "ab"  # who searched for PL24 searches for the old text again
    assert counter.pressed == []


def test_a_person_types_and_keeps_text_and_enter(
    qtbot: QtBot, counter: Counter, codes: list[str], wedge: Wedge
) -> None:
    focus(qtbot, counter.line)
    wedge.scan("Anna", gap=60)
    assert (codes, counter.line.text(), counter.pressed) == ([], "abAnna", ["enter"])
    wedge.rest()
    wedge.scan(" B", gap=60, end=None)
    wedge.now += 101
    wedge.scan("yrne", gap=60, end=None)
    assert (counter.line.text(), counter.pressed) == ("abAnna Byrne", ["enter"])
    wedge.now += 140
    wedge.key(Qt.Key.Key_Return, "\r")
    assert counter.pressed == ["enter"] * 2


def test_the_same_code_again_at_once_is_ignored(
    qtbot: QtBot, counter: Counter, codes: list[str], wedge: Wedge
) -> None:
    focus(qtbot, counter.line)
    wedge.scan("PL24")
    wedge.scan("PL24")
    wedge.now += 700
    wedge.scan("PL24")
    assert codes == ["PL24", "PL24"]
    assert counter.line.text() == "ab"


def test_two_quick_characters_without_an_end_are_typed_into_a_field(
    qtbot: QtBot, counter: Counter, codes: list[str], wedge: Wedge
) -> None:
    focus(qtbot, counter.line)
    wedge.scan("12", end=None)
    wedge.rest()
    assert (codes, counter.line.text()) == ([], "ab12")


def test_a_till_with_a_slow_scanner_knows_everything_it_scans(
    qtbot: QtBot, counter: Counter, scanner: Scanner, codes: list[str], wedge: Wedge
) -> None:
    scanner.set_habits(gap_ms=75, prefix="")
    focus(qtbot, counter.line)
    wedge.scan("SN12345ABCDE", gap=60)
    assert (codes, counter.line.text()) == (["SN12345ABCDE"], "ab")
    scanner.set_habits(gap_ms=150, prefix="")
    assert scanner.window_ms > 150


# -- what scans begin and end with ------------------------------------------------------------------
def test_with_a_prefix_only_codes_that_begin_with_it_count(
    qtbot: QtBot, counter: Counter, scanner: Scanner, codes: list[str], words: list[str], wedge: Wedge
) -> None:
    scanner.set_habits(gap_ms=35, prefix="~")
    focus(qtbot, counter.line)
    wedge.scan("12345")
    wedge.rest()
    wedge.scan("~12345")
    assert codes == ["12345"]
    assert (counter.line.text(), counter.pressed) == ("ab12345", [])
    focus(qtbot, counter.board)
    wedge.rest()
    wedge.scan("T2", gap=60)
    wedge.rest()
    wedge.scan("~T2", gap=60)
    assert (codes, counter.board.done, len(words)) == (["12345", "T2"], [], 2)


@pytest.mark.parametrize(
    ("setting", "key", "held"),
    [
        ("<F9>", Qt.Key.Key_F9, Qt.KeyboardModifier.NoModifier),
        ("<STX>", Qt.Key.Key_B, Qt.KeyboardModifier.ControlModifier),
    ],
)
def test_a_key_can_come_before_codes_and_means_itself_alone(
    qtbot: QtBot,
    counter: Counter,
    scanner: Scanner,
    codes: list[str],
    wedge: Wedge,
    setting: str,
    key: Qt.Key,
    held: Qt.KeyboardModifier,
) -> None:
    shortcuts = Shortcuts(counter)
    ran: list[str] = []
    name = {"<F9>": "F9", "<STX>": "Ctrl+B"}[setting]
    shortcuts.bind([Action("act", "Act", name, lambda: ran.append(name))])
    scanner.set_habits(gap_ms=35, prefix=setting)
    scanner.begun_alone.connect(shortcuts.press)
    for widget in (counter.board, counter.line, counter.button):
        focus(qtbot, widget)
        before = counter.state()
        wedge.rest()
        QTest.keyClick(counter.windowHandle(), key, held)  # the way that shortcuts are found
        for character in "T2":
            QTest.keyClick(counter.windowHandle(), character)  # type: ignore[call-overload]
        QTest.keyClick(counter.windowHandle(), Qt.Key.Key_Return)
        assert (ran, counter.state()) == ([], before)
        scanner._last_code = ""
    assert codes == ["T2"] * 3
    QTest.keyClick(counter.windowHandle(), key, held)
    scanner.settle()
    assert ran == [name]
    focus(qtbot, counter.board)
    wedge.rest()
    wedge.scan("T6")  # without that key it is no scan, and presses nothing all the same
    assert (codes, counter.board.done) == (["T2"] * 3, [])


def test_codes_can_end_with_a_sign_or_a_key(
    qtbot: QtBot, counter: Counter, scanner: Scanner, codes: list[str], wedge: Wedge
) -> None:
    for setting, last in (("#", "#"), ("<ETX>", "")):
        scanner.set_habits(gap_ms=35, prefix="", suffix=setting)
        for widget in (counter.board, counter.line):
            focus(qtbot, widget)
            wedge.rest()
            wedge.scan("T2" + last, end=None)
            if not last:
                wedge.key(Qt.Key.Key_C, "\x03", Qt.KeyboardModifier.ControlModifier)
    assert codes == ["T2"] * 4
    assert (counter.line.text(), counter.board.done) == ("ab", [])


def test_digits_of_the_number_pad_with_alt_choose_nothing(qtbot: QtBot, counter: Counter) -> None:
    shortcuts = Shortcuts(counter)
    ran: list[int] = []
    shortcuts.bind([Action("choice_8", "", "Alt+8", lambda: ran.append(8))])
    focus(qtbot, counter.button)
    both = Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.KeypadModifier
    QTest.keyClick(counter.windowHandle(), Qt.Key.Key_8, both)
    assert ran == []
    QTest.keyClick(counter.windowHandle(), Qt.Key.Key_8, Qt.KeyboardModifier.AltModifier)
    assert ran == [8]


def test_without_a_scanner_key_shortcuts_are_as_they_were(
    qtbot: QtBot, counter: Counter, scanner: Scanner
) -> None:
    ran: list[str] = []
    QShortcut(QKeySequence("F9"), counter).activated.connect(lambda: ran.append("F9"))
    focus(qtbot, counter.line)
    QTest.keyClick(counter.windowHandle(), Qt.Key.Key_F9)
    assert ran == ["F9"]


def test_keys_that_nobody_takes_are_counted_once(
    qtbot: QtBot, counter: Counter, codes: list[str], wedge: Wedge
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
    wedge.scan("PL57")
    assert codes == ["PL57"]
    assert Watcher.seen == 0
    counter.removeEventFilter(watcher)


def test_a_file_dialog_of_qt_can_be_typed_into(qtbot: QtBot) -> None:
    """Its field has completions that Qt made: asking for them must not take the field from Python."""
    dialog = QFileDialog()
    dialog.setOption(QFileDialog.Option.DontUseNativeDialog)
    qtbot.addWidget(dialog)
    dialog.show()
    qtbot.waitUntil(lambda: isinstance(QApplication.focusWidget(), QLineEdit))
    field = QApplication.focusWidget()
    assert field is not None
    QTest.keyClicks(field, "/")
    qtbot.waitUntil(lambda: QApplication.activePopupWidget() is not None)
    for _ in range(3):
        assert receiver() is field
        gc.collect()
    assert isValid(field)
