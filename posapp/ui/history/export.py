"""A timeline as a table for a spreadsheet."""

import csv
from collections.abc import Iterable
from io import TextIOWrapper
from pathlib import Path
from typing import TYPE_CHECKING

from posapp import files
from posapp.ui.history.entries import look_of, what_of
from posapp.ui.wording import Wording, translator

if TYPE_CHECKING:
    from posapp.services.figures.history import Event

_tr = translator("HistoryExport")

# What a spreadsheet takes for the beginning of a formula, also after spaces and in full width:
# https://owasp.org/www-community/attacks/CSV_Injection
FORMULA = ("=", "+", "-", "@", "＝", "＋", "－", "＠")


def safe_cell(text: str) -> str:
    """A cell that a spreadsheet takes as text whatever it begins with."""
    is_formula = text.lstrip().startswith(FORMULA) or text[:1] in ("\t", "\r", "\n")
    return f"'{text}" if is_formula else text


def write_csv(path: Path, events: "Iterable[Event]", wording: Wording, *, replace: bool = False) -> int:
    """Write a table with a head, whole or not at all, and say how many entries it has.

    UTF-8 with the mark that spreadsheets look for. Refuses like `files.written`.
    """
    rows = 0
    with files.written(path, replace=replace) as file:
        text = TextIOWrapper(file, encoding="utf-8-sig", newline="")
        writer = csv.writer(text)
        writer.writerow(_head())
        for event in events:
            writer.writerow([safe_cell(cell) for cell in _cells(event, wording)])
            rows += 1
        text.flush()
        text.detach()
    return rows


def _head() -> list[str]:
    first = [_tr("When"), _tr("Kind"), _tr("Number"), _tr("What")]
    return [*first, _tr("Status"), _tr("With"), _tr("Price"), _tr("By")]


def _cells(event: "Event", wording: Wording) -> list[str]:
    at, look = event.wall_start or wording.here(event.at), look_of(event)
    return [
        f"{at:%Y-%m-%d %H:%M}",
        _kind(event),
        event.number,
        what_of(event),
        look.word if look is not None else "",
        "" if event.kind == "message" else event.with_whom,
        wording.price(event.price_minor) if event.price_minor is not None else "",
        event.by,
    ]


def _kind(event: "Event") -> str:
    words = {
        "ticket": _tr("Ticket"),
        "estimate": _tr("Estimate"),
        "message": _tr("Message"),
        "booking": _tr("Booking"),
    }
    return words.get(event.kind, _tr("Change"))
