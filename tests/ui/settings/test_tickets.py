from posapp.domain.repairs.devices import DeviceKind
from posapp.domain.repairs.tickets import Needed, StateGroup
from posapp.services.repairs.ticket_states import AddState


def states(manager):
    return manager.session.shop.ticket_states.map(manager.session.actor)


def names(manager):
    return [one.name for one in states(manager).states if not one.is_archived]


def next_codes(manager, code):
    found = states(manager)
    return {one.code for one in found.next_of(found.by_code(code))}


def settings(manager):
    return manager.session.shop.ticket_states.settings(manager.session.actor)


def checklist(manager, kind):
    return manager.session.shop.ticket_states.checklist(manager.session.actor, kind)


def into_states(manager):
    section = manager.open("tickets")
    while manager.focus is not section.part.table:
        manager.press("Tab")
    return section.part


def into_rules(manager):
    section = manager.open("tickets")
    manager.press("Right", "Tab")
    return section.part.form


def add_waiting(manager, name="Waiting for customer"):
    opened = ("received", "in_repair")
    desk, actor = manager.session.shop.ticket_states, manager.session.actor
    return desk.add(
        actor, AddState(name=name, group=StateGroup.WAITING, after=opened, then=(*opened, "ready"))
    )


# -- states --------------------------------------------------------------------------------------------
def test_a_state_is_added_by_keys_and_every_open_state_leads_to_it(manager):
    part = into_states(manager)
    manager.press("alt+N")
    manager.type("Testing")
    manager.tab_to("Time limit, in hours")
    manager.type("4")
    manager.press("ctrl+Return")
    made = states(manager).by_code("testing")
    assert (made.name, made.group, made.limit_hours) == ("Testing", "work", 4)
    assert "testing" in next_codes(manager, "in_repair")
    assert {"ready", "in_repair"} <= next_codes(manager, "testing")
    assert manager.toasts == ["Testing added"]
    assert "Testing" in [row.name for row in part.table.rows.rows()]
    manager.press("ctrl+Z")
    assert "Testing" not in names(manager)


def test_a_state_is_renamed_with_another_limit_and_taken_back(manager):
    into_states(manager)
    manager.press("Return")
    manager.replace("Taken in")
    manager.tab_to("Time limit, in hours")
    manager.replace("")
    manager.press("ctrl+Return")
    found = states(manager).by_code("received")
    assert (found.name, found.limit_hours) == ("Taken in", None)
    manager.press("ctrl+Z")
    found = states(manager).by_code("received")
    assert (found.name, found.limit_hours) == ("Received", 24)


def test_what_a_state_asks_for_and_who_brings_devices_there(manager):
    into_states(manager)
    manager.press("Down", "Down", "Return")
    form = manager.window.sheet_content.form
    manager.tab_to("Asked for before a device comes here: Price")
    manager.press("Space")
    manager.tab_to("Only managers bring devices here")
    manager.press("Space", "ctrl+Return")
    found = states(manager).by_code("needs_approval")
    assert (found.needs, found.is_reserved) == ({Needed.PRICE}, True)
    manager.press("ctrl+Z")
    found = states(manager).by_code("needs_approval")
    assert (found.needs, found.is_reserved) == (frozenset(), False)
    assert form.needs.boxes.keys() == {"found", "price", "technician", "shelf"}


def test_next_states_are_ticked_with_the_space_bar_and_taken_back(manager):
    into_states(manager)
    manager.press("Return")
    manager.tab_to("Goes on to: Waiting for parts")
    manager.press("Space", "ctrl+Return")
    assert "waiting_parts" not in next_codes(manager, "received")
    manager.press("ctrl+Z")
    assert "waiting_parts" in next_codes(manager, "received")


def test_a_way_that_skips_ready_is_refused_below_the_boxes_and_nothing_is_saved(manager):
    into_states(manager)
    manager.press("Return")
    manager.replace("Taken in")
    manager.tab_to("Goes on to: Collected")
    manager.press("Space", "ctrl+Return")
    form = manager.window.sheet_content.form
    assert form.then.trouble.text().startswith("Received cannot lead to Collected")
    assert form.then.trouble.isVisible()
    assert "Received" in names(manager)
    assert "collected" not in next_codes(manager, "received")


def test_a_name_that_is_taken_is_refused_beside_it_and_the_ways_stay(manager):
    into_states(manager)
    manager.press("Return")
    manager.replace("Ready")
    manager.tab_to("Goes on to: Waiting for parts")
    manager.press("Space", "ctrl+Return")
    assert manager.window.sheet_content.form.name.message() == "There is already a state with this name."
    assert "waiting_parts" in next_codes(manager, "received")


def test_a_limit_that_cannot_be_is_refused_beside_its_field(manager):
    into_states(manager)
    manager.press("Return")
    manager.tab_to("Time limit, in hours")
    manager.replace("two")
    manager.press("ctrl+Return")
    message = manager.window.sheet_content.form.limit.message()
    assert message == "Enter a whole number from 1 to 10,000."


def test_states_are_put_in_order_by_keys_and_taken_back(manager):
    into_states(manager)
    manager.press("Home", "alt+Down", "alt+Down")
    assert names(manager)[:3] == ["Diagnosing", "Needs approval", "Received"]
    manager.press("ctrl+Z")
    assert names(manager)[:3] == ["Diagnosing", "Received", "Needs approval"]
    manager.press("alt+Up")
    assert names(manager)[:2] == ["Received", "Diagnosing"]


def test_a_state_that_is_needed_cannot_be_archived(manager):
    into_states(manager)
    manager.press("Home", "Delete")
    assert manager.said[-1] == "Received is needed. Rename it instead."
    assert "Received" in names(manager)


def test_an_archived_state_comes_back_with_its_ways(manager):
    add_waiting(manager)
    into_states(manager)
    manager.press("End", "Delete")
    assert "Waiting for customer" not in names(manager)
    manager.press("ctrl+Z")
    assert "Waiting for customer" in names(manager)
    assert next_codes(manager, "waiting_for_customer") == {"received", "in_repair", "ready"}
    assert "waiting_for_customer" in next_codes(manager, "in_repair")
    assert "waiting_for_customer" not in next_codes(manager, "diagnosing")


def test_a_state_archived_long_ago_can_be_shown_and_restored(manager):
    state = add_waiting(manager)
    manager.session.shop.ticket_states.archive(manager.session.actor, state.code)
    part = into_states(manager)
    manager.tab_to("Show archived")
    manager.press("Space")
    while manager.focus is not part.table:
        manager.press("Tab")
    manager.press("End", "Delete")
    assert "Waiting for customer" in names(manager)
    assert "ready" in next_codes(manager, state.code)


# -- days and terms ------------------------------------------------------------------------------------
def test_days_are_saved_when_the_field_is_left_and_taken_back(manager):
    form = into_rules(manager)
    manager.tab_to("Passcodes are kept, in days")
    manager.replace("3")
    assert settings(manager).passcode_days == 14
    manager.press("Tab")
    assert settings(manager).passcode_days == 3
    assert manager.toasts == ["Days of passcodes saved"]
    manager.press("ctrl+Z")
    assert settings(manager).passcode_days == 14
    assert form.passcode.text() == "14"


def test_every_number_of_days_has_its_field(manager):
    into_rules(manager)
    for name, text in (
        ("Alert when untouched for, in hours", "24"),
        ("Deposit, in per cent of the price", "0"),
        ("Uncollected after, in days", "10"),
        ("Days without a fee", "20"),
        ("May be disposed of after, in days", "0"),
        ("Storage fee per day", "1,50"),
        ("Reminders after, in days", "5, 10 20"),
    ):
        manager.tab_to(name)
        manager.replace(text)
        manager.press("Tab")
    found = settings(manager)
    assert (found.untouched_hours, found.uncollected_days) == (24, 10)
    assert (found.storage_free_days, found.dispose_days, found.storage_fee_minor) == (20, 0, 150)
    assert (found.reminder_days, found.deposit_percent) == ((5, 10, 20), 0)


def test_an_empty_storage_fee_is_none(manager):
    form = into_rules(manager)
    manager.tab_to("Storage fee per day")
    manager.replace("2")
    manager.press("Tab")
    manager.tab_to("Storage fee per day")
    manager.replace("")
    manager.press("Tab")
    assert settings(manager).storage_fee_minor == 0
    assert form.fee.text() == ""


def test_days_that_cannot_be_are_refused_beside_their_fields(manager):
    form = into_rules(manager)
    manager.replace("0")
    manager.press("Tab")
    assert form.untouched.message() == "Enter a whole number from 1 to 10,000."
    manager.tab_to("Reminders after, in days")
    manager.replace("14, 7")
    manager.press("Tab")
    assert form.reminders.message() == "Enter days in rising order, such as 7, 14, 30."
    manager.tab_to("Reminders after, in days")
    manager.replace("weekly")
    manager.press("Tab")
    assert form.reminders.message() == "Enter days in rising order, such as 7, 14, 30."
    assert settings(manager).reminder_days == (7, 14, 30, 60)


def test_the_quality_check_is_ticked_with_the_space_bar_and_taken_back(manager):
    form = into_rules(manager)
    manager.tab_to("A second person checks a repair before it is ready")
    manager.press("Space")
    assert settings(manager).quality_check
    manager.press("ctrl+Z")
    assert not settings(manager).quality_check
    assert not form.quality.isChecked()


def test_terms_that_are_typed_are_saved_when_another_part_comes(manager):
    section = manager.open("tickets")
    manager.press("Right", "Tab")
    manager.tab_to("Terms")
    manager.replace("Bring this paper.")
    section.choice.setFocus()
    manager.press("Right")
    assert settings(manager).claim_terms == "Bring this paper."


# -- checklists ----------------------------------------------------------------------------------------
def test_lines_of_a_checklist_are_added_and_put_in_order(manager):
    manager.open("tickets")
    manager.press("Right", "Right")
    manager.tab_to("Watches")
    manager.press("ctrl+A", "Delete")
    for line in ("Strap", "Screen", "", "Strap", "Crown"):
        manager.type(line)
        manager.press("Return")
    manager.press("Tab")
    assert checklist(manager, DeviceKind.WATCH) == ["Strap", "Screen", "Crown"]
    assert manager.toasts == ["Checklist saved: Watches"]
    manager.press("ctrl+Z")
    assert checklist(manager, DeviceKind.WATCH) == ["Screen", "Buttons", "Charging", "Strap"]


def test_a_line_that_is_too_long_is_refused_below_its_list(manager):
    section = manager.open("tickets")
    manager.press("Right", "Right")
    manager.tab_to("Watches")
    manager.replace("x" * 41)
    manager.press("Tab")
    form = section.part.form
    assert form.lists[DeviceKind.WATCH].message() == f"Shorten “{'x' * 20}…” to 40 characters."
    assert checklist(manager, DeviceKind.WATCH) == ["Screen", "Buttons", "Charging", "Strap"]
