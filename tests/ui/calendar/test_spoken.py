"""The calendar as a screen reader finds it: a table with a row for each booking."""

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible

from posapp.domain.bookings.bookings import BookingStatus
from tests.ui.calendar.conftest import ALT, Counter


def _find(part: Any) -> Any:
    if part.role() == QAccessible.Role.Table and part.text(QAccessible.Text.Name) == "Bookings":
        return part
    return next((found for place in range(part.childCount()) if (found := _find(part.child(place)))), None)


def _rows(counter: Counter, role: QAccessible.Role = QAccessible.Role.Cell) -> list[list[str]]:
    """What the cells are called, row by row."""
    table = _find(QAccessible.queryAccessibleInterface(counter.page))
    cells = [table.child(place) for place in range(table.childCount())]
    words = [one.text(QAccessible.Text.Name) for one in cells if one.role() == role]
    width = counter.page.view.table.rows.columnCount()
    return [words[start : start + width] for start in range(0, len(words), width)]


def test_bookings_are_a_table_of_cells_with_time_name_service_and_state(counter: Counter) -> None:
    first = counter.booked(9, who="Tomasz", name="Chidi Okafor", minutes=45)
    second = counter.booked(11, 30, who="Aino", name="Marta Kowalczyk", minutes=30)
    counter.shop.bookings.set_status(counter.actor, second.number, BookingStatus.CONFIRMED)
    counter.until(lambda: len(_rows(counter)) == 2 and _rows(counter)[1][3] == "Confirmed")
    assert _rows(counter) == [
        ["09:00", "Chidi Okafor", "Battery check", "Booked", "45 min", "Tomasz", first.number],
        ["11:30", "Marta Kowalczyk", "Battery check", "Confirmed", "30 min", "Aino", second.number],
    ]
    assert _rows(counter, QAccessible.Role.ColumnHeader)[0][:4] == ["Time", "Name", "Service", "State"]


def test_a_week_says_the_day_and_the_row_follows_the_slot_both_ways(counter: Counter) -> None:
    counter.booked(9, who="Tomasz")
    later = counter.booked(11, who="Tomasz")
    counter.press(Qt.Key.Key_W, ALT)
    counter.quiet()
    counter.until(lambda: len(_rows(counter)) == 2)
    wording = counter.page.presenter.wording
    assert _rows(counter)[1][:2] == [wording.day(later.wall_start.date()), "11:00"]
    view = counter.page.view
    assert view.select(later.number)
    assert view.table.currentIndex().row() == 1
    view.table.setCurrentIndex(view.table.rows.index(0, 0))  # as a screen reader does
    selected = view.booking()
    assert selected is not None and selected.wall_start.hour == 9
