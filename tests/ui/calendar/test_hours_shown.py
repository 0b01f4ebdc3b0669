"""Which day and hours the calendar shows: a day that was typed, never the night, what crosses midnight."""

from datetime import date, timedelta

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from posapp.domain.shop.businesses import WeekRow
from tests.ui.calendar.conftest import ALT, CTRL, SHIFT, Counter

Key = Qt.Key


def test_alt_g_goes_to_a_day_that_is_typed_or_chosen_in_the_month(counter: Counter) -> None:
    counter.press(Key.Key_G, ALT)
    page = counter.page
    popup = page._go_to
    assert popup is not None and popup.isVisible()
    QTest.keyClicks(popup.line, "soon")
    QTest.keyClick(popup.line, Key.Key_Return)
    assert popup.isVisible() and popup.hint.text()
    popup.line.selectAll()
    QTest.keyClicks(popup.line, "+7")
    assert popup.month.selectedDate().toPython() == page.session.today() + timedelta(days=7)
    QTest.keyClick(popup.line, Key.Key_Return)
    assert not popup.isVisible()
    assert page.shown.day == page.session.today() + timedelta(days=7)
    page.header.go_to.click()
    QTest.keyClick(popup.line, Key.Key_Down)
    QTest.keyClick(popup.month, Key.Key_Return)
    assert page.shown.day == page.session.today() + timedelta(days=7)


def _slot_day(counter: Counter) -> date:
    view = counter.page.view
    assert view.picture is not None and view.cursor_at is not None
    return view.picture.columns[view.cursor_at.column].day


def test_a_week_opens_on_the_day_that_was_shown_or_asked_for(counter: Counter) -> None:
    page, today = counter.page, counter.page.session.today()
    counter.to_view()
    counter.press(Key.Key_W, ALT)
    counter.quiet()
    assert page.shown.is_week and _slot_day(counter) == today
    other = today + timedelta(days=9 if today.weekday() < 4 else 5)
    page._go(other)
    counter.quiet()
    assert _slot_day(counter) == other
    counter.press(Key.Key_Home, ALT)
    counter.quiet()
    assert _slot_day(counter) == today
    page._go(other)
    counter.quiet()
    counter.press(Key.Key_W, ALT)
    counter.quiet()
    assert not page.shown.is_week and page.shown.day == other


def test_the_first_free_time_of_a_night_is_in_sight_on_the_next_day(counter: Counter) -> None:
    nights = [WeekRow(None, day, "open", 18 * 60, 26 * 60) for day in range(7)]
    counter.shop.hours.set_week(counter.actor, None, nights)
    view = counter.page.view
    counter.until(lambda: view.picture is not None and view.picture.columns[0].open_spans[-1][1] == 1440)
    counter.page.form.note.editor.setFocus()
    counter.type("x")
    counter.page.go_today()
    counter.quiet()
    counter.page.step(1)
    counter.quiet()
    counter.until(lambda: view.draft is not None and view.draft.minute == 0)
    assert view.geometry_now().visible_minutes()[0] <= 0


def test_a_time_in_the_night_scrolls_the_calendar_nowhere(counter: Counter) -> None:
    bar, form = counter.page.view.verticalScrollBar(), counter.page.form
    before = bar.value()
    counter.replace(form.when.starts, "2")
    counter.press(Key.Key_Tab)
    counter.quiet()
    assert form.when.starts.text() == "02:00"
    assert bar.value() == before
    counter.window.resize(1024, 720)
    counter.page.go_today()
    counter.quiet()
    assert counter.page.view.geometry_now().visible_minutes()[0] > 8 * 60


def test_a_form_that_is_opened_again_shows_its_draft(counter: Counter) -> None:
    counter.page.form.note.editor.setFocus()
    counter.type("x")
    counter.press(Key.Key_Escape)
    assert counter.page.view.draft is None
    counter.press(Key.Key_B, CTRL)
    counter.quiet()
    assert counter.page.view.draft is not None


def _inside(counter: Counter, column: int, minute: int) -> QPoint:
    rect = counter.page.view.geometry_now().span(column, minute, minute + 15)
    return QPoint(round(rect.left() + 40), round(rect.top() + 3))


def test_a_booking_over_midnight_is_seen_from_both_days_and_dragged_from_the_second(counter: Counter) -> None:
    nights = [WeekRow(None, day, "open", 18 * 60, 26 * 60) for day in range(7)]
    counter.shop.hours.set_week(counter.actor, None, nights)
    booking = counter.booked(23, 30, who="Tomasz", minutes=60)
    view = counter.page.view
    counter.until(lambda: view.picture is not None and view.picture.columns[0].blocks)
    assert view.picture is not None
    assert [(one.starts, one.ends) for one in view.picture.columns[0].blocks] == [(1410, 1440)]
    assert view.select(booking.number)
    counter.page.view.setFocus()
    counter.press(Key.Key_Down, SHIFT)
    counter.quiet()
    assert counter.booking(booking.number).minutes == 75
    counter.page.go_today()
    counter.quiet()
    assert view.geometry_now().visible_minutes()[0] > 10 * 60
    counter.page.step(1)
    counter.quiet()
    assert [(one.starts, one.ends) for one in view.picture.columns[0].blocks] == [(0, 45)]
    assert view.select(booking.number)
    QTest.mousePress(view.viewport(), Qt.MouseButton.LeftButton, pos=_inside(counter, 0, 0))
    QTest.mouseMove(view.viewport(), _inside(counter, 0, 60))
    assert view.trial is not None
    assert view.trial.starts == booking.wall_start + timedelta(hours=1)
    QTest.mouseRelease(view.viewport(), Qt.MouseButton.LeftButton, pos=_inside(counter, 0, 60))
    counter.quiet()
    assert counter.booking(booking.number).wall_start == booking.wall_start + timedelta(hours=1)
