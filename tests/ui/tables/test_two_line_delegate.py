from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QListView, QWidget

from posapp.ui.tables import RowListModel, TwoLineDelegate, TwoLineRow, dress_list
from posapp.ui.theme import Theme
from posapp.ui.widgets.paint import draw_text
from posapp.ui.widgets.status import booking_look

ROWS = (
    TwoLineRow("Marta Kowalczyk", "+353 20 914 0873", "PL24", right="owes", right_tone="danger"),
    TwoLineRow("Chidi Okafor", "+44 7700 900142", "PL57", second_match=(4, 4), right_second="14:21"),
    TwoLineRow("Aisling Byrne", "Pixel 7a", lead="14:30", pill=booking_look("arrived")),
    TwoLineRow("Only a name", icon="history"),
    TwoLineRow("A name that is far too long for the room that there is in this list " * 3, "x" * 300, "PL1"),
)


def colours(picture: QImage) -> set[str]:
    return {
        picture.pixelColor(x, y).name()
        for x in range(0, picture.width(), 1)
        for y in range(0, picture.height(), 3)
    }


@pytest.fixture
def view(show: Callable[[QWidget], QWidget], look: Theme) -> QListView:
    made = QListView()
    model = RowListModel(lambda row: row.name, made)
    model.show_rows(ROWS)
    made.setModel(model)
    made.setItemDelegate(TwoLineDelegate(made))
    dress_list(made)
    made.resize(340, 320)
    show(made)
    return made


def test_rows_are_painted_in_the_tokens_of_now(view: QListView, look: Theme) -> None:
    view.setCurrentIndex(view.model().index(0, 0))
    light = look.tokens
    assert {light.selection.name(), light.primary.name()} <= colours(view.grab().toImage())
    look.change(choice="dark")
    dark = look.tokens
    seen = colours(view.grab().toImage())
    assert {dark.selection.name(), dark.primary.name()} <= seen
    assert light.selection.name() not in seen


def test_all_rows_have_the_height_of_the_design_at_every_scale(view: QListView, look: Theme) -> None:
    assert {view.sizeHintForRow(row) for row in range(len(ROWS))} == {60}
    look.change(scale=150)
    assert {view.sizeHintForRow(row) for row in range(len(ROWS))} == {90}


def test_in_a_right_to_left_window_rows_begin_at_the_right(view: QListView, look: Theme) -> None:
    plain = view.grab().toImage()
    view.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    turned = view.grab().toImage()
    badge = look.tokens.neutral_soft.name()
    width, middle = plain.width(), 30
    left = [x for x in range(width) if plain.pixelColor(x, middle - 8).name() == badge]
    right = [x for x in range(width) if turned.pixelColor(x, middle - 8).name() == badge]
    assert left and right
    assert max(left) < width / 2 < min(right)


@pytest.mark.parametrize("direction", [Qt.LayoutDirection.LeftToRight, Qt.LayoutDirection.RightToLeft])
def test_a_phone_number_reads_the_same_in_every_direction(look: Theme, direction: Qt.LayoutDirection) -> None:
    def painted(text: str, direction: Qt.LayoutDirection) -> QImage:
        picture = QImage(240, 40, QImage.Format.Format_RGB32)
        picture.fill(look.tokens.surface)
        painter = QPainter(picture)
        painter.setLayoutDirection(direction)
        draw_text(painter, 10, 20, text, look.font("body"), look.tokens.text)
        assert painter.layoutDirection() == direction
        painter.end()
        return picture

    usual = painted("(020) 914 0873", Qt.LayoutDirection.LeftToRight)
    assert painted("(020) 914 0873", direction) == usual


def test_matches_in_arabic_names_stand_in_the_order_of_the_script(view: QListView, look: Theme) -> None:
    model = view.model()
    assert isinstance(model, RowListModel)

    def blue(name: str, match: tuple[int, int]) -> list[int]:
        model.show_rows([TwoLineRow(name, name_match=match)])
        picture = view.grab().toImage()
        ink = look.tokens.primary.name()
        return [
            x
            for x in range(picture.width())
            if any(picture.pixelColor(x, y).name() == ink for y in range(60))
        ]

    start, end = blue("مريم عبدالرحمن", (0, 4)), blue("مريم عبدالرحمن", (5, 9))
    assert min(start) > max(end)


class _Narrow(TwoLineDelegate):
    lead_room = 54

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.begins: list[int] = []

    def _paint_text(self, painter: QPainter, x: int, *more: Any) -> None:
        self.begins.append(x)
        super()._paint_text(painter, x, *more)


def test_a_long_number_before_the_name_pushes_the_name_on(view: QListView, look: Theme) -> None:
    delegate = _Narrow(view)
    view.setItemDelegate(delegate)
    model = view.model()
    assert isinstance(model, RowListModel)
    begins = {}
    for number in ("T9", "T282", "T9999997"):
        model.show_rows([TwoLineRow("Priya Raghunathan", lead=number)])
        delegate.begins.clear()
        view.grab()
        begins[number] = delegate.begins[0]
    assert begins["T9"] == begins["T282"]  # names stand in a line
    wide = look.metrics("field", 600).horizontalAdvance("T9999997")
    assert begins["T9999997"] >= begins["T9"] - 54 + wide + 6
