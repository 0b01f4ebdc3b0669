"""`posapp order …`: sell, hold and recall, take money for what is owed, give back."""

import re

from posapp.cli.context import Context
from posapp.cli.counter import own
from posapp.cli.output import facts, table
from posapp.cli.parser import Group, UsageError, count
from posapp.cli.selling.order_lines import (
    add_cart,
    add_customer,
    add_tenders,
    cart_of,
    known_customer,
    tenders_of,
    wanted_customer,
)
from posapp.cli.selling.order_text import (
    code_lines,
    held_document,
    held_lines,
    held_rows,
    order_document,
    order_lines,
    order_rows,
    payment_document,
    standing_document,
    standing_rows,
)
from posapp.cli.values import parse_sum, shown_price
from posapp.domain.base.errors import DomainError
from posapp.domain.bookings.bookings import Source
from posapp.domain.selling.orders import HeldSale
from posapp.domain.selling.payments import REFUNDED_TO, Tender
from posapp.services.selling.order_commands import Exchange, Hold, Paid, Pay, Refund, RefundLine, Sell, Sold

_PLACE = re.compile(r"\s*([0-9]{1,9})\s*(?:[,;]\s*([0-9]{1,9})\s*)?")


def add_to(root: Group) -> None:
    """Add `order` and what is below it."""
    group = root.group("order", "sales: sell, hold, recall, show, take money for what is owed")
    _add_selling(group)
    show = group.command("show", _show, "show a sale or refund, or a sale that waits", own=own.one_order)
    show.add_argument("number", metavar="NUMBER", help="such as S12, H3, or P7 for the sale it paid")
    listed = group.command("list", _list, "list the sales and refunds, the newest first", own=own.orders)
    listed.add_argument("--customer", metavar="ID", help="only this customer's")
    listed.add_argument("--held", action="store_true", help="the sales that wait instead")
    listed.add_argument("--limit", metavar="N", type=count, default=20)
    recall = group.command("recall", _recall, "take a sale that waits in hand at this till")
    recall.add_argument("--anyway", action="store_true", help="even out of another till's hand")
    drop = group.command("drop", _drop, "give up a sale that waits")
    drop.add_argument("--reason", metavar="TEXT", default="")
    for command in (recall, drop):
        command.add_argument("number", metavar="REFERENCE", help="such as H3")
    pay = group.command("pay", _pay, "take money for a sale that is not yet paid, or for a customer's debts")
    pay.add_argument("number", metavar="NUMBER", nargs="?", help="such as S12; else --customer")
    pay.add_argument("--customer", metavar="ID", help="the oldest debts of this customer")
    add_tenders(pay, required=True)
    _add_giving_back(group)


def _add_selling(group: Group) -> None:
    add = group.command(
        "add", _add, "complete a sale; a customer who signs in: order at the counter", own=own.order
    )
    hold = group.command("hold", _hold, "let a sale wait for any till")
    for command in (add, hold):
        add_customer(command)
        add_cart(command)
    add.add_argument(
        "--name", metavar="N", default="", help="another name on a known number becomes a contact"
    )
    add.add_argument("--held", metavar="H3", default="", help="complete this sale, with more lines if told")
    hold.add_argument("--held", metavar="H3", default="", help="with these lines the sale goes on waiting")
    add_tenders(add)


def _add_giving_back(group: Group) -> None:
    refund = group.command("refund", _refund, "give back lines, an amount, or all that is left of a sale")
    refund.add_argument(
        "--line", metavar="N[,QTY]", action="append", default=[], help="the line, and how many"
    )
    refund.add_argument("--amount", metavar="A", help="spread over what is left")
    refund.add_argument(
        "--to", choices=[one.value for one in REFUNDED_TO], required=True, help="where it goes"
    )
    refund.add_argument("--in-cash", action="store_true", help="what credit or a gift card paid, too")
    refund.add_argument("--no-restock", action="store_true", help="the goods do not go back on the shelf")
    refund.add_argument("--reason", metavar="TEXT", default="")
    exchange = group.command(
        "exchange",
        _exchange,
        "take goods back and sell others for them, in one step",
        details="What comes back pays what is sold; --pay is for the rest of it, --to for what is left.",
    )
    exchange.add_argument(
        "--back", metavar="N[,QTY]", action="append", default=[], required=True, help="the line, and how many"
    )
    exchange.add_argument(
        "--to", choices=[one.value for one in REFUNDED_TO], default="cash", help="where the rest goes"
    )
    exchange.add_argument("--reason", metavar="TEXT", default="")
    add_cart(exchange)
    add_tenders(exchange)
    void = group.command("void", _void, "take back this till's last sale as if it had not been")
    void.add_argument("--reason", metavar="TEXT", required=True)
    for command in (refund, exchange, void):
        command.add_argument("number", metavar="NUMBER", help="such as S12")


# -- selling -----------------------------------------------------------------------------------------------
def _add(ctx: Context) -> None:
    args = ctx.args
    if args.name and args.phone is None:
        raise UsageError("", "--name needs --phone")
    who = wanted_customer(ctx)
    begun = ctx.shop.orders.recall(ctx.actor, args.held) if args.held else None
    known = known_customer(ctx, who)
    if known is None and who is None and begun is not None:
        known = begun.customer_id
    command = Sell(
        cart=cart_of(ctx, known, begun.cart if begun else None),
        tenders=tenders_of(ctx),
        customer_id=None if who else known,
        who=who,
        note=args.note or (begun.note if begun else ""),
        held=args.held,
        source=Source.CLI,
    )
    _tell(ctx, ctx.shop.orders.sell(ctx.actor, command))


def _tell(ctx: Context, sold: Sold) -> None:
    order = sold.order
    said = f"{'created' if sold.created else 'reused'} {order.pl_id}" if ctx.args.phone is not None else ""
    document = order_document(order, created=sold.created)
    if sold.codes:  # a sale that waited may sell a card, and nothing tells its code again
        document["codes"] = [code for _, code in sold.codes]
    ctx.out.result(document, lambda: [*filter(None, [said]), *code_lines(sold), *order_lines(ctx, order)])
    if sold.other_name:
        ctx.out.note(
            f"The number belongs to {order.pl_id} {order.customer_name}; {sold.other_name} was not added. "
            f'To add this person: posapp customer contact add {order.pl_id} "{sold.other_name}"'
        )


def _hold(ctx: Context) -> None:
    args = ctx.args
    known = known_customer(ctx, None)
    if args.phone is not None:
        known = ctx.shop.customers.resolve(ctx.actor, args.phone).customer.id
    command = Hold(cart=cart_of(ctx, known), customer_id=known, note=args.note, held=args.held)
    command.cart.sums(ctx.shop.orders.counter(ctx.actor, known).rules)  # refuses what could not be sold
    _tell_held(ctx, ctx.shop.orders.hold(ctx.actor, command))


def _recall(ctx: Context) -> None:
    args = ctx.args
    _tell_held(ctx, ctx.shop.orders.recall(ctx.actor, args.number, anyway=args.anyway))


def _drop(ctx: Context) -> None:
    number = ctx.args.number.strip().upper()
    ctx.shop.orders.drop(ctx.actor, number, ctx.args.reason)
    ctx.out.result({"number": number, "status": "voided"}, f"{number} is given up")


def _tell_held(ctx: Context, sale: HeldSale) -> None:
    ctx.out.result(lambda: held_document(ctx, sale), lambda: held_lines(ctx, sale))


# -- looking -----------------------------------------------------------------------------------------------
def _show(ctx: Context) -> None:
    number = ctx.args.number.strip().upper()
    if number.startswith("H"):
        waiting = [one for one in ctx.shop.orders.held(ctx.actor) if one.reference == number]
        if not waiting:
            raise DomainError("held_unknown", f"There is no sale {number[:20]} that waits.", field="held")
        _tell_held(ctx, waiting[0])
        return
    order = ctx.shop.orders.get(ctx.actor, number)
    ctx.out.result(order_document(order), lambda: order_lines(ctx, order))


def _list(ctx: Context) -> None:
    args = ctx.args
    if args.held:
        waiting = ctx.shop.orders.held(ctx.actor)
        ctx.out.result(
            lambda: [held_document(ctx, one) for one in waiting],
            lambda: table(held_rows(ctx, waiting)) or "No sale waits.",
        )
        return
    key = None
    if args.customer is not None:
        key = ctx.shop.customers.resolve(ctx.actor, args.customer).customer.id
    found = ctx.shop.orders.latest(ctx.actor, args.limit, customer_id=key)
    ctx.out.result(
        lambda: [order_document(one) for one in found], lambda: table(order_rows(ctx, found)) or "No sales."
    )


# -- paying ------------------------------------------------------------------------------------------------
def _pay(ctx: Context) -> None:
    args = ctx.args
    if (args.number is None) == (args.customer is None):
        raise UsageError("", "name a sale such as S12, or --customer")
    key = None
    if args.customer is not None:
        key = ctx.shop.customers.resolve(ctx.actor, args.customer).customer.id
    command = Pay(tenders=tenders_of(ctx), number=args.number or "", customer_id=key)
    paid = ctx.shop.orders.pay(ctx.actor, command)
    ctx.out.result(_paid_document(paid), lambda: _paid_lines(ctx, paid))
    for one in paid.payments:
        ctx.out.note(f"Its paper: posapp receipt {one.number} --print")


def _paid_document(paid: Paid) -> dict[str, object]:
    payments = {
        "payments": [payment_document(one) for one in paid.payments],
        "change_minor": paid.change_minor,
    }
    standing = standing_document(paid.standing) if paid.standing is not None else {}
    return {**standing, **(order_document(paid.order) if paid.order is not None else {}), **payments}


def _paid_lines(ctx: Context, paid: Paid) -> list[str]:
    standing = facts(standing_rows(ctx, paid.standing)) if paid.standing is not None else []
    change = [f"Change {shown_price(ctx, paid.change_minor)}"] if paid.change_minor else []
    numbers = [f"{one.number}  {shown_price(ctx, one.amount_minor)}" for one in paid.payments]
    return [*numbers, *change, *(order_lines(ctx, paid.order) if paid.order is not None else []), *standing]


# -- giving back -------------------------------------------------------------------------------------------
def _refund(ctx: Context) -> None:
    args = ctx.args
    command = Refund(
        number=args.number,
        lines=tuple(_place(text, is_restocked=not args.no_restock) for text in args.line),
        amount_minor=parse_sum(ctx, args.amount, "amount") if args.amount is not None else None,
        to=Tender(args.to),
        reason=args.reason,
        in_cash=args.in_cash,
    )
    if args.no_restock and not args.line:
        raise UsageError("", "--no-restock needs --line")
    sold = ctx.shop.refunds.refund(ctx.actor, command)
    ctx.out.result(
        {**order_document(sold.order), "codes": [code for _, code in sold.codes]},
        lambda: [*code_lines(sold), *order_lines(ctx, sold.order)],
    )


def _exchange(ctx: Context) -> None:
    args = ctx.args
    old = ctx.shop.orders.get(ctx.actor, args.number)
    command = Exchange(
        refund=Refund(
            number=args.number,
            lines=tuple(_place(text, is_restocked=True) for text in args.back),
            to=Tender(args.to),
            reason=args.reason,
        ),
        sale=Sell(
            cart=cart_of(ctx, old.customer_id), tenders=tenders_of(ctx), note=args.note, source=Source.CLI
        ),
    )
    made = ctx.shop.exchanges.exchange(ctx.actor, command)
    both = (made.back, made.sold)
    ctx.out.result(
        {
            "refund": {**order_document(made.back.order), "codes": [code for _, code in made.back.codes]},
            "sale": {**order_document(made.sold.order), "codes": [code for _, code in made.sold.codes]},
        },
        lambda: [line for one in both for line in (*code_lines(one), *order_lines(ctx, one.order))],
    )


def _place(text: str, *, is_restocked: bool) -> RefundLine:
    found = _PLACE.fullmatch(text)
    if found is None or not int(found[1]) or (found[2] and not int(found[2])):
        raise DomainError("line_unclear", "Enter a line such as 2, or 2,1 for one piece of it.", field="line")
    quantity = int(found[2] or 0)
    return RefundLine(position=int(found[1]), quantity=quantity, is_restocked=is_restocked)


def _void(ctx: Context) -> None:
    order = ctx.shop.refunds.void(ctx.actor, ctx.args.number, ctx.args.reason)
    ctx.out.result(order_document(order), lambda: order_lines(ctx, order))
