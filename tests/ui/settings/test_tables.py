from posapp.domain.shop.businesses import ResourceKind


def test_a_service_is_added_by_keys_and_the_calendar_can_book_it(manager):
    section = manager.open("services")
    manager.press("alt+N")
    manager.type("Screen replacement")
    manager.press("Return")
    manager.replace("1h30")
    manager.press("Return")
    manager.type("89,50")
    manager.press("ctrl+Return")
    found = {one.name: one for one in manager.catalogue().services}
    assert (found["Screen replacement"].minutes, found["Screen replacement"].price_minor) == (90, 8950)
    assert manager.toasts == ["Screen replacement added"]
    assert manager.window.sheet_content is None
    assert "Screen replacement" in [row.name for row in section.table.rows.rows()]


def test_wrong_values_of_a_service_are_explained_and_nothing_is_saved(manager):
    manager.open("services")
    manager.press("alt+N")
    manager.press("Return")
    manager.replace("two days")
    manager.press("ctrl+Return")
    form = manager.window.sheet_content.form
    assert form.summary.text() == "2 fields need attention"
    assert form.field("name").message() == "Enter a name."
    assert form.field("minutes").message()
    assert len(manager.catalogue().services) == 1


def test_a_service_is_changed_in_its_sheet_and_taken_back(manager):
    manager.open("services")
    manager.press("Return")
    manager.replace("Quick repair")
    manager.press("ctrl+Return")
    assert manager.catalogue().services[0].name == "Quick repair"
    manager.press("ctrl+Z")
    assert manager.catalogue().services[0].name == "Repair"


def test_the_last_service_cannot_be_archived(manager):
    manager.open("services")
    manager.press("Delete")
    assert "last one" in manager.said[-1]
    assert manager.catalogue().services


def test_an_archived_service_can_be_shown_and_restored(manager):
    section = manager.open("services")
    manager.press("alt+N")
    manager.type("Console cleaning")
    manager.press("ctrl+Return")
    manager.press("Home", "Delete")
    assert [one.name for one in manager.catalogue().services] == ["Console cleaning"]
    assert manager.toasts[-1] == "Repair archived"
    manager.tab_to("Show archived")
    manager.press("Space")
    assert [row.name for row in section.table.rows.rows()] == ["Console cleaning", "Repair"]
    manager.tab_to("Services")
    manager.press("End", "Delete")
    assert {one.name for one in manager.catalogue().services} == {"Console cleaning", "Repair"}


def test_an_added_service_is_taken_back_by_archiving_it(manager):
    manager.open("services")
    manager.press("alt+N")
    manager.type("By mistake")
    manager.press("ctrl+Return", "ctrl+Z")
    assert [one.name for one in manager.catalogue().services] == ["Repair"]


def test_a_person_is_added_with_a_pause(manager):
    manager.open("people")
    manager.press("alt+N")
    manager.type("Aino")
    manager.tab_to("Pause after each, in minutes")
    manager.replace("10")
    manager.press("ctrl+Return")
    found = {one.name: one for one in manager.catalogue().resources}["Aino"]
    assert (found.kind, found.capacity, found.buffer_minutes) == (ResourceKind.STAFF, 1, 10)


def test_numbers_that_cannot_be_are_refused_beside_their_fields(manager):
    manager.open("people")
    manager.press("alt+N")
    manager.type("Drop-off")
    manager.tab_to("Bookings at once")
    manager.replace("0")
    manager.tab_to("Pause after each, in minutes")
    manager.replace("1000")
    manager.press("ctrl+Return")
    form = manager.window.sheet_content.form
    assert form.field("capacity").message() == "Enter a whole number from 1 to 100,000."
    assert form.field("buffer_minutes").message() == "Enter a whole number from 0 to 240."


def test_rows_are_put_in_order_by_keys_and_the_catalogue_follows(manager):
    manager.open("services")
    for name in ("Battery", "Screen"):
        manager.press("alt+N")
        manager.type(name)
        manager.press("ctrl+Return")
    manager.press("End", "alt+Up", "alt+Up", "alt+Up")
    assert [one.name for one in manager.catalogue().services] == ["Screen", "Repair", "Battery"]
    manager.press("alt+Down")
    assert [one.name for one in manager.catalogue().services] == ["Repair", "Screen", "Battery"]
    manager.press("ctrl+Z")
    assert [one.name for one in manager.catalogue().services] == ["Screen", "Repair", "Battery"]
