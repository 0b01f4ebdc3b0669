"""Users and roles in Settings, by keys."""

import pytest
from pypdf import PdfReader
from PySide6.QtCore import Qt

from posapp.domain.base.actor import Actor, Permission
from posapp.domain.base.errors import DomainError
from posapp.domain.base.phone import PhoneNumber
from posapp.domain.people.roles import STANDARD
from posapp.domain.people.users import Role
from posapp.services.people.users import SaveUser
from posapp.ui.settings import badge_steps
from posapp.ui.settings.role_table import ROLES
from posapp.ui.settings.role_words import role_word
from posapp.ui.theme import theme
from posapp.ui.window.main_window import SMALLEST
from tests.people import a_boss
from tests.ui.a11y import assert_named
from tests.ui.fit import cut_off

PIN, OTHER_PIN = "482915", "730264"


@pytest.fixture
def add(shop, session):
    """Adds a user behind the window."""

    def added(name, role, *, pin=PIN, phone=""):
        number = PhoneNumber.parse(phone, region="IE") if phone else None
        return shop.users.save(
            a_boss(shop, session.actor), SaveUser(name=name, role=role, pin=pin, phone=number)
        )

    return added


@pytest.fixture
def grace(add, shop, session):
    user = add("Grace", Role.ADMIN)
    session.actor = a_boss(shop, session.actor)
    return user


@pytest.fixture
def users(manager, grace):
    """The section of a shop that has its Admin, the cursor in the table."""
    section = manager.open("users")
    section.part.table.setFocus()
    return section.part


def choose(users, name):
    names = [row.name for row in users.table.rows.rows()]
    users.table.selectRow(names.index(name))
    users.table.setFocus()


def form(manager):
    return manager.window.sheet_content.form


def signs_in(manager, user_id, secret):
    session = manager.session
    return session.shop.sign_in.by_secret("Till 2", session.actor.business, user_id, secret)


def test_without_users_the_section_says_what_the_first_one_means_and_makes_the_admin(manager):
    users = manager.open("users").part
    assert "from then on everybody signs in" in users.about.text()
    manager.press("alt+N")
    assert "first user is the Admin" in form(manager).role.message()
    manager.type("Grace Adeyemi")
    manager.press("ctrl+Return")
    assert form(manager).pin.message() == "Choose a PIN."
    manager.tab_to("PIN, 6 digits")
    manager.type(PIN)
    manager.press("Return")
    manager.type(PIN)
    manager.press("ctrl+Return")
    assert manager.toasts == ["Grace Adeyemi is the Admin. From now on everybody signs in."]
    [user] = users.staff.users
    assert user.role is Role.ADMIN
    assert signs_in(manager, user.id, PIN).user.name == "Grace Adeyemi"
    manager.press("ctrl+Z")
    assert users.staff.users[0].is_active


def test_a_user_is_added_by_keys_and_taken_back(manager, users):
    manager.press("alt+N")
    manager.type("Siobhan")
    manager.press("Return")
    manager.press("Down")  # from staff to technician
    manager.tab_to("Phone")
    manager.type("087 111 2233")
    manager.tab_to("Discount alone, up to")
    manager.type("5")
    manager.tab_to("PIN, 6 digits")
    manager.type(OTHER_PIN)
    manager.press("Return")
    manager.type(OTHER_PIN)
    manager.press("ctrl+Return")
    assert manager.toasts == ["Siobhan added"]
    made = next(one for one in users.staff.users if one.name == "Siobhan")
    assert (made.role, made.discount_limit) == (Role.TECHNICIAN, 50_000)
    assert made.phone is not None
    assert signs_in(manager, made.id, OTHER_PIN)
    manager.press("ctrl+Z")
    assert [one.is_active for one in users.staff.users if one.id == made.id] == [False]
    manager.press("ctrl+Y")
    assert [one.is_active for one in users.staff.users if one.id == made.id] == [True]


@pytest.mark.parametrize("weak", ["123456", "111111", "12345"])
def test_a_weak_pin_is_refused_beside_its_field_and_stands_nowhere(manager, users, weak):
    manager.press("alt+N")
    manager.type("Siobhan")
    manager.tab_to("PIN, 6 digits")
    manager.type(weak)
    manager.press("Return")
    sheet = form(manager)
    assert sheet.pin.message()
    assert weak not in sheet.pin.editor.displayText()
    assert weak not in str(sheet.snapshot())
    manager.press("ctrl+Return")
    assert len(users.staff.users) == 1


def test_the_end_of_ones_phone_is_no_pin(manager, users):
    manager.press("alt+N")
    manager.type("Siobhan")
    manager.tab_to("Phone")
    manager.type("085 173 0264")
    manager.tab_to("PIN, 6 digits")
    manager.type("730264")
    manager.press("Return")
    assert "easy to guess" in form(manager).pin.message()


def test_two_pins_that_differ_and_a_password_with_the_name(manager, users):
    manager.press("alt+N")
    manager.type("Siobhan")
    manager.tab_to("PIN, 6 digits")
    manager.type(PIN)
    manager.press("Return")
    manager.type(OTHER_PIN)
    manager.press("Return")
    manager.type("siobhan123")
    manager.press("ctrl+Return")
    sheet = form(manager)
    assert sheet.summary.text() == "3 fields need attention"
    assert "differ" in sheet.pin_again.message()
    assert "not your name" in sheet.password.message()


def test_what_a_desk_refuses_stands_beside_its_field_and_nothing_is_half_saved(manager, users, add):
    add("Marta", Role.MANAGER, phone="086 222 3344")
    ravi = add("Ravi", Role.STAFF)
    users.refresh()
    manager.settle()
    choose(users, "Ravi")
    manager.press("Return")
    manager.tab_to("Phone")
    manager.type("086 222 3344")
    manager.tab_to("New PIN, 6 digits")
    manager.type(OTHER_PIN)
    manager.press("Return")
    manager.type(OTHER_PIN)
    manager.press("ctrl+Return")
    assert form(manager).phone.message()
    assert signs_in(manager, ravi.id, PIN)  # the new PIN was not kept


def test_a_new_pin_lifts_a_lock_out_and_is_not_taken_back(manager, users, add):
    ravi = add("Ravi", Role.STAFF)
    for _ in range(5):
        with pytest.raises(DomainError):
            signs_in(manager, ravi.id, OTHER_PIN)
    users.refresh()
    manager.settle()
    choose(users, "Ravi")
    assert [row.wait > 0 for row in users.table.rows.rows() if row.name == "Ravi"] == [True]
    manager.press("Return")
    assert "A new PIN lifts it" in form(manager).notice.text()
    manager.tab_to("New PIN, 6 digits")
    manager.type(OTHER_PIN)
    manager.press("Return")
    manager.type(OTHER_PIN)
    manager.press("ctrl+Return")
    assert manager.toasts == ["Ravi saved"]
    assert signs_in(manager, ravi.id, OTHER_PIN)
    manager.press("ctrl+Z")
    assert signs_in(manager, ravi.id, OTHER_PIN)


def test_the_last_admin_stays_and_the_form_says_so_before(manager, users):
    manager.press("Return")
    assert "last Admin stays" in form(manager).role.message()
    assert not form(manager).role.isEnabled()
    manager.press("Escape")
    manager.press("Delete")
    assert "last Admin" in manager.said[-1]
    assert users.staff.users[0].is_active


def test_a_user_is_disabled_and_let_in_again(manager, users, add):
    add("Ravi", Role.STAFF)
    users.refresh()
    manager.settle()
    choose(users, "Ravi")
    manager.press("Delete")
    assert manager.toasts == ["Ravi cannot sign in any more"]
    assert [row.name for row in users.table.rows.rows()] == ["Grace"]
    manager.press("ctrl+Z")
    assert [row.name for row in users.table.rows.rows()] == ["Grace", "Ravi"]


def test_what_another_till_changed_is_shown_and_what_is_typed_stays(manager, users, add, session):
    ravi = add("Ravi", Role.STAFF)
    users.refresh()
    manager.settle()
    choose(users, "Ravi")
    manager.press("Return")
    manager.replace("Ravi Menon")
    session.shop.users.save(
        a_boss(session.shop, Actor(session.actor.business, "Till 2")),
        SaveUser(id=ravi.id, name="Ravi", role=Role.STAFF, email="ravi@example.com"),
    )
    manager.settle()
    manager.press("ctrl+Return")
    sheet = form(manager)
    assert "changed by Till 2" in sheet.notice.text()
    assert manager.focus.text() == "Show it"
    manager.press("Space")
    assert (sheet.name.text(), sheet.email.text()) == ("Ravi Menon", "ravi@example.com")
    manager.press("ctrl+Return")
    saved = session.shop.users.get(session.actor, ravi.id)
    assert (saved.name, saved.email) == ("Ravi Menon", "ravi@example.com")


def test_a_second_press_of_save_saves_once(manager, users, qtbot):
    manager.press("alt+N")
    manager.type("Siobhan")
    sheet = form(manager)
    sheet.submit()
    sheet.submit()
    manager.settle()
    assert [one.name for one in users.staff.users] == ["Grace", "Siobhan"]


def test_a_badge_is_shown_once_printed_as_a_card_and_ended(manager, users, tmp_path, monkeypatch):
    file = tmp_path / "badge.pdf"
    monkeypatch.setattr(badge_steps, "ask_badge_file", lambda _parent: file)
    manager.press("Return")
    manager.tab_to("New badge")
    manager.press("Space")
    code = form(manager).badge.code
    assert code.startswith("BADGE-")
    sign_in, business = manager.session.shop.sign_in, manager.session.actor.business
    assert sign_in.by_badge("Till 2", business, code).user.name == "Grace"
    manager.tab_to("Save as PDF…")
    manager.press("Space")
    manager.settle()
    page = PdfReader(file).pages[0]
    assert "Grace" in page.extract_text()
    assert float(page.mediabox.width) / 72 * 25.4 == pytest.approx(54, abs=0.2)
    manager.tab_to("End badge")
    manager.press("Space")
    assert form(manager).badge.code == ""
    with pytest.raises(DomainError):
        sign_in.by_badge("Till 2", business, code)
    manager.tab_to("Name")
    manager.replace("Grace Adeyemi")  # the badge was no change of somebody else
    manager.press("ctrl+Return")
    assert manager.toasts[-1] == "Grace Adeyemi saved"


def test_the_own_customer_is_made_when_asked_for_and_needs_a_phone(manager, users, add, monkeypatch):
    opened = []
    monkeypatch.setattr(manager.window, "leave_for", lambda page, payload: opened.append((page, payload)))
    manager.press("Return")
    manager.tab_to("Make own customer")
    manager.press("Space")
    assert "Enter the phone number first" in form(manager).phone.message()
    manager.press("Escape")
    ravi = add("Ravi", Role.STAFF, phone="086 222 3344")
    users.refresh()
    manager.settle()
    choose(users, "Ravi")
    manager.press("Return")
    manager.tab_to("Make own customer")
    manager.press("Space")
    linked = manager.session.shop.users.get(manager.session.actor, ravi.id)
    assert opened == [("desk", linked.customer_id)]


def test_the_length_of_pins_is_chosen_and_the_next_one_has_it(manager, users):
    manager.tab_to("6")
    manager.press("Left")
    assert manager.toasts == ["New PINs have 5 digits"]
    manager.press("alt+N")
    assert form(manager).pin.label.text() == "PIN, 5 digits"
    manager.press("Escape", "ctrl+Z")
    assert users.staff.pin_length == 6


def test_tab_goes_down_the_section_as_it_is_read(manager, grace):
    manager.open("users")
    stops = []
    for _ in range(3):
        manager.press("Tab")
        stops.append(manager.focus.accessibleName() or manager.focus.text())
    assert stops == ["Add user", "Users", "6"]


def test_a_manager_changes_those_below_and_is_told_of_the_others(manager, add, session):
    add("Grace", Role.ADMIN)
    marta = add("Marta", Role.MANAGER)
    add("Ravi", Role.STAFF)
    session.actor = signs_in(manager, marta.id, PIN).actor
    users = manager.open("users").part
    choose(users, "Grace")
    manager.press("Return")
    assert manager.window.sheet_content is None
    assert manager.said[-1] == "Only an Admin changes Grace."
    choose(users, "Ravi")
    manager.press("Return")
    assert form(manager).role.values() == [Role.STAFF, Role.TECHNICIAN, Role.CUSTOMER]


def test_who_only_looks_is_told_who_changes(manager, grace, add, session):
    session.shop.roles.set(session.actor, Role.STAFF, Permission.USER_READ, is_granted=True)
    ravi = add("Ravi", Role.STAFF)
    session.actor = signs_in(manager, ravi.id, PIN).actor
    manager.open("users")
    manager.press("alt+N")
    assert manager.window.sheet_content is None
    assert manager.said[-1] == "Managers and Admins add users."


def test_everything_of_a_user_has_a_name_and_no_words_are_cut(manager, users):
    manager.window.resize(*SMALLEST)
    manager.press("Return")
    manager.settle()
    assert_named(manager.window)
    assert cut_off(manager.window) == []


# -- roles -----------------------------------------------------------------------------------------------
def to_roles(manager):
    section = manager.open("users")
    section.choice.setFocus()
    manager.press("Right", "Tab")
    return section.part


def cell(roles, role, permission):
    lines = [line.permission for line in roles.table.roles.lines]
    return roles.table.roles.index(lines.index(permission), 1 + ROLES.index(role))


def granted(manager, role):
    rights = manager.session.shop.roles.all(manager.session.actor)
    return next(one for one in rights if one.role is role)


def test_a_tick_gives_and_takes_and_is_taken_back(manager, grace):
    roles = to_roles(manager)
    roles.table.setCurrentIndex(cell(roles, Role.STAFF, Permission.REFUND))
    assert "A manager can lend it" in roles.told.text()
    manager.press("Space")
    assert Permission.REFUND in granted(manager, Role.STAFF).permissions
    assert manager.toasts == ["Staff: Refund, allowed"]
    manager.press("ctrl+Z")
    assert granted(manager, Role.STAFF).permissions == STANDARD[Role.STAFF]
    assert not roles.table.roles.is_granted(cell(roles, Role.STAFF, Permission.REFUND))


def test_what_is_fixed_says_why_and_stays(manager, grace):
    roles = to_roles(manager)
    roles.table.setCurrentIndex(cell(roles, Role.STAFF, Permission.USER_WRITE))
    manager.press("Space")
    assert manager.said[-1] == "Only managers and Admins may be given this."
    roles.table.setCurrentIndex(cell(roles, Role.ADMIN, Permission.REFUND))
    manager.press("Space")
    assert "everything" in manager.said[-1]
    assert granted(manager, Role.STAFF).permissions == STANDARD[Role.STAFF]


def test_the_arrows_go_past_the_heads(manager, grace):
    roles = to_roles(manager)
    for _ in range(roles.table.roles.rowCount()):
        manager.qtbot.keyClick(roles.table, Qt.Key.Key_Down)
        assert not roles.table.roles.lines[roles.table.currentIndex().row()].is_head
        assert roles.table.currentIndex().column() > 0


def test_a_limit_of_discounts_is_changed_in_its_sheet(manager, grace):
    roles = to_roles(manager)
    roles.table.setCurrentIndex(roles.table.roles.index(1, 1 + ROLES.index(Role.STAFF)))
    manager.press("Return")
    manager.replace("12.5")
    manager.press("ctrl+Return")
    assert granted(manager, Role.STAFF).discount_limit == 125_000
    assert manager.window.sheet_content is None
    manager.press("ctrl+Z")
    assert granted(manager, Role.STAFF).discount_limit == 100_000


def test_whoever_is_no_admin_only_looks(manager, add, session):
    add("Grace", Role.ADMIN)
    marta = add("Marta", Role.MANAGER)
    session.actor = signs_in(manager, marta.id, PIN).actor
    roles = to_roles(manager)
    roles.table.setCurrentIndex(cell(roles, Role.STAFF, Permission.REFUND))
    manager.press("Space")
    assert manager.said[-1] == "Only an Admin changes what roles may do."


def test_nothing_of_the_roles_is_cut_in_the_smallest_window(manager, grace):
    manager.window.resize(*SMALLEST)
    roles = to_roles(manager)
    assert cut_off(manager.window) == []
    assert_named(manager.window)
    room = roles.table.columnWidth(0) - 2 * theme().px(16)
    words = [line.words for line in roles.table.roles.lines if not line.is_head]
    assert [one for one in words if theme().metrics("body").horizontalAdvance(one) > room] == []
    heads = [role_word(role) for role in ROLES]
    room = roles.table.columnWidth(1) - 2 * theme().px(3)
    assert [one for one in heads if theme().metrics("small", 500).horizontalAdvance(one) > room] == []
