"""`posapp customer data|anonymise|consent`: what is known of a person, forgetting it, what was agreed to."""

from posapp.cli.context import Context
from posapp.cli.output import facts, table
from posapp.cli.parser import Group, UsageError, add_force, path
from posapp.cli.values import shown_at, shown_date
from posapp.domain.base.errors import DomainError
from posapp.domain.base.local_dates import local_day
from posapp.domain.customers.consents import Consent, ConsentKind, check_kind, newest
from posapp.domain.customers.privacy import Erase, Erased, ErasePlan, OldCopy, Share
from posapp.domain.papers.documents import PaperKind, PaperSize
from posapp.services.customers.consents import SetConsent

_WORDS = {
    "phones": ("phone number", "phone numbers"),
    "contacts": ("further person", "further people"),
    "consents": ("answer about consent", "answers about consent"),
    "bookings": ("note of a booking", "notes of bookings"),
    "tickets": ("ticket's texts", "tickets' texts"),
    "devices": ("serial", "serials"),
    "photos": ("photo", "photos"),
    "papers": ("paper", "papers"),
    "old_records": ("record of an old system", "records of old systems"),
    "entries": ("journal entry's details", "journal entries' details"),
    "orders": ("sale, without the name", "sales, without the name"),
    "payments": ("payment", "payments"),
    "gift_cards": ("gift card, for whoever holds it", "gift cards, for whoever holds them"),
    "tax_papers": ("paper for the tax office, with the name", "papers for the tax office, with the name"),
}


def add_below(customers: Group) -> None:
    """Add the commands to the group `customer`."""
    data = customers.command(
        "data", _data, "write all that the shop holds of a person to a file", has_json=False
    )
    data.add_argument("id", metavar="ID", help="any form of ID")
    where = data.add_mutually_exclusive_group(required=True)
    where.add_argument("--json", metavar="FILE", type=path, dest="json_file", help="as JSON, with the photos")
    where.add_argument("--pdf", metavar="FILE", type=path, help="as a PDF to read")
    sizes = [one.value for one in PaperKind.PERSON_DATA.sizes]
    data.add_argument("--paper", choices=sizes, default=PaperSize.A4.value, help="with --pdf")
    add_force(data)
    forget = customers.command(
        "anonymise",
        _anonymise,
        "forget a person for good",
        details="Keeps the books, the PL ID, numbers and amounts; papers for the tax office keep the name "
        "for the years of the setting tax-years. Refused while a device is here, a booking lies ahead or "
        "money is open. Nothing brings it back.",
    )
    forget.add_argument("id", metavar="ID", help="any form of ID")
    forget.add_argument("--reason", metavar="R", help="why; it stays on record")
    forget.add_argument("--dry-run", action="store_true", help="only say what would go and what stays")
    consent = customers.command("consent", _consent, "what a customer agreed to, or a new answer")
    consent.add_argument("id", metavar="ID", help="any form of ID")
    consent.add_argument("kind", metavar="KIND", nargs="?", help=", ".join(ConsentKind))
    consent.add_argument("answer", choices=("given", "withdrawn"), nargs="?")
    consent.add_argument("--words", metavar="TEXT", default="", help="the words that were shown")


# -- data ----------------------------------------------------------------------------------------------
def _data(ctx: Context) -> None:
    args, desk = ctx.args, ctx.shop.privacy
    key = ctx.shop.customers.resolve(ctx.actor, args.id).customer.id
    if args.json_file is not None:
        file = args.json_file
        customer = desk.save_json(ctx.actor, key, file, replace=args.force)
    else:
        file = args.pdf
        customer = desk.save_pdf(ctx.actor, key, PaperSize(args.paper), file, replace=args.force)
    ctx.out.result(
        {"pl_id": str(customer.pl_id), "file": str(file)}, f"{customer.pl_id} is written to {file}"
    )


# -- anonymise -----------------------------------------------------------------------------------------
def _anonymise(ctx: Context) -> None:
    args, desk = ctx.args, ctx.shop.privacy
    if not args.dry_run and not args.reason:
        raise UsageError("", "--reason R is needed: why is the person to be forgotten?")
    key = ctx.shop.customers.resolve(ctx.actor, args.id).customer.id
    if args.dry_run:
        plan = desk.plan(ctx.actor, key)
        blocked = [one.sentence for one in plan.blocked]
        ctx.out.result(
            {**_document(ctx, plan), "dry_run": True, "blocked": blocked},
            [*_lines(ctx, plan, "would go"), *(f"Not yet: {one}" for one in blocked)],
        )
        return
    try:
        done = desk.erase(ctx.actor, Erase(customer_id=key, reason=args.reason))
    except DomainError as error:
        reasons = error.facts.get("reasons", ())
        for sentence in reasons[1:] if isinstance(reasons, list) else ():
            ctx.out.note(str(sentence))
        raise
    ctx.out.result(
        {**_document(ctx, done), "dry_run": False, "scrubbed": done.is_scrubbed},
        [f"{done.pl_id} is anonymised.", *_lines(ctx, done, "went")],
    )
    if not done.is_scrubbed:
        ctx.out.note("The database is in use: posapp upkeep clears the rest of its file.")


def _document(ctx: Context, told: ErasePlan | Erased) -> dict[str, object]:
    return {
        "pl_id": told.pl_id,
        "goes": {one.what: one.count for one in told.goes},
        "stays": {one.what: one.count for one in told.stays},
        "tax_until": told.tax_until.isoformat() if told.tax_until else None,
        "backups": [
            {
                "file": one.file,
                "made_at": one.made_at.isoformat(),
                "until": one.until.isoformat() if one.until else None,
            }
            for one in told.backups
        ],
    }


def _lines(ctx: Context, told: ErasePlan | Erased, goes: str) -> list[str]:
    pairs = [(goes.capitalize(), _counted(told.goes)), ("Stays", _counted(told.stays))]
    if told.tax_until:
        pairs.append(("Name on tax papers until", local_day(told.tax_until, ctx.business.locale)))
    pairs.append(("Backups with the person", "\n".join(_copy(ctx, one) for one in told.backups)))
    return facts(pairs)


def _counted(shares: tuple[Share, ...]) -> str:
    return "\n".join(f"{one.count} {_WORDS[one.what][one.count != 1]}" for one in shares)


def _copy(ctx: Context, copy: OldCopy) -> str:
    until = f", kept until about {local_day(copy.until, ctx.business.locale)}" if copy.until else ""
    return f"{copy.file} of {shown_date(ctx, copy.made_at)}{until}"


# -- consent -------------------------------------------------------------------------------------------
def _consent(ctx: Context) -> None:
    args, desk = ctx.args, ctx.shop.consents
    customer = ctx.shop.customers.resolve(ctx.actor, args.id).customer
    if args.kind is None:
        answers = desk.of_customer(ctx.actor, customer.id)
    elif args.answer is None:
        raise UsageError("", "say given or withdrawn")
    else:
        is_given = args.answer == "given"
        command = SetConsent(
            customer_id=customer.id, kind=check_kind(args.kind), is_given=is_given, words=args.words
        )
        answers = desk.set(ctx.actor, command)
    held = newest(answers)
    ctx.out.result(
        {
            "pl_id": str(customer.pl_id),
            "consents": {kind.value: kind in held and held[kind].is_given for kind in ConsentKind},
            "answers": [_answer(one) for one in answers],
        },
        lambda: table([_row(ctx, kind, held.get(kind)) for kind in ConsentKind]),
    )


def _answer(one: Consent) -> dict[str, object]:
    return {
        "kind": one.kind.value,
        "given": one.is_given,
        "words": one.words,
        "at": one.at.isoformat(),
        "by": one.by,
    }


def _row(ctx: Context, kind: ConsentKind, held: Consent | None) -> list[str]:
    if held is None:
        return [kind.value, "not asked", "", ""]
    return [
        kind.value,
        "given" if held.is_given else "withdrawn",
        f"{shown_at(ctx, held.at)} by {held.by}",
        held.words,
    ]
