"""The measures of work: repairs, bookings, who came, what lies in stock."""

from posapp.domain.figures.measure import Better, Measure, Sum, Unit

_COUNT, _MINUTES = Unit.COUNT, Unit.MINUTES
_HANDED = (
    Measure("taken_in", "Taken in", _COUNT, "devices that were taken in on these days", better=Better.UP),
    Measure(
        "handed_over",
        "Repairs handed over",
        _COUNT,
        "devices that left the shop repaired",
        "the sum over all technicians",
        Better.UP,
    ),
    Measure(
        "ready_minutes",
        "Time to ready, median",
        _MINUTES,
        "of the devices that left repaired: from intake to the last time that they became ready, "
        "in half hours within a day and in tenths of days beyond it",
        better=Better.DOWN,
        sum=Sum.GIVEN,
    ),
    Measure(
        "turnaround_minutes",
        "Turnaround, median",
        _MINUTES,
        "of the devices that left repaired: from intake to the hand-back, in the same steps",
        better=Better.DOWN,
        sum=Sum.GIVEN,
    ),
    Measure(
        "came_back",
        "Came back",
        _COUNT,
        "of the devices that left repaired: those taken in again within 30 days",
        better=Better.DOWN,
    ),
)
_STAYED = (
    Measure("stays", "Times", _COUNT, "times that a device was in a state and left it on one of these days"),
    Measure(
        "stay_minutes",
        "Mean",
        _MINUTES,
        "how long a device was in the state, on the average of these times",
        better=Better.DOWN,
        sum=Sum.GIVEN,
    ),
    Measure(
        "longest_minutes",
        "Longest",
        _MINUTES,
        "the longest of these times",
        better=Better.DOWN,
        sum=Sum.GIVEN,
    ),
    Measure(
        "too_long",
        "Too long",
        _COUNT,
        "of these times: those longer than the state allows",
        better=Better.DOWN,
    ),
)
_HERE = (
    Measure(
        "late",
        "Late",
        _COUNT,
        "devices whose promised time is past while work is left to do",
        "what the board marks as late",
        Better.DOWN,
    ),
    Measure(
        "stuck",
        "In a state too long",
        _COUNT,
        "devices that are in their state longer than that state allows",
        "what the board marks as too long",
        Better.DOWN,
    ),
    Measure(
        "late_minutes",
        "Late by",
        _MINUTES,
        "how long the promised time is past; of several devices the longest",
        better=Better.DOWN,
        sum=Sum.GIVEN,
    ),
    Measure(
        "waiting",
        "Waiting for owners",
        _COUNT,
        "devices with which nothing is left to do but hand them over",
        better=Better.DOWN,
    ),
    Measure(
        "waiting_days",
        "Waiting days",
        _COUNT,
        "since how many days; of several devices the longest",
        better=Better.DOWN,
        sum=Sum.GIVEN,
    ),
    Measure("reminded", "Reminders", _COUNT, "reminders that went out for them"),
    Measure("to_remind", "To remind", _COUNT, "devices for which a reminder is due now", better=Better.DOWN),
    Measure("storage_minor", "Storage fee", Unit.MONEY, "what storing them has cost so far"),
)
_CAME = (
    Measure(
        "new_customers",
        "New customers",
        _COUNT,
        "people who became customers, whichever way they came in",
        better=Better.UP,
    ),
    Measure("booked", "Bookings", _COUNT, "bookings of these days, cancelled ones included"),
    Measure("kept", "Kept", _COUNT, "bookings to which the customer came", better=Better.UP),
    Measure("coming", "To come", _COUNT, "bookings of which nobody has said yet what became of them"),
    Measure("no_shows", "Nobody came", _COUNT, "bookings to which nobody came", better=Better.DOWN),
    Measure("cancelled", "Cancelled", _COUNT, "bookings that were cancelled", better=Better.DOWN),
    Measure(
        "missed",
        "Missed bookings",
        Unit.SHARE,
        "of the bookings that were due and not cancelled: those to which nobody came",
        better=Better.DOWN,
        sum=Sum.GIVEN,
    ),
    Measure(
        "filled",
        "Filled",
        Unit.SHARE,
        "how much of the hours of people and benches bookings took that were neither missed nor cancelled, "
        "by the opening hours as they are set up now",
        better=Better.UP,
        sum=Sum.GIVEN,
    ),
)
_STOCKED = (
    Measure("in_stock", "In stock", _COUNT, "pieces in stock", "the sum of all moves of their items"),
    Measure("reserved", "Reserved", _COUNT, "pieces in stock that open repairs wait for"),
    Measure(
        "stock_minor",
        "Value at cost",
        Unit.MONEY,
        "pieces in stock times what a piece costs (average of what was received, else as entered); "
        "what has no known cost has no value",
    ),
    Measure(
        "to_order",
        "To order",
        _COUNT,
        "items with a level to order at, of which no more than that are free",
        better=Better.DOWN,
    ),
    Measure(
        "dead_minor",
        "Dead stock",
        Unit.MONEY,
        "the value of items of which nothing went out for 180 days",
        better=Better.DOWN,
    ),
)
WORK = (*_HANDED, *_STAYED, *_HERE, *_CAME, *_STOCKED)
