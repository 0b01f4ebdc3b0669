"""Pads for fingers, digits and letters, and the lines that show what was typed on them or on a keyboard."""

from functools import partial

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QGridLayout, QPushButton, QSizePolicy, QWidget

from posapp.ui.icons import paint_icon
from posapp.ui.mirror import as_on_a_telephone
from posapp.ui.theme import theme
from posapp.ui.widgets.paint import box, cut, draw_text

BACK = "\b"
_DIGITS = ("1", "2", "3", "4", "5", "6", "7", "8", "9", "+", "0", BACK)
_LETTERS = ("QWERTYUIOP", "ASDFGHJKL'", "ZXCVBNM-. ")
KEY = 72


class Key(QPushButton):
    """A key of a pad; the touch stays with what is typed into."""

    def __init__(self, text: str, name: str) -> None:
        super().__init__({BACK: "", " ": name}.get(text, text))
        self._is_back = text == BACK
        self.setProperty("kind", "pad")
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(theme().px(44), theme().px(44))
        self.setMaximumHeight(theme().px(KEY))

    def sizeHint(self) -> QSize:
        """72 high."""
        return QSize(theme().px(KEY), theme().px(KEY))

    def paintEvent(self, event: QPaintEvent) -> None:
        """As Qt draws it; the one that takes back has a picture."""
        super().paintEvent(event)
        if self._is_back:
            side, painter = theme().px(24), QPainter(self)
            x, y = (self.width() - side) / 2, (self.height() - side) / 2
            paint_icon(painter, "delete", x, y, side, theme().tokens.text)
            painter.end()


class Pad(QWidget):
    """Digits, or letters; `typed` tells each key, BACK for the one that takes back."""

    typed = Signal(str)

    def __init__(self, *, letters: bool = False) -> None:
        super().__init__()
        as_on_a_telephone(self)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(theme().px(8))
        rows = [*_LETTERS[:2], _LETTERS[2][:-1] + BACK] if letters else []
        places = [(row, column, text) for row, line in enumerate(rows) for column, text in enumerate(line)]
        if not letters:
            places = [(place // 3, place % 3, text) for place, text in enumerate(_DIGITS)]
        for row, column, text in places:
            grid.addWidget(self._key(text), row, column)
        if letters:
            grid.addWidget(self._key(" "), len(rows), 0, 1, len(rows[0]))
        self.setMaximumHeight(theme().px(4 * KEY + 3 * 8))

    def _key(self, text: str) -> Key:
        names = {BACK: self.tr("Take the last one back"), " ": self.tr("Space"), "+": self.tr("Plus")}
        made = Key(text, names.get(text, text))
        made.clicked.connect(partial(self._say, text))
        return made

    def _say(self, text: str, _checked: bool = False) -> None:
        self.typed.emit(text)


class Line(QWidget):
    """What was typed into one line. It is no field: nothing can be pasted, dragged, selected or looked up."""

    chosen = Signal()

    def __init__(self, name: str, hint: str, *, most: int, is_secret: bool = False) -> None:
        super().__init__()
        self._name, self._hint, self._most, self._is_secret = name, hint, most, is_secret
        self._text, self._is_active = "", False
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    @property
    def text(self) -> str:
        """What was typed."""
        return self._text

    def set_text(self, text: str) -> None:
        """Show this instead."""
        self._text = text[: self._most]
        self.update()

    def set_active(self, is_active: bool) -> None:
        """Whether the pad types here."""
        self._is_active = is_active
        self.update()

    def take(self, sign: str) -> None:
        """One more sign, or the last one back."""
        self.set_text(self._text[:-1] if sign == BACK else self._text + sign)

    def sizeHint(self) -> QSize:
        """A name above a line for large digits."""
        return QSize(theme().px(320), theme().px(100))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A touch lets the pad type here."""
        self.chosen.emit()

    def paintEvent(self, event: QPaintEvent) -> None:
        """The name, and the box with what was typed or a hint."""
        look, tokens = theme(), theme().tokens
        painter = QPainter(self)
        self._words(painter, self._name, 0, look.px(13), "strong", 400, tokens.text2)
        rect = QRectF(0, look.px(32), self.width(), look.px(64))
        line = tokens.primary if self._is_active else tokens.control
        box(painter, rect, look.px(10), tokens.surface, line, 2 if self._is_active else 1)
        shown = "●" * len(self._text) if self._is_secret else self._text
        tone, step = (tokens.text, "name") if self._text else (tokens.text3, "title")
        weight = 600 if self._text else 400
        self._words(painter, shown or self._hint, look.px(20), rect.center().y(), step, weight, tone)
        painter.end()

    def _words(
        self, painter: QPainter, text: str, at: int, middle: float, step: str, weight: int, ink: QColor
    ) -> None:
        font, room = theme().font(step, weight), self.width() - 2 * at
        shown = cut(text, font, room)
        width = theme().metrics(step, weight).horizontalAdvance(shown)
        x = self.width() - at - width if self.isRightToLeft() else at
        draw_text(painter, x, middle, shown, font, ink)
