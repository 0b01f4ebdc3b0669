"""What was paid so far: a green row for each tender, and the way to take it back."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QSizePolicy, QWidget

from posapp.domain.selling.payments import Tendered
from posapp.ui.layout import columns, emptied, held, rows, space, wide
from posapp.ui.sell.tenders import tender_words
from posapp.ui.theme import theme
from posapp.ui.widgets.buttons import icon_button
from posapp.ui.widgets.labels import Elided, label
from posapp.ui.widgets.messages import IconLabel
from posapp.ui.widgets.paint import box
from posapp.ui.widgets.scroll import Scroller
from posapp.ui.wording import Wording

_HIGH, _SHOWN = 36, 2


class TakenRow(QFrame):
    """One of them."""

    def __init__(self, one: Tendered, wording: Wording) -> None:
        super().__init__()
        words = ", ".join(filter(None, (tender_words(one.tender), one.reference)))
        self.words = Elided(words, "body", tone="success", weight=600)
        self.amount = label(wording.price(one.amount_minor), "body", tone="success", weight=600)
        self.off = icon_button("x", self.tr("Take {what} off").format(what=words))
        self.off.setFixedSize(theme().px(30), theme().px(30))
        parts = (IconLabel("circle-check", "success", 18), wide(self.words), self.amount, self.off)
        columns(*parts, gap=8, pad=(12, 3, 4, 3), host=self)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """36 high."""
        return QSize(super().sizeHint().width(), theme().px(_HIGH))

    def paintEvent(self, event: QPaintEvent) -> None:
        """The soft ground."""
        painter = QPainter(self)
        box(painter, QRectF(self.rect()), theme().px(8), theme().tokens.success_soft)
        painter.end()


class TakenList(QWidget):
    """Two are in sight, more scroll; hidden while nothing was paid."""

    taken_off = Signal(int)

    def __init__(self, wording: Wording) -> None:
        super().__init__()
        self._wording = wording
        self._shown: Sequence[Tendered] = ()
        self._column = rows(gap=6)
        self._area = Scroller(held(self._column))
        rows(space(0), self._area, gap=0, host=self)
        self.hide()

    def show_tenders(self, tenders: Sequence[Tendered]) -> None:
        """These were paid."""
        if tuple(tenders) == tuple(self._shown):
            return
        self._shown = tuple(tenders)
        emptied(self._column)
        for place, one in enumerate(self._shown):
            row = TakenRow(one, self._wording)
            row.off.clicked.connect(lambda _=False, place=place: self.taken_off.emit(place))
            self._column.addWidget(row)
        px, count = theme().px, min(len(self._shown), _SHOWN)
        self._area.setFixedHeight(px(_HIGH) * count + px(6) * max(count - 1, 0))
        self.setVisible(bool(self._shown))
