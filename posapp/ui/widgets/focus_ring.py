"""The ring around whatever has the focus and does not show it itself (WCAG 2.4.7)."""

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QRegion
from PySide6.QtWidgets import (
    QAbstractScrollArea,
    QAbstractSpinBox,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QWidget,
)
from shiboken6 import isValid

from posapp.ui.focus_filter import application
from posapp.ui.theme import theme

_OWN_BORDER = (QLineEdit, QPlainTextEdit, QComboBox, QAbstractSpinBox)
_MOVES = (QEvent.Type.Move, QEvent.Type.Resize, QEvent.Type.Show, QEvent.Type.Hide)


class FocusRing(QWidget):
    """A frame of 2 px, 2 px outside of the focused widget, over the window; it lets the mouse through.

    A widget with the property `ring` False draws its focus itself; fields always do.
    """

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._host = window
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setAttribute(Qt.WidgetAttribute.WA_NoSystemBackground)
        self._target: QWidget | None = None
        self._watched: list[QWidget] = []
        application().focusChanged.connect(self._follow)
        theme().changed.connect(self.place)
        self.hide()

    def _follow(self, _old: QWidget | None, now: QWidget | None) -> None:
        for widget in self._watched:
            if isValid(widget):  # its page may have been closed meanwhile
                widget.removeEventFilter(self)
        self._watched = []
        self._target = None
        if now is not None and self._host.isAncestorOf(now) and not _shows_itself(now):
            self._target = now
            self._watch(now)
        self.place()

    def _watch(self, widget: QWidget) -> None:
        step: QWidget | None = widget
        while step is not None and step is not self._host:
            step.installEventFilter(self)
            self._watched.append(step)
            step = step.parentWidget()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow the widget, whatever of its ancestors moves."""
        if event.type() in _MOVES:
            self.place()
        return False

    def place(self) -> None:
        """Lie around the target, cut at the edge of a scroll area it is in."""
        target = self._target
        if target is None or not isValid(target) or not target.isVisible():
            self.hide()
            return
        host = self._host
        around = theme().px(4)
        rect = QRect(target.mapTo(host, QPoint(0, 0)), target.size()).adjusted(
            -around, -around, around, around
        )
        visible = rect.intersected(host.rect()).intersected(_clip(target, host, around))
        if visible.isEmpty():
            self.hide()
            return
        self.setGeometry(visible)
        inner = QRect(QPoint(0, 0), visible.size()).adjusted(around, around, -around, -around)
        self.setMask(QRegion(QRect(QPoint(0, 0), visible.size())) - QRegion(inner))
        self.raise_()
        self.show()

    def paintEvent(self, event: QPaintEvent) -> None:
        """The ring in the primary of now."""
        look = theme()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(look.tokens.primary, 2))
        painter.drawRoundedRect(self.rect().adjusted(1, 1, -1, -1), look.px(10), look.px(10))
        painter.end()


def _shows_itself(widget: QWidget) -> bool:
    return isinstance(widget, _OWN_BORDER) or widget.property("ring") is False


def _clip(target: QWidget, host: QWidget, around: int) -> QRect:
    step = target.parentWidget()
    while step is not None and step is not host:
        area = step.parentWidget()
        if isinstance(area, QAbstractScrollArea) and area.viewport() is step:
            rect = QRect(step.mapTo(host, QPoint(0, 0)), step.size())
            return rect.adjusted(-around, -around, around, around)
        step = area
    return host.rect()
