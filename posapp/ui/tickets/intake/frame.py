"""How the intake is laid out: the device on the left, customer and promise on the right, buttons below."""

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from posapp.ui.customers.tab_order import chain
from posapp.ui.fields import Form
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
        self._lay_out()

    def _lay_out(self) -> None:
        px = theme().px
        self.customer.join(self)
        self.device.join(self)
        self.promise.join(self)
        left = Card()
        left.body.addWidget(self.strip)
        self.area = Scroller(self.device)
        left.body.addWidget(self.area, 1)
        left.body.addWidget(line())
        left.body.addWidget(self._device_foot())
        self._right = QWidget()
        right = QVBoxLayout(self._right)
        right.setContentsMargins(0, 0, 0, 0)
        right.setSpacing(px(12))
        right.addWidget(self.customer)
        self.promise.body.addWidget(Scroller(self.promise.lay_out()), 1)
        self.promise.body.addWidget(line())
        self.promise.body.addWidget(self._foot())
        right.addWidget(self.promise, 1)
        row = QHBoxLayout(self)
        row.setContentsMargins(px(16), px(16), px(16), px(16))
        row.setSpacing(px(16))
        row.addWidget(left, 1)
        row.addWidget(self._right)
        self.set_compact(False)

    def _device_foot(self) -> QWidget:
        px = theme().px
        host = QWidget()
        row = QHBoxLayout(host)
        row.setContentsMargins(px(8), px(4), px(16), px(4))
        self.another = button(
            self.tr("Add another device"), kind="quiet", size="s", icon="plus", key="Ctrl+D"
        )
        row.addWidget(self.another)
        row.addStretch(1)
        return host

    def _foot(self) -> QWidget:
        px = theme().px
        host = QWidget()
        foot = QVBoxLayout(host)
        foot.setContentsMargins(px(15), px(10), px(15), px(12))
        foot.setSpacing(px(8))
        save = button(self.tr("Check in"), kind="primary", size="l", key="Ctrl+Return")
        self.cancel = button(self.tr("Cancel"), size="l", key="Esc", run=self.cancelled.emit)
        self.set_save_button(save)
        row = QHBoxLayout()
        row.setSpacing(px(8))
        row.addWidget(save, 1)
        row.addWidget(self.cancel)
        foot.addWidget(self.summary)
        foot.addLayout(row)
        return host

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
            device.passcode,
            device.passcode.eye,
            device.fault,
            *device.faults.stops(),
            device.rest,
            device.condition,
            *device.left.stops(),
            device.left_too,
            *device.photos.stops(),
            self.another,
            *self.promise.stops(),
        ]
        if self.save_button is not None:
            stops.append(self.save_button)
        stops.append(self.cancel)
        chain(stops)
