"""Chips of which any number can be ticked, and the tiles of device kinds. Each group is one tab stop."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from posapp.ui.icons import paint_icon
from posapp.ui.layout import columns, refill
from posapp.ui.theme import theme
from posapp.ui.widgets.choices import Choice, ChoiceButton, ChoiceGroup
from posapp.ui.widgets.flow import FlowLayout
from posapp.ui.widgets.paint import box, draw_text


class ToggleChip(ChoiceButton):
    """Ticked and unticked by each press."""

    def __init__(self, text: str, group: "ToggleChips") -> None:
        super().__init__(Choice(text, text), "chip", ticks=True, parent=group)
        self._group = group

    def nextCheckState(self) -> None:
        """A press turns it over."""
        self.setChecked(not self.isChecked())
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        """Room for a tick only while there is one."""
        hint = super().sizeHint()
        return hint if self.isChecked() else QSize(hint.width() - theme().px(22), hint.height())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows move to the neighbour, Space ticks; Enter goes on to the form."""
        if self._group.walk(self, event.key()):
            return
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            event.ignore()
            return
        super().keyPressEvent(event)


class ToggleChips(QWidget):
    """A row of chips that wraps; the last one that had the focus is where Tab stops."""

    changed = Signal()

    def __init__(self, *, name: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self._flow = FlowLayout(gap=6)
        self.setLayout(self._flow)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self._chips: list[ToggleChip] = []

    def show_chips(self, texts: Sequence[str], ticked: Sequence[str] = ()) -> None:
        """Offer these, and whatever is ticked beside them."""
        shown = [*texts, *(text for text in ticked if text not in texts)]
        self._chips = [ToggleChip(text, self) for text in shown]
        for chip in self._chips:
            chip.setChecked(chip.choice.key in ticked)
            chip.clicked.connect(self.changed)
        refill(self._flow, self._chips)
        self._rove(0)

    def ticked(self) -> list[str]:
        """The words of the ticked ones, in their order."""
        return [chip.choice.key for chip in self._chips if chip.isChecked()]

    def stops(self) -> list[QWidget]:
        """Its buttons, for the order of Tab."""
        return list(self._chips)

    def walk(self, chip: ToggleChip, key: int) -> bool:
        """Move to the neighbour; False for a key that is no arrow."""
        later = (Qt.Key.Key_Down, Qt.Key.Key_Left if self.isRightToLeft() else Qt.Key.Key_Right)
        earlier = (Qt.Key.Key_Up, Qt.Key.Key_Right if self.isRightToLeft() else Qt.Key.Key_Left)
        if key not in (*later, *earlier):
            return False
        place = (self._chips.index(chip) + (1 if key in later else -1)) % len(self._chips)
        self._rove(place)
        self._chips[place].setFocus(Qt.FocusReason.TabFocusReason)
        return True

    def _rove(self, stop: int) -> None:
        for place, chip in enumerate(self._chips):
            is_stop = place == stop
            chip.setFocusPolicy(Qt.FocusPolicy.StrongFocus if is_stop else Qt.FocusPolicy.ClickFocus)


class Tile(ChoiceButton):
    """A kind of device: its picture above its word."""

    def __init__(self, choice: Choice, parent: QWidget) -> None:
        super().__init__(choice, "chip", ticks=False, parent=parent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """56 high, as wide as its word."""
        width = theme().metrics("body", 600).horizontalAdvance(self.text()) + theme().px(16)
        return QSize(width, theme().px(56))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Frame, picture and word in the colours of now."""
        look, tokens = theme(), theme().tokens
        painter = QPainter(self)
        chosen = self.isChecked()
        ink = tokens.primary if chosen else tokens.text
        fill = tokens.primary_soft if chosen else tokens.sunken if self.underMouse() else tokens.surface
        line, width = (tokens.primary, 2) if chosen else (tokens.control, 1)
        box(painter, QRectF(self.rect()), look.px(8), fill, line, width)
        side, weight = look.px(18), 600 if chosen else 500
        middle = self.width() / 2
        paint_icon(painter, self.choice.icon, middle - side / 2, look.px(9), side, ink)
        words = look.metrics("body", weight).horizontalAdvance(self.text())
        draw_text(painter, middle - words / 2, look.px(41), self.text(), look.font("body", weight), ink)
        painter.end()


class KindTiles(ChoiceGroup):
    """The kinds of devices in one row."""

    def _make_layout(self) -> QHBoxLayout:
        return columns(gap=8)

    def _shape_of(self, place: int, total: int) -> str:
        return "chip"

    def _make_button(self, choice: Choice, shape: str) -> Tile:
        return Tile(choice, self)
