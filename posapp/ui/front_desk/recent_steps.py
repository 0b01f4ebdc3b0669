"""Who was at this till lately: kept, read anew, and shown below the search."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from posapp.ui.front_desk.finder import Finder
from posapp.ui.front_desk.lists import Recent, Recents
from posapp.ui.front_desk.presenter import FrontDeskPresenter

if TYPE_CHECKING:
    from posapp.domain.customers.customers import Customer
    from posapp.ui.session import Session


class RecentSteps:
    """Names are those of now, times those of then."""

    def __init__(self, session: "Session", presenter: FrontDeskPresenter, finder: Finder) -> None:
        self._session, self._presenter, self._finder = session, presenter, finder
        self._recents = Recents(session)

    def remember(self, customer: "Customer") -> None:
        """A customer came to the counter."""
        self._recents.remember(customer, self._session.shop.store.clock.now())
        self.read()

    def read(self) -> None:
        """Show who was here, as the shop calls them now."""
        self._presenter.recent(self._recents.keys, self._show)

    def _show(self, customers: "Sequence[Customer]") -> None:
        wording = self._presenter.wording
        rows = []
        for customer in customers:
            at = self._recents.at(customer)
            if at is None:
                continue  # merged since; or the shop was restored, and the key is somebody else's
            here = wording.here(at)
            day = wording.day_in_list(here.date())
            is_today = here.date() == wording.today()
            rows.append(Recent(customer, wording.time(here.time()) if is_today else day))
        self._finder.show_recents(rows)
