"""The states of the shop in fixed places: where the device is, most likely goes, and cannot go."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from posapp.domain.repairs.tickets import Job, StateMap, TicketState, likely_next, move_objection
from posapp.ui.icons import paint_icon
from posapp.ui.layout import columns, refill, sides
from posapp.ui.theme import theme
from posapp.ui.tickets.looks import ticket_look
from posapp.ui.widgets.paint import box, cut, draw_key_cap, draw_text, key_cap_width

_HEIGHT, _ICON, _SIDE, _GAP = 44, 18, 14, 10
_LEAST = 96


class StateButton(QAbstractButton):
    """One state: outlined where the device is, filled where it most likely goes, quiet where it cannot go."""

    def __init__(self, state: TicketState, number: int) -> None:
        super().__init__()
        self.state, self.number = state, number
        self.look = ticket_look(state)
        self.is_current = self.is_likely = False
        self.reason = ""
        """Why the device cannot go there now."""
        self.setText(state.name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_state(self, *, is_current: bool, is_likely: bool, reason: str) -> None:
        """What the state is to the device now."""
        self.is_current, self.is_likely, self.reason = is_current, is_likely, reason
        said = self.tr("{state}, now") if is_current else "{state}"
        self.setAccessibleName(said.format(state=self.state.name))
        self.setAccessibleDescription(reason or str(self.number))
        self.setToolTip(reason or self.state.name)
        self.update()

    def sizeHint(self) -> QSize:
        """Room for icon, words and key."""
        px = theme().px
        words = theme().metrics("field", 600).horizontalAdvance(self.text())
        width = 2 * px(_SIDE) + px(_ICON) + 2 * px(_GAP) + words + key_cap_width(str(self.number))
        return QSize(width, px(_HEIGHT))

    def minimumSizeHint(self) -> QSize:
        """In a narrow window the key gives way first, then the end of the words."""
        return QSize(theme().px(_LEAST), theme().px(_HEIGHT))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter presses, as on every button."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            if not event.isAutoRepeat():
                self.click()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Frame, icon in the colour of the state, words, key."""
        look, px = theme(), theme().px
        painter = QPainter(self)
        self._paint_frame(painter)
        has_key = self.width() >= self.sizeHint().width()
        cap = key_cap_width(str(self.number)) if has_key else 0
        side = px(_SIDE if has_key else 8)
        x: float = side
        paint_icon(
            painter,
            self.look.icon,
            self._at(x, px(_ICON)),
            (self.height() - px(_ICON)) / 2,
            px(_ICON),
            self._ink(),
        )
        x += px(_ICON) + px(_GAP if has_key else 6)
        font = look.font("field", 500 if self.reason else 600)
        words = cut(self.text(), font, self.width() - x - side - (cap + px(6) if cap else 0))
        width = look.metrics("field", 500 if self.reason else 600).horizontalAdvance(words)
        draw_text(painter, self._at(x, width), self.height() / 2, words, font, self._words_ink())
        if cap:
            at = self._at(self.width() - side - cap, cap)
            draw_key_cap(painter, at, self.height() / 2, str(self.number), on_fill=self.is_likely)
        painter.end()

    def _paint_frame(self, painter: QPainter) -> None:
        tokens, rect, radius = theme().tokens, QRectF(self.rect()), theme().px(8)
        pressed = self.isDown() or self.underMouse()
        if self.is_current:
            box(painter, rect, radius, tokens.primary_soft, tokens.primary, 2)
        elif self.is_likely:
            box(painter, rect, radius, tokens.hover if pressed else tokens.fill)
        elif self.reason:
            box(painter, rect, radius, tokens.surface, tokens.border)
        else:
            box(painter, rect, radius, tokens.sunken if pressed else tokens.surface, tokens.control)

    def _ink(self) -> QColor:
        tokens = theme().tokens
        if self.is_likely:
            return tokens.on_fill
        if self.is_current:
            return tokens.primary
        return tokens.text3 if self.reason else self.look.colours(tokens)[1]

    def _words_ink(self) -> QColor:
        tokens = theme().tokens
        if self.is_likely or self.is_current:
            return self._ink()
        return tokens.text3 if self.reason else tokens.text

    def _at(self, x: float, width: float) -> float:
        return self.width() - x - width if self.isRightToLeft() else x


class StatesRow(QWidget):
    """The open states in the order of the shop, in two rows where there is no room for one; `chosen` also
    comes by number.
    """

    chosen = Signal(object)  # TicketState
    refused = Signal(str)  # why not

    def __init__(self) -> None:
        super().__init__()
        self._halves = columns(gap=8), columns(gap=8)
        self._row = sides(*self._halves, gap=8, host=self)
        self.buttons: list[StateButton] = []

    def show_job(self, states: StateMap, job: Job, *, needs_check: bool) -> None:
        """Where this device is and may go."""
        shown = [one for one in states.states if not one.is_archived and not one.group.is_over]
        if [button.state for button in self.buttons] != shown:
            self._make(shown)
        likely = likely_next(states, job, needs_check=needs_check)
        for button in self.buttons:
            state = button.state
            is_current = state.id == job.state.id
            reason = "" if is_current else move_objection(states, job, state, needs_check=needs_check)
            button.show_state(is_current=is_current, is_likely=state == likely, reason=reason)

    def _make(self, states: Sequence[TicketState]) -> None:
        self.buttons = [StateButton(state, number) for number, state in enumerate(states, start=1)]
        for made in self.buttons:
            made.clicked.connect(lambda _checked=False, made=made: self._press(made))
        middle = (len(self.buttons) + 1) // 2
        halves = self.buttons[:middle], self.buttons[middle:]
        for place, (row, half) in enumerate(zip(self._halves, halves, strict=True)):
            refill(row, half)
            self._row.setStretch(place, len(half))

    def choose(self, number: int) -> bool:
        """The state of that number; False without one."""
        if not 1 <= number <= len(self.buttons):
            return False
        self._press(self.buttons[number - 1])
        return True

    def _press(self, button: StateButton) -> None:
        if button.is_current:
            return
        if button.reason:
            self.refused.emit(button.reason)
        else:
            self.chosen.emit(button.state)
