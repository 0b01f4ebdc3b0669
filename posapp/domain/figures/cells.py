"""A cell of a report as programs and people read it."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal

from posapp.domain.base.locales import shown_number
from posapp.domain.base.money import divided
from posapp.domain.figures.measures import Unit
from posapp.domain.figures.reports import Cell

_HOUR, _DAY = 60, 1440


def plain(unit: Unit, cell: Cell) -> str | int | None:
    """For programs: whole numbers, days as `2026-03-12`, months as `2026-03`."""
    if isinstance(cell, date):
        return f"{cell:%Y-%m}" if unit is Unit.MONTH else cell.isoformat()
    return cell


def shown(
    unit: Unit, cell: Cell, locale: str, money: Callable[[int], str], day: Callable[[date], str]
) -> str:
    """For people, in the unit of its column; amounts and days as they are written where it stands."""
    if isinstance(cell, date):
        return f"{cell:%Y-%m}" if unit is Unit.MONTH else day(cell)
    if not isinstance(cell, int):
        return cell or ""
    match unit:
        case Unit.MONEY:
            return money(cell)
        case Unit.SHARE:
            return f"{shown_number(Decimal(cell).scaleb(-1), locale)} %"
        case Unit.MINUTES:
            return _length(cell, locale)
    return shown_number(cell, locale)


def _length(minutes: int, locale: str) -> str:
    """`45 min`, `5.5 h`, `2.1 d`."""
    if minutes < _HOUR:
        return f"{minutes} min"
    per, words = (_HOUR, "h") if minutes < _DAY else (_DAY, "d")
    return f"{shown_number(Decimal(divided(10 * minutes, per)).scaleb(-1), locale)} {words}"
