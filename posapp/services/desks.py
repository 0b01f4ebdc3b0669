"""An open shop: its database with all desks, as `bootstrap` wires them."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from posapp.domain.base.actor import Actor
from posapp.domain.base.errors import DomainError

if TYPE_CHECKING:
    from posapp.services.base.changes import Changes
    from posapp.services.bookings.bookings import BookingDesk
    from posapp.services.bookings.walk_ins import WalkInDesk
    from posapp.services.care.upkeep import UpkeepDesk
    from posapp.services.counter.counter import CounterDesk
    from posapp.services.counter.search import SearchDesk
    from posapp.services.customers.customers import CustomerDesk
    from posapp.services.customers.phones import PhoneDesk
    from posapp.services.figures.history import HistoryDesk
    from posapp.services.papers.papers import PaperDesk
    from posapp.services.repairs.devices import DeviceDesk
    from posapp.services.repairs.estimates import EstimateDesk
    from posapp.services.repairs.informing import InformingDesk
    from posapp.services.repairs.loaners import LoanerDesk
    from posapp.services.repairs.parts import PartDesk
    from posapp.services.repairs.photos import PhotoDesk
    from posapp.services.repairs.ticket_states import TicketStateDesk
    from posapp.services.repairs.tickets import TicketDesk
    from posapp.services.repairs.uncollected import UncollectedDesk
    from posapp.services.shop.businesses import BusinessDesk
    from posapp.storage.unit_of_work import Store


@dataclass(frozen=True, slots=True)
class Shop:
    """An open database with its desks; `close` when done."""

    store: "Store"
    changes: "Changes"
    businesses: "BusinessDesk"
    customers: "CustomerDesk"
    phones: "PhoneDesk"
    bookings: "BookingDesk"
    papers: "PaperDesk"
    history: "HistoryDesk"
    search: "SearchDesk"
    tickets: "TicketDesk"
    estimates: "EstimateDesk"
    parts: "PartDesk"
    loaners: "LoanerDesk"
    devices: "DeviceDesk"
    photos: "PhotoDesk"
    informing: "InformingDesk"
    uncollected: "UncollectedDesk"
    ticket_states: "TicketStateDesk"
    walk_ins: "WalkInDesk"
    counter: "CounterDesk"
    upkeep: "UpkeepDesk"

    def actor(self, till: str, business: str = "") -> Actor:
        """The actor for a till in the business of that name, or in the only one there is."""
        found = self.businesses.all()
        chosen = [one for one in found if business in ("", one.name)]
        if not found:
            raise DomainError(
                "no_business", "There is no shop in this database yet. Set one up: posapp init."
            )
        if not chosen:
            raise DomainError(
                "business_unknown", f"There is no business “{business}” here.", field="business"
            )
        if len(chosen) > 1:
            names = [one.name for one in chosen]
            raise DomainError(
                "business_missing",
                f"Name one of the businesses: {', '.join(names)}.",
                field="business",
                names=names,
            )
        return Actor(chosen[0].id, till)

    def close(self) -> None:
        """Close every connection."""
        self.search.close()
        self.store.database.close()
