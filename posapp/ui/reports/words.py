"""What reports, their columns and their ways are called in the language of the window.

The words stand in the tables of reports and measures, in English; here they are marked for translators, and a
test finds what is missing.
"""

from posapp.ui.wording import translator

_tr = translator("Figures")


def said(words: str) -> str:
    """The words of a report, a measure or a key of a row, in the language of the window."""
    return _tr(words)


def way_words(way: str) -> str:
    """The words of a chip: what a row of the page is."""
    return _ways().get(way, way.capitalize())


def known() -> frozenset[str]:
    """All that translators are given."""
    return frozenset(_marked())


def _ways() -> dict[str, str]:
    return {
        "customer": _tr("By customer"),
        "day": _tr("By day"),
        "document": _tr("By document"),
        "item": _tr("By item"),
        "kind": _tr("By kind"),
        "line": _tr("By line"),
        "month": _tr("By month"),
        "person": _tr("By person"),
        "rate": _tr("By rate"),
        "reason": _tr("By reason"),
        "sale": _tr("By sale"),
        "shift": _tr("By shift"),
        "source": _tr("By source"),
        "staff": _tr("By staff"),
        "technician": _tr("By technician"),
        "tender": _tr("By tender"),
        "ticket": _tr("By ticket"),
        "till": _tr("By till"),
    }


def _marked() -> tuple[str, ...]:
    return (
        _tr("0–30 days"),
        _tr("31–60 days"),
        _tr("61–90 days"),
        _tr("Amount"),
        _tr("Average sale"),
        _tr("Best sellers"),
        _tr("Books"),
        _tr("By"),
        _tr("Came back"),
        _tr("Closed by"),
        _tr("Cost"),
        _tr("Counted"),
        _tr("Credit"),
        _tr("Credit of customers"),
        _tr("Customers"),
        _tr("Day"),
        _tr("Debts by age"),
        _tr("Deposits"),
        _tr("Deposits held"),
        _tr("Difference"),
        _tr("Discounted sales"),
        _tr("Discounts"),
        _tr("Drawer difference"),
        _tr("Expected"),
        _tr("Explained by"),
        _tr("For"),
        _tr("Gift cards"),
        _tr("Given back"),
        _tr("Good until"),
        _tr("Gross profit"),
        _tr("Issued"),
        _tr("Missed bookings"),
        _tr("Month"),
        _tr("Name"),
        _tr("Net"),
        _tr("Net without a cost"),
        _tr("New customers"),
        _tr("Not explained"),
        _tr("Note"),
        _tr("Number"),
        _tr("Of the sale"),
        _tr("On gift cards"),
        _tr("Over 90 days"),
        _tr("Owed"),
        _tr("PL ID"),
        _tr("Parts of taxes"),
        _tr("Payments"),
        _tr("Person"),
        _tr("Pieces"),
        _tr("Received"),
        _tr("Refunds"),
        _tr("Repairs handed over"),
        _tr("Revenue"),
        _tr("Rounding"),
        _tr("SKU"),
        _tr("Sale"),
        _tr("Sales"),
        _tr("Shifts"),
        _tr("Since"),
        _tr("Sold"),
        _tr("Sold on"),
        _tr("Staff"),
        _tr("Tax"),
        _tr("Taxed net"),
        _tr("Taxes"),
        _tr("Tender"),
        _tr("Tenders"),
        _tr("Till"),
        _tr("Time to ready, median"),
        _tr("Used"),
        _tr("Void"),
        _tr("Voids"),
        _tr("What"),
        _tr("Z"),
        _tr("Z reports"),
        _tr("Z reports and books"),
    )
