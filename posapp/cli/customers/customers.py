"""`posapp customer …`: add, show, edit, phones and the people on an account."""

from dataclasses import replace

from posapp.cli.care import privacy
from posapp.cli.context import Context
from posapp.cli.counter import own
from posapp.cli.customers.customer_text import customer_document, customer_lines
from posapp.cli.figures import customer_list
from posapp.cli.old_data import duplicates, merging
from posapp.cli.parser import Group, UsageError
from posapp.cli.selling import statements
from posapp.cli.values import choose, parse_sum, shown_date
from posapp.domain.base.errors import DomainError
from posapp.domain.base.names import same_name
from posapp.domain.base.phone import PhoneNumber
from posapp.domain.customers.customers import Customer, CustomerCard, PhoneLine, Terms
from posapp.services.customers.customers import AddWithoutPhone, EditCustomer, FindOrCreate, Found

_ANY_ID = "PL ID, phone, user_<phone> or an ID of an old system"


def add_to(root: Group) -> None:
    """Add `customer` and what is below it."""
    group = root.group("customer", "customers: find or create, show, change")
    add = group.command("add", _add, "find the customer of a phone number, or create one")
    number = add.add_mutually_exclusive_group(required=True)
    number.add_argument("--phone", metavar="P")
    number.add_argument("--no-phone", metavar="REASON", help="a customer without a phone, and why")
    add.add_argument("--name", metavar="N", default="")
    add.add_argument("--email", metavar="E", default="")
    add.add_argument("--address", metavar="A", default="")
    add.add_argument("--note", metavar="TEXT", default="")
    add.add_argument(
        "--another-person",
        action="store_true",
        help="the number was passed on: its customer loses it and this person gets a new PL ID",
    )
    show = group.command("show", _show, "show a customer; a customer who signs in: oneself", own=own.show)
    show.add_argument("id", metavar="ID", nargs="*", help=_ANY_ID)
    _add_edit(group)
    _add_phones(group)
    customer_list.add_below(group)
    statements.add_below(group)
    privacy.add_below(group)
    merging.add_below(group)
    duplicates.add_below(group)
    people = group.group("contact", "further people on an account")
    for name, run, said in (
        ("add", _contact_add, "put a person on an account"),
        ("remove", _contact_remove, "take a person off an account"),
    ):
        command = people.command(name, run, said)
        command.add_argument("id", metavar="ID", help=_ANY_ID)
        command.add_argument("name", metavar="NAME")


def _add_edit(group: Group) -> None:
    edit = group.command("edit", _edit, "change a customer")
    edit.add_argument("id", metavar="ID", help=_ANY_ID)
    for name in ("name", "email", "address", "note"):
        edit.add_argument(f"--{name}", metavar=name[0].upper())
    edit.add_argument("--tax-exempt", metavar="REASON", help="why no tax is paid; '' where it is")
    edit.add_argument("--tax-number", metavar="N", help="the customer's own, for the papers")
    edit.add_argument("--price-level", metavar="NAME", help="'' for the usual prices")
    edit.add_argument("--account-limit", metavar="A", help="how much may be owed; '' as the shop lets all")
    flag = edit.add_mutually_exclusive_group()
    flag.add_argument(
        "--flag", action="store_const", const=True, dest="flag", help="warn when this customer comes"
    )
    flag.add_argument("--no-flag", action="store_const", const=False, dest="flag")


def _add_phones(group: Group) -> None:
    phones = group.group("phone", "the numbers of a customer")
    add = phones.command("add", _phone_add, "give a customer a further number")
    end = phones.command(
        "end", _phone_end, "a number is the customer's no longer; it stays searchable as former"
    )
    move = phones.command("move", _phone_move, "take a number from its customer and give it to this one")
    swap = phones.command("swap", _phone_swap, "exchange a number with the customer who has another one")
    back = phones.command("back", _phone_back, "a former number is this customer's again")
    change = phones.command("change", _phone_change, "a new number instead of an old one")
    first = phones.command("primary", _phone_primary, "choose the number that stands beside the name")
    for command in (add, end, move, swap, back, change, first):
        command.add_argument("id", metavar="ID", help=_ANY_ID)
        command.add_argument("phone", metavar="PHONE")
    for command in (change, swap):
        command.add_argument("new", metavar="NEW-PHONE")
    add.add_argument("--label", metavar="L", default="", help="such as mobile, work, mother")
    add.add_argument("--primary", action="store_true", help="let it stand beside the name")


# -- add, show, edit -----------------------------------------------------------------------------------
def _add(ctx: Context) -> None:
    args = ctx.args
    if args.no_phone is not None:
        if args.another_person:
            raise UsageError("", "--another-person needs --phone")
        customer = ctx.shop.customers.add_without_phone(
            ctx.actor,
            AddWithoutPhone(
                reason=args.no_phone, name=args.name, email=args.email, address=args.address, note=args.note
            ),
        )
        _answer(ctx, customer, created=True, said=f"created {customer.pl_id}")
        return
    command = FindOrCreate(
        phone=ctx.phone(args.phone), name=args.name, email=args.email, address=args.address, note=args.note
    )
    before = ctx.shop.customers.who_has(ctx.actor, command.phone)
    desk = ctx.shop.customers
    ask = ctx.shop.phones.pass_on if args.another_person else desk.find_or_create
    found = ask(ctx.actor, command)
    tell_found(ctx, found)
    if found.created:
        for former in before.former[:1]:
            ctx.out.note(
                f"{former.pl_id} {former.name}".rstrip()
                + f" had this number until {shown_date(ctx, former.until)}."
            )
    _tell_unused(ctx, found, command)


def _tell_unused(ctx: Context, found: Found, command: FindOrCreate) -> None:
    """A reused customer keeps its values: say what was typed and not taken, and the command that takes it."""
    if found.created:
        return
    customer = found.customer
    if found.other_name and customer.name:
        ctx.out.note(
            f"The number belongs to {customer.pl_id} {customer.name}; {found.other_name} was not added. "
            f'To add this person: posapp customer contact add {customer.pl_id} "{found.other_name}"'
        )
    elif found.other_name:
        ctx.out.note(f"To name {customer.pl_id}: posapp customer edit {customer.pl_id} --name …")
    kept = [
        name
        for name, typed, stored in (
            ("--email", command.email, customer.email),
            ("--address", command.address, customer.address),
            ("--note", command.note, customer.note),
        )
        if typed.strip() and typed.strip() != stored
    ]
    if kept:
        ctx.out.note(
            f"{', '.join(kept)} changed nothing. To change {customer.pl_id}: "
            f"posapp customer edit {customer.pl_id} …"
        )


def _show(ctx: Context) -> None:
    if not ctx.args.id:
        raise UsageError("", "name a customer by any form of ID")
    _answer_card(ctx, ctx.shop.customers.resolve(ctx.actor, " ".join(ctx.args.id)))


def _edit(ctx: Context) -> None:
    args = ctx.args
    values = {name: getattr(args, name) for name in ("name", "email", "address", "note")}
    of_terms = (args.tax_exempt, args.tax_number, args.price_level, args.account_limit)
    if all(value is None for value in (args.flag, *of_terms, *values.values())):
        raise UsageError("", "name what to change, such as --name, --note, --flag or --price-level")
    customer = _resolved(ctx)
    terms = None if all(value is None for value in of_terms) else _terms(ctx, customer.terms)
    command = EditCustomer(customer_id=customer.id, is_flagged=args.flag, terms=terms, **values)
    _answer(ctx, ctx.shop.customers.edit(ctx.actor, command))


def _terms(ctx: Context, terms: Terms) -> Terms:
    """The terms with what was given in their place."""
    args = ctx.args
    if args.tax_exempt is not None:
        terms = replace(terms, tax_exempt_reason=args.tax_exempt)
    if args.tax_number is not None:
        terms = replace(terms, tax_number=args.tax_number)
    if args.price_level is not None:
        known = ctx.shop.price_levels.all(ctx.actor) if args.price_level.strip() else []
        level = choose(known, args.price_level, "price level", "price_level").id if known else None
        terms = replace(terms, price_level_id=level)
    if args.account_limit is not None:
        limit = parse_sum(ctx, args.account_limit, "account_limit") if args.account_limit.strip() else None
        terms = replace(terms, account_limit_minor=limit)
    return terms


# -- people and phones ---------------------------------------------------------------------------------
def _contact_add(ctx: Context) -> None:
    customer = _resolved(ctx)
    _answer(ctx, ctx.shop.customers.add_contact(ctx.actor, customer.id, ctx.args.name))


def _contact_remove(ctx: Context) -> None:
    customer = _resolved(ctx)
    contact = next((one for one in customer.contacts if same_name(one.name, ctx.args.name)), None)
    if contact is None:
        raise DomainError(
            "contact_unknown", f"There is no “{ctx.args.name[:40]}” on {customer.pl_id}.", field="name"
        )
    _answer(ctx, ctx.shop.customers.remove_contact(ctx.actor, customer.id, contact.id))


def _phone_add(ctx: Context) -> None:
    customer, phone = _resolved(ctx), ctx.phone(ctx.args.phone)
    done = ctx.shop.phones.add_phone(
        ctx.actor, customer.id, phone, label=ctx.args.label, make_primary=ctx.args.primary
    )
    _answer(ctx, done)


def _phone_end(ctx: Context) -> None:
    customer, line = _line(ctx)
    _answer(ctx, ctx.shop.phones.end_phone(ctx.actor, customer.id, line.id))


def _phone_move(ctx: Context) -> None:
    customer, phone = _resolved(ctx), ctx.phone(ctx.args.phone)
    _answer(ctx, ctx.shop.phones.move_phone(ctx.actor, customer.id, phone))


def _phone_swap(ctx: Context) -> None:
    new = ctx.phone(ctx.args.new)
    customer, line = _line(ctx)
    _answer(ctx, ctx.shop.phones.swap(ctx.actor, customer.id, line.id, new))


def _phone_back(ctx: Context) -> None:
    customer, phone = _resolved(ctx), ctx.phone(ctx.args.phone)
    _answer(ctx, ctx.shop.phones.take_back(ctx.actor, customer.id, phone))


def _phone_change(ctx: Context) -> None:
    new = ctx.phone(ctx.args.new)
    customer, line = _line(ctx)
    _answer(ctx, ctx.shop.phones.change_number(ctx.actor, customer.id, line.id, new))


def _phone_primary(ctx: Context) -> None:
    customer, line = _line(ctx)
    _answer(ctx, ctx.shop.phones.make_primary(ctx.actor, customer.id, line.id))


def _resolved(ctx: Context) -> Customer:
    return ctx.shop.customers.resolve(ctx.actor, ctx.args.id).customer


def _line(ctx: Context) -> tuple[Customer, PhoneLine]:
    customer = _resolved(ctx)
    phone: PhoneNumber = ctx.phone(ctx.args.phone)
    line = next((one for one in customer.current_phones if one.number == phone), None)
    if line is None:
        raise DomainError("phone_not_theirs", f"{customer.pl_id} does not have this number.", field="phone")
    return customer, line


def _answer(ctx: Context, customer: Customer, *, created: bool = False, said: str = "") -> None:
    _answer_card(ctx, ctx.shop.customers.card(ctx.actor, customer.id), created=created, said=said)


def tell_found(ctx: Context, found: Found) -> None:
    """A customer who was found or made, as `customer add` tells one."""
    _answer(ctx, found.customer, created=found.created, said=found.said)


def _answer_card(ctx: Context, card: CustomerCard, *, created: bool = False, said: str = "") -> None:
    lines = [said] if said else []
    tells = card.facts.tells_money
    standing = ctx.shop.ledger.standing(ctx.actor, card.customer.id) if tells else None
    document = customer_document(ctx, card, created=created)
    ctx.out.result(document, [*lines, *customer_lines(ctx, card, standing)])
