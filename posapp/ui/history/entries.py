"""A timeline as values: months, entries whose texts were made on the lane that read them, and a table."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from posapp import files
from posapp.domain.base.clock import clock_mark, marked
from posapp.domain.base.typed_dates import month_name
from posapp.domain.repairs.estimates import EstimateStatus
from posapp.domain.selling.orders import OrderState
from posapp.ui.history.money import icon_of_money, order_look, order_words, payment_words, signed
from posapp.ui.history.past import kind_word, past_look, past_words
from posapp.ui.history.words import change_words, estimate_words, icon_of, message_words
from posapp.ui.tickets.looks import estimate_look, ticket_look
from posapp.ui.widgets.status import StatusLook, booking_look
from posapp.ui.wording import Wording, translator

if TYPE_CHECKING:
    from posapp.services.figures.history import Event


_tr = translator("HistoryExport")


@dataclass(frozen=True, slots=True)
class Month:
    """A row that begins a month."""

    first: date

    @property
    def words(self) -> str:
        """`March 2026`."""
        return f"{month_name(self.first.month)} {self.first.year}"


@dataclass(frozen=True, slots=True)
class Entry:
    """A row of the timeline with its texts."""

    event: "Event"
    day: str
    time: str
    title: str
    second: str
    price: str
    icon: str
    tone: str
    pill: StatusLook | None
    owed: str = ""
    is_income: bool = False

    @property
    def words(self) -> str:
        """The row in one line, for screen readers."""
        state = self.pill.word if self.pill else ""
        parts = self.day, self.time, self.title, state, self.second, self.price
        owed = _tr("owed after: {price}").format(price=self.owed) if self.price and self.owed else ""
        return ", ".join(filter(None, (*parts, owed)))

    @property
    def identity(self) -> tuple[str, int]:
        """What stays the same when the entry itself has changed."""
        return (self.event.kind.value, self.event.key)


Row = Month | Entry


def entry_of(event: "Event", wording: Wording) -> Entry:
    """How an event looks."""
    made = _entry_of_money(event, wording) if event.kind in ("order", "payment") else _entry(event, wording)
    owed = event.owed_after_minor
    return made if owed is None else replace(made, owed=wording.price(owed))


def _entry_of_money(event: "Event", wording: Wording) -> Entry:
    at, minor, is_payment = wording.here(event.at), event.price_minor or 0, event.kind == "payment"
    icon, tone = icon_of_money(event)
    return Entry(
        event,
        wording.day_of_year(at.date()),
        wording.time(at.time()),
        event.number,
        what_of(event, wording),
        signed(minor, wording) if is_payment else wording.price(minor),
        icon,
        tone,
        look_of(event),
        is_income=is_payment and minor > 0,
    )


def _entry(event: "Event", wording: Wording) -> Entry:
    at = event.wall_start or wording.here(event.at)
    day, time = wording.day_of_year(at.date()), wording.time_at(event.at, event.wall_start)
    price = "" if event.price_minor is None else wording.price(event.price_minor)
    what, icon, pill = what_of(event, wording), "", look_of(event)
    if event.kind == "past":
        return Entry(event, day, time, event.title, what, price, "history", "neutral", pill)
    if event.kind == "estimate":
        icon = "file-text"
    elif event.kind == "message":
        icon, price = "message-square", ""
    elif event.state is not None:
        what, icon = ", ".join(filter(None, (what, event.with_whom))), "wrench"
    elif event.number:
        what, icon = f"{what}, {event.with_whom}", "calendar"
    else:
        return Entry(event, day, time, what, event.by, "", icon_of(event.title), "info", None)
    return Entry(event, day, time, event.number, what, price, icon, "neutral", pill)


def what_of(event: "Event", wording: Wording) -> str:
    """What it was about: devices, service, goods, a tender, the words of an estimate, message or change."""
    if event.kind == "order":
        return order_words(event)
    if event.kind == "payment":
        return payment_words(event)
    if event.kind == "past":
        return past_words(event)
    if event.kind == "estimate":
        return estimate_words(event)
    if event.kind == "message":
        return message_words(event)
    if event.state is not None:
        return devices_of(event.title, event.devices)
    return event.title if event.number else change_words(event, wording)


def look_of(event: "Event") -> StatusLook | None:
    """The state that it is in, if it has one."""
    if event.kind == "estimate":
        return estimate_look(EstimateStatus(event.word))
    if event.kind == "order":
        return order_look(OrderState(event.word))
    if event.kind == "past":
        return past_look()
    if event.state is not None:
        return ticket_look(event.state)
    return booking_look(event.status) if event.status else None


def devices_of(first: str, count: int) -> str:
    """The devices of a ticket in a few words: `Samsung Galaxy S22 +1`."""
    return f"{first} +{count - 1}" if count > 1 else first


def month_of(event: "Event", wording: Wording) -> date:
    """The first day of the month that an event belongs to, by the shop's clock."""
    at = event.wall_start or wording.here(event.at)
    return at.date().replace(day=1)


def with_months(events: "Sequence[Event]", wording: Wording, before: "Event | None" = None) -> list[Row]:
    """The rows of some events that follow `before`: a month row stands above the first entry of a month."""
    month = month_of(before, wording) if before is not None else None
    rows: list[Row] = []
    for event in events:
        own = month_of(event, wording)
        if own != month:
            rows.append(Month(own))
            month = own
        rows.append(entry_of(event, wording))
    return rows


def place_of(rows: Sequence[Row], kept: Entry | None) -> int | None:
    """Where an entry stands now; if it is gone, the one that took its place; the newest for None."""
    entries = [(number, row) for number, row in enumerate(rows) if isinstance(row, Entry)]
    if not entries:
        return None
    if kept is None:
        return entries[0][0]
    for number, row in entries:
        if row.identity == kept.identity:
            return number
    later = (number for number, row in entries if row.event.mark <= kept.event.mark)
    return next(later, entries[-1][0])


def write_csv(path: Path, events: "Iterable[Event]", wording: Wording, *, replace: bool = False) -> int:
    """Write a timeline as a table for a spreadsheet and say how many entries it has; `files.write_table`."""
    return files.write_table(path, _head(), (_cells(event, wording) for event in events), replace=replace)


def _head() -> list[str]:
    first = [_tr("When"), _tr("Kind"), _tr("Number"), _tr("What")]
    return [*first, _tr("Status"), _tr("With"), _tr("Amount"), _tr("Owed after"), _tr("By")]


def _cells(event: "Event", wording: Wording) -> list[str]:
    at, look = event.wall_start or wording.here(event.at), look_of(event)
    return [
        marked(f"{at:%Y-%m-%d %H:%M}", clock_mark(event.at, at.replace(tzinfo=None), wording.zone)),
        _kind(event),
        event.title if event.kind == "past" else event.number,
        what_of(event, wording),
        look.word if look is not None else "",
        "" if event.kind in ("message", "order", "payment", "past") else event.with_whom,
        wording.price(event.price_minor) if event.price_minor is not None else "",
        wording.price(event.owed_after_minor) if event.owed_after_minor is not None else "",
        event.by,
    ]


def _kind(event: "Event") -> str:
    if event.kind == "past":
        return kind_word(event.with_whom)
    words = {
        "ticket": _tr("Ticket"),
        "estimate": _tr("Estimate"),
        "message": _tr("Message"),
        "booking": _tr("Booking"),
        "order": _tr("Refund") if event.order else _tr("Sale"),
        "payment": _tr("Payment"),
    }
    return words.get(event.kind, _tr("Change"))
