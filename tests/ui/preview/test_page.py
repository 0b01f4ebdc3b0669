"""The preview by keys: the paper on the screen is the paper that is printed and saved."""

import threading
from collections.abc import Callable
from pathlib import Path

import pypdfium2
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from posapp.domain.base.errors import EnvironmentFault
from posapp.domain.bookings.bookings import Booking
from posapp.domain.papers.documents import PaperSize
from posapp.services.customers.customers import EditCustomer
from posapp.ui.file_dialogs import FileDialog
from posapp.ui.preview.paper_view import FULL_SIZE_DPI, PaperView
from posapp.ui.window.notice_bar import NoticeBar
from tests.conftest import PrintQueue
from tests.factories import a_booking, a_customer
from tests.ui.a11y import assert_named
from tests.ui.preview.till import ALT, CTRL, PATIENCE, SHIFT, Till, cups, words_on

Key = Qt.Key


def view(till: Till) -> PaperView:
    found = till.preview.findChild(PaperView)
    assert found is not None
    return found


def text_of(pdf: Path) -> str:
    document = pypdfium2.PdfDocument(pdf)
    try:
        return "\n".join(page.get_textpage().get_text_range() for page in document)
    finally:
        document.close()


def notice(till: Till) -> str:
    bar = till.preview.findChild(NoticeBar)
    assert bar is not None
    return "" if bar.isHidden() else bar.text()


def printer_word(till: Till) -> str:
    """What the key bar says of the printer."""
    return till.window.key_bar._states["printer"][1]


def drawn_dpi(till: Till) -> int:
    """Dots per inch of the picture that is shown."""
    page = view(till)._pages[0]
    return round(page.image.width() / page.width * 72)


# -- looking -----------------------------------------------------------------------------------------------
def test_the_screen_shows_the_very_pages_of_the_pdf(till: Till, booking: Booking) -> None:
    till.show("preview", booking.number)
    paper = till.shop.papers.preview(till.actor, booking.number, PaperSize.ROLL_80)
    [(width, height, data)] = till.shop.papers.images(paper, FULL_SIZE_DPI)
    [page] = view(till)._pages
    assert (page.image.width(), page.image.height()) == (width, height)
    assert bytes(page.image.constBits()) == data
    picture = view(till).viewport().grab().toImage()
    left = (view(till).viewport().width() - width) // 2
    spots = [(x, y) for x in range(0, width, 7) for y in range(0, 500, 7)]
    shown = [picture.pixelColor(left + x, 18 + y).lightness() for x, y in spots]
    assert shown == [page.image.pixelColor(x, y).lightness() for x, y in spots]


def test_the_left_side_says_whose_paper_it_is(till: Till, booking: Booking) -> None:
    till.show("preview", booking.number)
    words = words_on(till.preview)
    for expected in ("B1", "Marta Kowalczyk", "09:00 with Counter", "Not given out yet"):
        assert expected in words
    assert (till.preview.title(), till.preview.subtitle()) == ("Booking slip", "B1")


@pytest.mark.parametrize(("key", "millimetres"), [(1, 80), (2, 58), (3, 210), (4, 216)])
def test_alt_and_a_number_turn_to_another_paper_and_enter_still_prints(
    till: Till, booking: Booking, key: int, millimetres: int
) -> None:
    till.show("preview", booking.number)
    till.press(Qt.Key(Key.Key_0 + key), ALT)
    [page] = view(till)._pages
    assert round(page.width / 72 * 25.4) == millimetres
    assert till.focus.text() == "Print"  # type: ignore[attr-defined]


def test_only_the_last_of_quick_choices_is_shown(till: Till, booking: Booking) -> None:
    till.show("preview", booking.number)
    shown: list[int] = []
    view(till).zoom_changed.connect(lambda _zoom: shown.append(len(view(till)._pages)))
    for number in (3, 2, 4, 1, 3):
        QTest.keyClick(till.focus, Qt.Key(Key.Key_0 + number), ALT)
    till.quiet()
    [page] = view(till)._pages
    assert round(page.width / 72 * 25.4) == 210
    assert till.preview._presenter.size == PaperSize.A4


def test_the_paper_is_shown_while_a_printer_sleeps(till: Till, booking: Booking) -> None:
    asleep = threading.Event()
    till.window.lanes.paper.run(asleep.wait, done=lambda _: None, failed=lambda _: None)
    till.window.show_page("preview", booking.number)
    till.bot.waitUntil(lambda: bool(view(till)._pages), timeout=PATIENCE)
    asleep.set()
    till.quiet()


def test_zoom_by_keys_is_drawn_anew(till: Till, booking: Booking) -> None:
    till.show("preview", booking.number)
    assert view(till).zoom == 100
    till.press(Key.Key_Plus, CTRL)
    till.bot.waitUntil(lambda: drawn_dpi(till) == 180, timeout=PATIENCE)
    assert view(till).zoom == 125
    till.press(Key.Key_Minus, CTRL)
    till.press(Key.Key_Minus, CTRL)
    assert view(till).zoom == 75
    till.press(Key.Key_0, CTRL)
    assert view(till).zoom == 100
    till.bot.waitUntil(lambda: drawn_dpi(till) == FULL_SIZE_DPI, timeout=PATIENCE)


def test_no_picture_grows_beyond_what_a_screen_can_show(till: Till, booking: Booking) -> None:
    till.show("preview", booking.number)
    till.press(Key.Key_3, ALT)
    for _ in range(12):
        view(till).zoom_by(1)
    assert view(till).zoom == 400
    assert view(till).dpi() < FULL_SIZE_DPI * 4
    till.bot.waitUntil(lambda: view(till)._asked_dpi == view(till).dpi(), timeout=PATIENCE)
    till.quiet()
    image = view(till)._pages[0].image
    assert 20_000_000 < image.width() * image.height() <= 24_100_000


def test_the_arrow_keys_move_the_paper(till: Till, booking: Booking) -> None:
    till.show("preview", booking.number)
    till.press(Key.Key_Plus, CTRL)
    till.press(Key.Key_Plus, CTRL)
    view(till).setFocus()
    bar = view(till).verticalScrollBar()
    till.press(Key.Key_Down)
    assert 0 < bar.value() < bar.maximum()
    till.press(Key.Key_End)
    assert bar.value() == bar.maximum()
    till.press(Key.Key_Home)
    assert bar.value() == 0


def test_a_paper_keeps_the_name_of_its_day(till: Till, booking: Booking, tmp_path: Path) -> None:
    till.shop.papers.save_pdf(till.actor, booking.number, PaperSize.ROLL_80, tmp_path / "slip.pdf")
    command = EditCustomer(customer_id=booking.customer_id, name="Marta Nowak")
    till.shop.customers.edit(till.actor, command)
    till.show("preview", booking.number)
    assert "Marta Kowalczyk" in words_on(till.preview)


def test_an_unknown_number_is_said_in_a_sentence(till: Till) -> None:
    till.show("preview", "B99")
    assert "B99" in notice(till)
    assert not view(till)._pages


def test_another_paper_does_not_stand_under_the_name_of_the_one_before(till: Till, booking: Booking) -> None:
    other = a_booking(till.shop, till.actor, a_customer(till.shop, till.actor, "Ravi Nair"))
    till.show("preview", booking.number)
    till.window.show_page("preview", other.number)
    assert "Marta" not in words_on(till.preview)
    till.quiet()
    assert "Ravi Nair" in words_on(till.preview)


def test_escape_goes_back_to_where_it_was_asked_for(till: Till, booking: Booking) -> None:
    till.show("history", booking.customer_id)
    till.press(Key.Key_P, CTRL)
    till.press(Key.Key_Escape)
    assert till.window.current_page_id == "history"


# -- printing ----------------------------------------------------------------------------------------------
def test_enter_prints_and_the_copy_is_said_before(
    till: Till, booking: Booking, print_queue: PrintQueue
) -> None:
    till.show("preview", booking.number)
    till.press(Key.Key_Return)
    assert "Printed on PDF" in words_on(till.preview)
    assert till.said() == "B1 printed"
    assert till.focus.text() == "Print COPY 2"  # type: ignore[attr-defined]
    before = set(print_queue.folder.iterdir())
    till.press(Key.Key_P, CTRL)
    assert "COPY 2 printed on PDF" in words_on(till.preview)
    [printed] = set(print_queue.folder.iterdir()) - before
    assert "COPY 2" in text_of(printed)
    assert "PL1" in text_of(printed)


def test_pressing_twice_prints_once(till: Till, booking: Booking, print_queue: PrintQueue) -> None:
    before = set(print_queue.folder.iterdir())
    till.show("preview", booking.number)
    for _ in range(3):
        QTest.keyClick(till.focus, Key.Key_Return)
        QTest.keyClick(till.focus, Key.Key_P, CTRL)
    assert "Printing on PDF" in words_on(till.preview)
    assert printer_word(till) == "Printing B1"
    till.quiet()
    assert len(set(print_queue.folder.iterdir()) - before) == 1


def test_a_slip_may_also_go_to_the_printer_of_sheets(
    till: Till, booking: Booking, print_queue: PrintQueue
) -> None:
    before = set(print_queue.folder.iterdir())
    till.show("preview", booking.number)
    till.press(Key.Key_A, ALT)
    [printed] = set(print_queue.folder.iterdir()) - before
    [page] = pypdfium2.PdfDocument(printed)
    assert round(page.get_width()) == 595


def test_a_paper_that_fails_waits_and_is_printed_later(
    open_window: Callable[..., Till], booking: Booking, print_queue: PrintQueue
) -> None:
    till = open_window(receipt_printer="RAW")
    cups("cupsdisable", "RAW")
    till.show("preview", booking.number)
    till.press(Key.Key_P, CTRL)
    assert "Nothing is lost: the paper waits below." in words_on(till.preview)
    assert "B1 waits to be printed" in words_on(till.preview)
    assert printer_word(till) == "1 paper waits"
    till.press(Key.Key_Return)  # the focus is on Print again: no copy is made of what nobody has
    assert printer_word(till) == "1 paper waits"
    cups("cupsenable", "RAW")
    before = set(print_queue.folder.iterdir())
    till.press(Key.Key_Return)
    assert "Printed on RAW" in words_on(till.preview)
    assert printer_word(till) == "Receipt printer"
    assert till.focus.text() == "Print COPY 2"  # type: ignore[attr-defined]
    [printed] = set(print_queue.folder.iterdir()) - before
    assert "COPY" not in text_of(printed)


def test_a_paper_that_waits_can_be_given_up(
    open_window: Callable[..., Till], booking: Booking, print_queue: PrintQueue
) -> None:
    till = open_window(receipt_printer="BROKEN")
    till.show("preview", booking.number)
    till.press(Key.Key_P, CTRL)
    till.press(Key.Key_3, ALT)
    assert "Print COPY" not in words_on(till.preview)  # on another paper: nothing came out
    till.tab_to("Give up printing B1")
    till.press(Key.Key_Return)
    assert "waits to be printed" not in words_on(till.preview)
    assert printer_word(till) == "Receipt printer"
    assert till.focus.text() == "Print"  # type: ignore[attr-defined]


def test_papers_of_an_earlier_day_wait_at_this_till_only(
    open_window: Callable[..., Till], booking: Booking, print_queue: PrintQueue
) -> None:
    first = open_window(receipt_printer="BROKEN")
    first.show("preview", booking.number)
    first.press(Key.Key_P, CTRL)
    first.window.close()
    again = open_window()
    assert printer_word(again) == "1 paper waits"
    again.press(Key.Key_P, CTRL | SHIFT)
    assert (again.window.current_page_id, again.preview.subtitle()) == ("preview", "B1")
    assert again.shop.papers.open_jobs(again.shop.actor("Till 2")) == []


def test_a_print_system_that_is_gone_is_said(open_window: Callable[..., Till], booking: Booking) -> None:
    till = open_window()  # tests have no print server unless they ask for one
    till.show("preview", booking.number)
    till.press(Key.Key_Return)
    assert "Nothing is lost" in words_on(till.preview)
    assert printer_word(till) == "1 paper waits"
    assert till.focus.accessibleName() == "Print B1 again"


def test_a_failure_of_a_page_that_was_left_is_said_above_the_next(
    open_window: Callable[..., Till], booking: Booking
) -> None:
    till = open_window()
    till.show("preview", booking.number)
    QTest.keyClick(till.focus, Key.Key_Return)
    QTest.keyClick(till.focus, Key.Key_Escape)
    till.quiet()
    assert till.window.current_page_id == "desk"
    assert till.said().endswith("The booking is saved.")


def test_a_database_that_fails_while_printing_lets_the_clerk_try_again(
    till: Till, booking: Booking, monkeypatch: pytest.MonkeyPatch
) -> None:
    till.show("preview", booking.number)
    fault = EnvironmentFault("database_full", "The disk is full.")

    def fails(*_: object, **__: object) -> None:
        raise fault

    with monkeypatch.context() as broken:
        broken.setattr(till.shop.papers, "order", fails)
        till.press(Key.Key_P, CTRL)
    assert "The disk is full." in words_on(till.preview)
    assert till.focus.text() == "Print"  # type: ignore[attr-defined]
    assert till.focus.isEnabled()


# -- files -------------------------------------------------------------------------------------------------
def test_ctrl_s_saves_the_paper_as_it_is_shown(
    till: Till, booking: Booking, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "slip.pdf"
    monkeypatch.setattr(FileDialog, "getSaveFileName", lambda *_: (str(path), ""))
    till.show("preview", booking.number)
    till.press(Key.Key_2, ALT)
    till.press(Key.Key_S, CTRL)
    assert "Marta Kowalczyk" in text_of(path)
    assert "Saved as slip.pdf" in words_on(till.preview)
    assert till.focus.text() == "Print COPY 2"  # type: ignore[attr-defined]


def test_a_folder_that_is_gone_is_said(
    till: Till, booking: Booking, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(FileDialog, "getSaveFileName", lambda *_: (str(tmp_path / "no" / "slip.pdf"), ""))
    till.show("preview", booking.number)
    till.press(Key.Key_S, CTRL)
    assert "There is no folder" in notice(till)
    assert till.focus.text() == "Print"  # type: ignore[attr-defined]


# -- names, sizes ------------------------------------------------------------------------------------------
def test_everything_that_takes_the_focus_has_a_name(
    open_window: Callable[..., Till], booking: Booking
) -> None:
    till = open_window(size=(1024, 720))
    till.show("preview", booking.number)
    till.press(Key.Key_P, CTRL)
    assert_named(till.window)


@pytest.mark.parametrize("name", ["Wolfeschlegelsteinhausenbergerdorff " * 5, "محمد عبد الله الحسيني"])
def test_any_name_fits_the_smallest_window(open_window: Callable[..., Till], name: str) -> None:
    till = open_window(size=(1024, 720))
    customer = a_customer(till.shop, till.actor, name.strip())
    till.show("preview", a_booking(till.shop, till.actor, customer).number)
    assert name.strip() in words_on(till.preview)
    assert till.window.width() == 1024
    assert till.preview.minimumSizeHint().width() <= till.preview.width()


def test_the_printer_in_the_key_bar_opens_what_waits(
    open_window: Callable[..., Till], booking: Booking
) -> None:
    till = open_window()
    till.show("preview", booking.number)
    till.press(Key.Key_P, CTRL)
    till.press(Key.Key_Escape)
    bar = till.window.key_bar
    QTest.mouseClick(bar, Qt.MouseButton.LeftButton, pos=QPoint(bar.width() - 30, bar.height() // 2))
    till.quiet()
    assert till.window.current_page_id == "preview"
