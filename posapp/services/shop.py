"""An open shop: its database with all desks, as `bootstrap` wires them."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from posapp.domain.actor import Actor
from posapp.domain.errors import DomainError

if TYPE_CHECKING:
    from posapp.services.bookings import BookingDesk
    from posapp.services.businesses import BusinessDesk
    from posapp.services.changes import Changes
    from posapp.services.counter_desk import CounterDesk
    from posapp.services.customers import CustomerDesk
    from posapp.services.devices import DeviceDesk
    from posapp.services.estimates import EstimateDesk
    from posapp.services.history import HistoryDesk
    from posapp.services.informing import InformingDesk
    from posapp.services.loaners import LoanerDesk
    from posapp.services.papers import PaperDesk
    from posapp.services.parts import PartDesk
    from posapp.services.phones import PhoneDesk
    from posapp.services.photos import PhotoDesk
    from posapp.services.search import SearchDesk
    from posapp.services.ticket_states import TicketStateDesk
    from posapp.services.tickets import TicketDesk
    from posapp.services.uncollected import UncollectedDesk
    from posapp.services.upkeep import UpkeepDesk
    from posapp.services.walk_ins import WalkInDesk
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
