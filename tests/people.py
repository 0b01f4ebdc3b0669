"""Users in one call: people with a PIN, signed in at a till, and a shop that has some."""

import itertools
from dataclasses import replace
from typing import Any

from posapp.domain.base.actor import Actor, Permission
from posapp.domain.people.users import Role, User
from posapp.services.desks import Shop
from posapp.services.people.users import SaveUser

PIN = "270594"
_people = itertools.count(1)


def a_user(
    shop: Shop, actor: Actor, role: Role = Role.STAFF, *, name: str = "", pin: str = PIN, **values: Any
) -> User:
    """A user of the actor's shop, by a name of their own unless one is given."""
    called = name or f"{role.capitalize()} {next(_people)}"
    return shop.users.save(a_boss(shop, actor), SaveUser(name=called, role=role, pin=pin, **values))


def a_boss(shop: Shop, actor: Actor) -> Actor:
    """The actor, or in a shop with users somebody instead of a mere till, who may do everything."""
    is_nobody = actor.permissions is None and shop.sign_in.has_users()
    return replace(actor, permissions=frozenset(Permission)) if is_nobody else actor


def signed_in(shop: Shop, user: User, *, pin: str = PIN, till: str = "Till 1") -> Actor:
    """The user as an actor at a till."""
    return shop.sign_in.by_secret(till, user.business_id, user.id, pin).actor


def an_admin(shop: Shop, actor: Actor, name: str = "Ada Admin") -> Actor:
    """The first user of a shop, signed in: from here on nobody acts without being somebody."""
    return signed_in(shop, a_user(shop, actor, Role.ADMIN, name=name))


def somebody(shop: Shop, admin: Actor, role: Role = Role.STAFF, **values: Any) -> Actor:
    """A further user of a shop with an ADMIN, signed in."""
    return signed_in(shop, a_user(shop, admin, role, **values))
