"""Countries, currencies, languages and time zones by name, and what is usual in a country.

Names, currencies and languages come from Unicode CLDR through babel; the zones of a country from the tz
database's `zone.tab`.
"""

from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from zoneinfo import available_timezones

from posapp.domain.base.locales import known_locale
from posapp.domain.base.money import CURRENCIES

Named = tuple[str, str]
"""A code and its name."""

_NO_PLACES = ("Etc/", "SystemV/", "posix", "right", "US/", "Brazil/", "Canada/", "Chile/", "Mexico/")


_MAIN_ZONES = {
    "AU": "Australia/Sydney",
    "BR": "America/Sao_Paulo",
    "CA": "America/Toronto",
    "FM": "Pacific/Pohnpei",
    "MN": "Asia/Ulaanbaatar",
    "PG": "Pacific/Port_Moresby",
    "RU": "Europe/Moscow",
    "UA": "Europe/Kyiv",
    "UZ": "Asia/Tashkent",
}
"""Where the first zone of a country in zone.tab, elsewhere the one of most people, is not that."""


@dataclass(frozen=True, slots=True)
class Habits:
    """What a shop in a country most likely uses."""

    currency: str
    time_zone: str
    locale: str


@lru_cache(maxsize=1)
def countries() -> tuple[Named, ...]:
    """Every country whose phone numbers can be read, by name."""
    import phonenumbers

    names = known_locale("en").territories
    found = [(region, str(names.get(region, region))) for region in phonenumbers.SUPPORTED_REGIONS]
    return tuple(sorted(found, key=lambda each: each[1].casefold()))


@lru_cache(maxsize=1)
def currencies() -> tuple[Named, ...]:
    """Every currency: its code, and its name with the code behind it ("Euro, EUR")."""
    names = known_locale("en").currencies
    found = [(code, f"{names[code]}, {code}" if code in names else code) for code in CURRENCIES]
    return tuple(sorted(found, key=lambda each: each[1].casefold()))


@lru_cache(maxsize=1)
def languages() -> tuple[Named, ...]:
    """Every language of a country that CLDR knows: `en-IN` is "English (India)"."""
    from babel.localedata import locale_identifiers

    here = known_locale("en")
    found = []
    for identifier in locale_identifiers():
        spoken, *rest = identifier.split("_")
        region = rest[-1] if rest else ""
        if len(region) == 2 and spoken in here.languages and region in here.territories:
            script = f", {here.scripts[rest[0]]}" if len(rest) == 2 and rest[0] in here.scripts else ""
            words = f"{here.languages[spoken]} ({here.territories[region]}{script})"
            found.append((identifier.replace("_", "-"), words))
    return tuple(sorted(found, key=lambda each: each[1].casefold()))


@lru_cache(maxsize=1)
def time_zones() -> tuple[str, ...]:
    """Every zone that is named after a place, and UTC."""
    places = [zone for zone in available_timezones() if "/" in zone and not zone.startswith(_NO_PLACES)]
    return (*sorted(places), "UTC")


@lru_cache(maxsize=1)
def _zones_by_country() -> dict[str, list[str]]:
    table = files("tzdata.zoneinfo").joinpath("zone.tab").read_text(encoding="utf-8")
    found: dict[str, list[str]] = {}
    for row in table.splitlines():
        if row and not row.startswith("#"):
            region, _place, zone, *_comment = row.split("\t")
            found.setdefault(region, []).append(zone)
    return found


def habits(region: str, *, own_zone: str = "", own_language: str = "") -> Habits:
    """What is usual in a country (ISO 3166).

    `own_zone` and `own_language` are those of this computer: they win where the country has several.
    """
    from babel.numbers import get_territory_currencies

    usual = [code for code in get_territory_currencies(region) if code in CURRENCIES]
    zones = _zones_by_country().get(region, ["UTC"])
    return Habits(
        currency=usual[-1] if usual else "USD",
        time_zone=own_zone if own_zone in zones else _MAIN_ZONES.get(region, zones[0]),
        locale=_locale(region, own_language),
    )


def _locale(region: str, own_language: str) -> str:
    """The computer's language where CLDR has it for the country, else English where it is official there."""
    from babel import Locale, UnknownLocaleError
    from babel.languages import get_official_languages

    known = {tag for tag, _ in languages()}
    spoken = list(get_official_languages(region, regional=False, de_facto=True))
    wanted = [own_language, *[each for each in spoken if each == "en"]]
    try:
        likely = Locale.parse(f"und_{region}")
        wanted += [str(likely).removesuffix(f"_{region}").replace("_", "-"), likely.language]
    except (UnknownLocaleError, ValueError):
        pass  # CLDR knows no usual language of Antarctica
    found = [f"{one}-{region}" for one in (*wanted, *spoken) if f"{one}-{region}" in known]
    return found[0] if found else "en"
