"""F1: all keys of the screen in front, over the window. Esc or F1 closes it."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from posapp.ui.actions import Action, KeyWord
from posapp.ui.focus_filter import focused
from posapp.ui.layout import columns, wide
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
        self._column = QVBoxLayout(self._sheet)
        self._column.setContentsMargins(1, 1, 1, 1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(*[theme().px(40)] * 4)
        outer.addWidget(self._sheet, 0, Qt.AlignmentFlag.AlignCenter)
        window.installEventFilter(self)
        self.hide()

    def open_with(self, page: str, actions: Sequence[Action], bar: Sequence[KeyWord]) -> None:
        """Show these keys; `bar` are the ones that work on the focused widget alone."""
        while item := self._column.takeAt(0):
            gone = item.widget()
            if gone is not None:
                gone.hide()
                gone.deleteLater()
        bound = {key for action in actions for key in action.bound}
        here = [(keys, word) for keys, word in bar if keys not in bound]
        here += [(a.keys, a.text) for a in actions if a.page is not None and a.text and a.keys]
        everywhere = [(a.keys, a.text) for a in actions if a.page is None and a.text and a.keys]
        everywhere.append(("Alt+1…9", self.tr("Nth choice of the group")))
        self._column.addWidget(self._head())
        self._column.addWidget(self._columns(page, here, everywhere))
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
        host = QWidget()
        close = icon_button("x", self.tr("Close"), key="Esc")
        close.clicked.connect(self.close_overlay)
        columns(wide(label(self.tr("All keys"), "title")), close, pad=(20, 8, 8, 0), host=host)
        return host

    def _columns(
        self, page: str, here: Sequence[tuple[str, str]], everywhere: Sequence[tuple[str, str]]
    ) -> QScrollArea:
        px = theme().px
        host = QWidget()
        row = QHBoxLayout(host)
        row.setContentsMargins(px(20), px(8), px(20), px(20))
        row.setSpacing(px(40))
        if here:
            row.addLayout(self._grid(page or self.tr("Here"), here))
        row.addLayout(self._grid(self.tr("Everywhere"), everywhere))
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(host)
        size = host.sizeHint()
        area.setMinimumSize(size.width() + px(16), min(size.height(), self._host.height() - px(180)))
        return area

    def _grid(self, title: str, keys: Sequence[tuple[str, str]]) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(theme().px(14))
        grid.setVerticalSpacing(theme().px(6))
        grid.addWidget(label(title, "small", tone="text3", weight=600), 0, 0, 1, 2)
        for place, (cap, word) in enumerate(keys, start=1):
            grid.addWidget(KeyHint(cap), place, 0, Qt.AlignmentFlag.AlignTrailing)
            grid.addWidget(label(word), place, 1)
        grid.setColumnStretch(1, 1)
        grid.setRowStretch(len(keys) + 1, 1)
        return grid

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
