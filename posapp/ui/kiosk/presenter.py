"""What the kiosk asks of the shop: for nobody, or for the customer who signed in. It keeps nothing of either.

The answer to what somebody asked is dropped once that somebody is gone.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, TypeVar

from posapp.domain.base.actor import Actor, Permission
from posapp.domain.base.phone import PhoneNumber
from posapp.domain.people.users import Seat
from posapp.services.counter.kiosk import Arrive
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
from posapp.ui.background import Lanes
from posapp.ui.wording import Wording

if TYPE_CHECKING:
    from posapp.domain.shop.businesses import Business
    from posapp.services.desks import Shop

T = TypeVar("T")
Failed = Callable[[Exception], object]


@dataclass(frozen=True, slots=True)
class Place:
    """Where a kiosk stands: the open shop, the kiosk itself as an actor, the business with its words."""

    shop: "Shop"
    kiosk: Actor
    business: "Business"

    @property
    def wording(self) -> Wording:
        """How this shop writes values, by its own clock."""
        return Wording.of(self.business, self.shop.store.clock)


class KioskPresenter:
    """Between the pages of the kiosk and the desks. Owned by its window."""

    def __init__(self, place: Place, lanes: Lanes) -> None:
        self.place = place
        self._lanes = lanes
        self._own: Actor | None = None
        self._visit = 0

    @property
    def wording(self) -> Wording:
        """How this shop writes values."""
        return self.place.wording

    @property
    def is_signed_in(self) -> bool:
        """Whether somebody is signed in."""
        return self._own is not None

    def phone(self, typed: str) -> PhoneNumber:
        """A typed number as the shop reads it; refuses what is none."""
        return PhoneNumber.parse(typed, region=self.place.business.region)

    def forget(self) -> None:
        """Somebody left, or ran out of time: what is on its way for them comes to nobody."""
        self._own = None
        self._visit += 1

    # -- for whoever stands there --------------------------------------------------------------------
    def sign_in(self, phone: PhoneNumber, code: str, done: Callable[[None], object], failed: Failed) -> None:
        """Let somebody in by number and code."""
        desk, kiosk = self.place.shop.kiosk, self.place.kiosk
        self._ask(lambda: desk.sign_in(kiosk, phone, code), partial(self._let_in, done), failed)

    def sign_in_by_pin(
        self, phone: PhoneNumber, pin: str, done: Callable[[None], object], failed: Failed
    ) -> None:
        """Let somebody in by number and PIN."""
        desk, kiosk = self.place.shop.kiosk, self.place.kiosk
        self._ask(lambda: desk.sign_in_by_pin(kiosk, phone, pin), partial(self._let_in, done), failed)

    def _let_in(self, done: Callable[[None], object], own: Actor) -> None:
        self._own = own
        done(None)

    # -- for the people of the shop ------------------------------------------------------------------
    def people(self, done: Callable[[list[Seat]], object], failed: Failed) -> None:
        """Who could close the kiosk; nobody in a database without users, where nobody is asked."""
        desk, business = self.place.shop.sign_in, self.place.kiosk.business
        self._ask(lambda: desk.seats(business), done, failed)

    def may_close(self, who: Seat, pin: str, done: Callable[[None], object], failed: Failed) -> None:
        """Whether that is somebody who may serve the kiosk."""
        desk, kiosk = self.place.shop.sign_in, self.place.kiosk

        def prove() -> None:
            found = desk.by_secret(kiosk.till, who.home, who.tile.user_id, pin)
            found.actor.require(Permission.KIOSK_SERVE)

        self._ask(prove, done, failed)

    # -- for whoever stands there --------------------------------------------------------------------
    def arrive(self, command: Arrive, done: Callable[[None], object], failed: Failed) -> None:
        """Announce somebody who does not sign in."""
        desk, kiosk = self.place.shop.kiosk, self.place.kiosk
        self._ask(lambda: desk.arrive(kiosk, command), done, failed)

    # -- for the customer who is signed in -----------------------------------------------------------
    def me(self, done: Callable[[Me], object], failed: Failed) -> None:
        """The own page."""
        self._mine(self.place.shop.own.me, done, failed)

    def check_in(self, number: str, done: Callable[[Me], object], failed: Failed) -> None:
        """Here for a booking, or ("") without one."""
        self._mine(lambda own: self.place.shop.own.check_in(own, number), done, failed)

    def services(self, done: Callable[[list[OwnService]], object], failed: Failed) -> None:
        """What can be booked."""
        self._mine(self.place.shop.own.services, done, failed)

    def free_times(self, service_id: int, done: Callable[[list[OwnDay]], object], failed: Failed) -> None:
        """When that can be."""
        self._mine(lambda own: self.place.shop.own.free_times(own, service_id), done, failed)

    def book(self, command: AskBooking, done: Callable[[OwnBooking], object], failed: Failed) -> None:
        """Book a free time."""
        self._mine(lambda own: self.place.shop.own.book(own, command), done, failed)

    def offered(self, done: Callable[[list[Offered]], object], failed: Failed) -> None:
        """What can be ordered."""
        self._mine(self.place.shop.own.offered, done, failed)

    def orders(self, done: Callable[[list[OwnOrder]], object], failed: Failed) -> None:
        """What was ordered and waits at the counter."""
        self._mine(self.place.shop.own.orders, done, failed)

    def order(self, item_id: int, done: Callable[[OwnOrder], object], failed: Failed) -> None:
        """One more of something."""
        self._mine(lambda own: self.place.shop.own.order(own, Order(item_id=item_id)), done, failed)

    def cancel_line(
        self, reference: str, place: int, done: Callable[[OwnOrder | None], object], failed: Failed
    ) -> None:
        """Take a line off again."""
        self._mine(lambda own: self.place.shop.own.cancel_line(own, reference, place), done, failed)

    def history(
        self, mark: tuple[int, int, int] | None, done: Callable[[OwnHistory], object], failed: Failed
    ) -> None:
        """What was, the newest first."""
        self._mine(lambda own: self.place.shop.own.history(own, mark), done, failed)

    def _mine(self, work: Callable[[Actor], T], done: Callable[[T], object], failed: Failed) -> None:
        own = self._own
        if own is not None:
            self._ask(partial(work, own), done, failed)

    def _ask(self, work: Callable[[], T], done: Callable[[T], object], failed: Failed) -> None:
        visit = self._visit

        def answer(found: T) -> None:
            if visit == self._visit:
                done(found)

        def refuse(error: Exception) -> None:
            if visit == self._visit:
                failed(error)

        self._lanes.database.run(work, done=answer, failed=refuse)
