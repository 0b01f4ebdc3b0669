"""What is asked while nobody is signed in, and what a person does about themselves.

All of it runs on the database lane, in order: what the person before had asked for is done, and shown as
theirs, before the next one is let in. PINs are proved there, never on the window's thread.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, TypeVar

from posapp.domain.base.errors import DomainError
from posapp.domain.people.users import Role, Seat
from posapp.ui.presenter import Done, Failed, Presenter

if TYPE_CHECKING:
    from posapp.domain.base.actor import Actor
    from posapp.domain.selling.shifts import Shift
    from posapp.domain.shop.businesses import Business
    from posapp.services.customers.customers import Found
    from posapp.services.desks import Shop
    from posapp.services.people.sign_in import SignedIn

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Board:
    """What may be told to anybody in front of the till."""

    seats: tuple[Seat, ...]
    shift: "Shift | None"


class LoginPresenter(Presenter):
    """Knows no widget. What it asks for it asks as the till; what a person does, as that person."""

    topic = "login"

    def board(self, done: Done[Board], failed: Failed) -> None:
        """Who can sign in, and the shift of this till. Whoever works in another shop stands among them."""
        till, guest = self.session.as_till, self.session.actor

        def work(shop: "Shop", _actor: "Actor") -> Board:
            seats = shop.sign_in.seats(till.business)
            is_guest = guest.home not in (None, till.business)
            if is_guest and guest.user_id not in {one.tile.user_id for one in seats}:
                at_home = shop.sign_in.seats(guest.at_home.business)
                seats += [one for one in at_home if one.tile.user_id == guest.user_id]
            return Board(tuple(seats), shop.shifts.at_till(till).shift)

        self.read(work, done, failed)

    def _prove(self, work: "Callable[[Shop, Actor], T]", done: Done[T], failed: Failed) -> None:
        """Change something about who is who: for that no manager is ever asked in place."""
        session = self.session
        session.lanes.database.run(partial(work, session.shop, session.actor), done=done, failed=failed)

    def sign_in(self, seat: Seat, secret: str, done: "Done[SignedIn]", failed: Failed) -> None:
        """Prove who somebody is by PIN or password."""
        at = self.session.as_till
        self._prove(
            lambda shop, _actor: _here(
                shop, at, shop.sign_in.by_secret(at.till, seat.home, seat.tile.user_id, secret)
            ),
            done,
            failed,
        )

    def by_badge(self, code: str, done: "Done[SignedIn]", failed: Failed) -> None:
        """Prove who somebody is by their badge, here or where whoever works here is at home."""
        at, home = self.session.as_till, self.session.actor.home

        def work(shop: "Shop", _actor: "Actor") -> "SignedIn":
            try:
                found = shop.sign_in.by_badge(at.till, at.business, code)
            except DomainError as error:
                if error.code != "badge_unknown" or home in (None, at.business):
                    raise
                found = shop.sign_in.by_badge(at.till, home, code)
            return _here(shop, at, found)

        self._prove(work, done, failed)

    def refresh(self, done: "Done[SignedIn]", failed: Failed) -> None:
        """What whoever works here may do now."""
        self.read(lambda shop, actor: shop.sign_in.refresh(actor), done, failed, topic="refresh")

    def has_users(self, done: Done[bool]) -> None:
        """Whether people sign in here by now."""
        self.read(lambda shop, _actor: shop.sign_in.has_users(), done, topic="refresh")

    # -- PINs ----------------------------------------------------------------------------------------
    def give_pin(
        self, manager: Seat, secret: str, seat: Seat, pin: str, done: Done[None], failed: Failed
    ) -> None:
        """A manager proves who they are, and gives somebody a new PIN; where that person is at home."""
        at = self.session.as_till

        def work(shop: "Shop", _actor: "Actor") -> None:
            found = shop.sign_in.by_secret(at.till, manager.home, manager.tile.user_id, secret)
            proved = _here(shop, replace(at, business=seat.home), found)
            shop.users.set_pin(proved.actor, seat.tile.user_id, pin)

        self._prove(work, done, failed)

    def change_pin(self, before: str, pin: str, done: Done[None], failed: Failed) -> None:
        """Whoever works here has another PIN from now on; the one of before proves it is them."""

        def work(shop: "Shop", actor: "Actor") -> None:
            home = actor.at_home
            assert actor.user_id is not None
            shop.sign_in.by_secret(home.till, home.business, actor.user_id, before)
            shop.users.set_pin(home, actor.user_id, pin)

        self._prove(work, done, failed)

    def own_length(self, done: Done[int]) -> None:
        """How many digits that PIN has."""
        self.read(lambda shop, actor: shop.sign_in.pin_length(actor.at_home.business), done, topic="length")

    # -- oneself, and other shops --------------------------------------------------------------------
    def own_customer(self, done: "Done[Found]", failed: Failed) -> None:
        """The customer that whoever works here is, found or made."""

        def work(shop: "Shop", actor: "Actor") -> "Found":
            assert actor.user_id is not None
            return shop.users.customer_of(actor.at_home, actor.user_id)

        self._prove(work, done, failed)

    def businesses(self, done: "Done[list[Business]]", failed: Failed) -> None:
        """The shops of this database."""
        self.read(lambda shop, _actor: shop.businesses.all(), done, failed, topic="businesses")

    def move_to(self, business: int, done: "Done[Actor]", failed: Failed) -> None:
        """Whoever works here works in another shop from now on."""
        self._prove(lambda shop, actor: shop.sign_in.in_business(actor, business), done, failed)


def _here(shop: "Shop", at: "Actor", found: "SignedIn") -> "SignedIn":
    """Somebody of another shop works in this one."""
    if found.user.role is Role.CUSTOMER:
        raise DomainError("customer_at_till", "Customers sign in at the kiosk.", field="user")
    if found.actor.business == at.business:
        return found
    return replace(found, actor=shop.sign_in.in_business(found.actor, at.business))
