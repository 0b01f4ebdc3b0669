"""The people of a shop as its settings show them, read in a transaction that is open."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from posapp.domain.people.roles import RoleRights
from posapp.domain.people.secrets import USUAL_PIN_LENGTH
from posapp.domain.people.users import Role, User
from posapp.services.people.rights import rights_here
from posapp.services.people.sign_in import pin_length_of, seconds_to_wait

if TYPE_CHECKING:
    from posapp.storage.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True)
class Staff:
    """Everybody who signs in, also who no longer may, and what each role may do.

    `waits` are seconds by the key of a user: so long nobody may try as them. `may_change` are the roles whose
    people the one who asks may add and change. `is_anybody` tells whether the database has any user yet.
    """

    users: tuple[User, ...] = ()
    waits: Mapping[int, int] = field(default_factory=dict)
    roles: tuple[RoleRights, ...] = ()
    pin_length: int = USUAL_PIN_LENGTH
    may_change: frozenset[Role] = frozenset()
    is_anybody: bool = False

    def is_last_admin(self, user: User) -> bool:
        """Whether nobody else is an ADMIN who may sign in."""
        admins = [one.id for one in self.users if one.role is Role.ADMIN and one.is_active]
        return admins == [user.id]


def staff_of(uow: "UnitOfWork", may_change: frozenset[Role]) -> Staff:
    """What the settings of users show."""
    waits = {one.user.id: seconds_to_wait(uow, one) for one in uow.users.proofs()}
    return Staff(
        tuple(uow.users.all()),
        {key: wait for key, wait in waits.items() if wait},
        tuple(rights_here(uow, role) for role in Role),
        pin_length_of(uow),
        may_change,
        uow.users.is_anybody(),
    )
