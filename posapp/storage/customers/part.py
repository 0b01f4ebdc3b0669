"""What customers bring to the storage floor: repositories, rules of `verify`."""

from typing import TYPE_CHECKING

from posapp.storage.base.part import Repositories, made_once

if TYPE_CHECKING:
    from posapp.storage.base.verify_base import Rule
    from posapp.storage.customers.consents import Consents
    from posapp.storage.customers.customers import Customers
    from posapp.storage.customers.former_marks import FormerMarks
    from posapp.storage.customers.further_emails import FurtherEmails
    from posapp.storage.customers.without_phone import WithoutPhone


class CustomerRepositories(Repositories):
    """Customers."""

    @made_once
    def customers(self) -> "Customers":
        """Customers, phones, contacts, aliases."""
        from posapp.storage.customers.customers import Customers

        return Customers(self.hands, self.actor.business, self.stamp)

    @made_once
    def former_marks(self) -> "FormerMarks":
        """Who is called the former owner of a number."""
        from posapp.storage.customers.former_marks import FormerMarks

        return FormerMarks(self.hands, self.actor.business, self.stamp)

    @made_once
    def consents(self) -> "Consents":
        """What customers agreed to."""
        from posapp.storage.customers.consents import Consents

        return Consents(self.hands, self.actor.business, self.stamp)

    @made_once
    def further_emails(self) -> "FurtherEmails":
        """Addresses besides the main one."""
        from posapp.storage.customers.further_emails import FurtherEmails

        return FurtherEmails(self.hands, self.actor.business, self.stamp)

    @made_once
    def without_phone(self) -> "WithoutPhone":
        """Customers without a number."""
        from posapp.storage.customers.without_phone import WithoutPhone

        return WithoutPhone(self.hands, self.actor.business, self.stamp)


def rules() -> "tuple[Rule, ...]":
    """What `verify` asks about customers."""
    from posapp.storage.base import verify_numbers
    from posapp.storage.customers import verify

    return (
        ("phones", "One customer per phone number, as it was typed", verify.phones),
        ("primary_phones", "One primary number per customer", verify.primary_phones),
        ("customers", "Customers have a number or a reason for none", verify.customers),
        ("erased", "Whoever is anonymised has no name, number or note", verify.erased),
        ("consents", "What customers agreed to can be read", verify.consents),
        ("merged", "Merged customers lead to one that lives", verify.merged),
        ("aliases", "Old IDs mean no other customer", verify.aliases),
        ("pl_ids", "PL IDs are unique and within the counter", verify_numbers.pl_ids),
        ("pl_gaps", "Missing PL IDs are explained", verify_numbers.pl_gaps),
        ("last_visits", "Last visits equal the bookings", verify.last_visits),
        ("search_words", "Search finds what the records say", verify.search_words),
    )
