"""Price levels: a name and by how much the prices of the catalogue are lower for those who have it."""

from dataclasses import dataclass

from posapp.domain.base.errors import DomainError
from posapp.domain.base.money import divided
from posapp.domain.base.stamps import Stamps
from posapp.domain.catalogue.taxes import WHOLE


@dataclass(frozen=True, slots=True)
class PriceLevel:
    """What a group of customers pays less, in millionths of a price."""

    id: int
    name: str
    percent_off: int
    is_archived: bool
    stamps: Stamps


def price_at(price_minor: int, level: PriceLevel | None) -> int:
    """What an item of that price costs somebody; halves round away from zero, an archived level is none."""
    if level is None or level.is_archived:
        return price_minor
    return divided(price_minor * (WHOLE - level.percent_off), WHOLE)


def check_percent_off(percent_off: int) -> int:
    """Refuse what is no percentage."""
    if not 0 <= percent_off <= WHOLE:
        raise DomainError("percent_invalid", "Enter a rate from 0 to 100 per cent.", field="percent")
    return percent_off
