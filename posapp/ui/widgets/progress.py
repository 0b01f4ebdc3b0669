"""Waiting: nothing for 150 ms, then a thin line, after 2 s words and a way out."""

from collections.abc import Callable

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from posapp.ui.layout import STRETCH, columns
from posapp.ui.theme import theme
from posapp.ui.widgets.buttons import button
from posapp.ui.widgets.labels import label

LINE_AFTER_MS, WORDS_AFTER_MS, _STEP_MS = 150, 2000, 40


class ProgressLine(QWidget):
    """Shown under the top bar while something loads; the old content stays in place beneath it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = label("", "small", tone="text2")
        self._cancel = button(self.tr("Cancel"), kind="quiet", size="s", run=self._give_up)
        self._on_cancel: Callable[[], object] | None = None
        self._place = 0.0
        row = columns(self._words, self._cancel, STRETCH, host=self)
        row.setContentsMargins(theme().px(16), 3, theme().px(16), 0)
        self._line = QTimer(self, singleShot=True, interval=LINE_AFTER_MS)
        self._line.timeout.connect(self._show_line)
        self._late = QTimer(self, singleShot=True, interval=WORDS_AFTER_MS)
        self._late.timeout.connect(self._show_words)
        self._run = QTimer(self, interval=_STEP_MS)
        self._run.timeout.connect(self._move)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground, False)
        self.end()

    def begin(self, words: str, *, cancel: Callable[[], object] | None = None) -> None:
        """Something began to load; `words` say what ("Loading bookings"), `cancel` breaks it off."""
        self._words.setText(words)
        self._on_cancel = cancel
        self._line.start()
        self._late.start()

    def end(self) -> None:
        """It is there."""
        for timer in (self._line, self._late, self._run):
            timer.stop()
        self._words.hide()
        self._cancel.hide()
        self.hide()

    def _show_line(self) -> None:
        self.setFixedHeight(2)
        self._run.start()
        self.show()

    def _show_words(self) -> None:
        self.setFixedHeight(theme().px(40))
        self._words.show()
        self._cancel.setVisible(self._on_cancel is not None)

    def _move(self) -> None:
        self._place = (self._place + 0.03) % 1.3
        self.update()

    def _give_up(self) -> None:
        cancel = self._on_cancel
        self.end()
        if cancel is not None:
            cancel()

    def paintEvent(self, event: QPaintEvent) -> None:
        """A stroke that wanders along the upper edge."""
        painter = QPainter(self)
        tokens = theme().tokens
        painter.fillRect(0, 0, self.width(), 2, tokens.border)
        start = int((self._place - 0.3) * self.width())
        painter.fillRect(start, 0, int(self.width() * 0.3), 2, tokens.primary)
        painter.end()
