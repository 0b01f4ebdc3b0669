"""What is to be done: the shop's services by name, with how long each takes and what it costs."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal

from posapp.ui.fields import ComboField
from posapp.ui.wording import Wording, shown_minutes

if TYPE_CHECKING:
    from posapp.domain.shop.businesses import Service


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
