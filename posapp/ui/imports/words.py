"""What systems, fields, fates and reasons are called in the assistant, and how times and sizes are said."""

from collections import Counter
from collections.abc import Sequence

from posapp.domain.old_data.imports import BatchState, ImportField, RowFate, RowNote, System
from posapp.domain.old_data.reasons import reason_of
from posapp.ui.widgets.status import StatusLook
from posapp.ui.wording import translator

_tr = translator("Import")
ICONS = {
    RowFate.CREATED: ("user-plus", "success"),
    RowFate.MATCHED: ("user-check", "primary"),
    RowFate.TWICE: ("copy", "text2"),
    RowFate.WITHOUT_PHONE: ("phone-off", "warning"),
    RowFate.PAST: ("history", "info"),
    RowFate.PASSED: ("log-out", "text2"),
    RowFate.REJECTED: ("circle-x", "danger"),
}
_MOST_REASONS = 2


def system_word(system: System) -> str:
    """What a file was taken for: `Square customers`."""
    return {
        System.BOOKING_SYSTEM: _tr("Booking system (000)"),
        System.SEPARATE_LOGINS: _tr("Bookings with logins (001)"),
        System.MULTI_SHOP: _tr("Multi-shop till (002)"),
        System.USERS_WITH_IDS: _tr("Users with PL IDs (003)"),
        System.REPAIR_TICKETS: _tr("Repair tickets (004)"),
        System.SQUARE: _tr("Square customers"),
        System.SHOPIFY: _tr("Shopify customers"),
        System.REPAIRSHOPR: _tr("RepairShopr customers"),
        System.REPAIRDESK: _tr("RepairDesk customers"),
        System.ODOO: _tr("Odoo contacts"),
        System.OPEN_SOURCE_POS: _tr("Open Source POS customers"),
        System.EASY_APPOINTMENTS: _tr("Easy!Appointments customers"),
        System.ORDERRY: _tr("Orderry clients"),
        System.GOOGLE_CONTACTS: _tr("Google Contacts"),
        System.GENERAL: _tr("A table of customers"),
        System.POSAPP: _tr("An export of posapp"),
    }[system]


def field_word(field: ImportField | None) -> str:
    """What a column goes to."""
    if field is None:
        return _tr("Left out")
    return {
        ImportField.ID: _tr("Old number"),
        ImportField.NAME: _tr("Name"),
        ImportField.FIRST_NAME: _tr("First name"),
        ImportField.LAST_NAME: _tr("Last name"),
        ImportField.COMPANY: _tr("Company"),
        ImportField.EMAIL: _tr("E-mail"),
        ImportField.PHONE: _tr("Phone"),
        ImportField.ADDRESS: _tr("Street"),
        ImportField.TOWN: _tr("Town"),
        ImportField.POSTCODE: _tr("Postcode"),
        ImportField.STATE: _tr("County or state"),
        ImportField.COUNTRY: _tr("Country"),
        ImportField.NOTE: _tr("Note"),
        ImportField.CREATED_AT: _tr("Customer since"),
        ImportField.SPENT: _tr("Spent before"),
    }[field]


def fate_word(fate: RowFate, files: int = 1) -> str:
    """The title of a figure, for one file or several."""
    return {
        RowFate.CREATED: _tr("New customers"),
        RowFate.MATCHED: _tr("Already here"),
        RowFate.TWICE: _tr("Twice in the file") if files == 1 else _tr("Twice in the files"),
        RowFate.WITHOUT_PHONE: _tr("Without a phone"),
        RowFate.PAST: _tr("Past records"),
        RowFate.PASSED: _tr("Passed over"),
        RowFate.REJECTED: _tr("Refused"),
    }[fate]


def reason_word(code: str) -> str:
    """A reason or warning in two or three words, "" for an unknown one."""
    return {
        "row_malformed": _tr("not readable"),
        "id_missing": _tr("without an old number"),
        "id_duplicate": _tr("old number twice"),
        "business_unknown": _tr("of an unknown shop"),
        "phone_missing": _tr("without a phone"),
        "phone_unparseable": _tr("not a number"),
        "phone_placeholder": _tr("placeholders"),
        "phone_destroyed": _tr("digits lost"),
        "phone_several": _tr("several numbers"),
        "orphan": _tr("of nobody"),
        "date_invalid": _tr("no date"),
        "amount_negative": _tr("negative amounts"),
        "amount_invalid": _tr("no amount"),
        "phone_possible": _tr("unusual number"),
        "phone_local": _tr("without area code"),
        "phone_extension": _tr("with extension"),
        "phone_mismatch": _tr("another number"),
        "link_broken": _tr("link to nobody"),
        "linked_by_email": _tr("found by e-mail"),
        "pl_id_invalid": _tr("PL ID not readable"),
        "pl_id_duplicate": _tr("PL ID of another"),
        "row_nobody": _tr("of nobody in particular"),
        "phone_zero": _tr("zero put back"),
        "phone_left_out": _tr("further number kept in the note"),
        "email_left_out": _tr("e-mail kept in the note"),
        "date_unread": _tr("date kept in the note"),
        "text_cut": _tr("text cut"),
    }.get(code, "")


def reasons(notes: Sequence[RowNote]) -> str:
    """The commonest reasons with their counts: `9 placeholders, 8 not a number, 4 other`."""
    counted = Counter(one.code for one in notes).most_common()
    said = [
        _tr("{count} {reason}").format(count=f"{count:,}", reason=reason_word(code) or code.replace("_", " "))
        for code, count in counted[:_MOST_REASONS]
    ]
    rest = sum(count for _code, count in counted[_MOST_REASONS:])
    if rest:
        said.append(_tr("{count} other").format(count=f"{rest:,}"))
    return ", ".join(said)


def why(note: RowNote) -> str:
    """What is said of one row."""
    return note.message or reason_of(note.code)


def collection_word(collection: str) -> str:
    """A collection of an old system, read as words."""
    return collection.replace("_", " ").capitalize()


def state_look(state: BatchState) -> StatusLook:
    """How the state of a batch looks."""
    return {
        BatchState.STAGED: StatusLook("ring-dashed", _tr("Not imported yet"), "neutral"),
        BatchState.APPLYING: StatusLook("ring-half", _tr("Not finished"), "warning"),
        BatchState.APPLIED: StatusLook("circle-check", _tr("Imported"), "success"),
        BatchState.UNDOING: StatusLook("ring-quarter", _tr("Undo not finished"), "warning"),
        BatchState.UNDONE: StatusLook("undo-2", _tr("Undone"), "quiet"),
    }[state]


def shown_seconds(seconds: float) -> str:
    """A span: `2 s`, `3 min`."""
    whole = max(1, round(seconds))
    if whole < 120:
        return _tr("{count} s").format(count=whole)
    return _tr("{count} min").format(count=round(whole / 60))


def counted(count: int, one: str, many: str) -> str:
    """A sentence of one or of many: `counted(2, _tr("1 row"), _tr("{count} rows"))`."""
    return one if count == 1 else many.format(count=f"{count:,}")


def shown_rows(count: int) -> str:
    """`1 row`, `15,538 rows`."""
    return counted(count, _tr("1 row"), _tr("{count} rows"))


def shown_bytes(size: int) -> str:
    """`3.1 MB`."""
    from posapp.services.care.doctor import shown_size

    return shown_size(size)
