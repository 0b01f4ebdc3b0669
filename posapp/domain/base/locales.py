"""What a locale writes differently: order of day and month, 12 or 24 hours, the decimal mark.

From Unicode CLDR through babel, which is imported at first need. An unknown locale counts as `en-IE`.
"""

import re
from decimal import Decimal
from functools import lru_cache
from typing import TYPE_CHECKING

from posapp.domain.base.errors import DomainError

if TYPE_CHECKING:
    from babel import Locale


@lru_cache(maxsize=32)
def known_locale(tag: str) -> "Locale":
    """The babel locale of a tag such as `de-DE` or `de_DE`."""
    from babel import Locale, UnknownLocaleError

    try:
        return Locale.parse(tag.replace("_", "-"), sep="-")
    except (ValueError, UnknownLocaleError):
        return Locale("en", "IE")


def is_month_first(tag: str) -> bool:
    """Whether the month is written before the day (the United States do)."""
    pattern = str(known_locale(tag).date_formats["short"].pattern)
    return pattern.find("M") < pattern.find("d")


def is_twelve_hours(tag: str) -> bool:
    """Whether hours are counted to twelve, with am and pm."""
    pattern = str(known_locale(tag).time_formats["short"].pattern)
    return "h" in pattern or "K" in pattern


def decimal_mark(tag: str) -> str:
    """`,` or `.`: what stands before the decimals when an amount is typed."""
    from babel.numbers import get_decimal_symbol

    return "," if get_decimal_symbol(known_locale(tag)) == "," else "."


_TAG = re.compile(r"[A-Za-z]{2,3}([-_][A-Za-z0-9]{2,8})*")


def check_locale(text: str) -> str:
    """A language and country in one spelling (`en-IN`); refuses what CLDR does not know."""
    from babel import Locale, UnknownLocaleError

    tag = text.strip().replace("_", "-")
    try:
        if not _TAG.fullmatch(tag):
            raise ValueError(tag)
        Locale.parse(tag, sep="-")
    except (ValueError, UnknownLocaleError) as error:
        raise DomainError(
            "locale_unknown", "Enter a language and country such as en-IN.", field="locale"
        ) from error
    return tag


def english_of(region: str) -> str:
    """How English is written in a country (`en-IE`), or everywhere (`en-001`) where CLDR has no such one."""
    from babel import Locale, UnknownLocaleError

    try:
        Locale.parse(f"en-{region}", sep="-")
    except UnknownLocaleError:
        return "en-001"
    return f"en-{region}"


def check_region(text: str) -> str:
    """A country as ISO 3166 writes it, one whose phone numbers can be read."""
    import phonenumbers

    region = text.strip().upper()
    if region not in phonenumbers.SUPPORTED_REGIONS:
        raise DomainError(
            "region_unknown", "Enter a country as two letters, such as IN or IE.", field="region"
        )
    return region


def shown_number(value: Decimal | int, tag: str) -> str:
    """A number with the marks of the language: `1,234.5`, `1.234,5`."""
    from babel.numbers import format_decimal

    return str(format_decimal(value, locale=known_locale(tag)))
