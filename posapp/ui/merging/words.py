"""What the merge screen says: why two customers may be one, the fields, what moves."""

from collections.abc import Mapping

from posapp.domain.bookings.bookings import BookingStatus
from posapp.domain.old_data.duplicates import LIKELY, STRONG, DuplicatePair, Reason
from posapp.domain.old_data.merging import MergeField, MoneyRow, OpenJob
from posapp.domain.repairs.tickets import StateMap
from posapp.ui.tickets.looks import ticket_look
from posapp.ui.widgets.status import StatusLook, booking_look
from posapp.ui.wording import translator

_tr = translator("Merging")


def sure_words(score: int) -> str:
    """How sure the finder is, in a word."""
    return _tr("strong") if score >= STRONG else _tr("likely") if score >= LIKELY else _tr("maybe")


def reason_words(pair: DuplicatePair) -> str:
    """Why two customers may be one."""
    words = {
        Reason.SAME_EMAIL: _tr("same e-mail"),
        Reason.SAME_NAME: _tr("same name"),
        Reason.SIMILAR_NAME: _tr("name almost the same"),
        Reason.SWAPPED_NAME: _tr("names swapped"),
        Reason.SAME_SURNAME: _tr("same surname"),
        Reason.FORMER_NUMBER: _tr("former number"),
        Reason.SWAPPED_DIGITS: _tr("two digits swapped"),
        Reason.SAME_DEVICE: _tr("same device"),
        Reason.SAME_ADDRESS: _tr("same address"),
        Reason.NO_PHONE: _tr("no phone"),
    }
    return ", ".join(words[reason] for reason in pair.reasons) or _tr("no longer alike")


def field_words(field: MergeField) -> str:
    """What a field is called."""
    return {
        MergeField.NAME: _tr("Name"),
        MergeField.PHONES: _tr("Phones"),
        MergeField.EMAIL: _tr("E-mail"),
        MergeField.ADDRESS: _tr("Address"),
        MergeField.NOTE: _tr("Note"),
        MergeField.MESSAGES: _tr("Texts"),
        MergeField.PRICE_LEVEL: _tr("Price level"),
        MergeField.TAX_NUMBER: _tr("Tax number"),
    }[field]


def value_words(field: MergeField, values: tuple[str, ...]) -> str:
    """A value as it is shown; what was never asked says so."""
    if field is MergeField.MESSAGES:
        answers = {"given": _tr("Allowed"), "withdrawn": _tr("Not allowed")}
        return answers[values[0]] if values else _tr("Not asked")
    return ", ".join(" ".join(one.split()) for one in values)


def money_words(row: MoneyRow) -> str:
    """What a sum is."""
    return {
        MoneyRow.OWED: _tr("Owed"),
        MoneyRow.CREDIT: _tr("Credit"),
        MoneyRow.DEPOSITS: _tr("Deposits held"),
        MoneyRow.SPENT: _tr("Spent in total"),
    }[row]


def job_look(job: OpenJob, states: StateMap) -> StatusLook:
    """How the state of an open job looks."""
    for state in states.states:
        if state.code == job.state and job.number.startswith("T"):
            return ticket_look(state)
    return booking_look(BookingStatus(job.state))


_GROUPS: tuple[tuple[str, ...], ...] = (
    ("ticket",),
    ("booking", "walk_in"),
    ("sale_order", "payment"),
    ("gift_card",),
    ("past_record",),
    ("phone",),
    ("contact", "further_email"),
    ("document",),
)


def moves_words(moves: Mapping[str, int]) -> list[tuple[int, str]]:
    """How many of what goes to the survivor."""
    words = (
        (_tr("ticket"), _tr("tickets")),
        (_tr("booking"), _tr("bookings")),
        (_tr("sale or payment"), _tr("sales and payments")),
        (_tr("gift card"), _tr("gift cards")),
        (_tr("record of the old system"), _tr("records of the old system")),
        (_tr("number"), _tr("numbers")),
        (_tr("person or address"), _tr("people and addresses")),
        (_tr("paper"), _tr("papers")),
    )
    found = []
    for tables, (one, many) in zip(_GROUPS, words, strict=True):
        count = sum(moves.get(table, 0) for table in tables)
        if count:
            found.append((count, one if count == 1 else many))
    return found
