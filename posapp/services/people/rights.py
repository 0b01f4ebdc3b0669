"""What a user may do in a shop: its roles as an ADMIN has changed them, read in a transaction that is open.

They stand in the shop's settings, `role.staff.refund` as "1" or "0" and `role.staff.discount_limit` in
millionths; what was never changed is not there and follows the program's own table.
"""

from typing import TYPE_CHECKING

from posapp.domain.base.actor import Actor, Permission
from posapp.domain.base.errors import DomainError
from posapp.domain.base.numbers import kept_whole
from posapp.domain.people.roles import STANDARD_LIMITS, WHOLE, RoleRights, rights_of
from posapp.domain.people.users import Role, User

if TYPE_CHECKING:
    from posapp.storage.unit_of_work import UnitOfWork

GRANTED, REFUSED = "1", "0"
LIMIT = "discount_limit"


def setting_of(role: Role, what: str) -> str:
    """The name under which it is kept."""
    return f"role.{role}.{what}"


def rights_here(uow: "UnitOfWork", role: Role) -> RoleRights:
    """What a role may do in the business of this transaction."""
    settings = uow.businesses.settings()
    said = {one: settings.get(setting_of(role, one)) for one in Permission}
    limit = kept_whole(settings.get(setting_of(role, LIMIT)), STANDARD_LIMITS[role], most=WHOLE)
    changed = {one: value == GRANTED for one, value in said.items() if value in (GRANTED, REFUSED)}
    return rights_of(role, changed, limit)


def actor_of(uow: "UnitOfWork", user: User, till: str) -> Actor:
    """The user as an actor in the business of this transaction.

    What customers do is signed with their PL ID, so that nothing keeps the name of one who is forgotten.
    """
    rights = rights_here(uow, user.role)
    own = user.customer_id if user.role is Role.CUSTOMER else None
    name = user.name if user.role is not Role.CUSTOMER else _pl_id_of(uow, own)
    return Actor(
        uow.actor.business,
        till,
        name,
        rights.permissions,
        user_id=user.id,
        customer_id=own,
        discount_limit=rights.discount_limit if user.discount_limit is None else user.discount_limit,
        home=user.business_id,
    )


def refuse_nobody(uow: "UnitOfWork") -> None:
    """Refuse a till that began before there were users: people and rights are changed by somebody.

    Two tills that make the first user at one moment come here one after the other.
    """
    if uow.actor.permissions is None and uow.actor.user_id is None:
        uow.users.hold_first()
        if uow.users.is_anybody():
            raise sign_in_needed()


def _pl_id_of(uow: "UnitOfWork", customer_id: int | None) -> str | None:
    customer = uow.customers.get(customer_id) if customer_id is not None else None
    return str(customer.pl_id) if customer is not None else None


def sign_in_needed() -> DomainError:
    """Nobody acts without being somebody once a database has users."""
    return DomainError("sign_in_needed", "Sign in first: this shop has users.", field="user")
