"""How cells of a spreadsheet show amounts and shares: its number formats, by currency and locale."""

from functools import lru_cache

from posapp.domain.base.locales import known_locale
from posapp.domain.base.money import decimals

SHARE = "0.0%"
MONTH = "yyyy-mm"
_MARKS = "\u200e\u200f\u061c"


@lru_cache(maxsize=64)
def money_format(currency: str, locale: str) -> str:
    """`[$€]#,##0.00`, or `#,##0.00 [$€]` where the locale writes the sign behind; with its own decimals.

    The marks of thousands and decimals are those of whoever opens the file.
    """
    from babel.numbers import get_currency_symbol

    known, places = known_locale(locale), decimals(currency)
    sign = get_currency_symbol(currency, known).translate(dict.fromkeys(map(ord, _MARKS + "[]")))
    figure = f"#,##0.{'0' * places}" if places else "#,##0"
    pattern = known.currency_formats["standard"].pattern
    if pattern.index("¤") > pattern.index("#"):
        return f"{figure} [${sign}]"
    return f"[${sign}]{' ' * sign[-1:].isalpha()}{figure}"
