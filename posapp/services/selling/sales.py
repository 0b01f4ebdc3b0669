"""A sale on its way, inside the transaction that completes it."""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from posapp.domain.bookings.bookings import Booking
from posapp.domain.catalogue.items import Item
from posapp.domain.customers.customers import Customer
from posapp.domain.repairs.tickets import Ticket
from posapp.domain.selling.carts import Cart
from posapp.services.selling.card_moves import Cards
from posapp.services.selling.order_commands import Sell
from posapp.services.selling.pricing import Pricing

if TYPE_CHECKING:
    from posapp.storage.unit_of_work import UnitOfWork


@dataclass(slots=True)
class Sale:
    """A sale on its way: what it holds and what it comes to."""

    uow: "UnitOfWork"
    command: Sell
    customer: Customer | None
    pricing: Pricing
    cart: Cart
    items: dict[int, Item]
    tickets: dict[str, Ticket]
    bookings: dict[str, Booking]
    cards: Cards
    codes: list[tuple[int, str]] = field(default_factory=list)

    @property
    def customer_id(self) -> int | None:
        """Whose it is."""
        return self.customer.id if self.customer else None

    def shown(self, minor: int) -> str:
        """An amount for a sentence."""
        return self.uow.businesses.get().shown(minor)
