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
        "age": _tr("By age"),
        "customer": _tr("By customer"),
        "day": _tr("By day"),
        "device": _tr("By device"),
        "document": _tr("By document"),
        "fault": _tr("By fault"),
        "item": _tr("By item"),
        "kind": _tr("By kind"),
        "line": _tr("By line"),
        "month": _tr("By month"),
        "person": _tr("By person"),
        "rate": _tr("By rate"),
        "reason": _tr("By reason"),
        "sale": _tr("By sale"),
        "service": _tr("By service"),
        "shift": _tr("By shift"),
        "source": _tr("By source"),
        "staff": _tr("By staff"),
        "state": _tr("By state"),
        "status": _tr("By status"),
        "technician": _tr("By technician"),
        "tender": _tr("By tender"),
        "ticket": _tr("By ticket"),
        "till": _tr("By till"),
        "weekday": _tr("By weekday"),
    }


def _marked() -> tuple[str, ...]:
    return (
        *_names(),
        *_meanings(),
    )


def _names() -> tuple[str, ...]:
    return (
        _tr("0–30 days"),
        _tr("31–60 days"),
        _tr("61–90 days"),
        _tr("Amount"),
        _tr("Average sale"),
        _tr("Best sellers"),
        _tr("Bookings"),
        _tr("Books"),
        _tr("By"),
        _tr("Came back"),
        _tr("Cancelled"),
        _tr("Closed by"),
        _tr("Cost"),
        _tr("Counted"),
        _tr("Credit"),
        _tr("Credit of customers"),
        _tr("Customers"),
        _tr("Day"),
        _tr("Dead stock"),
        _tr("Debts by age"),
        _tr("Deposits"),
        _tr("Deposits held"),
        _tr("Device"),
        _tr("Difference"),
        _tr("Discounted sales"),
        _tr("Discounts"),
        _tr("Drawer difference"),
        _tr("Expected"),
        _tr("Explained by"),
        _tr("Filled"),
        _tr("For"),
        _tr("Gift cards"),
        _tr("Given back"),
        _tr("Good until"),
        _tr("Gross profit"),
        _tr("In a state too long"),
        _tr("In stock"),
        _tr("Issued"),
        _tr("Kept"),
        _tr("Last out"),
        _tr("Late"),
        _tr("Late by"),
        _tr("Longest"),
        _tr("Mean"),
        _tr("Missed bookings"),
        _tr("Month"),
        _tr("Name"),
        _tr("Net"),
        _tr("Net without a cost"),
        _tr("New customers"),
        _tr("Nobody came"),
        _tr("Not explained"),
        _tr("Note"),
        _tr("Number"),
        _tr("Of the sale"),
        _tr("On gift cards"),
        _tr("Over 90 days"),
        _tr("Overdue"),
        _tr("Owed"),
        _tr("PL ID"),
        _tr("Parts of taxes"),
        _tr("Payments"),
        _tr("Person"),
        _tr("Pieces"),
        _tr("Received"),
        _tr("Refunds"),
        _tr("Reminders"),
        _tr("Repairs"),
        _tr("Repairs handed over"),
        _tr("Reserved"),
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
        _tr("State"),
        _tr("Stock"),
        _tr("Storage fee"),
        _tr("Taken in"),
        _tr("Tax"),
        _tr("Taxed net"),
        _tr("Taxes"),
        _tr("Technician"),
        _tr("Tender"),
        _tr("Tenders"),
        _tr("Ticket"),
        _tr("Till"),
        _tr("Time in each state"),
        _tr("Time to ready, median"),
        _tr("Times"),
        _tr("To come"),
        _tr("To order"),
        _tr("To remind"),
        _tr("Too long"),
        _tr("Turnaround, median"),
        _tr("Uncollected"),
        _tr("Used"),
        _tr("Value at cost"),
        _tr("Void"),
        _tr("Voids"),
        _tr("Waiting days"),
        _tr("Waiting for owners"),
        _tr("What"),
        _tr("Z"),
        _tr("Z reports"),
        _tr("Z reports and books"),
    )


def _meanings() -> tuple[str, ...]:
    return (
        _tr("deposits for tickets and bookings that the shop holds at the end of the last day"),
        _tr("devices in the shop that are late or in their state too long, now"),
        _tr("devices that wait for their owners, by how long they do, now"),
        _tr("each part of a tax by itself, as it is told to the authorities (CGST, SGST)"),
        _tr("how it was paid, less what went back; by day or month, too"),
        _tr("how long devices were in the states that they left on these days"),
        _tr("net revenue less the cost that was frozen at the sale, and what of it has no known cost"),
        _tr("net, tax and gross of each rate; by day or month, too"),
        _tr("revenue by kind of thing, by who sold it, by where it came from, by till"),
        _tr("sales that were taken back at once, by whom and why"),
        _tr("the money that came in and went out, by day, month or document"),
        _tr("what became of the bookings of these days, and how much of the hours they filled"),
        _tr("what closed drawers say beside the payments of these days, and the documents between both"),
        _tr("what customers have with the shop at the end of the last day, deposits aside"),
        _tr("what customers owe at the end of the last day, by how long ago the sale was"),
        _tr("what drawers should have held, and what was counted, by shift, person or till"),
        _tr("what each customer bought, the most first; all who are no customers in one row"),
        _tr("what each person sold, gave back, took off, voided, and was out by at the count"),
        _tr("what lies in stock now, what it is worth at cost, what is to be ordered, what is dead"),
        _tr("what sales and refunds came to, deposits and gift cards told apart, by day, month or document"),
        _tr("what the shop owes to those who hold its gift cards at the end of the last day"),
        _tr("what was given back, why, by whom, and of which sale, of whatever year"),
        _tr("what was sold by day or month, less what was given back"),
        _tr("what was sold of each item, the most first"),
        _tr("what was taken in and what left repaired, how long that took, and what of it came back"),
        _tr("what was taken off prices, by whom, and on which sale"),
        _tr("who became a customer on these days, by day or month"),
    )
