"""`posapp init` and `posapp settings`: make a shop, read and change what it says about itself."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import fields, replace
from pathlib import Path

from posapp import files, paths
from posapp.cli.context import Context
from posapp.cli.output import facts
from posapp.cli.parser import Group, UsageError
from posapp.cli.signing_in import founder
from posapp.cli.values import parse_clock, parse_price, parse_sum
from posapp.domain.base.actor import Actor
from posapp.domain.base.errors import DomainError, EnvironmentFault
from posapp.domain.base.money import Money
from posapp.domain.base.names import check_name
from posapp.domain.catalogue.taxes import parse_percent
from posapp.domain.customers.privacy import TAX_YEARS
from posapp.domain.people.secrets import USUAL_PIN_LENGTH
from posapp.domain.shop.businesses import Business, TaxRounding
from posapp.domain.shop.hours import shown_clock
from posapp.services.catalogue.taxes import SetTax
from posapp.services.repairs.ticket_states import RepairSettings
from posapp.services.selling.shifts import DIFFERENCE, ShiftSettings
from posapp.services.shop.businesses import CreateBusiness, EditBusiness

_OPTIONAL = ("locale", "address", "phone", "email", "website", "tax-id", "terms")
_CUTOVER, _LOGO = "cutover", "logo"
_PRICES, _ROUNDING, _CASH, _ACCOUNT = "prices", "tax-rounding", "cash-rounding", "account-limit"
_SHIFTS, _DEPOSIT, _PINS, _NOD = "shift-difference", "deposit-percent", "pin-length", "kiosk-nod"
_YEARS = "tax-years"
_NAMED = {
    "cutover_minutes": _CUTOVER,
    "prices_include_tax": _PRICES,
    "cash_rounding_minor": _CASH,
    "account_limit_minor": _ACCOUNT,
}
"""Settings that are typed otherwise than they are kept."""
_INCLUDE, _EXCLUDE = "include-tax", "exclude-tax"


def add_to(root: Group) -> None:
    """Add `init` and `settings`."""
    init = root.command(
        "init",
        _init,
        "create the shop's database",
        details="The shop starts with one bench (Counter), one service (Repair, 30 min) and hours from 09:00 "
        "to 18:00 on all days. In a database that holds a shop already it adds another business; where "
        "users exist, an ADMIN of any of them does.",
        is_free=True,
    )
    init.add_argument(
        "--region", metavar="IN", required=True, help="country, as two letters: how phones are read"
    )
    init.add_argument("--currency", metavar="INR", required=True, help="ISO 4217 code")
    init.add_argument("--time-zone", metavar="Asia/Kolkata", required=True, help="IANA name")
    for name in _OPTIONAL:
        init.add_argument(f"--{name}", metavar="en-IN" if name == "locale" else "TEXT", default="")
    init.add_argument(
        "--tax", metavar="VAT=19", help="what items bear that name no tax; without it: no tax, to begin with"
    )
    init.add_argument("--prices", choices=(_INCLUDE, _EXCLUDE), help="as most in the country without it")
    settings = root.command("settings", _settings, "read or change the shop's settings")
    settings.add_argument("key", metavar="KEY", nargs="?", help=", ".join(_keys()))
    settings.add_argument("value", metavar="VALUE", nargs="?", help="the new value; '' empties a text")


def _keys() -> list[str]:
    names = [item.name.replace("_", "-") for item in fields(EditBusiness) if item.name not in _NAMED]
    return [*names, *_NAMED.values(), _SHIFTS, _DEPOSIT, _PINS, _NOD, _YEARS, _LOGO]


# -- init ----------------------------------------------------------------------------------------------
def _init(ctx: Context) -> None:
    args = ctx.args
    if not ctx.business_name:
        raise UsageError("", "--business NAME is needed: what is the shop called?")
    given = {name.replace("-", "_"): getattr(args, name.replace("-", "_")) for name in _OPTIONAL}
    command = CreateBusiness(
        name=ctx.business_name,
        region=args.region,
        currency=args.currency,
        time_zone=args.time_zone,
        prices_include_tax=None if args.prices is None else args.prices == _INCLUDE,
        **given,
    )
    tax = None if args.tax is None else _tax(args.tax)
    till = ctx.till
    command.check()
    _prepare_place(ctx.place)
    shop = ctx.open_any()
    if any(one.name == ctx.business_name.strip() for one in shop.businesses.all()):
        raise DomainError(
            "business_exists", f"There is already a business “{ctx.business_name}” here.", field="business"
        )
    by = founder(shop.sign_in, args, till) if shop.sign_in.has_users() else None
    business = shop.businesses.create(till, command, by=by)
    if tax is not None:
        shop.taxes.set(replace(by or Actor(0, till), business=business.id), tax)
    held = len(shop.businesses.all())
    ctx.out.result(
        {
            "business": business.name,
            "database": _shown(ctx.place),
            "businesses": held,
            **_document(business, ShiftSettings(), RepairSettings()),
        },
        f"{business.name} is ready in {_shown(ctx.place)}",
    )
    if held > 1:
        ctx.out.note(f"This database holds {held} businesses: name one in each command with --business.")


def _tax(typed: str) -> SetTax:
    """`VAT=19`, refused before there is a shop."""
    name, equals, percent = typed.rpartition("=")
    if not equals:
        raise DomainError("tax_unclear", "Enter the tax such as VAT=19.", field="tax")
    return SetTax(
        name=check_name(name, field="tax"), rate=parse_percent(percent, field="tax"), is_default=True
    )


def _prepare_place(place: str) -> None:
    """Make the program's own folder; any other folder must be there, or a slip of the pen would make it."""
    if Path(place) == paths.default_database():
        try:
            files.make_folder(paths.data_dir())
        except OSError as error:
            raise EnvironmentFault(
                "folder_unmade", f"The folder {paths.data_dir()} cannot be made: {error.strerror}."
            ) from error


def _shown(place: str) -> str:
    from posapp.storage.care.health import shown_place

    return shown_place(place)


# -- settings ------------------------------------------------------------------------------------------
def _settings(ctx: Context) -> None:
    key, value = ctx.args.key, ctx.args.value
    if key is None:
        document = _told(ctx, ctx.business)
        ctx.out.result(document, facts((name, str(told) or "–") for name, told in document.items()))
        return
    key = key.replace("_", "-")
    if key not in _keys():
        raise DomainError(
            "setting_unknown",
            f"There is no setting “{key[:40]}”. There are: {', '.join(_keys())}.",
            field="key",
        )
    business = ctx.business if value is None else _change(ctx, key, value)
    told = _told(ctx, business)[key]
    ctx.out.result({key: told}, str(told))


def _told(ctx: Context, business: Business) -> dict[str, object]:
    shop, actor = ctx.shop, ctx.actor
    shifts, repairs = shop.shifts.settings(actor), shop.ticket_states.settings(actor)
    pins, nod = shop.sign_in.pin_length(actor.business), shop.kiosk.wants_nod(actor)
    years = shop.privacy.tax_years(actor)
    return _document(business, shifts, repairs, pins=pins, nod=nod, tax_years=years)


def _change(ctx: Context, key: str, value: str) -> Business:
    if key == _LOGO:
        return ctx.shop.businesses.set_logo(ctx.actor, _read_logo(value) if value else None)
    if key == _CUTOVER:
        return ctx.shop.businesses.edit(
            ctx.actor, EditBusiness(cutover_minutes=parse_clock(value, "cutover"))
        )
    if key == _SHIFTS:
        wanted = ShiftSettings(parse_sum(ctx, value, DIFFERENCE))
        ctx.shop.shifts.set_settings(ctx.actor, wanted)
        return ctx.business
    if key == _DEPOSIT:
        _set_deposit(ctx, value)
        return ctx.business
    if key == _PINS:
        ctx.shop.users.set_pin_length(ctx.actor, int(value) if value.isdecimal() and len(value) < 3 else 0)
        return ctx.business
    if key == _YEARS:
        typed = value.strip()
        years = int(typed) if typed.isdecimal() and len(typed) < 4 else -1
        ctx.shop.privacy.set_tax_years(ctx.actor, years)
        return ctx.business
    if key == _NOD:
        ctx.shop.kiosk.set_nod(ctx.actor, is_wanted=_chosen(key, value, ["yes", "no"]) == "yes")
        return ctx.business
    if key in (_PRICES, _ROUNDING, _CASH, _ACCOUNT):
        return ctx.shop.businesses.edit(ctx.actor, _pricing(ctx, key, value))
    change: Callable[..., EditBusiness] = EditBusiness
    return ctx.shop.businesses.edit(ctx.actor, change(**{key.replace("-", "_"): value}))


def _set_deposit(ctx: Context, value: str) -> None:
    """What part of an agreed price is asked for at once."""
    typed = value.strip().removesuffix("%").strip()
    percent = int(typed) if typed.isdecimal() and len(typed) < 4 else -1
    known = ctx.shop.ticket_states.settings(ctx.actor)
    ctx.shop.ticket_states.set_settings(ctx.actor, replace(known, deposit_percent=percent))


def _pricing(ctx: Context, key: str, value: str) -> EditBusiness:
    """How prices are said and rounded."""
    if key == _CASH:
        return EditBusiness(cash_rounding_minor=parse_price(ctx, value) or 0)
    if key == _ACCOUNT:
        return EditBusiness(account_limit_minor=parse_sum(ctx, value, key))
    choices = [_INCLUDE, _EXCLUDE] if key == _PRICES else [one.value for one in TaxRounding]
    chosen = _chosen(key, value, choices)
    if key == _PRICES:
        return EditBusiness(prices_include_tax=chosen == _INCLUDE)
    return EditBusiness(tax_rounding=TaxRounding(chosen))


def _chosen(key: str, value: str, choices: list[str]) -> str:
    """One of some words."""
    chosen = value.strip().casefold()
    if chosen not in choices:
        raise DomainError("setting_invalid", f"Choose one of: {', '.join(choices)}.", field=key)
    return chosen


def _read_logo(name: str) -> bytes:
    try:
        return Path(name).read_bytes()
    except OSError as error:
        raise EnvironmentFault(
            "logo_unread", f"{name[:200]} cannot be read: {error.strerror}.", field="logo"
        ) from error


def _document(
    business: Business,
    shifts: ShiftSettings,
    repairs: RepairSettings,
    *,
    pins: int = USUAL_PIN_LENGTH,
    nod: bool = True,
    tax_years: int = TAX_YEARS,
) -> dict[str, object]:
    document: dict[str, object] = {}
    for key in _keys():
        with suppress(AttributeError):
            document[key] = getattr(business, key.replace("-", "_"))

    def amount(minor: int) -> str:
        return str(Money(minor, business.currency).as_decimal()) if minor else "0"

    return {
        **document,
        _CUTOVER: shown_clock(business.cutover_minutes),
        _PRICES: _INCLUDE if business.prices_include_tax else _EXCLUDE,
        _CASH: amount(business.cash_rounding_minor),
        _ACCOUNT: amount(business.account_limit_minor),
        _SHIFTS: amount(shifts.difference_minor),
        _DEPOSIT: repairs.deposit_percent,
        _PINS: pins,
        _NOD: "yes" if nod else "no",
        _YEARS: tax_years,
    }
