"""Sales, refunds and payments as commands print them: the fixed JSON shape, and lines for people."""

from collections.abc import Sequence
from datetime import date

from posapp.cli.context import Context
from posapp.cli.output import facts, table
from posapp.cli.values import shown_at, shown_price
from posapp.domain.catalogue.taxes import percent_text
from posapp.domain.selling.ages import AGE_NAMES, AGE_WORDS
from posapp.domain.selling.carts import LineKind
from posapp.domain.selling.gift_cards import shown_code
from posapp.domain.selling.ledger import Standing
from posapp.domain.selling.orders import HeldSale, Order, OrderLine
from posapp.domain.selling.payments import Payment, Tender
from posapp.services.selling.order_commands import Sold

TENDER_WORDS = {
    Tender.CASH: "Cash",
    Tender.CARD: "Card",
    Tender.TRANSFER: "Transfer",
    Tender.ACCOUNT: "On account",
    Tender.QR: "QR code",
    Tender.GIFT_CARD: "Gift card",
    Tender.CREDIT: "Credit",
    Tender.DEPOSIT: "Deposit",
}


def code_lines(sold: Sold) -> list[str]:
    """The codes of gift cards that came into being, which nothing tells again."""
    return [f"Gift card code {shown_code(code)}: it is told this once." for _, code in sold.codes]


# -- orders --------------------------------------------------------------------------------------------------
def order_document(order: Order, *, created: bool = False) -> dict[str, object]:
    """The JSON of a sale or refund; `created`: whether its customer is new."""
    return {
        "number": order.number,
        "pl_id": order.pl_id or None,
        "created": created,
        "status": order.status.value,
        "source": order.source,
        "till": order.till,
        "day": order.day.isoformat(),
        "at": order.at.isoformat(),
        "by": order.by,
        "name": order.customer_name,
        "note": order.note,
        "exempt": order.exempt,
        "refund_of": order.refund_of or None,
        "void_reason": order.void_reason,
        "total_minor": order.total_minor,
        "net_minor": order.net_minor,
        "tax_minor": order.tax_minor,
        "discount_minor": order.discount_minor,
        "rounding_minor": order.rounding_minor,
        "paid_minor": order.paid_minor,
        "change_minor": order.change_minor,
        "owed_minor": order.owed_minor,
        "taxes": [
            {
                "tax": row.tax,
                "part": row.part.name,
                "percent": percent_text(row.part.rate),
                "net_minor": row.net_minor,
                "tax_minor": row.tax_minor,
            }
            for row in order.taxes
        ],
        "lines": [_line_document(line) for line in order.lines],
        "payments": [payment_document(one) for one in order.payments],
    }


def _line_document(line: OrderLine) -> dict[str, object]:
    return {
        "position": line.position,
        "kind": line.kind.value,
        "text": line.text,
        "sku": line.sku,
        "number": line.number or None,
        "quantity": line.quantity,
        "unit_minor": line.unit_minor,
        "discount_minor": line.amounts.discount_minor,
        "net_minor": line.amounts.net_minor,
        "tax_minor": sum(line.amounts.tax_minor),
        "amount_minor": line.amounts.gross_minor,
        "refunded_minor": line.refunded.gross_minor,
    }


def order_lines(ctx: Context, order: Order) -> list[str]:
    """A sale or refund for people to read."""
    whose = f"{order.pl_id} {order.customer_name}".strip()
    lines = [
        [
            str(line.position),
            f"{line.quantity} x" if line.quantity else "",
            line.text,
            _about(line.kind, line.number),
            shown_price(ctx, line.amounts.gross_minor),
        ]
        for line in order.lines
    ]
    paid = [[TENDER_WORDS[one.tender], shown_price(ctx, one.amount_minor)] for one in order.payments]
    taxes = [
        [f"{row.part.name} {percent_text(row.part.rate)} %", shown_price(ctx, row.tax_minor)]
        for row in order.taxes
    ]
    rows = [
        ("Refund of", order.refund_of),
        ("Lines", "\n".join(table(lines))),
        ("Discount", shown_price(ctx, order.discount_minor) if order.discount_minor else ""),
        ("Total", shown_price(ctx, order.total_minor)),
        ("Tax in it", "\n".join(table(taxes))),
        ("No tax", order.exempt),
        ("Paid", "\n".join(table(paid))),
        ("Change", shown_price(ctx, order.change_minor) if order.change_minor else ""),
        ("Rounding", shown_price(ctx, order.rounding_minor) if order.rounding_minor else ""),
        ("Owed", shown_price(ctx, order.owed_minor) if order.owed_minor else ""),
        ("Note", order.note),
        ("Sold", f"{shown_at(ctx, order.at)} at {order.till} by {order.by}"),
        ("Void", order.void_reason),
    ]
    return [f"{order.number}  {order.state.value}  {whose}".rstrip(), *facts(rows)]


def _about(kind: LineKind, number: str) -> str:
    return number if kind is not LineKind.ITEM else ""


def order_rows(ctx: Context, orders: Sequence[Order]) -> list[list[str]]:
    """A line of a list for each."""
    return [
        [
            one.number,
            shown_at(ctx, one.at),
            shown_price(ctx, one.total_minor),
            one.state.value,
            f"{one.pl_id} {one.customer_name}".strip(),
        ]
        for one in orders
    ]


# -- sales that wait -----------------------------------------------------------------------------------------
def held_document(ctx: Context, sale: HeldSale) -> dict[str, object]:
    """The JSON of a sale that waits, priced as it would be now."""
    sums = sale.cart.sums(ctx.shop.orders.counter(ctx.actor, sale.customer_id).rules)
    return {
        "number": sale.reference,
        "pl_id": sale.pl_id or None,
        "created": False,
        "status": sale.status.value,
        "till": sale.till,
        "name": sale.customer_name,
        "note": sale.note,
        "at": sale.at.isoformat(),
        "by": sale.by,
        "total_minor": sums.total_minor,
        "net_minor": sums.net_minor,
        "tax_minor": sums.tax_minor,
        "discount_minor": sums.discount_minor,
        "paid_minor": 0,
        "change_minor": 0,
        "owed_minor": 0,
        "lines": [
            {
                "kind": line.kind.value,
                "text": line.text,
                "sku": line.sku,
                "number": line.number or None,
                "quantity": line.quantity,
                "unit_minor": line.unit_minor,
                "tax_minor": sum(one.tax_minor),
                "amount_minor": one.gross_minor,
            }
            for line, one in zip(sale.cart.lines, sums.lines, strict=True)
        ],
        "payments": [],
    }


def held_lines(ctx: Context, sale: HeldSale) -> list[str]:
    """A sale that waits for people to read."""
    sums = sale.cart.sums(ctx.shop.orders.counter(ctx.actor, sale.customer_id).rules)
    lines = [
        [f"{line.quantity} x", line.text, _about(line.kind, line.number), shown_price(ctx, one.gross_minor)]
        for line, one in zip(sale.cart.lines, sums.lines, strict=True)
    ]
    rows = [
        ("Lines", "\n".join(table(lines))),
        ("Total", shown_price(ctx, sums.total_minor)),
        ("In hand at", sale.till),
        ("Note", sale.note),
        ("Held", f"{shown_at(ctx, sale.at)} by {sale.by}"),
    ]
    whose = f"{sale.pl_id} {sale.customer_name}".strip()
    return [f"{sale.reference}  {sale.status.value}  {whose}".rstrip(), *facts(rows)]


def held_rows(ctx: Context, sales: Sequence[HeldSale]) -> list[list[str]]:
    """A line of a list for each sale that waits."""
    return [
        [
            one.reference,
            shown_at(ctx, one.at),
            f"in hand at {one.till}" if one.till else "held",
            f"{one.pl_id} {one.customer_name}".strip(),
            one.note,
        ]
        for one in sales
    ]


# -- payments and balances -----------------------------------------------------------------------------------
def payment_document(one: Payment) -> dict[str, object]:
    """The JSON of a payment; what goes out is below zero."""
    return {
        "number": one.number,
        "tender": one.tender.value,
        "amount_minor": one.amount_minor,
        "tendered_minor": one.tendered_minor,
        "change_minor": one.change_minor,
        "rounding_minor": one.rounding_minor,
        "reference": one.reference,
        "order": one.order or None,
        "reverses": one.reverses or None,
        "day": one.day.isoformat(),
        "at": one.at.isoformat(),
        "by": one.by,
        "till": one.till,
    }


def payment_lines(ctx: Context, one: Payment) -> list[str]:
    """A payment for people to read."""
    rows = [
        ("Sale", one.order or "debts"),
        ("Takes back", one.reverses),
        ("Handed over", shown_price(ctx, one.tendered_minor) if one.change_minor else ""),
        ("Change", shown_price(ctx, one.change_minor) if one.change_minor else ""),
        ("Rounding", shown_price(ctx, one.rounding_minor) if one.rounding_minor else ""),
        ("Reference", one.reference),
        ("Taken", f"{shown_at(ctx, one.at)} at {one.till} by {one.by}"),
    ]
    return [f"{one.number}  {TENDER_WORDS[one.tender]}  {shown_price(ctx, one.amount_minor)}", *facts(rows)]


def standing_document(standing: Standing) -> dict[str, object]:
    """How a customer stands (`balance_minor` above zero: owes)."""
    return {
        "balance_minor": standing.balance_minor,
        "debt_minor": standing.debt_minor,
        "credit_minor": standing.all_credit_minor,
        "deposits": [{"number": one.number, "amount_minor": one.amount_minor} for one in standing.deposits],
        "dues": [
            {"number": one.number or None, "owed_minor": one.owed_minor, "day": one.day.isoformat()}
            for one in standing.dues
        ],
    }


def aged_document(standing: Standing, on: date) -> dict[str, int]:
    """What is still owed by its age on a day."""
    return dict(zip(AGE_NAMES, standing.aged(on), strict=True))


def aged_rows(ctx: Context, standing: Standing, on: date) -> list[tuple[str, str]]:
    """The same for people; nothing of an age of which nothing is owed."""
    rows = zip(AGE_WORDS, standing.aged(on), strict=True)
    return [(words, shown_price(ctx, minor)) for words, minor in rows if minor]


def standing_rows(ctx: Context, standing: Standing) -> list[tuple[str, str]]:
    """How a customer stands, for people to read; nothing where nobody owes anything."""
    deposits = [f"{one.number} {shown_price(ctx, one.amount_minor)}" for one in standing.deposits]
    dues = [
        f"{one.number or 'from before'} {shown_price(ctx, one.owed_minor)}".strip() for one in standing.dues
    ]
    return [
        ("Owes", shown_price(ctx, standing.debt_minor) if standing.debt_minor else ""),
        ("For", ", ".join(dues)),
        ("Credit", shown_price(ctx, standing.credit_minor) if standing.credit_minor else ""),
        ("Deposits", ", ".join(deposits)),
    ]
