"""The two days on which the clocks of Europe/Dublin change (tz database: 29 March, 25 October 2026)."""

from datetime import UTC, date, datetime, timedelta

from PySide6.QtCore import Qt

from posapp.domain.shop.businesses import WeekRow
from posapp.services.bookings.agenda import Agenda
from posapp.ui.calendar.arrangement import day_picture
from tests.factories import a_customer, a_phone, at, the_clock
from tests.ui.calendar.conftest import CTRL, Counter

Key = Qt.Key
SPRING, AUTUMN = date(2026, 3, 29), date(2026, 10, 25)


def _night_shop(counter: Counter, day: date) -> None:
    """The clock stands before that day, and the shop is open all round the clock."""
    the_clock(counter.shop).set(datetime(day.year, day.month, day.day, 8, tzinfo=UTC) - timedelta(days=2))
    rows = [WeekRow(None, weekday, "open", 0, 1440) for weekday in range(7)]
    counter.shop.hours.set_week(counter.actor, None, rows)
    counter.quiet()


def _known(counter: Counter) -> None:
    a_customer(counter.shop, counter.actor, phone=a_phone(1))
    counter.type("0851000001")
    counter.until(lambda: counter.page.form.who.card is not None)


def test_a_skipped_hour_offers_the_two_nearest_times(counter: Counter) -> None:
    _night_shop(counter, SPRING)
    _known(counter)
    when = counter.page.form.when
    when.set_start(at(1, 30, SPRING))
    counter.until(when.clash.text)
    assert when.clash.text().startswith("01:30 does not exist on Sun 29 Mar 2026")
    assert [button.text() for button in when.clash.buttons()] == ["00:45", "02:00"]
    assert when.clash.anyway.isHidden()
    when.clash.buttons()[1].click()
    counter.quiet()
    assert not when.clash.text()
    counter.press(Key.Key_Return, CTRL)
    counter.until(lambda: counter.bookings(SPRING))
    assert counter.bookings(SPRING)[0].starts == datetime(2026, 3, 29, 1, tzinfo=UTC)


def test_a_doubled_hour_asks_which_one(counter: Counter) -> None:
    _night_shop(counter, AUTUMN)
    _known(counter)
    when = counter.page.form.when
    when.set_start(at(1, 30, AUTUMN))
    counter.quiet()
    assert when.which.isVisible()
    counter.press(Key.Key_Return, CTRL)
    assert when.starts.message() == "This time comes twice. Choose the first or the second."
    assert not counter.bookings(AUTUMN)
    assert when.which.choose_number(2)
    counter.press(Key.Key_Return, CTRL)
    counter.until(lambda: counter.bookings(AUTUMN))
    [booking] = counter.bookings(AUTUMN)
    assert booking.wall_start == at(1, 30, AUTUMN)
    assert booking.starts == datetime(2026, 10, 25, 1, 30, tzinfo=UTC)


def test_bookings_of_both_hours_stand_where_the_wall_clock_says(counter: Counter) -> None:
    _night_shop(counter, AUTUMN)
    customer = a_customer(counter.shop, counter.actor)
    for hour, offset in ((1, 1), (1, 0)):
        _book(counter, customer.id, at(hour, 30, AUTUMN), timedelta(hours=offset))
    picture = day_picture(counter.shop.bookings.agenda(counter.actor, AUTUMN, AUTUMN), "Europe/Dublin")
    [column] = [column for column in picture.columns if column.blocks]
    assert [(block.starts, block.booking.is_second) for block in column.blocks] == [(90, False), (90, True)]
    assert [block.lane for block in column.blocks] == [0, 1]


def _book(counter: Counter, customer_id: int, start: datetime, offset: timedelta) -> None:
    from posapp.services.bookings.bookings import MakeBooking

    resource = counter.page.session.catalogue.resources[0].id
    counter.shop.bookings.book(
        counter.actor,
        MakeBooking(starts=start, customer_id=customer_id, resource_id=resource, minutes=30, offset=offset),
    )


def test_a_booking_over_the_skipped_hour_reaches_to_its_real_end(counter: Counter) -> None:
    _night_shop(counter, SPRING)
    customer = a_customer(counter.shop, counter.actor)
    _book(counter, customer.id, at(0, 45, SPRING), timedelta(0))
    agenda: Agenda = counter.shop.bookings.agenda(counter.actor, SPRING, SPRING)
    [block] = [block for column in day_picture(agenda, "Europe/Dublin").columns for block in column.blocks]
    assert (block.starts, block.ends) == (45, 135)


def test_the_day_of_the_change_is_painted(counter: Counter) -> None:
    _night_shop(counter, SPRING)
    for day in (SPRING, AUTUMN):
        counter.page.show_day(day)
        counter.quiet()
        picture = counter.page.view.picture
        assert picture is not None
        assert picture.first == day
        assert not counter.page.view.grab().isNull()
