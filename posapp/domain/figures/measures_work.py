"""The measures of work: repairs, bookings, who came, what lies in stock."""

from posapp.domain.figures.measure import Better, Measure, Sum, Unit

_HANDED = (
    Measure(
        "handed_over",
        "Repairs handed over",
        Unit.COUNT,
        "devices that left the shop repaired",
        "the sum over all technicians",
        Better.UP,
    ),
    Measure(
        "ready_minutes",
        "Time to ready, median",
        Unit.MINUTES,
        "of the devices that left repaired: from intake to the last time that they became ready, "
        "in half hours within a day and in tenths of days beyond it",
        better=Better.DOWN,
        sum=Sum.GIVEN,
    ),
    Measure(
        "came_back",
        "Came back",
        Unit.COUNT,
        "of the devices that left repaired: those taken in again within 30 days",
        better=Better.DOWN,
    ),
)
_CAME = (
    Measure(
        "new_customers",
        "New customers",
        Unit.COUNT,
        "people who became customers, whichever way they came in",
        better=Better.UP,
    ),
    Measure(
        "missed",
        "Missed bookings",
        Unit.SHARE,
        "of the bookings that were due and not cancelled: those to which nobody came",
        better=Better.DOWN,
        sum=Sum.GIVEN,
    ),
)
WORK = (*_HANDED, *_CAME)
