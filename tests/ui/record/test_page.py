"""A form saves once, keeps its draft while the desk has it, and says a refusal where it belongs."""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
from shiboken6 import delete

from posapp.domain.base.errors import DomainError
from posapp.domain.base.names import check_name
from posapp.ui.fields import Form, TextField
from posapp.ui.record.drafts import DraftKeeper, Forget
from posapp.ui.record.page import Done, Failed, Saving
from posapp.ui.widgets.buttons import button
from tests.ui.record.test_drafts import MARTA, Till, forms_of

CTRL = Qt.KeyboardModifier.ControlModifier


class NameForm(Form):
    """One field that must not stay empty."""

    def __init__(self) -> None:
        super().__init__()
        self.name = self.add_field(TextField("name", "Name", read=check_name))
        self.set_save_button(button("Save"))
        column = QVBoxLayout(self)
        for part in (self.name, self.summary, self.save_button):
            assert part is not None
            column.addWidget(part)


@dataclass
class Asked:
    """A desk that answers when the test says so."""

    calls: list[tuple[Done, Failed, Forget]] = field(default_factory=list)
    answers: list[Any] = field(default_factory=list)
    read: int = 0

    def ask(self, done: Done, failed: Failed, forget: Forget) -> None:
        self.calls.append((done, failed, forget))

    def again(self) -> None:
        self.read += 1


class Sheet:
    """The form with its draft and its desk."""

    def __init__(self, till: Till, show: Callable[[QWidget], QWidget]) -> None:
        self.form, self.desk, self.is_read_only = NameForm(), Asked(), False
        self.keeper = DraftKeeper(forms_of(till), lambda: MARTA, self.form.snapshot, self.form)
        self.saving = Saving(self.form, self.keeper, is_read_only=lambda: self.is_read_only)
        self.form.accepted.connect(self.save)
        self.window = QWidget()
        QVBoxLayout(self.window).addWidget(self.form)
        show(self.window)
        self.form.name.editor.setFocus()

    def save(self) -> None:
        self.saving.save(self.desk.ask, self.saved, stale=self.desk.again)

    def saved(self, answer: object) -> None:
        self.desk.answers.append(answer)
        self.form.name.set_text("")

    def press_save(self) -> None:
        QTest.keyClick(self.form.name.editor, Qt.Key.Key_Return, CTRL)


@pytest.fixture
def till(tmp_path: Path) -> Till:
    """A till with no drafts yet."""
    return Till(tmp_path)


@pytest.fixture
def sheet(till: Till, show: Callable[[QWidget], QWidget]) -> Sheet:
    """The form with a name in it."""
    made = Sheet(till, show)
    QTest.keyClicks(made.form.name.editor, "Marta")
    return made


def test_while_it_is_saved_a_second_press_does_nothing(till: Till, sheet: Sheet) -> None:
    sheet.press_save()
    sheet.press_save()
    assert len(sheet.desk.calls) == 1
    kept = forms_of(till).draft(MARTA)
    assert kept is not None
    assert kept.is_on_its_way


def test_the_second_half_of_a_doubled_press_does_not_paint_the_emptied_form_red(sheet: Sheet) -> None:
    sheet.press_save()
    done, _failed, _forget = sheet.desk.calls[0]
    done("saved")
    QApplication.processEvents()
    sheet.press_save()
    assert sheet.desk.answers == ["saved"]
    assert sheet.form.summary.isHidden()
    assert sheet.form.name.message() == ""


def test_a_held_save_asks_once(sheet: Sheet) -> None:
    editor = sheet.form.name.editor
    for is_held in (False, True, True):
        event = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_Return, CTRL, "\r", is_held)
        QApplication.sendEvent(editor, event)
        if sheet.desk.calls and not sheet.desk.answers:
            sheet.desk.calls[0][0]("saved")
    assert len(sheet.desk.calls) == 1
    assert sheet.form.summary.isHidden()


def test_whoever_typed_since_may_save_at_once(sheet: Sheet) -> None:
    sheet.press_save()
    sheet.desk.calls[0][0]("saved")
    QApplication.processEvents()
    QTest.keyClicks(sheet.form.name.editor, "Neha")
    sheet.press_save()
    assert len(sheet.desk.calls) == 2


def test_a_refusal_keeps_what_is_typed(till: Till, sheet: Sheet) -> None:
    sheet.press_save()
    sheet.desk.calls[0][1](DomainError("name_odd", "Not so.", field="name"))
    assert sheet.form.name.message() == "Not so."
    assert not sheet.form.is_saving
    kept = forms_of(till).draft(MARTA)
    assert kept is not None
    assert not kept.is_on_its_way
    sheet.press_save()
    assert len(sheet.desk.calls) == 2


def test_a_record_changed_elsewhere_is_read_again(sheet: Sheet) -> None:
    sheet.press_save()
    sheet.desk.calls[0][1](DomainError("changed_elsewhere", "Till 2 changed it."))
    assert sheet.desk.read == 1
    assert sheet.form.summary.text() == "Till 2 changed it."


def test_without_a_database_nothing_is_asked_and_the_draft_stays(sheet: Sheet) -> None:
    sheet.is_read_only = True
    sheet.press_save()
    assert sheet.desk.calls == []
    assert sheet.form.summary.text() == "The database does not answer. The draft is kept."


def test_an_answer_for_a_form_that_is_gone_still_forgets_the_draft(till: Till, sheet: Sheet) -> None:
    sheet.press_save()
    done, failed, _forget = sheet.desk.calls[0]
    delete(sheet.form)
    failed(DomainError("name_odd", "Not so.", field="name"))
    done("saved")
    assert sheet.desk.answers == []
    assert forms_of(till).draft(MARTA) is None
