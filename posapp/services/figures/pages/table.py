"""The list of all pages, in the order in which they are offered."""

from posapp.domain.figures.reports import unknown_report
from posapp.services.figures.pages.bookings import BOOKINGS
from posapp.services.figures.pages.corrections import DISCOUNTS, REFUNDS, VOIDS
from posapp.services.figures.pages.drawers import RECONCILIATION, SHIFTS, STAFF
from posapp.services.figures.pages.here import OVERDUE, UNCOLLECTED
from posapp.services.figures.pages.moves import ISSUED, RECEIVED, TENDERS
from posapp.services.figures.pages.newcomers import NEWCOMERS
from posapp.services.figures.pages.owed import CREDITS, DEBTS, DEPOSITS, GIFT_CARDS
from posapp.services.figures.pages.page import PageOf
from posapp.services.figures.pages.profit import PROFIT
from posapp.services.figures.pages.revenue import REVENUE
from posapp.services.figures.pages.sales import CUSTOMERS, ITEMS, SALES
from posapp.services.figures.pages.stock import STOCK
from posapp.services.figures.pages.taxes import TAX_PARTS, TAXES
from posapp.services.figures.pages.tickets import STATES, TICKETS

_MONEY = (
    *(REVENUE, SALES, ITEMS, PROFIT, CUSTOMERS, TENDERS, TAXES, TAX_PARTS),
    *(DISCOUNTS, REFUNDS, VOIDS, ISSUED, RECEIVED, RECONCILIATION, SHIFTS, STAFF),
    *(DEBTS, CREDITS, DEPOSITS, GIFT_CARDS),
)
_WORK = (TICKETS, STATES, OVERDUE, UNCOLLECTED, BOOKINGS, NEWCOMERS, STOCK)
PAGES = {page.report.name: page for page in (*_MONEY, *_WORK)}
"""Every page by its name."""


def page_called(name: str) -> PageOf:
    """The page of that name; refuses with `report_unknown`."""
    if name not in PAGES:
        raise unknown_report(name, list(PAGES))
    return PAGES[name]
