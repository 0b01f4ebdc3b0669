"""Customers who have a name and an address of e-mail in common: they must be suggested as duplicates.

Asked of the records themselves, so that an export says the same of the same data, whenever somebody last
looked for duplicates.
"""

from collections.abc import Iterator
from itertools import combinations, groupby
from typing import Any

from sqlalchemy import CTE, ColumnElement, Connection, and_, func, select, true, union

from posapp.domain.base.names import clean_name
from posapp.storage.base.quick import beside
from posapp.storage.base.rows import in_parts
from posapp.storage.customers.tables import contact, customer, further_email
from posapp.storage.old_data.tables import not_duplicate


def told_alike(connection: Connection, business: int) -> list[tuple[int, int]]:
    """The pairs by key, in order; at most twice as many as customers, without those that were dismissed."""
    count = connection.execute(
        select(func.count()).select_from(customer).where(_is_open(business))
    ).scalar_one()
    dismissed = {
        (row.a_id, row.b_id)
        for row in connection.execute(
            select(not_duplicate.c.a_id, not_duplicate.c.b_id).where(not_duplicate.c.business_id == business)
        )
    }
    found: set[tuple[int, int]] = set()
    for pair in _pairs(connection, business):
        if pair not in dismissed:
            found.add(pair)
        if len(found) == 2 * count:
            break
    return sorted(found)


def is_open(of: Any) -> ColumnElement[bool]:
    """Somebody who can still be merged: not retired, not archived, not forgotten."""
    return and_(of.c.merged_into.is_(None), of.c.archived_at.is_(None), of.c.erased_at.is_(None))


def _is_open(business: int) -> ColumnElement[bool]:
    return and_(customer.c.business_id == business, is_open(customer))


def _mails(business: int) -> CTE:
    """Each address with each customer who has it."""
    own = select(customer.c.email, customer.c.id.label("key")).where(
        and_(_is_open(business), customer.c.email != "")
    )
    others = [
        select(table.c.email, customer.c.id)
        .join(customer, customer.c.id == table.c.customer_id)
        .where(and_(beside(table.c.business_id) == business, _is_open(business), table.c.email != "", which))
        for table, which in ((further_email, true()), (contact, contact.c.archived_at.is_(None)))
    ]
    return union(own, *others).cte("mails")


def _pairs(connection: Connection, business: int) -> Iterator[tuple[int, int]]:
    mails = _mails(business)
    shared = select(mails.c.email).group_by(mails.c.email).having(func.count() > 1)
    asked = (
        select(mails.c.email, mails.c.key)
        .where(mails.c.email.in_(shared))
        .order_by(mails.c.email, mails.c.key)
    )
    for _, group in groupby(connection.execute(asked), key=lambda row: row.email):
        keys = [row.key for row in group]
        by_name: dict[str, list[int]] = {}
        for key, name in _names(connection, business, keys):
            by_name.setdefault(name, []).append(key)
        for same in by_name.values():
            yield from combinations(sorted(same), 2)


def _names(connection: Connection, business: int, keys: list[int]) -> set[tuple[int, str]]:
    """Each customer with each of its names, as names compare."""
    found: set[tuple[int, str]] = set()
    for part in in_parts(keys):
        own = select(customer.c.id, customer.c.name).where(
            and_(beside(customer.c.business_id) == business, customer.c.id.in_(part))
        )
        people = select(contact.c.customer_id, contact.c.name).where(
            and_(
                beside(contact.c.business_id) == business,
                contact.c.customer_id.in_(part),
                contact.c.archived_at.is_(None),
            )
        )
        for asked in (own, people):
            found.update((key, clean_name(name).casefold()) for key, name in connection.execute(asked))
    return {(key, name) for key, name in found if name}
