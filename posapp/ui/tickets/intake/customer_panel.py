"""The customer of the intake: found or made by the box of the booking form, then shown large."""

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from posapp.domain.bookings.bookings import Booking
from posapp.domain.repairs.devices import Device, Visit
from posapp.domain.repairs.tickets import Outcome
from posapp.services.counter.intake import Arrived
from posapp.services.repairs.devices import DeviceStory, WarrantyLine
from posapp.ui.calendar.who import WhoBox
from posapp.ui.customers.identity import standing_words
from posapp.ui.fields import Form
from posapp.ui.layout import columns, held, refill, rows, wide
from posapp.ui.tickets.intake.choices import ICONS
from posapp.ui.widgets.buttons import Button, CheckBox, button
from posapp.ui.widgets.cards import Card
from posapp.ui.widgets.flow import FlowLayout
from posapp.ui.widgets.labels import Elided, PlBadge, label, line
from posapp.ui.widgets.messages import IconLabel
from posapp.ui.wording import Wording, shown_count

_MOST_NAME, _MOST_WHAT, _MOST_CLAIMS = 26, 60, 3


class CustomerPanel(Card):
    """`who` finds; once its field is left, the customer stands here with devices and what is known of one."""

    device_picked = Signal(int)
    owner_picked = Signal(int)
    claim_changed = Signal(object)  # the warranty's key, or None
    rearranged = Signal()

    def __init__(self, wording: Wording, form: Form) -> None:
        super().__init__()
        self._wording = wording
        self.who = WhoBox(wording)
        self.who.join(form)
        self.device_buttons: list[Button] = []
        self._make()
        self._lay_out()

    def _make(self) -> None:
        self.badge = PlBadge("", size="l")
        self.name = Elided("", "strong", weight=600)
        self.note = Elided("", "small", tone="text2")
        self.change = button(self.tr("Change"), kind="quiet", size="s", key="F2")
        self.booking = Elided("", "small", tone="text2")
        self.past = Elided("", "small", tone="text2")
        self.earlier = label("", "small", tone="text2", wrap=True)
        self._earlier_icon = IconLabel("history", "text2", 16)
        self.owner = button("", size="s")
        self.owner.setAccessibleName(self.tr("Last owner"))
        self.claims: dict[int, CheckBox] = {}
        """The guarantees that still run, by key, the longest first; at most one is claimed."""
        self._owner_id = 0
        self.owner.clicked.connect(lambda: self.owner_picked.emit(self._owner_id))

    def _lay_out(self) -> None:
        words = rows(self.name, self.note, self.booking, self.past, gap=1)
        self._head = held(columns(self.badge, wide(words), self.change, gap=12))
        self._flow = FlowLayout(gap=6)
        self._devices = held(self._flow)
        earlier = columns(self._earlier_icon, wide(self.earlier), gap=8)
        self._claims = rows(gap=6)
        self._story = held(rows(line(), earlier, self.owner, self._claims, gap=6))
        parts = (self._head, self.who, self._devices, self._story)
        self.body.addLayout(rows(*parts, gap=8, pad=(15, 12)))
        self.who.changed.connect(self.dress)
        self.who.field.edit.left.connect(self.dress)
        self.show_story(None)
        self.show_past("")
        self.show_devices(None)
        self.dress()

    # -- who it is -------------------------------------------------------------------------------------
    def dress(self) -> None:
        """Large once the field was left; while it is typed into, it keeps its place."""
        card, who = self.who.card, self.who
        is_large = card is not None and not who.field.edit.hasFocus()
        self._head.setVisible(is_large)
        who.field.setVisible(not is_large)
        if is_large:
            who.strip.hide()
        if card is not None:
            customer = card.customer
            self.badge.set_text(str(customer.pl_id))
            self.name.setText(customer.shown_name(self._wording.region))
            phone = self._wording.phone(customer.phone) if customer.phone else ""
            note = customer.note if customer.is_flagged else ""
            standing = standing_words(card.facts, self._wording)
            self.note.setText(" · ".join(filter(None, (phone, standing, note))))
        who.setVisible(not is_large or not who.person.isHidden())
        self.rearranged.emit()

    def ask_person(self) -> None:
        """Somebody else of the account brings the device."""
        if self.who.card is not None:
            self.who.show()
            self.who.ask_person()

    def show_booking(self, booking: Booking | None) -> None:
        """The booking that arrived, if it is one."""
        self.booking.setVisible(booking is not None)
        if booking is not None:
            day = self._wording.day_in_list(booking.wall_start.date())
            at = f"{day} {self._wording.booked(booking)}"
            self.booking.setText(
                self.tr("Booking {number}, {at}, {service}").format(
                    number=booking.number, at=at, service=booking.service
                )
            )

    def show_past(self, words: str) -> None:
        """The old repair that goes on with this ticket, "" for none."""
        self.past.setVisible(bool(words))
        self.past.setText(self.tr("Old repair: {record}").format(record=words) if words else "")

    def show_devices(self, arrived: Arrived | None) -> None:
        """Devices that the customer brought before, one press each."""
        devices = arrived.devices if arrived is not None else ()
        self.device_buttons = [self._device_button(device) for device in devices]
        refill(self._flow, self.device_buttons)
        self._devices.setVisible(bool(devices))
        self.rearranged.emit()

    def _device_button(self, device: Device) -> Button:
        name = device.name if len(device.name) <= _MOST_NAME else f"{device.name[: _MOST_NAME - 1]}…"
        made = button(
            name, size="s", icon=ICONS[device.kind], run=partial(self.device_picked.emit, device.id)
        )
        made.setAccessibleName(
            self.tr("{device} again").format(device=f"{device.name} {device.mark}".strip())
        )
        return made

    # -- what is known of the device ---------------------------------------------------------------------
    def show_story(self, story: DeviceStory | None, claim_of: int | None = None) -> None:
        """The last repair of the same device, its running warranty, and whose it was."""
        visit = story.visits[0] if story is not None and story.visits else None
        self._story.setVisible(visit is not None)
        self.claims = {}
        refill(self._claims, ())
        self.owner.hide()
        if story is None or visit is None:
            return
        self.earlier.setText(self._visit_words(visit, is_here=visit.number == story.here))
        self._offer_claims(story, claim_of)
        self._offer_owner(story)
        self.rearranged.emit()

    def _visit_words(self, visit: Visit, *, is_here: bool) -> str:
        came = self._wording.here(visit.came_at).date()
        day = self._wording.day_in_list(came)
        if any(letter.isdecimal() for letter in day):
            day = self.tr("on {day}").format(day=day)
        if is_here:
            return self.tr("Came {day}, {number}").format(day=day, number=visit.number)
        what = visit.found or visit.fault
        what = what if len(what) <= _MOST_WHAT else f"{what[: _MOST_WHAT - 1]}…"
        told = (
            self.tr("Same device repaired {day}, {what}, {number}")
            if visit.outcome == Outcome.REPAIRED
            else self.tr("Same device was here {day}, {what}, {number}")
        )
        return told.format(day=day, what=what, number=visit.number)

    def _offer_claims(self, story: DeviceStory, claim_of: int | None) -> None:
        running = [one for one in story.warranties if one.days_left > 0][:_MOST_CLAIMS]
        parts = []
        for one in running:
            key, told = one.warranty.id, self._claim_words(one)
            box = CheckBox(self.tr("Warranty claim: {text}").format(text=one.warranty.text))
            box.give_way()
            box.setAccessibleName(f"{box.text()}, {told}")
            box.setChecked(claim_of == key)
            box.clicked.connect(lambda is_claim, key=key: self._claimed(key, is_claim))
            self.claims[key] = box
            parts.append(held(rows(box, label(told, "small", tone="text2", wrap=True), gap=0)))
        refill(self._claims, parts)

    def _claim_words(self, one: WarrantyLine) -> str:
        """The first ticket of a claim, and what remains of the term."""
        ends = self._wording.here(one.warranty.ends_at).date()
        days = shown_count(one.days_left, self.tr("day"), self.tr("days"))
        words = self.tr("Repair {number}, until {day}, {days} left")
        return words.format(number=one.warranty.number, day=self._wording.day(ends), days=days)

    def _offer_owner(self, story: DeviceStory) -> None:
        if not story.owners or self.who.card is not None:
            return
        owner = story.owners[0]
        self._owner_id = owner.customer_id
        self.owner.setText(f"{owner.pl_id} {owner.name}".strip())
        self.owner.setAccessibleName(self.tr("It is {who} again").format(who=self.owner.text()))
        self.owner.show()

    def _claimed(self, key: int, is_claim: bool) -> None:
        for other, box in self.claims.items():
            box.setChecked(is_claim and other == key)
        self.claim_changed.emit(key if is_claim else None)

    def stops(self) -> list[QWidget]:
        """Where Tab stops, in reading order."""
        who = self.who
        found = (who.field, who.strip.change, *who.notice.buttons(), who.name, who.email, who.person)
        return [self.change, *found, *self.device_buttons, self.owner, *self.claims.values()]
