"""The strip of key figures: each with its change in arrow and words; pressing one shows what is behind it."""

from dataclasses import dataclass

from PySide6.QtCore import QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from posapp.domain.figures.reports import KeyFigure
from posapp.ui.icons import paint_icon
from posapp.ui.reports.values import NOTHING, change_of, shown_figure
from posapp.ui.reports.words import said
from posapp.ui.theme import theme
from posapp.ui.widgets.cards import Fact, FactButton, FactStrip
from posapp.ui.widgets.paint import cut
from posapp.ui.wording import Wording

HEIGHT = 91
_STEPS = ("name", "figure", "title", "field")


@dataclass(frozen=True, slots=True)
class KeyFact(Fact):
    """A fact whose word is its change, and whose note says from what."""

    icon: str = ""


def fact_of(figure: KeyFigure, wording: Wording) -> KeyFact:
    """A key figure in words."""
    measure = figure.measure
    change = change_of(figure, wording)
    value = NOTHING if figure.now is None else shown_figure(figure.now, measure.unit, wording)
    return KeyFact(
        measure.name, said(measure.words), value, change.since, change.tone, change.words, change.icon
    )


class KeyFigureButton(FactButton):
    """What it is, the figure, and below it the change."""

    def sizeHint(self) -> QSize:
        """Six of them share the width."""
        return QSize(theme().px(150), theme().px(HEIGHT))

    def minimumSizeHint(self) -> QSize:
        """Narrow windows cut the words."""
        return QSize(theme().px(94), theme().px(HEIGHT))

    def paintEvent(self, event: QPaintEvent) -> None:
        """The words of a fact below each other."""
        look, tokens, fact = theme(), theme().tokens, self.fact
        painter = QPainter(self)
        self.paint_ground(painter)
        room = self.width() - look.px(26)
        self._line(painter, 22, fact.label, "small", None, tokens.text2, room)
        step = next((one for one in _STEPS if self._value_width(one) <= room), _STEPS[-1])
        self._line(painter, 46, fact.value, step, 700, tokens.text, room)
        self._paint_change(painter, room)
        painter.end()

    def _paint_change(self, painter: QPainter, room: int) -> None:
        look, tokens, fact = theme(), theme().tokens, self.fact
        x, ink = look.px(16), tokens.colour(fact.tone)
        if isinstance(fact, KeyFact) and fact.icon:
            size = look.px(14)
            at = self.width() - x - size if self.isRightToLeft() else x
            paint_icon(painter, fact.icon, at, look.px(70) - size / 2, size, ink)
            x += look.px(18)
        room -= x - look.px(16)
        font = look.font("caption", 600)
        words = cut(fact.word, font, room)
        self._line(painter, 70, words, "caption", 600, ink, room, x)
        wide = look.metrics("caption", 600).horizontalAdvance(words) + look.px(5)
        if look.metrics("caption").horizontalAdvance(fact.note) <= room - wide:
            self._line(painter, 70, fact.note, "caption", None, tokens.text2, room - wide, x + wide)


class KeyFigures(FactStrip):
    """The strip of the opening page."""

    made_of = KeyFigureButton

    def show_figures(self, figures: tuple[KeyFigure, ...], wording: Wording) -> None:
        """Other values; the buttons stay, and with them the focus."""
        self.show_facts([fact_of(one, wording) for one in figures])
        for button in self._buttons:
            button.setToolTip(button.fact.spoken())


class FactLine(FactButton):
    """A fact in one line: what it is at the one side, the figure at the other."""

    def __init__(self, fact: Fact, *, is_first: bool, parent: QWidget) -> None:
        super().__init__(fact, is_first=is_first, parent=parent)
        self.setFixedHeight(theme().px(28))

    def sizeHint(self) -> QSize:
        """One line."""
        return QSize(theme().px(200), theme().px(28))

    def minimumSizeHint(self) -> QSize:
        """Narrow where it must be."""
        return QSize(theme().px(120), theme().px(28))

    def show_fact(self, fact: Fact) -> None:
        """Other values."""
        self.fact = fact
        self.setAccessibleName(fact.spoken())
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Words and figure."""
        look, tokens, fact = theme(), theme().tokens, self.fact
        painter = QPainter(self)
        self.paint_ground(painter)
        pad, middle, wide = look.px(16), 14, self._value_width("small") + 2
        room = self.width() - 2 * pad
        self._line(painter, middle, fact.label, "small", None, tokens.text2, room - wide)
        begin = self.width() - pad - wide
        self._line(painter, middle, fact.value, "small", 700, tokens.text, wide + 1, begin)
        painter.end()
