"""What `verify` asks about the shops themselves: hours, and what can be booked."""

from collections.abc import Callable
from typing import Any

from posapp.domain.base.clock import check_zone, day_of
from posapp.domain.base.errors import PosappError
from posapp.domain.base.locales import check_locale, check_region
from posapp.domain.base.money import decimals
from posapp.domain.shop.payees import CHECKS
from posapp.storage.base.verify_base import Asking, Finding, Listed, Question, Sift

_MOST_PRICE = 10**12


def shops(asking: Asking) -> Finding:
    """Region, currency, language, zone and cut-over of a shop exist, and it can be booked."""
    found = Finding()
    names = ", ".join(("region, currency, locale, time_zone, cutover_minutes", *CHECKS))
    for row in asking.rows(f"SELECT id, name, {names} FROM business ORDER BY id"):
        found.checked += 1
        checks: tuple[tuple[str, Callable[[str], object]], ...] = (
            ("region", check_region),
            ("currency", decimals),
            ("locale", check_locale),
            ("time_zone", check_zone),
        )
        for name, check in checks:
            value = str(getattr(row, name))
            if _is_refused(check, value):
                found.blame([f"{name} of business {row.id} is {value[:20]!r}"])
        if not 0 <= row.cutover_minutes < 720 or not row.name.strip():
            found.blame([f"business {row.id} begins its day at minute {row.cutover_minutes}"])
        found.blame(f"{name} of business {row.id} is no account" for name in _no_accounts(row))
    for table in ("service", "resource"):
        sql = (
            f"SELECT b.id FROM business b WHERE NOT EXISTS (SELECT 1 FROM {table} s "
            "WHERE s.business_id = b.id AND s.archived_at IS NULL)"
        )
        asking.put(found, Listed(f"business {{0}} has no {table}", sql))
    for one in _BOOKABLE:
        asking.put(found, one)
    return found


def _no_accounts(row: Any) -> list[str]:
    """The accounts that no payment code could name."""
    return [name for name, check in CHECKS.items() if _is_refused(check, getattr(row, name))]


def _is_refused(check: Callable[[str], object], value: str) -> bool:
    try:
        clean = check(value)
    except (PosappError, ValueError):
        return True
    return isinstance(clean, str) and clean != value


_BOOKABLE = (
    Sift(
        "business b",
        "b.id",
        (
            ("business {0} rounds taxes nowhere", "b.tax_rounding NOT IN ('line', 'rate')"),
            ("business {0} rounds cash to no coin", "b.cash_rounding_minor NOT BETWEEN 0 AND 1000000"),
            (
                "business {0} lets customers owe what is no amount",
                f"b.account_limit_minor NOT BETWEEN 0 AND {_MOST_PRICE - 1}",
            ),
        ),
    ),
    Sift(
        "service s",
        "s.id",
        (
            ("service {0} is for nothing", "trim(s.name) = ''"),
            ("service {0} takes no time or more than a day", "s.minutes NOT BETWEEN 5 AND 1440"),
            ("the price of service {0}", f"s.price_minor NOT BETWEEN 0 AND {_MOST_PRICE - 1}"),
            ("service {0} was archived in the future", "s.archived_at > {soon}"),
        ),
    ),
    Sift(
        "resource r",
        "r.id",
        (
            ("resource {0} has no name", "trim(r.name) = ''"),
            ("the capacity of resource {0}", "r.capacity NOT BETWEEN 1 AND 100000"),
            ("the pause of resource {0}", "r.buffer_minutes NOT BETWEEN 0 AND 240"),
            ("resource {0} was archived in the future", "r.archived_at > {soon}"),
        ),
    ),
    Sift(
        "shelf h",
        "h.id",
        (("shelf {0} cannot be scanned", "trim(h.code) = '' OR h.code <> upper(h.code)"),),
    ),
)

_HOURS = Question(
    "hours",
    "Hours and special days make sense",
    "SELECT count(*) FROM working_hours",
    (
        Sift(
            "working_hours h",
            "h.id",
            (
                (
                    "hours {0} end before they begin, or more than a day later",
                    "h.starts NOT BETWEEN 0 AND 1439 OR h.starts >= h.ends OR h.ends > h.starts + 1440",
                ),
                ("hours {0} are on no day of the week", "h.weekday NOT BETWEEN 0 AND 6"),
                (
                    "hours {0} overlap others",
                    "EXISTS (SELECT 1 FROM working_hours o WHERE o.id > h.id "
                    "AND o.business_id = h.business_id "
                    "AND coalesce(o.resource_id, 0) = coalesce(h.resource_id, 0) "
                    "AND o.kind = h.kind "
                    "AND (o.weekday = h.weekday AND o.starts < h.ends AND h.starts < o.ends "
                    "OR o.weekday = (h.weekday + 1) % 7 AND o.starts < h.ends - 1440 "
                    "OR h.weekday = (o.weekday + 1) % 7 AND h.starts < o.ends - 1440))",
                ),
            ),
        ),
    ),
)


def hours(asking: Asking) -> Finding:
    """Hours end after they begin and do not overlap; a special day is a day."""
    found = _HOURS(asking)
    for row in asking.rows("SELECT id, day, opens, closes FROM day_exception"):
        found.checked += 1
        if not _is_day(row.day) or (row.opens is None) != (row.closes is None):
            found.blame([f"special day {row.id} is on {row.day}"])
        elif row.opens is not None and not (
            0 <= row.opens < 1440 and row.opens < row.closes <= row.opens + 1440
        ):
            found.blame([f"special day {row.id} ends before it begins"])
    return found


def _is_day(number: int) -> bool:
    try:
        return day_of(number).year >= 1970
    except ValueError:
        return False
