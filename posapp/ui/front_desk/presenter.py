"""What the front desk asks of the shop."""

from dataclasses import dataclass, field
from datetime import date, datetime, time
from functools import lru_cache
from typing import TYPE_CHECKING, TypeVar

from posapp.ui.customers.identity import Identity, identify
from posapp.ui.presenter import Done, Failed, Presenter, ignore
from posapp.ui.wording import Wording

if TYPE_CHECKING:
    from posapp.domain.base.actor import Actor
    from posapp.domain.bookings.bookings import Booking, BookingStatus
    from posapp.domain.bookings.walk_ins import QueueLine, WalkIn
    from posapp.domain.customers.customers import Customer
    from posapp.services.bookings.walk_ins import Served
    from posapp.services.counter.counter import AtCounter, Day
    from posapp.services.counter.search import Hit, Hits
    from posapp.services.desks import Shop

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Answer:
    """What is known about a typed text: matches, and whose number it is; `until` dates former numbers."""

    text: str
    hits: "Hits"
    identity: Identity
    until: dict[int, datetime] = field(default_factory=dict)


class FrontDeskPresenter(Presenter):
    """What is written on the card is warmed up on the lane, so that no window waits for it."""

    topic = "front desk"

    def today(self) -> date:
        """The day by the shop's own clock."""
        return self.wording.here(self.session.shop.store.clock.now()).date()

    def prepare(self, done: Done[None]) -> None:
        """Load what the first key, day and e-mail address need, while nobody waits for it."""
        wording, lane = self.wording, self.session.lanes.search
        lane.run(lambda: warm_up(wording), done=done, failed=ignore)
        lane.run(warm_up_forms, done=ignore, failed=ignore)

    def search(self, text: str, done: Done[Answer], failed: Failed) -> None:
        """Look a text up now; answers to older texts never come."""
        wording, lane = self.wording, self.session.lanes.search
        self.read(
            lambda shop, actor: _warm(wording, look_up(shop, actor, text, wording.region)),
            done,
            failed,
            topic="search",
            lane=lane,
        )

    def forget_search(self) -> None:
        """The field was emptied: whatever is on its way may stay away."""
        self.forget("search")

    def customer(self, customer_id: int, done: Done["AtCounter"], failed: Failed) -> None:
        """A customer for the card."""
        wording = self.wording
        self.read(
            lambda shop, actor: _warm(wording, shop.counter.at_counter(actor, customer_id)),
            done,
            failed,
            topic="customer",
        )

    def day(self, done: Done["Day"], failed: Failed) -> None:
        """The bookings of today, what waits, and the next free times."""
        wording = self.wording
        self.read(lambda shop, actor: _warm(wording, shop.counter.day(actor)), done, failed, topic="day")

    def recent(self, keys: list[int], done: Done["list[Customer]"]) -> None:
        """The customers with these keys, as they are now; keys that are gone are left out."""
        wording = self.wording
        self.read(lambda shop, actor: _warm(wording, shop.customers.cards(actor, keys)), done, topic="recent")

    def set_status(
        self, booking: "Booking", status: "BookingStatus", done: Done["Booking"], failed: Failed
    ) -> None:
        """Follow a booking as it was shown, or as this window left it: arrived, or back to what it was."""
        number = booking.number
        self.write(
            ("booking", number),
            booking.stamps.version,
            lambda shop, actor, seen: shop.bookings.set_status(actor, number, status, seen_version=seen),
            lambda after: after.stamps.version,
            done,
            failed,
        )

    # -- the queue ---------------------------------------------------------------------------------
    def add_walk_in(self, customer_id: int, service_id: int, done: Done["QueueLine"], failed: Failed) -> None:
        """A customer joins the queue."""
        from posapp.services.bookings.walk_ins import AddWalkIn

        command = AddWalkIn(customer_id=customer_id, service_id=service_id)
        self.do(lambda shop, actor: shop.walk_ins.add(actor, command), done, failed)

    def serve_walk_in(
        self, line: "QueueLine", slot_of: str, anyway: str | None, done: Done["Served"], failed: Failed
    ) -> None:
        """Book somebody of the queue for now, in the slot of a booking that did not come if one is named."""
        from posapp.services.bookings.walk_ins import ServeWalkIn

        whom = line.resource_id if not slot_of and line.wait_minutes == 0 else None
        command = ServeWalkIn(walk_in_id=line.walk_in.id, resource_id=whom, slot_of=slot_of, anyway=anyway)
        self.do(lambda shop, actor: shop.walk_ins.serve(actor, command), done, failed)

    def leave_queue(self, walk_in_id: int, done: Done["WalkIn"], failed: Failed) -> None:
        """Somebody leaves the queue."""
        self.do(lambda shop, actor: shop.walk_ins.left(actor, walk_in_id), done, failed)

    def come_back(self, walk_in_id: int, done: Done["WalkIn"], failed: Failed) -> None:
        """Somebody who had left waits again."""
        self.do(lambda shop, actor: shop.walk_ins.come_back(actor, walk_in_id), done, failed)


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
