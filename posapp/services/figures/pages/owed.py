"""What is owed at the end of the last day, either way: debts by their age, credit, deposits, gift cards."""

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from posapp.domain.base.clock import day_of
from posapp.domain.base.numbers import PL, letter_of, number_of
from posapp.domain.figures.measures import Unit
from posapp.domain.figures.periods import Period
from posapp.domain.figures.reports import Behind, Report, Row, key
from posapp.domain.selling.ages import AGES, age_of
from posapp.services.figures.pages.page import PageOf, Read, ReadBehind
from posapp.services.figures.pages.reading import part_of
from posapp.services.figures.pages.words import document, pl_id

if TYPE_CHECKING:
    from posapp.storage.figures.owed import Owed
    from posapp.storage.unit_of_work import UnitOfWork

_NO_SALE = "opening balance"


def _owed(uow: "UnitOfWork", what: str, day: date) -> "list[Owed]":
    from posapp.storage.figures.owed import Owing

    return uow.owed_figures.standing(Owing(what), day)


def _aged(one: "Owed", day: date) -> tuple[int, ...]:
    """The amount under its age, and once more at the end."""
    place = age_of(day_of(one.day), day)
    return (*(one.amount_minor if at == place else 0 for at in range(len(AGES) + 1)), one.amount_minor)


def _debts(uow: "UnitOfWork", period: Period, by: str) -> list[Row]:
    found: dict[str, Row] = {}
    for one in _owed(uow, "debt", period.last):
        whose, number = pl_id(one.pl_number), document(one.kind, one.number)
        name = whose if by == "customer" else number or f"{whose} {_NO_SALE}"
        sale = ("", None) if by == "customer" else (number, day_of(one.day))
        known = found.get(name)
        sums = _aged(one, period.last)
        if known is not None:
            sums = tuple(int(str(a)) + b for a, b in zip(known.cells[4:], sums, strict=True))
        found[name] = Row(name, (whose, one.name, *sale, *sums))
    return list(found.values())


def _behind_debts(
    uow: "UnitOfWork", period: Period, by: str, row: str, after: int, limit: int
) -> Sequence[Behind]:
    found = []
    for one in _owed(uow, "debt", period.last):
        whose, number = pl_id(one.pl_number), document(one.kind, one.number)
        if row == (whose if by == "customer" else number or f"{whose} {_NO_SALE}"):
            words = "" if number else _NO_SALE
            found.append(Behind(number, day_of(one.day), whose, words, one.amount_minor, one.key))
    return part_of(found, after, limit)


def _held(what: str) -> Read:
    """A row for each customer, ticket, booking or card of which the shop holds something."""

    def read(uow: "UnitOfWork", period: Period, _by: str) -> list[Row]:
        rows = []
        for one in _owed(uow, what, period.last):
            whose, number = pl_id(one.pl_number), document(one.kind, one.number)
            day = day_of(one.day) if one.day else None
            rows.append(Row(number or whose, (number or whose, whose, one.name, day, one.amount_minor)))
        return rows

    return read


def _moved(what: str) -> ReadBehind:
    """The documents that changed it until that day."""

    def read(
        uow: "UnitOfWork", period: Period, _by: str, row: str, after: int, limit: int
    ) -> Sequence[Behind]:
        from posapp.storage.figures.owed import Owing

        kind, number = _number(row)
        found = uow.owed_figures.moved(Owing(what), number, period.last, after, limit, kind=kind)
        whose = pl_id(number) if what == "credit" else ""
        return [
            Behind(document(one.kind, one.number), day_of(one.day), whose, one.by, one.amount_minor, one.id)
            for one in found
        ]

    return read


def _number(row: str) -> tuple[str, int]:
    letter = letter_of(row)
    if letter is not None:
        return letter.value, number_of(row, letter, bare=False) or 0
    digits = row.upper().removeprefix(PL)
    return "", int(digits) if digits.isdecimal() else 0


_CUSTOMER, _NAME = key("customer", "PL ID", Unit.CODE), key("name", "Name")
_WHAT = key("number", "Number", Unit.CODE)
DEBTS = PageOf(
    Report(
        "debts",
        "Debts by age",
        (_CUSTOMER, _NAME, key("sale", "Sale", Unit.CODE), key("day", "Since", Unit.DAY)),
        ("age_30_minor", "age_60_minor", "age_90_minor", "age_older_minor", "debt_minor"),
        "what customers owe at the end of the last day, by how long ago the sale was",
        bys=("customer", "sale"),
        charted="debt_minor",
    ),
    _debts,
    _behind_debts,
)
CREDITS = PageOf(
    Report(
        "credits",
        "Credit of customers",
        (_WHAT, _CUSTOMER, _NAME, key("since", "Since", Unit.DAY)),
        ("credit_minor",),
        "what customers have with the shop at the end of the last day, deposits aside",
    ),
    _held("credit"),
    _moved("credit"),
)
DEPOSITS = PageOf(
    Report(
        "deposits",
        "Deposits held",
        (_WHAT, _CUSTOMER, _NAME, key("since", "Since", Unit.DAY)),
        ("held_minor",),
        "deposits for tickets and bookings that the shop holds at the end of the last day",
    ),
    _held("deposit"),
    _moved("deposit"),
)
GIFT_CARDS = PageOf(
    Report(
        "giftcards",
        "Gift cards",
        (_WHAT, _CUSTOMER, _NAME, key("until", "Good until", Unit.DAY)),
        ("outstanding_minor",),
        "what the shop owes to those who hold its gift cards at the end of the last day",
    ),
    _held("card"),
    _moved("card"),
)
