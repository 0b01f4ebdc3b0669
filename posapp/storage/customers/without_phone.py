"""Customers without a number who may be the person that is typed in: by the same name or address."""

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Select,
    and_,
    bindparam,
    exists,
    literal,
    select,
    union_all,
)

from posapp.domain.base.folding import search_words
from posapp.storage.base.quick import Hot, beside
from posapp.storage.base.repository import Repository
from posapp.storage.base.rows import linked
from posapp.storage.customers.tables import customer, further_email, phone

_BUSINESS: BindParameter[int] = bindparam("business")
_NUMBER = exists().where(
    and_(
        beside(phone.c.business_id) == customer.c.business_id,
        phone.c.customer_id == customer.c.id,
        phone.c.ended_at.is_(None),
    )
)
_WAITS = (
    customer.c.no_phone_reason.is_not(None),
    customer.c.merged_into.is_(None),
    customer.c.archived_at.is_(None),
    customer.c.erased_at.is_(None),
    ~_NUMBER,
)


def _some(which: ColumnElement[bool], *, by_email: bool = False) -> Select[tuple[int]]:
    found = select(customer.c.id).where(and_(customer.c.business_id == _BUSINESS, which, *_WAITS))
    if by_email:
        own = and_(further_email.c.business_id == _BUSINESS, further_email.c.email == bindparam("email"))
        found = (
            select(customer.c.id)
            .select_from(further_email.join(customer, linked(further_email.c.customer_id, customer)))
            .where(and_(own, which, *_WAITS))
        )
    return found.limit(bindparam("limit"))


_LIKE = Hot(
    union_all(
        *(
            one.subquery().select()
            for one in (
                _some(and_(customer.c.email == bindparam("email"), customer.c.email != literal(""))),
                _some(bindparam("email") != literal(""), by_email=True),
                _some(and_(customer.c.name_fold == bindparam("name"), bindparam("name") != literal(""))),
            )
        )
    )
)


class WithoutPhone(Repository):
    """Those of one business whom nobody can reach by phone yet."""

    def like(self, name: str, email: str, limit: int) -> list[int]:
        """Keys of those with that address or that very name, the address first."""
        folded, _ = search_words(name)
        values = {"business": self._business, "name": folded, "email": email.strip().lower(), "limit": limit}
        return list(dict.fromkeys(self._connection.execute(_LIKE, values).scalars()))[:limit]
