"""Past records in a clerk's words: what an old system said, from which one, and what can be done with it."""

from typing import TYPE_CHECKING

from posapp.domain.old_data.imports import PastKind, System
from posapp.ui.widgets.status import StatusLook
from posapp.ui.wording import translator

if TYPE_CHECKING:
    from posapp.domain.old_data.past import PastRecord
    from posapp.services.figures.history import Event

_tr = translator("PastRecords")
KEY = "Alt+T"
"""Takes an old repair in."""


def source_name(system: str) -> str:
    """Where something came from: `Square`; a system that only a newer program knows by its word."""
    names = {
        System.BOOKING_SYSTEM: _tr("Booking system"),
        System.SEPARATE_LOGINS: _tr("Bookings with logins"),
        System.MULTI_SHOP: _tr("Multi-shop till"),
        System.USERS_WITH_IDS: _tr("Users with PL IDs"),
        System.REPAIR_TICKETS: _tr("Repair tickets"),
        System.SQUARE: "Square",
        System.SHOPIFY: "Shopify",
        System.REPAIRSHOPR: "RepairShopr",
        System.REPAIRDESK: "RepairDesk",
        System.ODOO: "Odoo",
        System.OPEN_SOURCE_POS: "Open Source POS",
        System.EASY_APPOINTMENTS: "Easy!Appointments",
        System.ORDERRY: "Orderry",
        System.GOOGLE_CONTACTS: _tr("Google Contacts"),
        System.GENERAL: _tr("A table"),
        System.POSAPP: _tr("An export of posapp"),
    }
    return names[System(system)] if system in set(System) else system


def kind_word(kind: str) -> str:
    """What a record was."""
    words = {
        PastKind.BOOKING: _tr("Booking"),
        PastKind.TICKET: _tr("Repair"),
        PastKind.ORDER: _tr("Sale"),
        PastKind.APPOINTMENT: _tr("Appointment"),
    }
    return words[PastKind(kind)]


def past_look() -> StatusLook:
    """The badge of all that came from old systems."""
    return StatusLook("history", _tr("From the old system"), "quiet")


def past_words(event: "Event") -> str:
    """What it was, and how it stood there: `Repair, waiting_parts`."""
    words = ", ".join(filter(None, (kind_word(event.with_whom), event.word)))
    if not event.order:
        return words
    return _tr("{record}, goes on as {ticket}").format(record=words, ticket=event.order)


def past_notes(record: "PastRecord") -> list[tuple[str, str]]:
    """The fields of a record as they were written, and where it came from."""
    amount = []
    if record.amount_minor and not record.is_counted:
        amount = [(_tr("Amount"), _tr("Does not count towards what was spent, for how it ended"))]
    elif record.amount_minor and record.ticket:
        amount = [(_tr("Amount"), _tr("Counts with {ticket}").format(ticket=record.ticket))]
    source = f"{source_name(record.system)} · {record.whole_id}"
    return [(_tr("From"), source), *amount, *((_name(name), text) for name, text in record.lines)]


def _name(name: str) -> str:
    """The name of a field, readable: `issue_description` is `Issue description`."""
    words = name.replace("_", " ").strip()
    return words[:1].upper() + words[1:] or _tr("Text")
