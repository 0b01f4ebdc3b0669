"""The desks of figures."""

from functools import cached_property
from typing import TYPE_CHECKING

from posapp.services.base.part import Desks

if TYPE_CHECKING:
    from posapp.services.figures.books import BookDesk
    from posapp.services.figures.customer_list import CustomerListDesk
    from posapp.services.figures.history import HistoryDesk
    from posapp.services.figures.report_files import ReportFileDesk
    from posapp.services.figures.reports import ReportDesk


class FigureDesks(Desks):
    """Each is imported and made when it is first asked for: behind the first frame little is needed."""

    @cached_property
    def history(self) -> "HistoryDesk":
        """Tells what happened."""
        from posapp.services.figures.history import HistoryDesk

        return HistoryDesk(self.store)

    @cached_property
    def customer_list(self) -> "CustomerListDesk":
        """Lists all customers."""
        from posapp.services.figures.customer_list import CustomerListDesk

        return CustomerListDesk(self.store)

    @cached_property
    def reports(self) -> "ReportDesk":
        """Reads the figures."""
        from posapp.services.figures.reports import ReportDesk

        return ReportDesk(self.store)

    @cached_property
    def books(self) -> "BookDesk":
        """Reads the books and sends them."""
        from posapp.services.figures.books import BookDesk

        return BookDesk(self.store)

    @cached_property
    def report_files(self) -> "ReportFileDesk":
        """Gives them out: as tables, as pages, to a printer."""
        from posapp.services.figures.report_files import ReportFileDesk

        return ReportFileDesk(self.store, self.reports)
