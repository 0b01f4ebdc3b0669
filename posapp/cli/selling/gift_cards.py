"""`posapp giftcard …`: sell and top up, what is on a card, what is owed for all, and the end of a card."""

from posapp.cli.context import Context
from posapp.cli.output import facts, table
from posapp.cli.parser import Group, count
from posapp.cli.selling.order_lines import add_customer, add_tenders, tenders_of, wanted_customer
from posapp.cli.selling.order_text import code_lines, order_document, order_lines
from posapp.cli.values import parse_sum, shown_price
from posapp.domain.base.typed_dates import shown_day
from posapp.domain.bookings.bookings import Source
from posapp.domain.selling.carts import Cart
from posapp.domain.selling.gift_cards import GiftCard
from posapp.services.selling.order_commands import Sell


def add_to(root: Group) -> None:
    """Add `giftcard`."""
    group = root.group("giftcard", "gift cards: sell, top up, what is on them and owed for them")
    sell = group.command("sell", _sell, "sell a card, whose code is told this once, or top one up")
    sell.add_argument("amount", metavar="AMOUNT", help="such as 50.00")
    which = sell.add_mutually_exclusive_group()
    which.add_argument("--to", metavar="CODE", default="", help="top up this card (its code, or G1)")
    which.add_argument("--code", metavar="CODE", default="", help="what stands on a card printed elsewhere")
    add_customer(sell)
    sell.set_defaults(name="")
    add_tenders(sell, required=True)
    balance = group.command("balance", _balance, "what is on a card")
    expire = group.command("expire", _expire, "take what is left off a card that is no longer good")
    for command in (balance, expire):
        command.add_argument("code", metavar="CODE", help="scanned or typed, or the number such as G1")
    listed = group.command("list", _list, "the newest cards, and what the shop owes for all there are")
    listed.add_argument("--limit", metavar="N", type=count, default=20)
    months = group.command("months", _months, "for how many months a card is good from the day it is loaded")
    months.add_argument("months", metavar="N", type=int, nargs="?", help="0: for ever")


def _sell(ctx: Context) -> None:
    args = ctx.args
    who = wanted_customer(ctx)
    minor = parse_sum(ctx, args.amount, "amount")
    line = ctx.shop.gift_cards.line(ctx.actor, minor, args.to, printed=args.code)
    customer = ctx.shop.customers.resolve(ctx.actor, args.customer).customer.id if args.customer else None
    command = Sell(
        cart=Cart((line,)),
        tenders=tenders_of(ctx),
        customer_id=None if who else customer,
        who=who,
        source=Source.CLI,
        codes=((1, args.code),) if args.code else (),
    )
    sold = ctx.shop.orders.sell(ctx.actor, command)
    order = sold.order
    document = order_document(order, created=sold.created)
    ctx.out.result(
        {**document, "card": order.lines[0].number, "codes": [code for _, code in sold.codes]},
        lambda: [*code_lines(sold), *order_lines(ctx, order)],
    )


def _balance(ctx: Context) -> None:
    _tell(ctx, ctx.shop.gift_cards.balance(ctx.actor, ctx.args.code))


def _expire(ctx: Context) -> None:
    _tell(ctx, ctx.shop.gift_cards.expire(ctx.actor, ctx.args.code))


def _tell(ctx: Context, card: GiftCard) -> None:
    ctx.out.result(
        _document(card),
        lambda: facts(
            [
                ("Card", f"{card.number}  {card.masked}"),
                ("On it", shown_price(ctx, card.balance_minor)),
                ("Good until", _until(ctx, card)),
                ("Customer", card.pl_id or "–"),
            ]
        ),
    )


def _list(ctx: Context) -> None:
    found = ctx.shop.gift_cards.latest(ctx.actor, ctx.args.limit)
    owed = ctx.shop.gift_cards.outstanding(ctx.actor)
    rows = [
        [one.number, one.masked, shown_price(ctx, one.balance_minor), _until(ctx, one), one.pl_id]
        for one in found
    ]
    ctx.out.result(
        {"cards": [_document(one) for one in found], "owed_minor": owed},
        lambda: [*(table(rows) or ["No gift cards."]), f"Owed for all: {shown_price(ctx, owed)}"],
    )


def _months(ctx: Context) -> None:
    desk, wanted = ctx.shop.gift_cards, ctx.args.months
    months = desk.months(ctx.actor) if wanted is None else desk.set_months(ctx.actor, wanted)
    ctx.out.result({"months": months}, f"{months} months" if months else "For ever")


def _until(ctx: Context, card: GiftCard) -> str:
    return shown_day(card.expires_on, locale=ctx.business.locale) if card.expires_on else "for ever"


def _document(card: GiftCard) -> dict[str, object]:
    return {
        "number": card.number,
        "code": card.masked,
        "balance_minor": card.balance_minor,
        "expires_on": card.expires_on.isoformat() if card.expires_on else None,
        "pl_id": card.pl_id or None,
        "created_at": card.at.isoformat(),
        "by": card.by,
    }
