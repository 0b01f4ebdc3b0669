"""F1: all keys of the screen in front, over the window. Esc or F1 closes it."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QScrollArea, QWidget

from posapp.ui.actions import Action, KeyWord
from posapp.ui.focus_filter import focused
from posapp.ui.layout import STRETCH, at, columns, emptied, grid, held, put, rows, wide
from posapp.ui.theme import theme
from posapp.ui.widgets.buttons import icon_button
from posapp.ui.widgets.labels import KeyHint, label
from posapp.ui.widgets.messages import soft_shadow


class KeyOverlay(QWidget):
    """A dimmed window with a sheet of keys in two columns: this screen, everywhere."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._host = window
        self.setAccessibleName(self.tr("All keys of this screen"))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setProperty("ring", False)
        self._focus_before: QWidget | None = None
        self._sheet = QFrame(self)
        self._sheet.setProperty("role", "popup")
        soft_shadow(self._sheet)
        self._column = rows(host=self._sheet)
        self._column.setContentsMargins(1, 1, 1, 1)
        rows(at(Qt.AlignmentFlag.AlignCenter, self._sheet), pad=40, host=self)
        window.installEventFilter(self)
        self.hide()

    def open_with(self, page: str, actions: Sequence[Action], bar: Sequence[KeyWord]) -> None:
        """Show these keys; `bar` are the ones that work on the focused widget alone."""
        emptied(self._column)
        bound = {key for action in actions for key in action.bound}
        here = [(keys, word) for keys, word in bar if keys not in bound]
        here += [(a.keys, a.text) for a in actions if a.page is not None and a.text and a.keys]
        everywhere = [(a.keys, a.text) for a in actions if a.page is None and a.text and a.keys]
        everywhere.append(("Alt+1…9", self.tr("Nth choice of the group")))
        put(self._column, self._head(), self._columns(page, here, everywhere))
        self._focus_before = focused()
        self.setGeometry(self._host.rect())
        self.show()
        self.raise_()
        self.setFocus()

    def close_overlay(self) -> None:
        """Hide it and give the focus back."""
        self.hide()
        if self._focus_before is not None:
            self._focus_before.setFocus()
            self._focus_before = None

    def _head(self) -> QWidget:
        close = icon_button("x", self.tr("Close"), key="Esc")
        close.clicked.connect(self.close_overlay)
        return held(columns(wide(label(self.tr("All keys"), "title")), close, pad=(20, 8, 8, 0)))

    def _columns(
        self, page: str, here: Sequence[tuple[str, str]], everywhere: Sequence[tuple[str, str]]
    ) -> QScrollArea:
        px = theme().px
        own = self._grid(page or self.tr("Here"), here) if here else None
        both = columns(own, self._grid(self.tr("Everywhere"), everywhere), gap=40, pad=(20, 8, 20, 20))
        host = held(both)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(host)
        size = host.sizeHint()
        area.setMinimumSize(size.width() + px(16), min(size.height(), self._host.height() - px(180)))
        return area

    def _grid(self, title: str, keys: Sequence[tuple[str, str]]) -> QGridLayout:
        lines = [(columns(STRETCH, KeyHint(cap)), label(word)) for cap, word in keys]
        head = (label(title, "small", tone="text3", weight=600),)
        made = grid(head, *lines, gap=(14, 6), shares=(0, 1))
        made.setRowStretch(len(keys) + 1, 1)
        return made

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Cover the window whatever its size."""
        if event.type() == QEvent.Type.Resize and self.isVisible():
            self.setGeometry(self._host.rect())
        return False

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Nothing behind the overlay hears a key."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.close_overlay()

    def mousePressEvent(self, event: object) -> None:
        """A click beside the sheet closes."""
        self.close_overlay()

    def paintEvent(self, event: QPaintEvent) -> None:
        """The dimmed window."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(8, 12, 20, 110))
        painter.end()
