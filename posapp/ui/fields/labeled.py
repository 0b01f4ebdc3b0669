"""The frame that every field of a form has: a label above (its buddy), the editor, a message below.

A field is checked when it is left and when the form is saved, never while it is typed into. `value()` gives
the parsed value or raises the `DomainError` that says how to mend it.
"""

from typing import Any

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from posapp.domain.base.errors import DomainError
from posapp.ui.fields.edits import Combo, LineEdit, NoteEdit
from posapp.ui.layout import STRETCH, columns, held, rows, top, wide
from posapp.ui.theme import set_look
from posapp.ui.widgets.labels import label
from posapp.ui.widgets.messages import TONE_ICONS, IconLabel

Editor = LineEdit | NoteEdit | Combo


class LabeledField(QWidget):
    """Base of the fields. `name` is the key of the field in drafts, in `DomainError.field` and in tests."""

    edited = Signal()  # with every key, for drafts and live pictures
    committed = Signal()  # left with a value that is right
    is_field = True
    """For `posapp.ui.layout`: what is said below it makes it higher than its neighbours."""
    is_secret = False
    """Whether no draft may keep it."""

    def __init__(self, name: str, text: str, editor: Editor) -> None:
        super().__init__()
        self.name, self.editor = name, editor
        self.label = label(text, "small", tone="text2", weight=500)
        self.label.setBuddy(editor)
        self.aside = label("", "small", tone="text2")
        self._icon = IconLabel("", "danger", 16)
        self._message = label("", "small", wrap=True)
        self._below = held(columns(top(self._icon), wide(self._message), gap=6, pad=(0, 4, 0, 0)))
        self._below.hide()
        head = columns(self.label, STRETCH, self.aside, pad=(0, 0, 0, 4))
        rows(head, editor, self._below, gap=0, host=self)
        editor.setAccessibleName(text)
        self._is_filling = False
        if isinstance(editor, LineEdit):
            editor.textChanged.connect(self._text_changed)
        self.edited.connect(self._mended)
        editor.left.connect(lambda: self.leave())  # noqa: PLW0108 - subclasses replace it
        # Before the proxy, which makes it no stop of its own: setTabOrder passes over what takes no focus.
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setFocusProxy(editor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """As high as the message is at this width: a layout gives no more, and a sentence would be cut."""
        hint = super().sizeHint()
        if not self._below.isHidden():
            hint.setHeight(max(hint.height(), self.heightForWidth(self.width())))
        return hint

    def resizeEvent(self, event: QResizeEvent) -> None:
        """At another width the message takes another height."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width() and not self._below.isHidden():
            self.updateGeometry()

    def message_below(self) -> QWidget:
        """The line of the message, to be laid out elsewhere: a narrow field has no room for a sentence."""
        layout = self.layout()
        assert layout is not None
        layout.removeWidget(self._below)
        return self._below

    def value(self) -> Any:
        """The parsed value; raises `DomainError` where there is none."""
        raise NotImplementedError

    def text(self) -> str:
        """What is typed."""
        editor = self.editor
        if isinstance(editor, NoteEdit):
            return editor.toPlainText()
        return editor.currentText() if isinstance(editor, Combo) else editor.text()

    def set_text(self, text: str) -> None:
        """Put a text in, without any check."""
        editor, self._is_filling = self.editor, True
        if isinstance(editor, NoteEdit):
            editor.setPlainText(text)
        elif isinstance(editor, Combo):
            editor.setCurrentText(text)
            line = editor.lineEdit()
            if line is not None:
                line.setCursorPosition(0)
        else:
            editor.setText(text)
            editor.setCursorPosition(0)
        self._is_filling = False
        self.clear_problem()

    def put(self, value: Any) -> None:
        """Show this value."""
        self.set_text(str(value))

    def _text_changed(self) -> None:
        if not self._is_filling:
            self.heard()

    def heard(self) -> None:
        """Somebody changed the line: by keys, pasting, an input method or a screen reader's tool.

        What `set_text` puts in is no typing.
        """
        self.edited.emit()

    @property
    def is_wrong(self) -> bool:
        """Whether it is shown as wrong."""
        return bool(self.editor.property("state") == "error")

    def _mended(self) -> None:
        """What was said of another text goes once this one is right; nothing new is said while typing."""
        if self.is_wrong and self.problem() is None:
            self.clear_problem()

    def is_empty(self) -> bool:
        """Whether nothing but space is typed."""
        return not self.text().strip()

    def problem(self) -> DomainError | None:
        """What is wrong with it now, or None."""
        try:
            self.value()
        except DomainError as error:
            return error
        return None

    def check(self) -> DomainError | None:
        """Look at the value, show what is wrong or take the message away, and return the problem."""
        problem = self.problem()
        if problem is None:
            self.clear_problem()
        else:
            self.show_problem(problem.sentence)
        return problem

    def show_problem(self, sentence: str) -> None:
        """Say under the field how to mend it, with a red border."""
        set_look(self.editor, state="error")
        self.say(sentence, "danger")
        self.editor.setAccessibleDescription(sentence)

    def clear_problem(self) -> None:
        """Take message and red border away."""
        if self.is_wrong:
            set_look(self.editor, state="")
        self.editor.setAccessibleDescription("")
        self._below.hide()

    def say(self, sentence: str, tone: str = "text2") -> None:
        """Say something under the field that is no error; "" takes it away."""
        self._icon.show_icon(TONE_ICONS.get(tone, "info"), tone)
        self._message.setText(sentence)
        set_look(self._message, tone=tone)
        self._below.setVisible(bool(sentence))

    def message(self) -> str:
        """What stands under the field, "" for nothing."""
        return self._message.text() if not self._below.isHidden() else ""

    def snapshot(self) -> object:
        """What a draft keeps of it (JSON)."""
        return self.text()

    def restore(self, kept: object) -> None:
        """Put back what `snapshot` gave."""
        self.set_text(str(kept))

    def leave(self) -> None:
        """The focus went: an empty field waits for the save, a typed one is checked now."""
        if self.is_empty():
            self.clear_problem()
        elif self.check() is None:
            self.committed.emit()
