"""A form: fields in reading order, one save, one place that counts what is wrong.

Enter goes to the next field and never presses anything; Ctrl+Enter saves from wherever the cursor is. What is
half typed can be kept as a draft (`snapshot`) and put back (`restore`).
"""

from collections.abc import Mapping
from typing import TypeVar

from PySide6.QtCore import QElapsedTimer, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from posapp.domain.base.errors import PosappError
from posapp.ui.fields.labeled import LabeledField
from posapp.ui.focus_filter import focused
from posapp.ui.widgets.buttons import Button
from posapp.ui.window.notice_bar import NoticeBar

DRAFT_EVERY_MS = 1500
"""How long a key waits until the draft is written: two seconds after the last one it is on the disk."""
DOUBLED_MS = 1000
"""A press of save so soon after a save, with nothing typed between, is its second half: it asks nothing."""

F = TypeVar("F", bound=LabeledField)


class Form(QWidget):
    """Base of the forms: knows its fields, not what they are for.

    Subclasses lay their fields out, put `summary` above the buttons, and on `accepted` build their command
    from the values and emit it.
    """

    accepted = Signal()  # every value is right
    edited = Signal()  # something was typed: a draft is due

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._fields: list[LabeledField] = []
        self.summary = NoticeBar(self)
        self._counted = ""
        """What the summary says of fields, while it does."""
        self.save_button: Button | None = None
        self.is_saving = False
        """Whether what was typed is on its way to the desk."""
        self._since_save = QElapsedTimer()
        self.edited.connect(self._since_save.invalidate)

    def add_field(self, field: F) -> F:
        """Take a field into the form, in the order of Enter; the caller puts it into a layout."""
        self._fields.append(field)
        if field.parentWidget() is None:  # one that stands in a part of the form keeps its place there
            field.setParent(self)
        field.edited.connect(self.edited)
        field.edited.connect(self._recount)
        return field

    def set_save_button(self, button: Button) -> None:
        """The main button: it saves, stays enabled, and takes the focus after the last field."""
        self.save_button = button
        button.clicked.connect(self.submit)

    def fields(self) -> list[LabeledField]:
        """The fields that can be seen and changed."""
        return [field for field in self._fields if field.isVisibleTo(self) and field.isEnabled()]

    def field(self, name: str) -> LabeledField | None:
        """The field of that name, None if there is none."""
        return next((field for field in self._fields if field.name == name), None)

    def submit(self) -> bool:
        """Check everything; emit `accepted`, or say how many fields need attention and go to the first."""
        if self.is_saving or self.is_doubled():
            return False
        wrong = [field for field in self.fields() if field.check() is not None]
        if not wrong:
            self.summary.hide()
            self.accepted.emit()
            return True
        self._count(len(wrong))
        wrong[0].editor.setFocus()
        return False

    def _count(self, wrong: int) -> None:
        many = self.tr("{count} fields need attention").format(count=wrong)
        self._counted = self.tr("1 field needs attention") if wrong == 1 else many
        self.summary.say(self._counted, "danger")

    def _recount(self) -> None:
        """Fields that were mended need no attention any more."""
        if self._counted and not self.summary.isHidden() and self.summary.text() == self._counted:
            wrong = sum(field.is_wrong for field in self.fields())
            if wrong:
                self._count(wrong)
            else:
                self.summary.hide()

    def name_of(self, value: str) -> str:
        """The name of the field for what a desk calls so; forms that call it otherwise say how."""
        return value

    def show_error(self, error: PosappError) -> None:
        """A refusal of a desk: at its field, or above the buttons where it belongs to none."""
        field = self.field(self.name_of(error.field or ""))
        if field is None or not field.isVisibleTo(self):
            self.summary.say(error.sentence, "danger")
            return
        self.summary.hide()
        field.show_problem(error.sentence)
        field.editor.setFocus()

    def refuse(self, error: Exception) -> None:
        """The desk said no to what was given to it: said where it belongs. What is typed stays."""
        self.set_saving(False)
        if isinstance(error, PosappError):
            self.show_error(error)
        else:
            self.summary.say(self.tr("This could not be saved. Nothing typed is lost."), "danger")

    def set_saving(self, saving: bool) -> None:
        """While it saves, the main button says so and a second save is not begun; typing goes on."""
        self.is_saving = saving
        if self.save_button is not None:
            self.save_button.set_saving(saving)

    def settle_save(self) -> None:
        """It was saved: a doubled press that still comes finds an emptied form and means nothing by that."""
        QTimer.singleShot(0, self, self._since_save.start)  # after what the answer does to the form

    def unsettle_save(self) -> None:
        """It stands for another record now: a press of save means that one."""
        QTimer.singleShot(0, self, self._since_save.invalidate)  # should the answer come this fast

    def is_doubled(self) -> bool:
        """Whether a press of save now is the second half of the one before."""
        return self._since_save.isValid() and self._since_save.elapsed() < DOUBLED_MS

    def clear_problems(self) -> None:
        """No red anywhere."""
        self.summary.hide()
        for field in self._fields:
            field.clear_problem()

    def snapshot(self) -> dict[str, object]:
        """What a draft keeps: field name to JSON value, only of fields with something in them; no secrets."""
        kept = [field for field in self._fields if not field.is_secret and not field.is_empty()]
        return {field.name: field.snapshot() for field in kept}

    def restore(self, kept: Mapping[str, object]) -> None:
        """Put a draft back; fields that it does not name stay as they are."""
        for field in self._fields:
            if field.name in kept and not field.is_secret:
                field.restore(kept[field.name])

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter: next field. Ctrl+Enter: save. These come here because fields do not take them."""
        if event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            super().keyPressEvent(event)
        elif event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            if not event.isAutoRepeat():
                self.submit()
        elif not event.isAutoRepeat():
            self._next_field()

    def _next_field(self) -> None:
        fields, now = self.fields(), focused()
        here = [at for at, field in enumerate(fields) if now is not None and field.isAncestorOf(now)]
        if not here:
            self.focusNextChild()
        elif here[0] + 1 < len(fields):
            fields[here[0] + 1].editor.setFocus(Qt.FocusReason.TabFocusReason)
        elif self.save_button is not None:
            self.save_button.setFocus(Qt.FocusReason.TabFocusReason)
