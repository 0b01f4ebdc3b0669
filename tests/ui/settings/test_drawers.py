"""The drawer: above which difference the closing of a drawer asks for a note."""

from posapp.services.selling.shifts import ShiftSettings


def test_the_difference_is_saved_when_the_field_is_left_and_can_be_taken_back(manager):
    section = manager.open("drawers")
    desk, actor = manager.session.shop.shifts, manager.session.actor
    assert section.form.difference.text() == ""
    manager.type("5")
    manager.press("Tab")
    assert desk.settings(actor) == ShiftSettings(500)
    assert manager.toasts == ["Difference saved"]
    manager.press("ctrl+Z")
    assert desk.settings(actor) == ShiftSettings(0)
    assert section.form.difference.text() == ""


def test_what_is_no_amount_is_explained_and_not_saved(manager):
    section = manager.open("drawers")
    manager.type("some")
    manager.press("Tab")
    assert section.form.difference.message() == "Enter an amount such as 50 or 12.50."
    assert manager.session.shop.shifts.settings(manager.session.actor) == ShiftSettings(0)
