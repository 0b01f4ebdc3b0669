"""Who is at the till: signing in, locking, switching, by keys alone."""

from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QMenu, QPlainTextEdit
from sqlalchemy import text

from posapp.domain.base.actor import Actor, Permission
from posapp.domain.people.users import Role
from posapp.services.desks import Shop
from posapp.services.people import sign_in as sign_in_desk
from posapp.ui.login.page import LoginPage
from posapp.ui.login.tiles import Tiles
from posapp.ui.start.program import Program
from posapp.ui.theme import Theme
from posapp.ui.window.ask_bar import AskBar
from tests.factories import TILL, a_business, a_customer, a_phone
from tests.flows.clerk import Clerk, start_program, till_settings, until
from tests.flows.conftest import GLASS, OpenTill
from tests.people import PIN, a_user, an_admin
from tests.sales import goods
from tests.ui.wedge import Wedge

pytestmark = pytest.mark.timeout(60)
STAFF_PIN, TECHNICIAN_PIN = "385162", "719304"


@pytest.fixture
def admin(behind: Shop) -> Actor:
    """Ada Admin, Sam at the counter, and Tess, a technician."""
    made = an_admin(behind, behind.actor(TILL))
    a_user(behind, made, Role.STAFF, name="Sam Counter", pin=STAFF_PIN)
    a_user(behind, made, Role.TECHNICIAN, name="Tess Bench", pin=TECHNICIAN_PIN)
    return made


def _says(page: LoginPage, words: str) -> None:
    until(lambda: words in page.pad.sentence)


def _note(shop: Shop, actor: Actor) -> str:
    [marta] = shop.customers.cards(actor, [1])
    return marta.note


def login(clerk: Clerk) -> LoginPage:
    """The login of that window, once its tiles are there."""
    assert clerk.window.locking.is_covered
    clerk.quiet()
    page = clerk.window.findChild(LoginPage)
    assert page is not None and page.isVisible()
    return page


def pick(clerk: Clerk, name: str) -> None:
    """Choose a tile by arrows."""
    page = login(clerk)
    tiles: Tiles = page.tiles
    for key in ("Up", "Up", "Left", "Down", "Left", "Right", "Down", "Left"):
        if tiles.seat is not None and tiles.seat.tile.name == name:
            return
        clerk.press(key)
    assert tiles.seat is not None and tiles.seat.tile.name == name


def sign_in(clerk: Clerk, name: str, pin: str) -> None:
    """Choose the tile and type the PIN."""
    pick(clerk, name)
    clerk.type(pin)
    until(lambda: not clerk.window.locking.is_covered, "nobody was let in")
    clerk.quiet()


def test_the_login_comes_first_and_the_last_digit_lets_in(admin: Actor, open_till: OpenTill) -> None:
    clerk = open_till(signs_in=True)
    page = login(clerk)
    assert page.tiles.seat is not None
    sign_in(clerk, "Sam Counter", STAFF_PIN)
    clerk.on("desk")
    assert clerk.actor.user == "Sam Counter"
    assert clerk.focus().accessibleName() != "PIN"


def test_after_a_wrong_pin_letters_find_another_name(admin: Actor, open_till: OpenTill) -> None:
    clerk = open_till(signs_in=True)
    page = login(clerk)
    clerk.type("sam")
    until(lambda: [one.tile.name for one in page.tiles.seats()] == ["Sam Counter"])
    clerk.type("111111")
    _says(page, "4 tries left")
    clerk.type("tes")
    until(lambda: [one.tile.name for one in page.tiles.seats()] == ["Tess Bench"])
    clerk.type(TECHNICIAN_PIN)
    until(lambda: not clerk.window.locking.is_covered, "nobody was let in")


@pytest.fixture
def sam(admin: Actor, behind: Shop, open_till: OpenTill) -> Clerk:
    """A till with goods and an open shift, and Sam at it."""
    goods(behind, admin, 1490, sku="GLS-13", name="Tempered glass", barcodes=(GLASS,), opening=20)
    behind.shifts.open(admin, 10_000)
    a_customer(behind, admin, "Marta Kowalczyk", phone=a_phone(1))
    clerk = open_till(signs_in=True)
    sign_in(clerk, "Sam Counter", STAFF_PIN)
    clerk.on("desk")
    return clerk


def _pressed_in_vain(clerk: Clerk) -> None:
    """No key reaches what lies behind the login."""
    window = clerk.window
    before = (window.current_page_id, window.counter, window.sheet_content)
    for key in ("F2", "F3", "F5", "F8", "F9", "ctrl+K", "ctrl+N", "ctrl+T", "ctrl+Z", "ctrl+M", "ctrl+P"):
        clerk.press(key)
        assert QApplication.activePopupWidget() is None, key
    clerk.press("Tab", "Tab", "Tab", "Escape")
    assert (window.current_page_id, window.counter, window.sheet_content) == before
    assert window.locking.is_covered
    page = login(clerk)
    focus = clerk.focus()
    assert page.isAncestorOf(focus), focus
    page.focus_keys()


def _lock(clerk: Clerk) -> None:
    clerk.press("F12")
    login(clerk)
    _pressed_in_vain(clerk)


def test_where_nobody_is_signed_in_no_key_and_no_scan_reaches_the_shop(
    admin: Actor, behind: Shop, open_till: OpenTill
) -> None:
    clerk = open_till(signs_in=True)
    page = login(clerk)
    _pressed_in_vain(clerk)
    Wedge(clerk.window).scan(GLASS)
    Wedge(clerk.window).scan("PL1")
    clerk.quiet()
    QTest.qWait(150)
    clerk.quiet()
    assert clerk.window.current_page_id == "start"
    assert all(tile.wait == 0 for tile in behind.sign_in.tiles(admin.business))
    assert not page.pad.dots.text()
    # the scans were tried as no PIN: the next wrong one is the first
    clerk.type("111222")
    until(lambda: "4 tries left" in page.pad.sentence)


def test_a_sale_is_there_again_with_its_focus(sam: Clerk) -> None:
    sam.press("F5")
    sam.type("GLS-13")
    sam.press("Return")
    sam.type("Temp")
    focus, sale = sam.focus(), sam.page("sell").steps.sale
    _lock(sam)
    sign_in(sam, "Sam Counter", STAFF_PIN)
    assert sam.focus() is focus
    assert sam.window.current_page_id == "sell"
    assert sam.page("sell").steps.sale is sale and not sale.is_empty
    sam.type("ered")
    assert sam.focus() is focus and focus.text().endswith("Tempered")  # type: ignore[attr-defined]


def test_a_technician_gets_the_desk_while_the_sale_waits_for_who_began_it(sam: Clerk) -> None:
    sam.type("PL1")
    sam.press("Return")
    customer = sam.window.counter
    assert customer is not None
    sam.press("F5")
    sam.type("GLS-13")
    sam.press("Return")
    _lock(sam)
    sign_in(sam, "Tess Bench", TECHNICIAN_PIN)
    sam.on("desk")
    seen = [entry.id for entry in sam.window.rail.entries()]
    assert seen == ["desk", "calendar", "tickets", "customers", "settings"]
    assert sam.window.counter is customer
    sam.press("F5")
    assert sam.window.current_page_id == "desk"
    assert sam.said()[0] == "Tess Bench may not do this. Ask a manager."
    sam.press("F4")
    sam.on("tickets")
    sam.press("F12")
    sign_in(sam, "Sam Counter", STAFF_PIN)
    sam.press("F5")
    assert not sam.page("sell").steps.sale.is_empty


def test_intake_keeps_what_is_half_typed_and_its_place(sam: Clerk) -> None:
    sam.type("PL1")
    sam.press("Return")
    sam.press("ctrl+T")
    sam.on("intake")
    sam.tab_to("What is wrong")
    sam.type("screen cracked")
    focus = sam.focus()
    _lock(sam)
    sign_in(sam, "Sam Counter", STAFF_PIN)
    assert sam.window.current_page_id == "intake"
    assert sam.focus() is focus
    assert focus.toPlainText() == "screen cracked"  # type: ignore[attr-defined]


def test_an_open_sheet_stays_for_the_same_person_and_closes_for_another(sam: Clerk, behind: Shop) -> None:
    sam.type("PL1")
    sam.press("Return")
    sam.press("alt+E")
    sheet = sam.window.sheet_content
    assert sheet is not None
    sam.tab_to("Note")
    sam.type("Only mornings")
    focus = sam.focus()
    _lock(sam)
    sign_in(sam, "Sam Counter", STAFF_PIN)
    assert sam.window.sheet_content is sheet and sheet.isVisible()
    assert sam.focus() is focus
    _lock(sam)
    sign_in(sam, "Tess Bench", TECHNICIAN_PIN)
    assert sam.window.sheet_content is None
    sam.press("F12")
    sign_in(sam, "Sam Counter", STAFF_PIN)
    sam.press("alt+E")
    sam.tab_to("Note")
    note = sam.focus()
    assert isinstance(note, QPlainTextEdit) and note.toPlainText() == "Only mornings"


def test_what_lies_over_the_window_closes(sam: Clerk) -> None:
    sam.press("F1")
    assert sam.window.in_front is not None
    _lock(sam)
    sign_in(sam, "Sam Counter", STAFF_PIN)
    assert sam.window.in_front is None
    sam.press("ctrl+K")
    assert QApplication.activePopupWidget() is not None
    sam.program.at_till.lock()  # the minutes of nobody's touch pass while the search is open
    login(sam)
    assert QApplication.activePopupWidget() is None
    _pressed_in_vain(sam)


def test_a_question_in_a_window_of_its_own_is_answered_the_safe_way(sam: Clerk, qapp: QApplication) -> None:
    dialog = QDialog(sam.window)
    dialog.setWindowModality(Qt.WindowModality.WindowModal)
    dialog.open()
    sam.program.at_till.idle.seconds = lambda: float("inf")
    sam.program.at_till.idle.look()
    login(sam)
    assert not dialog.isVisible()
    late = QDialog(sam.window)
    late.open()  # the answer to what was asked before comes now
    sam.quiet()
    until(lambda: not late.isVisible())
    sam.to_front()
    _pressed_in_vain(sam)


def test_nobody_takes_back_what_another_did(sam: Clerk, behind: Shop, admin: Actor) -> None:
    sam.type("PL1")
    sam.press("Return")
    sam.press("alt+E")
    sam.fill(Note="Only mornings")
    sam.press("ctrl+Return")
    until(lambda: sam.window.sheet_content is None)
    note = _note(behind, admin)
    assert note == "Only mornings"
    sam.press("F12")
    sign_in(sam, "Tess Bench", TECHNICIAN_PIN)
    assert sam.said() == []
    sam.press("ctrl+Z")
    assert sam.said()[0] == "Nothing to undo"
    sam.press("F12")
    sign_in(sam, "Sam Counter", STAFF_PIN)
    sam.press("ctrl+Z")
    until(lambda: _note(behind, admin) == "")


def test_a_badge_signs_in_and_switches_at_once(sam: Clerk, behind: Shop, admin: Actor) -> None:
    tess = next(one for one in behind.users.all(admin) if one.name == "Tess Bench")
    code = behind.users.new_badge(admin, tess.id)
    sam.press("F12")
    login(sam)
    Wedge(sam.window).scan(code)
    until(lambda: not sam.window.locking.is_covered)
    assert sam.actor.user == "Tess Bench"
    ada = next(one for one in behind.users.all(admin) if one.name == "Ada Admin")
    sam.quiet()
    sam.press("F2")
    Wedge(sam.window).scan(behind.users.new_badge(admin, ada.id))
    until(lambda: sam.actor.user == "Ada Admin")
    assert not sam.window.locking.is_covered
    assert "sell" in [entry.id for entry in sam.window.rail.entries()]
    behind.users.end_badge(admin, tess.id)
    Wedge(sam.window).scan(code)
    until(lambda: sam.said()[0] == "Nobody here has this badge.")
    assert code not in str(sam.said())


def test_five_wrong_pins_wait_on_every_till_and_over_a_restart(
    sam: Clerk, behind: Shop, admin: Actor, open_till: OpenTill
) -> None:
    sam.press("F12")
    page = login(sam)
    for left in (4, 3, 2, 1):
        sam.type("111222")
        _says(page, "1 try left" if left == 1 else f"{left} tries left")
    sam.type("111222")
    until(lambda: page.ask.text().startswith("Too many wrong tries. Wait"))
    sam.type(STAFF_PIN)
    QTest.qWait(150)
    sam.quiet()
    assert sam.window.locking.is_covered
    other = open_till(signs_in=True)
    beside = login(other)
    pick(other, "Sam Counter")
    assert beside.ask.text().startswith("Too many wrong tries. Wait")
    sign_in(other, "Tess Bench", TECHNICIAN_PIN)
    assert other.actor.user == "Tess Bench"


def test_somebody_who_is_disabled_elsewhere_stands_before_the_login(
    sam: Clerk, behind: Shop, admin: Actor
) -> None:
    one = next(user for user in behind.users.all(admin) if user.name == "Sam Counter")
    behind.users.disable(admin, one.id)
    until(lambda: sam.window.locking.is_covered)
    assert login(sam).note.text() == "Sam Counter cannot sign in here any more."
    assert sam.actor.permissions == frozenset()
    assert "Sam Counter" not in [seat.tile.name for seat in login(sam).tiles.seats()]


def test_what_a_role_may_do_is_followed_at_once(sam: Clerk, behind: Shop, admin: Actor) -> None:
    sam.press("F5")
    sam.on("sell")
    behind.roles.set(admin, Role.STAFF, Permission.ORDER_READ, is_granted=False)
    until(lambda: sam.window.current_page_id == "desk")
    assert "sell" not in [entry.id for entry in sam.window.rail.entries()]


def test_the_first_user_closes_a_till_that_had_none(behind: Shop, open_till: OpenTill) -> None:
    clerk = open_till()
    assert clerk.window.rail.lock.isHidden() and clerk.window.top_bar.user.isHidden()
    clerk.press("F12")
    assert not clerk.window.locking.is_covered
    an_admin(behind, behind.actor(TILL))
    until(lambda: clerk.window.locking.is_covered)
    sign_in(clerk, "Ada Admin", PIN)
    assert clerk.actor.user == "Ada Admin"


def test_a_manager_gives_a_new_pin(sam: Clerk, behind: Shop, admin: Actor) -> None:
    sam.press("F12")
    page = login(sam)
    page.forgot.click()
    assert page.sheet.content is not None
    sam.fill(PIN_of_the_manager=PIN, New_PIN="906172", New_PIN_once_more="906172")
    sam.press("ctrl+Return")
    until(lambda: page.sheet.content is None)
    sign_in(sam, "Sam Counter", "906172")


def test_ones_own_pin_is_changed_with_the_one_of_before(sam: Clerk) -> None:
    sam.window.top_bar.user.click()
    until(lambda: QApplication.activePopupWidget() is not None)
    menu = QApplication.activePopupWidget()
    assert menu is not None
    QTest.keyClick(menu, Qt.Key.Key_Down)
    QTest.keyClick(menu, Qt.Key.Key_Return)
    until(lambda: sam.window.sheet_content is not None)
    sam.to_front()
    sam.fill(PIN_until_now="000999", New_PIN="906172", New_PIN_once_more="906172")
    sam.press("ctrl+Return")
    assert sam.window.sheet_content is not None
    sam.tab_to("PIN until now")
    sam.press("ctrl+A")
    sam.type(STAFF_PIN)
    sam.press("ctrl+Return")
    until(lambda: sam.window.sheet_content is None)
    sam.press("F12")
    sign_in(sam, "Sam Counter", "906172")


def test_staff_see_only_what_is_this_tills_in_the_settings(sam: Clerk, open_till: OpenTill) -> None:
    sam.press("F8")
    words = [entry.word for entry in sam.page("settings")._entries_shown()]
    assert words == ["This till", "Help", "About"]
    sam.press("F12")
    sign_in(sam, "Ada Admin", PIN)
    assert "Shop" in [entry.word for entry in sam.page("settings")._entries_shown()]


def test_letters_find_a_name_and_f1_lists_only_what_works_there(sam: Clerk) -> None:
    sam.press("F12")
    page = login(sam)
    sam.type("t")
    until(lambda: [one.tile.name for one in page.tiles.seats()] == ["Sam Counter", "Tess Bench"])
    sam.type("es")
    until(lambda: [one.tile.name for one in page.tiles.seats()] == ["Tess Bench"])
    sam.press("Backspace", "Escape")
    assert len(page.tiles.seats()) == 3
    sam.press("F1")
    overlay = sam.focus()
    assert {action.keys for action in sam.window.shortcuts.listed()} == {"F1", "Esc"}
    sam.press("Escape")
    assert not overlay.isVisible()
    assert sam.focus() is page.pad.dots


def test_who_has_no_pin_types_a_password(behind: Shop, admin: Actor, open_till: OpenTill) -> None:
    made = a_user(behind, admin, Role.MANAGER, name="Pat Password", pin="")
    behind.users.set_password(admin, made.id, "a long way home")
    clerk = open_till(signs_in=True)
    pick(clerk, "Pat Password")
    clerk.type("a short way home")
    clerk.press("Return")
    until(lambda: clerk.focus().accessibleName() == "Password")
    clerk.press("ctrl+A")
    clerk.type("a long way home")
    clerk.press("Return")
    until(lambda: not clerk.window.locking.is_covered)
    assert clerk.actor.user == "Pat Password"


def test_a_question_and_a_preview_wait_for_who_left_them(sam: Clerk) -> None:
    sam.window.top_bar.user.click()
    until(lambda: QApplication.activePopupWidget() is not None)
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    next(one for one in menu.actions() if one.text() == "My customer record").trigger()
    menu.close()
    sam.to_front()
    [asked] = AskBar.open_in(sam.window)
    _lock(sam)
    sign_in(sam, "Sam Counter", STAFF_PIN)
    assert AskBar.open_in(sam.window) == [asked]
    sam.press("F12")
    sign_in(sam, "Tess Bench", TECHNICIAN_PIN)
    assert AskBar.open_in(sam.window) == []


def test_two_windows_of_a_shop_are_locked_each_for_itself(sam: Clerk, open_till: OpenTill) -> None:
    other = open_till(signs_in=True)
    sign_in(other, "Tess Bench", TECHNICIAN_PIN)
    sam.to_front()
    sam.press("F12")
    assert sam.window.locking.is_covered and not other.window.locking.is_covered
    assert (sam.actor.user, other.actor.user) == ("Sam Counter", "Tess Bench")
    sign_in(sam, "Sam Counter", STAFF_PIN)


def test_a_backup_of_the_window_is_made_by_whoever_works_there(
    admin: Actor, behind: Shop, open_till: OpenTill, monkeypatch: pytest.MonkeyPatch
) -> None:
    # the clock of the window stands, that of the other program does not
    monkeypatch.setattr(sign_in_desk, "PASS_GOOD_FOR", timedelta(days=36_500))
    clerk = open_till(signs_in=True)
    sign_in(clerk, "Ada Admin", PIN)
    clerk.window.show_page("settings", "data")
    section = clerk.page("settings").section
    section.back_up()
    until(section.job.outcome.text)
    assert section.job.outcome.text() == "The backup is made and checked."
    with behind.store.look(admin) as uow:
        passes = uow.connection.execute(text("SELECT count(*) FROM user_pass")).scalar_one()
    assert passes == 0  # it was for one use


def test_an_admin_goes_on_in_another_shop_and_comes_back(
    admin: Actor, behind: Shop, sqlite_place: str, qapp: QApplication, look: Theme
) -> None:
    other = a_business(behind, name="The shop next door")
    till_settings(signs_in=True)
    here = start_program(qapp, Path(sqlite_place), business="Harbour Lane Repairs")
    sign_in(here, "Ada Admin", PIN)
    here.on("desk")
    there = _gone_on(here, "The shop next door")
    assert there.window.windowTitle() == "The shop next door · posapp"
    assert there.actor.user == "Ada Admin" and there.actor.business == other.business
    assert "My customer record" not in _menu(there)  # that is at home
    there.press("F12")
    sign_in(there, "Ada Admin", PIN)  # at home elsewhere, and let in again here
    assert there.actor.business == other.business
    back = _gone_on(there, "Harbour Lane Repairs")
    assert back.actor.business == admin.business
    back.window.close()
    look.apply(qapp)


def _menu(clerk: Clerk) -> list[str]:
    """What the menu of the one who is at the till offers."""
    clerk.window.top_bar.user.click()
    until(lambda: QApplication.activePopupWidget() is not None)
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    words = [one.text() for one in menu.actions()]
    menu.close()
    until(lambda: QApplication.activePopupWidget() is None)
    return words


def test_what_somebody_else_had_open_in_the_settings_is_not_asked_for(
    admin: Actor, open_till: OpenTill
) -> None:
    clerk = open_till()
    sign_in(clerk, "Ada Admin", PIN)
    clerk.window.show_page("settings", "users")
    clerk.on("settings")
    clerk.press("F12")
    sign_in(clerk, "Sam Counter", STAFF_PIN)
    clerk.quiet()
    assert not [words for words in clerk.said() if "may not do this" in words]


def _gone_on(clerk: Clerk, shop: str) -> Clerk:
    """Chosen in the menu of the one who is at the till."""
    followed: list[Program] = []
    clerk.program.followed.connect(followed.append)
    clerk.window.top_bar.user.click()
    until(lambda: QApplication.activePopupWidget() is not None)
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    shops = next(one.menu() for one in menu.actions() if one.text() == "Work in another shop")
    assert isinstance(shops, QMenu)
    next(one for one in shops.actions() if one.text() == shop).trigger()
    menu.close()
    until(lambda: followed and followed[0].session is not None)
    after = Clerk(followed[0])
    after.to_front()
    after.on("desk")
    return after
