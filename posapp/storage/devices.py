"""The register of devices."""

from typing import Any

from sqlalchemy import BindParameter, Connection, Row, and_, bindparam, insert, select, update

from posapp.domain.devices import Device, DeviceKind, serial_key
from posapp.storage.repair_tables import device, job, ticket

_BUSINESS: BindParameter[int] = bindparam("business")
_HERE = device.c.business_id == _BUSINESS
_BY_ID = select(device).where(and_(_HERE, device.c.id == bindparam("key")))
_BY_SERIAL = select(device).where(
    and_(_HERE, device.c.serial_key == bindparam("code"), device.c.serial_key != "")
)
_BY_IMEI = select(device).where(and_(_HERE, device.c.imei == bindparam("code"), device.c.imei != ""))
_MODELS = (
    select(device.c.kind, device.c.make, device.c.model)
    .where(and_(_HERE, device.c.make >= bindparam("low"), device.c.make < bindparam("high")))
    .group_by(device.c.kind, device.c.make, device.c.model)
    .order_by(device.c.make, device.c.model)
    .limit(bindparam("limit"))
)
_IN_SHOP = select(job.c.id).where(and_(job.c.device_id == bindparam("key"), job.c.is_here))


class Devices:
    """The devices of one business."""

    def __init__(self, connection: Connection, business: int, stamp: tuple[int, str]) -> None:
        self._connection = connection
        self._business = business
        self._at, self._by = stamp

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

    def add(self, kind: DeviceKind, *, make: str, model: str, colour: str, serial: str, imei: str) -> int:
        """Put a device into the register and return its key."""
        made = self._connection.execute(
            insert(device),
            {
                "business_id": self._business,
                "kind": kind.value,
                "make": make,
                "model": model,
                "colour": colour,
                "serial": serial,
                "serial_key": serial_key(serial),
                "imei": imei,
                "created_at": self._at,
                "created_by": self._by,
                "updated_at": self._at,
                "updated_by": self._by,
            },
        ).inserted_primary_key
        assert made is not None
        return int(made[0])

    def update(self, key: int, **values: object) -> None:
        """Correct a device."""
        if "serial" in values:
            values["serial_key"] = serial_key(str(values["serial"]))
        self._connection.execute(
            update(device)
            .where(device.c.id == key)
            .values(**values, updated_at=self._at, updated_by=self._by, version=device.c.version + 1)
        )

    def job_here(self, key: int) -> int | None:
        """The job with which a device is in the shop right now."""
        found: int | None = self._connection.execute(_IN_SHOP, {"key": key}).scalar()
        return found

    def models(self, start: str, limit: int) -> list[tuple[DeviceKind, str, str]]:
        """Kinds, makes and models that were taken in before and whose make begins so."""
        high = start[:-1] + chr(ord(start[-1]) + 1) if start else "\U0010ffff"
        keys = {"business": self._business, "low": start, "high": high, "limit": limit}
        return [
            (DeviceKind(row.kind), row.make, row.model) for row in self._connection.execute(_MODELS, keys)
        ]

    def of_customer(self, customer_id: int, limit: int = 20) -> list[Device]:
        """The devices that a customer has brought, the latest first."""
        latest = (
            select(job.c.device_id, job.c.id)
            .join(ticket, ticket.c.id == job.c.ticket_id)
            .where(ticket.c.customer_id == customer_id)
            .order_by(job.c.id.desc())
            .limit(200)
        )
        keys = list(dict.fromkeys(row.device_id for row in self._connection.execute(latest)))[:limit]
        found = {
            row.id: to_device(row)
            for row in self._connection.execute(select(device).where(device.c.id.in_(keys)))
        }
        return [found[key] for key in keys if key in found]


def to_device(row: Row[Any]) -> Device:
    """A stored device as a value."""
    return Device(row.id, DeviceKind(row.kind), row.make, row.model, row.colour, row.serial, row.imei)
