"""The kiosk as the clerk sees it: nods with one key, codes, and what was ordered there."""

from posapp.domain.people.roles import OWN
from posapp.services.counter.kiosk import Arrive
from posapp.services.counter.own_views import Order
from posapp.ui.front_desk.kiosk_parts import CodeSheet
from tests.factories import a_phone
from tests.kiosk import a_kiosk
from tests.sales import goods
from tests.ui.a11y import assert_named
from tests.ui.front_desk.conftest import Clerk


def comes(clerk: Clerk, name: str, number: int, what: str = "") -> None:
    arrive = Arrive(phone=a_phone(number), name=name, what=what)
    clerk.shop.kiosk.arrive(a_kiosk(clerk.actor), arrive)
    clerk.settle()


def test_whoever_waits_at_the_kiosk_is_shown_in_today_and_let_in_with_one_key(clerk: Clerk) -> None:
    bar = clerk.page.today.arrivals
    assert not bar.isVisible()
    comes(clerk, "Ines Costa", 7, "Screen")
    comes(clerk, "Tom Byrne", 8)
    assert bar.isVisible() and bar.more.text() == "and 1 more"
    assert bar.words.text() == "At the kiosk, unknown here: Ines Costa, 085 100 0007, Screen"
    assert_named(clerk.page)
    clerk.press("alt+J")
    assert clerk.toasts[-1] == "Created PL1: Ines Costa is in the queue"
    assert "Tom Byrne" in bar.words.text() and bar.more.text() == ""
    assert [one.walk_in.customer_name for one in clerk.shop.counter.day(clerk.actor).queue] == ["Ines Costa"]
    clerk.tab_to("Turn away")
    clerk.press("Enter")
    assert not bar.isVisible() and clerk.shop.counter.day(clerk.actor).arrivals == ()
    clerk.press("alt+J")
    assert clerk.count() == 1


def test_a_number_that_became_known_meanwhile_is_reused(clerk: Clerk) -> None:
    comes(clerk, "Ines", 7)
    clerk.customer("Ines Costa", "085 100 0007")
    clerk.press("alt+J")
    assert clerk.toasts[-1] == "Reused PL1: Ines Costa is in the queue"


def test_a_code_is_shown_large_once_and_lets_the_customer_in(clerk: Clerk) -> None:
    clerk.press("alt+U")
    assert clerk.window.sheet_content is None
    customer = clerk.customer("Marta Kowalczyk", "087 914 0873")
    clerk.type("Marta")
    clerk.press("Enter", "alt+U")
    sheet = clerk.window.sheet_content
    assert isinstance(sheet, CodeSheet)
    assert_named(sheet)
    assert customer.phone is not None
    own = clerk.shop.kiosk.sign_in(a_kiosk(clerk.actor), customer.phone, sheet.code.text())
    assert own.customer_id == customer.id
    clerk.press("Escape")
    assert clerk.window.sheet_content is None


def test_what_was_ordered_at_the_kiosk_stands_on_the_card_and_is_rung_up_with_one_key(clerk: Clerk) -> None:
    customer = clerk.customer("Marta Kowalczyk", "087 914 0873")
    item = goods(clerk.shop, clerk.actor)
    own = a_kiosk(clerk.actor)
    own = type(own)(own.business, own.till, "PL1", permissions=OWN, customer_id=customer.id)
    clerk.type("Marta")
    clerk.press("Enter", "alt+M")
    assert not clerk.page.card.ordered.isVisible() and clerk.went_to[0] == "desk"
    clerk.shop.own.order(own, Order(item_id=item.id, quantity=2))
    clerk.settle()
    assert clerk.page.card.ordered.accessibleName() == "Ordered at the kiosk: H1, 2 items. Alt+M rings it up."
    clerk.press("alt+M")
    assert clerk.went_to == ("sell", "H1")
