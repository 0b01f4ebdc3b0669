"""The one list of the kinds of lines, and that of the tenders, with what each does at the steps of a sale."""

from posapp.domain.selling.carts import LineKind
from posapp.domain.selling.payments import Tender
from posapp.services.selling.kinds.credits import CreditTender
from posapp.services.selling.kinds.deposits import DepositLine
from posapp.services.selling.kinds.gift_cards import CardLine, CardTender
from posapp.services.selling.kinds.items import ItemLine
from posapp.services.selling.kinds.lines import LineSteps
from posapp.services.selling.kinds.tenders import TenderSteps
from posapp.services.selling.records import Book, Money, move_money

LINES: dict[LineKind, LineSteps] = {
    **dict.fromkeys(LineKind, LineSteps()),
    LineKind.ITEM: ItemLine(),
    LineKind.DEPOSIT: DepositLine(),
    LineKind.GIFT_CARD: CardLine(),
}
TENDERS: dict[Tender, TenderSteps] = {
    **dict.fromkeys(Tender, TenderSteps()),
    Tender.CREDIT: CreditTender(),
    Tender.GIFT_CARD: CardTender(),
}


def take_money(book: Book, money: Money) -> tuple[int, str]:
    """Keep a payment that comes in, with what its tender does besides; its key and its number."""
    key, number = move_money(book, money)
    TENDERS[money.tender].paid(book, key, money)
    return key, number
