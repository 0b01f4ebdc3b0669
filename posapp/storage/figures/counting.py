"""What a customer comes to, said once: one statement counts it from the records, for one of them or all."""

from collections.abc import Sequence
from functools import cache
from typing import Any

from sqlalchemy import (
    BigInteger,
    BindParameter,
    ColumnElement,
    FromClause,
    Select,
    and_,
    bindparam,
    cast,
    distinct,
    exists,
    func,
    literal,
    select,
    true,
    union_all,
)

from posapp.domain.bookings.bookings import BookingStatus
from posapp.domain.selling.orders import OrderStatus
from posapp.storage.base.quick import beside
from posapp.storage.base.rows import linked
from posapp.storage.base.shop_days import shop_day
from posapp.storage.bookings.tables import booking
from posapp.storage.customers.tables import customer, phone
from posapp.storage.old_data.spent import spent_of
from posapp.storage.repairs.tables import job, ticket
from posapp.storage.selling.order_tables import ledger_entry, sale_order
from posapp.storage.shop.tables import business

_VISITS = [literal(state.value) for state in BookingStatus if state.is_visit]

BUSINESS: BindParameter[int] = bindparam("business", type_=BigInteger)
_JOBS = job.join(ticket, linked(job.c.ticket_id, ticket))


def _own(table: FromClause, whose: ColumnElement[int]) -> ColumnElement[bool]:
    return and_(table.c.customer_id == customer.c.id, beside(table.c.business_id) == whose)


def _one(
    what: ColumnElement[Any], rows: FromClause, whose: ColumnElement[int], *which: ColumnElement[bool]
) -> ColumnElement[Any]:
    """A figure of the customer of the statement around it."""
    of = ticket if rows is _JOBS else rows
    asked = select(what).select_from(rows).where(and_(_own(of, whose), *which))
    return asked.correlate(customer).scalar_subquery()


def _moments(whose: ColumnElement[int], *, days: bool) -> FromClause:
    """Whenever the customer stood at the counter: came for a booking, brought or collected a device, bought.

    With `days` the shop's days of that: as it was stored, and of what stores none by the clock of today.
    """
    zone, cutover = business.c.time_zone, business.c.cutover_minutes
    places = (
        (booking.c.starts_at, None, booking, booking, booking.c.status.in_(_VISITS)),
        (ticket.c.created_at, ticket.c.business_day, ticket, ticket, true()),
        (job.c.handed_at, None, _JOBS, ticket, job.c.handed_at.is_not(None)),
        (
            sale_order.c.completed_at,
            sale_order.c.business_day,
            sale_order,
            sale_order,
            sale_order.c.status == literal(OrderStatus.COMPLETED.value),
        ),
    )
    branches = []
    for at, day, rows, of, which in places:
        what: ColumnElement[int] = at
        if days:
            what = shop_day(at, zone, cutover) if day is None else day
        asked = select(what.label("at")).select_from(rows).where(and_(_own(of, whose), which))
        branches.append(asked.correlate(customer, business))
    return union_all(*branches).subquery()


def _of_moments(what: ColumnElement[Any], moments: FromClause) -> ColumnElement[Any]:
    return select(what).select_from(moments).correlate(customer, business).scalar_subquery()


def _second_last(days: FromClause) -> ColumnElement[int]:
    """The day of the visit before the last one, 0 where there is none."""
    asked = select(days.c.at).distinct().order_by(days.c.at.desc()).limit(literal(1)).offset(literal(1))
    return func.coalesce(asked.correlate(customer, business).scalar_subquery(), literal(0))


def _whole(sum_of: ColumnElement[Any]) -> ColumnElement[int]:
    """A sum that is 0 where there is nothing, and no decimal on PostgreSQL."""
    return cast(func.coalesce(sum_of, 0), BigInteger)


@cache
def _figures(*, is_one: bool) -> dict[str, ColumnElement[Any]]:
    """Each figure of the customer of the statement around it, by its column of `customer_figure`.

    `is_one`: the statement is about one customer, and each part of it names the business.
    """
    whose: ColumnElement[int] = BUSINESS if is_one else customer.c.business_id
    days, moments = _moments(whose, days=True), _moments(whose, days=False)
    owed = func.sum(ledger_entry.c.amount_minor)
    number = and_(phone.c.is_primary, phone.c.ended_at.is_(None))
    return {
        "has_phone": exists().where(and_(_own(phone, whose), number)).correlate(customer),
        "bookings": _one(func.count(), booking, whose),
        "no_shows": _one(
            func.count(), booking, whose, booking.c.status == literal(BookingStatus.NO_SHOW.value)
        ),
        "visits": _of_moments(func.count(distinct(days.c.at)), days),
        "last_visit_at": _of_moments(_whole(func.max(moments.c.at)), moments),
        "previous_visit_day": _second_last(days),
        "tickets": _one(func.count(), ticket, whose),
        "open_tickets": _one(func.count(distinct(ticket.c.id)), _JOBS, whose, job.c.is_here),
        "devices_here": _one(func.count(), _JOBS, whose, job.c.is_here),
        "spent_minor": cast(spent_of(whose, customer.c.id), BigInteger),
        "balance_minor": _one(_whole(owed), ledger_entry, whose),
        "credit_minor": _one(_whole(-owed), ledger_entry, whose, ledger_entry.c.account != literal("debt")),
    }


COLUMNS = (
    *("created_at", "has_phone", "bookings", "no_shows", "visits", "last_visit_at", "previous_visit_day"),
    *("tickets", "open_tickets", "devices_here", "spent_minor", "balance_minor", "credit_minor"),
)
"""What is written of a customer, in the order of the table."""


def counted(*which: ColumnElement[bool], names: Sequence[str] = COLUMNS, is_one: bool = False) -> Select[Any]:
    """Business, key and figures of customers (all, or those named), as their records say it."""
    figures = {"created_at": customer.c.created_at, **_figures(is_one=is_one)}
    told = (figures[name].label(name) for name in names)
    rows = customer.join(business, business.c.id == customer.c.business_id)
    return (
        select(customer.c.business_id, customer.c.id.label("customer_id"), *told)
        .select_from(rows)
        .where(and_(*which))
    )


def is_listed() -> ColumnElement[bool]:
    """Whether a customer has a row: neither archived nor merged into another one."""
    return and_(customer.c.merged_into.is_(None), customer.c.archived_at.is_(None))
