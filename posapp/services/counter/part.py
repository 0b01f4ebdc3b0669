"""The desks of the counter."""

from functools import cached_property
from typing import TYPE_CHECKING

from posapp.services.people.part import PeopleDesks

if TYPE_CHECKING:
    from posapp.services.counter.counter import CounterDesk
    from posapp.services.counter.intake import IntakeDesk
    from posapp.services.counter.kiosk import KioskDesk
    from posapp.services.counter.own import OwnDesk
    from posapp.services.counter.past import PastDesk
    from posapp.services.counter.search import SearchDesk
    from posapp.services.counter.set_up import SetUpDesk
    from posapp.services.counter.shop_settings import ShopSettingsDesk


class CounterDesks(PeopleDesks):
    """Each is imported and made when it is first asked for: behind the first frame little is needed."""

    @cached_property
    def counter(self) -> "CounterDesk":
        """What the front desk shows, each read at one moment."""
        from posapp.services.counter.counter import CounterDesk

        return CounterDesk(self.store)

    @cached_property
    def intake(self) -> "IntakeDesk":
        """Who brings a device, and what a half-typed intake still means."""
        from posapp.services.counter.intake import IntakeDesk

        return IntakeDesk(self.store)

    @cached_property
    def kiosk(self) -> "KioskDesk":
        """Lets customers in, and says who waits for a nod."""
        from posapp.services.counter.kiosk import KioskDesk

        return KioskDesk(self.store, self.sign_in)

    @cached_property
    def own(self) -> "OwnDesk":
        """What a customer may see and do alone."""
        from posapp.services.counter.own import OwnDesk

        return OwnDesk(self.store)

    @cached_property
    def past(self) -> "PastDesk":
        """What came from old systems, and old repairs that go on here."""
        from posapp import paths
        from posapp.services.base.passcodes import Passcodes
        from posapp.services.counter.past import PastDesk

        return PastDesk(self.store, Passcodes(paths.data_dir()))

    @cached_property
    def search(self) -> "SearchDesk":
        """Answers the one search box."""
        from posapp.services.counter.search import SearchDesk

        return SearchDesk(self.store)

    @cached_property
    def settings(self) -> "ShopSettingsDesk":
        """What a shop has set up, read at one moment."""
        from posapp.services.counter.shop_settings import ShopSettingsDesk

        return ShopSettingsDesk(self.store)

    @cached_property
    def set_up(self) -> "SetUpDesk":
        """Makes the first shop of a database."""
        from posapp.services.counter.set_up import SetUpDesk

        return SetUpDesk(self.store)
