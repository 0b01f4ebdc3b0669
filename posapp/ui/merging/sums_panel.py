"""What both owe, have and spent, before and after: a merge moves money and makes none."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from posapp.ui.layout import STRETCH, columns, emptied
from posapp.ui.merging.words import money_words
from posapp.ui.theme import set_look, theme
from posapp.ui.widgets.cards import Card
from posapp.ui.widgets.labels import label, line
from posapp.ui.widgets.messages import IconLabel, announce
from posapp.ui.widgets.paint import box
from posapp.ui.wording import Wording, translator

if TYPE_CHECKING:
    from posapp.domain.old_data.merging import MergePreview, SumSight

_tr = translator("Merging")
_HEAD, _ROW, _FOOT = (33, 30), (44, 34), (56, 44)
"""Heights of the lines, in a wide and in a narrow window."""


class SumsPanel(Card):
    """A row a sum, and a foot that is green only if all of them are whole."""

    def __init__(self, wording: Wording) -> None:
        super().__init__()
        self._wording = wording
        self.is_whole = self._is_narrow = False
        host = QWidget()
        self._grid = QGridLayout(host)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(0)
        for column, share in enumerate((4, 3, 3, 3, 2)):
            self._grid.setColumnStretch(column, share)
        self.foot = _Foot()
        self._icon = IconLabel("circle-check", "success", 20)
        self.said = label("", "field", weight=600)
        self._aside = label(_tr("to the cent"), "small", tone="text2")
        columns(self._icon, self.said, STRETCH, self._aside, gap=10, pad=(16, 0), host=self.foot)
        self.set_narrow(False)
        self.body.addWidget(host)
        self.body.addWidget(self.foot)

    def set_narrow(self, is_narrow: bool) -> None:
        """Lower lines, from the next preview on: a narrow window is a low one, too."""
        self._is_narrow = is_narrow
        self.foot.setFixedHeight(theme().row_height(_FOOT[is_narrow]))

    def show_preview(self, preview: "MergePreview") -> None:
        """The sums of both, and what the survivor will have."""
        emptied(self._grid)
        ids = str(preview.survivor.pl_id), str(preview.loser.pl_id)
        after = _tr("{pl} after").format(pl=ids[0])
        self._line(0, _HEAD[self._is_narrow], _tr("Money"), (*ids, after, _tr("Sum")), "small", "text2")
        for place, one in enumerate(preview.sums):
            self._sum(place + 1, one)
        self.is_whole = all(one.is_whole for one in preview.sums)
        self._say()

    def _sum(self, place: int, one: "SumSight") -> None:
        price = self._wording.price
        figures = tuple(map(price, (one.survivor_minor, one.loser_minor, one.after_minor)))
        self._line(place, _ROW[self._is_narrow], money_words(one.row), figures, "body", "")
        tone = "success" if one.is_whole else "danger"
        same = label(_tr("same") if one.is_whole else _tr("differs"), "small", weight=600, tone=tone)
        sign = IconLabel("check" if one.is_whole else "x", tone, 16)
        cell = QWidget()
        columns(STRETCH, sign, same, gap=4, pad=(0, 0, 16, 0), host=cell)
        self._grid.addWidget(cell, 2 * place, 4)

    def _line(
        self, place: int, height: int, name: str, figures: tuple[str, ...], step: str, tone: str
    ) -> None:
        """A name and figures at the end of their columns, with a line below."""
        self._grid.setRowMinimumHeight(2 * place, theme().row_height(height))
        self._grid.addWidget(_cell(label(name, step, tone=tone), (16, 0, 4, 0)), 2 * place, 0)
        for column, text in enumerate(figures, 1):
            weight = 600 if column == 3 and place else None
            figure = label(text, step, tone=tone or ("" if column == 3 else "text2"), weight=weight)
            figure.setAlignment(Qt.AlignmentFlag.AlignTrailing | Qt.AlignmentFlag.AlignVCenter)
            pad = (4, 0, 16 if column == 4 else 4, 0)
            self._grid.addWidget(_cell(figure, pad), 2 * place, column)
        self._grid.addWidget(line(), 2 * place + 1, 0, 1, 5)

    def _say(self) -> None:
        tone = "success" if self.is_whole else "danger"
        words = _tr("Before and after are the same") if self.is_whole else _tr("Before and after differ")
        self._icon.show_icon("circle-check" if self.is_whole else "circle-alert", tone)
        self.said.setText(words)
        set_look(self.said, tone=tone)
        self.foot.show_tone(tone)
        self._aside.setVisible(self.is_whole)
        if not self.is_whole:
            announce(self, words, urgent=True)


class _Foot(QWidget):
    """The ground of the outcome: it closes the card below."""

    _tone = "success"

    def show_tone(self, tone: str) -> None:
        """Another outcome."""
        self._tone = tone
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """In the colours of now; round where the card is."""
        painter, radius = QPainter(self), theme().px(9)
        ground = QRectF(self.rect()).adjusted(0, -2 * radius, 0, 0)
        painter.setClipRect(self.rect())
        box(painter, ground, radius, theme().tokens.soft(self._tone))
        painter.end()


def _cell(text: QLabel, pad: tuple[float, float, float, float]) -> QWidget:
    host = QWidget()
    columns(text, pad=pad, host=host)
    return host
