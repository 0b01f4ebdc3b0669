from collections.abc import Callable

import pytest
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QListView, QWidget

from posapp.ui.tables import RowListModel, TwoLineDelegate, TwoLineRow, dress_list
from posapp.ui.theme import Theme
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
