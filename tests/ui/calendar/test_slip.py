"""After saving: the slip goes where this till wants it, and trouble with it never touches the booking."""

from typing import Any

import pytest
from PySide6.QtCore import Qt

from posapp import paths
from tests.factories import a_customer, a_phone
from tests.ui.calendar.conftest import CTRL, Counter

Key = Qt.Key


@pytest.fixture
def till() -> dict[str, Any]:
    """A till that prints."""
    return {"slip_output": "print"}


def _book(counter: Counter) -> None:
    a_customer(counter.shop, counter.actor, phone=a_phone(1))
    counter.type("0851000001")
    counter.until(lambda: counter.page.form.who.card is not None)
    counter.press(Key.Key_Return, CTRL)
    counter.until(counter.bookings)
    counter.quiet()


def test_a_failing_printer_leaves_the_booking_saved_and_offers_to_try_again(counter: Counter) -> None:
    _book(counter)
    notice = next(one for one in counter.window.notices.messages() if "The booking is saved." in one.text)
    assert [step.text for step in notice.steps] == ["Print again", "Show on screen", "Close"]
    assert len(counter.bookings()) == 1


def test_the_choice_of_the_slip_is_remembered_and_a_pdf_is_written(counter: Counter) -> None:
    counter.page.form.slip.choice.choose_number(2)
    assert counter.page.session.till.slip_output == "pdf"
    counter.page.form.who.field.editor.setFocus()
    _book(counter)
    number = counter.bookings()[0].number
    assert list(paths.data_dir().rglob(f"{number}.pdf"))
