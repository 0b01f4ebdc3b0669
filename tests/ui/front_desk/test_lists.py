"""How a match is shown: marks stand at the end."""

from posapp.services.counter.search import Hit
from posapp.ui.front_desk.lists import hit_row, spoken_hit
from posapp.ui.wording import Wording


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
