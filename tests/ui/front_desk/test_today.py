"""The bookings of today, the days after it, and arriving."""

from datetime import timedelta

from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from posapp.domain.bookings.bookings import BookingStatus
from posapp.ui.front_desk.ready import FreeTimesCard
from posapp.ui.front_desk.today import TodayColumn
from posapp.ui.theme import Theme
from posapp.ui.widgets.scroll import Scroller
from posapp.ui.wording import Wording
from tests.ui.a11y import assert_named
from tests.ui.front_desk.conftest import Clerk


def test_the_day_is_listed_in_order_with_what_is_left(clerk: Clerk) -> None:
    marta = clerk.customer("Marta Kowalczyk", "087 914 0873")
    aisling = clerk.customer("Aisling Byrne", "087 911 5520")
    clerk.booking(marta, 4)
    done = clerk.booking(aisling, 1)
    clerk.booking(aisling, 30)
    clerk.shop.bookings.set_status(clerk.actor, done.number, BookingStatus.ARRIVED)
    clerk.qtbot.waitUntil(lambda: clerk.page.today.bookings.rows.rowCount() == 2)
    clerk.settle()
    rows = clerk.page.today.bookings.rows.rows()
    assert [(row.when, row.first, row.look.word) for row in rows] == [
        ("12:00", "Aisling Byrne", "Arrived"),
        ("15:00", "Marta Kowalczyk", "Booked"),
    ]
    totals = {button.fact.key: button.fact.value for button in clerk.page.welcome.totals._buttons}
    assert totals == {"all": "2", "left": "1", "here": "1", "ready": "0"}
    assert [row.count for row in clerk.page.welcome.days.rows.rows()][:2] == [2, 1]


def test_the_list_begins_with_who_is_here_or_comes_next_and_unfolds_what_is_over(clerk: Clerk) -> None:
    marta = clerk.customer("Marta Kowalczyk", "087 914 0873")
    done, missed, late, soon = (clerk.booking(marta, hours) for hours in (1, 2, 3, 5))
    for number, status in ((done.number, BookingStatus.ARRIVED), (missed.number, BookingStatus.NO_SHOW)):
        clerk.shop.bookings.set_status(clerk.actor, number, status)
    clerk.shop.bookings.set_status(clerk.actor, done.number, BookingStatus.DONE)
    clerk.clock.advance(timedelta(hours=4))
    clerk.settle()
    today = clerk.page.today
    assert [row.key for row in today.bookings.rows.rows()] == [late.number, soon.number]
    assert (today.over.text(), today.over.isVisible()) == ("2 are over", True)
    clerk.tab_to("2 are over")
    clerk.press("Space")
    every = [done.number, missed.number, late.number, soon.number]
    assert [row.key for row in today.bookings.rows.rows()] == every
    assert today.bookings.current_row().key == late.number
    clerk.press("Space")
    assert [row.key for row in today.bookings.rows.rows()] == [late.number, soon.number]


def test_enter_marks_arrived_and_brings_the_customer_to_the_counter(clerk: Clerk) -> None:
    marta = clerk.customer("Marta Kowalczyk", "087 914 0873")
    booking = clerk.booking(marta, 2)
    clerk.press("ctrl+.", "Enter")
    assert clerk.shop.bookings.get(clerk.actor, booking.number).status == BookingStatus.ARRIVED
    assert clerk.window.counter == marta
    assert f"{booking.number} arrived" in clerk.toasts
    assert clerk.page.today.bookings.rows.rows()[0].is_here


def test_arriving_is_taken_back_with_ctrl_z(clerk: Clerk) -> None:
    booking = clerk.booking(clerk.customer("Marta Kowalczyk", "087 914 0873"), 2)
    clerk.press("ctrl+.", "A", "ctrl+Z")
    assert clerk.shop.bookings.get(clerk.actor, booking.number).status == BookingStatus.BOOKED


def test_the_letter_can_be_switched_off(clerk: Clerk) -> None:
    booking = clerk.booking(clerk.customer("Marta Kowalczyk", "087 914 0873"), 2)
    clerk.page.today.set_plain_keys(False)
    clerk.press("ctrl+.", "A")
    assert clerk.shop.bookings.get(clerk.actor, booking.number).status == BookingStatus.BOOKED


def test_a_booking_to_come_is_marked_arrived_on_the_card(clerk: Clerk) -> None:
    marta = clerk.customer("Marta Kowalczyk", "087 914 0873")
    booking = clerk.booking(marta, 2)
    later = clerk.booking(marta, 26)
    clerk.type("marta")
    clerk.press("Enter")
    rows = clerk.page.card.coming.rows.rows()
    assert [(row.booking.number, row.action) for row in rows] == [
        (booking.number, "Arrived"),
        (later.number, "Open"),
    ]
    clerk.tab_to("Bookings to come")
    clerk.press("Enter")
    assert clerk.shop.bookings.get(clerk.actor, booking.number).status == BookingStatus.ARRIVED
    clerk.tab_to("Bookings to come")
    clerk.press("Down", "Enter")
    assert clerk.window.current_page_id == "calendar"
    assert getattr(clerk.window.current_page, "payload", None) == later.number


def test_the_facts_come_from_the_records(clerk: Clerk) -> None:
    marta = clerk.customer("Marta Kowalczyk", "087 914 0873")
    missed = clerk.booking(marta, 1)
    clerk.booking(marta, 3)
    clerk.shop.bookings.set_status(clerk.actor, missed.number, BookingStatus.NO_SHOW)
    clerk.settle()
    clerk.type("marta")
    clerk.press("Enter")
    facts = {button.fact.key: button.fact for button in clerk.page.card.facts._buttons}
    assert (facts["spent"].value, facts["spent"].note) == ("€0.00", "0 visits, 1 missed")
    assert facts["next"].note == "14:00 with Counter"
    assert (facts["balance"].value, facts["balance"].note) == ("€0.00", "nothing owed")
    words = [row.text for row in clerk.page.card.events.rows.rows()]
    assert words[0].startswith(missed.number)
    assert "Customer created" in words


def test_a_narrow_window_shows_the_day_in_a_sheet(clerk: Clerk) -> None:
    marta = clerk.customer("Marta Kowalczyk", "087 914 0873")
    clerk.booking(marta, 2)
    clerk.window.resize(1024, 720)
    clerk.qtbot.waitUntil(clerk.page.today.isHidden)
    clerk.press("ctrl+.")
    sheet = clerk.window.sheet_content
    assert isinstance(sheet, TodayColumn)
    assert_named(sheet)
    clerk.press("Enter")
    assert clerk.window.counter == marta
    assert clerk.window.sheet_content is None


def test_every_part_of_the_desk_has_a_name(clerk: Clerk) -> None:
    marta = clerk.customer("Marta Kowalczyk", "087 914 0873")
    clerk.booking(marta, 2)
    assert_named(clerk.page)
    clerk.type("087 914 0873")
    clerk.press("Enter")
    assert_named(clerk.page)
    clerk.press("Escape", "ctrl+N")
    assert_named(clerk.page)


def test_tab_visits_every_stop_once_and_comes_back(clerk: Clerk) -> None:
    clerk.booking(clerk.customer("Marta Kowalczyk", "087 914 0873"), 2)
    clerk.type("marta")
    clerk.press("Enter")
    seen: list[object] = []
    while clerk.focus not in seen:  # what leads back to where one was is a trap
        seen.append(clerk.focus)
        clerk.hit("Tab")
    page = clerk.page
    wanted = [page.finder.search, page.finder.recents, page.finder.new, page.card.edit, page.card.person]
    wanted += [page.card.new_ticket, page.card.book, page.card.history, page.card.coming, page.card.events]
    wanted += [page.today.bookings, page.today.free]
    assert [stop for stop in seen if stop in wanted] == wanted


def test_the_models_keep_their_promises(clerk: Clerk) -> None:
    page = clerk.page
    models = (page.finder.matches, page.finder.recents, page.card.coming, page.card.events)
    models = (*models, page.today.bookings, page.today.free, page.welcome.days)  # type: ignore[assignment]
    testers = [
        QAbstractItemModelTester(view.model(), QAbstractItemModelTester.FailureReportingMode.Fatal)
        for view in models
    ]
    clerk.booking(clerk.customer("Marta Kowalczyk", "087 914 0873"), 2)
    clerk.type("marta")
    clerk.press("Enter", "Escape", "Escape")
    assert len(testers) == 7


def test_nothing_is_said_of_free_times_before_they_were_read(qtbot: QtBot, look: Theme) -> None:
    card = FreeTimesCard(Wording(), "Next free times")
    qtbot.addWidget(card)
    [none] = [one for one in card.findChildren(QLabel) if one.text().startswith("No free")]
    assert none.isHidden()


def test_a_window_that_became_lower_leaves_nothing_to_scroll(clerk: Clerk) -> None:
    marta = clerk.customer("Marta Kowalczyk", "087 914 0873")
    for hours in range(1, 9):
        clerk.booking(marta, hours / 2)
    clerk.qtbot.waitUntil(lambda: clerk.page.today.bookings.rows.rowCount() == 8)
    viewport = clerk.page.parentWidget()
    around = viewport.parentWidget() if viewport is not None else None
    assert isinstance(around, Scroller)
    for typed in ("", "ma"):
        clerk.page.finder.search.setText(typed)
        for width, height in ((1920, 1080), (1366, 768), (1024, 720)):
            clerk.window.resize(width, height)
            clerk.settle()
            clerk.qtbot.waitUntil(lambda: around.verticalScrollBar().maximum() == 0)
