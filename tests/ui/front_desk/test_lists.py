"""How a match is shown: marks stand at the end; and how a row of a list is pressed."""

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from posapp.services.counter.search import Hit
from posapp.ui.front_desk.lists import hit_row, spoken_hit
from posapp.ui.wording import Wording
from tests.ui.front_desk.conftest import Clerk


def _hit(**more: object) -> Hit:
    values: dict[str, object] = {
        "why": "name",
        "customer_id": 1,
        "pl_number": 24,
        "name": "Łukasz Müller",
        "phone_key": "+353879140873",
    }
    return Hit(**{**values, **more})  # type: ignore[arg-type]


def test_marks_stand_at_the_end() -> None:
    assert hit_row(_hit(flagged=1), "luk", Wording()).right == "note"
    assert hit_row(_hit(former=1), "087", Wording()).right == "former"
    booking = hit_row(_hit(why="booking", record=319), "b319", Wording())
    assert booking.pill is not None and booking.pill.word == "B319"


def test_a_customer_without_a_name_is_called_by_the_number() -> None:
    row = hit_row(_hit(name=""), "087", Wording())
    assert row.name == "087 914 0873"


def test_a_row_is_spoken_in_one_line() -> None:
    assert spoken_hit(_hit(flagged=1), Wording()) == "PL24, Łukasz Müller, 087 914 0873, has a note"


def test_an_old_id_says_why_its_customer_is_listed() -> None:
    hit = _hit(why="old_id", found="000:customers:CUST:001")
    assert hit_row(hit, "cust:001", Wording()).second == "Old ID CUST:001 (000:customers)"
    assert spoken_hit(hit, Wording()).endswith("Old ID CUST:001 (000:customers)")
    record = _hit(why="old_record", found="004:tickets:T-7")
    assert hit_row(record, "t-7", Wording()).second == "Old record T-7 (004:tickets)"
    further = _hit(why="email", email="a@b.ie", found="second@b.ie")
    assert hit_row(further, "sec", Wording()).second == "second@b.ie"


def test_the_button_of_a_mirrored_row_is_pressed_where_it_is_seen(clerk: Clerk) -> None:
    marta = clerk.customer("Marta Kowalczyk", "087 914 0873")
    clerk.booking(marta, 4)
    clerk.page.counter.open(marta.id)
    clerk.settle()
    coming, heard = clerk.page.card.coming, list[str]()
    clerk.qtbot.waitUntil(lambda: coming.rows.rowCount() == 1)
    coming.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    coming.acted.connect(lambda _row: heard.append("button"))
    coming.opened.connect(lambda _row: heard.append("row"))
    middle = coming.visualRect(coming.rows.index(0, 0)).center().y()
    QTest.mouseClick(coming.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(40, middle))
    assert heard == ["button"]
