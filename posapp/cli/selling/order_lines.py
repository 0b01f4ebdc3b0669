"""Reads what is sold on the command line: lines, deposits, what is taken off, and what is paid with."""

from dataclasses import replace

from posapp.cli.context import Context
from posapp.cli.parser import Parser
from posapp.cli.priced_lines import divider, is_quantity, parse_line, parse_quantity, refuse_doubtful
from posapp.cli.values import parse_sum
from posapp.domain.base.errors import DomainError
from posapp.domain.base.numbers import Letter, letter_of, may_be_number, number_of, number_text
from posapp.domain.catalogue.taxes import parse_percent
from posapp.domain.selling.amounts import NOTHING_OFF, Discount
from posapp.domain.selling.carts import Cart, CartLine, LineKind, deposit_line
from posapp.domain.selling.payments import CHOSEN, Tender, Tendered
from posapp.services.customers.customers import FindOrCreate

_WORK = (Letter.TICKET, Letter.BOOKING)


def add_cart(parser: Parser) -> None:
    """The options that say what is sold."""
    parser.add_argument(
        "--line",
        metavar="SKU|TEXT,QTY,PRICE",
        action="append",
        default=[],
        help="such as T12, CBL, 'CBL,2' or 'Cable, 2 m,1,9.90': QTY and PRICE count from the end; "
        "';' may divide instead",
    )
    parser.add_argument(
        "--deposit", metavar="T12=50.00", action="append", default=[], help="for a ticket or a booking"
    )
    parser.add_argument(
        "--storage-fee", action="store_true", help="with a ticket: what storing its devices costs, too"
    )
    parser.add_argument("--discount", metavar="10%|5.00", help="taken off the whole sale")
    parser.add_argument("--note", metavar="TEXT", default="")


def add_tenders(parser: Parser, *, required: bool = False) -> None:
    """The option that says what is paid with."""
    parser.add_argument(
        "--pay",
        metavar="TENDER=AMOUNT",
        action="append",
        default=[],
        required=required,
        help=f"{' '.join(CHOSEN)}; giftcard:CODE=AMOUNT; a slip's reference as card:REFERENCE=AMOUNT",
    )


def add_customer(parser: Parser) -> None:
    """The options that say to whom something is sold."""
    who = parser.add_mutually_exclusive_group()
    who.add_argument("--phone", metavar="P", help="the customer of this number, found or created")
    who.add_argument("--customer", metavar="ID", help="a customer that exists, by any form of ID")


# -- whose -------------------------------------------------------------------------------------------------
def wanted_customer(ctx: Context) -> FindOrCreate | None:
    """The phone and name that were typed."""
    args = ctx.args
    if args.phone is None:
        return None
    return FindOrCreate(phone=ctx.phone(args.phone), name=args.name)


def known_customer(ctx: Context, who: FindOrCreate | None) -> int | None:
    """The key of the customer that the sale will be of, where that one exists: prices depend on it."""
    if ctx.args.customer is not None:
        return ctx.shop.customers.resolve(ctx.actor, ctx.args.customer).customer.id
    if who is not None:
        card = ctx.shop.customers.who_has(ctx.actor, who.phone).customer
        return card.customer.id if card is not None else None
    named = (_work_number(text.partition(mark)[0]) for text, mark in _named(ctx))
    number = next(filter(None, named), "")
    if not number:
        return None
    if letter_of(number) is Letter.TICKET:
        return ctx.shop.tickets.get(ctx.actor, number).customer_id
    return ctx.shop.bookings.get(ctx.actor, number).customer_id


def _named(ctx: Context) -> list[tuple[str, str]]:
    return [(text, ";") for text in ctx.args.line] + [(text, "=") for text in ctx.args.deposit if "=" in text]


def _work_number(text: str) -> str:
    """The number of a ticket or booking as everybody sees it, "" for anything else."""
    letter = letter_of(text)
    digits = number_of(text, letter, bare=False) if letter in _WORK and letter is not None else None
    return number_text(letter, digits) if letter is not None and digits is not None else ""


# -- what --------------------------------------------------------------------------------------------------
def cart_of(ctx: Context, customer_id: int | None, begun: Cart | None = None) -> Cart:
    """The lines and deposits of the options, after those of a sale that was begun."""
    cart = begun or Cart()
    for text in ctx.args.line:
        for line in _lines(ctx, text, customer_id):
            cart = cart.with_line(line)
    for text in ctx.args.deposit:
        cart = cart.with_line(_deposit(ctx, text))
    if ctx.args.discount is not None:
        cart = replace(cart, discount=_discount(ctx, ctx.args.discount))
    return cart


def _lines(ctx: Context, text: str, customer_id: int | None) -> tuple[CartLine, ...]:
    """What one `--line` means: the longest beginning that is a number or a code, else free text."""
    mark = divider(text)
    for behind in range(3):
        head, *rest = (field.strip() for field in text.rsplit(mark, behind))
        if len(rest) < behind:
            break
        number = _work_number(head)
        if number:
            if rest:
                raise DomainError("line_unclear", f"{number} is sold as it is: enter {number}.", field="line")
            found = ctx.shop.orders.scanned(ctx.actor, number, customer_id)
            return (*found.lines, *(found.storage if ctx.args.storage_fee else ()))
        sku = _sku(ctx, head)
        if sku:
            [line] = ctx.shop.orders.scanned(ctx.actor, sku, customer_id).lines
            return (_priced(ctx, line, rest, text),)
    return (_free_text(ctx, text),)


def _sku(ctx: Context, code: str) -> str:
    """The SKU of the item that carries this code, "" for none."""
    if not code or may_be_number(code):
        return ""
    try:
        return ctx.shop.items.by_code(ctx.actor, code).sku
    except DomainError as error:
        if error.code != "item_unknown":
            raise
        return ""


def _priced(ctx: Context, line: CartLine, rest: list[str], text: str) -> CartLine:
    """An item so many times, at another price if one is told."""
    if rest:
        line = replace(line, quantity=parse_quantity(rest[0]))
    if len(rest) > 1:
        refuse_doubtful(ctx, text)
        line = replace(line, unit_minor=parse_sum(ctx, rest[1], "price"))
    return line


def _free_text(ctx: Context, text: str) -> CartLine:
    found = parse_line(ctx, text)
    if found is None:
        words, _, last = (field.strip() for field in text.rpartition(divider(text)))
        code = words if words and is_quantity(last) else text.strip()
        raise DomainError(
            "item_unknown",
            f"There is no item {code[:40]} in the catalogue. What is none is sold as TEXT,QTY,PRICE.",
            field="line",
        )
    return CartLine(kind=LineKind.TEXT, text=found.text, quantity=found.quantity, unit_minor=found.unit_minor)


def _deposit(ctx: Context, text: str) -> CartLine:
    head, equals, amount = text.partition("=")
    number = _work_number(head)
    if not equals or not number:
        raise DomainError("number_missing", "Enter a deposit such as T12=50.00 or B3=20.", field="deposit")
    minor = parse_sum(ctx, amount, "deposit")
    if not minor:
        raise DomainError("amount_invalid", "Enter an amount above zero.", field="deposit")
    return deposit_line(number, minor)


def _discount(ctx: Context, text: str) -> Discount:
    typed = text.strip()
    if not typed.endswith("%"):
        minor = parse_sum(ctx, typed, "discount")
        return Discount(minor=minor) if minor else NOTHING_OFF
    try:
        percent = parse_percent(typed.removesuffix("%"), field="discount")
    except DomainError as error:
        raise DomainError(
            "discount_invalid", "Enter a discount from 0% to 100%, such as 10%.", field="discount"
        ) from error
    return Discount(percent=percent) if percent else NOTHING_OFF


# -- with what ---------------------------------------------------------------------------------------------
def tenders_of(ctx: Context) -> tuple[Tendered, ...]:
    """What `--pay` puts on the table."""
    return tuple(_tender(ctx, text) for text in ctx.args.pay)


def _tender(ctx: Context, text: str) -> Tendered:
    named, equals, amount = text.rpartition("=")
    name, _, more = named.partition(":")
    if not equals or name.strip().lower() not in CHOSEN:
        raise DomainError(
            "tender_unknown",
            f"Enter what is paid such as cash=20.00, with one of: {', '.join(CHOSEN)}.",
            field="pay",
        )
    tender = Tender(name.strip().lower())
    minor = parse_sum(ctx, amount, "amount")
    if not minor:
        raise DomainError("amount_invalid", "Enter an amount above zero.", field="amount")
    if tender is not Tender.GIFT_CARD:
        return Tendered(tender, minor, reference=more.strip())
    if not more.strip():
        raise DomainError("code_missing", "Enter the code of the card, as giftcard:CODE=20.00.", field="code")
    return Tendered(tender, minor, code=more.strip())
