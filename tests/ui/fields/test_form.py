import sys
from collections.abc import Callable
from datetime import date, time

import pytest
from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QSize, Qt
from PySide6.QtGui import QKeyEvent, QTextCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QStyledItemDelegate, QStyleOptionViewItem, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from posapp.domain.base.errors import DomainError
from posapp.domain.base.money import Money
from posapp.domain.base.names import check_name
from posapp.domain.base.phone import PhoneNumber
from posapp.ui.fields import (
    Combo,
    ComboField,
    DayField,
    Form,
    LineEdit,
    MinutesField,
    MoneyField,
    NoteField,
    PhoneField,
    TextField,
    TimeField,
)
from posapp.ui.fields.edits import NoteEdit
from posapp.ui.settings.fields import SearchableField
from posapp.ui.theme import Theme, theme
from posapp.ui.tickets.intake.fields import WordsField
from posapp.ui.widgets.buttons import Button
from posapp.ui.wording import Wording
from tests.ui.a11y import assert_named, name_of

IRISH = Wording()
_Index = QModelIndex | QPersistentModelIndex
CTRL = Qt.KeyboardModifier.ControlModifier


class Booking(Form):
    """A form with one field of each kind."""

    def __init__(self) -> None:
        super().__init__()
        self.phone = self.add_field(PhoneField(region="IE"))
        self.name = self.add_field(TextField("name", "Name", read=check_name))
        self.service = self.add_field(
            ComboField("service", "Service", [(1, "Battery check"), (2, "Repair")], editable=True)
        )
        self.day = self.add_field(DayField("day", "Date", wording=IRISH, today=lambda: date(2026, 3, 12)))
        self.start = self.add_field(TimeField("time", "From", wording=IRISH))
        self.minutes = self.add_field(MinutesField("minutes", "Length"))
        self.price = self.add_field(MoneyField("price", "Price", wording=IRISH))
        self.note = self.add_field(NoteField("note", "Note"))
        self.save = Button("Save booking", kind="primary", key="Ctrl+Return")
        self.set_save_button(self.save)
        column = QVBoxLayout(self)
        for field in self.fields():
            column.addWidget(field)
        column.addWidget(self.summary)
        column.addWidget(self.save)


@pytest.fixture
def form(show: Callable[[QWidget], QWidget], qtbot: QtBot) -> Booking:
    made = Booking()
    show(made)
    made.phone.editor.setFocus()
    qtbot.waitUntil(made.phone.editor.hasFocus)
    return made


def fill(qtbot: QtBot, form: Booking) -> None:
    """Type a whole booking with keys only."""
    for field, text in (
        (form.phone, "020 914 0873"),
        (form.name, " Ada "),
        (form.service, "bat"),
        (form.day, "fri"),
        (form.start, "1530"),
        (form.minutes, "1h30"),
        (form.price, "12,5"),
    ):
        qtbot.waitUntil(field.editor.hasFocus)
        qtbot.keyClicks(field.editor, text)
        qtbot.keyClick(field.editor, Qt.Key.Key_Return)
    qtbot.waitUntil(form.note.editor.hasFocus)
    qtbot.keyClicks(form.note.editor, "Bring charger")


def test_enter_walks_through_the_fields_and_ctrl_enter_saves(form: Booking, qtbot: QtBot) -> None:
    with qtbot.assertNotEmitted(form.accepted):
        fill(qtbot, form)
    with qtbot.waitSignal(form.accepted):
        qtbot.keyClick(form.note.editor, Qt.Key.Key_Return, CTRL)
    assert form.phone.value() == PhoneNumber.parse("+353 20 914 0873", region="IE")
    assert form.name.value() == "Ada"
    assert form.service.value() == 1
    assert form.day.value() == date(2026, 3, 13)
    assert form.start.value() == time(15, 30)
    assert form.minutes.value() == 90
    assert form.price.value() == Money(1250, "EUR")
    assert form.note.value() == "Bring charger"


def test_values_are_shown_tidily_once_left(form: Booking, qtbot: QtBot) -> None:
    fill(qtbot, form)
    assert form.day.text() == "Fri 13 Mar 2026"
    assert form.start.text() == "15:30"
    assert form.minutes.text() == "1 h 30 min"
    assert form.price.text() == "12.50"


def test_saving_names_how_many_fields_are_wrong_and_goes_to_the_first(form: Booking, qtbot: QtBot) -> None:
    qtbot.keyClicks(form.phone.editor, "020 914 0873")
    form.service.choose(2)
    form.day.set_day(date(2026, 3, 12))
    form.start.set_time(time(9))
    form.minutes.set_text("long")
    with qtbot.assertNotEmitted(form.accepted):
        qtbot.keyClick(form.phone.editor, Qt.Key.Key_Return, CTRL)
    assert form.summary.text() == "2 fields need attention"
    qtbot.waitUntil(form.name.editor.hasFocus)
    assert form.name.message() == "Enter a name."
    assert form.name.editor.property("state") == "error"
    qtbot.keyClicks(form.name.editor, "Ada")
    form.minutes.set_minutes(45)
    with qtbot.waitSignal(form.accepted):
        qtbot.keyClick(form.name.editor, Qt.Key.Key_Return, CTRL)
    assert form.name.message() == ""
    assert form.summary.isHidden()


def test_a_phone_is_judged_on_leaving_and_known_while_typing(form: Booking, qtbot: QtBot) -> None:
    heard: list[PhoneNumber | None] = []
    form.phone.number_changed.connect(heard.append)
    qtbot.keyClicks(form.phone.editor, "020 914 08")
    assert form.phone.message() == ""
    qtbot.keyClicks(form.phone.editor, "73")
    assert heard[-1] == PhoneNumber.parse("+353209140873", region="IE")
    qtbot.keyClicks(form.phone.editor, "x")
    assert form.phone.message() == ""
    qtbot.keyClick(form.phone.editor, Qt.Key.Key_Tab)
    qtbot.waitUntil(lambda: bool(form.phone.message()))
    assert heard[-1] is None
    assert form.phone.editor.accessibleDescription() == form.phone.message()


def test_a_refusal_of_the_desk_stands_at_its_field(form: Booking, qtbot: QtBot) -> None:
    form.show_error(DomainError("slot_taken", "Another till took 15:30. Next free: 16:00.", field="time"))
    assert form.start.message() == "Another till took 15:30. Next free: 16:00."
    qtbot.waitUntil(form.start.editor.hasFocus)
    form.show_error(DomainError("closed", "The shop is closed on this day."))
    assert form.summary.text() == "The shop is closed on this day."


def test_a_draft_comes_back_as_it_was_typed(form: Booking, qtbot: QtBot) -> None:
    fill(qtbot, form)
    form.name.set_text("Ad")
    kept = form.snapshot()
    other = Booking()
    qtbot.addWidget(other)
    other.restore(kept)
    assert other.snapshot() == kept
    assert other.day.value() == date(2026, 3, 13)
    assert other.name.text() == "Ad"
    assert other.note.text() == "Bring charger"


def test_while_it_saves_the_button_says_so_and_saves_once(form: Booking, qtbot: QtBot) -> None:
    fill(qtbot, form)
    form.set_saving(True)
    assert (form.save.text(), form.save.isEnabled()) == ("Saving", False)
    with qtbot.assertNotEmitted(form.accepted):
        qtbot.keyClick(form.note.editor, Qt.Key.Key_Return, CTRL)
    form.set_saving(False)
    assert (form.save.text(), form.save.isEnabled()) == ("Save booking", True)


def test_enter_on_the_focused_button_presses_it(form: Booking, qtbot: QtBot) -> None:
    fill(qtbot, form)
    form.save.setFocus()
    with qtbot.waitSignal(form.accepted):
        qtbot.keyClick(form.save, Qt.Key.Key_Return)


def test_tab_leaves_a_note(form: Booking, qtbot: QtBot) -> None:
    form.note.editor.setFocus()
    qtbot.keyClick(form.note.editor, Qt.Key.Key_Tab)
    assert not form.note.editor.hasFocus()
    assert form.note.text() == ""


def test_fields_are_named_by_their_labels(form: Booking) -> None:
    assert_named(form)
    assert name_of(form.service.editor) == "Service"
    assert form.name.label.buddy() is form.name.editor


@pytest.mark.parametrize(
    ("typed", "minutes"), [("45", 45), ("45 min", 45), ("1h", 60), ("1 h 15 min", 75), ("1:30", 90)]
)
def test_lengths_are_read_in_usual_ways(form: Booking, typed: str, minutes: int) -> None:
    form.minutes.set_text(typed)
    assert form.minutes.value() == minutes


@pytest.mark.parametrize("typed", ["", "soon", "0", "99999"])
def test_lengths_that_cannot_be_are_explained(form: Booking, typed: str) -> None:
    form.minutes.set_text(typed)
    problem = form.minutes.check()
    assert problem is not None
    assert form.minutes.message() == problem.sentence


@pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
def test_a_day_is_taken_from_the_month(form: Booking, qtbot: QtBot) -> None:
    form.day.set_day(date(2026, 3, 12))
    form.day.editor.setFocus()
    qtbot.keyClick(form.day.editor, Qt.Key.Key_Down)
    popup = form.day.findChildren(QWidget, "qt_calendar_calendarview")[0]
    qtbot.keyClick(popup, Qt.Key.Key_Right)
    qtbot.keyClick(popup, Qt.Key.Key_Return)
    assert form.day.value() == date(2026, 3, 13)


def test_the_fields_can_be_put_into_another_order_of_tab(form: Booking, qtbot: QtBot) -> None:
    QWidget.setTabOrder(form.phone, form.start)
    QWidget.setTabOrder(form.start, form.note)
    form.phone.setFocus()
    for field in (form.start, form.note):
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
        assert field.editor.hasFocus()


def test_an_editable_list_selects_its_text_when_code_goes_there(form: Booking) -> None:
    form.minutes.set_minutes(45)
    form.minutes.setFocus()
    editor = form.minutes.editor
    assert isinstance(editor, Combo)
    line = editor.lineEdit()
    assert line is not None
    assert line.selectedText() == "45 min"


def test_a_number_that_may_lack_digits_says_so_and_is_taken(form: Booking, qtbot: QtBot) -> None:
    qtbot.keyClicks(form.phone.editor, "914 08")
    form.phone.leave()
    assert form.phone.number is not None
    assert form.phone.message() == "Number not complete yet."


@pytest.mark.parametrize(
    ("typed", "minor", "shown"),
    [
        ("12.5*2", 2500, "25.00"),
        ("3 x 4,99", 1497, "14.97"),
        ("2×10", 2000, "20.00"),
        ("7*", None, ""),
        ("1.5*1.5", None, ""),
        ("2*3*4", None, ""),
        ("999999999*9999", None, ""),
    ],
)
def test_a_price_times_a_count_is_worked_out(
    form: Booking, typed: str, minor: int | None, shown: str
) -> None:
    form.price.set_text(typed)
    form.price.leave()
    if minor is None:
        assert form.price.message()
        assert form.price.text() == typed
    else:
        assert form.price.value() == Money(minor, "EUR")
        assert form.price.text() == shown


def test_the_icon_of_a_day_and_its_text_change_sides(form: Booking, look: Theme) -> None:
    editor = form.day.editor
    assert isinstance(editor, LineEdit)
    assert (editor.textMargins().left(), editor.textMargins().right()) == (0, 18)
    form.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    assert (editor.textMargins().left(), editor.textMargins().right()) == (18, 0)


@pytest.mark.skipif(sys.platform == "darwin", reason="there such keys type characters")
@pytest.mark.parametrize("make", [LineEdit, NoteEdit])
def test_a_key_that_means_nothing_here_types_no_letter(
    make: type[LineEdit | NoteEdit], show: Callable[[QWidget], QWidget], qtbot: QtBot
) -> None:
    edit = make()
    show(edit)
    for key, held in (("g", Qt.KeyboardModifier.AltModifier), ("é", Qt.KeyboardModifier.NoModifier)):
        event = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_G, held, key)
        QApplication.sendEvent(edit, event)
    assert (edit.text() if isinstance(edit, LineEdit) else edit.toPlainText()) == "é"


def test_what_is_said_of_a_field_goes_as_soon_as_it_is_mended(form: Booking, qtbot: QtBot) -> None:
    form.submit()
    wrong = [field for field in form.fields() if field.is_wrong]
    mended = {
        "phone": "020 914 0873", "name": "Ada", "service": "bat",
        "day": "fri", "time": "1530", "minutes": "90",
    }  # fmt: skip
    assert {field.name for field in wrong} == set(mended)
    for left, field in zip(range(len(wrong) - 1, -1, -1), wrong, strict=True):
        said = form.summary.text()
        assert said == ("1 field needs attention" if left == 0 else f"{left + 1} fields need attention")
        field.editor.setFocus()
        qtbot.keyClicks(field.editor, mended[field.name])
        assert (field.is_wrong, field.message()) == (False, ""), field.name
    assert form.summary.isHidden()


def test_a_red_number_has_no_green_tick(form: Booking, qtbot: QtBot) -> None:
    edit = form.phone.editor
    assert isinstance(edit, LineEdit)
    qtbot.keyClicks(edit, "020 914 0873")
    assert edit.shows_mark
    form.phone.show_problem("Belongs to PL57.")
    assert not edit.shows_mark
    qtbot.keyClick(edit, Qt.Key.Key_Backspace)
    qtbot.keyClicks(edit, "4")
    assert edit.shows_mark and not form.phone.is_wrong


def test_an_open_list_of_choices_stands_below_its_box_with_rows_of_our_own(qtbot: QtBot) -> None:
    combo = Combo()
    combo.addItems(["Ready", "Price", "Waiting"])
    qtbot.addWidget(combo)
    combo.show()
    combo.showPopup()
    shown = combo.view()
    qtbot.waitUntil(shown.isVisible)
    assert shown.window().y() >= combo.mapToGlobal(combo.rect().topLeft()).y() + combo.height() - 1
    heights = {shown.visualRect(combo.model().index(row, 0)).height() for row in range(3)}
    assert min(heights) >= theme().px(34)  # Fusion's rows are as high as their letters
    combo.hidePopup()


def test_one_line_is_measured_for_all_of_a_long_list(
    qtbot: QtBot, show: Callable[[QWidget], QWidget]
) -> None:
    measured: list[int] = []

    class Measuring(QStyledItemDelegate):
        def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
            measured.append(index.row())
            return super().sizeHint(option, index)

    field = SearchableField("zone", "Time zone", [(row, f"Zone {row}") for row in range(500)])
    edit, finder = field.combo.lineEdit(), field.combo.completer()
    assert edit and finder
    offered = finder.popup()
    assert offered
    lists = (field.combo.view(), offered)
    delegates = [Measuring(one) for one in lists]
    for one, delegate in zip(lists, delegates, strict=True):
        one.setItemDelegate(delegate)
    show(field)
    field.combo.showPopup()
    qtbot.waitUntil(field.combo.view().isVisible)
    field.combo.hidePopup()
    edit.setFocus()
    qtbot.keyClicks(edit, "Zone")
    qtbot.waitUntil(offered.isVisible)
    assert 0 < len(measured) < 100
    offered.hide()


def test_keys_go_on_after_the_words_of_a_note(form: Booking, qtbot: QtBot) -> None:
    note = form.note.editor
    assert isinstance(note, NoteEdit)
    form.note.set_text("Cracked")
    form.price.editor.setFocus()
    qtbot.keyClick(form.price.editor, Qt.Key.Key_Tab)
    qtbot.keyClicks(note, ", no sound")
    assert form.note.text() == "Cracked, no sound"
    note.moveCursor(QTextCursor.MoveOperation.Left)  # whoever was in the words comes back to there
    note.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.keyClicks(note, "!")
    assert form.note.text() == "Cracked, no soun!d"


def test_a_click_beside_offered_words_is_for_what_lies_there(
    show: Callable[[QWidget], QWidget], qtbot: QtBot
) -> None:
    host = QWidget()
    column = QVBoxLayout(host)
    words, edit, save = WordsField("model", "Model", ("Galaxy S22",)), LineEdit(), Button("Save")
    for part in (words, edit, save):
        column.addWidget(part)
    column.insertStretch(1)
    host.resize(300, 400)
    pressed: list[bool] = []
    save.clicked.connect(lambda: pressed.append(True))
    show(host)
    for target in (save, edit):
        words.combo.setFocus()
        words.combo.setEditText("")
        qtbot.keyClicks(words.combo, "gal")
        qtbot.waitUntil(lambda: QApplication.activePopupWidget() is not None)
        at = target.mapTo(host, target.rect().center())
        QTest.mouseClick(host.windowHandle(), Qt.MouseButton.LeftButton, pos=at)
        assert QApplication.activePopupWidget() is None
        assert target.hasFocus() and words.text() == "gal"
        host.activateWindow()  # which a window manager does when a list closes
        qtbot.waitUntil(host.isActiveWindow)
    assert pressed == [True]
