"""What a shop's settings have ever been, by the journal: old records are measured by those of then."""

import json
from collections import defaultdict
from dataclasses import dataclass, field, replace

from posapp.domain.base.clock import business_day, day_number, from_us
from posapp.storage.base.verify_base import HOUR, Asking

USUAL_PASSCODE_DAYS = 14
_QUARTER = HOUR // 4  # within one no clock changes


@dataclass(frozen=True, slots=True)
class Days:
    """Zone and cut-over of a shop between two moments in microseconds (`until` None: they hold now)."""

    since: int
    until: int | None
    zone: str
    cutover: int

    def held_at(self, at: int, patience: int = 0) -> bool:
        """Whether they held then, or so near to then that a till's clock may say so."""
        return at >= self.since - patience and (self.until is None or at < self.until + patience)


@dataclass(slots=True)
class Ever:
    """The settings of all shops of a database, now and before."""

    days: dict[int, list[Days]] = field(default_factory=dict)
    """By business, the oldest first; the last one holds now."""
    regions: dict[int, set[str]] = field(default_factory=lambda: defaultdict(set))
    buffers: dict[int, set[int]] = field(default_factory=lambda: defaultdict(set))
    """By person or bench, in minutes."""
    prices: dict[int, set[int | None]] = field(default_factory=lambda: defaultdict(set))
    """By service."""
    passcode_days: dict[int, set[int]] = field(default_factory=lambda: defaultdict(set))
    _known: dict[tuple[int, int], int] = field(default_factory=dict)

    def zones(self, business: int) -> set[str]:
        """Every zone that a shop was in."""
        return {one.zone for one in self.days.get(business, ())}

    def is_day_of(self, business: int, day: int, at: int) -> bool:
        """Whether a stored business day is that of a moment, by the settings of that moment."""
        quarter = at // _QUARTER
        known = self._known.get((business, quarter))
        if known is None:
            known = self._known[business, quarter] = self._day_of_quarter(business, quarter)
        if known == day:
            return True
        settings = self.days.get(business, ())
        return any(one.held_at(at, HOUR) and _day(at, one) == day for one in settings)

    def _day_of_quarter(self, business: int, quarter: int) -> int:
        """The day of a whole quarter of an hour; 0 where it may have two."""
        first, last = quarter * _QUARTER, quarter * _QUARTER + _QUARTER - 1
        for one in self.days.get(business, ()):
            if one.held_at(first) and one.held_at(last):
                day = _day(first, one)
                return day if day == _day(last, one) else 0
        return 0


def read_ever(asking: Asking) -> Ever:
    """Read the settings of now, and from the journal those of before."""
    ever = Ever()
    now = {row.id: row for row in asking.rows("SELECT id, time_zone, cutover_minutes, region FROM business")}
    for key, row in now.items():
        ever.days[key] = [Days(0, None, row.time_zone, row.cutover_minutes)]
        ever.regions[key].add(row.region)
    _businesses(asking, ever)
    for row in asking.rows("SELECT business_id, settings FROM import_batch"):
        ever.regions[row.business_id] |= _region_of(row.settings)
    for row in asking.rows("SELECT id, buffer_minutes FROM resource"):
        ever.buffers[row.id].add(row.buffer_minutes)
    for told in asking.told("resource"):
        ever.buffers[told.key] |= _numbers(told.before, told.after, "buffer_minutes")
    for row in asking.rows("SELECT id, price_minor FROM service"):
        ever.prices[row.id].add(row.price_minor)
    for told in asking.told("service"):
        for side in (told.before, told.after):
            if "price_minor" in side:
                price = str(side["price_minor"])
                ever.prices[told.key].add(int(price) if price.isdecimal() else None)
    for row in asking.rows("SELECT business_id, value FROM setting WHERE name = 'passcode_days'"):
        ever.passcode_days[row.business_id].add(
            int(row.value) if row.value.isdecimal() else USUAL_PASSCODE_DAYS
        )
    return ever


def _region_of(settings: str) -> set[str]:
    """The country in which the numbers of an import were read."""
    try:
        found = json.loads(settings)
    except ValueError:
        return set()
    return {str(found["region"])} if isinstance(found, dict) and found.get("region") else set()


def _businesses(asking: Asking, ever: Ever) -> None:
    changes = defaultdict(list)
    for told in asking.told("business"):
        if told.key not in ever.days:
            continue
        changes[told.key].append(told)
        for side in (told.before, told.after):
            if "shop_region" in side:
                ever.regions[told.key].add(str(side["shop_region"]))
        ever.passcode_days[told.key] |= _numbers(told.before, told.after, "passcode_days")
    for key, lines in changes.items():
        for told in reversed(lines):  # from now backwards: each change says what was before it
            zone, cutover = told.before.get("shop_time_zone"), told.before.get("shop_cutover_minutes")
            if zone is None and cutover is None:
                continue
            after = ever.days[key][0]
            before = Days(
                0,
                told.at,
                after.zone if zone is None else str(zone),
                after.cutover if cutover is None else int(cutover),
            )
            ever.days[key][:1] = [before, replace(after, since=told.at)]


def _day(at: int, settings: Days) -> int:
    return day_number(business_day(from_us(at), settings.zone, settings.cutover))


def _numbers(before: dict[str, object], after: dict[str, object], name: str) -> set[int]:
    values = (str(side.get(name, "")) for side in (before, after))
    return {int(value) for value in values if value.isdecimal()}
