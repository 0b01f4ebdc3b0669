"""The counter: what the front desk shows of a customer and of the day, each read in one snapshot."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from posapp.domain.base.actor import Actor, Permission
from posapp.domain.base.clock import wall_of
from posapp.domain.bookings.bookings import Booking, BookingStatus, next_due
from posapp.domain.bookings.walk_ins import QueueLine
from posapp.domain.counter.kiosk import Arrival
from posapp.domain.customers.customers import CustomerCard
from posapp.domain.repairs.waiting import FOR_OWNERS, DeviceHere, Waiting, device_here, devices_of_customer
from posapp.domain.selling.orders import HeldSale
from posapp.services.bookings.agenda import Agenda, FreeTime, agenda_of, free_times, usual_minutes
from posapp.services.bookings.days import DayAhead, days_ahead
from posapp.services.bookings.walk_ins import queue_of
from posapp.services.counter.hand_back import HandedBack, Owing, handed_back, owing_of
from posapp.services.counter.paying import Paying, paying_of
from posapp.services.counter.timeline import Event, EventKind, page_of, told_kinds
from posapp.services.customers.customers import COMING, facts_of, require_customer
from posapp.services.repairs.ticket_commands import HandBack
from posapp.services.repairs.ticket_states import settings_of
from posapp.services.repairs.ticket_steps import require_ticket
from posapp.services.selling.order_commands import Sell

if TYPE_CHECKING:
    from posapp.storage.unit_of_work import Store, UnitOfWork

EVENTS, DAYS, FREE_TIMES, WAITING_SHOWN = 20, 6, 10, 24
"""So many of each are read."""
_TOLD = frozenset(EventKind) - {EventKind.PAYMENT}
"""What the latest events are of; how far a sale is paid stands with it."""
_STEPS_LOOKED_AT = 64
"""So many quarter hours are looked through for one free time an hour."""


@dataclass(frozen=True, slots=True)
class AtCounter:
    """A customer at the counter: bookings to come (soonest first), latest other events, devices here.

    `day` is the shop's at the moment of reading; `orders` are those that the customer put together alone.
    """

    card: CustomerCard
    coming: tuple[Booking, ...]
    events: tuple[Event, ...]
    here: tuple[DeviceHere, ...]
    day: date
    orders: tuple[HeldSale, ...] = ()

    @property
    def next_booking(self) -> Booking | None:
        """The booking to come that the facts tell of."""
        return next_due(self.coming)

    def is_due(self, booking: Booking) -> bool:
        """Whether a booking is for today and its customer has yet to come."""
        return booking.status.is_due and booking.minutes_of(self.day) is not None


@dataclass(frozen=True, slots=True)
class Tally:
    """How the bookings of a day stand; `late` of those that are still to come are past their time."""

    all: int
    to_come: int
    late: int
    here: int
    done: int
    missed: int


@dataclass(frozen=True, slots=True)
class Day:
    """The day of the shop with the days after it, free times of the usual service, who and what waits."""

    day: date
    agenda: Agenda
    free: tuple[FreeTime, ...]
    minutes: int
    waiting: Waiting
    queue: tuple[QueueLine, ...]
    arrivals: tuple[Arrival, ...] = ()
    """Who came to the kiosk, is unknown here, and waits for a nod."""

    @property
    def bookings(self) -> list[Booking]:
        """What the day sees that was not cancelled, in order of time; last night's goes on in it."""
        kept = [one for one in self.agenda.bookings if one.status != BookingStatus.CANCELLED]
        return [one for one in kept if one.minutes_of(self.day)]

    @property
    def still_of_interest(self) -> list[Booking]:
        """Of these the ones that are not over: who is here, who is late, who is still to come."""
        return [one for one in self.bookings if not one.status.is_over]

    @property
    def tally(self) -> Tally:
        """How the bookings of the day stand by now."""
        bookings = self.bookings
        due = [one for one in bookings if one.status.is_due]
        return Tally(
            len(bookings),
            len(due),
            sum(one.starts < self.agenda.moment for one in due),
            sum(one.status.is_here for one in bookings),
            sum(one.status == BookingStatus.DONE for one in bookings),
            sum(one.status == BookingStatus.NO_SHOW for one in bookings),
        )

    @property
    def ahead(self) -> list[DayAhead]:
        """This day and those after it at a glance."""
        return days_ahead(self.agenda)

    @property
    def free_slot(self) -> str:
        """The number of a booking that nobody came for and whose time runs now, for the queue, or ""."""
        now = self.agenda.moment
        running = [one for one in self.bookings if one.starts <= now < one.ends]
        busy = {one.resource_id for one in running if one.status.takes_time}
        missed = [
            one for one in running if one.status == BookingStatus.NO_SHOW and one.resource_id not in busy
        ]
        return missed[0].number if missed else ""

    @property
    def longest_wait(self) -> int:
        """For how many days the device that waits longest has waited long, 0 if none does."""
        return max((one.days for one in self.waiting.first if one.waits_long), default=0)


class CounterDesk:
    """Reads what several parts of the shop say of one customer, or of today; hands devices back."""

    def __init__(self, store: "Store") -> None:
        self._store = store

    def at_counter(self, actor: Actor, customer_id: int) -> AtCounter:
        """What stands on the front desk while this customer does; a merged one leads to its survivor."""
        actor.require(Permission.CUSTOMER_READ)
        actor.require(Permission.BOOKING_READ)
        actor.require(Permission.TICKET_READ)
        with self._store.look(actor, snapshot=True) as uow:
            customer = require_customer(uow, customer_id)
            today = _today(uow)
            coming = tuple(uow.bookings.coming(customer.id, today, limit=COMING))
            numbers = {one.number for one in coming}
            kinds = _TOLD & told_kinds(uow)
            events = page_of(uow, customer.id, kinds=kinds, limit=EVENTS + len(coming)).events
            past = [one for one in events if one.number not in numbers]
            return AtCounter(
                CustomerCard(customer, facts_of(uow, customer.id, coming)),
                coming,
                tuple(past[:EVENTS]),
                _here(uow, customer.id),
                today,
                tuple(one for one in uow.orders.waiting_of(customer.id) if one.is_from_kiosk),
            )

    def day(self, actor: Actor) -> Day:
        """The front desk without a customer: bookings of some days, free times, the queue, what is ready."""
        actor.require(Permission.BOOKING_READ)
        actor.require(Permission.TICKET_READ)
        with self._store.look(actor, snapshot=True) as uow:
            today = _today(uow)
            minutes = usual_minutes(uow)
            return Day(
                today,
                agenda_of(uow, today, today + timedelta(days=DAYS - 1)),
                _one_an_hour(free_times(uow, today, minutes, None, limit=_STEPS_LOOKED_AT)),
                minutes,
                _waiting(uow),
                tuple(queue_of(uow)),
                _arrivals(uow),
            )

    def owing(self, actor: Actor, number: str, positions: tuple[int, ...] = ()) -> Owing:
        """What is still to pay before devices of a ticket leave: those named, or all that are done."""
        actor.require(Permission.TICKET_READ)
        actor.require(Permission.ORDER_READ)
        with self._store.look(actor, snapshot=True) as uow:
            return owing_of(uow, require_ticket(uow, number), positions)

    def paying(self, actor: Actor, number: str) -> Paying:
        """What could be paid for a ticket or booking now: what is owed, or a deposit."""
        actor.require(Permission.TICKET_READ)
        actor.require(Permission.BOOKING_READ)
        actor.require(Permission.ORDER_READ)
        with self._store.look(actor, snapshot=True) as uow:
            return paying_of(uow, number)

    def hand_back(
        self, actor: Actor, command: HandBack, sale: Sell | None = None, *, unpaid: str = ""
    ) -> HandedBack:
        """Devices leave the shop: paid for before, or by this sale with them, or unpaid for a reason.

        Who took them and whether they were repaired is noted; loaners must be back. Refuses with
        `money_owed`, and with all that refuses the sale.
        """
        actor.require(Permission.TICKET_WRITE)
        if sale is not None:
            actor.require(Permission.ORDER_WRITE)
        with self._store.work(actor) as uow:
            made = handed_back(uow, command, sale, unpaid)
            uow.commit()
        return made


# -- inside a transaction ------------------------------------------------------------------------------
def _today(uow: "UnitOfWork") -> date:
    return wall_of(uow.now, uow.businesses.get().time_zone).date()


def _arrivals(uow: "UnitOfWork") -> tuple[Arrival, ...]:
    """Told to whoever may nod."""
    if not uow.actor.may(Permission.KIOSK_SERVE):
        return ()
    return tuple(uow.kiosk.arrivals(uow.businesses.get().packed_day_of(uow.now)))


def _here(uow: "UnitOfWork", customer_id: int) -> tuple[DeviceHere, ...]:
    cards = uow.board.here_of_customer(customer_id)
    if not cards:
        return ()
    days = settings_of(uow).uncollected_days
    return devices_of_customer(cards, uow.tickets.states_by_id, uow.now, uncollected_days=days)


def _waiting(uow: "UnitOfWork") -> Waiting:
    counts = uow.board.counts()
    states = [
        one for one in uow.tickets.states_by_id.values() if one.group in FOR_OWNERS and one.id in counts
    ]
    days = settings_of(uow).uncollected_days
    found = [
        device_here(card, state, uow.now, uncollected_days=days)
        for state in states
        for card in uow.board.cards_in(state.id, WAITING_SHOWN)
    ]
    found.sort(key=lambda one: one.card.state_since)
    return Waiting(tuple(found), sum(counts[one.id] for one in states))


def _one_an_hour(free: list[FreeTime]) -> tuple[FreeTime, ...]:
    hourly = {(one.starts.date(), one.starts.hour): one for one in reversed(free)}
    return tuple(hourly[hour] for hour in sorted(hourly))[:FREE_TIMES]
