"""Taking devices in with keys alone, in a real window over a real shop."""

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from posapp.domain.bookings.bookings import BookingStatus
from posapp.domain.repairs.devices import DeviceKind
from posapp.domain.repairs.tickets import Condition
from posapp.services.catalogue.items import SaveItem
from posapp.services.customers.customers import FindOrCreate
from posapp.services.repairs.claims import ClaimAsked
from posapp.services.repairs.tickets import TakeIn, TakeInDevice
from posapp.ui.tickets.estimate.line_form import LineForm
from posapp.ui.tickets.estimate.presenter import DraftLine
from posapp.ui.tickets.intake.draft import lines_of
from posapp.ui.widgets.scroll import Scroller
from tests.factories import a_booking, a_customer, a_phone, at
from tests.repairs import a_price, a_ticket, an_item
from tests.ui.a11y import assert_named
from tests.ui.other_page import OtherPage
from tests.ui.tickets.intake.conftest import ALT, CTRL, IMEI, WRONG_IMEI, Counter

Key = Qt.Key


def test_a_returning_customers_device_is_taken_in(open_intake: Callable[..., Counter]) -> None:
    counter = open_intake()
    customer = counter.brought_before()
    phone = customer.phone.shown("IE")
    counter.type(phone)
    counter.until(lambda: counter.page.form.customer.device_buttons)
    counter.press(Key.Key_Return)  # the customer is right: on to their devices
    assert counter.focus().accessibleName() == f"Samsung Galaxy S22 {IMEI} again"
    counter.press(Key.Key_Return)
    counter.quiet()
    earlier = counter.page.form.customer.earlier.text()
    assert earlier.startswith("Same device repaired ")
    assert earlier.endswith(", Battery, T1")
    counter.type("Screen flickers")
    counter.press(Key.Key_A, ALT)
    counter.check_in()
    ticket = counter.ticket("T2")
    assert ticket.customer_id == customer.id
    assert (ticket.jobs[0].device.imei, ticket.jobs[0].fault) == (IMEI, "Screen flickers")
    assert {state for _, state in ticket.jobs[0].condition} == {Condition.WORKS}
    assert counter.said() == "T2 checked in"
    desk = counter.window.page("desk")
    assert isinstance(desk, OtherPage)
    assert (counter.window.current_page_id, desk.payload) == ("desk", customer.id)


def test_an_estimate_is_made_at_the_counter(counter: Counter) -> None:
    customer = a_customer(counter.shop, counter.actor, "Marta")
    counter.shop.items.save(counter.actor, SaveItem(sku="DSP", name="Display Galaxy S22", price_minor=14900))
    counter.page.lines.read_items()
    counter.page.drafts.bring(customer.id)
    counter.quiet()
    counter.fill(Model="Galaxy S22", IMEI_or_serial="R1", What_is_wrong="Cracked")
    block = counter.page.form.promise.estimate
    for text, price in (("Display", "149"), ("Work", "45"), ("Wrong", "1")):
        counter.press(Key.Key_L, CTRL)
        form = counter.window.sheet_content
        assert isinstance(form, LineForm)
        assert form.item.combo.count() == 2
        counter.type(text)
        counter.press(Key.Key_Return)
        counter.press(Key.Key_Return)
        counter.type(price)
        counter.press(Key.Key_Return, CTRL)
        assert counter.window.sheet_content is None
    assert counter.focus() is block.table
    counter.press(Key.Key_Delete)
    assert [line.text for line in block.lines] == ["Display", "Work"]
    counter.press(Key.Key_Z, CTRL)
    assert [line.text for line in block.lines] == ["Display", "Work", "Wrong"]
    block.table.setFocus()
    block.table.choose(2)
    counter.press(Key.Key_Delete)
    counter.press(Key.Key_Return)
    counter.press(Key.Key_Escape)
    assert not counter.page.form.promise.price.isVisible()
    assert not block.agreed.isChecked()  # a yes is said by somebody
    block.agreed.setFocus()
    counter.press(Key.Key_Space)
    counter.check_in()
    ticket = counter.ticket("T1")
    assert (ticket.jobs[0].price_minor, ticket.jobs[0].state.code) == (19400, "received")
    [made] = counter.shop.tickets.whole(counter.actor, "T1").estimates
    assert (made.status.value, [line.amount_minor for line in made.lines]) == ("approved", [14900, 4500])


def test_a_price_of_the_list_is_taken_in_two_keys_with_its_part_and_its_minutes(counter: Counter) -> None:
    customer = a_customer(counter.shop, counter.actor, "Marta")
    item = an_item(counter.shop, counter.actor, 2)
    a_price(counter.shop, counter.actor, item_id=item.id, minutes=600)
    a_price(counter.shop, counter.actor, 5900, model="", fault="Battery", kind=DeviceKind.PHONE)
    a_price(counter.shop, counter.actor, 100, make="Apple", model="", fault="Battery")
    counter.page.lines.read_items()
    counter.page.drafts.bring(customer.id)
    counter.quiet()
    counter.fill(Brand="samsung", Model="galaxy s22", IMEI_or_serial="R1")
    block, promise = counter.page.form.promise.estimate, counter.page.form.promise
    assert not block.offers.isVisible()
    counter.fill(What_is_wrong="Cracked screen and battery")
    counter.until(block.offers.has_any)
    assert [one.text() for one in block.offers.buttons] == ["Cracked screen €129.00", "Battery €59.00"]
    usual = promise.times._buttons[0].choice.key
    counter.press(Key.Key_L, ALT)
    counter.press(Key.Key_Return)
    counter.quiet()
    [line] = block.lines
    assert (line.text, line.unit_minor, line.item_id, line.minutes) == ("Cracked screen", 12900, item.id, 600)
    assert counter.focus() is block.table
    assert promise.times._buttons[0].choice.key > usual
    counter.press(Key.Key_L, ALT)
    counter.press(Key.Key_Space)
    assert [one.text for one in block.lines] == ["Cracked screen", "Battery"]
    assert not block.offers.isVisible()
    counter.page.form.keeper.keep()
    counter.quiet()
    counter.page.form.start()
    counter.page.drafts.begin()
    counter.quiet()
    assert [(one.minutes, one.item_id) for one in block.lines] == [(600, item.id), (45, None)]
    block.agreed.setChecked(True)
    counter.check_in()
    assert counter.ticket("T1").jobs[0].price_minor == 18800
    assert [one.sku for one in counter.shop.parts.of_ticket(counter.actor, "T1")] == ["DSP-S22"]


def test_the_prices_that_are_offered_follow_the_device_in_front(counter: Counter) -> None:
    a_price(counter.shop, counter.actor)
    offers = counter.page.form.promise.estimate.offers
    counter.fill(Brand="Samsung", Model="Galaxy S22", What_is_wrong="Cracked screen")
    counter.until(offers.has_any)
    counter.press(Key.Key_D, CTRL)
    assert not offers.has_any()
    counter.press(Key.Key_PageDown, CTRL)
    counter.until(offers.has_any)
    a_price(counter.shop, counter.actor, 9900, kind=DeviceKind.PHONE)
    counter.until(lambda: offers.buttons[0].text() == "Cracked screen €99.00")
    offers.enter()
    counter.press(Key.Key_Right)
    assert counter.focus() is offers.buttons[0]


def test_lines_belong_to_their_device_and_survive_a_crash(counter: Counter) -> None:
    form = counter.page.form
    line = DraftLine(text="Display", unit_minor=14900, warranty_days=90)
    counter.fill(Model="Galaxy S22")
    form.promise.estimate.put(None, line)
    counter.press(Key.Key_D, CTRL)
    assert form.promise.estimate.lines == []
    form.promise.estimate.put(None, replace(line, text="Battery", unit_minor=5000))
    form.promise.estimate.agreed.setChecked(True)
    counter.page.form.keeper.keep()
    counter.quiet()
    form.start()
    counter.page.drafts.begin()
    counter.quiet()
    assert [[one.text for one in device.lines] for device in form.devices()] == [["Display"], ["Battery"]]
    assert form.promise.estimate.agreed.isChecked()
    assert [(one.position, one.text) for one in lines_of(form.devices())] == [(1, "Display"), (2, "Battery")]


def test_a_new_customer_is_made_in_place_and_only_once(counter: Counter) -> None:
    counter.type("0851000002")
    counter.until(lambda: counter.page.form.who.number is not None)
    counter.press(Key.Key_Return)
    counter.type("Neha")
    counter.press(Key.Key_3, ALT)
    counter.fill(Brand="Lenovo", Model="ThinkPad X1", Serial="PF-2X9", What_is_wrong="Will not start")
    counter.check_in()
    ticket = counter.ticket("T1")
    assert (ticket.customer_name, ticket.jobs[0].device.kind) == ("Neha", DeviceKind.LAPTOP)
    assert (ticket.jobs[0].device.name, ticket.jobs[0].device.serial) == ("Lenovo ThinkPad X1", "PF-2X9")
    counter.window.show_page("intake")
    counter.page.form.change_customer()
    counter.type("+353851000002")
    counter.until(lambda: counter.page.form.who.card is not None)
    card = counter.page.form.who.card
    assert card is not None
    assert card.customer.id == ticket.customer_id


def test_another_till_that_was_quicker_with_the_number_is_named_and_both_are_served(counter: Counter) -> None:
    counter.type("0851000002")
    counter.until(lambda: counter.page.form.who.number is not None)
    counter.press(Key.Key_Return)
    counter.type("Tom Byrne")
    counter.fill(Brand="Lenovo", Model="ThinkPad X1", IMEI_or_serial="R1", What_is_wrong="Will not start")
    quicker = FindOrCreate(phone=a_phone(2), name="Anna Byrne")
    counter.shop.customers.find_or_create(replace(counter.actor, till="Till 2"), quicker)
    counter.check_in()
    assert counter.ticket("T1").customer_name == "Anna Byrne"
    assert counter.said() == (
        "T1 checked in · PL1 was just created on Till 2 with this number and is now selected."
    )


def test_what_is_required_is_asked_for_at_its_field(counter: Counter) -> None:
    counter.check_in()
    form = counter.page.form
    assert form.summary.text() == "4 fields need attention"
    assert form.who.field.message() == "Enter a phone number or a name."
    assert form.device.model.message().startswith("Enter brand and model")
    assert form.device.reason.message().startswith("Enter the IMEI or serial, or say why")
    assert form.device.fault.message().startswith("Say what is wrong")
    assert counter.focus() is form.who.field.editor
    assert counter.tickets() == 0


def test_a_wrong_digit_is_a_hint_while_typing_and_a_sentence_on_leaving(counter: Counter) -> None:
    counter.fill(IMEI_or_serial=WRONG_IMEI)
    mark = counter.page.form.device.mark
    assert mark.message() == ""
    assert mark.editor.accessibleDescription() == "The check digit does not fit yet"
    counter.press(Key.Key_Tab)
    assert mark.message() == "A digit of this IMEI is wrong: its check digit does not fit. Read it again."
    counter.press(Key.Key_2, ALT)
    counter.page.form.device.mark.editor.setFocus()
    mark.editor.selectAll()  # type: ignore[union-attr]
    counter.type(IMEI)
    counter.press(Key.Key_Tab)
    assert mark.message() == ""


def test_digits_of_a_laptop_are_a_serial(counter: Counter) -> None:
    counter.press(Key.Key_3, ALT)
    counter.fill(Serial=WRONG_IMEI)
    counter.press(Key.Key_Tab)
    assert counter.page.form.device.mark.message() == ""


def test_a_scanned_number_of_the_shop_is_no_serial(counter: Counter) -> None:
    assert [counter.page.take_scan(code) for code in ("PL24", "T12", "b3")] == [False, False, False]
    assert counter.page.form.device.mark.is_empty()


def test_a_scan_fills_the_empty_serial_and_presses_nothing(counter: Counter) -> None:
    counter.tab_to("Brand")
    counter.scan(IMEI)
    counter.quiet()
    device = counter.page.form.device
    assert (device.mark.text(), device.make.text()) == (IMEI, "")
    assert counter.page.take_scan("490154203237518") is False
    assert device.mark.text() == IMEI


def test_without_a_serial_a_reason_is_given(counter: Counter) -> None:
    customer = a_customer(counter.shop, counter.actor)
    counter.page.drafts.bring(customer.id)
    counter.quiet()
    counter.fill(Model="Old radio", What_is_wrong="Hums")
    counter.press(Key.Key_N, ALT)
    counter.type("Label worn off")
    counter.close_popup()
    counter.check_in()
    assert counter.ticket("T1").jobs[0].no_serial_reason == "Label worn off"


def test_a_device_that_is_here_already_leads_to_its_ticket(counter: Counter) -> None:
    customer = a_customer(counter.shop, counter.actor)
    device = TakeInDevice(kind=DeviceKind.PHONE, make="Apple", model="iPhone 13", imei=IMEI, fault="Glass")
    counter.shop.tickets.take_in(counter.actor, TakeIn(customer_id=customer.id, devices=(device,)))
    counter.page.drafts.bring(customer.id)
    counter.quiet()
    counter.fill(IMEI_or_serial=IMEI)
    form = counter.page.form
    counter.until(form.device.notice.text)
    assert form.device.notice.text() == "Apple iPhone 13 is in the shop already, on T1."
    assert form.device.name() == "Apple iPhone 13"
    counter.fill(What_is_wrong="Again")
    counter.check_in()
    assert counter.tickets() == 1
    assert form.device.mark.message() == "Apple iPhone 13 is in the shop already, on T1."
    counter.press(Key.Key_Tab)
    step = next(one for one in form.device.notice.findChildren(type(form.another)) if one.text() == "Open T1")
    step.setFocus()
    counter.press(Key.Key_Return)
    assert counter.window.current_page_id == "ticket"


def test_a_running_warranty_is_claimed_with_one_key(counter: Counter) -> None:
    customer = counter.brought_before(warranty_days=90)
    counter.page.drafts.bring(customer.id)
    counter.quiet()
    counter.tab_to(f"Samsung Galaxy S22 {IMEI} again")
    counter.press(Key.Key_Return)
    counter.quiet()
    (box,) = counter.page.form.customer.claims.values()
    box.setFocus()
    told = counter.focus().accessibleName()
    assert told.startswith("Warranty claim: Battery, Repair T1, until ")
    assert told.endswith(", 90 days left")
    counter.press(Key.Key_Space)
    counter.fill(What_is_wrong="Empty after an hour")
    counter.check_in()
    assert counter.ticket("T2").jobs[0].claim_of is not None
    story = counter.shop.devices.look(counter.actor, IMEI)
    assert story is not None
    assert story.warranties[0].warranty.claims == 1


def test_a_claim_that_is_asked_for_elsewhere_stands_in_the_form_once(counter: Counter) -> None:
    customer = counter.brought_before(warranty_days=90)
    (given,) = counter.shop.tickets.whole(counter.actor, "T1").guarantees.own[1]
    asked, form = ClaimAsked(customer.id, given.device_id, given.id), counter.page.form
    for _ in range(2):
        counter.page.activated(asked)
        counter.until(lambda: form.customer.claims)
        counter.quiet()
        assert form.who.card is not None
        assert (form.who.card.customer.id, form.device.name()) == (customer.id, "Samsung Galaxy S22")
        assert [box.isChecked() for box in form.customer.claims.values()] == [True]
        assert [one.claim_of for one in form.devices()] == [given.id]
    counter.tab_to("What is wrong")
    counter.type("Empty again")
    counter.check_in()
    assert counter.ticket("T2").jobs[0].claim_of == given.id


def test_several_devices_on_one_ticket(counter: Counter) -> None:
    customer = a_customer(counter.shop, counter.actor)
    counter.page.drafts.bring(customer.id)
    counter.quiet()
    counter.fill(Brand="Samsung", Model="Galaxy S22", IMEI_or_serial=IMEI, What_is_wrong="Glass")
    counter.fill(About_price="149")
    counter.press(Key.Key_D, CTRL)
    counter.press(Key.Key_3, ALT)
    counter.fill(Model="ThinkPad")
    counter.tab_to("Serial")
    counter.type("PF1")
    counter.check_in()  # its fault is missing
    form = counter.page.form
    assert (form.at, form.device.fault.message()) == (1, "Say what is wrong, in the customer’s words.")
    counter.type("Fan is loud")
    counter.page.form.show_device(0)
    assert (form.device.model.text(), form.promise.price.text()) == ("Galaxy S22", "149")
    counter.check_in()
    ticket = counter.ticket("T1")
    told = [(job.device.model, job.fault, job.price_minor) for job in ticket.jobs]
    assert told == [("Galaxy S22", "Glass", 14900), ("ThinkPad", "Fan is loud", None)]


def test_the_device_that_is_wrong_comes_to_the_front(counter: Counter) -> None:
    customer = a_customer(counter.shop, counter.actor)
    counter.page.drafts.bring(customer.id)
    counter.quiet()
    counter.fill(Model="Radio", IMEI_or_serial="R1")
    counter.press(Key.Key_D, CTRL)
    counter.fill(Model="Clock", IMEI_or_serial="C1", What_is_wrong="Stands still")
    counter.check_in()
    form = counter.page.form
    assert (form.at, form.device.model.text()) == (0, "Radio")
    assert form.device.fault.message() == "Say what is wrong, in the customer’s words."


def test_a_device_is_taken_off_the_ticket_and_put_back(counter: Counter) -> None:
    counter.fill(Model="Radio")
    counter.press(Key.Key_D, CTRL)
    counter.fill(Model="Clock")
    counter.tab_to("Take this device off the ticket")
    counter.press(Key.Key_Return)
    assert [one.model for one in counter.page.form.devices()] == ["Radio"]
    counter.press(Key.Key_Z, CTRL)
    assert [one.model for one in counter.page.form.devices()] == ["Radio", "Clock"]


def test_a_booking_that_arrived_is_carried_over(open_intake: Callable[..., Counter]) -> None:
    counter = open_intake()
    customer = a_customer(counter.shop, counter.actor, "Marta Kowalczyk", phone=a_phone(7))
    booking = a_booking(counter.shop, counter.actor, customer, starts=at(10), note="Drops to 0")
    counter.window.show_page("intake", booking.number)
    counter.quiet()
    form = counter.page.form
    assert form.customer.booking.full_text().startswith(f"Booking {booking.number}, ")
    assert form.device.fault.text() == f"{booking.service}. Drops to 0"
    counter.fill(Model="Pixel 7", IMEI_or_serial="PX7")
    counter.check_in()
    ticket = counter.ticket("T1")
    assert (ticket.customer_id, ticket.booking) == (customer.id, booking.number)
    assert ticket.jobs[0].technician == booking.resource
    assert counter.shop.bookings.get(counter.actor, booking.number).status == BookingStatus.ARRIVED


def test_condition_rows_go_by_1_2_3_and_alt_a_sets_the_rest(counter: Counter) -> None:
    counter.tab_to("Screen glass")
    counter.type("21")
    counter.press(Key.Key_A, ALT)
    states = counter.page.form.device.condition.states()
    assert list(states.items())[:3] == [("Screen glass", "faulty"), ("Touch", "works"), ("Buttons", "works")]
    counter.press(Key.Key_Right)
    assert counter.focus().accessibleName() == "Buttons: Faulty"


def test_chips_say_the_fault_and_what_was_left(counter: Counter) -> None:
    customer = a_customer(counter.shop, counter.actor)
    counter.page.drafts.bring(customer.id)
    counter.quiet()
    counter.fill(Model="iPhone 13", IMEI_or_serial="S1")
    counter.tab_to("Cracked screen")
    counter.press(Key.Key_Space)
    counter.press(Key.Key_Right)
    counter.press(Key.Key_Space)
    counter.tab_to("Case")
    counter.press(Key.Key_Space)
    counter.check_in()
    job = counter.ticket("T1").jobs[0]
    assert (job.fault, job.accessories) == ("Cracked screen, Touch fails", "Case")


def test_day_and_time_of_a_promise_are_typed(counter: Counter) -> None:
    customer = a_customer(counter.shop, counter.actor)
    counter.page.drafts.bring(customer.id)
    counter.quiet()
    counter.fill(Model="iPhone 13", IMEI_or_serial="S1", What_is_wrong="Glass")
    counter.fill(Promised_for="tomorrow", Time="3pm")
    counter.check_in()
    due = counter.ticket("T1").due
    assert due is not None
    assert due.isoformat() == "2026-11-19T15:00:00+00:00"


def test_a_promise_before_the_bench_could_keep_it_is_warned_of_with_the_time_that_fits(
    counter: Counter,
) -> None:
    for _ in range(14):
        a_ticket(counter.shop, counter.actor)
    customer = a_customer(counter.shop, counter.actor)
    counter.page.drafts.bring(customer.id)
    counter.quiet()
    promise = counter.page.form.promise
    counter.fill(Model="iPhone 13", IMEI_or_serial="S1", What_is_wrong="Glass")
    counter.fill(Promised_for="today", Time="12:00")
    assert promise.day.message().startswith("Too soon: it fits by ")
    counter.fill(Promised_for="2027-01-15", Time="12:00")
    assert promise.day.message() == ""


def test_a_promise_in_the_past_is_refused(counter: Counter) -> None:
    customer = a_customer(counter.shop, counter.actor)
    counter.page.drafts.bring(customer.id)
    counter.quiet()
    counter.fill(Model="iPhone 13", IMEI_or_serial="S1", What_is_wrong="Glass")
    counter.fill(Promised_for="today", Time="6:00")
    counter.check_in()
    assert counter.page.form.promise.at.message() == "Promise a time that is still to come."
    assert counter.tickets() == 0


def test_the_customer_signs_at_the_intake(counter: Counter) -> None:
    customer = a_customer(counter.shop, counter.actor)
    counter.page.drafts.bring(customer.id)
    counter.quiet()
    counter.fill(Model="iPhone 13", IMEI_or_serial="S1", What_is_wrong="Glass")
    block = counter.page.form.promise.signing
    assert block.pad.isHidden()
    counter.press(Key.Key_G, ALT)
    pad = block.pad
    assert counter.focus() is pad
    counter.bot.mousePress(pad, Qt.MouseButton.LeftButton, pos=QPoint(30, 60))
    counter.bot.mouseMove(pad, QPoint(90, 80))
    counter.bot.mouseRelease(pad, Qt.MouseButton.LeftButton, pos=QPoint(120, 40))
    counter.check_in()
    assert counter.ticket("T1").signature
    assert block.pad.isHidden()
    assert block.pad.png() is None


def test_the_eye_shows_the_passcode_only_while_it_is_held(counter: Counter) -> None:
    counter.fill(Passcode="2580")
    edit = counter.focus()
    assert edit.displayText() != "2580"  # type: ignore[attr-defined]
    QTest.keyPress(edit, Key.Key_Space, CTRL)
    assert edit.displayText() == "2580"  # type: ignore[attr-defined]
    QTest.keyRelease(edit, Key.Key_Space, CTRL)
    assert edit.displayText() != "2580"  # type: ignore[attr-defined]


def test_from_the_passcode_tab_goes_on_to_the_fault(counter: Counter) -> None:
    counter.fill(Passcode="2580")
    counter.press(Key.Key_Tab)
    counter.type("Glass")
    device = counter.page.form.device
    assert (device.passcode.text(), device.fault.text()) == ("2580", "Glass")


def test_models_that_were_here_before_are_offered(counter: Counter) -> None:
    counter.brought_before()
    counter.window.show_page("desk")
    counter.window.show_page("intake")
    counter.tab_to("Brand")
    counter.type("sam")
    counter.quiet()
    box = counter.page.form.device.make.combo
    counter.until(lambda: box.count() == 1)
    assert box.itemText(0) == "Samsung"


def test_everything_has_a_name_and_tab_follows_the_reading_order(counter: Counter) -> None:
    assert_named(counter.page)
    seen = []
    for _ in range(8):
        seen.append(counter.focus().accessibleName())
        counter.press(Key.Key_Tab)
    assert seen == [
        "Phone",
        "Phone",
        "Brand",
        "Model",
        "IMEI or serial",
        "Passcode",
        "What is wrong",
        "Cracked screen",
    ]


def test_a_read_only_window_takes_nothing_in_and_keeps_the_draft(counter: Counter) -> None:
    customer = a_customer(counter.shop, counter.actor)
    counter.page.drafts.bring(customer.id)
    counter.quiet()
    counter.fill(Model="iPhone 13", IMEI_or_serial="S1", What_is_wrong="Glass")
    counter.window.set_read_only("The database does not answer.")
    counter.check_in()
    assert counter.tickets() == 0
    assert "draft is kept" in counter.page.form.summary.text()


def test_ctrl_enter_saves_also_with_a_list_of_words_open_and_a_doubled_press_asks_nothing(
    counter: Counter,
) -> None:
    counter.brought_before()
    customer = a_customer(counter.shop, counter.actor, "Marta")
    counter.window.show_page("desk")
    counter.window.show_page("intake", customer.id)
    counter.quiet()
    counter.fill(IMEI_or_serial="R1", What_is_wrong="Hums")
    box = counter.page.form.device.make.combo
    box.setFocus()
    counter.type("sam")
    counter.until(lambda: box.count() == 1)
    counter.type("s")
    completer = box.completer()
    popup = completer.popup() if completer is not None else None
    assert popup is not None
    counter.until(popup.isVisible)
    QTest.keyClick(popup, Key.Key_Return, CTRL)
    counter.quiet()
    assert counter.ticket("T2").jobs[0].device.name == "sams"
    counter.page.form.submit()  # the second half of the press
    assert counter.page.form.summary.isHidden()


def test_where_both_sides_have_no_room_the_form_scrolls_as_one_and_its_buttons_never_do(
    open_intake: Callable[..., Counter],
) -> None:
    counter = open_intake()
    form, save = counter.page.form, counter.page.form.save
    for width, is_one in ((820, True), (1280, False), (760, True)):
        form.setFixedWidth(width)
        counter.quiet()
        bars = [
            area.horizontalScrollBar().maximum() for area in form.findChildren(Scroller) if area.isVisible()
        ]
        assert not any(bars), width  # nothing is cut at a side
        bottom = save.mapTo(form, save.rect().bottomLeft()).y()
        assert bottom < form.height(), width
        beside = form.promise.mapTo(form, QPoint()).x() > form.device.mapTo(form, QPoint()).x() + 100
        assert beside is not is_one, width
