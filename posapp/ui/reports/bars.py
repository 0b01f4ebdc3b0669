"""Bars in words and numbers: of the opening page, and of a page over days or months."""

from datetime import date

from posapp.domain.base.money import decimals
from posapp.domain.figures.measures import Measure, Unit
from posapp.domain.figures.opening import Bar, Opening
from posapp.domain.figures.reports import Cell, ReportTable
from posapp.ui.reports.bar_chart import ShownBar
from posapp.ui.reports.question import charted_of
from posapp.ui.reports.shares import Share, shares_of
from posapp.ui.reports.values import month_words, plain_day, shown, shown_figure
from posapp.ui.wording import Wording, translator

_tr = translator("Bars")
_YEAR = 12
"""So many months need no year."""


def key_of(day: date, *, is_by_month: bool) -> str:
    """The row of a day or month, as the pages of figures name it."""
    return f"{day:%Y-%m}" if is_by_month else day.isoformat()


def opening_bars(told: Opening, wording: Wording) -> tuple[ShownBar, ...]:
    """Revenue by day or month."""
    return tuple(_opening_bar(one, told, wording) for one in told.bars)


def _opening_bar(one: Bar, told: Opening, wording: Wording) -> ShownBar:
    when = month_words(one.first) if told.is_by_month else wording.day(one.first)
    month = month_words(one.first)
    if len(told.bars) <= _YEAR:
        month = month.partition(" ")[0]
    label = month if told.is_by_month else plain_day(one.first, wording)
    amount = _tr("closed") if one.is_closed else wording.price(one.amount_minor)
    parts = [when, amount]
    if one.before_minor is not None:
        parts.append(_tr("before {amount}").format(amount=wording.price(one.before_minor)))
    key = key_of(one.first, is_by_month=told.is_by_month)
    return ShownBar(key, label, one.amount_minor, one.before_minor, one.is_closed, ", ".join(parts))


def table_bars(told: ReportTable, wording: Wording) -> tuple[ShownBar, ...]:
    """A bar for each row of a page over days or months."""
    place = charted_of(told.report, told.by)
    measure, found = told.columns[place], []
    for row in told.rows:
        value = row.cells[place]
        at = next(
            ((cell, column.unit) for cell, column in zip(row.cells, told.columns, strict=True) if cell), None
        )
        name = shown(at[0], at[1], wording) if at else row.id
        label = plain_day(at[0], wording) if at and isinstance(at[0], date) and at[1] is Unit.DAY else name
        amount = value if isinstance(value, int) else 0
        words = f"{name}, {shown_figure(amount, measure.unit, wording)}"
        found.append(ShownBar(row.id, label, amount, spoken=words))
    return tuple(found)


def table_shares(told: ReportTable, wording: Wording) -> list[Share]:
    """A lying bar for each row of a page."""
    place = charted_of(told.report, told.by)
    unit, parts = told.columns[place].unit, []
    for row in told.rows:
        value, names = row.cells[place], _names(told, row.cells, wording)
        parts.append((row.id, names or row.id, value if isinstance(value, int) else 0))
    return [
        Share(key, name, shown_figure(value, unit, wording), share, shown_figure(share, Unit.SHARE, wording))
        for key, name, value, share in shares_of(parts)
    ]


def _names(told: ReportTable, cells: tuple[Cell, ...], wording: Wording) -> str:
    """What a row is about, in one line."""
    keys = zip(cells, told.columns[: len(told.report.keys)], strict=False)
    words = (shown(cell, column.unit, wording) for cell, column in keys)
    return " · ".join(filter(None, words))


def unit_of(measure: Measure, wording: Wording) -> int:
    """On multiples of what the lines of a chart lie: whole units of money."""
    return 10 ** decimals(wording.currency) if measure.unit is Unit.MONEY else 1


def line_words(value: int, measure: Measure, wording: Wording) -> str:
    """What stands beside a line: `€200`."""
    if measure.unit is Unit.MONEY:
        return wording.piece(value)
    return shown_figure(value, measure.unit, wording)
