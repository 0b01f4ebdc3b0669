"""The desks of users."""

from functools import cached_property
from typing import TYPE_CHECKING

from posapp.services.base.part import Desks

if TYPE_CHECKING:
    from posapp.services.people.badges import BadgeDesk
    from posapp.services.people.roles import RoleDesk
    from posapp.services.people.sign_in import SignInDesk
    from posapp.services.people.users import UserDesk


class PeopleDesks(Desks):
    """Each is imported and made when it is first asked for: behind the first frame little is needed."""

    @cached_property
    def sign_in(self) -> "SignInDesk":
        """Lets people in, and lends what a manager approves."""
        from posapp.services.people.sign_in import SignInDesk

        return SignInDesk(self.store)

    @cached_property
    def users(self) -> "UserDesk":
        """Adds and changes users."""
        from posapp.services.people.users import UserDesk

        return UserDesk(self.store)

    @cached_property
    def badges(self) -> "BadgeDesk":
        """Makes a paper of a badge."""
        from posapp.services.people.badges import BadgeDesk

        return BadgeDesk(self.store)

    @cached_property
    def roles(self) -> "RoleDesk":
        """Says what each role may do."""
        from posapp.services.people.roles import RoleDesk

        return RoleDesk(self.store)
