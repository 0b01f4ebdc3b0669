"""The desks of customers."""

from functools import cached_property
from typing import TYPE_CHECKING

from posapp.services.base.part import Desks

if TYPE_CHECKING:
    from posapp.services.customers.consents import ConsentDesk
    from posapp.services.customers.customers import CustomerDesk
    from posapp.services.customers.further_emails import FurtherEmailDesk
    from posapp.services.customers.phones import PhoneDesk


class CustomerDesks(Desks):
    """Each is imported and made when it is first asked for: behind the first frame little is needed."""

    @cached_property
    def customers(self) -> "CustomerDesk":
        """Finds, makes and changes customers."""
        from posapp.services.customers.customers import CustomerDesk

        return CustomerDesk(self.store)

    @cached_property
    def phones(self) -> "PhoneDesk":
        """Gives, takes and corrects phone numbers."""
        from posapp.services.customers.phones import PhoneDesk

        return PhoneDesk(self.store)

    @cached_property
    def further_emails(self) -> "FurtherEmailDesk":
        """Keeps the addresses besides the main one."""
        from posapp.services.customers.further_emails import FurtherEmailDesk

        return FurtherEmailDesk(self.store)

    @cached_property
    def consents(self) -> "ConsentDesk":
        """Notes what customers agree to."""
        from posapp.services.customers.consents import ConsentDesk

        return ConsentDesk(self.store)
