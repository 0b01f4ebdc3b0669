"""The large search line: the cursor stays in it while the arrows move through the list below."""

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView

from posapp.ui.fields.edits import LineEdit
from posapp.ui.theme import theme

_STEPS = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: 8, Qt.Key.Key_PageUp: -8}


class SearchField(LineEdit):
    """52 high with a clear button. Up and Down can move through a list while the cursor stays here."""

    opened = Signal()  # Enter
    emptied = Signal()

    def __init__(self, name: str = "", placeholder: str = "") -> None:
        super().__init__("search")
        self.setProperty("variant", "search")
        self.setAccessibleName(name or self.tr("Search"))
        self.setPlaceholderText(placeholder)
        self._view: QAbstractItemView | None = None
        self._clear = self.put_button("x", self.tr("Clear"), side=36, gap=8)
        self._clear.clicked.connect(self.empty)
        self._clear.hide()
        self.textChanged.connect(lambda text: self._clear.setVisible(bool(text)))
        self._fit()

    def follow(self, view: QAbstractItemView) -> None:
        """Let Up, Down and the page keys move through `view`."""
        self._view = view

    def empty(self) -> None:
        """Take the text out and keep the focus."""
        self.clear()
        self.setFocus()
        self.emptied.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows for the list, Enter opens its row, everything else is typing."""
        step = _STEPS.get(Qt.Key(event.key()))
        if step is not None and self._view is not None and not event.modifiers():
            self._walk(self._view, step)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            self.opened.emit()
        else:
            super().keyPressEvent(event)

    def _walk(self, view: QAbstractItemView, step: int) -> None:
        model = view.model()
        last = model.rowCount() - 1
        if last < 0:
            return
        now = view.currentIndex().row()
        row = 0 if now < 0 else min(max(now + step, 0), last)
        view.setCurrentIndex(model.index(row, 0))

    def sizeHint(self) -> QSize:
        """52 high."""
        return QSize(super().sizeHint().width(), theme().px(52))

    def _fit(self) -> None:
        room = theme().px(28)
        self.setTextMargins(room, 0, room, 0)
