"""Items as lines of a sale: as they stand in the catalogue, with the pieces that leave and return."""

from dataclasses import replace

from posapp.domain.base.errors import DomainError
from posapp.domain.catalogue.items import MoveKind
from posapp.domain.selling.carts import CartLine
from posapp.domain.selling.orders import Order, OrderLine
from posapp.services.catalogue.stock import held_item, move_stock
from posapp.services.selling.kinds.lines import GivenLine, LineSteps
from posapp.services.selling.records import Book
from posapp.services.selling.sales import Sale


class ItemLine(LineSteps):
    """Its pieces leave with all of the sale."""

    def checked(self, sale: Sale, line: CartLine) -> CartLine:
        """With the price and tax of today, which must be those of the cart."""
        item = sale.items.get(line.item_id or 0)
        if item is None or item.is_archived or line.sku not in ("", item.sku):
            raise DomainError(
                "item_archived", f"{line.text} is no longer sold. Take it off the sale.", field="line"
            )
        listed = sale.pricing.price_of(item)
        if line.listed_minor not in (None, listed):
            raise DomainError(
                "line_changed",
                f"{item.name} costs {sale.shown(listed)} now. Look at the sale again.",
                field="line",
                item=item.id,
            )
        return replace(line, listed_minor=listed, sku=item.sku, tax_id=item.tax_id)

    def given_back(self, book: Book, one: GivenLine) -> None:
        """Pieces go back to the shelf if they can be sold again."""
        given = one.given
        if given.line.item_id is not None and given.is_restocked and given.back.units:
            item = held_item(book.uow, given.line.item_id)
            move_stock(book.uow, item, MoveKind.RETURNED, given.back.units, number=one.number)

    def taken_back(self, book: Book, order: Order, line: OrderLine) -> None:
        """All its pieces return."""
        if line.item_id is None:
            return
        item = held_item(book.uow, line.item_id)
        if item.keeps_stock:
            move_stock(book.uow, item, MoveKind.RETURNED, line.quantity, number=order.number)
