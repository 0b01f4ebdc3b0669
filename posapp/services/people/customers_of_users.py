"""A user's own customer: the one they are linked to, else the one of their phone, else a new one.

Used where people sign in and where staff ask for it; the same record on every call, from however many tills.
"""

from typing import TYPE_CHECKING

from posapp.domain.base.actions import Action
from posapp.domain.base.errors import DomainError
from posapp.domain.base.numbers import PL
from posapp.domain.people.users import User
from posapp.services.customers.customers import FindOrCreate, Found, find_or_create, require_customer

if TYPE_CHECKING:
    from posapp.storage.unit_of_work import UnitOfWork


def find_or_create_for_user(uow: "UnitOfWork", user_id: int) -> Found:
    """The one customer of a user; refuses a user with neither customer nor phone, and a customer of another.

    The user's row is held first: who asks at the same moment waits, then finds what was made. Then
    the door that numbers go through: meanwhile the customer who is found is neither forgotten nor renumbered.
    """
    uow.users.hold(user_id)
    user = require_user(uow, user_id)
    if user.customer_id is not None:
        return Found(require_customer(uow, user.customer_id), created=False)
    if user.phone is None:
        raise DomainError(
            "user_without_phone",
            f"{user.name} has neither a phone number nor a customer yet. Enter the phone number first.",
            field="phone",
        )
    uow.counters.hold(PL)
    found = find_or_create(uow, FindOrCreate(phone=user.phone, name=user.name, email=user.email))
    link(uow, user, found)
    return found


def mend_link(uow: "UnitOfWork", user: User) -> bool:
    """A user whose number is a customer's is linked to them where that was missing; whether it is now.

    Nobody is made for it, and a customer of another user stays theirs.
    """
    if user.customer_id is not None or user.phone is None or uow.customers.owner_of(user.phone) is None:
        return False
    uow.counters.hold(PL)
    customer = uow.customers.of_phone(user.phone)
    if customer is None or customer.erased_at is not None or uow.users.of_customer(customer.id) is not None:
        return False
    link(uow, user, Found(customer, created=False))
    return True


def link(uow: "UnitOfWork", user: User, found: Found) -> None:
    """Let a customer be this user's, for good."""
    other = uow.users.of_customer(found.customer.id)
    if other is not None and other.id != user.id:
        raise DomainError(
            "customer_of_other_user",
            f"{found.customer.pl_id} belongs to the user {other.name} already. One customer has one user.",
            field="phone",
        )
    uow.users.update(user.id, customer_id=found.customer.id)
    uow.journal.add(
        Action.USER_LINKED,
        "user",
        user.id,
        ref=str(found.customer.pl_id),
        after={"name": user.name, "created": found.created},
    )


def require_user(uow: "UnitOfWork", user_id: int) -> User:
    """The user with this key; refuses with `user_unknown`."""
    user = uow.users.get(user_id)
    if user is None:
        raise DomainError("user_unknown", "There is no such user here.", field="user")
    return user
