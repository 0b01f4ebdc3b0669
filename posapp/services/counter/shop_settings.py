"""What is set up in a shop, archived records included: what its settings show, read in one snapshot."""

from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING

from posapp.domain.base.actor import Actor, Permission
from posapp.domain.base.clock import wall_of
from posapp.domain.catalogue.items import Item
from posapp.domain.catalogue.price_levels import PriceLevel
from posapp.domain.catalogue.taxes import ShopTax
from posapp.domain.customers.privacy import TAX_YEARS
from posapp.domain.repairs.devices import DeviceKind
from posapp.domain.repairs.loaners import Loaner
from posapp.domain.repairs.repair_prices import RepairPrice
from posapp.domain.repairs.tickets import StateMap
from posapp.domain.shop.businesses import ExceptionRow
from posapp.services.counter.kiosk import wants_nod_of
from posapp.services.customers.tax_years import years_of
from posapp.services.repairs.ticket_states import RepairSettings, settings_of
from posapp.services.selling.shifts import ShiftSettings, shift_settings_of
from posapp.services.shop.businesses import Catalogue, catalogue_of

if TYPE_CHECKING:
    from posapp.storage.unit_of_work import Store, UnitOfWork

DAYS_AHEAD = 800
"""How far special days are listed: closing days are planned a year ahead, two at most."""
SHOWN_PRICES = 5000
"""How many prices of repairs are listed; archived ones count."""


@dataclass(frozen=True, slots=True)
class Repairs:
    """What is set up for repairs, archived states, loaners and prices included; the shelves."""

    states: StateMap = field(default_factory=lambda: StateMap((), frozenset()))
    settings: RepairSettings = field(default_factory=RepairSettings)
    checklists: dict[DeviceKind, list[str]] = field(default_factory=dict)
    loaners: tuple[Loaner, ...] = ()
    prices: tuple[RepairPrice, ...] = ()
    shelves: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CustomerSettings:
    """Whether unknown numbers at the kiosk wait for a nod, and for how many years tax papers keep a name."""

    kiosk_nod: bool = True
    tax_years: int = TAX_YEARS


@dataclass(frozen=True, slots=True)
class ShopSettings:
    """The shop with what is archived, its special days from today on, its logo, repairs, and how it sells.

    Items are not among it: there may be a hundred thousand.
    """

    catalogue: Catalogue
    special_days: tuple[ExceptionRow, ...] = ()
    logo: bytes | None = None
    repairs: Repairs = field(default_factory=Repairs)
    price_levels: tuple[PriceLevel, ...] = ()
    quick_items: tuple[Item, ...] = ()
    taxes: tuple[ShopTax, ...] = ()
    shifts: ShiftSettings = field(default_factory=ShiftSettings)
    customers: CustomerSettings = field(default_factory=CustomerSettings)


class ShopSettingsDesk:
    """Reads everything that can be set up; each part is changed at its own desk."""

    def __init__(self, store: "Store") -> None:
        self._store = store

    def all(self, actor: Actor) -> ShopSettings:
        """Everything as it is stored now."""
        actor.require(Permission.SHOP_READ)
        with self._store.look(actor, snapshot=True) as uow:
            catalogue = catalogue_of(uow, with_archived=True)
            shop = catalogue.business
            today = wall_of(self._store.clock.now(), shop.time_zone).date()
            days = uow.hours.exceptions(today, today + timedelta(days=DAYS_AHEAD))
            logo = uow.businesses.picture(shop.logo) if shop.logo else None
            sold = (
                tuple(uow.price_levels.all(with_archived=True)),
                tuple(uow.items.quick()),
                tuple(uow.taxes.all(with_archived=True)),
                shift_settings_of(uow),
                CustomerSettings(wants_nod_of(uow), years_of(uow)),
            )
            return ShopSettings(catalogue, tuple(days), logo, _repairs(uow), *sold)


def _repairs(uow: "UnitOfWork") -> Repairs:
    return Repairs(
        uow.ticket_states.map(),
        settings_of(uow),
        {kind: uow.tickets.checklist(kind.value) for kind in DeviceKind},
        tuple(uow.loaners.all(with_archived=True)),
        tuple(uow.repair_prices.find("", with_archived=True, limit=SHOWN_PRICES)),
        uow.tickets.shelves(),
    )
