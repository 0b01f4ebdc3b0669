"""Somebody at the kiosk: sees their own, is forgotten after a minute, and finds no way out."""

from datetime import timedelta
from typing import Any

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QCloseEvent, QContextMenuEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLineEdit, QWidget

from posapp.domain.base.errors import DomainError
from posapp.domain.bookings.bookings import BookingStatus
from posapp.domain.people.users import Role
from posapp.services.bookings.bookings import MakeBooking
from posapp.services.counter.own_views import OwnHistory
from posapp.ui.kiosk import parts
from posapp.ui.kiosk.cards import DeviceCard
from posapp.ui.kiosk.history import EventRow
from posapp.ui.kiosk.pads import Key
from posapp.ui.kiosk.window import IDLE_SECONDS
from posapp.ui.theme import Theme
from tests.factories import a_booking, a_business, a_customer, a_phone, at, the_clock
from tests.people import PIN, a_user, an_admin
from tests.repairs import a_device, a_ticket, asked, moved
from tests.sales import goods
from tests.ui.kiosk.conftest import Visitor

CTRL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier


def page(visitor: Visitor, name: str) -> Any:
    return visitor.window.pages[name]


def all_words(window: QWidget) -> str:
    """Whatever any part of the window says or tells a screen reader, shown or not."""
    found = []
    for one in window.findChildren(QWidget):
        found += [
            one.accessibleName(),
            one.toolTip(),
            str(
                getattr(one, "text", str)()
                if callable(getattr(one, "text", None))
                else getattr(one, "text", "")
            ),
        ]
    return " ".join(found)


def test_a_customer_signs_in_with_fingers_and_sees_devices_money_and_the_next_booking(
    visitor: Visitor,
) -> None:
    shop, actor = visitor.shop, visitor.actor
    aisling = a_customer(shop, actor, "Aisling Byrne", phone=a_phone(7))
    ready = a_ticket(shop, actor, a_device(price_minor=2400), customer_id=aisling.id).number
    moved(shop, actor, ready, "in_repair", "ready")
    work = a_ticket(shop, actor, a_device(fault="Page keys"), customer_id=aisling.id).number
    asked(shop, actor, work, 4000)
    moved(shop, actor, work, "needs_approval")
    a_booking(shop, actor, aisling, starts=at(14, 30))
    code = shop.kiosk.give_code(actor, aisling.id)
    keys = {one.accessibleName(): one for one in page(visitor, "start").pad.findChildren(Key)}
    for digit in "0851000007":
        visitor.touch(keys[digit])
    visitor.touch(page(visitor, "start").go)
    for digit in code:
        visitor.touch(keys[digit])
    me = page(visitor, "me")
    assert visitor.window.page_id == "me" and me.hello.full_text() == "Hello, Aisling"
    cards = me.findChildren(DeviceCard)
    assert [(one.device.number, one.status, one.price()) for one in cards] == [
        (ready, "Ready to collect", "€24.00"),
        (work, "Waiting for you", "about €40.00"),
    ]
    assert cards[1].words == ["Received", "Waiting for you", "In repair", "Ready"]
    assert me.pay.amount.text() == "€24.00" and me.booking.when.text() == "Today 14:30"
    assert "Byrne" not in all_words(visitor.window)


def test_wrong_codes_and_unknown_numbers_are_told_the_same(visitor: Visitor) -> None:
    marta = a_customer(visitor.shop, visitor.actor)
    visitor.shop.kiosk.give_code(visitor.actor, marta.id)
    assert marta.phone is not None
    said = []
    for number in (marta.phone.key, a_phone().key):
        visitor.window.start_again()
        visitor.type(number)
        visitor.key(Qt.Key.Key_Tab)
        visitor.type("00000000")
        said.append((page(visitor, "start").trouble.text(), page(visitor, "start").code.text))
    assert said == [("That did not work. Ask at the counter.", "")] * 2
    assert visitor.window.page_id == "start"
    visitor.window.start_again()
    visitor.type("12")
    visitor.key(Qt.Key.Key_Return)
    visitor.type("12345678")
    assert "too short" in page(visitor, "start").trouble.text()


def test_a_minute_without_a_touch_forgets_everything(visitor: Visitor) -> None:
    shop, actor = visitor.shop, visitor.actor
    marta = a_customer(shop, actor, "Marta Kowalczyk")
    a_ticket(shop, actor, customer_id=marta.id)
    goods(shop, actor, name="Glass")
    visitor.sign_in(marta)
    for name in ("history", "order", "booking", "me"):
        visitor.window.go(name)
        visitor.quiet()
    assert page(visitor, "history").findChildren(EventRow)
    for _ in range(IDLE_SECONDS - 1):
        visitor.window.tick()
    assert visitor.window.page_id == "me" and visitor.window.left == 1
    visitor.touch(visitor.window.bar)
    assert visitor.window.left == IDLE_SECONDS
    for _ in range(IDLE_SECONDS):
        visitor.window.tick()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert visitor.window.page_id == "start" and not visitor.window.presenter.is_signed_in
    words = all_words(visitor.window)
    for told in ("Marta", "PL1", "Galaxy", "T1", "Cracked"):
        assert told not in words, told
    visitor.window.go("me")
    visitor.quiet()
    assert page(visitor, "me").hello.full_text() == ""


def test_an_answer_that_comes_after_somebody_left_is_shown_to_nobody(visitor: Visitor) -> None:
    marta = a_customer(visitor.shop, visitor.actor)
    visitor.sign_in(marta)
    visitor.window.presenter.me(page(visitor, "me").show_me, page(visitor, "me").failed)
    visitor.window.start_again()
    visitor.quiet()
    assert page(visitor, "me").hello.full_text() == ""


def test_half_typed_things_go_with_time_too(visitor: Visitor) -> None:
    visitor.type("0851")
    visitor.window.go("arrive")
    visitor.type("0852")
    visitor.key(Qt.Key.Key_Return)
    visitor.type("Ines")
    for _ in range(IDLE_SECONDS):
        visitor.window.tick()
    lines = [page(visitor, name) for name in ("start", "arrive")]
    assert [line.text for one in lines for line in one._lines] == [""] * 5


def test_no_key_and_no_event_leads_out(visitor: Visitor) -> None:
    window = visitor.window
    keys = Qt.Key
    for key, *held in (
        (keys.Key_F4, ALT), (keys.Key_Q, CTRL), (keys.Key_W, CTRL), (keys.Key_Escape,), (keys.Key_F11,),
        (keys.Key_F1,), (keys.Key_K, CTRL), (keys.Key_Menu,), (keys.Key_Print,), (keys.Key_Tab, ALT),
        (keys.Key_P, CTRL), (keys.Key_O, CTRL), (keys.Key_F5,), (keys.Key_F8,),
    ):  # fmt: skip
        visitor.key(key, *held)
        assert window.isVisible() and window.page_id == "start", key
    event = QCloseEvent()
    QApplication.sendEvent(window, event)
    assert not event.isAccepted() and not window.close() and window.isVisible()
    menu = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, QPoint(5, 5), QPoint(5, 5))
    QApplication.sendEvent(window.page, menu)
    assert QApplication.activePopupWidget() is None
    assert window.findChildren(QLineEdit) == []
    window.setWindowState(Qt.WindowState.WindowMinimized)
    visitor.quiet()
    assert not window.isMinimized()


def test_somebody_of_the_shop_closes_it(visitor: Visitor, monkeypatch: pytest.MonkeyPatch) -> None:
    window = visitor.window
    monkeypatch.setattr(QApplication, "quit", lambda: None)
    visitor.sign_in(a_customer(visitor.shop, visitor.actor))
    visitor.key(Qt.Key.Key_Q, CTRL, ALT)
    assert window.page_id == "leave" and not window.presenter.is_signed_in
    visitor.touch(page(visitor, "leave").stay)
    assert window.page_id == "start"
    assert window.head.mark._timer.interval() == parts.HOLD_MS == 3000
    QTest.mousePress(window.head.mark, Qt.MouseButton.LeftButton)
    assert window.head.mark._timer.isActive()
    QTest.mouseRelease(window.head.mark, Qt.MouseButton.LeftButton)
    assert not window.head.mark._timer.isActive()
    window.head.mark.held.emit()
    visitor.quiet()
    visitor.touch(page(visitor, "leave").close_it)
    assert not window.isVisible()


def test_in_a_shop_with_users_somebody_of_the_shop_proves_who_they_are(
    visitor: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    shop, window, leave = visitor.shop, visitor.window, page(visitor, "leave")
    monkeypatch.setattr(QApplication, "quit", lambda: None)
    admin = an_admin(shop, visitor.actor, "Ada")
    a_user(shop, admin, Role.TECHNICIAN, name="Ravi")
    window.ask_to_leave()
    visitor.quiet()
    people = {one.text(): one for one in leave.findChildren(parts.Tile)}
    assert set(people) == {"Ada", "Ravi"}
    visitor.touch(leave.close_it)
    assert "Touch your name" in leave.trouble.text() and window.isVisible()
    for name, pin, said in (("Ada", "111222", "PIN not right"), ("Ravi", PIN, "may not do this")):
        visitor.touch(people[name])
        visitor.type(pin)
        visitor.touch(leave.close_it)
        assert said in leave.trouble.text() and window.isVisible(), name
    window.start_again()
    window.ask_to_leave()
    visitor.quiet()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    [ada] = [one for one in leave.findChildren(parts.Tile) if one.text() == "Ada"]
    visitor.touch(ada)
    visitor.type(PIN)
    visitor.key(Qt.Key.Key_Return)
    assert not window.isVisible()


def test_in_a_shop_where_nobody_is_at_home_an_admin_of_another_one_proves_who_they_are(
    visitor: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    shop, window, leave = visitor.shop, visitor.window, page(visitor, "leave")
    monkeypatch.setattr(QApplication, "quit", lambda: None)
    an_admin(shop, a_business(shop, name="Next door"), "Ada")
    window.ask_to_leave()
    visitor.quiet()
    [ada] = leave.findChildren(parts.Tile)
    assert ada.text() == "Ada"
    visitor.touch(leave.close_it)
    assert "Touch your name" in leave.trouble.text() and window.isVisible()
    visitor.touch(ada)
    visitor.type(PIN)
    visitor.key(Qt.Key.Key_Return)
    assert not window.isVisible()


def test_who_may_not_serve_opens_no_kiosk(visitor: Visitor) -> None:
    from dataclasses import replace

    from posapp.domain.base.errors import DomainError
    from posapp.ui.kiosk.program import kiosk_of

    with pytest.raises(DomainError):
        kiosk_of(replace(visitor.actor, permissions=frozenset()))
    kiosk = kiosk_of(visitor.actor)
    assert kiosk.user == "Kiosk" and kiosk.permissions is not None and len(kiosk.permissions) == 1


def test_a_booking_is_asked_for_with_four_touches(visitor: Visitor) -> None:
    marta = a_customer(visitor.shop, visitor.actor)
    visitor.sign_in(marta)
    visitor.touch(page(visitor, "me").ask)
    booking = page(visitor, "booking")
    assert not booking.go.isEnabled()
    visitor.touch(booking.services.itemAt(0).widget())
    visitor.touch(booking.days.itemAt(1).widget())
    visitor.touch(booking.times.itemAt(2).widget())
    visitor.touch(booking.go)
    assert visitor.window.page_id == "me" and page(visitor, "me").booking.when.text() == "Tomorrow 10:00"
    [made] = visitor.shop.bookings.of_customer(visitor.actor, marta.id)
    assert made.source == "kiosk"


def test_a_time_that_somebody_else_took_meanwhile_is_told_and_the_times_read_anew(visitor: Visitor) -> None:
    shop, actor = visitor.shop, visitor.actor
    visitor.sign_in(a_customer(shop, actor))
    visitor.touch(page(visitor, "me").ask)
    booking = page(visitor, "booking")
    visitor.touch(booking.services.itemAt(0).widget())
    visitor.touch(booking.times.itemAt(0).widget())
    shop.bookings.book(actor, MakeBooking(starts=at(9), customer_id=a_customer(shop, actor).id))
    visitor.touch(booking.go)
    assert visitor.window.page_id == "booking" and "not free" in booking.trouble.text()
    assert booking.times.itemAt(0).widget().text() == "09:30"


def test_what_is_touched_comes_into_an_order_that_waits_at_the_counter(visitor: Visitor) -> None:
    shop, actor = visitor.shop, visitor.actor
    glass, cable = goods(shop, actor, 1250, name="Glass"), goods(shop, actor, 800, name="Cable")
    shop.items.set_quick(actor, [glass.id, cable.id])
    marta = a_customer(shop, actor)
    visitor.sign_in(marta)
    visitor.touch(page(visitor, "me").order)
    order = page(visitor, "order")
    for place in (0, 0, 1):
        visitor.touch(order._grid.itemAt(place).widget())
    assert order.sum.text() == "€33.00"
    off = [one for one in order.findChildren(QAbstractButton) if one.accessibleName() == "Take Cable off"]
    visitor.touch(off[-1])
    assert order.sum.text() == "€25.00"
    visitor.touch(order.back)
    assert page(visitor, "me").order.text() == "Order · €25.00"
    [held] = shop.orders.held(actor)
    assert held.is_from_kiosk and held.customer_id == marta.id


def test_where_nothing_can_be_ordered_that_is_said(visitor: Visitor) -> None:
    visitor.sign_in(a_customer(visitor.shop, visitor.actor))
    visitor.touch(page(visitor, "me").order)
    assert "Nothing can be ordered" in page(visitor, "order").empty.text()


def test_somebody_checks_in_for_a_booking_that_is_near_and_is_thanked(visitor: Visitor) -> None:
    shop, actor = visitor.shop, visitor.actor
    marta = a_customer(shop, actor)
    booking = a_booking(shop, actor, marta, starts=at(9))
    the_clock(shop).advance(timedelta(minutes=45))
    visitor.sign_in(marta)
    here = page(visitor, "me").here
    assert here.text() == "I am here for 09:00" and here.property("kind") == "primary"
    visitor.touch(here)
    assert visitor.window.page_id == "thanks" and not visitor.window.presenter.is_signed_in
    assert shop.bookings.get(actor, booking.number).status is BookingStatus.ARRIVED


def test_whoever_does_not_sign_in_is_thanked_alike_known_or_not(visitor: Visitor) -> None:
    shop, actor = visitor.shop, visitor.actor
    marta = a_customer(shop, actor)
    assert marta.phone is not None
    for number in (marta.phone.key, "+353851234567"):
        visitor.window.start_again()
        visitor.touch(page(visitor, "start").here)
        visitor.type(number)
        visitor.key(Qt.Key.Key_Return)
        keys = {one.text(): one for one in page(visitor, "arrive").letters.findChildren(Key)}
        for letter in ("I", "N", "E", "S"):
            visitor.touch(keys[letter])
        visitor.touch(page(visitor, "arrive").go)
        assert visitor.window.page_id == "thanks"
    assert [one.name for one in shop.counter.day(actor).arrivals] == ["Ines"]
    assert [one.walk_in.customer_id for one in shop.counter.day(actor).queue] == [marta.id]


def test_more_devices_come_by_paging(visitor: Visitor) -> None:
    shop, actor = visitor.shop, visitor.actor
    marta = a_customer(shop, actor)
    a_ticket(shop, actor, a_device(), a_device(), a_device(), customer_id=marta.id)
    visitor.sign_in(marta)
    me = page(visitor, "me")
    assert me.more.text() == "1–2 of 3, more"
    visitor.touch(me.more)
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert len(me.findChildren(DeviceCard)) == 1 and me.more.text() == "3–3 of 3, more"


def test_what_nobody_expected_begins_anew_and_says_so_calmly(visitor: Visitor) -> None:
    visitor.sign_in(a_customer(visitor.shop, visitor.actor))
    visitor.window.went_wrong()
    start = page(visitor, "start")
    assert (
        visitor.window.page_id == "start"
        and start.trouble.text() == "Something went wrong. Ask at the counter."
    )


def test_older_entries_are_asked_for_once_however_often_it_is_touched(
    visitor: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    history, presenter = page(visitor, "history"), visitor.window.presenter
    asked: list[Any] = []
    monkeypatch.setattr(presenter, "history", lambda mark, done, failed: asked.append((mark, done, failed)))
    history.opened()
    asked[0][1](OwnHistory((), (1, 2, 3), "EUR", "en-IE"))
    history._turn(1)
    history._turn(1)
    assert [mark for mark, _, _ in asked] == [None, (1, 2, 3)]
    asked[1][2](DomainError("busy", "Try again."))
    history._turn(1)
    assert [mark for mark, _, _ in asked] == [None, (1, 2, 3), (1, 2, 3)]


@pytest.mark.parametrize("size", [(1024, 720), (1280, 800), (1366, 768)])
@pytest.mark.parametrize("choice", ["light", "dark"])
def test_every_page_fits_and_every_target_is_large(
    visitor: Visitor, look: Theme, size: tuple[int, int], choice: Any
) -> None:
    look.change(choice=choice)
    shop, actor, window = visitor.shop, visitor.actor, visitor.window
    marta = a_customer(shop, actor)
    a_ticket(shop, actor, a_device(), a_device(), customer_id=marta.id)
    goods(shop, actor, name="Glass")
    window.resize(*size)
    visitor.sign_in(marta)
    for name, shown in window.pages.items():
        window.go(name)
        visitor.quiet()
        assert (window.width(), window.height()) == size, name
        for one in shown.findChildren(QAbstractButton):
            if one.isVisible():
                assert min(one.width(), one.height()) >= 44, (name, one.accessibleName())
                assert one.accessibleName() or one.text(), name
        window.grab()
        if not window.presenter.is_signed_in:
            window.start_again()
            visitor.sign_in(marta)
