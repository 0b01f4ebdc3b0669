"""What DATEV asks of a shop, as settings of the shop keep it."""

from typing import TYPE_CHECKING

from posapp.domain.base.actions import Action
from posapp.domain.base.numbers import kept_whole
from posapp.domain.figures.charts import BookSettings, Chart

if TYPE_CHECKING:
    from posapp.storage.unit_of_work import UnitOfWork

_NUMBERS = {
    "consultant": ("books_consultant", 1001, 9_999_999),
    "client": ("books_client", 1, 99_999),
    "length": ("books_account_length", 4, 8),
    "first_month": ("books_first_month", 1, 12),
}
_CHART = "books_chart"


def settings_in(uow: "UnitOfWork") -> BookSettings:
    """What is kept; the usual where nothing is."""
    kept, usual = uow.businesses.settings(), BookSettings()
    whole = {
        field: kept_whole(kept.get(name), getattr(usual, field), least=least, most=most)
        for field, (name, least, most) in _NUMBERS.items()
    }
    chart = Chart.SKR04 if kept.get(_CHART) == Chart.SKR04 else usual.chart
    return BookSettings(chart=chart, **whole)


def keep_settings(uow: "UnitOfWork", settings: BookSettings) -> bool:
    """Keep what differs, and note it; whether something did."""
    old = settings_in(uow)
    names = {field: name for field, (name, *_) in _NUMBERS.items()} | {"chart": _CHART}
    changed = {
        field: name for field, name in names.items() if getattr(old, field) != getattr(settings, field)
    }
    for field, name in changed.items():
        uow.businesses.set_setting(name, str(getattr(settings, field)))
    if changed:
        uow.journal.add(
            Action.SETTINGS_BOOKS,
            "business",
            uow.actor.business,
            before={name: getattr(old, field) for field, name in changed.items()},
            after={name: getattr(settings, field) for field, name in changed.items()},
        )
    return bool(changed)
