"""A customer as commands print one: the fixed JSON shape, and lines for people."""

from posapp.cli.context import Context
from posapp.cli.output import facts
from posapp.cli.selling.order_text import standing_rows
from posapp.cli.values import shown_at, shown_date, shown_phone, shown_price
from posapp.domain.customers.customers import ERASED, Customer, CustomerCard, CustomerFacts, PhoneLine
from posapp.domain.selling.ledger import Standing


def customer_document(ctx: Context, card: CustomerCard, *, created: bool = False) -> dict[str, object]:
    """The JSON of a customer; `phones` holds canonical numbers, the primary one first."""
    customer, known = card.customer, card.facts
    return {
        "pl_id": str(customer.pl_id),
        "name": customer.name,
        "phones": [line.number.key for line in customer.current_phones],
        "created": created,
        "email": customer.email,
        "further_emails": _further_emails(ctx, customer),
        "old_ids": [one.whole_id for one in ctx.shop.past.ids(ctx.actor, customer.id)],
        "address": customer.address,
        "note": customer.note,
        "is_flagged": customer.is_flagged,
        "no_phone_reason": customer.no_phone_reason,
        "anonymised_at": customer.erased_at.isoformat() if customer.erased_at else None,
        "phone_lines": [_line_document(line) for line in customer.phones],
        "tax_exempt_reason": customer.terms.tax_exempt_reason,
        "tax_number": customer.terms.tax_number,
        "price_level": _price_level(ctx, customer),
        "account_limit_minor": customer.terms.limit_or(ctx.business.account_limit_minor),
        "contacts": [contact.name for contact in customer.contacts],
        "aliases": list(customer.aliases),
        "bookings": known.bookings,
        "visits": known.visits,
        "did_not_come": known.did_not_come,
        "last_visit": known.last_visit.isoformat() if known.last_visit else None,
        "devices_here": known.devices_here,
        "next_booking": known.next_booking,
        "balance_minor": known.balance_minor if known.tells_money else None,
        "credit_minor": known.credit_minor if known.tells_money else None,
        "spent_minor": known.spent_minor if known.tells_money else None,
        "created_at": customer.stamps.created_at.isoformat(),
        "created_by": customer.stamps.created_by,
        "updated_at": customer.stamps.updated_at.isoformat(),
        "updated_by": customer.stamps.updated_by,
    }


def _further_emails(ctx: Context, customer: Customer) -> list[str]:
    return [one.email for one in ctx.shop.further_emails.of_customer(ctx.actor, customer.id)]


def _line_document(line: PhoneLine) -> dict[str, object]:
    return {
        "number": line.number.key,
        "extension": line.number.extension,
        "label": line.label,
        "mark": line.number.mark.value if line.number.mark else None,
        "is_primary": line.is_primary,
        "since": line.started_at.isoformat(),
        "until": line.ended_at.isoformat() if line.ended_at else None,
        "is_former": line.is_former,
    }


def customer_lines(ctx: Context, card: CustomerCard, standing: Standing | None) -> list[str]:
    """A customer for people to read."""
    customer, known = card.customer, card.facts
    stamps = customer.stamps
    coming = ""
    if known.next_booking and known.next_booking_at:
        when = shown_at(ctx, known.next_booking_at, known.next_booking_wall)
        coming = f"{known.next_booking} on {when} with {known.next_booking_with}"
    pairs = [
        ("Phone", "\n".join(_line_text(ctx, line) for line in customer.phones)),
        ("No phone", customer.no_phone_reason or ""),
        ("E-mail", "\n".join(filter(None, (customer.email, *_further_emails(ctx, customer))))),
        ("Old IDs", "\n".join(one.whole_id for one in ctx.shop.past.ids(ctx.actor, customer.id))),
        ("Address", customer.address),
        ("Also here", ", ".join(contact.name for contact in customer.contacts)),
        ("Tax exempt", customer.terms.tax_exempt_reason),
        ("Tax number", customer.terms.tax_number),
        ("Price level", _price_level(ctx, customer)),
        ("May owe", _limit(ctx, customer)),
        ("Note", customer.note),
        ("Flagged", "yes" if customer.is_flagged else ""),
        ("Old IDs", ", ".join(customer.aliases)),
        ("Bookings", _bookings(known)),
        ("Visits", _visits(ctx, known)),
        ("Devices here", str(known.devices_here) if known.devices_here else ""),
        ("Next", coming),
        *(standing_rows(ctx, standing) if standing is not None else ()),
        ("Created", f"{shown_at(ctx, stamps.created_at)} by {stamps.created_by}"),
        (
            "Changed",
            f"{shown_at(ctx, stamps.updated_at)} by {stamps.updated_by}" if stamps.version > 1 else "",
        ),
    ]
    return [f"{customer.pl_id}  {shown_name(ctx, customer)}", *facts(pairs)]


def _price_level(ctx: Context, customer: Customer) -> str:
    key = customer.terms.price_level_id
    known = ctx.shop.price_levels.all(ctx.actor, with_archived=True) if key is not None else []
    return next((one.name for one in known if one.id == key), "")


def _limit(ctx: Context, customer: Customer) -> str:
    limit = customer.terms.account_limit_minor
    return "" if limit is None else shown_price(ctx, limit)


def shown_name(ctx: Context, customer: Customer) -> str:
    """The name, or what stands for it where there is none."""
    if customer.erased_at is not None:
        return ERASED
    return customer.name or shown_phone(ctx, customer.phone) or "(no name)"


def _bookings(known: CustomerFacts) -> str:
    missed = [f"{known.did_not_come} did not come"] if known.did_not_come else []
    return ", ".join([str(known.bookings), *missed]) if known.bookings else ""


def _visits(ctx: Context, known: CustomerFacts) -> str:
    return f"{known.visits}, the last {shown_date(ctx, known.last_visit)}" if known.last_visit else ""


def _line_text(ctx: Context, line: PhoneLine) -> str:
    said = [line.label] if line.label else []
    if line.number.mark:
        said.append(line.number.mark.shown)
    if line.ended_at:
        said.append(f"{'former' if line.is_former else 'passed on'}, until {shown_date(ctx, line.ended_at)}")
    shown = shown_phone(ctx, line.number)
    return f"{shown}  ({', '.join(said)})" if said else shown
