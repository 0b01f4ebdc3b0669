"""Where keys go right now, and how a text field is put back to what it was before a scan."""

from collections.abc import Callable
from functools import partial

from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import (
    QAbstractItemView,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QDateTimeEdit,
    QLineEdit,
    QPlainTextEdit,
    QSpinBox,
    QTextEdit,
    QWidget,
)

KEEPS_KEYS = "keepsKeys"
"""Property of a widget that measures a scanner: its keys are not watched."""
Editor = QLineEdit | QPlainTextEdit | QTextEdit


def receiver() -> QWidget | None:
    """The widget that gets the next key: in a menu, list or popup that is open, else with the focus."""
    popup, focused = QApplication.activePopupWidget(), QApplication.focusWidget()
    if popup is None:
        return focused or QApplication.activeWindow()
    # Not by `popup.focusWidget()` or `focusProxy()`: what these return dies for Python together with a popup
    # that Qt made itself, as in its file dialog, while the focus is still there.
    if focused is not None and (popup.hasFocus() or popup.isAncestorOf(focused)):
        return focused  # in the popup, or the field that a list of completions works for
    return popup


def editor_of(widget: QWidget) -> Editor | None:
    """What a key would be typed into; None for widgets that take keys as commands."""
    if isinstance(widget, QComboBox):
        return widget.lineEdit()
    if isinstance(widget, QAbstractSpinBox):
        return None if widget.isReadOnly() else widget.lineEdit()
    if isinstance(widget, Editor) and not widget.isReadOnly():
        return widget
    return None


def memory_of(widget: QWidget, editor: Editor) -> Callable[[], None]:
    """How to put the text, the cursor and the selection back as they are now."""
    if isinstance(widget, QDateTimeEdit):
        return partial(widget.setDateTime, widget.dateTime())
    if isinstance(widget, QSpinBox):
        return partial(widget.setValue, widget.value())
    return _line_memory(editor) if isinstance(editor, QLineEdit) else _note_memory(editor)


def close_popups() -> None:
    """Close completions, menus and lists, so that nothing is left over what a scan opens."""
    while (popup := QApplication.activePopupWidget()) is not None:
        popup.close()
        if QApplication.activePopupWidget() is popup:
            return


def what_lies_under(widget: QWidget) -> object:
    """What a key pressed now would act on: the current row of a list, or whatever the widget says itself."""
    subject = getattr(widget, "subject", None)
    if callable(subject):
        return subject()
    if not isinstance(widget, QAbstractItemView) or not widget.currentIndex().isValid():
        return None
    from posapp.ui.tables.rows_model import ROW  # lists are loaded behind the first frame

    row = widget.currentIndex().data(ROW)
    return row if row is not None else widget.currentIndex().data()


def _line_memory(edit: QLineEdit) -> Callable[[], None]:
    text, cursor = edit.text(), edit.cursorPosition()
    start, length = edit.selectionStart(), edit.selectionLength()

    def put_back() -> None:
        was_changed = edit.text() != text
        edit.setText(text)
        edit.setCursorPosition(cursor)
        if start >= 0:
            edit.setSelection(start, length)
        if was_changed:
            edit.textEdited.emit(text)  # whoever searches while it is typed searches for the old text again

    return put_back


def _note_memory(edit: QPlainTextEdit | QTextEdit) -> Callable[[], None]:
    text, position, anchor = edit.toPlainText(), edit.textCursor().position(), edit.textCursor().anchor()

    def put_back() -> None:
        edit.setPlainText(text)
        cursor = edit.textCursor()
        cursor.setPosition(anchor)
        cursor.setPosition(position, QTextCursor.MoveMode.KeepAnchor)
        edit.setTextCursor(cursor)

    return put_back
