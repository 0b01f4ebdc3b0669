"""A customer at the counter is booked in; a known number is never a second customer."""

from pathlib import Path

import pypdfium2
import pytest

from posapp.domain.customers.customers import Customer
from posapp.services.desks import Shop
from tests.conftest import PrintQueue
from tests.factories import DAY, TILL, a_customer, a_phone
from tests.flows.clerk import Clerk, until
from tests.flows.conftest import OpenTill

NUMBER = "0851000001"


def bookings(shop: Shop) -> list[tuple[str, str]]:
    """Number and name of everything that is booked for the day."""
    agenda = shop.bookings.agenda(shop.actor(TILL), DAY, DAY)
    return [(one.number, one.customer_name) for one in agenda.bookings]


def customers(shop: Shop) -> int:
    """How many customers the shop has."""
    with shop.store.look(shop.actor(TILL)) as uow:
        return sum(1 for key in range(1, 20) if uow.customers.get(key) is not None)


@pytest.fixture
def marta(behind: Shop) -> Customer:
    return a_customer(behind, behind.actor(TILL), "Marta Kowalczyk", phone=a_phone(1))


def words_of(pdf: Path) -> str:
    """What can be read on a printed paper."""
    with pypdfium2.PdfDocument(pdf) as document:
        return "".join(page.get_textpage().get_text_range() for page in document)


def test_a_returning_customer_is_booked_in_under_ten_keys_and_the_slip_is_printed(
    behind: Shop, marta: Customer, open_till: OpenTill, print_queue: PrintQueue
) -> None:
    before = set(print_queue.folder.iterdir())
    clerk = open_till(slip_output="print", receipt_printer="PDF", a4_printer="PDF", label_printer="PDF")
    clerk.type(NUMBER)
    clerk.strokes = 0
    clerk.press("Return", "ctrl+B")
    clerk.on("calendar")
    until(lambda: clerk.page("calendar").form.who.card is not None)
    clerk.press("ctrl+Return")
    assert clerk.strokes < 10
    assert bookings(behind) == [("B1", "Marta Kowalczyk")]
    assert any(said.endswith(f"reused {marta.pl_id}") for said in clerk.said())
    [slip] = set(print_queue.folder.iterdir()) - before
    assert str(marta.pl_id) in words_of(slip)
    assert "B1" in words_of(slip)


def test_a_new_customer_is_typed_in_and_booked(behind: Shop, open_till: OpenTill) -> None:
    clerk = open_till()
    clerk.type("0851000002")
    clerk.press("Return")
    clerk.type("Neha Patel")
    clerk.press("ctrl+Return")
    until(lambda: clerk.window.counter is not None)
    clerk.press("ctrl+B")
    clerk.on("calendar")
    until(lambda: clerk.page("calendar").form.who.card is not None)
    clerk.press("ctrl+Return")
    assert bookings(behind) == [("B1", "Neha Patel")]
    assert customers(behind) == 1


class TestAKnownNumber:
    """Wherever it is typed, the customer that has it is meant."""

    @pytest.fixture
    def clerk(self, marta: Customer, open_till: OpenTill) -> Clerk:
        return open_till()

    def test_at_the_desk(self, behind: Shop, marta: Customer, clerk: Clerk) -> None:
        clerk.type("+353 85 100 0001")
        clerk.press("Return")
        until(lambda: clerk.window.counter == marta)
        assert customers(behind) == 1

    def test_in_the_booking_form(self, behind: Shop, marta: Customer, clerk: Clerk) -> None:
        clerk.press("F3", "ctrl+B")
        clerk.type("00353851000001")
        form = clerk.page("calendar").form
        until(lambda: form.who.card is not None)
        assert form.who.card.customer.pl_id == marta.pl_id
        clerk.press("ctrl+Return")
        assert bookings(behind) == [("B1", "Marta Kowalczyk")]
        assert customers(behind) == 1

    def test_at_taking_in(self, behind: Shop, marta: Customer, clerk: Clerk) -> None:
        clerk.press("ctrl+T")
        clerk.on("intake")
        clerk.type("085 100 0001")
        form = clerk.page("intake").form
        until(lambda: form.who.card is not None)
        assert form.who.card.customer.pl_id == marta.pl_id
        assert customers(behind) == 1

    def test_in_the_form_of_a_new_customer(self, behind: Shop, marta: Customer, clerk: Clerk) -> None:
        clerk.press("ctrl+N")
        desk = clerk.page("desk")
        until(lambda: desk.middle.currentWidget() is desk.middle.newcomer)
        clerk.tab_to("Phone")
        clerk.type("085-100-0001")
        clerk.tab_to("Name")
        clerk.type("Somebody Else")
        clerk.press("ctrl+Return")
        assert customers(behind) == 1
        assert behind.customers.card(behind.actor(TILL), marta.id).customer.name == "Marta Kowalczyk"

    def test_in_search_everything(self, behind: Shop, marta: Customer, clerk: Clerk) -> None:
        clerk.press("F8", "ctrl+K")
        clerk.type("0851000001")
        clerk.press("Return")
        until(lambda: clerk.window.counter == marta)
        assert clerk.window.current_page_id == "desk"
        assert customers(behind) == 1
