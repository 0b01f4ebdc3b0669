"""Rows and columns stand where the design wants them, in the order in which they are read."""

from collections.abc import Callable

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from posapp.ui.fields.text import TextField
from posapp.ui.layout import STRETCH, columns, emptied, grid, held, put, rows, sides, space, top, wide
from posapp.ui.theme import Theme
from tests.ui.fit import crowded


def test_parts_stand_below_and_beside_each_other_with_the_lengths_of_the_till(
    show: Callable[[QWidget], QWidget], look: Theme
) -> None:
    look.change(scale=150)
    host, first, second, third = QWidget(), QLineEdit(), QLineEdit(), QLineEdit()
    rows(first, columns(wide(second), space(4), None, third, gap=0), STRETCH, gap=8, pad=(16, 12), host=host)
    host.resize(600, 400)
    show(host)
    assert first.x() == second.x() == 24
    assert first.y() == 18
    assert second.y() == first.geometry().bottom() + 1 + 12
    assert third.x() == second.geometry().right() + 1 + 6
    assert third.geometry().right() == 600 - 24 - 1


def test_tab_goes_through_the_parts_as_they_are_named(
    show: Callable[[QWidget], QWidget], qtbot: QtBot
) -> None:
    host = QWidget()
    third, first, second = QLineEdit(), QLineEdit(), QLineEdit()
    rows(columns(first, top(second)), held(rows(third)), pad=(1, 2, 3, 4), host=host)
    show(host)
    first.setFocus()
    qtbot.waitUntil(first.hasFocus)
    seen = []
    for _press in range(2):
        host.focusNextChild()
        seen.append(host.focusWidget())
    assert seen == [second, third]


def test_rows_can_be_emptied_and_filled_anew(show: Callable[[QWidget], QWidget], qtbot: QtBot) -> None:
    host, old, new = QWidget(), QLineEdit(), QLineEdit()
    box = rows(old, host=host)
    show(host)
    emptied(box)
    put(box, new)
    qtbot.waitUntil(new.isVisible)
    assert (box.count(), box.indexOf(new)) == (1, 0)


def test_sides_stand_below_each_other_where_they_have_no_room(
    show: Callable[[QWidget], QWidget], qtbot: QtBot
) -> None:
    host, left, right = QWidget(), QLineEdit(), QLineEdit()
    left.setFixedWidth(200)
    right.setMinimumWidth(150)
    rows(sides(left, wide(right), gap=10), STRETCH, host=host)
    host.resize(400, 200)
    show(host)
    assert (left.width(), right.x(), right.y()) == (200, 210, left.y())
    assert host.minimumSizeHint().width() == 200
    host.resize(300, 200)
    qtbot.waitUntil(lambda: right.x() == 0)
    assert (left.width(), right.width()) == (300, 300)
    assert right.y() > left.geometry().bottom()
    host.resize(400, 200)
    qtbot.waitUntil(lambda: right.x() == 210)
    assert left.width() == 200


def test_what_lies_over_another_or_is_squeezed_is_found(show: Callable[[QWidget], QWidget]) -> None:
    host, left, right = QWidget(), TextField("a", "A"), TextField("b", "B")
    left.setMinimumWidth(200)
    right.setMinimumWidth(200)
    columns(left, right, host=host)
    host.setMinimumSize(10, 10)
    host.resize(250, 100)
    show(host)
    assert any("one over the other" in said for said in crowded(host))
    host.resize(500, 30)
    assert any("squeezed" in said for said in crowded(host))
    host.resize(500, 100)
    assert crowded(host) == []


def test_a_grid_has_common_columns_and_a_line_of_one_part_is_as_wide_as_all(
    show: Callable[[QWidget], QWidget], look: Theme
) -> None:
    host, first, second, whole, third = QWidget(), QLineEdit(), QLineEdit(), QLineEdit(), QLineEdit()
    lines = ((first, second), (whole,), (None, columns(third)))
    rows(grid(*lines, gap=(16, 8), shares=(1, 3)), STRETCH, host=host)
    host.resize(416, 300)
    show(host)
    assert (first.width(), second.width(), whole.width()) == (100, 300, 416)
    assert (third.x(), third.width()) == (second.x(), 300)
    assert whole.y() == first.geometry().bottom() + 1 + 8


def test_what_is_said_below_a_field_does_not_move_its_neighbours(
    show: Callable[[QWidget], QWidget], qtbot: QtBot
) -> None:
    fields = [TextField(name, name.title()) for name in ("street", "town", "street_2", "town_2")]
    host = QWidget()
    rows(columns(*fields[:2], gap=8), grid(fields[2:], gap=(8, 8)), STRETCH, gap=8, host=host)
    show(host)
    places = [field.editor.mapTo(host, QPoint()).y() for field in fields[:3:2]]
    for wrong in fields[1::2]:
        wrong.show_problem("Enter the town.")
    qtbot.waitUntil(lambda: fields[1].height() > fields[0].sizeHint().height())
    seen = [field.editor.mapTo(host, QPoint()).y() for field in fields]
    assert seen[0] == seen[1] == places[0]
    assert seen[2] == seen[3]
