"""How the intake is laid out: the device on the left, customer and promise on the right, buttons below."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QWidget

from posapp.domain.repairs.devices import DeviceKind
from posapp.ui.fields import Form
from posapp.ui.focus_filter import focused
from posapp.ui.layout import STRETCH, columns, held, put, rows, wide
from posapp.ui.record.draft_bar import DraftBar
from posapp.ui.tab_order import chain, stops_in
from posapp.ui.theme import theme
from posapp.ui.tickets.intake.choices import ICONS, kind_words
from posapp.ui.tickets.intake.customer_panel import CustomerPanel
from posapp.ui.tickets.intake.device_panel import DevicePanel
from posapp.ui.tickets.intake.draft import DeviceDraft
from posapp.ui.tickets.intake.promise_panel import PromisePanel
from posapp.ui.widgets.buttons import button
from posapp.ui.widgets.cards import Card
from posapp.ui.widgets.choices import Chips, Choice
from posapp.ui.widgets.labels import line
from posapp.ui.widgets.scroll import Scroller
from posapp.ui.wording import Wording

_RIGHT, _RIGHT_COMPACT, _BESIDE = 404, 328, 66
"""Widths of the right side, and of the gaps, frames and bars around both."""
_ANY_WIDTH = (1 << 24) - 1


class DeviceStrip(QWidget):
    """The devices of one ticket, side by side; says which is wanted, and that the one in front is taken off.

    Hidden while there is only one.
    """

    chosen = Signal(int)
    remove_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.chips = Chips(name=self.tr("Devices on this ticket"))
        self.chips.chosen.connect(lambda key: self.chosen.emit(int(key)))
        self.remove = button(self.tr("Take off"), kind="quiet", size="s", icon="x")
        self.remove.setAccessibleName(self.tr("Take this device off the ticket"))
        self.remove.clicked.connect(self.remove_asked)
        rows(columns(wide(self.chips), self.remove, pad=(16, 8, 12, 8)), line(), gap=0, host=self)
        self.hide()

    def show_devices(self, devices: Sequence[DeviceDraft], at: int) -> None:
        """Show these, the one at `at` in front."""
        self.setVisible(len(devices) > 1)
        kinds = [DeviceKind(one.kind) for one in devices]
        words = [one.name or kind_words(kind) for one, kind in zip(devices, kinds, strict=True)]
        choices = [
            Choice(str(row), f"{row + 1}  {text}"[:34], ICONS[kind])
            for row, (text, kind) in enumerate(zip(words, kinds, strict=True))
        ]
        self.chips.set_choices(choices, str(at))

    def stops(self) -> list[QWidget]:
        """Where Tab stops."""
        return [self.chips, self.remove]


class IntakeFrame(Form):
    """The parts in their places; both sides scroll where there is no room, the buttons never do."""

    cancelled = Signal()

    def __init__(self, wording: Wording) -> None:
        super().__init__()
        self.customer = CustomerPanel(wording, self)
        self.who = self.customer.who
        self.device = DevicePanel(self)
        self.promise = PromisePanel(wording, self)
        self.strip = DeviceStrip()
        self.draft_bar = DraftBar(self)
        self._lay_out()

    def _lay_out(self) -> None:
        left = Card()
        self.area = Scroller(self.device)
        more = self.tr("Add another device")
        self.another = button(more, kind="quiet", size="s", icon="plus", key="Ctrl+D")
        foot = columns(self.another, STRETCH, pad=(8, 4, 16, 4))
        put(left.body, self.strip, wide(self.area), self.draft_bar, line(), held(foot))
        self._promised, self._buttons_below = Scroller(self.promise.lay_out()), self._foot()
        self._promised.verticalScrollBar().rangeChanged.connect(self._fit_promised)
        put(self.promise.body, wide(self._promised), line(), self._buttons_below)
        self._right_rows = rows(self.customer, wide(self.promise), gap=12)
        self._right = held(self._right_rows)
        self._sides = columns(wide(left), self._right, gap=16, pad=16)
        self._both, self._around = held(self._sides), Scroller(QWidget())
        self._all = rows(wide(self._both), wide(self._around), gap=0, host=self)
        self._around.hide()
        self._is_stacked = False
        self.set_compact(False)

    def _fit_promised(self, _least: int, most: int) -> None:
        """The scroll bar stands in the margin, so that no field gets narrower by it."""
        px, content = theme().px, self._promised.widget()
        layout = content.layout() if content is not None else None
        if layout is not None:
            layout.setContentsMargins(px(15), px(12), px(4 if most else 15), px(10))

    def _foot(self) -> QWidget:
        self.save = button(self.tr("Check in"), kind="primary", size="l", key="Ctrl+Return")
        self.without = button(self.tr("Check in without deposit"), size="l")
        self.cancel = button(self.tr("Cancel"), size="l", key="Esc", run=self.cancelled.emit)
        self.set_save_button(self.save)
        self._buttons = columns(wide(self.save), columns(wide(self.without), self.cancel, gap=8), gap=8)
        self.show_deposit("")
        return held(rows(self.summary, self._buttons, gap=8, pad=(15, 10, 15, 12)))

    def show_deposit(self, price: str) -> None:
        """What the buttons do: with a deposit one takes it, and another checks in without it."""
        take = self.tr("Check in and take {price}").format(price=price)
        self.save.setText(take if price else self.tr("Check in"))
        self.without.setVisible(bool(price))
        below, beside = QBoxLayout.Direction.TopToBottom, QBoxLayout.Direction.LeftToRight
        self._buttons.setDirection(below if price else beside)

    def set_compact(self, is_compact: bool) -> None:
        """In a narrow window the right column is narrower; both sides scroll, the buttons never do."""
        self._right_width = theme().px(_RIGHT_COMPACT if is_compact else _RIGHT)
        self.device.set_compact(is_compact)
        self._stack(self._is_stacked)
        self.customer.change.set_key("" if is_compact else "F2")
        self.cancel.set_key("" if is_compact else "Esc")

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where both sides have no room beside each other, they stand below each other and scroll as one."""
        super().resizeEvent(event)
        needed = self.device.minimumSizeHint().width() + self._right_width + theme().px(_BESIDE)
        if (is_stacked := self.width() < needed) != self._is_stacked:
            self._stack(is_stacked)

    def _stack(self, is_stacked: bool) -> None:
        now = focused()
        self._is_stacked = is_stacked
        below, beside = QBoxLayout.Direction.TopToBottom, QBoxLayout.Direction.LeftToRight
        self._sides.setDirection(below if is_stacked else beside)
        # Who it is comes first; the buttons stand below what scrolls.
        (self._sides if is_stacked else self._right_rows).insertWidget(0, self.customer)
        if is_stacked:
            self._around.setWidget(self._both)
        elif self._around.widget() is self._both:
            self._all.insertWidget(0, self._around.takeWidget(), 1)
        self._around.setVisible(is_stacked)
        (self._all if is_stacked else self.promise.body).addWidget(self._buttons_below)
        for scroller in (self.area, self._promised):
            scroller.show_whole(is_whole=is_stacked)
        self._right.setMinimumWidth(0 if is_stacked else self._right_width)
        self._right.setMaximumWidth(_ANY_WIDTH if is_stacked else self._right_width)
        for part in (self._both, self.customer, self._buttons_below):
            part.show()
        if now is not None and self.isAncestorOf(now):
            now.setFocus()

    def order_tabs(self) -> None:
        """Tab: who, what, what is wrong, what was promised."""
        first = (*self.customer.stops(), *self.strip.stops(), *self.device.stops())
        last = (self.another, *self.promise.stops(), self.save, self.without, self.cancel)
        chain((*first, *stops_in(self.draft_bar), *last))
