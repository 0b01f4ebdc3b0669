"""What a clerk may not do alone: a manager approves it on the same screen, with the same keys."""

import json
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel
from shiboken6 import isValid

from posapp.domain.base.actor import Actor, Permission
from posapp.domain.people.users import Role
from posapp.domain.selling.carts import Cart
from posapp.domain.selling.payments import Tender, Tendered
from posapp.services.bookings.bookings import MakeBooking
from posapp.services.desks import Shop
from posapp.services.repairs.ticket_states import EditState
from posapp.services.selling.shifts import CloseShift
from posapp.ui.approval.dialog import ApprovalDialog
from tests.factories import a_customer, a_phone, at
from tests.flows.clerk import Clerk, until
from tests.flows.conftest import GLASS, OpenTill
from tests.flows.test_login import sign_in
from tests.people import a_user, an_admin
from tests.repairs import a_device, a_ticket, handed_back, moved
from tests.sales import card, sold
from tests.ui.a11y import assert_named
from tests.ui.fit import cut_off
from tests.ui.wedge import Wedge

pytestmark = pytest.mark.timeout(90)
GRACE, ANN, BELA = "271946", "394058", "618205"


@dataclass
class Staffed:
    """A till with Ann of the counter at it, and the managers Grace and Bela somewhere near."""

    clerk: Clerk
    behind: Shop
    admin: Actor
    ann: Actor
    grace: int

    @property
    def question(self) -> ApprovalDialog:
        until(lambda: isinstance(QApplication.activeModalWidget(), ApprovalDialog), "nobody was asked")
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, ApprovalDialog)
        until(dialog.pad.dots.hasFocus)
        return dialog

    def is_asking(self) -> bool:
        self.clerk.quiet()
        return isinstance(QApplication.activeModalWidget(), ApprovalDialog)

    def approve(self, pin: str = GRACE) -> None:
        """Grace comes and types her PIN."""
        question = self.question
        while question.asked.text() != "Grace Adeyemi":
            self.clerk.press("Down")
        self.clerk.type(pin)
        until(lambda: is_over(question), "it was not approved")
        until(self.clerk.window.isActiveWindow)
        self.clerk.quiet()

    def told(self) -> list[tuple[str, str, str]]:
        """What was approved: the action, whose it was, and by whom."""
        with self.behind.store.look(self.admin) as uow:
            rows = uow.connection.exec_driver_sql(
                "SELECT action, person, body FROM journal ORDER BY id"
            ).all()
        bodies = [(row.action, row.person, json.loads(row.body).get("approved")) for row in rows]
        return [(action, person, approved["by"]) for action, person, approved in bodies if approved]


def said(question: ApprovalDialog, words: str) -> bool:
    return question.pad.sentence == words


def is_over(question: ApprovalDialog) -> bool:
    return not isValid(question) or not question.isVisible()


@pytest.fixture
def people(seller: Actor, behind: Shop) -> tuple[Actor, int]:
    """The ADMIN, and the key of Grace; Ann and Bela are there, too."""
    admin = an_admin(behind, seller)
    grace = a_user(behind, admin, Role.MANAGER, name="Grace Adeyemi", pin=GRACE)
    a_user(behind, admin, Role.MANAGER, name="Bela Nagy", pin=BELA)
    a_user(behind, admin, Role.STAFF, name="Ann Kelly", pin=ANN)
    return admin, grace.id


@pytest.fixture
def staffed(people: tuple[Actor, int], behind: Shop, open_till: OpenTill) -> Staffed:
    return ann_at(open_till(signs_in=True), behind, people)


def ann_at(clerk: Clerk, behind: Shop, people: tuple[Actor, int]) -> Staffed:
    sign_in(clerk, "Ann Kelly", ANN)
    clerk.on("desk")
    return Staffed(clerk, behind, people[0], clerk.actor, people[1])


def at_sale(staffed: Staffed) -> Any:
    staffed.clerk.press("F5")
    staffed.clerk.on("sell")
    return staffed.clerk.page("sell")


def at_shift(staffed: Staffed) -> Any:
    staffed.clerk.press("shift+F5")
    staffed.clerk.on("shift")
    return staffed.clerk.page("shift")


def cash_out(staffed: Staffed, amount: str = "5") -> Any:
    clerk = staffed.clerk
    at_shift(staffed)
    clerk.press("alt+O")
    clerk.type(amount)
    clerk.press("Tab", "Tab", "Right", "ctrl+Return")
    return clerk.window.sheet_content


def test_cash_out_is_approved_in_place_and_both_names_are_told(staffed: Staffed) -> None:
    cash_out(staffed)
    question = staffed.question
    assert [one.name for one in question.managers.rows.rows()] == ["Ada Admin", "Bela Nagy", "Grace Adeyemi"]
    assert_named(question)
    assert cut_off(question) == []
    staffed.approve()
    assert staffed.clerk.said()[0] == "€5.00 out: To the bank"
    assert staffed.told() == [("shift.cash_out", "Ann Kelly", "Grace Adeyemi")]
    cash_out(staffed)  # for that one only
    staffed.clerk.press("Escape")
    assert len(staffed.told()) == 1


def test_esc_goes_back_to_the_form_as_it_was(staffed: Staffed) -> None:
    form: Any = cash_out(staffed)
    staffed.question.pad.press("1")
    staffed.clerk.press("Escape")
    assert staffed.is_asking()  # that took the digit back
    staffed.clerk.press("Escape")
    assert not staffed.is_asking()
    assert form.amount.text() == "5.00"
    assert staffed.clerk.window.sheet_content is form
    assert staffed.told() == []


def test_a_wrong_pin_is_said_and_another_manager_can_be_chosen(staffed: Staffed) -> None:
    cash_out(staffed)
    question = staffed.question
    while question.asked.text() != "Bela Nagy":
        staffed.clerk.press("Down")
    staffed.clerk.type(GRACE)
    until(lambda: question.pad.sentence == "PIN not right, 4 tries left.")
    assert question.isVisible()
    staffed.approve()
    assert staffed.told() == [("shift.cash_out", "Ann Kelly", "Grace Adeyemi")]


def test_a_manager_who_is_locked_out_waits_and_another_helps(staffed: Staffed) -> None:
    for _ in range(5):
        with pytest.raises(Exception, match=r"PIN not right|Too many"):
            staffed.behind.sign_in.approve(staffed.ann, staffed.grace, "999999", Permission.CASH_OUT)
    cash_out(staffed)
    question = staffed.question
    while question.asked.text() != "Grace Adeyemi":
        staffed.clerk.press("Down")
    staffed.clerk.type(GRACE)
    until(lambda: "Too many wrong tries" in question.pad.sentence)
    staffed.clerk.press("Up")
    staffed.clerk.type(BELA)
    until(lambda: is_over(question))
    staffed.clerk.quiet()
    assert staffed.told() == [("shift.cash_out", "Ann Kelly", "Bela Nagy")]


def test_a_badge_is_scanned_and_that_of_somebody_who_may_not_is_refused(staffed: Staffed) -> None:
    badge = staffed.behind.users.new_badge(staffed.admin, staffed.grace)
    own = staffed.behind.users.new_badge(staffed.admin, staffed.ann.user_id or 0)
    cash_out(staffed)
    question, wedge = staffed.question, Wedge(staffed.question)
    for code, words in (
        (own, "Ann Kelly may not approve this either."),
        (GLASS, "Nobody here has this badge."),
    ):
        wedge.rest()
        wedge.scan(code)
        until(partial(said, question, words))
    wedge.rest()
    wedge.scan(badge)
    until(lambda: is_over(question))
    staffed.clerk.quiet()
    assert staffed.told() == [("shift.cash_out", "Ann Kelly", "Grace Adeyemi")]
    assert staffed.clerk.page("sell").steps.sale.cart.lines == ()


def test_approved_and_then_refused_for_another_reason_nothing_is_used_up(staffed: Staffed) -> None:
    form = cash_out(staffed, "50")
    staffed.behind.shifts.cash_out(staffed.admin, 9_000, "To the safe")
    staffed.approve()
    assert form.amount.message() == "There is not so much cash in the drawer."
    assert staffed.told() == []
    assert staffed.clerk.window.sheet_content is form


def test_somebody_else_at_the_till_meanwhile_approves_nothing(staffed: Staffed) -> None:
    cash_out(staffed)
    question = staffed.question
    staffed.clerk.session.act_as(staffed.admin)
    staffed.clerk.type(GRACE if question.asked.text() == "Grace Adeyemi" else "270594")
    until(lambda: is_over(question))
    staffed.clerk.quiet()
    assert staffed.told() == []


def test_the_key_that_locks_the_till_ends_the_question_and_keeps_the_form(staffed: Staffed) -> None:
    form = cash_out(staffed)
    question = staffed.question
    staffed.clerk.press("F12")
    until(lambda: is_over(question))
    until(lambda: staffed.clerk.window.locking.is_covered, "the till was never locked")
    until(staffed.clerk.window.isActiveWindow)
    sign_in(staffed.clerk, "Ann Kelly", ANN)
    assert staffed.clerk.window.sheet_content is form
    assert not staffed.is_asking()
    assert staffed.told() == []


def test_a_discount_above_the_limit_and_another_price_take_one_pin(staffed: Staffed) -> None:
    clerk, page = staffed.clerk, at_sale(staffed)
    clerk.type(GLASS)
    clerk.press("Return", "Down", "Return")
    clerk.fill(Price_of_one="12")
    clerk.press("Return", "ctrl+shift+D")
    clerk.type("20%")
    clerk.press("Return", "F9", "F9")
    staffed.approve()
    until(lambda: page._stack.currentWidget() is page.done)
    order = staffed.behind.orders.latest(staffed.admin, 1)[0]
    assert (order.total_minor, order.payments[0].by) == (960, "Ann Kelly")
    assert ("order.completed", "Ann Kelly", "Grace Adeyemi") in staffed.told()


def test_a_discount_within_the_limit_asks_nobody(staffed: Staffed) -> None:
    clerk, page = staffed.clerk, at_sale(staffed)
    clerk.type(GLASS)
    clerk.press("Return", "ctrl+shift+D")
    clerk.type("10%")
    clerk.press("Return", "F9", "F9")
    until(lambda: page._stack.currentWidget() is page.done)
    assert staffed.told() == []


def test_a_refund_and_a_void_are_approved(staffed: Staffed) -> None:
    sold(staffed.behind, staffed.admin, GLASS, tenders=(card(1490),))
    clerk, page = staffed.clerk, at_sale(staffed)
    wedge = Wedge(clerk.window)
    wedge.scan("S1")
    clerk.quiet()
    clerk.press("Space")
    until(lambda: page.refund._total.text() == "€14.90")
    clerk.fill(Reason="Scratched")
    clerk.press("F9")
    staffed.approve()
    until(lambda: page._stack.currentWidget() is page.done)
    assert {one.tender for one in staffed.behind.orders.latest(staffed.admin, 1)[0].payments} == {Tender.CARD}
    clerk.press("Return")
    clerk.type(GLASS)
    clerk.press("Return", "F9", "F9")
    until(lambda: page._stack.currentWidget() is page.done)
    clerk.press("Return")
    wedge.rest()
    wedge.scan("S3")
    clerk.quiet()
    clerk.tab_to("Void the whole sale")
    clerk.press("Return")
    clerk.type("Rung up twice")
    clerk.press("Return")
    staffed.approve()
    until(lambda: staffed.behind.orders.get(staffed.admin, "S3").void_reason == "Rung up twice")
    assert {one[0] for one in staffed.told()} >= {"order.refunded", "order.voided"}


def test_without_users_nobody_is_ever_asked(till: Clerk, behind: Shop, seller: Actor) -> None:
    till.type(GLASS)
    till.press("Return", "ctrl+shift+D")
    till.type("50%")
    till.press("Return", "F9", "F9")
    page = till.page("sell")
    until(lambda: page._stack.currentWidget() is page.done)
    assert QApplication.activeModalWidget() is None


def test_a_booking_over_a_clash_is_approved(staffed: Staffed) -> None:
    customer = a_customer(staffed.behind, staffed.admin, phone=a_phone(1))
    taken = MakeBooking(customer_id=customer.id, starts=at(10), minutes=60)
    staffed.behind.bookings.book(staffed.admin, taken)
    clerk = staffed.clerk
    clerk.press("F3")
    clerk.on("calendar")
    form = clerk.page("calendar").form
    clerk.type("0851000001")
    until(lambda: form.who.card is not None)
    form.when.set_start(at(10, 15))
    until(form.when.clash.text)
    form.when.clash.anyway.setFocus()
    clerk.press("Return")
    clerk.type("Waits for it")
    clerk.press("ctrl+Return")
    staffed.question.reject()
    clerk.quiet()
    assert form.when.clash.reason.value() == "Waits for it"
    clerk.press("ctrl+Return")
    staffed.approve()
    until(lambda: staffed.told() == [("booking.made", "Ann Kelly", "Grace Adeyemi")])


def test_a_closed_ticket_is_reopened_and_a_reserved_step_taken(staffed: Staffed) -> None:
    clerk, behind, admin = staffed.clerk, staffed.behind, staffed.admin
    behind.ticket_states.edit(admin, EditState(code="diagnosing", is_reserved=True))
    a_ticket(behind, admin)
    clerk.press("F4")
    clerk.on("tickets")
    until(lambda: clerk.page("tickets").board.columns)
    clerk.quiet()
    clerk.press("2")
    staffed.approve()
    assert behind.tickets.get(admin, "T1").jobs[0].state.code == "diagnosing"
    clerk.press("ctrl+Z")
    until(lambda: behind.tickets.get(admin, "T1").jobs[0].state.code == "received")
    clerk.quiet()
    clerk.press("ctrl+Y")
    staffed.approve()  # for one action is not for its repetition
    assert behind.tickets.get(admin, "T1").jobs[0].state.code == "diagnosing"
    moved(behind, admin, "T1", "ready")
    handed_back(behind, admin, "T1")
    clerk.window.show_page("ticket", "T1")
    clerk.quiet()
    clerk.press("5")
    clerk.type("Came back")
    clerk.press("Return")
    staffed.approve()
    until(lambda: behind.tickets.get(admin, "T1").jobs[0].state.code == "in_repair")
    assert {one[1:] for one in staffed.told()} == {("Ann Kelly", "Grace Adeyemi")}


def test_the_cashier_closes_blind_and_the_manager_verifies(staffed: Staffed) -> None:
    clerk, behind, admin = staffed.clerk, staffed.behind, staffed.admin
    at_shift(staffed)
    behind.shifts.close(staffed.ann, CloseShift(counted_minor=9_900))
    clerk.quiet()
    clerk.press("alt+L", "Return")
    until(lambda: clerk.window.sheet_content is not None)
    clerk.quiet()
    clerk.type("100")
    clerk.press("ctrl+Return")
    staffed.approve()
    reading = behind.shifts.z(admin, "Z1")
    assert reading.shift.closing is not None
    kept = reading.shift.closing.expected_minor, reading.shift.closing.counted_minor
    assert kept == (10_000, 9_900)
    assert [(one.amount_minor, one.by) for one in reading.verified] == [(10_000, "Grace Adeyemi")]
    assert staffed.told() == [("shift.verified", "Ann Kelly", "Grace Adeyemi")]


def test_cash_for_what_a_gift_card_paid_is_approved(staffed: Staffed) -> None:
    behind, admin = staffed.behind, staffed.admin
    [(_, code)] = sold(behind, admin, cart=Cart((behind.gift_cards.line(admin, 2000),))).codes
    sold(behind, admin, GLASS, tenders=(Tendered(Tender.GIFT_CARD, 1490, code=code),))
    clerk, page = staffed.clerk, at_sale(staffed)
    Wedge(clerk.window).scan("S2")
    clerk.quiet()
    clerk.press("Space")
    refund = page.refund
    until(lambda: refund._total.text() == "€14.90")
    refund.ways.set_current(Tender.CASH.value)
    refund.ways.chosen.emit(Tender.CASH.value)
    until(refund.in_cash.isVisible)
    clerk.fill(Reason="Moved away")
    clerk.tab_to("In cash, though it was not paid in money")
    clerk.press("Space")
    until(lambda: "€14.90 by cash" in refund._plan.text())
    clerk.press("F9")
    question = staffed.question
    assert any("S2" in one.text() for one in question.findChildren(QLabel))
    staffed.approve()
    until(lambda: page._stack.currentWidget() is page.done)
    assert [(one.tender, one.amount_minor) for one in behind.orders.latest(admin, 1)[0].payments] == [
        (Tender.CASH, -1490)
    ]


def test_enter_that_bounces_asks_once(staffed: Staffed) -> None:
    clerk = staffed.clerk
    at_shift(staffed)
    clerk.press("alt+O")
    clerk.type("5")
    clerk.press("Tab", "Tab", "Right")
    for _ in range(2):
        QTest.keyClick(clerk.focus(), Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    staffed.approve()
    assert not staffed.is_asking()
    assert staffed.told() == [("shift.cash_out", "Ann Kelly", "Grace Adeyemi")]


def test_another_window_works_on_while_one_asks(
    people: tuple[Actor, int], behind: Shop, staffed: Staffed, open_till: OpenTill
) -> None:
    other = ann_at(open_till(name="Till 2", signs_in=True), behind, people).clerk
    staffed.clerk.to_front()
    cash_out(staffed)
    question = staffed.question
    staffed.behind.shifts.open(replace(staffed.admin, till="Till 2"), 5_000)
    other.to_front()
    other.press("F5")
    other.on("sell")
    other.type(GLASS)
    other.press("Return", "F9", "F9")
    page = other.page("sell")
    until(lambda: page._stack.currentWidget() is page.done)
    question.activateWindow()
    staffed.approve()
    assert staffed.told() == [("shift.cash_out", "Ann Kelly", "Grace Adeyemi")]


def test_a_device_leaves_unpaid_for_a_reason_and_a_manager(staffed: Staffed) -> None:
    behind, admin, clerk = staffed.behind, staffed.admin, staffed.clerk
    a_ticket(behind, admin, a_device(price_minor=7900))
    moved(behind, admin, "T1", "ready")
    clerk.window.show_page("hand_back", "T1")
    clerk.quiet()
    page = clerk.page("hand_back")
    clerk.press("alt+U")
    assert page.ask.text() == ""  # nothing was refused yet
    assert "Hand over unpaid" not in str(page.keys())
    clerk.press("ctrl+Return")
    assert "€79.00 is owed for T1" in page.form.summary.text()
    assert "Hand over unpaid" in str(page.keys())
    clerk.press("alt+U", "Return")
    assert page.ask.text()
    clerk.press("Escape")
    assert clerk.window.current_page_id == "hand_back"
    assert page.ask.text() == ""
    clerk.press("alt+U")
    clerk.type("Pays on Friday")
    clerk.press("Return")
    assert staffed.is_asking()
    clerk.press("Escape")
    until(lambda: clerk.focus() is page.form.to.editor)
    assert behind.tickets.get(admin, "T1").jobs[0].handed_at is None
    clerk.press("alt+U")
    clerk.type("Pays on Friday")
    clerk.press("Return")
    staffed.approve()
    assert behind.tickets.get(admin, "T1").jobs[0].handed_at is not None
    assert ("ticket.handed_back", "Ann Kelly", "Grace Adeyemi") in staffed.told()
