"""Parts of the kiosk's pages: large buttons, chips, the bar that runs out, and the head with the clock."""

from collections.abc import Callable

from PySide6.QtCore import QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QFrame,
    QLabel,
    QLayout,
    QPushButton,
    QSizePolicy,
    QStyle,
    QStyleOptionButton,
    QWidget,
)

from posapp.ui.icons import paint_icon
from posapp.ui.layout import STRETCH, columns
from posapp.ui.theme import set_look, theme
from posapp.ui.widgets.labels import Elided, label
from posapp.ui.widgets.paint import box, cut, draw_text
from posapp.ui.wording import Wording

HEAD, MARGIN, GUTTER, BUTTON, CHIP = 72, 40, 16, 96, 64
HOLD_MS = 3000
"""So long the hidden corner is held by somebody of the shop who wants out."""


class BigButton(QPushButton):
    """An icon, what it does, and in a second line what follows; one of them may be filled."""

    def __init__(
        self, text: str, note: str = "", *, icon: str = "", run: Callable[[], object] | None = None
    ) -> None:
        super().__init__(text)
        self._note, self._icon, self._is_filled = note, icon, False
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._say()
        if run is not None:
            self.clicked.connect(lambda _checked=False: run())

    def set_words(self, text: str, note: str = "") -> None:
        """Say something else."""
        self._note = note
        self.setText(text)
        self._say()
        self.updateGeometry()

    def set_filled(self, is_filled: bool) -> None:
        """The one that is most likely wanted now is filled."""
        self._is_filled = is_filled
        set_look(self, kind="primary" if is_filled else "")

    def _say(self) -> None:
        self.setAccessibleName(f"{self.text()}. {self._note}" if self._note else self.text())

    def sizeHint(self) -> QSize:
        """96 high."""
        px = theme().px
        words = max(
            theme().metrics("figure", 600).horizontalAdvance(self.text()),
            theme().metrics("strong", 400).horizontalAdvance(self._note),
        )
        return QSize(words + px(120), px(BUTTON))

    def minimumSizeHint(self) -> QSize:
        """Words are cut before the button leaves the window."""
        return QSize(theme().px(180), theme().px(BUTTON))

    def paintEvent(self, event: QPaintEvent) -> None:
        """The frame from the style sheet, icon and words in the colours of now."""
        look, tokens = theme(), theme().tokens
        option = QStyleOptionButton()
        self.initStyleOption(option)
        option.text = ""
        painter = QPainter(self)
        self.style().drawControl(QStyle.ControlElement.CE_PushButtonBevel, option, painter, self)
        is_white = self._is_filled and self.isEnabled()
        ink = tokens.on_fill if is_white else tokens.text if self.isEnabled() else tokens.text2
        second = tokens.on_fill if is_white else tokens.text2
        side, at = look.px(28), look.px(30)
        if self._icon:
            tint = ink if is_white else tokens.primary if self.isEnabled() else tokens.text3
            self._icon_at(painter, at, side, tint)
            at += side + look.px(22)
        room, middle = self.width() - at - look.px(20), self.height() / 2
        first = middle - look.px(13) if self._note else middle
        self._line(painter, at, first, room, "figure", 600, ink)
        if self._note:
            self._line(painter, at, middle + look.px(16), room, "strong", 400, second)
        painter.end()

    def _icon_at(self, painter: QPainter, at: int, side: int, tint: QColor) -> None:
        x = self.width() - at - side if self.isRightToLeft() else at
        paint_icon(painter, self._icon, x, (self.height() - side) / 2, side, tint)

    def _line(
        self, painter: QPainter, at: int, middle: float, room: int, step: str, weight: int, ink: QColor
    ) -> None:
        font = theme().font(step, weight)
        text = self.text() if step == "figure" else self._note
        shown = cut(text, font, room)
        width = theme().metrics(step, weight).horizontalAdvance(shown)
        x = self.width() - at - width if self.isRightToLeft() else at
        draw_text(painter, x, middle, shown, font, ink)


class Tile(QPushButton):
    """A large choice: what it is, and below it a second line; one that is chosen is filled softly."""

    def __init__(self, text: str, note: str = "", *, width: int = 0, height: int = CHIP) -> None:
        super().__init__(text)
        self._note, self._size = note, (width, height)
        self.setCheckable(True)
        self.setAutoExclusive(False)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAccessibleName(f"{text}, {note}" if note else text)
        policy = QSizePolicy.Policy.Fixed if width else QSizePolicy.Policy.Expanding
        self.setSizePolicy(policy, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """As wide as asked for, or as its words."""
        px, (width, height) = theme().px, self._size
        words = theme().metrics("title", 600).horizontalAdvance(self.text()) + px(40)
        return QSize(px(width) if width else words, px(height))

    def minimumSizeHint(self) -> QSize:
        """Words are cut before a tile leaves the window."""
        full = self.sizeHint()
        return QSize(min(full.width(), theme().px(100)), full.height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """A box that says whether it is chosen by its colour and its line."""
        look, tokens = theme(), theme().tokens
        painter = QPainter(self)
        is_on = self.isChecked() or self.isDown()
        fill = tokens.primary_soft if is_on else tokens.surface
        line = tokens.primary if is_on else tokens.control
        box(painter, QRectF(self.rect()), look.px(10), fill, line, 2 if is_on else 1)
        ink = tokens.text if self.isEnabled() else tokens.text3
        middle, room = self.height() / 2, self.width() - look.px(20)
        rise = look.px(13) if self._note else 0
        for text, y, step, weight, colour in (
            (self.text(), middle - rise, "title", 600, ink),
            (self._note, middle + rise, "strong", 400, tokens.text2),
        ):
            font = look.font(step, weight)
            shown = cut(text, font, room)
            width = look.metrics(step, weight).horizontalAdvance(shown)
            draw_text(painter, (self.width() - width) / 2, y, shown, font, colour)
        painter.end()


def choose(tiles: QLayout, chosen: Tile) -> None:
    """Of some tiles one is chosen."""
    for place in range(tiles.count()):
        item = tiles.itemAt(place)
        one = item.widget() if item is not None else None
        if isinstance(one, Tile):
            one.setChecked(one is chosen)


class Mark(QWidget):
    """The first letters of the shop in the corner; held for three seconds it asks who wants out."""

    held = Signal()

    def __init__(self, name: str) -> None:
        super().__init__()
        words = [word for word in name.split() if word[:1].isalnum()]
        self._letters = "".join(word[0] for word in words[:2]).upper() or "P"
        self.setFixedSize(theme().px(40), theme().px(40))
        self._timer = QTimer(self, singleShot=True, interval=HOLD_MS)
        self._timer.timeout.connect(self.held)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A touch that stays."""
        self._timer.start()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Too short."""
        self._timer.stop()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Light letters on the dark of the text."""
        look, tokens = theme(), theme().tokens
        painter = QPainter(self)
        box(painter, QRectF(self.rect()), look.px(8), tokens.text)
        width = look.metrics("title", 700).horizontalAdvance(self._letters)
        x = (self.width() - width) / 2
        draw_text(painter, x, self.height() / 2, self._letters, look.font("title", 700), tokens.surface)
        painter.end()


class Head(QFrame):
    """The shop and the time. There is no way anywhere from here."""

    def __init__(self, name: str, wording: Wording) -> None:
        super().__init__()
        self.setProperty("role", "bar")
        self._wording = wording
        self.mark = Mark(name)
        self._clock = label("", "name", weight=600)
        self.setFixedHeight(theme().px(HEAD))
        title = Elided(name, "title", weight=600)
        title.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        columns(self.mark, title, STRETCH, self._clock, gap=12, pad=(MARGIN, 0), host=self)
        self.layout().setStretch(1, 1)  # type: ignore[union-attr]
        self.tell_time()

    def tell_time(self) -> None:
        """The shop's clock of now."""
        self._clock.setText(self._wording.time(self._wording.now().time()))

    def paintEvent(self, event: QPaintEvent) -> None:
        """The frame and its lower line."""
        super().paintEvent(event)
        painter = QPainter(self)
        painter.fillRect(0, self.height() - 1, self.width(), 1, theme().tokens.border)
        painter.end()


class Badge(QWidget):
    """The PL ID of whoever is signed in."""

    def __init__(self) -> None:
        super().__init__()
        self._text = ""
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def set_text(self, text: str) -> None:
        """Show another one."""
        self._text = text
        self.setAccessibleName(text)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """38 high."""
        width = theme().metrics("figure", 600).horizontalAdvance(self._text)
        return QSize(width + theme().px(26), theme().px(38))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Light on dark."""
        look, tokens = theme(), theme().tokens
        painter = QPainter(self)
        box(painter, QRectF(self.rect()), look.px(6), tokens.text)
        font = look.font("figure", 600)
        draw_text(painter, look.px(13), self.height() / 2, self._text, font, tokens.surface)
        painter.end()


class IdleBar(QWidget):
    """How long it stays open; it is read from across the room, and in words below."""

    def __init__(self) -> None:
        super().__init__()
        self._left, self._of = 0, 1
        self._words: QLabel = label("", "strong", tone="text2", weight=400)
        self._words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        row = columns(self._words, host=self)
        row.setContentsMargins(0, theme().px(14), 0, 0)
        self.setFixedHeight(theme().px(42))

    def show_left(self, seconds: int, of: int) -> None:
        """So many of all seconds are left."""
        self._left, self._of = seconds, of
        words = self.tr("Closes by itself in {seconds} s. Touch anywhere to stay.")
        self._words.setText(words.format(seconds=seconds))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """A thin line that becomes shorter."""
        look, tokens = theme(), theme().tokens
        height, width = look.px(6), self.width() * self._left / max(self._of, 1)
        x = self.width() - width if self.isRightToLeft() else 0
        painter = QPainter(self)
        box(painter, QRectF(0, 0, self.width(), height), height / 2, tokens.neutral_soft)
        box(painter, QRectF(x, 0, width, height), height / 2, tokens.control)
        painter.end()
