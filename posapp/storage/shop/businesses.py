"""The shop, what can be booked in it, and its hours."""

import hashlib
from collections.abc import Sequence
from typing import Any, TypedDict, TypeVar, Unpack

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Row,
    and_,
    bindparam,
    func,
    insert,
    or_,
    select,
    text,
    update,
)

from posapp.domain.base.numbers import COUNTED
from posapp.domain.shop.businesses import (
    Business,
    Resource,
    ResourceKind,
    Service,
    TaxRounding,
)
from posapp.storage.base.journal import begin_chain
from posapp.storage.base.quick import Hands, Hot
from posapp.storage.base.repository import Repository
from posapp.storage.base.rows import changed_now, made_now, stamps_of
from posapp.storage.base.tables import counter
from posapp.storage.shop.tables import (
    business,
    picture,
    resource,
    service,
    setting,
)

T = TypeVar("T")
_BUSINESS: BindParameter[int] = bindparam("business")
_GET = Hot(select(business).where(business.c.id == _BUSINESS))
_SETTINGS = Hot(select(setting.c.name, setting.c.value).where(setting.c.business_id == _BUSINESS))
_SERVICES = Hot(
    select(service)
    .where(
        and_(
            service.c.business_id == _BUSINESS,
            or_(service.c.archived_at.is_(None), bindparam("archived", type_=business.c.id.type) == 1),
        )
    )
    .order_by(service.c.position, service.c.id)
)
_RESOURCES = Hot(
    select(resource)
    .where(
        and_(
            resource.c.business_id == _BUSINESS,
            or_(resource.c.archived_at.is_(None), bindparam("archived", type_=business.c.id.type) == 1),
        )
    )
    .order_by(resource.c.position, resource.c.id)
)


class NewBusiness(TypedDict):
    """The settings that a shop begins with."""

    name: str
    region: str
    currency: str
    locale: str
    time_zone: str
    address: str
    phone: str
    email: str
    website: str
    tax_id: str
    terms: str
    prices_include_tax: bool


class BusinessChange(TypedDict, total=False):
    """What changes of a shop's settings."""

    name: str
    region: str
    currency: str
    locale: str
    time_zone: str
    cutover_minutes: int
    address: str
    phone: str
    email: str
    website: str
    tax_id: str
    terms: str
    logo: str
    prices_include_tax: bool
    tax_rounding: str
    cash_rounding_minor: int
    account_limit_minor: int
    payment_name: str
    payment_iban: str
    payment_bic: str
    payment_upi: str
    payment_pix: str
    payment_promptpay: str
    payment_street: str
    payment_house: str
    payment_postcode: str
    payment_city: str


class ServiceColumns(TypedDict, total=False):
    """What is kept of a service."""

    name: str
    minutes: int
    price_minor: int | None
    position: int


class ResourceColumns(TypedDict, total=False):
    """What is kept of a person or bench."""

    kind: str
    name: str
    capacity: int
    buffer_minutes: int
    position: int
    longest_busy: int


class Businesses(Repository):
    """The settings of one business; `add` and `all` reach beyond it."""

    def __init__(self, hands: Hands, business: int, stamp: tuple[int, str]) -> None:
        super().__init__(hands, business, stamp)
        self._found: Business | None = None

    def add(self, **values: Unpack[NewBusiness]) -> int:
        """Insert a business with its counters at zero, and work on it from now on."""
        key = self._connection.execute(
            insert(business), {**values, **made_now(self._at, self._by)}
        ).inserted_primary_key
        assert key is not None
        self._business = int(key[0])
        self._connection.execute(
            insert(counter), [{"business_id": self._business, "name": name} for name in COUNTED]
        )
        begin_chain(self._core, self._business)
        return self._business

    def hold_all(self) -> None:
        """Keep others from making a business until this transaction ends; on SQLite nobody else writes."""
        if self._core.dialect.name == "postgresql":
            self._connection.execute(text("LOCK TABLE business IN SHARE ROW EXCLUSIVE MODE"))

    def all(self) -> list[Business]:
        """Every business of the database."""
        return [_business(row) for row in self._connection.execute(select(business).order_by(business.c.id))]

    def get(self) -> Business:
        """The business this unit of work is about."""
        if self._found is None:
            self._found = self._connection.settled(_GET, {"business": self._business}, _the_business)
        return self._found

    def update(self, **values: Unpack[BusinessChange]) -> None:
        """Change settings of the shop."""
        self._found = None
        self._connection.execute(
            update(business)
            .where(business.c.id == self._business)
            .values(**values, **changed_now(business, self._at, self._by))
        )

    def settings(self) -> dict[str, str]:
        """What the parts of the trade have set up by name; one that was never set is not there."""
        return dict(self._connection.settled(_SETTINGS, {"business": self._business}, dict))

    def set_setting(self, name: str, value: str) -> None:
        """Keep a setting of a part."""
        here = and_(setting.c.business_id == self._business, setting.c.name == name)
        if self._connection.execute(update(setting).where(here).values(value=value)).rowcount == 0:
            self._connection.execute(
                insert(setting), {"business_id": self._business, "name": name, "value": value}
            )

    # -- services, people, benches ---------------------------------------------------------------
    def services(self, *, with_archived: bool = False) -> list[Service]:
        """The services in their order."""
        keys = {"business": self._business, "archived": int(with_archived)}
        return list(self._connection.settled(_SERVICES, keys, _services))

    def service(self, key: int) -> Service | None:
        """One service of this business."""
        row = self._connection.execute(
            select(service).where(and_(service.c.business_id == self._business, service.c.id == key))
        ).first()
        return _service(row) if row else None

    def resources(self, *, with_archived: bool = False) -> list[Resource]:
        """People and benches in their order."""
        keys = {"business": self._business, "archived": int(with_archived)}
        return list(self._connection.settled(_RESOURCES, keys, _resources))

    def save_service(self, key: int | None, **values: Unpack[ServiceColumns]) -> int:
        """Add (`key` None) or change a service."""
        return self._save(service, key, {**values})

    def save_resource(self, key: int | None, **values: Unpack[ResourceColumns]) -> int:
        """Add (`key` None) or change a person or bench."""
        return self._save(resource, key, {**values})

    def _save(self, table: Any, key: int | None, values: dict[str, Any]) -> int:
        if key is None:
            last = select(func.coalesce(func.max(table.c.position), 0) + 1).where(
                table.c.business_id == self._business
            )
            position = self._connection.execute(last).scalar_one()
            return self._add(table, {"position": position, **values, **made_now(self._at, self._by)})
        self._change(table, key, {**values, **changed_now(table, self._at, self._by)})
        return key

    def archive(self, what: str, key: int, *, archived: bool) -> None:
        """Take a service, person or bench out of the choices; its bookings stay. Or bring it back."""
        table = {"service": service, "resource": resource}[what]
        self._save(table, key, {"archived_at": self._at if archived else None})

    # -- pictures ------------------------------------------------------------------------------------
    def keep_picture(self, png: bytes) -> str:
        """Keep a picture and return its hash, its name for ever: old papers go on finding theirs."""
        name = hashlib.sha256(png).hexdigest()
        known = self._connection.execute(select(picture.c.hash).where(self._is_picture(name))).first()
        if known is None:
            self._connection.execute(insert(picture).values(business_id=self._business, hash=name, png=png))
        return name

    def picture(self, name: str) -> bytes | None:
        """The picture of that hash."""
        found: bytes | None = self._connection.execute(
            select(picture.c.png).where(self._is_picture(name))
        ).scalar()
        return found

    def _is_picture(self, name: str) -> ColumnElement[bool]:
        return and_(picture.c.business_id == self._business, picture.c.hash == name)


def _the_business(rows: Sequence[Row[Any]]) -> Business:
    [row] = rows
    return _business(row)


def _services(rows: Sequence[Row[Any]]) -> tuple[Service, ...]:
    return tuple(map(_service, rows))


def _resources(rows: Sequence[Row[Any]]) -> tuple[Resource, ...]:
    return tuple(map(_resource, rows))


def _business(row: Row[Any]) -> Business:
    return Business(
        row.id,
        row.name,
        row.region,
        row.currency,
        row.locale,
        row.time_zone,
        row.cutover_minutes,
        row.address,
        row.phone,
        row.email,
        row.website,
        row.tax_id,
        row.terms,
        row.logo,
        bool(row.prices_include_tax),
        TaxRounding(row.tax_rounding),
        row.cash_rounding_minor,
        row.account_limit_minor,
        row.payment_name,
        row.payment_iban,
        row.payment_bic,
        row.payment_upi,
        row.payment_pix,
        row.payment_promptpay,
        row.payment_street,
        row.payment_house,
        row.payment_postcode,
        row.payment_city,
        stamps_of(row),
    )


def _service(row: Row[Any]) -> Service:
    return Service(row.id, row.name, row.minutes, row.price_minor, row.position, row.archived_at is not None)


def _resource(row: Row[Any]) -> Resource:
    return Resource(
        row.id,
        ResourceKind(row.kind),
        row.name,
        row.capacity,
        row.buffer_minutes,
        row.position,
        row.archived_at is not None,
    )
