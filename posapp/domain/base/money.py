"""Money: whole minor units of a currency, never a float.

How many decimals a currency has is ISO 4217's word (list one, 2025, with codes replaced since 2022 that old
records still carry). CLDR, which babel uses, differs for some (IQD, LBP), so babel only arranges the parts.
"""

import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache, total_ordering
from typing import TYPE_CHECKING

from posapp.domain.base.errors import DomainError
from posapp.domain.base.locales import known_locale

if TYPE_CHECKING:
    from babel.numbers import NumberPattern

LIMIT = 10**12
"""No amount has this many minor units or more."""

_CODES = {
    0: "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF",
    2: """
        AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BMD BND BOB BOV BRL BSD BTN BWP BYN BZD CAD
        CDF CHE CHF CHW CNY COP COU CRC CUP CVE CZK DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD
        GTQ GYD HKD HNL HRK HTG HUF IDR ILS INR IRR JMD KES KGS KHR KPW KYD KZT LAK LBP LKR LRD LSL MAD MDL
        MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MXV MYR MZN NAD NGN NIO NOK NPR NZD PAB PEN PGK PHP PKR PLN
        QAR RON RSD RUB SAR SBD SCR SDG SEK SGD SHP SLE SLL SOS SRD SSP STN SVC SYP SZL THB TJS TMT TOP TRY
        TTD TWD TZS UAH USD USN UYU UZS VED VES WST XCD XCG YER ZAR ZMW ZWG ZWL
    """,
    3: "BHD IQD JOD KWD LYD OMR TND",
    4: "CLF UYW",
}
_DECIMALS = {code: places for places, codes in _CODES.items() for code in codes.split()}
CURRENCIES = tuple(sorted(_DECIMALS))
"""All codes, in alphabetical order."""

_GROUPED = re.compile(r"[0-9]+|[0-9]{1,3}(?:G[0-9]{3})+|[0-9]{1,2}(?:G[0-9]{2})*G[0-9]{3}")
_SPACED = re.compile(r"(?<=[0-9])[ '’](?=[0-9]{3}(?![0-9]))")
_UNLIKELY_GROUP = re.compile(r"[^0-9]*0[.,][0-9]{3}[^0-9]*")
_GROUP_OR_DECIMALS = re.compile(r"[1-9][0-9]{0,2}[.,][0-9]{3}")
_UNGROUPED = re.compile(r"([-−]?)([0-9]+)(?:([.,])([0-9]+))?")
_LONGEST = 60  # characters; the limit with groups, sign and code has 30


def decimals(currency: str) -> int:
    """How many decimals a currency has; `DomainError` currency_unknown for a code that is none."""
    try:
        return _DECIMALS[currency]
    except KeyError:
        raise DomainError(
            "currency_unknown",
            f"{currency[:10]} is no currency. Enter a code such as EUR or USD.",
            field="currency",
        ) from None


def divided(value: int, by: int) -> int:
    """A quotient of whole numbers at or above zero, rounded; a half goes up."""
    return (2 * value + by) // (2 * by)


@total_ordering
@dataclass(frozen=True, slots=True)
class Money:
    """An amount in minor units (cents) of an ISO 4217 currency; may be negative.

    Amounts of two currencies are never equal and cannot be added or ordered (`ValueError`).
    """

    minor: int
    currency: str

    def __post_init__(self) -> None:
        decimals(self.currency)
        if type(self.minor) is not int:
            raise TypeError("minor units are whole numbers")

    @classmethod
    def zero(cls, currency: str) -> "Money":
        """Nothing of a currency."""
        return cls(0, currency)

    def __add__(self, other: "Money") -> "Money":
        return Money(self.minor + self._same(other), self.currency)

    def __sub__(self, other: "Money") -> "Money":
        return Money(self.minor - self._same(other), self.currency)

    def __neg__(self) -> "Money":
        return Money(-self.minor, self.currency)

    def __abs__(self) -> "Money":
        return Money(abs(self.minor), self.currency)

    def __mul__(self, times: int) -> "Money":
        return Money(self.minor * times, self.currency)

    __rmul__ = __mul__

    def __bool__(self) -> bool:
        return self.minor != 0

    def __lt__(self, other: "Money") -> bool:
        return self.minor < self._same(other)

    def _same(self, other: "Money") -> int:
        if other.currency != self.currency:
            raise ValueError(f"{self.currency} and {other.currency} do not mix")
        return other.minor

    def as_decimal(self) -> Decimal:
        """In major units, exactly, with the currency's decimals."""
        return Decimal(self.minor).scaleb(-decimals(self.currency))


def parse_amount(
    text: str, currency: str, *, decimal_mark: str, locale: str = "", field: str = "amount"
) -> Money:
    """An amount as a clerk types it, or as `format_money` shows it in `locale`.

    The rules of `read_amount`, and besides: digits of every script, thousands in groups with spaces or
    apostrophes, the currency's code or local name (FCFA) on either side. `0,500` is refused where it
    would be five hundred, and `2,400` of a currency with three decimals where it could be either.
    """
    if len(text.strip()) > _LONGEST:
        raise _invalid("Enter an amount such as 50 or 12.50.", field)
    plain = _without_name(_plain(text), currency, locale)
    if _UNLIKELY_GROUP.fullmatch(plain) and decimal_mark not in plain:
        raise _invalid(f"Enter the decimals after {decimal_mark}, such as 0{decimal_mark}50.", field)
    if decimals(currency) > 2 and decimal_mark not in plain and _GROUP_OR_DECIMALS.fullmatch(plain.strip()):
        raise _two_readings(plain, currency, decimal_mark, field)
    return read_amount(_SPACED.sub("", plain), currency, decimal_mark=decimal_mark, field=field)


def _without_name(plain: str, currency: str, locale: str) -> str:
    names = [currency]
    if locale:
        from babel.numbers import get_currency_symbol

        names.append(_plain(get_currency_symbol(currency, known_locale(locale))))
    for name in names:
        if len(plain) > len(name):
            if plain[: len(name)].casefold() == name.casefold():
                return plain[len(name) :]
            if plain[-len(name) :].casefold() == name.casefold():
                return plain[: -len(name)]
    return plain


def _plain(text: str) -> str:
    return "".join(map(_plain_character, text)).strip()


def _plain_character(character: str) -> str:
    match unicodedata.category(character):
        case "Nd":
            return str(unicodedata.decimal(character))
        case "Zs":
            return " "
        case "Cf":
            return ""
    return {"٫": ".", "٬": ","}.get(character, character)


def read_amount(text: str, currency: str, *, decimal_mark: str, field: str = "amount") -> Money:
    """An amount as it was typed or written into an old system; empty is 0.

    Of `.` and `,` the later one is the decimal mark, one that stands several times groups thousands, and one
    with one or two digits behind it is the decimal mark. `decimal_mark` decides about three digits after a
    single mark: `1.234` is one with `.` and a thousand with `,`. Raises `DomainError` amount_negative or
    amount_invalid.
    """
    places = decimals(currency)
    minus, body = _without_signs(text.strip(), field)
    if not body and not minus:
        return Money.zero(currency)
    whole, fraction = _parts(body, decimal_mark, places)
    if not _GROUPED.fullmatch(whole) or not (fraction.isdecimal() or not fraction) or not body.isascii():
        raise _invalid("Enter an amount such as 50 or 12.50.", field)
    if len(fraction) == 3 > places and _GROUP_OR_DECIMALS.fullmatch(body):
        raise _two_readings(body, currency, decimal_mark, field)
    if len(fraction) > places:
        few = "no decimals" if places == 0 else f"{places} decimals"
        raise _invalid(f"{currency} has {few}. Enter the amount without further digits.", field)
    minor = int(whole.replace("G", "") + fraction.ljust(places, "0")) if len(whole) < _LONGEST else LIMIT
    if minor >= LIMIT:
        raise _invalid("The amount is too large. Check the number of digits.", field)
    if minus and minor:
        raise DomainError(
            "amount_negative", "The amount is below zero. Enter it without a minus.", field=field
        )
    return Money(minor, currency)


def read_plain_amount(
    text: str, currency: str, *, decimal_mark: str, locale: str = "", field: str = "amount"
) -> Money:
    """An amount of a script or a table: a decimal point or the shop's own mark, no grouping.

    Besides, exactly what `format_money` writes in `locale`, its currency included. Raises `DomainError`
    amount_invalid (with both readings where there are two) or amount_negative.
    """
    written = _as_written(text, currency, decimal_mark, locale)
    if written is not None:
        return written
    found = _UNGROUPED.fullmatch(text.strip())
    if found is None:
        raise _invalid("Enter an amount such as 50 or 12.50.", field)
    minus, whole, mark, fraction = found.groups(default="")
    is_foreign = mark == "," != decimal_mark
    if is_foreign or (mark and len(fraction) == 3 and (mark != decimal_mark or decimals(currency) < 3)):
        raise _two_readings(text, currency, "." if is_foreign else decimal_mark, field)
    plain = f"{minus}{whole}" + (f".{fraction}" if mark else "")
    return read_amount(plain, currency, decimal_mark=".", field=field)


def _two_readings(text: str, currency: str, mark: str, field: str) -> DomainError:
    """One mark with digits behind it: decimals, or a group of thousands."""
    whole, fraction = re.split("[.,]", text.strip())
    places = decimals(currency)
    few = fraction if fraction[places:].strip("0") else fraction[:places]
    one = f"{whole}{mark}{few}" if few else whole
    said = f"“{text.strip()[:20]}” could be {one[:20]} or {whole[:20]}{fraction[:20]}. Enter one of them."
    return _invalid(said, field)


def _as_written(text: str, currency: str, decimal_mark: str, locale: str) -> Money | None:
    """The amount that the program shows in exactly these characters; None for other texts."""
    if not locale:
        return None
    try:
        money = parse_amount(text, currency, decimal_mark=decimal_mark, locale=locale)
    except DomainError:
        return None
    return money if _plain(text) == _plain(format_money(money, locale)) else None


def _invalid(sentence: str, field: str) -> DomainError:
    return DomainError("amount_invalid", sentence, field=field)


def _without_signs(text: str, field: str) -> tuple[bool, str]:
    """Whether there is a minus, and the text without it and without its one currency sign (category Sc)."""
    minus = False
    signs = 0
    while text:
        if text[0] in "-−" and not minus:
            minus, text = True, text[1:].lstrip()
        elif unicodedata.category(text[0]) == "Sc":
            signs, text = signs + 1, text[1:].lstrip()
        elif unicodedata.category(text[-1]) == "Sc":
            signs, text = signs + 1, text[:-1].rstrip()
        else:
            break
    if signs > 1 or (signs and not text):
        raise _invalid("Enter one amount such as 50 or 12.50.", field)
    return minus, text


def _parts(body: str, decimal_mark: str, places: int) -> tuple[str, str]:
    """The digits before the decimal mark, grouped by `G`, and those behind it."""
    points, commas = body.count("."), body.count(",")
    if points and commas:
        decimal = "." if body.rfind(".") > body.rfind(",") else ","
    elif points + commas == 1:
        decimal = "." if points else ","
        before, _, behind = body.partition(decimal)
        groups = len(behind) == 3 and 1 <= len(before) <= 3 and decimal != decimal_mark
        if groups:
            return f"{before}G{behind}", ""
        if not (1 <= len(behind) <= 2 or (len(behind) == 3 and len(before) <= 3) or len(behind) == places):
            return "", ""
    else:
        return body.replace(".", "G").replace(",", "G"), ""
    whole, _, fraction = body.rpartition(decimal)
    group = "," if decimal == "." else "."
    return (whole.replace(group, "G") or "0", fraction) if fraction else ("", "")


def format_money(money: Money, locale: str, *, is_short: bool = False) -> str:
    """The amount with its currency and exactly the currency's decimals, as the locale writes it.

    Negative amounts carry a real minus sign. A short one leaves decimals out where they are all zero: what
    stands on a note.
    """
    is_whole = is_short and money.minor % 10 ** decimals(money.currency) == 0
    pattern = _money_pattern(locale, money.currency, 0 if is_whole else decimals(money.currency))
    text = pattern.apply(
        money.as_decimal(), known_locale(locale), currency=money.currency, currency_digits=False
    )
    return str(text).replace("-", "−")


@lru_cache(maxsize=64)
def _money_pattern(locale: str, currency: str, places: int) -> "NumberPattern":
    from babel.numbers import get_currency_symbol, parse_pattern

    written = known_locale(locale).currency_formats["standard"].pattern
    if get_currency_symbol(currency, known_locale(locale))[-1].isalpha():
        # CLDR sets letters apart from the digits (KWD 1.500, but €1.500); babel leaves that to its caller
        written = written.replace("¤#", "¤\u00a0#")
    pattern = parse_pattern(written)
    pattern.frac_prec = (places, places)
    return pattern


def format_figure(money: Money, locale: str) -> str:
    """The amount without its currency, with exactly the currency's decimals, as the locale writes numbers."""
    pattern = _figure_pattern(locale, money.currency)
    return str(pattern.apply(money.as_decimal(), known_locale(locale))).replace("-", "−")


@lru_cache(maxsize=64)
def _figure_pattern(locale: str, currency: str) -> "NumberPattern":
    from babel.numbers import parse_pattern

    pattern = parse_pattern(known_locale(locale).decimal_formats[None].pattern)
    pattern.frac_prec = (decimals(currency), decimals(currency))
    return pattern
