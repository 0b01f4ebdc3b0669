"""What the Desk asks of the shop. Plain Python: work goes to a lane, answers come back by callback."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING, TypeVar

from posapp.domain.base.errors import PosappError
from posapp.ui.customers.identity import Identity, identify
from posapp.ui.front_desk.held import Held, Waiting, held, waiting
from posapp.ui.wording import Wording

if TYPE_CHECKING:
    from posapp.domain.base.actor import Actor
    from posapp.domain.bookings.bookings import Booking, BookingStatus
    from posapp.domain.bookings.walk_ins import QueueLine, WalkIn
    from posapp.domain.customers.customers import Customer, CustomerCard
    from posapp.services.bookings.agenda import Agenda, FreeTime
    from posapp.services.bookings.walk_ins import Served
    from posapp.services.counter.search import Hit, Hits
    from posapp.services.desks import Shop
    from posapp.services.figures.history import Event
    from posapp.ui.session import Session

T = TypeVar("T")
Failed = Callable[[Exception], None]
EVENTS, FREE_TIMES, COMING, DAYS, WAITING_SHOWN = 20, 10, 50, 6, 16
_FREE_STEPS = 64  # so many quarter hours are looked through for one free time an hour


@dataclass(frozen=True, slots=True)
class Answer:
    """What is known about a typed text: matches, and whose number it is; `until` dates former numbers."""

    text: str
    hits: "Hits"
    identity: Identity
    until: dict[int, datetime] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Opened:
    """A customer with what the card shows: bookings to come (soonest first), latest events, devices here."""

    card: "CustomerCard"
    coming: "tuple[Booking, ...]"
    events: "tuple[Event, ...]"
    held: tuple[Held, ...] = ()

    @property
    def words(self) -> str:
        """The customer in a few words."""
        return self.card.customer.name or str(self.card.customer.pl_id)


@dataclass(frozen=True, slots=True)
class Today:
    """The day of the shop with the days after it, free times of the usual service, who and what waits."""

    day: date
    agenda: "Agenda"
    free: "tuple[FreeTime, ...]"
    minutes: int
    waiting: Waiting = field(default_factory=Waiting)
    queue: "tuple[QueueLine, ...]" = ()

    @property
    def bookings(self) -> "list[Booking]":
        """The bookings of the day itself that were not cancelled, in order of time."""
        kept = [one for one in self.agenda.bookings if one.status != "cancelled"]
        return [one for one in kept if one.wall_start.date() == self.day]


class DeskPresenter:
    """Plain Python between the Desk and the desks."""

    def __init__(self, session: "Session") -> None:
        self.session = session

    @property
    def wording(self) -> Wording:
        """How this shop writes values."""
        return Wording.of(self.session.catalogue.business)

    def today(self) -> date:
        """The day by the shop's own clock."""
        return self.wording.here(self.session.shop.store.clock.now()).date()

    def search(self, text: str, done: Callable[[Answer], None], failed: Failed) -> None:
        """Look a text up now; answers to older texts never come."""
        shop, actor, wording = self.session.shop, self.session.actor, self.wording
        self.session.lanes.search.run(
            lambda: _warm(wording, look_up(shop, actor, text, wording.region)),
            done=done,
            failed=lambda error: None if _is_interrupted(error) else failed(error),
            topic="desk.search",
        )

    def prepare(self, done: Callable[[], None]) -> None:
        """Load what the first key, day and e-mail address need, while nobody waits for it."""
        wording = self.wording
        lane = self.session.lanes.search
        lane.run(lambda: warm_up(wording), done=lambda _none: done(), failed=lambda _error: None)
        lane.run(warm_up_forms, done=lambda _none: None, failed=lambda _error: None)

    def forget_search(self) -> None:
        """The field was emptied: whatever is on its way may stay away."""
        self.session.lanes.search.run(
            lambda: None, done=lambda _none: None, failed=lambda _error: None, topic="desk.search"
        )

    def open(self, customer_id: int, done: Callable[[Opened], None], failed: Failed) -> None:
        """Read a customer for the card."""
        shop, actor, today = self.session.shop, self.session.actor, self.today()
        wording = self.wording
        self.session.lanes.database.run(
            lambda: _warm(wording, load_customer(shop, actor, customer_id, today)),
            done=done,
            failed=failed,
            topic="desk.open",
        )

    def read_today(self, done: Callable[[Today], None], failed: Failed) -> None:
        """Read the bookings of today and the next free times."""
        shop, actor, today = self.session.shop, self.session.actor, self.today()
        wording = self.wording
        services = self.session.catalogue.services
        minutes = next((one.minutes for one in services if not one.is_archived), 30)
        self.session.lanes.database.run(
            lambda: _warm(wording, load_today(shop, actor, today, minutes)),
            done=done,
            failed=failed,
            topic="desk.today",
        )

    def read_recent(self, keys: list[int], done: "Callable[[list[Customer]], None]", failed: Failed) -> None:
        """The customers with these keys, as they are now; keys that are gone are left out."""
        shop, actor, wording = self.session.shop, self.session.actor, self.wording
        self.session.lanes.database.run(
            lambda: _warm(wording, load_recent(shop, actor, keys)),
            done=done,
            failed=failed,
            topic="desk.recent",
        )

    def set_status(
        self,
        booking: "Booking",
        status: "BookingStatus",
        done: "Callable[[Booking], None]",
        failed: Failed,
    ) -> None:
        """Follow a booking as it was shown, or as this window left it: arrived, or back to what it was."""
        session, number = self.session, booking.number
        shop, actor = session.shop, session.actor
        session.lanes.database.run(
            lambda: session.own.write(
                ("booking", number),
                booking.stamps.version,
                lambda seen: shop.bookings.set_status(actor, number, status, seen_version=seen),
                lambda after: after.stamps.version,
            ),
            done=done,
            failed=failed,
        )

    # -- the queue ---------------------------------------------------------------------------------
    def add_walk_in(
        self, customer_id: int, service_id: int, done: "Callable[[QueueLine], None]", failed: Failed
    ) -> None:
        """A customer joins the queue."""
        from posapp.services.bookings.walk_ins import AddWalkIn

        shop, actor = self.session.shop, self.session.actor
        command = AddWalkIn(customer_id=customer_id, service_id=service_id)
        self.session.lanes.database.run(lambda: shop.walk_ins.add(actor, command), done=done, failed=failed)

    def serve_walk_in(
        self,
        line: "QueueLine",
        slot_of: str,
        anyway: str | None,
        done: "Callable[[Served], None]",
        failed: Failed,
    ) -> None:
        """Book somebody of the queue for now, in the slot of a booking that did not come if one is named."""
        from posapp.services.bookings.walk_ins import ServeWalkIn

        shop, actor = self.session.shop, self.session.actor
        whom = line.resource_id if not slot_of and line.wait_minutes == 0 else None
        command = ServeWalkIn(walk_in_id=line.walk_in.id, resource_id=whom, slot_of=slot_of, anyway=anyway)
        self.session.lanes.database.run(lambda: shop.walk_ins.serve(actor, command), done=done, failed=failed)

    def leave_queue(self, walk_in_id: int, done: "Callable[[WalkIn], None]", failed: Failed) -> None:
        """Somebody leaves the queue."""
        shop, actor = self.session.shop, self.session.actor
        self.session.lanes.database.run(
            lambda: shop.walk_ins.left(actor, walk_in_id), done=done, failed=failed
        )

    def come_back(self, walk_in_id: int, done: "Callable[[WalkIn], None]", failed: Failed) -> None:
        """Somebody who had left waits again."""
        shop, actor = self.session.shop, self.session.actor
        self.session.lanes.database.run(
            lambda: shop.walk_ins.come_back(actor, walk_in_id), done=done, failed=failed
        )


def look_up(shop: "Shop", actor: "Actor", text: str, region: str) -> Answer:
    """Everything about a typed text, on the search lane."""
    from posapp.domain.base.phone import PhoneState, phone_state

    typed = phone_state(text, region)
    hits = shop.search.search(actor, text)
    owner = None
    if typed.number is not None and typed.state in (PhoneState.COMPLETE, PhoneState.INCOMPLETE):
        owner = shop.customers.who_has(actor, typed.number)
    until = {hit.customer_id: at for hit in hits.hits if (at := _ended(shop, actor, hit)) is not None}
    return Answer(text, hits, identify(typed, owner), until)


def _ended(shop: "Shop", actor: "Actor", hit: "Hit") -> datetime | None:
    if not hit.is_former or hit.phone is None:
        return None
    former = shop.customers.who_has(actor, hit.phone).former
    return next((one.until for one in former if one.customer_id == hit.customer_id), None)


def load_customer(shop: "Shop", actor: "Actor", customer_id: int, today: date) -> Opened:
    """The card, the bookings from today on that still matter, and the latest events."""
    from posapp.domain.bookings.bookings import BookingStatus

    card = shop.customers.card(actor, customer_id)
    key = card.customer.id  # a merged customer leads to another one
    bookings = shop.bookings.of_customer(actor, key, limit=COMING)
    coming = [
        one
        for one in bookings
        if one.wall_start.date() >= today and one.status.takes_time and one.status != BookingStatus.DONE
    ]
    coming.sort(key=lambda one: one.starts)
    numbers = {one.number for one in coming}
    events = shop.history.page(actor, key, limit=EVENTS + len(coming)).events
    past = [one for one in events if one.number not in numbers]
    cards = shop.tickets.here_of_customer(actor, key)
    here = held(cards, shop.tickets.states(actor), shop.store.clock.now()) if cards else ()
    return Opened(card, tuple(coming), tuple(past[:EVENTS]), here)


def load_today(shop: "Shop", actor: "Actor", today: date, minutes: int) -> Today:
    """The agenda of some days, free times from then on, devices that wait, and the queue."""
    agenda = shop.bookings.agenda(actor, today, today + timedelta(days=DAYS - 1))
    free = shop.bookings.free_times(actor, today, minutes, limit=_FREE_STEPS)
    hourly = {(one.starts.date(), one.starts.hour): one for one in reversed(free)}
    hours = tuple(hourly[hour] for hour in sorted(hourly))[:FREE_TIMES]
    waits = waiting(shop.tickets.board(actor, limit=WAITING_SHOWN))
    return Today(today, agenda, hours, minutes, waits, tuple(shop.walk_ins.queue(actor)))


def load_recent(shop: "Shop", actor: "Actor", keys: list[int]) -> "list[Customer]":
    """Those of the customers that exist."""
    found: list[Customer] = []
    for key in keys:
        try:
            found.append(shop.customers.card(actor, key).customer)
        except PosappError as error:
            if error.code != "customer_unknown":
                raise
    return found


@lru_cache(maxsize=8)
def warm_up(wording: Wording) -> None:
    """Load what writing days and phones takes (some 30 ms each), on a lane: no window waits."""
    from posapp.domain.base.phone import PhoneNumber

    wording.day(date(2026, 1, 1))
    wording.time(time(12))
    wording.phone(PhoneNumber.from_key("+35312345678"))


def _warm(wording: Wording, answer: T) -> T:
    warm_up(wording)
    return answer


def warm_up_forms() -> None:
    """Load the rules of e-mail addresses."""
    from posapp.domain.base.emails import check_email

    check_email("ana@example.com")


def _is_interrupted(error: Exception) -> bool:
    return isinstance(error, PosappError) and error.code == "interrupted"
