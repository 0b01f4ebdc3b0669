"""The navigation on the left: one button a screen with icon, word and F-key."""

from collections.abc import Callable, Sequence
from typing import NamedTuple, Protocol

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetrics, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from posapp.ui.icons import paint_icon
from posapp.ui.layout import STRETCH, rows
from posapp.ui.theme import theme
from posapp.ui.widgets.initials import shop_letters
from posapp.ui.widgets.paint import box, cut, draw_text, key_words
from posapp.ui.widgets.toggling import HearsToggle
from posapp.ui.window.page import PageEntry

_SQUEEZED = 1.15
"""A word so much wider than its room is set narrower instead of being cut."""
WIDTHS = {"compact": 64, "normal": 80, "wide": 88}


class RailWord(Protocol):
    """What a button of the rail shows."""

    @property
    def id(self) -> str:
        """Names it."""

    @property
    def word(self) -> str:
        """What it says."""

    @property
    def icon(self) -> str:
        """What it shows above the word."""

    @property
    def key(self) -> str:
        """The key that does the same."""


class Foot(NamedTuple):
    """A button at the foot of the rail, which leads to no screen."""

    id: str
    word: str
    icon: str
    key: str


class RailButton(HearsToggle, QAbstractButton):
    """A screen in the rail; the one in front is lighter and has a bar on its outer edge."""

    def __init__(self, entry: RailWord, rail: "NavRail") -> None:
        super().__init__(rail)
        self.entry = entry
        self._rail = rail
        self.setText(entry.word)
        self.setCheckable(True)
        self.setAccessibleName(entry.word)
        self.keys_moved()
        self.setProperty("ring", False)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.hear_toggle()

    def keys_moved(self) -> None:
        """What is told of its key."""
        self.setAccessibleDescription(key_words(self.entry.key))

    def nextCheckState(self) -> None:
        """The window says which screen is in front."""

    def sizeHint(self) -> QSize:
        """Icon, word and, where there is room, the key."""
        px = theme().px
        return QSize(px(WIDTHS[self._rail.size_class]), px(50 if self._rail.size_class == "compact" else 66))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Up and Down go along the rail, Enter opens."""
        if event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self._rail.walk(self, 1 if event.key() == Qt.Key.Key_Down else -1)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Drawn in the rail's own colours, which are dark in both themes."""
        look, tokens = theme(), theme().tokens
        px = look.px
        painter = QPainter(self)
        area = QRectF(px(4), px(1), self.width() - 2 * px(4), self.height() - 2 * px(1))
        if self.isChecked():
            box(painter, area, px(8), tokens.rail_sel)
            at = self.width() - 2 if self.isRightToLeft() else -2
            box(painter, QRectF(at, px(12), 6, self.height() - 2 * px(12)), 2, tokens.rail_bar)
        elif self.underMouse():
            box(painter, area, px(8), tokens.rail_sel.darker(125))
        if self.hasFocus():
            box(painter, area, px(8), None, tokens.rail_bar, 2)
        ink = tokens.rail_on if self.isChecked() else tokens.rail_text
        compact = self._rail.size_class == "compact"
        paint_icon(painter, self.entry.icon, (self.width() - px(21)) / 2, px(6), px(21), ink)
        self._centred(painter, self.entry.word, px(37), "caption", 600 if self.isChecked() else 500, ink)
        if not compact and self.entry.key:
            self._centred(painter, key_words(self.entry.key), px(53), "caption", 400, tokens.rail_hint)
        painter.end()

    def _centred(
        self, painter: QPainter, text: str, middle: int, step: str, weight: int, ink: QColor
    ) -> None:
        font, room = QFont(theme().font(step, weight)), self.width() - theme().px(4)
        width = theme().metrics(step, weight).horizontalAdvance(text)
        if room < width <= room * _SQUEEZED:
            font.setStretch(int(97 * room / width))  # advances are rounded up
        shown = cut(text, font, room)
        width = QFontMetrics(font).horizontalAdvance(shown)
        draw_text(painter, (self.width() - width) / 2, middle, shown, font, ink)


class ShopMark(QWidget):
    """The first letters of the shop's name on a light square."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._letters = "P"
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set_name(self, name: str) -> None:
        """Show up to two initials of the shop."""
        self._letters = shop_letters(name)
        self.setToolTip(name)
        self.update()

    def sizeHint(self) -> QSize:
        """The square and its margins."""
        return QSize(theme().px(64), theme().px(59))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Rail text on the light square: readable in both themes."""
        look, tokens = theme(), theme().tokens
        side = look.px(36)
        painter = QPainter(self)
        x, y = (self.width() - side) / 2, look.px(14)
        box(painter, QRectF(x, y, side, side), look.px(10), tokens.rail_on)
        font = look.font("strong", 700)
        width = look.metrics("strong", 700).horizontalAdvance(self._letters)
        draw_text(painter, (self.width() - width) / 2, y + side / 2, self._letters, font, tokens.rail)
        painter.end()


class NavRail(QWidget):
    """All screens that can be opened. One tab stop; the F-keys are the window's."""

    chosen = Signal(str)
    lock_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.size_class = "normal"
        self.setAccessibleName(self.tr("Screens"))
        self.mark = ShopMark(self)
        self._buttons: list[RailButton] = []
        self._current = ""
        self.lock = RailButton(Foot("lock", self.tr("Lock"), "lock", "F12"), self)
        self.lock.clicked.connect(self.lock_asked)
        self.lock.hide()
        self._column = rows(self.mark, STRETCH, self.lock, gap=0, host=self)
        self.set_size_class("normal")

    def add(self, entry: PageEntry) -> None:
        """A further screen, below the others."""
        made = RailButton(entry, self)
        made.clicked.connect(lambda: self._clicked(entry.id))
        self._buttons.append(made)
        self._column.insertWidget(len(self._buttons), made)
        self._rove()

    def _clicked(self, page: str) -> None:
        self.chosen.emit(page)
        self.show_current(self._current)  # a screen reader may have turned the mark of another one over

    def entries(self) -> Sequence[RailWord]:
        """The screens from top to bottom."""
        return [button.entry for button in self._shown()]

    def show_only(self, is_open: Callable[[str], bool]) -> None:
        """Leave out the screens that whoever works here may not open."""
        for button in self._buttons:
            button.setVisible(is_open(button.entry.id))
        self._rove()

    def _shown(self) -> list[RailButton]:
        return [button for button in self._buttons if not button.isHidden()]

    def show_current(self, page: str) -> None:
        """Mark the screen that is in front; one that is not in the rail leaves the mark where it is."""
        if page not in [button.entry.id for button in self._buttons]:
            return
        self._current = page
        for button in self._buttons:
            button.setChecked(button.entry.id == page)
        self._rove()

    def set_size_class(self, size_class: str) -> None:
        """compact (no key hints), normal or wide."""
        self.size_class = size_class
        self.setFixedWidth(theme().px(WIDTHS[size_class]))
        for button in (*self._buttons, self.lock):
            button.updateGeometry()
            button.update()

    def walk(self, button: RailButton, step: int) -> None:
        """Move the focus along the rail."""
        stops = [*self._shown(), *([] if self.lock.isHidden() else [self.lock])]
        place = (stops.index(button) + step) % len(stops)
        stops[place].setFocus(Qt.FocusReason.TabFocusReason)

    def _rove(self) -> None:
        shown = self._shown()
        stop = next((button for button in shown if button.isChecked()), None)
        for place, button in enumerate(shown):
            is_stop = button is stop or (stop is None and place == 0)
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus if is_stop else Qt.FocusPolicy.NoFocus)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The dark strip, and in the dark theme the line that parts it from the window."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme().tokens.rail)
        if theme().is_dark:
            edge = 0 if self.isRightToLeft() else self.width() - 1
            painter.fillRect(edge, 0, 1, self.height(), theme().tokens.border)
        painter.end()
