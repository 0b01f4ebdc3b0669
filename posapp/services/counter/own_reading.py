"""What a customer sees of their own, put together inside a transaction."""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from posapp.domain.base.clock import wall_of
from posapp.domain.base.errors import DomainError
from posapp.domain.bookings.bookings import WORDS as BOOKING_WORDS
from posapp.domain.bookings.bookings import Booking
from posapp.domain.customers.customers import Customer
from posapp.domain.repairs.steps import progress_of, said_of
from posapp.domain.repairs.tickets import BoardCard, TicketState
from posapp.domain.selling.orders import HeldSale, OrderStatus
from posapp.services.bookings.walk_ins import is_in_queue
from posapp.services.counter.hand_back import owing_of
from posapp.services.counter.own_views import (
    Me,
    OwnBooking,
    OwnDevice,
    OwnEvent,
    OwnHistory,
    OwnKind,
    OwnLine,
    OwnOrder,
)
from posapp.services.counter.timeline import Event, EventKind, page_of
from posapp.services.customers.customers import require_customer
from posapp.services.repairs.ticket_steps import require_ticket
from posapp.services.selling.pricing import pricing_of

if TYPE_CHECKING:
    from posapp.storage.unit_of_work import UnitOfWork

COMING = 10
NEAR_BEFORE, NEAR_AFTER = timedelta(minutes=60), timedelta(minutes=30)
"""From when to when around its time a booking can say "I am here"."""
_TOLD = {
    EventKind.BOOKING: OwnKind.BOOKING,
    EventKind.TICKET: OwnKind.REPAIR,
    EventKind.ORDER: OwnKind.PURCHASE,
    EventKind.PAYMENT: OwnKind.PAYMENT,
}
_ORDER_WORDS = {
    "paid": "Paid",
    "part paid": "Paid in part",
    "on account": "On account",
    "refunded": "Given back",
    "refund": "Given back",
    "void": "Cancelled",
}
_TENDERS = {
    "cash": "Cash",
    "card": "Card",
    "transfer": "Transfer",
    "giftcard": "Gift card",
    "credit": "Credit",
    "deposit": "Deposit",
}


def own_customer(uow: "UnitOfWork") -> Customer:
    """The customer who acts; refuses whoever acts as none."""
    key = uow.actor.customer_id
    if key is None:
        raise DomainError("not_a_customer", "Only a customer who is signed in has a page of their own.")
    customer = require_customer(uow, key)
    is_merged = customer.id != key  # what the other one has is told after signing in as that one
    if is_merged or customer.archived_at is not None or customer.erased_at is not None:
        raise DomainError("customer_unknown", "Ask at the counter.")
    return customer


def me_of(uow: "UnitOfWork", customer: Customer) -> Me:
    """One's own page."""
    business = uow.businesses.get()
    now = wall_of(uow.now, business.time_zone)
    states = uow.tickets.states_by_id
    cards = uow.board.here_of_customer(customer.id)
    facts = uow.facts.of_customer(customer.id)
    coming = uow.bookings.coming(customer.id, now.date(), limit=COMING)
    return Me(
        customer.pl_id,
        customer.name.partition(" ")[0],
        customer.name,
        tuple(line.number.shown(business.region) for line in customer.current_phones),
        max(facts.debt_minor, 0) + _owed_for_ready(uow, cards, states),
        max(facts.credit_minor, 0),
        tuple(_device(uow, card, states[card.state_id]) for card in _ready_first(cards, states)),
        tuple(own_booking(uow, one) for one in coming if one.status.is_pending),
        tuple(order_of(uow, one, customer) for one in uow.orders.waiting_of(customer.id)),
        is_in_queue(uow, customer.id),
        now,
        business.currency,
        business.locale,
        facts.balance_minor,
    )


def _ready_first(cards: list[BoardCard], states: dict[int, TicketState]) -> list[BoardCard]:
    return sorted(cards, key=lambda one: -progress_of(states[one.state_id]).step)


def _owed_for_ready(uow: "UnitOfWork", cards: list[BoardCard], states: dict[int, TicketState]) -> int:
    """What is to be brought for the devices that can be collected, deposits taken off."""
    ready: dict[str, list[int]] = {}
    for card in cards:
        if progress_of(states[card.state_id]).is_ready:
            ready.setdefault(card.number, []).append(card.position)
    return sum(
        owing_of(uow, require_ticket(uow, number), tuple(places)).left_minor
        for number, places in ready.items()
    )


def _device(uow: "UnitOfWork", card: BoardCard, state: TicketState) -> OwnDevice:
    zone = uow.businesses.get().time_zone
    return OwnDevice(
        card.number,
        card.kind,
        card.device,
        card.fault,
        progress_of(state),
        wall_of(card.due, zone) if card.due is not None else None,
        card.about_minor,
        card.price_minor is not None,
    )


def own_booking(uow: "UnitOfWork", booking: Booking) -> OwnBooking:
    """A booking as its customer sees it."""
    now = uow.now
    is_due = booking.status.is_due
    return OwnBooking(
        booking.number,
        booking.wall_start,
        booking.minutes,
        booking.service,
        booking.resource,
        is_due,
        is_due and booking.starts - NEAR_BEFORE <= now <= booking.ends + NEAR_AFTER,
        booking.mark(uow.businesses.get().time_zone),
    )


def order_of(uow: "UnitOfWork", held: HeldSale, customer: Customer) -> OwnOrder:
    """An order that waits, as its customer sees it."""
    sums = held.cart.sums(pricing_of(uow, customer).rules)
    lines = tuple(
        OwnLine(line.text, line.quantity, amounts.gross_minor, line.sku, sum(amounts.tax_minor))
        for line, amounts in zip(held.cart.lines, sums.lines, strict=True)
    )
    return OwnOrder(held.reference, lines, sums.total_minor, held.status is OrderStatus.OPEN, sums.tax_minor)


def history_of(uow: "UnitOfWork", customer_id: int, mark: tuple[int, int, int] | None) -> OwnHistory:
    """One's own entries in words for customers."""
    business = uow.businesses.get()
    page = page_of(uow, customer_id, kinds=frozenset(_TOLD), mark=mark)
    events = tuple(_own_event(one, wall_of(one.at, business.time_zone)) for one in page.events)
    return OwnHistory(events, page.next_mark, business.currency, business.locale)


def _own_event(event: Event, at: datetime) -> OwnEvent:
    kind = _TOLD[event.kind]
    said, title, when = "", event.title, at
    if event.status is not None:
        said, when = BOOKING_WORDS[event.status], event.wall_start or at
    elif event.state is not None:
        said = said_of(event.state)
    elif event.kind is EventKind.PAYMENT:
        title, said = _TENDERS.get(event.word, ""), event.order
    else:
        said = _ORDER_WORDS.get(event.word, "")
    return OwnEvent(kind, event.number, when, title, said, event.price_minor)
