"""The shop's own desk: its settings, services, people, benches and hours."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, TypeVar, cast

from posapp.domain.base.actions import Action
from posapp.domain.base.actor import Actor, Permission
from posapp.domain.base.clock import wall_of
from posapp.domain.base.errors import DomainError
from posapp.domain.base.locales import english_of
from posapp.domain.base.names import check_name
from posapp.domain.bookings.bookings import check_minutes
from posapp.domain.bookings.schedule import Span, peak_use
from posapp.domain.repairs.photos import is_png
from posapp.domain.shop.businesses import (
    TAX_ADDED_IN,
    Business,
    ExceptionRow,
    Resource,
    ResourceKind,
    Service,
    TaxRounding,
    WeekRow,
)
from posapp.services.base.edits import differing, standing
from posapp.services.shop.settings_checks import checked, checked_week

if TYPE_CHECKING:
    from posapp.storage.shop.businesses import BusinessChange, NewBusiness, ResourceColumns, ServiceColumns
    from posapp.storage.unit_of_work import Store, UnitOfWork

_Saved = TypeVar("_Saved", Service, Resource)
OPENS, CLOSES = 9 * 60, 18 * 60
LOGO_LIMIT = 512 * 1024
MAX_PRICE = 10**12
A_YEAR = timedelta(days=366)
FAR = datetime(9999, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class CreateBusiness:
    """What a new shop must say about itself; the rest has its place in Settings.

    Without `prices_include_tax` its prices are said as most in its country say them.
    """

    name: str
    region: str
    currency: str
    time_zone: str
    locale: str = ""
    address: str = ""
    phone: str = ""
    email: str = ""
    website: str = ""
    tax_id: str = ""
    terms: str = ""
    prices_include_tax: bool | None = None

    def check(self) -> None:
        """Refuse what `BusinessDesk.create` would, before there is a database."""
        checked({item.name: getattr(self, item.name) for item in fields(self)})


@dataclass(frozen=True, slots=True, kw_only=True)
class EditBusiness:
    """New values for the shop; None leaves a setting as it is."""

    name: str | None = None
    region: str | None = None
    currency: str | None = None
    locale: str | None = None
    time_zone: str | None = None
    cutover_minutes: int | None = None
    address: str | None = None
    phone: str | None = None
    email: str | None = None
    website: str | None = None
    tax_id: str | None = None
    terms: str | None = None
    prices_include_tax: bool | None = None
    tax_rounding: TaxRounding | None = None
    cash_rounding_minor: int | None = None
    account_limit_minor: int | None = None
    payment_name: str | None = None
    payment_iban: str | None = None
    payment_bic: str | None = None
    payment_upi: str | None = None
    payment_pix: str | None = None
    payment_promptpay: str | None = None
    payment_street: str | None = None
    payment_house: str | None = None
    payment_postcode: str | None = None
    payment_city: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SaveService:
    """A service to add (`id` None) or to change; `price_minor` None means a price on inspection."""

    id: int | None = None
    name: str
    minutes: int
    price_minor: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SaveResource:
    """A person or bench to add (`id` None) or to change."""

    id: int | None = None
    kind: ResourceKind
    name: str
    capacity: int = 1
    buffer_minutes: int = 0


@dataclass(frozen=True, slots=True)
class Catalogue:
    """Everything about a shop that forms and calendars need; `special_days` are those of the coming year."""

    business: Business
    services: tuple[Service, ...]
    resources: tuple[Resource, ...]
    week: tuple[WeekRow, ...]
    special_days: tuple[ExceptionRow, ...] = ()

    @property
    def technicians(self) -> list[Resource]:
        """The people who repair."""
        return [one for one in self.resources if one.kind is ResourceKind.STAFF and not one.is_archived]


class BusinessDesk:
    """Creates and changes businesses and what can be booked in them."""

    def __init__(self, store: "Store") -> None:
        self._store = store

    def all(self) -> list[Business]:
        """Every business of the database, for choosing one before there is an actor."""
        with self._store.look(Actor(0, "")) as uow:
            return uow.businesses.all()

    def get(self, actor: Actor) -> Business:
        """The shop."""
        actor.require(Permission.SHOP_READ)
        with self._store.look(actor) as uow:
            return uow.businesses.get()

    def catalogue(self, actor: Actor, *, with_archived: bool = False) -> Catalogue:
        """The shop with its services, people, benches and hours."""
        actor.require(Permission.SHOP_READ)
        with self._store.look(actor, snapshot=True) as uow:
            return catalogue_of(uow, with_archived=with_archived)

    def create(self, till: str, command: CreateBusiness, *, by: Actor | None = None) -> Business:
        """A new shop with one bench *Counter*, one service *Repair* and hours 9 to 18 on all days.

        In a database that has users one of them (`by`) makes it, who may work in all of its shops.
        """
        founder = by or Actor(0, till)
        with self._store.work(replace(founder, business=0)) as uow:
            if uow.users.is_anybody():
                _refuse_founding(by)
            business = made(uow, founder, command)
            uow.commit()
        return business

    def edit(self, actor: Actor, command: EditBusiness) -> Business:
        """Change the shop's settings; papers already made keep the old ones."""
        actor.require(Permission.SHOP_WRITE)
        given = {item.name: getattr(command, item.name) for item in fields(command)}
        given = {name: value for name, value in given.items() if value is not None}
        with self._store.work(actor) as uow:
            business = uow.businesses.get()
            wanted = checked(given, business.region)
            changed = differing(business, cast("BusinessChange", wanted))
            if "currency" in changed:
                _refuse_other_currency(uow, business.currency)
            if changed:
                uow.businesses.update(**changed)
                uow.journal.add(
                    Action.BUSINESS_EDITED,
                    "business",
                    business.id,
                    before=_plain(standing(business, changed)),
                    after=_plain(changed),
                )
            business = uow.businesses.get()
            uow.commit()
        return business

    def set_logo(self, actor: Actor, png: bytes | None) -> Business:
        """Put a picture (PNG, at most 512 KiB) at the head of the papers, or take it off."""
        actor.require(Permission.SHOP_WRITE)
        if png is not None and (len(png) > LOGO_LIMIT or not is_png(png)):
            raise DomainError("logo_invalid", "Choose a PNG picture of at most 512 KiB.", field="logo")
        with self._store.work(actor) as uow:
            before = uow.businesses.get()
            name = uow.businesses.keep_picture(png) if png else ""
            uow.businesses.update(logo=name)
            uow.journal.add(
                Action.BUSINESS_EDITED,
                "business",
                before.id,
                before={"logo": before.logo},
                after={"logo": name},
            )
            business = uow.businesses.get()
            uow.commit()
        return business

    def logo(self, actor: Actor, name: str) -> bytes | None:
        """The picture of that hash."""
        actor.require(Permission.SHOP_READ)
        with self._store.look(actor) as uow:
            return uow.businesses.picture(name) if name else None

    # -- services, people, benches -----------------------------------------------------------------
    def save_service(self, actor: Actor, command: SaveService) -> Service:
        """Add or change a service."""
        actor.require(Permission.SHOP_WRITE)
        with self._store.work(actor) as uow:
            saved = put_service(uow, command)
            uow.commit()
        return saved

    def save_resource(self, actor: Actor, command: SaveResource) -> Resource:
        """Add or change a person or bench."""
        actor.require(Permission.SHOP_WRITE)
        with self._store.work(actor) as uow:
            saved = put_resource(uow, command)
            uow.commit()
        return saved

    def archive(self, actor: Actor, what: str, key: int, *, archived: bool = True) -> None:
        """Take a "service" or "resource" out of the choices, or bring it back; one of each must remain."""
        actor.require(Permission.SHOP_WRITE)
        with self._store.work(actor) as uow:
            shop = uow.businesses
            _present(shop.service(key), "service") if what == "service" else require_resource(uow, key)
            left: Sequence[Service | Resource] = shop.services() if what == "service" else shop.resources()
            if archived and not [one for one in left if one.id != key]:
                raise DomainError("last_one", "This is the last one. Add another first.")
            shop.archive(what, key, archived=archived)
            uow.journal.add(
                Action(f"{what}.{'archived' if archived else 'restored'}"),
                what,
                key,
                before={"is_archived": not archived},
                after={"is_archived": archived},
            )
            uow.commit()


def _refuse_founding(by: Actor | None) -> None:
    if by is None:
        raise DomainError(
            "sign_in_needed", "This database has users: an ADMIN adds another shop to it.", field="user"
        )
    by.require(Permission.BUSINESS_SWITCH)


USUAL_WEEK = tuple(WeekRow(None, weekday, "open", OPENS, CLOSES) for weekday in range(7))
"""When a shop is open that has said nothing else."""


def made(
    uow: "UnitOfWork", founder: Actor, command: CreateBusiness, week: Sequence[WeekRow] = USUAL_WEEK
) -> Business:
    """A new shop, in a transaction that is open and goes on as its founder in that shop."""
    week = checked_week(week, [])
    given = {item.name: getattr(command, item.name) for item in fields(command)}
    values = cast("NewBusiness", checked(given))
    values["locale"] = values["locale"] or english_of(values["region"])
    if command.prices_include_tax is None:
        values["prices_include_tax"] = values["region"] not in TAX_ADDED_IN
    key = uow.businesses.add(**values)
    uow.act_as(replace(founder, business=key))
    uow.seed()
    uow.businesses.save_resource(None, kind=ResourceKind.BENCH.value, name="Counter", capacity=1)
    uow.businesses.save_service(None, name="Repair", minutes=30)
    uow.hours.set_week(None, week)
    uow.journal.add(Action.BUSINESS_CREATED, "business", key, ref=values["name"], after=_plain(values))
    return uow.businesses.get()


def put_service(uow: "UnitOfWork", command: SaveService) -> Service:
    """Add or change a service, in a transaction that is open."""
    if command.price_minor is not None and not 0 <= command.price_minor < MAX_PRICE:
        raise DomainError("price_invalid", "Enter a price of zero or more, or leave it empty.", field="price")
    values: ServiceColumns = {
        "name": check_name(command.name),
        "minutes": check_minutes(command.minutes),
        "price_minor": command.price_minor,
    }
    before = {one.id: one for one in uow.businesses.services(with_archived=True)}.get(command.id or 0)
    key = uow.businesses.save_service(command.id, **values)
    _note_saved(uow, "service", key, before, values)
    return _present(uow.businesses.service(key), "service")


def put_resource(uow: "UnitOfWork", command: SaveResource) -> Resource:
    """Add or change a person or bench, in a transaction that is open."""
    if not 1 <= command.capacity <= 100_000:
        raise DomainError(
            "capacity_invalid", "Enter how many bookings fit at once, 1 or more.", field="capacity"
        )
    if not 0 <= command.buffer_minutes <= 240:
        raise DomainError(
            "buffer_invalid", "Enter a pause between 0 and 240 minutes.", field="buffer_minutes"
        )
    values: ResourceColumns = {
        "kind": command.kind.value,
        "name": check_name(command.name),
        "capacity": command.capacity,
        "buffer_minutes": command.buffer_minutes,
    }
    before = {one.id: one for one in uow.businesses.resources(with_archived=True)}.get(command.id or 0)
    if before is not None and command.capacity < before.capacity:
        _refuse_too_small(uow, before, command.capacity)
    key = uow.businesses.save_resource(command.id, **values)
    _note_saved(uow, "resource", key, before, values)
    return require_resource(uow, key)


def _refuse_other_currency(uow: "UnitOfWork", currency: str) -> None:
    """Figures would mean other amounts: 100 yen is no 1.00 euro."""
    uow.items.hold_codes()  # no item gets its first price meanwhile
    if uow.has_amounts():
        raise DomainError(
            "currency_fixed",
            f"There are prices, estimates or payments in {currency} already, so it stays the currency.",
            field="currency",
        )


def catalogue_of(uow: "UnitOfWork", *, with_archived: bool = False) -> Catalogue:
    """The shop with its services, people, benches and hours, in a reading that is open."""
    shop = uow.businesses
    business = shop.get()
    today = wall_of(uow.now, business.time_zone).date()
    return Catalogue(
        business,
        tuple(shop.services(with_archived=with_archived)),
        tuple(shop.resources(with_archived=with_archived)),
        tuple(uow.hours.week()),
        tuple(uow.hours.exceptions(today, today + A_YEAR)),
    )


def _note_saved(
    uow: "UnitOfWork", what: str, key: int, before: Service | Resource | None, values: Mapping[str, object]
) -> None:
    def told(name: str) -> str:  # what a service is called is nobody's personal name
        return "service_name" if (what, name) == ("service", "name") else name

    old = {told(name): getattr(before, name) for name in values} if before else None
    after = {told(name): value for name, value in values.items()}
    uow.journal.add(Action(f"{what}.{'edited' if before else 'added'}"), what, key, before=old, after=after)


def _plain(values: Mapping[str, object]) -> dict[str, object]:
    """The shop's own name and address are no person's: they stand in the chain as they are."""
    return {f"shop_{name}": value for name, value in values.items()}


def require_resource(uow: "UnitOfWork", key: int) -> Resource:
    """The person or bench with this key; refuses one that is not of this shop."""
    found = {one.id: one for one in uow.businesses.resources(with_archived=True)}.get(key)
    return _present(found, "person or bench")


def _refuse_too_small(uow: "UnitOfWork", resource: Resource, capacity: int) -> None:
    """Rule 10: bookings to come must fit into the new capacity, too."""
    uow.bookings.hold(resource.id)
    spans = [Span(*span) for span in uow.bookings.spans_taken(resource.id, uow.now, FAR)]
    peak = peak_use(spans, Span(uow.now, FAR))
    if peak > capacity:
        raise DomainError(
            "capacity_taken",
            f"{peak} bookings to come run at once on {resource.name}. Move some of them first.",
            field="capacity",
        )


def _present(found: _Saved | None, what: str) -> _Saved:
    if found is None:
        raise DomainError("unknown", f"There is no such {what} in this shop.")
    return found
