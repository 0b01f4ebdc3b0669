"""The merge screen by keys: pairs, sides, swap, merge and undo, two people, and what stands in the way."""

from collections.abc import Callable

import pytest
from PySide6.QtWidgets import QApplication

from posapp.domain.base.actor import Actor
from posapp.domain.old_data.merging import MergeField, Side
from posapp.domain.people.users import Role
from posapp.services.customers.customers import EditCustomer
from posapp.services.desks import Shop
from posapp.ui.merging.fields_panel import Option
from tests.factories import a_customer, a_phone
from tests.people import a_boss, a_user
from tests.ui.a11y import assert_named
from tests.ui.merging.conftest import Manager
from tests.ui.tabbing import stops_of

OpenWindow = Callable[..., Manager]


def test_the_surest_pair_is_in_front_with_fields_and_sums(manager: Manager) -> None:
    assert manager.pairs() == ["PL1 PL2", "PL3 PL4"]
    words = manager.words()
    for said in ("Before and after are the same", "What moves to PL1", "PL2 on old papers opens PL1."):
        assert said in words
    assert manager.page.fields.rows[0].side is Side.SURVIVOR
    assert manager.page.side.merge.text() == "Merge into PL1"
    assert_named(manager.window)
    manager.press("Down")
    assert manager.page.side.merge.text() == "Merge into PL3"


def test_a_side_is_chosen_by_arrows_and_merged_and_taken_back(manager: Manager) -> None:
    manager.press("Tab", "Tab")
    option = manager.focus
    assert isinstance(option, Option) and option.accessibleName() == "Name, PL1: Marta Kowalczyk, stays"
    manager.press("Right")
    assert manager.focus.accessibleName() == "Name, PL2: Marta Kowalczik, stays"
    manager.press("Left", "Right", "ctrl+Return")
    assert manager.toasts == ["PL2 is merged into PL1"]
    one = manager.shop.customers.resolve(manager.actor, "PL2").customer
    assert (str(one.pl_id), one.name, [each.name for each in one.contacts]) == (
        "PL1",
        "Marta Kowalczik",
        ["Marta Kowalczyk"],
    )
    assert manager.pairs() == ["PL3 PL4"]
    assert manager.page.side.merge.text() == "Merge into PL3"
    manager.press("ctrl+Z")
    two = manager.shop.customers.resolve(manager.actor, "PL2").customer
    assert (str(two.pl_id), two.name) == ("PL2", "Marta Kowalczik")
    assert manager.shop.customers.resolve(manager.actor, "PL1").customer.name == "Marta Kowalczyk"
    manager.press("ctrl+Y")
    assert str(manager.shop.customers.resolve(manager.actor, "PL2").customer.pl_id) == "PL1"


def test_swap_lets_the_other_one_stay(manager: Manager) -> None:
    manager.press("alt+X")
    assert manager.page.side.merge.text() == "Merge into PL2"
    manager.press("ctrl+Return")
    assert str(manager.shop.customers.resolve(manager.actor, "PL1").customer.pl_id) == "PL2"


def test_two_people_are_suggested_no_more_until_they_are_taken_back(manager: Manager) -> None:
    manager.press("alt+N")
    assert manager.pairs() == ["PL3 PL4"]
    manager.press("ctrl+Z")
    assert manager.pairs() == ["PL1 PL2", "PL3 PL4"]
    manager.press("ctrl+Y")
    manager.page.pairs.turn.click()
    manager.settle()
    assert manager.pairs() == ["PL1 PL2"]
    assert manager.page.side.apart.text() == "May be one after all"
    manager.press("alt+N")
    assert manager.pairs() == ["PL1 PL2", "PL3 PL4"]
    assert manager.toasts[-1] == "Suggested again"


def test_a_customer_is_compared_with_whom_one_chooses(twins: Actor, open_window: OpenWindow) -> None:
    manager = open_window(3)
    assert "Who is the same person as PL3 Søren Kjær?" in manager.words()
    manager.press("ctrl+F")
    manager.type("PL1")
    manager.press("Return")
    assert manager.window.sheet_content is None
    assert manager.page.side.merge.text() == "Merge into PL3"
    assert manager.page.fields.rows[0].options[Side.LOSER].text() == "Marta Kowalczyk"


def test_a_scanned_badge_is_the_other_one(twins: Actor, open_window: OpenWindow) -> None:
    manager = open_window(1)
    assert manager.page.take_scan("PL4")
    manager.settle()
    assert manager.page.side.merge.text() == "Merge into PL1"
    assert not manager.page.take_scan("PL4")


def test_what_stands_in_the_way_stands_in_the_place_of_the_button(
    sqlite_shop: Shop, twins: Actor, open_window: OpenWindow
) -> None:
    admin = a_user(sqlite_shop, twins, Role.ADMIN, phone=a_phone(701))
    boss = a_boss(sqlite_shop, twins)
    users = (admin, a_user(sqlite_shop, twins, Role.STAFF, phone=a_phone(702)))
    keys = tuple(sqlite_shop.users.customer_of(boss, one.id).customer.id for one in users)
    manager = open_window()
    manager.session.act_as(boss)
    manager.show(keys)
    assert manager.page.side.merge.isHidden()
    assert "One customer cannot be two users." in manager.page.side.blocked.text()
    manager.press("ctrl+Return")
    assert manager.toasts == []


def test_what_another_till_changed_is_shown_before_it_is_merged(manager: Manager, sqlite_shop: Shop) -> None:
    manager.page._session.feed.changed.disconnect(manager.page._changed)
    sqlite_shop.customers.edit(manager.actor, EditCustomer(customer_id=2, name="Martha"))
    manager.settle()
    manager.press("ctrl+Return")
    assert "changed" in manager.page.notice.text()
    assert manager.page.fields.rows[0].options[Side.LOSER].text() == "Martha"
    manager.press("ctrl+Return")
    assert manager.toasts == ["PL2 is merged into PL1"]


def test_without_pairs_it_says_so_and_offers_to_look(sqlite_shop: Shop, open_window: OpenWindow) -> None:
    manager = open_window()
    assert "No customers look like one person." in manager.words()
    assert manager.page.first_field() is manager.page.pairs.look
    manager.press("ctrl+Return", "alt+X", "alt+N")
    assert manager.toasts == []


def test_the_focus_stays_with_the_pairs_while_they_are_looked_for(manager: Manager) -> None:
    pairs = manager.page.pairs
    pairs.look.setFocus()
    pairs.job.busy_changed.emit(True)
    assert pairs.list.hasFocus()
    assert not pairs.look.isEnabled()
    pairs.job.busy_changed.emit(False)
    pairs.look.setFocus()
    manager.page._read()
    manager.qtbot.waitUntil(pairs.list.hasFocus)


def test_a_database_that_does_not_answer_merges_nothing(manager: Manager) -> None:
    manager.window.set_read_only("The server does not answer.")
    assert not manager.page.side.merge.isEnabled() and not manager.page.pairs.look.isEnabled()
    manager.press("ctrl+Return", "alt+N")
    assert manager.toasts == []
    manager.window.set_read_only("")
    assert manager.page.side.merge.isEnabled()


@pytest.mark.parametrize(("width", "height"), [(1366, 768), (1024, 720)])
def test_tab_goes_through_it_as_it_is_read(
    twins: Actor, open_window: OpenWindow, width: int, height: int
) -> None:
    manager = open_window(None, width, height)
    manager.page.pairs.list.setFocus()
    been = []
    for _ in range(12):
        been.append(manager.focus)
        manager.press("Tab")
        if manager.focus in been:
            break
    page = manager.page
    wanted = [page.pairs.list, *page.fields.stops(), page.side.merge, page.side.apart, page.pairs.look]
    assert been[: len(wanted)] == wanted
    assert set(stops_of(page)) <= set(been)
    QApplication.processEvents()


def test_a_field_that_both_have_is_collapsed(manager: Manager) -> None:
    rows = {row.sight.field: row for row in manager.page.fields.rows}
    assert rows[MergeField.EMAIL].options == {}
    assert rows[MergeField.PHONES].options.keys() == set(Side)
    other = rows[MergeField.PHONES].options[Side.LOSER]
    other.click()
    assert "main" in other.accessibleName()
    assert "further" in rows[MergeField.PHONES].options[Side.SURVIVOR].accessibleName()


def test_one_who_is_a_part_of_another_by_now_is_said(manager: Manager) -> None:
    extra = a_customer(manager.shop, manager.actor, "Extra")
    manager.show((extra.id, 999))
    assert manager.page.notice.isVisible()
    assert "not in this shop" in manager.page.notice.text()
