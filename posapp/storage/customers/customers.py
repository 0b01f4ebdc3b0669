"""Customers with their phones, contacts and aliases."""

from collections.abc import Callable, Iterable, Sequence
from itertools import groupby
from typing import Any, TypedDict, Unpack

from sqlalchemy import (
    CTE,
    BindParameter,
    ColumnElement,
    Row,
    Select,
    and_,
    bindparam,
    func,
    literal,
    null,
    select,
    text,
    union_all,
    update,
)

from posapp.domain.base.clock import from_us
from posapp.domain.base.folding import search_words
from posapp.domain.base.phone import PhoneMark, PhoneNumber
from posapp.domain.customers.customers import (
    NO_TERMS,
    TYPED_KEPT,
    Contact,
    Customer,
    FormerOwner,
    PhoneLine,
    Terms,
)
from posapp.domain.customers.pl_id import PlId
from posapp.storage.base.quick import Hot, beside
from posapp.storage.base.repository import Repository
from posapp.storage.base.rows import changed_now, in_parts, linked, made_now, moment_of, stamps_of
from posapp.storage.customers.tables import alias, contact, customer, phone

_BUSINESS: BindParameter[int] = bindparam("business")
_CURRENT = phone.c.ended_at.is_(None)
_OWNER = Hot(
    select(phone.c.customer_id).where(
        and_(phone.c.business_id == _BUSINESS, phone.c.key == bindparam("phone_key"), _CURRENT)
    )
)
# In these words it means the condition of the index; SQLAlchemy's "is_former = 1" would read every phone.
_IS_FORMER, _IS_PRIMARY = text("phone.is_former"), text("phone.is_primary")
_NO_LONGER_FORMER = Hot(
    update(phone)
    .where(and_(phone.c.business_id == _BUSINESS, phone.c.key == bindparam("phone_key"), _IS_FORMER))
    .values(is_former=False)
)
_FORMER = (
    select(customer.c.id, customer.c.pl_number, customer.c.name, phone.c.ended_at)
    .join(customer, linked(phone.c.customer_id, customer))
    .where(and_(phone.c.business_id == _BUSINESS, phone.c.key == bindparam("phone_key"), _IS_FORMER))
    .order_by(phone.c.ended_at.desc())
)
_ID_BY_KEY = select(customer.c.id).where(
    and_(customer.c.business_id == _BUSINESS, customer.c.id == bindparam("key"))
)
_ID_BY_PL = select(customer.c.id).where(
    and_(customer.c.business_id == _BUSINESS, customer.c.pl_number == bindparam("number"))
)
_ID_BY_ALIAS = select(alias.c.customer_id).where(
    and_(alias.c.business_id == _BUSINESS, alias.c.code == bindparam("code"))
)
_IS_THERE = Hot(_ID_BY_KEY)
_MEANT = customer.alias("meant")
_SURVIVOR = (
    select(func.coalesce(_MEANT.c.merged_into, _MEANT.c.id))
    .where(and_(_MEANT.c.business_id == _BUSINESS, _MEANT.c.id == bindparam("key")))
    .scalar_subquery()
)
_HOLD = (
    select(customer.c.id)
    .where(and_(customer.c.business_id == _BUSINESS, customer.c.id == _SURVIVOR))
    .with_for_update(key_share=True)
)
_PHONE, _CONTACT, _ALIAS = range(3)


_Of = Callable[[ColumnElement[int]], ColumnElement[bool]]


def _parts(of: _Of) -> CTE:
    """The phones, contacts and aliases of customers, told apart by `part`."""
    own = phone.c.is_primary, phone.c.started_at, phone.c.ended_at, phone.c.is_former
    nothing = [null().label(column.name) for column in (phone.c.mark, phone.c.label, *own)]
    phones = select(
        phone.c.customer_id,
        literal(_PHONE).label("part"),
        phone.c.id.label("part_id"),
        phone.c.key.label("word"),
        phone.c.extension.label("second"),
        phone.c.typed.label("third"),
        phone.c.mark,
        phone.c.label,
        *own,
    ).where(and_(beside(phone.c.business_id) == _BUSINESS, of(phone.c.customer_id)))
    contacts = select(
        contact.c.customer_id,
        literal(_CONTACT),
        contact.c.id,
        contact.c.name,
        contact.c.email,
        contact.c.note,
        *nothing,
    ).where(
        and_(
            beside(contact.c.business_id) == _BUSINESS,
            of(contact.c.customer_id),
            contact.c.archived_at.is_(None),
        )
    )
    aliases = select(
        alias.c.customer_id, literal(_ALIAS), alias.c.id, alias.c.code, null(), null(), *nothing
    ).where(and_(beside(alias.c.business_id) == _BUSINESS, of(alias.c.customer_id)))
    return union_all(phones, contacts, aliases).cte("parts")


def _whole(of: _Of) -> Select[Any]:
    """Customers with all that hangs on them, a row a phone, contact and alias; `of` says whose."""
    parts = _parts(of)
    shown = [column for column in parts.c if column.name != "customer_id"]
    return (
        select(customer, *shown)
        .select_from(customer.outerjoin(parts, parts.c.customer_id == customer.c.id))
        .where(and_(customer.c.business_id == _BUSINESS, of(customer.c.id)))
        .order_by(customer.c.id, parts.c.part, parts.c.is_primary.desc(), parts.c.part_id)
    )


_GET = Hot(_whole(lambda column: column == bindparam("key")))
_OWNED = phone.alias("owned")
_OWNER_ID = (
    select(_OWNED.c.customer_id)
    .where(
        and_(
            _OWNED.c.business_id == _BUSINESS,
            _OWNED.c.key == bindparam("phone_key"),
            _OWNED.c.ended_at.is_(None),
        )
    )
    .scalar_subquery()
)
_GET_OWNER = Hot(_whole(lambda column: column == _OWNER_ID))
_GET_SOME = _whole(lambda column: column.in_(bindparam("keys", expanding=True)))


class CustomerChange(TypedDict, total=False):
    """What changes of a customer's own record."""

    name: str
    email: str
    address: str
    note: str
    is_flagged: bool
    no_phone_reason: str | None
    price_level_id: int | None
    tax_exempt_reason: str
    tax_number: str
    account_limit_minor: int | None
    merged_into: int | None
    erased_at: int | None


class Customers(Repository):
    """The customers of one business."""

    # -- finding -------------------------------------------------------------------------------
    def owner_of(self, number: PhoneNumber) -> int | None:
        """The key of the customer whom a number belongs to now."""
        return self._one(_OWNER, phone_key=number.key)

    def former_owners(self, number: PhoneNumber) -> tuple[FormerOwner, ...]:
        """Who had this number until it ended, latest first; empty once somebody else has taken it."""
        rows = self._connection.execute(_FORMER, {"business": self._business, "phone_key": number.key})
        return tuple(
            FormerOwner(row.id, PlId(row.pl_number), row.name, from_us(row.ended_at)) for row in rows
        )

    def by_pl(self, pl_id: PlId) -> int | None:
        """The key of the customer with this PL ID."""
        return self._one(_ID_BY_PL, number=pl_id.number)

    def by_alias(self, code: str) -> int | None:
        """The key of the customer that an old ID still finds."""
        return self._one(_ID_BY_ALIAS, code=alias_code(code))

    def _one(self, statement: Any, **keys: object) -> int | None:
        found: int | None = self._connection.execute(statement, {"business": self._business, **keys}).scalar()
        return found

    def hold(self, key: int) -> int | None:
        """Keep others from changing a customer until this transaction ends; read it afterwards.

        Of a merged one the survivor is held; answers whom it is about.
        """
        return self._one(_HOLD, key=key)

    def has(self, key: int) -> bool:
        """Whether there is, or was before it was merged, a customer with this key."""
        return self._one(_IS_THERE, key=key) is not None

    def get(self, key: int) -> Customer | None:
        """The customer with everything on it; a merged one leads to its survivor."""
        return self._whole(_GET, key=key)

    def of_phone(self, number: PhoneNumber) -> Customer | None:
        """The customer whom a number belongs to now, with everything on it."""
        return self._whole(_GET_OWNER, phone_key=number.key)

    def _whole(self, statement: Hot, **keys: object) -> Customer | None:
        rows = self._connection.execute(statement, {"business": self._business, **keys}).all()
        if not rows:
            return None
        merged_into: int | None = rows[0].merged_into
        return _customer(rows) if merged_into is None else self.get(merged_into)

    def some(self, keys: Sequence[int]) -> list[Customer]:
        """The customers with these keys, in their order, each once; merged ones lead to their survivors."""
        found: dict[int, Customer] = {}
        for part in in_parts(list(dict.fromkeys(keys))):
            rows = self._connection.execute(_GET_SOME, {"business": self._business, "keys": part})
            for key, own in groupby(rows, lambda row: row.id):
                found[key] = _customer(list(own))
        wanted = (found[key] for key in keys if key in found)
        ways = (one if one.merged_into is None else self.get(one.merged_into) for one in wanted)
        return list({one.id: one for one in ways if one is not None}.values())

    # -- writing -------------------------------------------------------------------------------
    def add(
        self,
        pl_id: PlId,
        *,
        name: str,
        email: str = "",
        address: str = "",
        note: str = "",
        no_phone_reason: str | None = None,
    ) -> int:
        """Insert a customer and return its key."""
        folded, more = search_words(name)
        values = {
            "pl_number": pl_id.number,
            "name": name,
            "name_fold": folded,
            "more_words": more or None,
            "email": email,
            "address": address,
            "note": note,
            "no_phone_reason": no_phone_reason,
            **made_now(self._at, self._by),
        }
        return self._add(customer, values)

    def add_phone(self, key: int, number: PhoneNumber, *, label: str = "", is_primary: bool) -> int:
        """Give a number to a customer; whoever had it before is no longer "former"."""
        self._connection.execute(_NO_LONGER_FORMER, {"business": self._business, "phone_key": number.key})
        return self._add(
            phone,
            {
                "customer_id": key,
                "key": number.key,
                "reversed": number.reversed_digits,
                "extension": number.extension,
                "typed": number.typed[:TYPED_KEPT],
                "mark": number.mark.value if number.mark else None,
                "label": label,
                "is_primary": is_primary,
                "started_at": self._at,
                "started_by": self._by,
            },
        )

    def end_phone(self, line: PhoneLine, *, is_former: bool) -> None:
        """Date the end of a number; `is_former` keeps it findable until somebody else takes it."""
        ended = {"ended_at": self._at, "ended_by": self._by, "is_former": is_former, "is_primary": False}
        self._change(phone, line.id, ended)

    def reopen_phone(self, line: PhoneLine, *, is_primary: bool) -> None:
        """A former number is its customer's again."""
        current = {"ended_at": None, "ended_by": None, "is_former": False, "is_primary": is_primary}
        self._change(phone, line.id, current)

    def set_primary(self, key: int, line_id: int) -> None:
        """Make one number of a customer the primary one."""
        current = and_(phone.c.customer_id == key, _IS_PRIMARY, _CURRENT)
        self._change(phone, current, {"is_primary": False})
        self._change(phone, line_id, {"is_primary": True})

    def set_phone_label(self, line_id: int, label: str) -> None:
        """Rename a number's label."""
        self._change(phone, line_id, {"label": label})

    def add_contact(self, key: int, name: str, *, email: str = "", note: str = "") -> int:
        """Put a further person on an account."""
        return self._add(
            contact,
            {
                "customer_id": key,
                "name": name,
                "email": email,
                "note": note,
                **made_now(self._at, self._by),
            },
        )

    def archive_contact(self, contact_id: int) -> None:
        """Take a person off an account; papers and bookings keep the name."""
        archived = {"archived_at": self._at, **changed_now(contact, self._at, self._by)}
        self._change(contact, contact_id, archived)

    def update(self, key: int, **values: Unpack[CustomerChange]) -> None:
        """Change columns of a customer and keep its search words in step."""
        self._change(customer, key, {**values, **changed_now(customer, self._at, self._by)})

    def refresh_words(self, key: int, name: str, contacts: Iterable[str]) -> None:
        """Write the search words of a customer from the names on the account."""
        folded, latin = search_words(name)
        more = [latin, *(word for other in contacts for word in search_words(other))]
        words = " ".join(filter(None, more)) or None
        self._change(customer, key, {"name_fold": folded, "more_words": words})

    def add_alias(self, key: int, code: str) -> None:
        """Let an old ID find this customer."""
        self._add(alias, {"customer_id": key, "code": alias_code(code), "created_at": self._at})

    def highest_pl(self) -> int:
        """The highest PL number ever given to a customer that exists."""
        highest = select(func.coalesce(func.max(customer.c.pl_number), 0))
        found: int = self._connection.execute(
            highest.where(customer.c.business_id == self._business)
        ).scalar_one()
        return found


def alias_code(code: str) -> str:
    """Old IDs compare without regard to case and outer space."""
    return code.strip().casefold()


def _phone_line(row: Row[Any]) -> PhoneLine:
    mark = PhoneMark(row.mark) if row.mark else None
    number = PhoneNumber(row.word, row.second, mark, row.third)
    ended, is_primary, is_former = moment_of(row.ended_at), bool(row.is_primary), bool(row.is_former)
    return PhoneLine(row.part_id, number, row.label, is_primary, from_us(row.started_at), ended, is_former)


def _customer(rows: Sequence[Row[Any]]) -> Customer:
    row = rows[0]
    return Customer(
        row.id,
        PlId(row.pl_number),
        row.name,
        row.email,
        row.address,
        row.note,
        bool(row.is_flagged),
        row.no_phone_reason,
        stamps_of(row),
        tuple(_phone_line(line) for line in rows if line.part == _PHONE),
        tuple(
            Contact(line.part_id, line.word, line.second, line.third)
            for line in rows
            if line.part == _CONTACT
        ),
        tuple(line.word for line in rows if line.part == _ALIAS),
        row.merged_into,
        moment_of(row.archived_at),
        _terms(row),
        moment_of(row.erased_at),
    )


def _terms(row: Row[Any]) -> Terms:
    found = Terms(row.price_level_id, row.tax_exempt_reason, row.tax_number, row.account_limit_minor)
    return NO_TERMS if found == NO_TERMS else found
