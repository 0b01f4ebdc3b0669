"""Gift cards as lines of a sale, which load them, and as a tender, which takes from them."""

from typing import TYPE_CHECKING

from posapp.domain.base.errors import DomainError
from posapp.domain.selling.carts import CartLine, LineKind
from posapp.domain.selling.gift_cards import CardMoveKind
from posapp.domain.selling.orders import Order, OrderLine
from posapp.domain.selling.payments import Payment, Tender
from posapp.services.selling.card_moves import (
    check_card_line,
    load_card,
    move_card,
    refuse_used,
    require_card,
    shares_of,
)
from posapp.services.selling.kinds.lines import Given, GivenLine, LineSteps, SoldLine, as_far_as
from posapp.services.selling.kinds.tenders import Codes, TenderSteps, pay_out
from posapp.services.selling.order_commands import Back, RefundPlan
from posapp.services.selling.records import Book, Money
from posapp.services.selling.sales import Sale

if TYPE_CHECKING:
    from posapp.storage.unit_of_work import UnitOfWork


class CardLine(LineSteps):
    """Sells a card or tops one up."""

    def checked(self, sale: Sale, line: CartLine) -> CartLine:
        """Of more than nothing, and good."""
        check_card_line(sale.uow, sale.cards, line)
        return line

    def sold(self, sale: Sale, book: Book, one: SoldLine) -> None:
        """There is more on the card; the sale tells the code of a new one."""
        line, customer = one.line, sale.customer_id
        printed = "" if line.card else dict(sale.command.codes).get(one.place, "")
        keys = {"order_id": one.order_id, "line_id": one.line_id}
        code = load_card(book, line, code=printed, customer_id=customer, **keys)
        if code:
            sale.codes.append((one.place, code))

    def up_to_rest(self, uow: "UnitOfWork", given: list[Given], *, is_asked: bool) -> list[Given]:
        """As far as there is something on the card."""
        return as_far_as(
            given, lambda number: require_card(uow, number).balance_minor, _used, is_asked=is_asked
        )

    def given_back(self, book: Book, one: GivenLine) -> None:
        """There is less on the card."""
        card, minor = require_card(book.uow, one.given.line.number), one.given.amounts.gross_minor
        keys = {"order_id": one.order_id, "line_id": one.line_id}
        move_card(book.uow, card, CardMoveKind.RETURNED, minor, day=book.day, **keys)

    def refuse_void(self, uow: "UnitOfWork", order: Order, lines: list[OrderLine]) -> None:
        """As long as all of it is on the cards."""
        refuse_used(uow, order, lines)

    def taken_back(self, book: Book, order: Order, line: OrderLine) -> None:
        """Nothing of it is on the card any more."""
        card, minor = require_card(book.uow, line.number), -line.amounts.gross_minor
        move_card(book.uow, card, CardMoveKind.RETURNED, minor, day=book.day, order_id=order.id)


class CardTender(TenderSteps):
    """Pays with what is on a card; its payment's reference is the number of the card."""

    def paid(self, book: Book, key: int, money: Money) -> None:
        """There is less on the card."""
        card, minor = require_card(book.uow, money.reference), -money.amount_minor
        keys = {"order_id": money.order_id, "payment_id": key}
        move_card(book.uow, card, CardMoveKind.USED, minor, day=book.day, **keys)

    def refuse_refund(self, given: list[Given]) -> None:
        """A card does not turn into another one."""
        if any(one.line.kind is LineKind.GIFT_CARD for one in given):
            raise DomainError("giftcard_for_card", "A gift card is given back in money.", field="to")

    def give_back(self, book: Book, plan: RefundPlan, key: int, back: Back) -> Codes:
        """To the cards that paid; the code of a new one, if it takes a part."""
        shares, code = shares_of(book, plan.order, back.amount_minor)
        for card, share in shares:
            payment = pay_out(book, plan, key, Back(Tender.GIFT_CARD, share), reference=card.number)
            keys = {"order_id": key, "payment_id": payment}
            move_card(book.uow, card, CardMoveKind.RETURNED, share, day=book.day, **keys)
        return ((0, code),) if code else ()

    def taken_back(self, book: Book, order: Order, payment: Payment, reversing: int) -> None:
        """The card has again what it paid."""
        card, minor = require_card(book.uow, payment.reference), payment.amount_minor
        keys = {"order_id": order.id, "payment_id": reversing}
        move_card(book.uow, card, CardMoveKind.RETURNED, minor, day=book.day, **keys)


def _used(number: str) -> DomainError:
    return DomainError("giftcard_used", f"There is nothing left on {number}.", field="line")
