"""`posapp payment …`: what came in and went back, by which tender."""

from posapp.cli.context import Context
from posapp.cli.output import table
from posapp.cli.parser import Group, count
from posapp.cli.selling.order_text import TENDER_WORDS, payment_document, payment_lines
from posapp.cli.values import shown_at, shown_price


def add_to(root: Group) -> None:
    """Add `payment`."""
    group = root.group("payment", "payments: what came in and went back")
    listed = group.command("list", _list, "list the payments of all tills, the newest first")
    listed.add_argument("--customer", metavar="ID", help="only this customer's")
    listed.add_argument("--limit", metavar="N", type=count, default=20)
    show = group.command("show", _show, "show a payment")
    show.add_argument("number", metavar="NUMBER", help="such as P12")


def _list(ctx: Context) -> None:
    args = ctx.args
    key = None
    if args.customer is not None:
        key = ctx.shop.customers.resolve(ctx.actor, args.customer).customer.id
    found = ctx.shop.payments.latest(ctx.actor, args.limit, customer_id=key)
    rows = [
        [
            one.number,
            shown_at(ctx, one.at),
            TENDER_WORDS[one.tender],
            shown_price(ctx, one.amount_minor),
            one.order,
            one.till,
        ]
        for one in found
    ]
    ctx.out.result([payment_document(one) for one in found], table(rows) or "No payments.")


def _show(ctx: Context) -> None:
    found = ctx.shop.payments.get(ctx.actor, ctx.args.number)
    ctx.out.result(payment_document(found), payment_lines(ctx, found))
