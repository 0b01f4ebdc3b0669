"""The shop's day of a moment, within a statement: by the server's own zones, on SQLite by ours."""

import sqlite3
from datetime import UTC, date
from functools import lru_cache
from typing import Any

from sqlalchemy import ColumnElement, Integer
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import FunctionElement

from posapp.domain.base.clock import business_day, day_number, from_us, to_us, wall_of

_NAME = "posapp_shop_day"
_MINUTE = 60_000_000
_QUARTER, _WHOLE_DAY = 15 * _MINUTE, 1440 * _MINUTE
_EPOCH = date(1970, 1, 1).toordinal()


class shop_day(FunctionElement[int]):  # noqa: N801 - reads like a function of SQL
    """The day (20261121) that a moment counts for, given a zone and the minutes of the cut-over."""

    type = Integer()
    inherit_cache = True

    def __init__(self, at: ColumnElement[int], zone: ColumnElement[str], cutover: ColumnElement[int]) -> None:
        super().__init__(at, zone, cutover)


@compiles(shop_day, "sqlite")
def _on_sqlite(element: shop_day, compiler: Any, **how: Any) -> str:
    return f"{_NAME}({compiler.process(element.clauses, **how)})"


@compiles(shop_day, "postgresql")
def _on_postgres(element: shop_day, compiler: Any, **how: Any) -> str:
    at, zone, cutover = (compiler.process(one, **how) for one in element.clauses)
    wall = f"timezone({zone}, timestamptz 'epoch' + {at} * interval '1 microsecond')"
    return f"CAST(to_char({wall} - {cutover} * interval '1 minute', 'YYYYMMDD') AS integer)"


def know_shop_days(driver: sqlite3.Connection) -> None:
    """Teach a connection of SQLite the shop's day of a moment."""
    driver.create_function(_NAME, 3, _day, deterministic=True)


def _day(at: int, zone: str, cutover: int) -> int:
    offset = _offset(at // _QUARTER, zone)
    if offset is None:  # the clocks change within it
        return _day_of_minute(at // _MINUTE, zone, cutover)
    return _number((at + offset - cutover * _MINUTE) // _WHOLE_DAY)


@lru_cache(maxsize=1 << 17)
def _offset(quarter: int, zone: str) -> int | None:
    """How far the clock of a zone is from UTC all through a quarter of an hour, in microseconds."""
    begin, end = (from_us((quarter + which) * _QUARTER) for which in (0, 1))
    first, last = (to_us(wall_of(at, zone).replace(tzinfo=UTC)) - to_us(at) for at in (begin, end))
    return first if first == last else None


@lru_cache(maxsize=1 << 14)
def _number(days: int) -> int:
    """The number of a day, given how many it is after 1 January 1970."""
    return day_number(date.fromordinal(_EPOCH + days))


@lru_cache(maxsize=1 << 10)
def _day_of_minute(minute: int, zone: str, cutover: int) -> int:
    """Clocks change at whole minutes, and so does the shop's day."""
    return day_number(business_day(from_us(minute * _MINUTE), zone, cutover))
