"""What figures bring to the storage floor: repositories, rules of `verify`."""

from typing import TYPE_CHECKING

from posapp.storage.base.part import Repositories, made_once

if TYPE_CHECKING:
    from posapp.storage.base.verify_base import Rule
    from posapp.storage.figures.booked import BookedFigures
    from posapp.storage.figures.books import Books
    from posapp.storage.figures.customer_figures import CustomerFigures
    from posapp.storage.figures.customer_list import CustomerList
    from posapp.storage.figures.documents import DocumentFigures
    from posapp.storage.figures.drawers import DrawerFigures
    from posapp.storage.figures.lines import LineFigures
    from posapp.storage.figures.newcomers import Newcomers
    from posapp.storage.figures.owed import OwedFigures
    from posapp.storage.figures.repairs import RepairFigures
    from posapp.storage.figures.sold_totals import SoldTotals
    from posapp.storage.figures.stays import StayFigures
    from posapp.storage.figures.stocked import StockFigures
    from posapp.storage.figures.work_totals import WorkTotals


class FigureRepositories(Repositories):
    """Figures of customers, the times of repairs, totals, the books."""

    @made_once
    def work_totals(self) -> "WorkTotals":
        """Bookings and repairs of each day."""
        from posapp.storage.figures.work_totals import WorkTotals

        return WorkTotals(self.hands, self.actor.business, self.stamp)

    @made_once
    def facts(self) -> "CustomerFigures":
        """What each customer comes to."""
        from posapp.storage.figures.customer_figures import CustomerFigures

        return CustomerFigures(self.hands, self.actor.business, self.stamp)

    def facts_in(self, business: int) -> "CustomerFigures":
        """The same of a business that this transaction wrote into."""
        if business == self.actor.business:
            return self.facts
        from posapp.storage.figures.customer_figures import CustomerFigures

        return CustomerFigures(self.hands, business, self.stamp)

    @made_once
    def customer_list(self) -> "CustomerList":
        """All customers in any order."""
        from posapp.storage.figures.customer_list import CustomerList

        return CustomerList(self.hands, self.actor.business, self.stamp)

    @made_once
    def newcomers(self) -> "Newcomers":
        """Who became a customer."""
        from posapp.storage.figures.newcomers import Newcomers

        return Newcomers(self.hands, self.actor.business, self.stamp)

    @made_once
    def sold_totals(self) -> "SoldTotals":
        """What was sold on each day."""
        from posapp.storage.figures.sold_totals import SoldTotals

        return SoldTotals(self.hands, self.actor.business, self.stamp)

    @made_once
    def line_figures(self) -> "LineFigures":
        """What the lines of orders come to."""
        from posapp.storage.figures.lines import LineFigures

        return LineFigures(self.hands, self.actor.business)

    @made_once
    def document_figures(self) -> "DocumentFigures":
        """Orders and payments one by one."""
        from posapp.storage.figures.documents import DocumentFigures

        return DocumentFigures(self.hands, self.actor.business)

    @made_once
    def owed_figures(self) -> "OwedFigures":
        """What is owed, either way."""
        from posapp.storage.figures.owed import OwedFigures

        return OwedFigures(self.hands, self.actor.business)

    @made_once
    def drawer_figures(self) -> "DrawerFigures":
        """Counted drawers beside the books."""
        from posapp.storage.figures.drawers import DrawerFigures

        return DrawerFigures(self.hands, self.actor.business)

    @made_once
    def repair_figures(self) -> "RepairFigures":
        """What left repaired."""
        from posapp.storage.figures.repairs import RepairFigures

        return RepairFigures(self.hands, self.actor.business)

    @made_once
    def stay_figures(self) -> "StayFigures":
        """How long devices were in each state."""
        from posapp.storage.figures.stays import StayFigures

        return StayFigures(self.hands, self.actor.business)

    @made_once
    def booked_figures(self) -> "BookedFigures":
        """The bookings of some days."""
        from posapp.storage.figures.booked import BookedFigures

        return BookedFigures(self.hands, self.actor.business)

    @made_once
    def stock_figures(self) -> "StockFigures":
        """What lies in stock."""
        from posapp.storage.figures.stocked import StockFigures

        return StockFigures(self.hands, self.actor.business)

    @made_once
    def books(self) -> "Books":
        """The books."""
        from posapp.storage.figures.books import Books

        return Books(self.hands, self.actor.business, self.stamp)


def rules() -> "tuple[Rule, ...]":
    """What `verify` asks about figures."""
    from posapp.storage.figures import verify, verify_books, verify_customers, work_anew

    return (
        ("customer_figures", verify_customers.CUSTOMERS, verify_customers.customers),
        ("job_times", "The times of each repair follow each other to where it is", work_anew.job_times),
        ("work_totals", "What is told of work is what its records say", work_anew.work_totals),
        *((one.code, one.sentence, one) for one in (verify.PARTS, verify.MONEY, verify.OWED)),
        ("z_papers", "Every Z that was given out tells what its payments come to", verify.z_papers),
        ("books", "The books balance and say what the records say", verify_books.books),
        ("book_sendings", "What was sent of the books is as it was sent", verify_books.sendings),
    )
