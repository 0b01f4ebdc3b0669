"""The steps of an entry below one another, joined by a line."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from posapp.ui.history.words import step_look, step_words
from posapp.ui.icons import paint_icon
from posapp.ui.layout import columns, rows, wide
from posapp.ui.theme import theme
from posapp.ui.widgets.labels import Elided, label
from posapp.ui.wording import Wording

if TYPE_CHECKING:
    from posapp.domain.base.journal import JournalLine
    from posapp.domain.repairs.tickets import StateMap

DISC, GAP = 24, 10


class StepRow(QWidget):
    """An icon on a disc, what was done, and below it who and when."""

    def __init__(
        self, step: "JournalLine", wording: Wording, *, is_last: bool, states: "StateMap | None" = None
    ) -> None:
        super().__init__()
        self._is_last = is_last
        self._look = step_look(step, states)
        words, when = step_words(step, wording, states), wording.moment(step.at)
        self.setAccessibleName(f"{words}, {step.who}, {when}")
        row = columns(
            wide(Elided(step.who, "small", tone="text2")), label(when, "small", tone="text2"), gap=8
        )
        rows(label(words, "body", wrap=True), row, gap=1, pad=(DISC + 12, 2, 0, GAP), host=self)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The disc, and the line to the next step."""
        look, tokens = theme(), theme().tokens
        soft, ink = self._look.colours(tokens)
        size, inner = look.px(DISC), look.px(14)
        left = self.width() - size if self.isRightToLeft() else 0
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if not self._is_last:
            painter.setPen(QPen(tokens.border, 2))
            middle = left + size // 2
            painter.drawLine(middle, size, middle, self.height())
        painter.setPen(QPen(soft, 0))
        painter.setBrush(soft)
        painter.drawEllipse(QRectF(left, 0, size, size))
        offset = (size - inner) / 2
        paint_icon(painter, self._look.icon, left + offset, offset, inner, ink)
        painter.end()
