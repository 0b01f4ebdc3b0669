"""All that a shop holds of a person, as one value for a file and as a paper to read."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any

from posapp.domain.base.clock import wall_of
from posapp.domain.base.local_dates import local_day, local_time
from posapp.domain.customers.customers import Customer
from posapp.domain.customers.papers import DataLine, PersonDataPaper
from posapp.domain.shop.businesses import Business
from posapp.services.papers.content import header, made_at, made_by

if TYPE_CHECKING:
    from posapp.storage.unit_of_work import UnitOfWork

FORMAT = 1


def person_data(uow: "UnitOfWork", customer: Customer) -> dict[str, Any]:
    """Everything by the words of the trade: numbers as people say them, moments in ISO 8601."""
    held = uow.persons.of(customer.id)
    return {
        "format": FORMAT,
        "shop": uow.businesses.get().name,
        "made_at": uow.now.isoformat(timespec="seconds"),
        "pl_id": str(customer.pl_id),
        **uow.person_rows.told(held),
        **uow.person_of_old_data.told(held.customers),
    }


def paper_of_person(uow: "UnitOfWork", customer: Customer, told: Mapping[str, Any]) -> PersonDataPaper:
    """The same as a paper; of photos it tells when they were taken, and their hashes."""
    business = uow.businesses.get()
    return PersonDataPaper(
        shop=header(business),
        number=str(customer.pl_id),
        pl_id=str(customer.pl_id),
        customer_name=customer.shown_name(business.region),
        customer_phone=customer.phone.shown(business.region) if customer.phone else "",
        contact_name="",
        made_at=made_at(uow, business),
        made_by=made_by(uow),
        terms="",
        lines=tuple(_lines(business, told)),
    )


def _lines(business: Business, told: Mapping[str, Any]) -> Iterator[DataLine]:
    for section, rows in told.items():
        if isinstance(rows, list) and rows:
            yield DataLine(0, _words(section), "")
            for row in rows:
                yield from _group(business, row, section)


def _group(business: Business, row: Mapping[str, Any], what: str) -> Iterator[DataLine]:
    """A record: what it is called, its values, then what hangs on it."""
    yield DataLine(1, _ONE.get(what) or _words(what).removesuffix("s"), _called(row))
    below: list[tuple[str, Any]] = []
    for name, value in row.items():
        if isinstance(value, dict):
            below.append((name, [value]))
        elif isinstance(value, list) and any(isinstance(one, dict) for one in value):
            below.append((name, value))
        elif isinstance(value, list):
            words = ", ".join(
                ": ".join(map(str, one)) if isinstance(one, list) else str(one) for one in value
            )
            yield from _value(name, words)
        elif not isinstance(value, bytes):
            yield from _value(name, _shown(business, name, value))
    for name, rows in below:
        for one in rows:
            if name in ("before", "after"):
                for each, value in one.items():
                    yield from _value(f"{name}_{each}", _shown(business, each, value))
            else:
                yield from _group(business, one, name)


def _value(name: str, words: str) -> Iterator[DataLine]:
    if words:
        yield DataLine(2, _words(name.removesuffix("_minor")), words)


def _called(row: Mapping[str, Any]) -> str:
    """By which of its values a record is called."""
    for name in ("number", "held_number", "pl_id", "key", "name", "code", "about", "model", "text"):
        if row.get(name):
            return str(row[name])
    return ""


def _shown(business: Business, name: str, value: Any) -> str:
    if value is None or value == "":
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int) and name.endswith("_minor"):
        return business.shown(value)
    if isinstance(value, str) and (name == "at" or name.endswith(("_at", "_since"))):
        return _moment(business, datetime.fromisoformat(value))
    return str(value)


def _moment(business: Business, at: datetime) -> str:
    """By the shop's clock, as which a booking's time stands in the journal already."""
    wall = at if at.tzinfo is None else wall_of(at, business.time_zone)
    return f"{local_day(wall.date(), business.locale)}, {local_time(wall.time(), business.locale)}"


def _words(name: str) -> str:
    """`tax_exempt_reason` as "Tax exempt reason"."""
    return _LABELS.get(name) or name.removeprefix("is_").replace("_", " ").capitalize()


_ONE = {"aliases": "Former ID", "taxes": "Tax", "further_addresses": "Further address", "old_ids": "Old ID"}
_LABELS = {
    "aliases": "Former IDs",
    "old_ids": "IDs in old systems",
    "past_records": "Records of old systems",
    "staged_rows": "Rows of imports",
    "email": "E-mail",
    "is_flagged": "Note shown as a warning",
    "is_primary": "Main number",
    "key": "Number",
    "pl_id": "PL ID",
    "walk_ins": "Walk-ins",
}
