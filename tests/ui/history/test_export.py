"""A timeline as a table that a spreadsheet may open."""

import csv
from pathlib import Path

import pytest

from posapp.domain.base.errors import DomainError
from posapp.domain.customers.customers import Customer
from posapp.services.desks import Shop
from posapp.ui.history.entries import write_csv
from posapp.ui.wording import Wording
from tests.factories import TILL


def test_a_table_has_a_row_for_each_entry(sqlite_shop: Shop, marta: Customer, tmp_path: Path) -> None:
    events = sqlite_shop.history.page(sqlite_shop.actor(TILL), marta.id).events
    events = (events[0]._replace(title='=HYPERLINK("x")'), *events[1:])
    assert write_csv(tmp_path / "out.csv", events, Wording()) == 4
    with (tmp_path / "out.csv").open(encoding="utf-8-sig", newline="") as file:
        head, first, *_, last = csv.reader(file)
    assert head == ["When", "Kind", "Number", "What", "Status", "With", "Amount", "Owed after", "By"]
    assert first[:5] == ["2026-11-18 10:00", "Booking", "B3", '\'=HYPERLINK("x")', "Booked"]
    assert last[:4] == ["2026-11-18 08:00", "Change", "", "Customer created"]


def test_a_table_that_cannot_be_finished_leaves_the_old_one(
    sqlite_shop: Shop, marta: Customer, tmp_path: Path
) -> None:
    file = tmp_path / "out.csv"
    file.write_bytes(b"old")
    events = sqlite_shop.history.page(sqlite_shop.actor(TILL), marta.id).events
    with pytest.raises(DomainError, match="already a file"):
        write_csv(file, events, Wording())
    with pytest.raises(AttributeError):
        write_csv(file, [*events, None], Wording(), replace=True)  # type: ignore[list-item]
    assert file.read_bytes() == b"old"
    assert [path.name for path in tmp_path.glob(".*")] == []
    write_csv(file, events, Wording(), replace=True)
    assert file.read_bytes().startswith(b"\xef\xbb\xbfWhen")
