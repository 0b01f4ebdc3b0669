"""A sale as a draft keeps it, and the way back; what makes no sense there is left out."""

from dataclasses import asdict
from typing import Any

from posapp.domain.selling.carts import Cart, cart_of
from posapp.domain.selling.payments import Tender, Tendered


def kept_cart_of(text: object) -> Cart:
    """The way back from `cart_text`; what another version wrote otherwise is an empty cart."""
    try:
        return cart_of(text) if isinstance(text, str) else Cart()
    except (KeyError, TypeError, ValueError):
        return Cart()


def kept_tenders(tenders: tuple[Tendered, ...]) -> list[dict[str, Any]]:
    """What was laid on the table; the code of a gift card is kept nowhere, so that card is scanned again."""
    return [asdict(one) | {"code": ""} for one in tenders if one.tender is not Tender.GIFT_CARD]


def tenders_of(values: object) -> tuple[Tendered, ...]:
    """The way back from `kept_tenders`."""
    try:
        found = values if isinstance(values, list) else []
        return tuple(Tendered(**one | {"tender": Tender(one["tender"])}) for one in found)
    except (KeyError, TypeError, ValueError):
        return ()
