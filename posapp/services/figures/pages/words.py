"""What the rows of the pages of money are called where a code says it."""

from posapp.domain.base.numbers import Letter, number_text
from posapp.domain.catalogue.items import ItemKind
from posapp.domain.catalogue.taxes import percent_text
from posapp.domain.customers.pl_id import PlId
from posapp.domain.selling.carts import LineKind
from posapp.domain.selling.payments import Tender

WALK_IN = "walk-in"
"""The row of all who are no customers."""
_KINDS: dict[str, str] = {
    ItemKind.PART: "Parts",
    ItemKind.GOODS: "Goods",
    ItemKind.SERVICE: "Services",
    LineKind.ITEM: "Items",
    LineKind.TEXT: "Free lines",
    LineKind.TICKET: "Repairs",
    LineKind.BOOKING: "Bookings",
}
_TENDERS: dict[str, str] = {
    Tender.CASH: "Cash",
    Tender.CARD: "Card",
    Tender.TRANSFER: "Transfer",
    Tender.QR: "QR code",
    Tender.GIFT_CARD: "Gift card",
    Tender.CREDIT: "Credit",
    Tender.DEPOSIT: "Deposit",
}
_SOURCES = {
    "counter": "Counter",
    "kiosk": "Kiosk",
    "web": "Web",
    "import": "Old data",
    "cli": "Command line",
    "demo": "Demo",
}


def kind_words(code: str) -> str:
    """What kind of thing was sold."""
    return _KINDS.get(code, code)


def tender_words(code: str) -> str:
    """How it was paid."""
    return _TENDERS.get(code, code)


def source_words(code: str) -> str:
    """Where a sale came from."""
    return _SOURCES.get(code, code)


def rate_words(code: str) -> str:
    """`GST 18 %` of `GST:180000`; what bears no tax."""
    name, _, rate = code.rpartition(":")
    return f"{name} {percent_text(int(rate))} %" if name else "No tax"


def pl_id(number: int) -> str:
    """`PL24`; nobody's is empty."""
    return str(PlId(number)) if number else ""


def document(letter: str, number: int) -> str:
    """`S12`; no number is empty."""
    return number_text(Letter(letter), number) if letter and number else ""
