"""The first start: a shop with what it offers, its tax and its first ADMIN, all of it or nothing."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from posapp.domain.base.actor import Actor
from posapp.domain.base.errors import DomainError
from posapp.domain.base.names import same_name
from posapp.domain.people.secrets import USUAL_PIN_LENGTH
from posapp.domain.shop.businesses import Business, ResourceKind, WeekRow
from posapp.services.catalogue.taxes import SetTax, put_tax
from posapp.services.people.users import SaveUser, prepared, put_user
from posapp.services.shop.businesses import (
    USUAL_WEEK,
    CreateBusiness,
    SaveResource,
    SaveService,
    catalogue_of,
    made,
    put_resource,
    put_service,
)
from posapp.services.shop.settings_checks import checked_week

if TYPE_CHECKING:
    from posapp.storage.unit_of_work import Store, UnitOfWork


@dataclass(frozen=True, slots=True, kw_only=True)
class SetUp:
    """A new shop; the first of its services and people takes the place of the usual one.

    `week`: when it is open. Without an `admin` nobody signs in.
    """

    shop: CreateBusiness
    services: tuple[SaveService, ...] = ()
    people: tuple[str, ...] = ()
    week: tuple[WeekRow, ...] = USUAL_WEEK
    tax: SetTax | None = None
    admin: SaveUser | None = None


class SetUpDesk:
    """Makes the first shop of a database; there is nobody yet who could be asked for a permission."""

    def __init__(self, store: "Store") -> None:
        self._store = store

    def begin(self, till: str, command: SetUp) -> Business:
        """The shop, in one transaction; refused where another one was made meanwhile.

        A try whose answer was lost finds the shop that it made. `field` of a refusal names the part, too:
        "service_1.name", "person_0.name", "week.hours", "tax.name", "admin.pin".
        """
        with _about("admin"):
            admin = prepared(command.admin, USUAL_PIN_LENGTH) if command.admin else None
        _check_week(command.week)
        with self._store.work(Actor(0, till)) as uow:
            uow.businesses.hold_all()
            known = uow.businesses.all()
            if known:
                return _found(known[0], command)
            made(uow, uow.actor, command.shop, command.week)
            _offer(uow, command)
            if admin is not None:
                with _about("admin"):
                    put_user(uow, admin)
            business = uow.businesses.get()
            uow.commit()
        return business


def _found(known: Business, command: SetUp) -> Business:
    if not same_name(known.name, command.shop.name):
        raise DomainError(
            "set_up_already", f"{known.name} was set up here meanwhile. Close posapp and start it again."
        )
    return known


def _check_week(week: Sequence[WeekRow]) -> None:
    with _about("week"):
        if not week:
            raise DomainError("days_missing", "Tick the days on which you are open.", field="days")
        checked_week(week, ())


def _offer(uow: "UnitOfWork", command: SetUp) -> None:
    usual = catalogue_of(uow)
    kept = usual.services[0].id
    for at, service in enumerate(command.services):
        with _about(f"service_{at}"):
            put_service(uow, replace(service, id=None if at else kept))
    kept = usual.resources[0].id
    for at, name in enumerate(command.people):
        with _about(f"person_{at}"):
            put_resource(uow, SaveResource(id=None if at else kept, kind=ResourceKind.STAFF, name=name))
    if command.tax is not None:
        with _about("tax"):
            put_tax(uow, command.tax)


@contextmanager
def _about(part: str) -> Iterator[None]:
    """A refusal names the part that it is about."""
    try:
        yield
    except DomainError as error:
        raise DomainError(error.code, error.sentence, field=f"{part}.{error.field}", **error.facts) from error
