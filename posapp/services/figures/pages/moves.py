"""Both views of one ledger: what was issued, and what was received by which tender."""

from collections import defaultdict
from collections.abc import Sequence
from typing import TYPE_CHECKING

from posapp.domain.base.clock import day_of
from posapp.domain.base.numbers import Letter
from posapp.domain.figures.measures import Unit
from posapp.domain.figures.periods import Period
from posapp.domain.figures.reports import Behind, Cell, Chart, Report, Row, key
from posapp.domain.selling.payments import Tender
from posapp.services.figures.pages.page import PageOf
from posapp.services.figures.pages.reading import (
    MOST,
    STEPS,
    moment,
    order_behind,
    part_of,
    payment_behind,
    whole,
    within,
)
from posapp.services.figures.pages.words import document, pl_id, tender_words

if TYPE_CHECKING:
    from posapp.storage.figures.documents import OrderFacts, PaymentFacts
    from posapp.storage.unit_of_work import UnitOfWork

_DEPOSITS, _CARDS = "deposit", "giftcard"


# -- by tender -------------------------------------------------------------------------------------------
def _by_tender(uow: "UnitOfWork", period: Period, by: str) -> dict[tuple[int, str], list[int]]:
    """Payments, amount and rounding of each tender; of each day or month, too."""
    found: dict[tuple[int, str], list[int]] = defaultdict(lambda: [0, 0, 0])
    step = STEPS.get(by, 0)
    for day, tender, total in uow.totals.between("tender", period.first, period.last):
        sums = found[day // step if step else 0, tender]
        for place, minor in enumerate((total.count, total.gross_minor, total.gross_minor - total.net_minor)):
            sums[place] += minor
    return dict(sorted(found.items()))


def _tenders(uow: "UnitOfWork", period: Period, by: str) -> list[Row]:
    rows = []
    for (when, tender), (count, amount, rounding) in _by_tender(uow, period, by).items():
        name, day = moment(when, by) if when else ("", None)
        received = amount if Tender(tender).is_money else 0
        cells = (tender_words(tender), day, count, amount, received, amount - received, rounding)
        rows.append(Row(f"{name} {tender}".strip(), cells))
    return rows


def _behind_tender(
    uow: "UnitOfWork", period: Period, by: str, row: str, after: int, limit: int
) -> Sequence[Behind]:
    days: Period | None = period
    if by in STEPS:
        name, _, row = row.partition(" ")
        days = within(period, name)
    if days is None or not row:
        return ()
    found = uow.document_figures.payments(days.first, days.last, limit, tender=row, after=after)
    return [payment_behind(one) for one in found]


# -- received --------------------------------------------------------------------------------------------
def _received(uow: "UnitOfWork", period: Period, by: str) -> list[Row]:
    if by == "document":
        return [
            _paid(one) for one in whole(uow.document_figures.payments(period.first, period.last, MOST + 1))
        ]
    found: dict[int, list[int]] = defaultdict(lambda: [0, 0, 0, 0])
    for (when, tender), (count, amount, rounding) in _by_tender(uow, period, by).items():
        sums = found[when]
        sums[0] += count
        sums[2 if not Tender(tender).is_money else 1] += amount
        sums[3] += rounding
    rows = []
    for when, sums in found.items():
        name, day = moment(when, by)
        rows.append(Row(name, (day, "", "", "", *sums)))
    return rows


def _paid(one: "PaymentFacts") -> Row:
    number, is_money = document(Letter.PAYMENT, one.number), Tender(one.tender).is_money
    facts = (day_of(one.day), number, tender_words(one.tender), document(Letter.SALE, one.order))
    sums = (one.amount_minor, 0) if is_money else (0, one.amount_minor)
    return Row(number, (*facts, 1, *sums, one.rounding_minor))


def _behind_received(
    uow: "UnitOfWork", period: Period, by: str, row: str, after: int, limit: int
) -> Sequence[Behind]:
    if by == "document":
        those = uow.document_figures.payments(period.first, period.last, MOST + 1, is_money=True)
        found = [payment_behind(one) for one in those if document(Letter.PAYMENT, one.number) == row]
        return part_of(found, after, limit)
    days = within(period, row)
    if days is None:
        return ()
    paid = uow.document_figures.payments(days.first, days.last, limit, is_money=True, after=after)
    return [payment_behind(one) for one in paid]


# -- issued ----------------------------------------------------------------------------------------------
def _issued(uow: "UnitOfWork", period: Period, by: str) -> list[Row]:
    if by == "document":
        return [_order(one) for one in _orders(uow, period)]
    found: dict[int, list[int]] = defaultdict(lambda: [0, 0, 0, 0])
    places = {("order", "sale"): 0, ("order", "refund"): 1, ("kind", _DEPOSITS): 2, ("kind", _CARDS): 3}
    for what in ("order", "kind"):
        for at, kind, total in uow.totals.between(what, period.first, period.last):
            place = places.get((what, kind))
            if place is not None:
                found[at // STEPS[by]][place] += total.gross_minor
    rows = []
    for when, (sold, back, deposits, cards) in sorted(found.items()):
        name, day = moment(when, by)
        rows.append(Row(name, (day, "", "", *_sums(sold, back, deposits, cards))))
    return rows


def _sums(sold: int, back: int, deposits: int, cards: int) -> tuple[int, ...]:
    return sold, -back, deposits, cards, sold + back + deposits + cards


def _orders(uow: "UnitOfWork", period: Period) -> "Sequence[OrderFacts]":
    from posapp.storage.figures.documents import Orders

    return whole(uow.document_figures.orders(Orders.ALL, period.first, period.last, MOST + 1))


def _order(one: "OrderFacts") -> Row:
    number = document(Letter.SALE, one.number)
    sold, back = (0, one.revenue_minor) if one.refund_of else (one.revenue_minor, 0)
    facts: tuple[Cell, ...] = (day_of(one.day), number, pl_id(one.pl_number))
    return Row(number, (*facts, *_sums(sold, back, one.deposits_minor, one.cards_minor)))


def _behind_issued(
    uow: "UnitOfWork", period: Period, by: str, row: str, after: int, limit: int
) -> Sequence[Behind]:
    days = period if by == "document" else within(period, row)
    found = [
        order_behind(one, one.total_minor)
        for one in (_orders(uow, days) if days else ())
        if by != "document" or document(Letter.SALE, one.number) == row
    ]
    return part_of(found, after, limit)


_DAY, _NUMBER = key("day", "Day", Unit.DAY), key("number", "Number", Unit.CODE)
TENDERS = PageOf(
    Report(
        "tenders",
        "Tenders",
        (key("tender", "Tender"), _DAY),
        ("payments", "tendered_minor", "received_minor", "used_minor", "rounding_minor"),
        "how it was paid, less what went back; by day or month, too",
        bys=("tender", "day", "month"),
        chart=Chart.SHARES,
        charted="tendered_minor",
    ),
    _tenders,
    _behind_tender,
)
RECEIVED = PageOf(
    Report(
        "received",
        "Received",
        (_DAY, _NUMBER, key("tender", "Tender"), key("order", "For", Unit.CODE)),
        ("payments", "received_minor", "used_minor", "rounding_minor"),
        "the money that came in and went out, by day, month or document",
        bys=("day", "month", "document"),
        chart=Chart.BARS,
        charted="received_minor",
    ),
    _received,
    _behind_received,
)
ISSUED = PageOf(
    Report(
        "issued",
        "Issued",
        (_DAY, _NUMBER, key("customer", "PL ID", Unit.CODE)),
        ("sold_minor", "refunded_minor", "deposits_minor", "cards_minor", "issued_minor"),
        "what sales and refunds came to, deposits and gift cards told apart, by day, month or document",
        bys=("day", "month", "document"),
        chart=Chart.BARS,
        charted="issued_minor",
    ),
    _issued,
    _behind_issued,
)
