"""What every page of figures asks of the shop, on a lane of its own."""

from typing import TYPE_CHECKING

from posapp.ui.presenter import Done, Failed, Presenter, ignore

if TYPE_CHECKING:
    from datetime import date

    from posapp.domain.figures.reports import Report
    from posapp.services.counter.search import Hit
    from posapp.ui.background import Lane

PAGE = "page"
"""The topic of what fills the page."""


class FiguresPresenter(Presenter):
    """Which pages there are, the shop's day, and where a number leads."""

    def today(self) -> "date":
        """The shop's day: after midnight, for a while, the day before."""
        return self.session.catalogue.business.day_of(self.session.shop.store.clock.now())

    def read_reports(self, done: "Done[tuple[Report, ...]]", failed: Failed = ignore) -> None:
        """The pages that may be read."""
        self.read(lambda shop, actor: shop.reports.all(actor), done, failed, topic="reports", lane=self.lane)

    def stop(self) -> None:
        """Nobody waits for the page any more."""
        self.forget(PAGE)

    def find(self, number: str, done: "Done[Hit | None]", failed: Failed = ignore) -> None:
        """What a number means: a sale, a ticket, a customer."""
        self.read(
            lambda shop, actor: shop.search.search(actor, number, limit=2).exact,
            done,
            failed,
            topic="find",
            lane=self.session.lanes.search,
        )

    @property
    def lane(self) -> "Lane":
        """Where figures are read, so that nothing else waits for them."""
        return self.session.lanes.figures
