"""Users and roles as commands print them."""

from collections.abc import Sequence

from posapp.cli.context import Context
from posapp.cli.values import shown_at, shown_phone
from posapp.domain.catalogue.taxes import percent_text
from posapp.domain.people.roles import RoleRights
from posapp.domain.people.users import User


def user_document(user: User) -> dict[str, object]:
    """The JSON of a user; nothing that proves who they are."""
    limit = user.discount_limit
    return {
        "name": user.name,
        "role": user.role.value,
        "phone": user.phone.key if user.phone else None,
        "email": user.email,
        "discount_percent": None if limit is None else percent_text(limit),
        "has_pin": user.has_pin,
        "has_password": user.has_password,
        "has_badge": user.has_badge,
        "has_customer": user.customer_id is not None,
        "is_active": user.is_active,
        "last_in_at": user.last_in_at.isoformat() if user.last_in_at else None,
        "last_in_till": user.last_in_till or None,
    }


def user_rows(ctx: Context, users: Sequence[User]) -> list[list[str]]:
    """Users for people to read, a line each."""
    return [
        [
            one.name,
            one.role.value.upper(),
            shown_phone(ctx, one.phone),
            one.email,
            _means(one),
            _seen(ctx, one),
        ]
        for one in users
    ]


def _means(user: User) -> str:
    ways = (("PIN", user.has_pin), ("password", user.has_password), ("badge", user.has_badge))
    return ", ".join(name for name, is_there in ways if is_there) or "no PIN"


def _seen(ctx: Context, user: User) -> str:
    if not user.is_active:
        return "disabled"
    return (
        f"last in {shown_at(ctx, user.last_in_at)} at {user.last_in_till}" if user.last_in_at else "never in"
    )


def role_document(rights: RoleRights) -> dict[str, object]:
    """The JSON of what a role may do."""
    return {
        "role": rights.role.value,
        "discount_percent": percent_text(rights.discount_limit),
        "is_fixed": rights.is_fixed,
        "permissions": sorted(one.value for one in rights.permissions),
    }


def role_row(rights: RoleRights) -> list[str]:
    """What a role may do, for people to read."""
    permissions = ", ".join(sorted(one.value for one in rights.permissions))
    fixed = "fixed" if rights.is_fixed else ""
    return [rights.role.value.upper(), f"{percent_text(rights.discount_limit)} %", fixed, permissions]
