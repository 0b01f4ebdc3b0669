"""Who is chosen of a list: a few by name, or all but a few."""

from posapp.ui.customer_list.chosen import Chosen


def test_a_few_are_chosen_one_by_one():
    chosen = Chosen()
    chosen.toggle(3)
    chosen.add([5, 7])
    chosen.toggle(5)
    assert [key in chosen for key in (3, 5, 7)] == [True, False, True]
    assert chosen.count(1_000_000) == 2


def test_all_but_a_few_are_chosen_without_naming_them():
    chosen = Chosen({1})
    chosen.choose_all()
    chosen.toggle(3)
    chosen.toggle(4)
    chosen.add([4])
    assert [key in chosen for key in (1, 3, 4)] == [True, False, True]
    assert chosen.count(1_000_000) == 999_999
    chosen.clear()
    assert 1 not in chosen


def test_a_copy_stays_as_it_was():
    chosen = Chosen({1})
    before = chosen.copy()
    chosen.toggle(2)
    assert 2 not in before
