"""The shop's day of a moment, within a statement: by the server's own zones, on SQLite by ours."""

import sqlite3
from functools import lru_cache
from typing import Any

from sqlalchemy import ColumnElement, Integer
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import FunctionElement

from posapp.domain.base.clock import business_day, day_number, from_us

_NAME = "posapp_shop_day"
_MINUTE = 60_000_000


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
    return _day_of_minute(at // _MINUTE, zone, cutover)


@lru_cache(maxsize=1 << 15)
def _day_of_minute(minute: int, zone: str, cutover: int) -> int:
    """Clocks change at whole minutes, and so does the shop's day."""
    return day_number(business_day(from_us(minute * _MINUTE), zone, cutover))
