"""Statements inside a reading: a customer's ledger of some days, as a value and as a paper."""

from datetime import date
from typing import TYPE_CHECKING

from posapp.domain.base.errors import DomainError
from posapp.domain.selling.sale_papers import DueLine, EntryLine, StatementPaper
from posapp.services.customers.customers import require_customer
from posapp.services.papers.content import header, made_at, made_by
from posapp.services.selling.order_commands import Statement

if TYPE_CHECKING:
    from posapp.storage.unit_of_work import UnitOfWork


def statement_of(uow: "UnitOfWork", customer_id: int, first: date | None, last: date) -> Statement:
    """The statement of some days, both included; without a first one it begins with the first entry."""
    if first is not None and last < first:
        raise DomainError("days_reversed", "The last day is before the first one.", field="to")
    entries = tuple(uow.ledger.between(customer_id, first or date.min, last))
    return Statement(
        customer_id,
        first or (min(entries[0].day, last) if entries else last),
        last,
        uow.ledger.before(customer_id, first) if first is not None else 0,
        entries,
        uow.ledger.standing(customer_id),
    )


def paper_of_statement(uow: "UnitOfWork", made: Statement) -> StatementPaper:
    """The paper of a statement; what is still owed and held stands on one that reaches to today."""
    business = uow.businesses.get()
    customer = require_customer(uow, made.customer_id)
    standing = made.standing if made.last >= business.day_of(uow.now) else None
    return StatementPaper(
        shop=header(business),
        number=str(customer.pl_id),
        pl_id=str(customer.pl_id),
        customer_name=customer.shown_name(business.region),
        customer_phone=customer.phone.shown(business.region) if customer.phone else "",
        contact_name="",
        made_at=made_at(uow, business),
        made_by=made_by(uow),
        terms="",
        first=made.first.isoformat(),
        last=made.last.isoformat(),
        opening_minor=made.opening_minor,
        entries=tuple(
            EntryLine(one.day.isoformat(), one.number, one.shown_about, one.amount_minor)
            for one in made.entries
        ),
        closing_minor=made.closing_minor,
        credit_minor=standing.all_credit_minor if standing else 0,
        held_minor=sum(one.amount_minor for one in standing.deposits) if standing else 0,
        dues=tuple(
            DueLine(one.number, one.day.isoformat(), one.owed_minor)
            for one in (standing.dues if standing else ())
            if one.owed_minor > 0
        ),
    )
