"""The toast: what was just done, in the row of the key bar, with *Undo*."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QCursor, QHideEvent, QMouseEvent
from PySide6.QtWidgets import QFrame, QWidget

from posapp.ui.focus_filter import focused
from posapp.ui.layout import columns, let_go
from posapp.ui.theme import theme
from posapp.ui.widgets.buttons import button
from posapp.ui.widgets.labels import label
from posapp.ui.widgets.messages import IconLabel, announce
from posapp.ui.window.notices import Message

_WIDEST = 0.55
"""Of the row: the rest belongs to what the key bar says meanwhile."""


class Toast(QFrame):
    """The confirmation in the row of the key bar: one at a time, paused while mouse or focus is on it.

    It lies over nothing that can be pressed: it ends before `end()`, and what the bar says ends before it.
    """

    ticked = Signal()
    placed = Signal(int)
    """Where it begins, measured from where the row begins; -1 when it is gone."""

    def __init__(self, parent: QWidget, *, end: Callable[[], float] | None = None) -> None:
        super().__init__(parent)
        self._host = parent
        self._end = end or (lambda: parent.width() - theme().px(16))
        self._full = ""
        self.setProperty("role", "popup")
        self._left = 0.0
        self._cursor = QPoint()
        self._icon = IconLabel("circle-check", "success", 18)
        self._text = label("", "body", weight=500)
        self._row = columns(self._icon, self._text, gap=8, pad=(12, 0, 4, 0), host=self)
        self._steps: list[QWidget] = []
        self._clock = QTimer(self, interval=100)
        self._clock.timeout.connect(self._tick)
        parent.installEventFilter(self)
        self.hide()

    def text(self) -> str:
        """What it says."""
        return self._full

    def show_message(self, message: Message) -> None:
        """Replace what it says and start its time."""
        self._full = message.text
        let_go(self._row, self._steps)
        self._steps = []
        for step in message.steps:
            made = button(
                step.text, kind="quiet", size="s", key="Ctrl+Z" if step is message.steps[-1] else ""
            )
            if message.seconds < 10:
                made.set_key("")
            made.setFixedHeight(theme().px(26))
            made.clicked.connect(self.hide)
            made.clicked.connect(lambda _=False, run=step.run: run())
            self._row.addWidget(made)
            made.show()  # what is not shown yet has no width in a toast that is
            self._steps.append(made)
        self._left = message.seconds
        self._cursor = QCursor.pos()
        self._clock.start()
        self.show()
        self.place()
        announce(self, message.text)

    def place(self) -> None:
        """At the end of the row; a sentence too long for half of it is cut, and whole in the tool tip."""
        host, px = self._host, theme().px
        end = int(self._end()) - px(8)
        words = self._text.fontMetrics()
        self._text.setText(self._full)
        self._row.activate()
        over = self.sizeHint().width() - max(int(end * _WIDEST), px(280))
        if over > 0:
            shown = max(words.horizontalAdvance(self._full) - over, px(40))
            self._text.setText(words.elidedText(self._full, Qt.TextElideMode.ElideRight, shown))
            self._row.activate()
        self._text.setToolTip(self._full if over > 0 else "")
        self._text.setAccessibleName(self._full)
        self.setFixedSize(self.sizeHint().width(), px(30))
        x = host.width() - end if self.isRightToLeft() else end - self.width()
        self.move(x, host.height() - self.height())
        self.raise_()
        self.placed.emit(end - self.width())

    def hideEvent(self, event: QHideEvent) -> None:
        """Its room is free again."""
        super().hideEvent(event)
        self.placed.emit(-1)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click beside its buttons does nothing: what lies below is not meant."""
        event.accept()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stay in place when the window changes its size."""
        if event.type() == QEvent.Type.Resize and self.isVisible():
            self.place()
        return False

    def _tick(self) -> None:
        self.ticked.emit()
        focus = focused()
        # A mouse that lay there when the toast came does not hold it; one that was moved onto it does.
        is_held = self.underMouse() and QCursor.pos() != self._cursor
        if is_held or (focus is not None and self.isAncestorOf(focus)):
            return
        self._left -= 0.1
        if self._left <= 0:
            self._clock.stop()
            self.hide()
