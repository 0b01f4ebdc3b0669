"""Counts what the PL IDs and phones of a business really are, without trusting any constraint."""

from dataclasses import dataclass

from sqlalchemy import Connection, and_, distinct, func, select

from posapp.storage.base.tables import counter
from posapp.storage.customers.tables import customer, phone


@dataclass(frozen=True, slots=True)
class IdCounts:
    """The counter, and the records beside it."""

    counter: int
    with_id: int
    without_id: int
    duplicates: int
    phones_shared: int


def count_ids(connection: Connection, business: int) -> IdCounts:
    """Counter, customers with and without a PL number, numbers used twice, phones with several customers."""
    last = select(counter.c.last).where(and_(counter.c.business_id == business, counter.c.name == "PL"))
    here = customer.c.business_id == business
    counted = select(func.count(), func.count(customer.c.pl_number)).where(here)
    twice = (
        select(customer.c.pl_number)
        .where(here, customer.c.pl_number.is_not(None))
        .group_by(customer.c.pl_number)
        .having(func.count() > 1)
        .subquery()
    )
    shared = (
        select(phone.c.key)
        .where(phone.c.business_id == business, phone.c.ended_at.is_(None))
        .group_by(phone.c.key)
        .having(func.count(distinct(phone.c.customer_id)) > 1)
        .subquery()
    )
    total, with_id = connection.execute(counted).one()
    return IdCounts(
        connection.execute(last).scalar_one(),
        with_id,
        total - with_id,
        connection.execute(select(func.count()).select_from(twice)).scalar_one(),
        connection.execute(select(func.count()).select_from(shared)).scalar_one(),
    )
