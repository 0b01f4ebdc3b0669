"""What words typed on a ticket could mean as a line: a code, a price with words, what the shop offers."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from posapp.domain.base.folding import fold
from posapp.domain.base.names import clean_name, clean_text
from posapp.domain.base.priced_words import split_price
from posapp.domain.catalogue.items import Item
from posapp.domain.repairs.repair_prices import USUAL_WARRANTY, RepairPrice, keys_for, prices_for
from posapp.domain.repairs.tickets import Job
from posapp.services.catalogue.stock import find_item

if TYPE_CHECKING:
    from posapp.storage.unit_of_work import UnitOfWork

TEXT_LIMIT, MOST_CHOICES = 200, 20


@dataclass(frozen=True, slots=True, kw_only=True)
class LineChoice:
    """A line that could be meant; `item` is the part of the stock that it takes.

    Without `unit_minor` nobody has said a price yet: of an item 0 is none, a free line is typed as one.
    An `is_exact` one is meant and nothing else: the code of an item, or a price with what it is for.
    """

    text: str
    unit_minor: int | None
    item: Item | None = None
    warranty_days: int = USUAL_WARRANTY
    minutes: int = 0
    is_exact: bool = False


def choices_of(uow: "UnitOfWork", job: Job, words: str) -> list[LineChoice]:
    """What could be meant for a device, the most likely first; nothing without words."""
    wanted = clean_name(words)
    if not wanted:
        return []
    item = find_item(uow, wanted)
    if item is not None:
        return [_of_item(item, is_exact=True)]
    priced = _priced(uow, wanted)
    if priced is not None:
        return [priced]
    items = [_of_item(one) for one in uow.items.find(wanted, with_archived=False, limit=MOST_CHOICES)]
    return [*_of_list(uow, job, wanted), *items, *_of_services(uow, wanted)][:MOST_CHOICES]


def _of_item(item: Item, *, is_exact: bool = False) -> LineChoice:
    return LineChoice(text=item.name, unit_minor=item.price_minor or None, item=item, is_exact=is_exact)


def _priced(uow: "UnitOfWork", wanted: str) -> LineChoice | None:
    """A price and what it is for, such as `12.50 strap`."""
    shop = uow.businesses.get()
    found = split_price(wanted, shop.currency, shop.locale)
    if found is None:
        return None
    text = clean_text(found[1], TEXT_LIMIT, "text")
    return LineChoice(text=text, unit_minor=found[0].minor, warranty_days=0, is_exact=True)


def _of_list(uow: "UnitOfWork", job: Job, wanted: str) -> list[LineChoice]:
    """The prices of this device whose fault begins like the words, of several for one fault the nearest."""
    fitting = uow.repair_prices.for_device(keys_for(job.device.name))
    found = prices_for(fitting, job.device.kind, "")
    return [_of_price(uow, one) for one in found if _has(one.fault, wanted)]


def _of_price(uow: "UnitOfWork", price: RepairPrice) -> LineChoice:
    item = uow.items.get(price.item_id) if price.item_id is not None else None
    return LineChoice(text=price.fault, unit_minor=price.price_minor, item=item, minutes=price.minutes)


def _of_services(uow: "UnitOfWork", wanted: str) -> list[LineChoice]:
    return [
        LineChoice(text=one.name, unit_minor=one.price_minor, minutes=one.minutes)
        for one in uow.businesses.services()
        if _has(one.name, wanted)
    ]


def _has(text: str, wanted: str) -> bool:
    """Whether each of the words begins a word of the text."""
    told = fold(text).split()
    return all(any(one.startswith(word) for one in told) for word in fold(wanted).split())
