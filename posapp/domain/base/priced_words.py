"""A price and what it is for in one field, such as `12.50 strap`."""

import re

from posapp.domain.base.errors import DomainError
from posapp.domain.base.locales import decimal_mark
from posapp.domain.base.money import Money, parse_amount

_PRICED = re.compile(r"([0-9][0-9.,'’ ]*)\s+(\S.*)", re.DOTALL)


def split_price(text: str, currency: str, locale: str) -> tuple[Money, str] | None:
    """The price and the words behind it, None where the text does not begin with a price."""
    found = _PRICED.fullmatch(text)
    if found is None:
        return None
    mark = decimal_mark(locale)
    try:
        return parse_amount(found[1].strip(), currency, decimal_mark=mark, locale=locale), found[2]
    except DomainError:
        return None
