"""One of several: chips (loose, they wrap) and segments (joined).

Each group is one tab stop with arrow keys inside.
"""

from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QLayout, QSizePolicy, QWidget

from posapp.ui.focus_filter import focused
from posapp.ui.icons import paint_icon
from posapp.ui.layout import columns, let_go
from posapp.ui.theme import theme
from posapp.ui.widgets.flow import FlowLayout
from posapp.ui.widgets.paint import box, draw_text
from posapp.ui.widgets.toggling import HearsToggle


class Choice(NamedTuple):
    """One of the group: its key, its words, and perhaps an icon and a tally."""

    key: str
    text: str
    icon: str = ""
    tally: int | None = None


class ChoiceButton(HearsToggle, QAbstractButton):
    """A choice of a group. `shape`: "chip", or its place in a row, "first", "middle", "last" or "only"."""

    def __init__(self, choice: Choice, shape: str, *, ticks: bool, parent: QWidget) -> None:
        super().__init__(parent)
        self._ticks = ticks
        self.setCheckable(True)
        self.setAutoExclusive(False)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.show_choice(choice, shape)
        self.hear_toggle()

    def show_choice(self, choice: Choice, shape: str) -> None:
        """Be this choice from now on."""
        self.choice = choice
        self._shape = shape
        self.setText(choice.text)
        self.setAccessibleName(f"{choice.text} {self._tally()}".strip())
        self.updateGeometry()
        self.update()

    def nextCheckState(self) -> None:
        """A click chooses; nothing but another choice lets go."""
        self.setChecked(True)

    def sizeHint(self) -> QSize:
        """Room for icon or tick, words and count."""
        look = theme()
        width = look.metrics("body", 600).horizontalAdvance(self.text())
        width += look.px(30 if self._shape == "chip" else 16)
        width += look.px(22) if self._icon(True) else look.px(12 if self._shape != "chip" else 0)
        width += self._count_width()
        return QSize(width, look.tool_height(34 if self._shape == "chip" else 36))

    def minimumSizeHint(self) -> QSize:
        """A choice is never cut."""
        return self.sizeHint()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows belong to the group, Enter chooses, everything else is the button's own."""
        group = self.parentWidget()
        if isinstance(group, ChoiceGroup) and group.arrow(self, event.key()):
            return
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            self.click()
            return
        super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Outline, icon, words and count, in the colours of now."""
        look, tokens = theme(), theme().tokens
        painter = QPainter(self)
        chosen = self.isChecked()
        ink = tokens.primary if chosen else tokens.text
        self._paint_frame(painter)
        name, count = self._icon(chosen), self._count_width()
        weight = 600 if chosen else 500
        font = look.font("body", weight)
        words = look.metrics("body", weight).horizontalAdvance(self.text())
        content = words + count + (look.px(22) if name else 0)
        x, middle = (self.width() - content) / 2, self.height() / 2
        if name:
            paint_icon(painter, name, x, middle - look.px(8), look.px(16), ink)
            x += look.px(22)
        draw_text(painter, x, middle, self.text(), font, ink)
        if self.choice.tally is not None:
            draw_text(painter, x + words + look.px(6), middle, self._tally(), look.font("body"), ink)
        painter.end()

    def _icon(self, chosen: bool) -> str:
        if self.choice.icon:
            return self.choice.icon
        return "check" if chosen and self._ticks else ""

    def _count_width(self) -> int:
        if self.choice.tally is None:
            return 0
        return theme().metrics("body").horizontalAdvance(self._tally()) + theme().px(6)

    def _tally(self) -> str:
        """The count as it is written, "" without one."""
        return "" if self.choice.tally is None else f"{self.choice.tally:,}"

    def _paint_frame(self, painter: QPainter) -> None:
        tokens, rect = theme().tokens, QRectF(self.rect())
        if self.isChecked():
            fill, line = tokens.primary_soft, tokens.primary
        else:
            fill, line = (tokens.sunken if self.underMouse() else tokens.surface), tokens.control
        if self._shape == "chip":
            box(painter, rect, self.height() / 2, fill, line)
            return
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(tokens.control, 1))
        painter.setBrush(fill)
        shared = self._shape in ("middle", "last") and not self.isRightToLeft()
        # Neighbours share one line: it is drawn by the left one.
        painter.drawPath(self._segment(rect.adjusted(-0.5 if shared else 0.5, 0.5, -0.5, -0.5)))

    def _segment(self, rect: QRectF) -> QPainterPath:
        radius = theme().px(8)
        left = self._shape in ("first", "only")
        right = self._shape in ("last", "only")
        if self.isRightToLeft():
            left, right = right, left
        path = QPainterPath()
        path.addRoundedRect(rect, radius, radius)
        square = QPainterPath()
        if not left:
            square.addRect(QRectF(rect.left(), rect.top(), radius, rect.height()))
        if not right:
            square.addRect(QRectF(rect.right() - radius, rect.top(), radius, rect.height()))
        return path.united(square)


class ChoiceGroup(QWidget):
    """Several choices of which at most one is taken. One tab stop; arrows move and choose."""

    chosen = Signal(str)

    def __init__(self, choices: Sequence[Choice] = (), *, name: str = "", ticks: bool = False) -> None:
        super().__init__()
        self._buttons: list[ChoiceButton] = []
        self._ticks = ticks
        self.setAccessibleName(name)
        self._row = self._make_layout()
        self.setLayout(self._row)
        self.set_choices(choices)

    def _make_layout(self) -> QLayout:
        raise NotImplementedError

    def _shape_of(self, place: int, total: int) -> str:
        raise NotImplementedError

    def set_choices(self, choices: Sequence[Choice], current: str | None = None) -> None:
        """Replace the choices; the one that was taken stays taken if it is still there.

        Buttons are used again, so that the group keeps its place among the stops of Tab, and the focus.
        """
        keep = current if current is not None else self.current()
        total, focus = len(choices), focused()
        had_focus = focus is not None and self.isAncestorOf(focus)
        for place, (button, choice) in enumerate(zip(self._buttons, choices, strict=False)):
            button.show_choice(choice, self._shape_of(place, total))
        for choice in choices[len(self._buttons) :]:
            self._add_button(choice, self._shape_of(len(self._buttons), total))
        self.set_current(keep)
        if had_focus and choices:
            self.setFocus()
        let_go(self._row, self._buttons[total:])
        del self._buttons[total:]
        self._rove()

    def _make_button(self, choice: Choice, shape: str) -> ChoiceButton:
        return ChoiceButton(choice, shape, ticks=self._ticks, parent=self)

    def _add_button(self, choice: Choice, shape: str) -> None:
        button = self._make_button(choice, shape)
        self._row.addWidget(button)
        button.clicked.connect(self._clicked)
        button.show()
        if not self._buttons:
            # Before there is a proxy, which makes it no stop of its own; setTabOrder needs a policy.
            self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        # Otherwise it would stand at the end of the window's chain.
        QWidget.setTabOrder(self._buttons[-1] if self._buttons else self, button)
        self._buttons.append(button)

    def current(self) -> str:
        """The key of the taken choice, "" if none is."""
        return next((button.choice.key for button in self._buttons if button.isChecked()), "")

    def set_current(self, key: str) -> None:
        """Take the choice of that key (none for an unknown one) without telling anybody."""
        for button in self._buttons:
            button.setChecked(button.choice.key == key)
        self._rove()

    def choose_number(self, number: int) -> bool:
        """Take the nth choice, counted from 1, as if it were clicked; False if there are fewer."""
        if not 1 <= number <= len(self._buttons):
            return False
        self._buttons[number - 1].setFocus()
        self._buttons[number - 1].click()
        return True

    def arrow(self, button: ChoiceButton, key: int) -> bool:
        """Move to the neighbour and take it; False for a key that is no arrow."""
        later = (Qt.Key.Key_Down, Qt.Key.Key_Left if self.isRightToLeft() else Qt.Key.Key_Right)
        earlier = (Qt.Key.Key_Up, Qt.Key.Key_Right if self.isRightToLeft() else Qt.Key.Key_Left)
        if key not in (*later, *earlier):
            return False
        place = self._buttons.index(button) + (1 if key in later else -1)
        target = self._buttons[place % len(self._buttons)]
        target.setFocus()
        target.click()
        return True

    def _clicked(self) -> None:
        sender = self.sender()
        if isinstance(sender, ChoiceButton):
            self.set_current(sender.choice.key)
            self.chosen.emit(sender.choice.key)

    def _rove(self) -> None:
        stop = next((button for button in self._buttons if button.isChecked()), None)
        for place, button in enumerate(self._buttons):
            is_stop = button is stop or (stop is None and place == 0)
            button.setFocusPolicy(Qt.FocusPolicy.StrongFocus if is_stop else Qt.FocusPolicy.ClickFocus)
        if self._buttons:
            self.setFocusProxy(stop or self._buttons[0])
        else:
            self.setFocusPolicy(Qt.FocusPolicy.NoFocus)


class ChipGroup(ChoiceGroup):
    """Loose chips that wrap to the next line where there is no room."""

    gap = 8

    def _make_layout(self) -> QLayout:
        return FlowLayout(gap=self.gap)

    def _shape_of(self, place: int, total: int) -> str:
        return "chip"


class Chips(ChipGroup):
    """Chips that stand a little closer, so that four times fit into a row."""

    gap = 6


class Segmented(ChoiceGroup):
    """Joined segments in one row; with `ticks` the taken one also shows a tick."""

    def _make_layout(self) -> QLayout:
        layout = columns(gap=0)
        layout.setSizeConstraint(QLayout.SizeConstraint.SetMinimumSize)
        layout.setAlignment(Qt.AlignmentFlag.AlignLeading)
        return layout

    def _shape_of(self, place: int, total: int) -> str:
        if total == 1:
            return "only"
        return "first" if place == 0 else "last" if place == total - 1 else "middle"
