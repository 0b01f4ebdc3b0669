"""What a screen reader needs, checked without one: everything that takes the focus has a name."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QWidget

_OF_QT = ("qt_spinbox_lineedit", "qt_calendar_calendarview", "ScrollLeftButton", "ScrollRightButton")


def name_of(widget: QWidget) -> str:
    """The name that assistive technology is told."""
    return QAccessible.queryAccessibleInterface(widget).text(QAccessible.Text.Name)


def nameless(widget: QWidget) -> list[str]:
    """The parts of `widget`, itself included, that can have the focus but no name."""
    parts = [widget, *widget.findChildren(QWidget)]
    return [
        f"{type(part).__name__} {part.objectName()} in {type(part.parentWidget()).__name__}"
        for part in parts
        if part.focusPolicy() != Qt.FocusPolicy.NoFocus
        and part.focusProxy() is None
        and part.objectName() not in _OF_QT
        and not name_of(part).strip()
    ]


def assert_named(widget: QWidget) -> None:
    """Fail with the list of nameless controls in a window, page or dialog."""
    found = nameless(widget)
    assert not found, found
