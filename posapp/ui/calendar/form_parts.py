"""Parts of the booking form: the card around it, the service, and what happens to the slip."""

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from posapp.ui.fields import ComboField
from posapp.ui.layout import STRETCH, columns, held, put, rows, wide
from posapp.ui.theme import theme
from posapp.ui.widgets.buttons import button
from posapp.ui.widgets.cards import Card
from posapp.ui.widgets.choices import Choice, Segmented
from posapp.ui.widgets.labels import label, line
from posapp.ui.widgets.scroll import Scroller
from posapp.ui.wording import Wording, shown_minutes

if TYPE_CHECKING:
    from posapp.domain.shop.businesses import Service
    from posapp.till_settings import SlipOutput
    from posapp.ui.session import Session


class FormFrame(Card):
    """Title and number above, `fields` that scroll, and buttons (`foot`) that never do."""

    def __init__(self, title: str) -> None:
        super().__init__(title)
        self.number = label("", "body", tone="text2")
        self.clear = button(self.tr("Clear"), kind="quiet", size="s")
        self.clear.setAccessibleName(self.tr("Clear the form"))
        put(self.head, self.number, self.clear)
        self.clear.hide()
        self.fields, self.foot = rows(gap=10), rows(gap=8, pad=(16, 10))
        self.area = Scroller(held(self.fields))
        self.area.verticalScrollBar().rangeChanged.connect(self._make_room)
        put(self.body, wide(self.area), line(), held(self.foot))
        self._make_room(0, 0)

    def _make_room(self, _least: int, most: int) -> None:
        """The scroll bar stands in the margin, so that no field gets narrower by it."""
        px = theme().px
        self.fields.setContentsMargins(px(16), px(10), px(4 if most else 16), px(12))


class ServiceField(ComboField):
    """Tells by `taken` whenever a service was chosen, by keys, mouse or its first letters."""

    taken = Signal()

    def __init__(self, wording: Wording) -> None:
        super().__init__("service", "", editable=True)
        self.label.setText(self.tr("Service"))
        self.combo.setAccessibleName(self.tr("Service"))
        self._wording = wording
        self._services: tuple[Service, ...] = ()
        self.combo.activated.connect(self._take)
        self.committed.connect(self._take)

    def set_services(self, services: "Sequence[Service]") -> None:
        """Offer those that are not put away."""
        self._services = tuple(one for one in services if not one.is_archived)
        self.combo.blockSignals(True)
        self.set_choices([(one.id, one.name) for one in self._services])
        self.combo.blockSignals(False)
        self.show_price()

    @property
    def first(self) -> "Service | None":
        """What most come for."""
        return self._services[0] if self._services else None

    def service(self) -> "Service | None":
        """The service that is named, None while it is none."""
        key = self.value() if self.problem() is None else None
        return next((one for one in self._services if one.id == key), None)

    def take(self, service_id: int | None) -> None:
        """Show this one."""
        self.choose(service_id)
        self.show_price()

    def show_price(self) -> None:
        """Length and price beside the label."""
        service = self.service()
        if service is None:
            self.aside.setText("")
            return
        price = self.tr("price on inspection")
        if service.price_minor is not None:
            price = self._wording.price(service.price_minor)
        self.aside.setText(f"{shown_minutes(service.minutes)} · {price}")

    def _take(self, _row: object = None) -> None:
        self.show_price()
        self.taken.emit()


class SlipChoice(QWidget):
    """Whether the slip is printed, kept as a PDF, or nothing after saving; remembered by this till."""

    def __init__(self, session: "Session") -> None:
        super().__init__()
        self._session = session
        self.choice = Segmented(name=self.tr("Slip"))
        words = (("print", self.tr("Print")), ("pdf", self.tr("PDF")), ("none", self.tr("None")))
        self.choice.set_choices([Choice(*one) for one in words], session.till.slip_output)
        self.choice.chosen.connect(self._keep)
        title = label(self.tr("Slip"), "small", tone="text2", weight=500)
        columns(title, self.choice, STRETCH, gap=12, host=self)

    def refresh(self) -> None:
        """Settings of this till may have changed."""
        self.choice.set_current(self._session.till.slip_output)

    def _keep(self, output: str) -> None:
        till = self._session.till
        self._session.save_till(replace(till, slip_output=cast("SlipOutput", output)))
