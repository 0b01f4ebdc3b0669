"""Printing behind the window: what the clerk hears of it on whatever page is in front."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from posapp.domain.base.errors import EnvironmentFault
from posapp.domain.bookings.bookings import Booking
from posapp.domain.papers.documents import NO_DEFAULT_PRINTER, PaperSize
from posapp.printing.base.system_queue import SystemQueue
from posapp.services.bookings.bookings import MakeBooking
from posapp.services.papers.papers import Output
from posapp.ui.preview.print_watch import paper_order, print_watch
from posapp.ui.widgets.buttons import Button
from tests.conftest import PrintQueue
from tests.factories import a_booking, a_customer, at, the_clock
from tests.ui.preview.till import Till, cups


def printer_word(till: Till) -> str:
    return till.window.key_bar._states["printer"][1]


def booked(till: Till, printer: str, hour: int = 11) -> tuple[str, int]:
    """A booking whose slip was queued with it, as the form does."""
    customer = a_customer(till.shop, till.actor)
    command = MakeBooking(
        customer_id=customer.id,
        starts=at(hour),
        output=Output(paper=PaperSize.ROLL_80, printer=printer),
    )
    made = till.shop.bookings.book(till.actor, command)
    assert made.job_id is not None
    return made.booking.number, made.job_id


def step(till: Till, text: str) -> Button:
    """A button of the notice above the page."""
    [found] = [
        one for one in till.window._notice.findChildren(Button) if one.text() == text and one.isVisible()
    ]
    return found


def has_notice(till: Till) -> bool:
    return till.window._notice.isVisible()


def test_a_slip_that_was_queued_with_its_booking_is_printed(till: Till, print_queue: PrintQueue) -> None:
    number, job = booked(till, "PDF")
    print_watch(till.window).give_out(number, job)
    assert printer_word(till) == f"Printing {number}"
    till.quiet()
    assert till.said() == f"{number} printed"
    assert printer_word(till) == "Receipt printer"
    assert not has_notice(till)


def test_a_slip_that_fails_is_said_on_every_page_and_can_be_shown(
    till: Till, print_queue: PrintQueue
) -> None:
    number, job = booked(till, "BROKEN")
    print_watch(till.window).give_out(number, job)
    till.quiet()
    assert has_notice(till)
    assert till.said().endswith("The booking is saved.")
    assert printer_word(till) == "1 paper waits"
    step(till, "Show on screen").setFocus()
    till.press(Qt.Key.Key_Return)
    assert (till.window.current_page_id, till.preview.subtitle()) == ("preview", number)


def test_that_there_is_no_printer_is_closed_for_the_day(till: Till, monkeypatch: pytest.MonkeyPatch) -> None:
    def nowhere(*_pdf: object, **_how: object) -> None:
        raise EnvironmentFault("printer_missing", NO_DEFAULT_PRINTER)

    monkeypatch.setattr(SystemQueue, "send", nowhere)
    watch = print_watch(till.window)
    for hour in (11, 12):
        number, job = booked(till, "", hour)
        watch.give_out(number, job)
        till.quiet()
        if hour == 11:
            step(till, "Close").click()
        assert not has_notice(till)
    assert printer_word(till) == "2 papers wait"
    till.session.till = replace(till.session.till, no_printer_closed="2020-01-01")
    number, job = booked(till, "", 13)
    watch.give_out(number, job)
    till.quiet()
    assert has_notice(till)  # another day


def test_print_again_takes_the_notice_away_when_it_works(
    open_window: Callable[..., Till], print_queue: PrintQueue
) -> None:
    till = open_window(receipt_printer="RAW")
    number, job = booked(till, "RAW")
    cups("cupsdisable", "RAW")
    print_watch(till.window).run_job(job, number)
    till.quiet()
    assert has_notice(till)
    cups("cupsenable", "RAW")
    step(till, "Print again").setFocus()
    till.press(Qt.Key.Key_Return)
    assert till.said() == f"{number} printed"
    assert not has_notice(till)
    assert printer_word(till) == "Receipt printer"


def test_print_again_goes_to_the_printer_that_is_chosen_now(
    open_window: Callable[..., Till], print_queue: PrintQueue
) -> None:
    till = open_window(receipt_printer="PDF")
    number, job = booked(till, "BROKEN")
    print_watch(till.window).give_out(number, job)
    till.quiet()
    step(till, "Print again").setFocus()
    till.press(Qt.Key.Key_Return)
    assert till.said() == f"{number} printed"
    assert not has_notice(till)


def test_a_paper_that_works_leaves_the_notice_of_another(till: Till, print_queue: PrintQueue) -> None:
    broken, works = booked(till, "BROKEN"), booked(till, "PDF", hour=13)
    print_watch(till.window).give_out(*broken)
    print_watch(till.window).give_out(*works)
    till.quiet()
    assert has_notice(till)
    assert printer_word(till) == "1 paper waits"
    assert [job.number for job in print_watch(till.window).waiting] == [broken[0]]


def test_giving_up_elsewhere_takes_the_notice_away(till: Till, print_queue: PrintQueue) -> None:
    number, job = booked(till, "BROKEN")
    print_watch(till.window).give_out(number, job)
    till.quiet()
    till.shop.papers.cancel(till.actor, job)
    till.quiet()
    assert not has_notice(till)
    assert printer_word(till) == "Receipt printer"


def test_a_till_that_writes_files_says_where_the_paper_lies(
    open_window: Callable[..., Till], booking: Booking, tmp_path: Path
) -> None:
    till = open_window(slip_output="pdf")
    order = paper_order(till.session)
    assert order is not None
    till.shop.papers.order(till.actor, booking.number, order)
    print_watch(till.window).give_out(booking.number)
    till.quiet()
    path = tmp_path / "data" / "papers" / "B1.pdf"
    assert path.read_bytes().startswith(b"%PDF")
    assert till.said() == f"Saved as {path}"


def test_a_folder_that_cannot_be_made_is_said_and_the_paper_waits(
    open_window: Callable[..., Till], booking: Booking, tmp_path: Path
) -> None:
    till = open_window(slip_output="pdf")
    (tmp_path / "data").mkdir(exist_ok=True)
    (tmp_path / "data" / "papers").write_text("in the way")
    order = paper_order(till.session)
    assert order is not None
    till.shop.papers.order(till.actor, booking.number, order)
    print_watch(till.window).give_out(booking.number)
    till.quiet()
    assert "cannot be made" in till.said()
    (tmp_path / "data" / "papers").unlink()
    step(till, "Print again").click()
    till.quiet()
    assert (tmp_path / "data" / "papers" / "B1.pdf").read_bytes().startswith(b"%PDF")
    assert not has_notice(till)


def test_a_till_without_papers_gives_out_none(open_window: Callable[..., Till], booking: Booking) -> None:
    till = open_window(slip_output="none")
    assert paper_order(till.session) is None
    print_watch(till.window).give_out(booking.number)
    till.quiet()
    assert till.window.notices.messages() == []


def test_without_a_paper_that_waits_the_key_bar_opens_the_messages(till: Till, booking: Booking) -> None:
    a_booking(till.shop, till.actor)
    till.quiet()
    bar = till.window.key_bar
    bar.messages_asked.disconnect(till.window.show_messages)  # a popup needs a real screen
    with till.bot.waitSignal(bar.messages_asked):
        QTest.mouseClick(bar, Qt.MouseButton.LeftButton, pos=QPoint(bar.width() - 30, bar.height() // 2))
    assert till.window.current_page_id == "desk"


def test_a_paper_that_nobody_began_comes_out_at_the_next_start_once(
    open_window: Callable[..., Till], print_queue: PrintQueue
) -> None:
    first = open_window()
    number, job = booked(first, "PDF")
    first.window.close()  # before its answer was there
    again = open_window()
    assert again.said() == f"{number} printed"
    assert again.shop.papers.open_jobs(again.actor) == []
    print_watch(again.window).give_out(number, job)  # as the window of before would, had it been slow
    again.quiet()
    assert again.said() == f"{number} printed"
    assert not has_notice(again)


def test_an_old_paper_and_one_in_doubt_are_asked_about_at_the_next_start(
    open_window: Callable[..., Till], print_queue: PrintQueue
) -> None:
    first = open_window()
    number, _job = booked(first, "PDF")
    first.window.close()
    the_clock(first.shop).advance(timedelta(minutes=16))
    again = open_window()
    assert again.said() == f"{number} was not printed."
    assert [job.state for job in again.shop.papers.open_jobs(again.actor)] == ["queued"]
    step(again, "Show what waits").setFocus()
    again.press(Qt.Key.Key_Return)
    assert (again.window.current_page_id, again.preview.subtitle()) == ("preview", number)
    again.tab_to(f"Print {number} again")
    again.press(Qt.Key.Key_Space)
    assert again.shop.papers.open_jobs(again.actor) == []
    assert not has_notice(again)
