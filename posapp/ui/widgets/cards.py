"""Surfaces: cards with a head, the sentence of an empty region, and the strip of facts about a customer."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetrics, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QFrame, QHBoxLayout, QLabel, QSizePolicy, QWidget

from posapp.ui.layout import STRETCH, at, columns, held, let_go, put, rows
from posapp.ui.theme import theme
from posapp.ui.widgets.buttons import button
from posapp.ui.widgets.labels import CountPill, KeyLabel, label, line
from posapp.ui.widgets.paint import cut, draw_text


class Card(QFrame):
    """A white surface with a line around it; put content into `body`. With a title it has a head."""

    head: QHBoxLayout
    title: QLabel
    count: CountPill

    def __init__(self, title: str = "", *, key: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "card")
        self.body = rows(gap=0, host=self)
        self.body.setContentsMargins(1, 1, 1, 1)  # inside of its line
        if title:
            self._make_head(title, key)

    def _make_head(self, title: str, key: str) -> None:
        self.title, self.count = label(title, "field", weight=600), CountPill()
        hint = KeyLabel(key) if key else None
        self.head = columns(self.title, self.count, STRETCH, hint, gap=8, pad=(15, 3, 13, 3))
        put(self.body, held(self.head, _Head()), line())


class _Head(QWidget):
    """Never lower than 43, nor than what stands in it."""

    def sizeHint(self) -> QSize:
        """What its parts like."""
        return super().sizeHint().expandedTo(QSize(0, theme().px(43)))

    def minimumSizeHint(self) -> QSize:
        """What its parts need."""
        return super().minimumSizeHint().expandedTo(QSize(0, theme().px(43)))


class EmptyState(QWidget):
    """One sentence and at most one action, where there is nothing to show yet."""

    def __init__(
        self, sentence: str, *, action: str = "", key: str = "", run: Callable[[], object] | None = None
    ) -> None:
        super().__init__()
        self.sentence = label(sentence, "body", tone="text2", wrap=True)
        way = None
        if action:
            self.action = button(action, size="s", key=key, run=run)
            way = at(Qt.AlignmentFlag.AlignLeading, self.action)
        rows(self.sentence, way, STRETCH, gap=12, pad=(16, 20), host=self)


@dataclass(frozen=True, slots=True)
class Fact:
    """One figure of the strip: what it is, the figure, a word in a tone beside it, and a line below."""

    key: str
    label: str
    value: str
    note: str = ""
    tone: str = "text"
    word: str = ""

    def spoken(self) -> str:
        """All of it in one line, for screen readers."""
        return ", ".join(
            part for part in (self.label, f"{self.value} {self.word}".strip(), self.note) if part
        )


_FIGURES = ("figure", "title", "field")
"""A figure as large as there is room for it."""


class FactButton(QAbstractButton):
    """One fact; pressing it opens what is behind the figure."""

    def __init__(self, fact: Fact, *, is_first: bool, parent: QWidget) -> None:
        super().__init__(parent)
        self.fact = fact
        self._is_first = is_first
        self.setAccessibleName(fact.spoken())
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """Three lines and their margins, as wide as the longest of them."""
        look, fact = theme(), self.fact
        figure = self._value_width("figure")
        if fact.word:
            figure += look.px(8) + look.metrics("caption", 600).horizontalAdvance(fact.word)
        small = look.metrics("caption")
        width = max(figure, small.horizontalAdvance(fact.label), small.horizontalAdvance(fact.note))
        return QSize(max(width + look.px(28), look.px(112)), look.px(77))

    def _value_width(self, role: str) -> int:
        return theme().metrics(role, 700).horizontalAdvance(self.fact.value)

    def minimumSizeHint(self) -> QSize:
        """Narrow windows cut the words, not the strip."""
        return QSize(theme().px(72), theme().px(77))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter presses, as on every button."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            self.click()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Label, figure and note below each other."""
        look, tokens = theme(), theme().tokens
        painter = QPainter(self)
        self.paint_ground(painter)
        room = self.width() - look.px(24)
        self._line(painter, 17, self.fact.label, "caption", None, tokens.text2, room)
        role = next((one for one in _FIGURES if self._value_width(one) <= room), _FIGURES[-1])
        width = self._line(painter, 38, self.fact.value, role, 700, tokens.colour(self.fact.tone), room)
        if self.fact.word:
            font = look.font("caption", 600)
            x = self._at(look.px(16) + width + look.px(8), self.fact.word, font)
            draw_text(painter, x, look.px(38), self.fact.word, font, tokens.colour(self.fact.tone))
        self._line(painter, 59, self.fact.note, "caption", None, tokens.text2, room)
        painter.end()

    def paint_ground(self, painter: QPainter) -> None:
        """What lies under the words: a tint below the pointer, and the line to the fact before."""
        tokens = theme().tokens
        if self.underMouse() or self.isDown():
            painter.fillRect(self.rect(), tokens.sunken)
        if not self._is_first:
            at = self.width() - 1 if self.isRightToLeft() else 0
            painter.fillRect(at, 0, 1, self.height(), tokens.border)

    def _line(
        self,
        painter: QPainter,
        middle: int,
        text: str,
        step: str,
        weight: int | None,
        ink: QColor,
        room: int,
        begin: int | None = None,
    ) -> float:
        font = theme().font(step, weight)
        shown = cut(text, font, room)
        x = self._at(theme().px(16) if begin is None else begin, shown, font)
        return draw_text(painter, x, theme().px(middle), shown, font, ink)

    def _at(self, x: float, text: str, font: QFont) -> float:
        """Where words stand that begin `x` from the leading side."""
        return self.width() - x - QFontMetrics(font).horizontalAdvance(text) if self.isRightToLeft() else x


class FactStrip(QWidget):
    """Facts side by side, each a button; `opened` tells the key of the pressed one."""

    opened = Signal(str)
    made_of: type[FactButton] = FactButton

    def __init__(self) -> None:
        super().__init__()
        self._row = columns(gap=0, host=self)
        self._buttons: list[FactButton] = []

    def show_facts(self, facts: Sequence[Fact]) -> None:
        """Replace all facts; the same keys in the same order keep their buttons, so the focus stays."""
        if [button.fact.key for button in self._buttons] != [fact.key for fact in facts]:
            self._rebuild(facts)
        for shown, fact in zip(self._buttons, facts, strict=True):
            shown.fact = fact
            shown.setAccessibleName(fact.spoken())
            shown.updateGeometry()
            shown.update()

    def _rebuild(self, facts: Sequence[Fact]) -> None:
        let_go(self._row, self._buttons)
        self._buttons = [
            self.made_of(fact, is_first=place == 0, parent=self) for place, fact in enumerate(facts)
        ]
        for made in self._buttons:
            self._row.addWidget(made, 1)
            made.clicked.connect(lambda _=False, made=made: self.opened.emit(made.fact.key))
