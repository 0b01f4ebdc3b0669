"""How figures are written: by their unit, in the marks of the shop's language; and a change in words."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from posapp.domain.base.locales import shown_number
from posapp.domain.base.money import divided
from posapp.domain.figures.measures import Sum, Unit
from posapp.domain.figures.reports import Cell, KeyFigure
from posapp.ui.wording import Wording, translator

_tr = translator("Figures")
HOUR, DAY = 60, 1440
NOTHING = "–"


def shown(cell: Cell, unit: Unit, wording: Wording) -> str:
    """A cell as people read it, "" where there is none."""
    if cell is None:
        return ""
    if isinstance(cell, date):
        return month_words(cell) if unit is Unit.MONTH else wording.day(cell)
    if isinstance(cell, str):
        return cell
    return shown_figure(cell, unit, wording)


def shown_figure(value: int, unit: Unit, wording: Wording) -> str:
    """A whole number in its unit: `€62.80`, `1,204`, `6.5 %`, `2.1 d`."""
    match unit:
        case Unit.MONEY:
            return wording.price(value)
        case Unit.SHARE:
            return f"{_tenths(value, wording)} %"
        case Unit.MINUTES:
            return shown_length(value, wording)
        case _:
            return shown_number(value, wording.locale)


def shown_length(minutes: int, wording: Wording) -> str:
    """`45 min`, `5.5 h`, `2.1 d`."""
    if minutes < HOUR:
        return _tr("{count} min").format(count=minutes)
    per, words = (HOUR, _tr("{count} h")) if minutes < DAY else (DAY, _tr("{count} d"))
    return words.format(count=_tenths(divided(10 * minutes, per), wording))


def month_words(day: date) -> str:
    """`Mar 2026`."""
    from posapp.domain.base.typed_dates import month_name

    return f"{month_name(day.month)} {day.year}"


def period_words(first: date, last: date, wording: Wording) -> str:
    """`13 Feb – 12 Mar`, with the years where they are two or not this one; one day stands alone."""
    if first == last:
        return wording.day_in_list(first)
    year = wording.today().year if first.year == last.year else 0
    return f"{plain_day(first, wording, year)} – {plain_day(last, wording, year)}"


def plain_day(day: date, wording: Wording, year: int | None = None) -> str:
    """A day of an axis or a period: `9 Mar`, and the year where it is not this one (or not `year`)."""
    from posapp.domain.base.typed_dates import shown_day_of_axis

    return shown_day_of_axis(day, wording.today().year if year is None else year, locale=wording.locale)


@dataclass(frozen=True, slots=True)
class Change:
    """What a figure did since the days before: in words, from what, with which arrow, in which tone."""

    words: str
    since: str
    icon: str
    tone: str


def change_of(figure: KeyFigure, wording: Wording) -> Change:
    """`12.4 % more` from `€7,931.00`; nothing where there are no days before."""
    change, unit = figure.change, figure.measure.unit
    if change is None or figure.before is None:
        return Change("", "", "", "text2")
    since = _tr("from {figure}").format(figure=shown_figure(figure.before, unit, wording))
    if not change:
        return Change(_tr("as before"), since, "", "text2")
    tone = {True: "success", False: "danger", None: "text2"}[figure.is_good]
    icon = "arrow-up-right" if change > 0 else "arrow-down-right"
    return Change(_by(figure, change, wording), since, icon, tone)


def _by(figure: KeyFigure, change: int, wording: Wording) -> str:
    """By how much, and which way, in words."""
    unit, size = figure.measure.unit, abs(change)
    if unit is Unit.MINUTES:
        words = _tr("{size} slower") if change > 0 else _tr("{size} faster")
        return words.format(size=shown_length(size, wording))
    less = _tr("{size} fewer") if unit in (Unit.COUNT, Unit.SHARE) else _tr("{size} less")
    words = _tr("{size} more") if change > 0 else less
    if unit is Unit.SHARE:
        return words.format(size=_tr("{count} pt").format(count=_tenths(size, wording)))
    if unit is Unit.MONEY and figure.measure.sum is Sum.ADDED and figure.before:
        share = divided(1000 * size, abs(figure.before))
        return words.format(size=f"{_tenths(share, wording)} %")
    return words.format(size=shown_figure(size, unit, wording))


def _tenths(value: int, wording: Wording) -> str:
    return shown_number(Decimal(value) / 10, wording.locale)
