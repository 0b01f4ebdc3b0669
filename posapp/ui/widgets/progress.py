"""Waiting: nothing for 150 ms, then a thin line, after 2 s words and a way out."""

from collections.abc import Callable

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from posapp.ui.layout import STRETCH, columns
from posapp.ui.theme import theme
from posapp.ui.widgets.buttons import button
from posapp.ui.widgets.click_hold import ClickHold
from posapp.ui.widgets.labels import label

LINE_AFTER_MS, WORDS_AFTER_MS, _STEP_MS, _HEIGHT = 150, 2000, 40, 2


class ProgressLine(QWidget):
    """Shown under the top bar while something loads; the old content stays in place beneath it.

    The line lies over the edge and moves nothing. What words push takes no click for a moment.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = label("", "small", tone="text2")
        self._cancel = button(self.tr("Cancel"), kind="quiet", size="s", run=self._give_up)
        self._on_cancel: Callable[[], object] | None = None
        self._hold = ClickHold(self)
        row = columns(self._words, self._cancel, STRETCH, host=self)
        row.setContentsMargins(theme().px(16), 3, theme().px(16), 0)
        self._stroke = _Stroke(self)
        self._line = QTimer(self, singleShot=True, interval=LINE_AFTER_MS)
        self._line.timeout.connect(self._show_line)
        self._late = QTimer(self, singleShot=True, interval=WORDS_AFTER_MS)
        self._late.timeout.connect(self._show_words)
        self._run = QTimer(self, interval=_STEP_MS)
        self._run.timeout.connect(self._stroke.move_on)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground, False)
        self.setFixedHeight(theme().px(40))
        self.hide()

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
        self._stroke.hide()
        self._cancel.hide()
        self._turn(is_shown=False)

    def _show_line(self) -> None:
        self._stroke.show_over(self)
        self._run.start()

    def _show_words(self) -> None:
        self._cancel.setVisible(self._on_cancel is not None)
        self._turn(is_shown=True)

    def _turn(self, *, is_shown: bool) -> None:
        if is_shown == self.isHidden():
            self.setVisible(is_shown)
            self._hold.begin()

    def _give_up(self) -> None:
        cancel = self._on_cancel
        self.end()
        if cancel is not None:
            cancel()


class _Stroke(QWidget):
    """A stroke that wanders along the upper edge of whatever the words would stand in."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._place = 0.0
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def show_over(self, words: QWidget) -> None:
        """Lie over the place of the words, be they there or not."""
        self.setParent(words.parentWidget() or words)
        self._fit()
        self.show()

    def _fit(self) -> None:
        host = self.parentWidget()
        self.setGeometry(0, 0, host.width() if host is not None else 0, _HEIGHT)
        self.raise_()

    def move_on(self) -> None:
        """One step further."""
        self._place = (self._place + 0.03) % 1.3
        self._fit()
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """The edge, and the stroke on it."""
        painter = QPainter(self)
        tokens = theme().tokens
        painter.fillRect(self.rect(), tokens.border)
        start = int((self._place - 0.3) * self.width())
        painter.fillRect(start, 0, int(self.width() * 0.3), _HEIGHT, tokens.primary)
        painter.end()
