"""What users bring to the storage floor: repositories, rules of `verify`."""

from typing import TYPE_CHECKING

from posapp.storage.base.part import Repositories, made_once

if TYPE_CHECKING:
    from posapp.storage.base.verify_base import Rule
    from posapp.storage.people.users import Users


class PeopleRepositories(Repositories):
    """Users."""

    @made_once
    def users(self) -> "Users":
        """Users and what proves who they are."""
        from posapp.storage.people.users import Users

        return Users(self.hands, self.actor.business, self.stamp)


def rules() -> "tuple[Rule, ...]":
    """What `verify` asks about users."""
    from posapp.storage.people import verify

    return (
        ("users", "Users can sign in, and each shop that has some has an ADMIN", verify.users),
        ("user_customers", "One customer per user, one user per customer", verify.USER_CUSTOMERS),
        ("role_settings", "What roles may do can be read", verify.role_settings),
    )
