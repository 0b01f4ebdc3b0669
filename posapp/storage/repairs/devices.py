"""The register of devices."""

from collections.abc import Iterator
from typing import Any, TypedDict, Unpack

from sqlalchemy import (
    BindParameter,
    Row,
    and_,
    bindparam,
    func,
    select,
    tuple_,
)

from posapp.domain.base.clock import from_us
from posapp.domain.base.numbers import Letter, number_text
from posapp.domain.customers.pl_id import PlId
from posapp.domain.repairs.devices import Device, DeviceKind, Model, Owner, Visit, serial_key
from posapp.storage.base.quick import Hot, beside
from posapp.storage.base.repository import Repository
from posapp.storage.base.rows import changed_now, linked, made_now
from posapp.storage.customers.tables import customer
from posapp.storage.repairs.tables import device, job, ticket, ticket_state

_BUSINESS: BindParameter[int] = bindparam("business")
_HERE = device.c.business_id == _BUSINESS
_BY_ID = Hot(select(device).where(and_(_HERE, device.c.id == bindparam("key"))))
_BY_SERIAL = Hot(
    select(device).where(and_(_HERE, device.c.serial_key == bindparam("code"), device.c.serial_key != ""))
)
_BY_IMEI = Hot(select(device).where(and_(_HERE, device.c.imei == bindparam("code"), device.c.imei != "")))
# One step from a make and model to the next one, so that a million phones of one make cost nothing.
_NEXT_MODEL = (
    select(device.c.kind, device.c.make, device.c.model)
    .where(
        and_(
            _HERE,
            tuple_(device.c.make, device.c.model) > tuple_(bindparam("make"), bindparam("model")),
        )
    )
    .order_by(device.c.make, device.c.model)
    .limit(1)
)
_IN_SHOP = Hot(
    select(job.c.id).where(
        and_(job.c.business_id == _BUSINESS, job.c.device_id == bindparam("key"), job.c.is_here)
    )
)

MOST_STEPS = 200


class DeviceChange(TypedDict, total=False):
    """What changes of a device in the register."""

    kind: str
    make: str
    model: str
    colour: str
    serial: str
    imei: str


class Devices(Repository):
    """The devices of one business."""

    def get(self, key: int) -> Device | None:
        """One device."""
        return self._first(_BY_ID, key=key)

    def find(self, *, serial: str = "", imei: str = "") -> Device | None:
        """The device with that IMEI or serial."""
        found = self._first(_BY_IMEI, code=imei) if imei else None
        if found is None and serial_key(serial):
            found = self._first(_BY_SERIAL, code=serial_key(serial))
        return found

    def _first(self, statement: Any, **keys: object) -> Device | None:
        row = self._connection.execute(statement, {"business": self._business, **keys}).first()
        return to_device(row) if row else None

    def add(self, kind: DeviceKind, *, make: str, model: str, colour: str, serial: str, imei: str) -> Device:
        """Put a device into the register."""
        key = self._add(
            device,
            {
                "kind": kind.value,
                "make": make,
                "model": model,
                "colour": colour,
                "serial": serial,
                "serial_key": serial_key(serial),
                "imei": imei,
                **made_now(self._at, self._by),
            },
        )
        return Device(key, kind, make, model, colour, serial, imei)

    def update(self, key: int, **values: Unpack[DeviceChange]) -> None:
        """Correct a device."""
        found = {"serial_key": serial_key(values["serial"])} if "serial" in values else {}
        self._change(device, key, {**values, **found, **changed_now(device, self._at, self._by)})

    def hold(self, key: int) -> None:
        """Keep other tills from changing a device until this transaction ends; read it afterwards."""
        here = and_(device.c.business_id == self._business, device.c.id == key)
        self._connection.execute(select(device.c.id).where(here).with_for_update())

    def owners(self, key: int) -> list[Owner]:
        """Who brought a device, the latest first."""
        last = func.max(ticket.c.created_at)
        rows = self._connection.execute(
            select(customer.c.id, customer.c.pl_number, customer.c.name, last.label("last_at"))
            .select_from(job)
            .join(ticket, linked(job.c.ticket_id, ticket))
            .join(customer, linked(ticket.c.customer_id, customer))
            .where(and_(job.c.business_id == self._business, job.c.device_id == key))
            .group_by(customer.c.id, customer.c.pl_number, customer.c.name)
            .order_by(last.desc(), customer.c.id.desc())
        )
        return [Owner(row.id, PlId(row.pl_number), row.name, from_us(row.last_at)) for row in rows]

    def visits(self, key: int, limit: int) -> list[Visit]:
        """Every time a device was here, the latest first."""
        rows = self._connection.execute(
            select(
                job,
                ticket.c.number,
                customer.c.pl_number,
                customer.c.name.label("customer_name"),
                ticket_state.c.code,
                ticket_state.c.name.label("state_name"),
            )
            .select_from(job)
            .join(ticket, linked(job.c.ticket_id, ticket))
            .join(customer, linked(ticket.c.customer_id, customer))
            .join(ticket_state, linked(job.c.state_id, ticket_state))
            .where(and_(job.c.business_id == self._business, job.c.device_id == key))
            .order_by(job.c.id.desc())
            .limit(limit)
        )
        return [_visit(row) for row in rows]

    def job_here(self, key: int) -> int | None:
        """The job with which a device is in the shop right now."""
        found: int | None = self._connection.execute(
            _IN_SHOP, {"business": self._business, "key": key}
        ).scalar()
        return found

    def models(self, start: str, limit: int) -> list[Model]:
        """Makes and models that were taken in before and begin so, whatever the case of the first letters."""
        found: dict[tuple[str, str], Model] = {}
        for begin in dict.fromkeys((start, start.capitalize(), start.title(), start.upper(), start.lower())):
            make, _, model = begin.partition(" ")
            for one in self._models_from(make, model, limit - len(found)):
                found.setdefault((one.make, one.model), one)
        return list(found.values())

    def _models_from(self, make: str, model: str, limit: int) -> Iterator[Model]:
        """The rows from a make (whole if a model follows) on, while they begin so."""
        wanted = f"{make} {model}".rstrip() if model else make
        before = {"make": make, "model": model}
        for _ in range(MOST_STEPS):
            if limit <= 0:
                return
            row = self._connection.execute(_NEXT_MODEL, {"business": self._business, **before}).first()
            if row is None or not row.make.casefold().startswith(make.casefold()):
                return
            if f"{row.make} {row.model}".strip().startswith(wanted):
                limit -= 1
                yield Model(DeviceKind(row.kind), row.make, row.model)
            before = {"make": row.make, "model": row.model}

    def of_customer(self, customer_id: int, limit: int = 20) -> list[Device]:
        """The devices that a customer has brought, the latest first."""
        latest = (
            select(job.c.device_id, job.c.id)
            .join(ticket, linked(job.c.ticket_id, ticket))
            .where(and_(beside(ticket.c.business_id) == self._business, ticket.c.customer_id == customer_id))
            .order_by(job.c.id.desc())
            .limit(200)
        )
        keys = list(dict.fromkeys(row.device_id for row in self._connection.execute(latest)))[:limit]
        found = {
            row.id: to_device(row)
            for row in self._connection.execute(
                select(device).where(
                    and_(beside(device.c.business_id) == self._business, device.c.id.in_(keys))
                )
            )
        }
        return [found[key] for key in keys if key in found]


def to_device(row: Row[Any]) -> Device:
    """A stored device as a value."""
    return Device(row.id, DeviceKind(row.kind), row.make, row.model, row.colour, row.serial, row.imei)


def _visit(row: Row[Any]) -> Visit:
    return Visit(
        number_text(Letter.TICKET, row.number),
        row.position,
        PlId(row.pl_number),
        row.customer_name,
        from_us(row.created_at),
        row.code,
        row.state_name,
        row.fault,
        row.found,
        row.outcome or "",
        row.price_minor,
    )
