"""Days, times, lengths and amounts of a document as its shop's locale writes them on paper."""

from datetime import date, datetime, time
from typing import Final

from posapp.domain.base.local_dates import local_day, local_time
from posapp.domain.base.money import Money, format_figure, format_money
from posapp.domain.bookings.papers import BookingSlip
from posapp.domain.papers.documents import Document, PaperKind, ShopHeader
from posapp.domain.repairs.papers import EstimatePaper, PricedLine

_TITLES: Final = {
    PaperKind.BOOKING_SLIP: "Booking",
    PaperKind.CLAIM_TICKET: "Repair ticket",
    PaperKind.DEVICE_LABEL: "Label",
    PaperKind.PRICE_LABEL: "Price label",
    PaperKind.SHELF_LABEL: "Shelf label",
    PaperKind.ESTIMATE: "Estimate",
    PaperKind.HAND_BACK: "Hand-back",
    PaperKind.X_REPORT: "X report",
    PaperKind.Z_REPORT: "Z report",
    PaperKind.GIFT_CARD: "Gift card",
    PaperKind.STATEMENT: "Statement",
    PaperKind.REPORT: "Report",
    PaperKind.BADGE: "Badge",
    PaperKind.PERSON_DATA: "Your data",
}
THANKS: Final = "Thank you, see you soon."


def title(document: Document) -> str:
    """What a paper is called."""
    return document.called or _TITLES[document.kind]


def named(document: Document) -> str:
    """What it is called with its number: "Booking B319"; "Refund of S2207, S2210"."""
    called = title(document)
    return f"{called}{',' * called[-1:].isdigit()} {document.number}".rstrip()


def seal(seal: str) -> str:
    """The end of the shop's journal, as it stands at the foot of a day's first paper."""
    return f"Journal {seal}"


def day_with_weekday(day: str, locale: str) -> str:
    """`2026-03-14` as "Sat 14 Mar 2026"."""
    return local_day(date.fromisoformat(day), locale, weekday=True)


def day_and_time(local: str, locale: str) -> tuple[str, str]:
    """`2026-03-14T12:00` as "Sat 14 Mar 2026" and "12:00"."""
    at = datetime.fromisoformat(local)
    return local_day(at.date(), locale, weekday=True), local_time(at.time(), locale)


def clock(starts: str, locale: str) -> str:
    """`15:30` as the locale writes it, with 12 or 24 hours."""
    return local_time(time.fromisoformat(starts), locale)


def moment(local: str, locale: str) -> str:
    """`2026-03-12T14:36` as "12 Mar 2026, 14:36"."""
    at = datetime.fromisoformat(local)
    return f"{local_day(at.date(), locale)}, {local_time(at.time(), locale)}"


def length(minutes: int) -> str:
    """45 as "45 min", 90 as "1 h 30 min"."""
    hours, rest = divmod(minutes, 60)
    parts = [f"{hours} h"] * bool(hours) + [f"{rest} min"] * bool(rest or not hours)
    return " ".join(parts)


def duration_and_zone(slip: BookingSlip) -> str:
    """How long the work takes, and the word that a clock change needs."""
    return ", ".join(part for part in (length(slip.minutes), slip.zone_note) if part)


def amount(minor: int | None, shop: ShopHeader) -> str:
    """An amount of the shop's money with its currency, empty if there is none."""
    return "" if minor is None else format_money(Money(minor, shop.currency), shop.locale)


def figure(minor: int, shop: ShopHeader) -> str:
    """An amount without its currency, for a column of figures."""
    return format_figure(Money(minor, shop.currency), shop.locale)


def times(line: PricedLine, shop: ShopHeader) -> str:
    """ "2 × €12.50" where there is more than one of a thing, else nothing."""
    return f"{line.quantity} × {amount(line.unit_minor, shop)}" if line.quantity != 1 else ""


def estimate_title(paper: EstimatePaper) -> str:
    """ "Estimate", or "Estimate, version 2" where it replaces an earlier one."""
    name = title(paper)
    return f"{name}, version {paper.version}" if paper.version > 1 else name


def place(position: int, count: int) -> str:
    """Which of several devices one is, empty for an only one."""
    return f"{position} of {count}" if count > 1 else ""
