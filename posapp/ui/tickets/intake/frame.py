"""How the intake is laid out: the device on the left, customer and promise on the right, buttons below."""

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from posapp.ui.customers.tab_order import chain, stops_in
from posapp.ui.fields import Form
from posapp.ui.layout import STRETCH, columns, held, put, rows, wide
from posapp.ui.record.draft_bar import DraftBar
from posapp.ui.theme import theme
from posapp.ui.tickets.intake.customer_panel import CustomerPanel
from posapp.ui.tickets.intake.device_panel import DevicePanel
from posapp.ui.tickets.intake.promise_panel import PromisePanel
from posapp.ui.tickets.intake.strip import DeviceStrip
from posapp.ui.widgets.buttons import button
from posapp.ui.widgets.cards import Card
from posapp.ui.widgets.labels import line
from posapp.ui.widgets.scroll import Scroller
from posapp.ui.wording import Wording

_RIGHT, _RIGHT_COMPACT = 404, 328


class IntakeFrame(Form):
    """The parts in their places; both sides scroll where there is no room, the buttons never do."""

    cancelled = Signal()

    def __init__(self, wording: Wording, now: Callable[[], datetime]) -> None:
        super().__init__()
        self.customer = CustomerPanel(wording)
        self.who = self.customer.who
        self.device = DevicePanel()
        self.promise = PromisePanel(wording, now)
        self.strip = DeviceStrip()
        self.draft_bar = DraftBar(self)
        self._lay_out()

    def _lay_out(self) -> None:
        self.customer.join(self)
        self.device.join(self)
        self.promise.join(self)
        left = Card()
        self.area = Scroller(self.device)
        put(left.body, self.strip, wide(self.area), self.draft_bar, line(), self._device_foot())
        put(self.promise.body, wide(Scroller(self.promise.lay_out())), line(), self._foot())
        self._right = held(rows(self.customer, wide(self.promise), gap=12))
        columns(wide(left), self._right, gap=16, pad=16, host=self)
        self.set_compact(False)

    def _device_foot(self) -> QWidget:
        self.another = button(
            self.tr("Add another device"), kind="quiet", size="s", icon="plus", key="Ctrl+D"
        )
        return held(columns(self.another, STRETCH, pad=(8, 4, 16, 4)))

    def _foot(self) -> QWidget:
        save = button(self.tr("Check in"), kind="primary", size="l", key="Ctrl+Return")
        self.cancel = button(self.tr("Cancel"), size="l", key="Esc", run=self.cancelled.emit)
        self.set_save_button(save)
        buttons = columns(wide(save), self.cancel, gap=8)
        return held(rows(self.summary, buttons, gap=8, pad=(15, 10, 15, 12)))

    def set_compact(self, is_compact: bool) -> None:
        """In a narrow window the right column is narrower; both sides scroll, the buttons never do."""
        self._right.setFixedWidth(theme().px(_RIGHT_COMPACT if is_compact else _RIGHT))
        self.device.set_compact(is_compact)
        self.customer.change.set_key("" if is_compact else "F2")

    def order_tabs(self) -> None:
        """Tab: who, what, what is wrong, what was promised."""
        device = self.device
        stops: list[QWidget] = [
            *self.customer.stops(),
            *self.strip.stops(),
            device.kinds,
            device.make,
            device.model,
            device.mark,
            device.reason,
            *stops_in(device.notice),
            device.passcode,
            device.fault,
            *device.faults.stops(),
            device.rest,
            device.condition,
            *device.left.stops(),
            device.left_too,
            *device.photos.stops(),
            *stops_in(self.draft_bar),
            self.another,
            *self.promise.stops(),
        ]
        if self.save_button is not None:
            stops.append(self.save_button)
        stops.append(self.cancel)
        chain(stops)
