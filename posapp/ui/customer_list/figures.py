"""The strip above the list: what all customers come to; each figure leads to who is behind it."""

from typing import TYPE_CHECKING

from posapp.domain.figures.customer_list import Segment, SortBy, Wanted
from posapp.ui.customer_list.words import NOTHING, begin_of
from posapp.ui.widgets.cards import Fact
from posapp.ui.wording import Wording, shown_count, translator

if TYPE_CHECKING:
    from posapp.domain.figures.customer_list import CustomerFigures

_tr = translator("Customers")


def facts_of(figures: "CustomerFigures", wording: Wording) -> list[Fact]:
    """The figures in words; amounts only where they are known."""
    of = figures.of
    came = NOTHING if figures.came_back is None else _tr("{n} %").format(n=round(figures.came_back / 10))
    here = shown_count(of[Segment.OPEN_TICKET], _tr("with an open ticket"), _tr("with open tickets"))
    facts = [
        Fact("all", _tr("Customers"), f"{figures.customers:,}", here),
        Fact("new", _tr("New"), f"{figures.new:,}", _tr("in 28 days")),
        Fact("came_back", _tr("Came back"), came, _tr("within a year")),
    ]
    if figures.owed_minor is None or figures.credit_minor is None:
        return facts
    each = figures.spent_each_minor
    bought = _tr("each of {n} who bought").format(n=f"{of[Segment.TOP]:,}")
    owing = shown_count(of[Segment.OWES], _tr("customer"), _tr("customers"))
    owed = "danger" if figures.owed_minor else "text"
    return [
        *facts,
        Fact("spent", _tr("Spent per customer"), NOTHING if each is None else wording.price(each), bought),
        Fact("owed", _tr("Owed to us"), wording.price(figures.owed_minor), owing, owed),
        Fact("credit", _tr("Credit held"), wording.price(figures.credit_minor), _tr("paid ahead")),
    ]


def behind(key: str) -> Wanted:
    """Whom a figure is made of."""
    return {
        "all": begin_of(Segment.ALL),
        "new": begin_of(Segment.NEW),
        "came_back": Wanted(sort=SortBy.VISITS),
        "spent": begin_of(Segment.TOP),
        "owed": begin_of(Segment.OWES),
        "credit": Wanted(sort=SortBy.BALANCE, is_descending=False),
    }[key]
