"""What the columns of the list of customers are called and say."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, NamedTuple

from posapp.domain.figures.customer_list import Segment, SortBy, Wanted
from posapp.ui.tables import Column
from posapp.ui.wording import Wording, shown_count, translator

if TYPE_CHECKING:
    from posapp.domain.figures.customer_list import CustomerLine

_tr = translator("Customers")
NOTHING = "–"
ORDER = tuple(SortBy)
"""The columns as they stand beside each other."""
AMOUNTS = frozenset({SortBy.SPENT, SortBy.BALANCE})
OF_MONEY = frozenset({Segment.OWES, Segment.TOP})
_FIGURES = AMOUNTS | {SortBy.VISITS}
_BEGINS = {
    Segment.OWES: (SortBy.BALANCE, True),
    Segment.NOT_SEEN: (SortBy.LAST_VISIT, True),
    Segment.TOP: (SortBy.SPENT, True),
}


class TicketsLook(NamedTuple):
    """How the open tickets of a customer look in one cell."""

    icon: str
    tone: str
    words: str


def segment_words(segment: Segment) -> str:
    """What a segment is called."""
    return {
        Segment.ALL: _tr("All"),
        Segment.OWES: _tr("Owe money"),
        Segment.OPEN_TICKET: _tr("Open ticket"),
        Segment.NOT_SEEN: _tr("Not seen for 6 months"),
        Segment.NEW: _tr("New"),
        Segment.TOP: _tr("Top"),
    }[segment]


def sort_words(sort: SortBy) -> str:
    """What a column is called."""
    return {
        SortBy.ID: _tr("ID"),
        SortBy.NAME: _tr("Name"),
        SortBy.PHONE: _tr("Phone"),
        SortBy.VISITS: _tr("Visits"),
        SortBy.TICKETS: _tr("Tickets"),
        SortBy.LAST_VISIT: _tr("Last visit"),
        SortBy.SPENT: _tr("Spent"),
        SortBy.BALANCE: _tr("Balance"),
    }[sort]


def begin_of(segment: Segment, text: str = "") -> Wanted:
    """A segment in the order that it is about, the newest or the most first."""
    return Wanted(segment, *_BEGINS.get(segment, (SortBy.ID, True)), text)


def begins_descending(sort: SortBy) -> bool:
    """Whether the first press on a column puts the most first: only words begin with A."""
    return sort not in (SortBy.NAME, SortBy.PHONE)


def tickets_look(line: "CustomerLine") -> TicketsLook | None:
    """The most urgent of what is here: late, ready, waiting, else open; None where nothing is."""
    if line.late:
        return TicketsLook("triangle-alert", "danger", _tr("{n} late").format(n=line.late))
    if line.ready:
        return TicketsLook("disc-check", "success", _tr("{n} ready").format(n=line.ready))
    if line.waiting:
        return TicketsLook("ring-pause", "violet", _tr("{n} waiting").format(n=line.waiting))
    if line.open_tickets:
        return TicketsLook("ring-three-quarters", "primary", _tr("{n} open").format(n=line.open_tickets))
    return None


def balance_tone(line: "CustomerLine") -> str:
    """The tone of what somebody owes or has to their credit."""
    balance = line.balance_minor or 0
    return "danger" if balance > 0 else "success" if balance < 0 else "text2"


class CustomerWords:
    """Says the values of a line as this shop writes them; `wording` is replaced when its habits change."""

    def __init__(self, wording: Wording) -> None:
        self.wording = wording

    def columns(self) -> Sequence[Column]:
        """Every column, in its order."""
        return tuple(Column(sort_words(one), self._says(one), is_figure=one in _FIGURES) for one in ORDER)

    def _says(self, sort: SortBy) -> "Callable[[CustomerLine], str]":
        return {
            SortBy.ID: lambda line: str(line.pl_id),
            SortBy.NAME: lambda line: line.name,
            SortBy.PHONE: self._phone,
            SortBy.VISITS: lambda line: f"{line.visits:,}",
            SortBy.TICKETS: _tickets,
            SortBy.LAST_VISIT: self._last_visit,
            SortBy.SPENT: self._spent,
            SortBy.BALANCE: self._balance,
        }[sort]

    def whole(self, line: "CustomerLine", *, is_chosen: bool) -> str:
        """All of a line for a listener; what there is nothing of is left out."""
        visits = shown_count(line.visits, _tr("visit"), _tr("visits"))
        spent, balance = self._spent(line), self._balance(line)
        parts = (
            f"{line.pl_id} {line.name}".strip(),
            _tr("chosen") if is_chosen else "",
            self._phone(line),
            visits,
            _tickets(line),
            _tr("last {day}").format(day=self._last_visit(line)) if line.last_visit else "",
            _tr("spent {price}").format(price=spent) if spent else "",
            balance if line.balance_minor else "",
        )
        return ", ".join(filter(None, parts))

    def _phone(self, line: "CustomerLine") -> str:
        return self.wording.phone(line.phone) if line.phone else ""

    def _last_visit(self, line: "CustomerLine") -> str:
        return self.wording.day_in_list(line.last_visit) if line.last_visit else ""

    def _spent(self, line: "CustomerLine") -> str:
        return self.wording.price(line.spent_minor) if line.spent_minor is not None else ""

    def _balance(self, line: "CustomerLine") -> str:
        balance = line.balance_minor
        if not balance:
            return NOTHING if balance is not None else ""
        price = self.wording.price(abs(balance))
        return (_tr("{price} owed") if balance > 0 else _tr("{price} credit")).format(price=price)


def _tickets(line: "CustomerLine") -> str:
    look = tickets_look(line)
    return look.words if look is not None else ""
