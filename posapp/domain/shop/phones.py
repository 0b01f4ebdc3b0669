"""The number that stands on the shop's papers: written as the shop likes, but one that can be called."""

import re

from posapp.domain.base.names import clean_text
from posapp.domain.base.phone import InvalidPhone, PhoneNumber
from posapp.domain.shop.businesses import TEXT_LIMITS

_BETWEEN = re.compile(r"\s*[,;/|·]\s*")


def check_shop_phone(text: str, region: str) -> str:
    """The text of one number or several, "" for none; `InvalidPhone` for what cannot be a number."""
    plain = clean_text(text, TEXT_LIMITS["phone"], "phone")
    if not plain:
        return ""
    try:
        PhoneNumber.parse(plain, region=region)
    except InvalidPhone:
        several = [one for one in _BETWEEN.split(plain) if one]
        if len(several) < 2:
            raise
        for one in several:
            PhoneNumber.parse(one, region=region)
    return plain
