"""The desk of roles: what each may do in this shop, changed by an ADMIN within limits."""

from typing import TYPE_CHECKING

from posapp.domain.base.actions import Action
from posapp.domain.base.actor import Actor, Permission
from posapp.domain.people.roles import RoleRights, check_choice, check_limit
from posapp.domain.people.users import Role
from posapp.services.people.rights import GRANTED, LIMIT, REFUSED, refuse_nobody, rights_here, setting_of

if TYPE_CHECKING:
    from posapp.storage.unit_of_work import Store


class RoleDesk:
    """Shows and changes what roles may do; whoever is signed in has it at the next look at their rights."""

    def __init__(self, store: "Store") -> None:
        self._store = store

    def all(self, actor: Actor) -> list[RoleRights]:
        """What each role may do here."""
        actor.require(Permission.USER_READ)
        with self._store.look(actor) as uow:
            return [rights_here(uow, role) for role in Role]

    def set(self, actor: Actor, role: Role, permission: Permission, *, is_granted: bool) -> RoleRights:
        """Give something to a role, or take it away; refuses what is fixed with `role_fixed`."""
        actor.require(Permission.ROLE_WRITE)
        check_choice(role, permission)
        with self._store.work(actor) as uow:
            refuse_nobody(uow)
            before = permission in rights_here(uow, role).permissions
            if before != is_granted:
                uow.businesses.set_setting(setting_of(role, permission), GRANTED if is_granted else REFUSED)
                uow.journal.add(
                    Action.ROLE_CHANGED,
                    "role",
                    0,
                    ref=role.value,
                    before={permission.value: before},
                    after={permission.value: is_granted},
                )
            rights = rights_here(uow, role)
            uow.commit()
        return rights

    def set_discount(self, actor: Actor, role: Role, limit: int) -> RoleRights:
        """What a role takes off a price alone, in millionths."""
        actor.require(Permission.ROLE_WRITE)
        check_limit(role, limit)
        with self._store.work(actor) as uow:
            refuse_nobody(uow)
            before = rights_here(uow, role).discount_limit
            if before != limit:
                uow.businesses.set_setting(setting_of(role, LIMIT), str(limit))
                uow.journal.add(
                    Action.ROLE_LIMIT,
                    "role",
                    0,
                    ref=role.value,
                    before={"discount_limit": before},
                    after={"discount_limit": limit},
                )
            rights = rights_here(uow, role)
            uow.commit()
        return rights
