from datetime import UTC, datetime, timedelta

from posapp.domain.shop.businesses import ResourceKind, WeekRow
from posapp.services.shop.businesses import SaveResource
from tests.factories import a_booking, at


def rows(manager, resource=None, weekday=0):
    return [
        (row.kind, row.starts, row.ends, row.label)
        for row in manager.catalogue().week
        if row.resource_id == resource and row.weekday == weekday
    ]


def soon():
    return datetime.now(UTC).date() + timedelta(days=40)


def person(manager, name="Ravi"):
    made = manager.session.shop.businesses.save_resource(
        manager.session.actor, SaveResource(kind=ResourceKind.STAFF, name=name)
    )
    manager.settle()
    return made


def test_tab_goes_from_the_chips_into_the_week_and_the_arrows_choose_whose_hours(manager):
    person(manager)
    section = manager.open("hours")
    assert section.whose.isAncestorOf(manager.focus)
    manager.press("Tab")
    assert manager.focus.accessibleName() == "Monday, open"


def test_hours_are_typed_as_people_write_them_and_shown_in_one_way(manager):
    section = manager.open("hours")
    manager.tab_to("Monday, open")
    manager.replace("8.30-12 and 13-17:30")
    manager.press("Tab")
    assert rows(manager) == [("open", 510, 720, ""), ("open", 780, 1050, "")]
    assert section.week.days[0].hours.text() == "08:30–12:00, 13:00–17:30"


def test_hours_that_overlap_are_refused_and_nothing_is_saved(manager):
    section = manager.open("hours")
    manager.tab_to("Monday, open")
    manager.replace("9-13, 12-18")
    manager.press("Tab")
    assert "overlap" in section.week.days[0].hours.message()
    assert rows(manager) == [("open", 540, 1080, "")]


def test_hours_that_are_none_or_unclear_are_refused(manager):
    section = manager.open("hours")
    for typed, said in (
        ("9-9", "ends when it begins"),
        ("9-6", "09:00–18:00, or"),
        ("morning", "Enter hours such as"),
    ):
        manager.tab_to("Monday, open")
        manager.replace(typed)
        manager.press("Tab")
        assert said in section.week.days[0].hours.message()
    assert rows(manager) == [("open", 540, 1080, "")]


def test_a_break_has_words_and_lies_within_the_hours(manager):
    section = manager.open("hours")
    manager.tab_to("Monday, breaks")
    manager.type("19-20 Lunch")
    manager.press("Tab")
    assert "outside the open hours" in section.week.days[0].breaks.message()
    manager.tab_to("Monday, breaks")
    manager.replace("13-13:30 Lunch")
    manager.press("Tab")
    assert ("break", 780, 810, "Lunch") in rows(manager)


def test_an_empty_line_is_a_closed_day_and_undo_opens_it_again(manager):
    manager.open("hours")
    manager.tab_to("Sunday, open")
    manager.replace("")
    manager.press("Tab")
    assert rows(manager, weekday=6) == []
    manager.press("ctrl+Z")
    assert rows(manager, weekday=6) == [("open", 540, 1080, "")]


def test_a_day_is_copied_to_all_days(manager):
    manager.open("hours")
    manager.tab_to("Tuesday, open")
    manager.replace("10-16")
    manager.press("alt+C")
    assert all(rows(manager, weekday=day) == [("open", 600, 960, "")] for day in range(7))


def test_a_person_has_the_hours_of_the_shop_until_own_ones_are_wanted(manager):
    ravi = person(manager)
    section = manager.open("hours")
    manager.press("Right", "Right")
    assert section.as_shop.isChecked()
    assert not section.week.days[0].hours.isEnabled()
    manager.tab_to("The same hours as the shop")
    manager.press("Space")
    assert rows(manager, ravi.id) == [("open", 540, 1080, "")]
    manager.tab_to("Monday, open")
    manager.replace("12-18")
    manager.press("Tab")
    assert rows(manager, ravi.id) == [("open", 720, 1080, "")]
    assert rows(manager) == [("open", 540, 1080, "")]


def test_a_closed_day_is_added_and_removed_again(manager):
    section = manager.open("hours")
    day = soon()
    manager.tab_to("Day")
    manager.type(day.isoformat())
    manager.tab_to("Reason")
    manager.type("Holiday")
    manager.press("ctrl+Return")
    desk, actor = manager.session.shop.hours, manager.session.actor
    [stored] = desk.exceptions(actor, day, day)
    assert (stored.opens, stored.reason) == (None, "Holiday")
    assert [row.day for row in section.days.table.rows.rows()] == [day]
    manager.tab_to("Closed days and other hours")
    manager.press("Delete")
    assert not desk.exceptions(actor, day, day)


def test_a_holiday_of_several_days_is_one_entry(manager):
    manager.open("hours")
    first = soon()
    manager.tab_to("Day")
    manager.type(first.isoformat())
    manager.tab_to("Until")
    manager.type((first + timedelta(days=4)).isoformat())
    manager.press("ctrl+Return")
    desk, actor = manager.session.shop.hours, manager.session.actor
    assert len(desk.exceptions(actor, first, first + timedelta(days=10))) == 5
    manager.press("ctrl+Z")
    assert not desk.exceptions(actor, first, first + timedelta(days=10))


def test_a_last_day_before_the_first_is_refused(manager):
    section = manager.open("hours")
    first = soon()
    manager.tab_to("Day")
    manager.type(first.isoformat())
    manager.tab_to("Until")
    manager.type((first - timedelta(days=4)).isoformat())
    manager.press("ctrl+Return")
    assert "after the first" in section.days.until.message()


def test_another_tills_hours_are_shown_at_once(manager):
    section = manager.open("hours")
    week = [WeekRow(None, 0, "open", 600, 700)]
    manager.session.shop.hours.set_week(manager.session.actor, None, week)
    manager.settle()
    assert section.week.days[0].hours.text() == "10:00–11:40"


def test_closing_a_day_that_has_bookings_names_them(manager):
    manager.open("hours")
    shop, actor, day = manager.session.shop, manager.session.actor, soon()
    booked = a_booking(shop, actor, starts=at(10, day=day))
    manager.tab_to("Day")
    manager.type(day.isoformat())
    manager.press("ctrl+Return")
    said = manager.page.shell.notices.messages()[0].text
    assert said.startswith(f"Booked outside of these hours: {booked.number} ")
