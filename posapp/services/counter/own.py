"""A customer's own desk: record, history, bookings, check-in and orders of whoever is signed in alone.

No call takes a customer: the actor is the customer. Whatever number a request carries for somebody else means
nothing here, and says so in the words for a number that there is not.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from posapp.domain.base.actor import Actor, Permission
from posapp.domain.base.clock import wall_of
from posapp.domain.base.errors import DomainError
from posapp.domain.base.names import clean_name, clean_text
from posapp.domain.bookings.bookings import OVERRIDABLE, Booking, BookingStatus, Source
from posapp.domain.catalogue.items import Item, ItemKind
from posapp.domain.counter.kiosk import WHAT_LIMIT
from posapp.domain.customers.customers import Customer
from posapp.domain.selling.carts import Cart
from posapp.domain.selling.orders import HeldSale, OrderStatus
from posapp.services.bookings.agenda import DAYS_AHEAD, free_times
from posapp.services.bookings.booking_commands import MakeBooking
from posapp.services.bookings.bookings import follow, held_booking
from posapp.services.bookings.placing import insert_booking
from posapp.services.bookings.walk_ins import AddWalkIn, is_in_queue, join_queue
from posapp.services.catalogue.stock import find_item
from posapp.services.counter.own_reading import history_of, me_of, order_of, own_booking, own_customer
from posapp.services.counter.own_views import (
    AskBooking,
    Me,
    Offered,
    Order,
    OwnBooking,
    OwnDay,
    OwnHistory,
    OwnOrder,
    OwnService,
)
from posapp.services.selling.order_commands import Hold
from posapp.services.selling.orders import drop_sale, hold_sale, waiting_sale
from posapp.services.selling.owed import Taxes
from posapp.services.selling.pricing import pricing_of
from posapp.services.selling.ringing_up import item_line, priced_anew

if TYPE_CHECKING:
    from posapp.storage.unit_of_work import Store, UnitOfWork

MOST_BOOKINGS, MOST_LINES, MOST_PIECES = 3, 30, 20
"""Bookings to come that somebody makes alone; lines of an order, and pieces of one line."""
MOST_OFFERED, MOST_TIMES, LOOKED_AT = 200, 200, 400
_ORDERED = frozenset({ItemKind.GOODS, ItemKind.SERVICE})
"""Parts are for repairs."""
CHANGED_MIND = "Taken off at the kiosk"


class OwnDesk:
    """What a customer may see and do alone."""

    def __init__(self, store: "Store") -> None:
        self._store = store

    # -- looking -------------------------------------------------------------------------------------
    def me(self, actor: Actor) -> Me:
        """One's own page."""
        actor.require(Permission.OWN_READ)
        with self._store.look(actor, snapshot=True) as uow:
            return me_of(uow, own_customer(uow))

    def history(self, actor: Actor, mark: tuple[int, int, int] | None = None) -> OwnHistory:
        """One's own bookings, repairs, purchases and payments, the newest first."""
        actor.require(Permission.OWN_READ)
        with self._store.look(actor, snapshot=True) as uow:
            return history_of(uow, own_customer(uow).id, mark)

    def services(self, actor: Actor) -> list[OwnService]:
        """What a booking can be asked for."""
        actor.require(Permission.OWN_READ)
        with self._store.look(actor) as uow:
            own_customer(uow)
            found = uow.businesses.services()
            return [OwnService(one.id, one.name, one.minutes, one.price_minor) for one in found]

    def free_times(self, actor: Actor, service_id: int, day: date | None = None) -> list[OwnDay]:
        """The times that are free for a service within two weeks, day by day; nobody else's name is told."""
        actor.require(Permission.OWN_READ)
        with self._store.look(actor, snapshot=True) as uow:
            own_customer(uow)
            minutes = _service_minutes(uow, service_id)
            today = wall_of(uow.now, uow.businesses.get().time_zone).date()
            first = max(day or today, today)
            found = free_times(uow, first, minutes, None, limit=LOOKED_AT)
            days: dict[date, list[datetime]] = {}
            for one in found[:MOST_TIMES]:
                days.setdefault(one.starts.date(), []).append(one.starts)
            return [OwnDay(one, tuple(times)) for one, times in days.items()]

    def offered(self, actor: Actor) -> list[Offered]:
        """What can be ordered, at the prices of this customer: first what is asked for often."""
        actor.require(Permission.OWN_READ)
        with self._store.look(actor, snapshot=True) as uow:
            pricing = pricing_of(uow, own_customer(uow))
            quick = uow.items.quick()
            often = {one.id for one in quick}
            rest = uow.items.find("", with_archived=False, limit=MOST_OFFERED)
            found = [*quick, *(one for one in rest if one.id not in often)]
            return [
                Offered(
                    one.id,
                    one.sku,
                    one.name,
                    pricing.price_of(one),
                    one.kind is ItemKind.SERVICE,
                    one.id in often,
                )
                for one in found
                if _can_be_ordered(one)
            ]

    def orders(self, actor: Actor) -> list[OwnOrder]:
        """One's own orders that wait at the counter."""
        actor.require(Permission.OWN_READ)
        with self._store.look(actor, snapshot=True) as uow:
            customer = own_customer(uow)
            return [order_of(uow, one, customer) for one in uow.orders.waiting_of(customer.id)]

    # -- writing -------------------------------------------------------------------------------------
    def book(self, actor: Actor, command: AskBooking) -> OwnBooking:
        """Book a free time for oneself; never beyond capacity or hours, whoever is free first serves."""
        actor.require(Permission.OWN_WRITE)
        note = clean_text(command.note, WHAT_LIMIT, "note")
        with self._store.work(actor) as uow:
            customer = _held_self(uow)
            today = wall_of(uow.now, uow.businesses.get().time_zone).date()
            if command.starts.date() > today + timedelta(days=DAYS_AHEAD):
                raise DomainError("too_far_ahead", "Ask at the counter for a time so far ahead.")
            coming = uow.bookings.coming(customer.id, today, limit=MOST_BOOKINGS + 1)
            if len([one for one in coming if one.status.is_due]) >= MOST_BOOKINGS:
                raise DomainError(
                    "bookings_many",
                    f"You have {MOST_BOOKINGS} bookings already. Ask at the counter for more.",
                )
            wanted = MakeBooking(
                starts=command.starts.replace(fold=0),
                customer_id=customer.id,
                service_id=command.service_id,
                note=note,
                source=Source.KIOSK,
            )
            _service_minutes(uow, command.service_id)
            seen = own_booking(uow, _placed(uow, wanted, customer))
            uow.commit()
        return seen

    def check_in(self, actor: Actor, number: str = "") -> Me:
        """One's own booking of today has arrived; without one, or without a number, one joins the queue.

        Somebody who is here already is told nothing else.
        """
        actor.require(Permission.OWN_WRITE)
        with self._store.work(actor) as uow:
            customer = _held_self(uow)
            if number:
                _arrive(uow, _own(uow, customer, number))
            elif not is_in_queue(uow, customer.id):
                join_queue(uow, AddWalkIn(customer_id=customer.id))
            made = me_of(uow, customer)
            uow.commit()
        return made

    def order(self, actor: Actor, command: Order, more: Sequence[Order] = ()) -> OwnOrder:
        """Put things into one's own order, all or none, at the catalogue's prices; paid at the counter."""
        actor.require(Permission.OWN_WRITE)
        with self._store.work(actor) as uow:
            customer = _held_self(uow)
            waiting = _open_order(uow, customer)
            cart = priced_anew(uow, waiting.cart, customer) if waiting else Cart()
            for one in (command, *more):
                cart = _with(uow, cart, customer, one)
            made = hold_sale(
                uow,
                Hold(
                    cart=cart,
                    customer_id=customer.id,
                    held=waiting.reference if waiting else "",
                    source=Source.KIOSK,
                ),
            )
            seen = order_of(uow, made, customer)
            uow.commit()
        return seen

    def cancel_line(self, actor: Actor, reference: str, place: int) -> OwnOrder | None:
        """Take the line at a place (from 0) off one's own order; None once nothing is left of it."""
        actor.require(Permission.OWN_WRITE)
        with self._store.work(actor) as uow:
            customer = _held_self(uow)
            known = _open_order(uow, customer)
            if known is None or known.reference != reference.strip().upper():
                raise _no_order()
            if not 0 <= place < len(known.cart.lines):
                raise DomainError("line_unknown", "This is no longer in your order.", field="line")
            cart = known.cart.without(place)
            if not cart.lines:
                drop_sale(uow, known, CHANGED_MIND)
                uow.commit()
                return None
            made = hold_sale(uow, Hold(cart=cart, customer_id=customer.id, held=known.reference))
            seen = order_of(uow, made, customer)
            uow.commit()
        return seen


# -- inside a transaction ------------------------------------------------------------------------------
def _held_self(uow: "UnitOfWork") -> Customer:
    """The customer who acts, kept from other tills until this transaction ends."""
    uow.customers.hold(own_customer(uow).id)
    return own_customer(uow)


def _own(uow: "UnitOfWork", customer: Customer, number: str) -> Booking:
    """A booking of the customer, held; somebody else's is as unknown as none."""
    mine = {
        one.number: one
        for one in uow.bookings.coming(
            customer.id, wall_of(uow.now, uow.businesses.get().time_zone).date(), limit=LOOKED_AT
        )
    }
    known = mine.get(number.strip().upper())
    if known is None:
        raise DomainError("booking_unknown", f"There is no booking {number.strip()[:20]}.", field="number")
    return held_booking(uow, known.number)


def _placed(uow: "UnitOfWork", wanted: MakeBooking, customer: Customer) -> Booking:
    try:
        return insert_booking(uow, wanted, customer, None)
    except DomainError as refused:
        if refused.code not in OVERRIDABLE:
            raise
        raise DomainError(  # who or what takes it is not for everybody
            refused.code, "This time is not free. Choose another one.", field="starts"
        ) from refused


def _arrive(uow: "UnitOfWork", booking: Booking) -> None:
    if booking.status.is_here:
        return
    if not booking.status.is_due or not own_booking(uow, booking).is_near:
        raise DomainError("not_yet", "It is not yet time for this booking. Ask at the counter.")
    follow(uow, booking, BookingStatus.ARRIVED, "")


def _service_minutes(uow: "UnitOfWork", service_id: int) -> int:
    found = next((one.minutes for one in uow.businesses.services() if one.id == service_id), None)
    if found is None:
        raise DomainError("service_unknown", "Choose a service.", field="service")
    return found


def _can_be_ordered(item: Item) -> bool:
    """Goods and services that have a price and are there; parts are for repairs."""
    return not item.is_archived and item.kind in _ORDERED and item.price_minor > 0 and item.free > 0


def _item(uow: "UnitOfWork", command: Order) -> Item:
    found = (
        uow.items.get(command.item_id)
        if command.item_id is not None
        else find_item(uow, clean_name(command.sku))
    )
    if found is None or not _can_be_ordered(found):
        raise DomainError("item_unknown", "This cannot be ordered here. Ask at the counter.", field="item")
    return found


def _open_order(uow: "UnitOfWork", customer: Customer) -> HeldSale | None:
    """What the customer put together before; a till may have it in hand, then nothing is added."""
    own = [one for one in uow.orders.waiting_of(customer.id) if one.is_from_kiosk]
    if not own:
        return None
    held = waiting_sale(uow, own[0].reference)
    if held.customer_id != customer.id or not held.is_from_kiosk:
        raise _no_order()
    if held.status is OrderStatus.OPEN:
        raise DomainError("order_in_hand", "Your order is being rung up at the counter.")
    return held


def _no_order() -> DomainError:
    return DomainError("order_unknown", "There is no such order of yours.", field="order")


def _with(uow: "UnitOfWork", cart: Cart, customer: Customer, command: Order) -> Cart:
    item = _item(uow, command)
    if not 1 <= command.quantity <= MOST_PIECES:
        raise DomainError("quantity_invalid", f"Choose between 1 and {MOST_PIECES}.", field="quantity")
    taxes = Taxes(uow, uow.businesses.get().day_of(uow.now))
    line = replace(item_line(item, pricing_of(uow, customer), taxes), quantity=command.quantity)
    cart = cart.with_line(line)
    _refuse_too_much(cart, item)
    return cart


def _refuse_too_much(cart: Cart, item: Item) -> None:
    pieces = sum(one.quantity for one in cart.lines if one.item_id == item.id)
    if len(cart.lines) > MOST_LINES or pieces > MOST_PIECES:
        raise DomainError("order_full", "This is all that can be ordered here. Ask at the counter for more.")
    if pieces > item.free:
        raise DomainError("item_short", f"There are {item.free} of {item.name}.", field="quantity")
