"""An open shop: its database with the desks of all parts. To be imported behind the first frame."""

from posapp.domain.base.actor import Actor
from posapp.domain.base.errors import DomainError
from posapp.domain.shop.businesses import Business
from posapp.services.bookings.part import BookingDesks
from posapp.services.care.part import CareDesks
from posapp.services.catalogue.part import CatalogueDesks
from posapp.services.counter.part import CounterDesks
from posapp.services.customers.part import CustomerDesks
from posapp.services.figures.part import FigureDesks
from posapp.services.old_data.part import OldDataDesks
from posapp.services.papers.part import PaperDesks
from posapp.services.people.part import PeopleDesks
from posapp.services.people.rights import sign_in_needed
from posapp.services.repairs.part import RepairDesks
from posapp.services.selling.part import SellingDesks
from posapp.services.shop.part import ShopDesks


class Shop(
    CareDesks,
    FigureDesks,
    CounterDesks,
    OldDataDesks,
    SellingDesks,
    RepairDesks,
    CatalogueDesks,
    BookingDesks,
    PeopleDesks,
    CustomerDesks,
    PaperDesks,
    ShopDesks,
):
    """An open database with its desks; `close` when done."""

    def actor(self, till: str, business: str = "") -> Actor:
        """The actor for a till in that business, while nobody has to sign in; else `sign_in_needed`."""
        chosen = self.chosen_business(business)
        if self.sign_in.has_users():
            raise sign_in_needed()
        return Actor(chosen.id, till)

    def chosen_business(self, business: str = "") -> Business:
        """The business of that name, or the only one there is."""
        found = self.businesses.all()
        chosen = [one for one in found if business in ("", one.name)]
        if not found:
            raise DomainError(
                "no_business", "There is no shop in this database yet. Set one up: posapp init."
            )
        if not chosen:
            raise DomainError(
                "business_unknown", f"There is no business “{business}” here.", field="business"
            )
        if len(chosen) > 1:
            names = [one.name for one in chosen]
            raise DomainError(
                "business_missing",
                f"Name one of the businesses: {', '.join(names)}.",
                field="business",
                names=names,
            )
        return chosen[0]

    def close(self) -> None:
        """Close every connection."""
        self.search.close()
        self.store.database.close()
