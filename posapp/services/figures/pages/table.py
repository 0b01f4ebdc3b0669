"""The list of all pages, in the order in which they are offered."""

from posapp.domain.figures.reports import unknown_report
from posapp.services.figures.pages.page import PageOf
from posapp.services.figures.pages.revenue import REVENUE

PAGES = {page.report.name: page for page in (REVENUE,)}
"""Every page by its name."""


def page_called(name: str) -> PageOf:
    """The page of that name; refuses with `report_unknown`."""
    if name not in PAGES:
        raise unknown_report(name, list(PAGES))
    return PAGES[name]
