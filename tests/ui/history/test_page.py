"""The history by keys."""

import csv
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QScrollArea
from sqlalchemy import update

from posapp.domain.base.errors import EnvironmentFault
from posapp.domain.bookings.bookings import BookingStatus
from posapp.domain.customers.customers import Customer
from posapp.domain.repairs.informing import ContactHow
from posapp.files import shown
from posapp.services.customers.customers import EditCustomer
from posapp.services.desks import Shop
from posapp.services.repairs.informing import Inform
from posapp.storage.bookings.tables import booking
from posapp.ui.file_dialogs import FileDialog
from posapp.ui.history.detail import DetailPanel
from posapp.ui.history.entries import Entry, Month, with_months
from posapp.ui.history.filters import PartBox
from posapp.ui.history.timeline import TimelineView
from posapp.ui.theme import theme
from posapp.ui.window.notice_bar import NoticeBar
from tests.factories import TILL, a_booking, a_customer
from tests.repairs import a_device, a_ticket, approved, asked, moved
from tests.ui.a11y import assert_named
from tests.ui.preview.till import ALT, CTRL, Till, words_on

Key = Qt.Key
FATAL = QAbstractItemModelTester.FailureReportingMode.Fatal


def timeline(till: Till) -> TimelineView:
    found = till.history.findChild(TimelineView)
    assert found is not None
    return found


def current(till: Till) -> Entry:
    entry = timeline(till).current_entry()
    assert entry is not None
    return entry


def titles(till: Till) -> list[str]:
    return [row.title for row in timeline(till).model_of_events.rows() if isinstance(row, Entry)]


def panel(till: Till) -> str:
    """What the panel on the right says."""
    found = till.window.sheet_content or till.history.findChild(DetailPanel)
    assert isinstance(found, DetailPanel)
    return words_on(found)


def notice(till: Till) -> str:
    bar = till.history.findChild(NoticeBar)
    assert bar is not None
    return "" if bar.isHidden() else bar.text()


# -- browsing ----------------------------------------------------------------------------------------------
def test_the_newest_entry_is_chosen_and_shown_with_its_steps(till: Till, marta: Customer) -> None:
    till.show("history", marta.id)
    assert titles(till) == ["B3", "B2", "B1", "Customer created"]
    assert timeline(till).hasFocus()
    assert current(till).title == "B3"
    assert "B3" in panel(till)
    assert "Booked for" in panel(till)
    assert "Steam Deck" in panel(till)


def test_the_header_says_who_it_is_and_what_lies_ahead(till: Till, marta: Customer) -> None:
    till.show("history", marta.id)
    assert "Marta Kowalczyk" in words_on(till.history)
    till.tab_to("Next booking")
    assert "09:00" in till.focus.accessibleName()


def test_arrows_pass_over_the_months(till: Till, marta: Customer, regular: Callable[[int], Customer]) -> None:
    regular(70)
    till.show("history", marta.id)
    seen = [current(till).title]
    for _ in range(73):
        till.press(Key.Key_Down)
        seen.append(current(till).title)
    assert seen == titles(till)
    for _ in range(73):
        till.press(Key.Key_Up)
    assert current(till).title == "B3"


def test_an_entry_is_never_shown_without_its_month(
    till: Till, marta: Customer, regular: Callable[[int], Customer]
) -> None:
    regular(70)
    till.show("history", marta.id)
    till.press(Key.Key_End)
    till.press(Key.Key_Home)
    assert timeline(till).verticalScrollBar().value() == 0


@pytest.mark.parametrize("key", [Key.Key_PageDown, Key.Key_End])
def test_a_page_never_ends_on_a_month(
    till: Till, marta: Customer, regular: Callable[[int], Customer], key: Key
) -> None:
    regular(70)
    till.show("history", marta.id)
    for _ in range(12):
        till.press(key)
    assert current(till).title == titles(till)[-1]


def test_enter_opens_the_booking_in_the_calendar(till: Till, marta: Customer) -> None:
    till.show("history", marta.id)
    till.press(Key.Key_Return)
    assert till.opened() == ("calendar", "B3")


def test_enter_on_a_change_opens_the_customer(till: Till, marta: Customer) -> None:
    till.show("history", marta.id)
    till.press(Key.Key_End)
    assert "Customer created" in panel(till)
    till.press(Key.Key_Return)
    assert till.opened() == ("desk", marta.id)


def test_escape_goes_back(till: Till, marta: Customer) -> None:
    till.show("history", marta.id)
    till.press(Key.Key_Escape)
    assert till.window.current_page_id == "desk"


def test_print_opens_the_slip_and_escape_comes_back_to_the_same_entry(till: Till, marta: Customer) -> None:
    till.show("history", marta.id)
    till.press(Key.Key_Down)
    till.press(Key.Key_P, CTRL)
    assert (till.window.current_page_id, till.preview.subtitle()) == ("preview", "B2")
    till.press(Key.Key_Escape)
    assert till.window.current_page_id == "history"
    assert current(till).title == "B2"


def test_the_buttons_beside_the_details_mean_what_the_details_show(till: Till, marta: Customer) -> None:
    till.show("history", marta.id)
    panel_shown = till.history.findChild(DetailPanel)
    assert panel_shown is not None
    QTest.keyClick(till.focus, Key.Key_Down)  # the details of B2 are still being read
    assert (current(till).title, "B3" in panel(till)) == ("B2", True)
    panel_shown.open.click()
    assert till.opened() == ("calendar", "B3")


def test_a_ticket_is_told_with_its_devices_and_steps(till: Till, sqlite_shop: Shop, marta: Customer) -> None:
    actor = sqlite_shop.actor(TILL)
    ticket = a_ticket(sqlite_shop, actor, a_device(), a_device(fault="Dead"), customer_id=marta.id)
    moved(sqlite_shop, actor, ticket.number, "in_repair")
    till.show("history", marta.id)
    till.press(Key.Key_3, ALT)
    assert titles(till) == [ticket.number]
    assert current(till).second == "Samsung Galaxy S22 +1"
    said = panel(till)
    for words in (ticket.number, "In repair", "Checked in", "Cracked screen", "Dead"):
        assert words in said


def test_words_without_a_space_widen_nothing(till: Till, sqlite_shop: Shop, marta: Customer) -> None:
    actor, word = sqlite_shop.actor(TILL), "Displayschaden" * 13
    a_ticket(sqlite_shop, actor, a_device(model=word, fault=word * 10), customer_id=marta.id)
    till.show("history", marta.id)
    till.press(Key.Key_3, ALT)
    assert word * 10 in panel(till)
    [area] = till.window.findChildren(DetailPanel)[0].findChildren(QScrollArea)
    content = area.widget()
    assert content is not None
    assert content.minimumSizeHint().width() <= area.viewport().width()


def test_estimates_and_messages_are_told_and_opened(till: Till, sqlite_shop: Shop, marta: Customer) -> None:
    actor = sqlite_shop.actor(TILL)
    a_ticket(sqlite_shop, actor, customer_id=marta.id)
    asked(sqlite_shop, actor, "T1", 9900)
    approved(sqlite_shop, actor, "T1")
    words = Inform(number="T1", how=ContactHow.PHONE, words="It is ready", answer="Comes at six")
    sqlite_shop.informing.informed(actor, words)
    till.show("history", marta.id)
    till.press(Key.Key_3, ALT)
    assert titles(till) == ["T1", "T1", "T1"]
    assert current(till).second == "Phone call: It is ready"
    assert "Comes at six" in panel(till)
    till.press(Key.Key_Down)
    assert (current(till).second, current(till).price) == ("Estimate 1, Marta", "€99.00")
    pill, said = current(till).pill, panel(till)
    assert pill is not None
    assert pill.word == "Approved"
    for part in ("Estimate 1", "Line 9900", "€99.00", "Marta, phone call"):
        assert part in said
    till.press(Key.Key_P, CTRL)
    assert till.window.current_page_id == "preview"
    till.press(Key.Key_Escape)
    till.press(Key.Key_Return)
    assert till.window.current_page_id == "estimate"


# -- filters -----------------------------------------------------------------------------------------------
def test_alt_and_a_number_filter_and_the_arrows_go_on_browsing(till: Till, marta: Customer) -> None:
    till.show("history", marta.id)
    till.press(Key.Key_6, ALT)
    assert titles(till) == ["Customer created"]
    till.press(Key.Key_2, ALT)
    assert titles(till) == ["B3", "B2", "B1"]
    assert current(till).title == "B1"  # the nearest to the change that was chosen
    till.press(Key.Key_Up)
    assert current(till).title == "B2"
    till.press(Key.Key_1, ALT)
    assert len(titles(till)) == 4
    assert current(till).title == "B2"


def test_a_part_of_a_kind_is_shown_alone(till: Till, sqlite_shop: Shop, marta: Customer) -> None:
    actor = sqlite_shop.actor(TILL)
    a_ticket(sqlite_shop, actor, customer_id=marta.id)
    asked(sqlite_shop, actor, "T1", 9900)
    till.show("history", marta.id)
    part = till.history.findChild(PartBox)
    assert isinstance(part, PartBox) and part.isHidden()
    till.press(Key.Key_3, ALT)
    assert part.isVisible() and titles(till) == ["T1", "T1"]
    part.setFocus()
    till.press(Key.Key_Down)
    till.press(Key.Key_Down)
    assert (part.currentText(), current(till).second) == ("Estimates", "Estimate 1")
    till.press(Key.Key_6, ALT)
    assert part.currentText() == "All changes" and titles(till) == ["Customer created"]
    till.press(Key.Key_1, ALT)
    assert part.isHidden() and len(titles(till)) == 6


def test_rows_keep_their_heights_when_a_filter_moves_the_months(
    till: Till, marta: Customer, regular: Callable[[int], Customer]
) -> None:
    regular(70)
    till.show("history", marta.id)
    till.press(Key.Key_3, ALT)
    till.press(Key.Key_1, ALT)
    view = timeline(till)
    for number, row in enumerate(view.model_of_events.rows()):
        assert view.rowHeight(number) == theme().px(30 if isinstance(row, Month) else 50), number


def test_a_period_without_entries_says_so_and_enter_shows_all(till: Till, marta: Customer) -> None:
    with till.shop.store.work(till.actor) as uow:
        long_ago = {"starts_at": 1, "ends_at": 2, "busy_until": 2, "wall_start": "1970-01-01T01:00"}
        uow.connection.execute(update(booking).values(**long_ago))
        uow.commit()
    till.show("history", marta.id)
    till.press(Key.Key_2, ALT)
    till.tab_to("Period")
    till.press(Key.Key_Down)
    assert "Nothing matches." in words_on(till.history)
    assert "Choose an entry" in panel(till)
    till.tab_to("Show all")
    till.press(Key.Key_Return)
    assert len(titles(till)) == 4
    assert timeline(till).hasFocus()


def test_a_customer_without_any_entry_is_told_in_a_sentence(till: Till, marta: Customer) -> None:
    stranger = a_customer(till.shop, till.actor, "Ravi Nair")
    till.show("history", stranger.id)
    till.press(Key.Key_2, ALT)
    assert "Nothing matches." in words_on(till.history)
    assert till.focus.isVisible()
    till.press(Key.Key_Return)
    assert titles(till) == ["Customer created"]
    assert timeline(till).hasFocus()


@pytest.mark.parametrize(("fact", "left"), [("Bookings", 3), ("Visits", 3)])
def test_a_fact_opens_what_it_counts(till: Till, marta: Customer, fact: str, left: int) -> None:
    till.show("history", marta.id)
    till.tab_to(f"{fact},")
    till.press(Key.Key_Return)
    assert len(titles(till)) == left


def test_the_next_booking_opens_in_the_calendar(till: Till, marta: Customer) -> None:
    till.show("history", marta.id)
    till.tab_to("Next booking")
    till.press(Key.Key_Return)
    assert till.opened() == ("calendar", "B1")


def test_without_a_next_booking_the_fact_says_so(till: Till) -> None:
    stranger = a_customer(till.shop, till.actor, "Ravi Nair")
    till.show("history", stranger.id)
    till.tab_to("Next booking")
    till.press(Key.Key_Return)
    assert till.said() == "No booking lies ahead"


# -- what others do meanwhile ------------------------------------------------------------------------------
def test_the_chosen_entry_stays_when_another_till_adds_one(till: Till, marta: Customer) -> None:
    till.show("history", marta.id)
    till.press(Key.Key_Down)
    a_booking(till.shop, till.shop.actor("Till 2"), marta)
    till.quiet()
    assert titles(till)[:2] == ["B4", "B3"]
    assert current(till).title == "B2"
    assert timeline(till).hasFocus()


def test_what_another_till_did_to_the_chosen_entry_is_shown(till: Till, marta: Customer) -> None:
    till.show("history", marta.id)
    till.tab_to("Open booking")
    till.shop.bookings.set_status(
        till.shop.actor("Till 2"), "B3", BookingStatus.CANCELLED, reason="Mended it himself"
    )
    till.quiet()
    assert "Cancelled: Mended it himself" in panel(till)
    assert "Till 2" in panel(till)
    assert till.focus.isVisible()
    assert till.focus.text().startswith("Open booking")  # type: ignore[attr-defined]


def test_a_corrected_name_is_shown_at_once(till: Till, marta: Customer) -> None:
    till.show("history", marta.id)
    till.press(Key.Key_2, ALT)
    till.shop.customers.edit(till.actor, EditCustomer(customer_id=marta.id, name="Marta Nowak"))
    till.quiet()
    assert "Marta Nowak" in words_on(till.history)
    assert titles(till) == ["B3", "B2", "B1"]
    assert timeline(till).hasFocus()


def test_a_far_entry_stays_chosen_and_in_place_when_the_data_change(
    till: Till, marta: Customer, regular: Callable[[int], Customer]
) -> None:
    regular(450)
    till.show("history", marta.id)
    for _ in range(3):
        till.press(Key.Key_End)
    for _ in range(40):
        till.press(Key.Key_Up)
    view, chosen = timeline(till), current(till)
    y = view.rowViewportPosition(view.currentIndex().row())
    a_booking(till.shop, till.shop.actor("Till 2"), marta)
    till.quiet()
    assert current(till).identity == chosen.identity
    assert view.rowViewportPosition(view.currentIndex().row()) == y


def test_another_customer_starts_afresh(till: Till, marta: Customer) -> None:
    till.show("history", marta.id)
    till.press(Key.Key_3, ALT)
    stranger = a_customer(till.shop, till.actor, "Ravi Nair")
    till.window.show_page("history", stranger.id)
    assert "Marta" not in words_on(till.history)
    till.quiet()
    assert "Ravi Nair" in words_on(till.history)
    assert titles(till) == ["Customer created"]


# -- many entries ------------------------------------------------------------------------------------------
def test_a_long_story_comes_in_pages_with_each_month_once(
    till: Till, marta: Customer, regular: Callable[[int], Customer]
) -> None:
    regular(450)
    QAbstractItemModelTester(timeline(till).model_of_events, FATAL, till.window)
    till.show("history", marta.id)
    assert len(titles(till)) == 200
    for _ in range(4):
        till.press(Key.Key_End)
    rows = timeline(till).model_of_events.rows()
    events = [row.event for row in rows if isinstance(row, Entry)]
    assert len(events) == 454
    assert list(rows) == with_months(events, till.session.wording)
    assert len([row for row in rows if isinstance(row, Month)]) == len(
        {row.first for row in rows if isinstance(row, Month)}
    )


def test_the_next_page_is_asked_for_before_the_end_is_reached(
    till: Till, marta: Customer, regular: Callable[[int], Customer]
) -> None:
    regular(450)
    till.show("history", marta.id)
    bar = timeline(till).verticalScrollBar()
    bar.setValue(bar.maximum() - bar.pageStep())
    till.quiet()
    assert len(titles(till)) == 400


# -- narrow windows ----------------------------------------------------------------------------------------
def test_narrow_windows_show_the_entry_in_the_side_sheet(
    open_window: Callable[..., Till], marta: Customer
) -> None:
    till = open_window(size=(1024, 720))
    till.show("history", marta.id)
    assert till.window.sheet_content is None
    till.press(Key.Key_Period, CTRL)
    assert "B3" in panel(till)
    assert timeline(till).hasFocus()
    till.press(Key.Key_Down)
    assert "B2" in panel(till)
    till.press(Key.Key_Escape)
    assert till.window.sheet_content is None
    assert till.window.current_page_id == "history"
    assert timeline(till).hasFocus()


def test_the_side_sheet_does_not_follow_to_another_page(
    open_window: Callable[..., Till], marta: Customer
) -> None:
    till = open_window(size=(1024, 720))
    till.show("history", marta.id)
    till.press(Key.Key_Period, CTRL)
    till.press(Key.Key_Return)
    assert till.window.current_page_id == "calendar"
    assert till.window.sheet_content is None


def test_wide_windows_go_to_the_details_and_back(till: Till, marta: Customer) -> None:
    till.show("history", marta.id)
    till.press(Key.Key_Period, CTRL)
    assert till.focus.text() == "Open booking"  # type: ignore[attr-defined]
    till.press(Key.Key_Period, CTRL)
    assert timeline(till).hasFocus()


@pytest.mark.parametrize("name", ["Wolfeschlegelsteinhausenbergerdorff " * 5, "محمد عبد الله الحسيني"])
def test_any_name_fits_the_smallest_window(open_window: Callable[..., Till], name: str) -> None:
    till = open_window(size=(1024, 720))
    customer = a_customer(till.shop, till.actor, name.strip())
    till.show("history", customer.id)
    assert name.strip() in words_on(till.history)
    assert till.window.width() == 1024
    assert till.history.minimumSizeHint().width() <= till.history.width()


# -- export ------------------------------------------------------------------------------------------------
def exported(till: Till, monkeypatch: pytest.MonkeyPatch, path: Path) -> None:
    monkeypatch.setattr(FileDialog, "getSaveFileName", lambda *_: (str(path), ""))
    till.press(Key.Key_E, CTRL)


def test_the_timeline_is_exported_as_it_is_filtered(
    till: Till, marta: Customer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    till.show("history", marta.id)
    till.press(Key.Key_2, ALT)
    exported(till, monkeypatch, tmp_path / "marta.csv")
    with (tmp_path / "marta.csv").open(encoding="utf-8-sig", newline="") as file:
        head, *rows = csv.reader(file)
    assert head[:3] == ["When", "Kind", "Number"]
    assert [row[2] for row in rows] == ["B3", "B2", "B1"]
    assert till.said() == "3 entries written to marta.csv"


def test_a_folder_that_is_not_there_is_said_and_nothing_is_left(
    till: Till, marta: Customer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    till.show("history", marta.id)
    exported(till, monkeypatch, tmp_path / "gone" / "marta.csv")
    assert notice(till) == f"There is no folder {shown(tmp_path / 'gone')}. Make it, or choose another."
    assert not (tmp_path / "gone").exists()


# -- trouble, names, looks ---------------------------------------------------------------------------------
def test_a_database_that_fails_is_said_and_can_be_tried_again(
    till: Till, marta: Customer, monkeypatch: pytest.MonkeyPatch
) -> None:
    till.show("history", marta.id)
    fault = EnvironmentFault("database_unreachable", "The server does not answer.")

    def fails(*_: object, **__: object) -> None:
        raise fault

    with monkeypatch.context() as broken:
        broken.setattr(till.shop.history, "page", fails)
        till.press(Key.Key_2, ALT)
    assert notice(till) == "The server does not answer."
    assert len(titles(till)) == 4
    till.tab_to("Try again")
    till.press(Key.Key_Return)
    assert not notice(till)
    assert titles(till) == ["B3", "B2", "B1"]


def test_everything_that_takes_the_focus_has_a_name(
    open_window: Callable[..., Till], marta: Customer
) -> None:
    till = open_window(size=(1024, 720))
    till.show("history", marta.id)
    till.press(Key.Key_Period, CTRL)
    assert_named(till.window)


def test_a_row_is_read_out_in_one_sentence(till: Till, marta: Customer) -> None:
    till.show("history", marta.id)
    said = str(timeline(till).currentIndex().data(Qt.ItemDataRole.AccessibleTextRole))
    assert "B3, Booked" in said


def test_the_colours_of_the_theme_are_followed(till: Till, marta: Customer) -> None:
    till.show("history", marta.id)
    for choice in ("light", "dark"):
        till.window.theme.change(choice=choice)
        picture, tokens = timeline(till).grab().toImage(), theme().tokens
        chosen = timeline(till).visualRect(timeline(till).currentIndex())
        assert picture.pixelColor(chosen.center()) == tokens.selection
        assert picture.pixelColor(chosen.center().x(), chosen.top() - 5) == tokens.sunken
