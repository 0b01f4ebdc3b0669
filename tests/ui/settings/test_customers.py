"""What holds for customers: the nod at the kiosk, and how long tax papers keep a name."""


def test_the_nod_is_saved_at_once_and_can_be_taken_back(manager):
    section = manager.open("customers")
    desk, actor = manager.session.shop.kiosk, manager.session.actor
    assert section.form.nod.isChecked()
    section.form.nod.click()
    manager.settle()
    assert not desk.wants_nod(actor)
    assert manager.toasts == ["Kiosk saved"]
    manager.press("ctrl+Z")
    assert desk.wants_nod(actor)
    assert section.form.nod.isChecked()


def test_the_years_are_saved_when_the_field_is_left_and_nonsense_is_explained(manager):
    section = manager.open("customers")
    desk, actor = manager.session.shop.privacy, manager.session.actor
    assert section.form.years.text() == "10"
    manager.press("ctrl+A")
    manager.type("7")
    manager.press("Tab")
    assert desk.tax_years(actor) == 7
    manager.press("shift+Tab", "ctrl+A")
    manager.type("many")
    manager.press("Tab")
    assert section.form.years.message().startswith("Enter a whole number")
    assert desk.tax_years(actor) == 7
