"""Columns of the list of customers share the room; where there is little the least important go."""

import pytest

from posapp.domain.figures.customer_list import SortBy
from posapp.ui.customer_list.widths import widths_in
from posapp.ui.customer_list.words import AMOUNTS
from posapp.ui.theme import Theme


@pytest.mark.parametrize("room", [620, 928, 1252, 1800])
def test_columns_fill_the_room(look: Theme, room: int):
    shown = widths_in(room, 96, ())
    assert sum(shown.values()) == room
    assert {SortBy.ID, SortBy.NAME, SortBy.BALANCE} <= shown.keys()
    assert all(width > 0 for width in shown.values())


def test_a_wide_list_has_all_of_them_and_a_narrow_one_lets_visits_go_first(look: Theme):
    assert set(widths_in(1252, 96, ())) == set(SortBy)
    assert set(SortBy) - set(widths_in(928, 96, ())) == {SortBy.VISITS}


def test_who_knows_no_amounts_has_no_columns_of_them(look: Theme):
    assert not AMOUNTS & widths_in(1252, 96, AMOUNTS).keys()
