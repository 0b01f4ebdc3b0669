"""The form of a new customer: the number as it was searched for, a name, and what else is worth knowing."""

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from posapp.domain.base.emails import check_email
from posapp.domain.base.names import check_name
from posapp.domain.customers.customers import NOTE_LIMIT
from posapp.ui.customers.identity import Words, alike_words, standing_words
from posapp.ui.customers.parts import IdentityNotice, Inset
from posapp.ui.customers.without_phone import SamePerson
from posapp.ui.fields import Form, LineEdit, NoteField, PhoneField, TextField
from posapp.ui.layout import STRETCH, columns, held, rows, wide
from posapp.ui.tab_order import chain
from posapp.ui.theme import theme
from posapp.ui.widgets.buttons import CheckBox, button
from posapp.ui.widgets.labels import label, line
from posapp.ui.widgets.messages import IconLabel
from posapp.ui.widgets.scroll import Scroller
from posapp.ui.window.notices import Step
from posapp.ui.wording import Wording

if TYPE_CHECKING:
    from collections.abc import Sequence

    from posapp.domain.base.phone import PhoneNumber
    from posapp.domain.customers.customers import Customer, CustomerCard
    from posapp.services.counter.search import Hit


class NewCustomerForm(Form):
    """Asks for the phone only where it is not known yet. The PL ID is drawn on saving, never before."""

    submitted = Signal(object)  # FindOrCreate or AddWithoutPhone
    number_typed = Signal(object)  # PhoneNumber or None: whose is it?
    opened = Signal(int)  # the number belongs to this customer: open it
    update_asked = Signal(object)  # EditCustomer for the owner of the number
    person_asked = Signal(int, str, str)  # owner, name and e-mail of another person on the number
    named = Signal(str, str)  # name and e-mail as far as they are typed
    same_asked = Signal(int, object)  # the number is that of this customer, who had none
    cancelled = Signal()

    def __init__(self, wording: Wording, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._wording = wording
        self._fixed: PhoneNumber | None = None
        self._owner: CustomerCard | None = None
        self._make_fields()
        self._lay_out()
        self.accepted.connect(self._accept)
        self.phone.number_changed.connect(self.number_typed)
        for field in (self.name, self.email):
            field.edited.connect(self._named)

    def _make_fields(self) -> None:
        self.phone = self.add_field(PhoneField(region=self._wording.region))
        self.reason = self.add_field(
            TextField(
                "no_phone_reason",
                self.tr("Why there is no phone number"),
                read=self._read_reason,
                placeholder=self.tr("Visitor, number abroad, does not want to say"),
            )
        )
        self.name = self.add_field(TextField("name", self.tr("Name"), read=check_name, icon="user"))
        self.email = self.add_field(
            TextField("email", self.tr("E-mail (may stay empty)"), read=check_email, icon="mail")
        )
        self.note = self.add_field(
            NoteField("note", self.tr("Note (may stay empty)"), lines=3, limit=NOTE_LIMIT)
        )
        self.no_phone = CheckBox(self.tr("The customer has no phone number"))
        self.no_phone.toggled.connect(self._switch_phone)
        self.reason.hide()

    def _lay_out(self) -> None:
        self.fixed_phone = label("", "title", weight=600)
        self._fixed_row = held(columns(IconLabel("phone", "text2", 18), wide(self.fixed_phone), gap=8))
        self.notice = IdentityNotice()
        self.same = SamePerson(self.notice, self._is_same)
        hint = label(self.tr("The PL number is given when you save."), "small", tone="text2")
        fields = (self.notice, self._fixed_row, self.phone, self.no_phone, self.reason)
        host = held(rows(*fields, self.name, self.email, self.note, hint, gap=14))
        host.setMaximumWidth(theme().px(520))
        save = button(self.tr("Save customer"), kind="primary", size="l", icon="user-plus", key="Ctrl+Return")
        self.set_save_button(save)
        self.cancel = button(self.tr("Cancel"), size="l", key="Esc", run=self.cancelled.emit)
        buttons = columns(save, self.cancel, STRETCH, gap=8, pad=(16, 12))
        body, summary = held(rows(host, STRETCH, pad=16)), Inset(self.summary, below=0)
        rows(wide(Scroller(body, room=48)), line(), summary, buttons, gap=0, host=self)

    def stops(self) -> list[QWidget]:
        """What Tab goes through, from top to bottom; what is said of the number comes after it."""
        assert self.save_button is not None
        parts: list[QWidget] = [self.phone, *self.notice.buttons(), self.no_phone, self.reason]
        return [*parts, self.name, self.email, self.note, self.save_button, self.cancel]

    # -- what it is about --------------------------------------------------------------------------------
    @property
    def draft_key(self) -> str:
        """The number it is for, "" where that is typed here."""
        return self._fixed.key if self._fixed else ""

    def begin(self, number: "PhoneNumber | None", *, name: str = "", phone_text: str = "") -> None:
        """Start anew for this number, or ask for one."""
        self._fixed, self._owner = number, None
        self.same.clear()
        for field in (self.phone, self.reason, self.name, self.email, self.note):
            field.set_text("")
        self.clear_problems()
        self.notice.say(None)
        self.no_phone.setChecked(False)
        self._fixed_row.setVisible(number is not None)
        self.no_phone.setVisible(number is None)
        self._switch_phone(False)
        self.name.set_text(name)
        if number is not None:
            self._show_fixed(number)
        elif phone_text:
            self.phone.set_text(phone_text)
        self._dress_button()

    def _show_fixed(self, number: "PhoneNumber") -> None:
        shown = self._wording.phone(number)
        self.fixed_phone.setText(shown)
        self.fixed_phone.setAccessibleName(self.tr("Phone {phone}").format(phone=shown))
        if number.mark is not None:
            is_local = number.mark.value == "local"
            words = self.tr("Local number") if is_local else self.tr("Unusual number")
            plain = self.tr("It is kept as it is. Read it back to the customer.")
            self.notice.say(Words("info", "text2", words, plain))

    def first_field(self) -> QWidget:
        """Where typing begins: the first thing that is not known yet."""
        has_number = not self.phone.is_empty() and self.phone.problem() is None
        if self._fixed is not None or self.no_phone.isChecked() or has_number:
            return self.name.editor
        return self.phone.editor

    def show_owner(self, card: "CustomerCard | None") -> None:
        """The typed number is this customer's (None: nobody's): offer it instead of a second record."""
        self._owner = card
        if card is None:
            self.notice.say(None)
        else:
            customer = card.customer
            name = customer.shown_name(self._wording.region)
            strong = self.tr("This number belongs to {pl} {name}.").format(pl=customer.pl_id, name=name)
            plain = self.tr("No second record is created. What you typed can go to {pl}.")
            plain = f"{plain.format(pl=customer.pl_id)} {standing_words(card.facts, self._wording)}."
            self.notice.say(Words("user-check", "text2", strong, plain), self._steps())
            chain(self.stops())
        self._dress_button()

    def show_alike(self, hit: "Hit | None") -> None:
        """This customer has a number like the typed one, which nobody has: a match before a new record."""
        if hit is None or self._owner is not None:
            return
        look = Step(self.tr("Open {pl}").format(pl=hit.pl_id), lambda: self.opened.emit(hit.customer_id))
        self.notice.say(alike_words(hit, self._wording), [look])
        chain(self.stops())

    @property
    def number(self) -> "PhoneNumber | None":
        """The number of the new customer as far as it is known, None while it is none."""
        if self.no_phone.isChecked():
            return None
        return self._fixed or (None if self.phone.problem() else self.phone.number)

    def _named(self) -> None:
        if self._owner is None and self.number is not None:
            self.named.emit(self.name.text(), self.email.text())

    def show_without_phone(self, known: "Sequence[Customer]") -> None:
        """Customers without a number who may be this one: nobody is made twice."""
        if self._owner is None and self.number is not None and self.same.offer(known, self._go_on):
            chain(self.stops())

    def _go_on(self) -> None:
        self.name.editor.setFocus()

    def _is_same(self, customer_id: int) -> None:
        number = self.number
        if number is not None:
            self.same_asked.emit(customer_id, number)

    def _steps(self) -> list[Step]:
        assert self._owner is not None
        pl_id = self._owner.customer.pl_id
        key = self._owner.customer.id
        return [
            Step(self.tr("Open {pl}").format(pl=pl_id), lambda: self.opened.emit(key)),
            Step(self.tr("Update {pl} with this").format(pl=pl_id), self._ask_update),
            Step(self.tr("Another person on this phone"), self._ask_person),
        ]

    def _ask_update(self) -> None:
        from posapp.services.customers.customers import EditCustomer

        wrong = [one for one in (self.email, self.note) if one.check() is not None]
        if wrong or self._owner is None:
            return
        typed = [None if one.is_empty() else one.value() for one in (self.name, self.email, self.note)]
        name, email, note = typed
        self.update_asked.emit(
            EditCustomer(customer_id=self._owner.customer.id, name=name, email=email, note=note)
        )

    def _ask_person(self) -> None:
        if self.name.check() is not None:
            self.name.editor.setFocus()
        elif self._owner is not None and self.email.check() is None:
            self.person_asked.emit(self._owner.customer.id, self.name.value(), self.email.value())

    def _dress_button(self) -> None:
        assert self.save_button is not None
        owner = self._owner
        words = self.tr("Open {pl}").format(pl=owner.customer.pl_id) if owner else self.tr("Save customer")
        self.save_button.setText(words)
        self.save_button.set_icon("user-check" if owner else "user-plus")

    # -- saving ------------------------------------------------------------------------------------------
    def submit(self) -> bool:
        """Save; for a number that belongs to somebody, open that customer instead."""
        if self._owner is not None and not self.no_phone.isChecked():
            self.opened.emit(self._owner.customer.id)
            return True
        return super().submit()

    def _accept(self) -> None:
        from posapp.services.customers.customers import AddWithoutPhone, FindOrCreate

        name, email, note = self.name.value(), self.email.value(), self.note.value()
        command: FindOrCreate | AddWithoutPhone
        if self.no_phone.isChecked():
            command = AddWithoutPhone(reason=self.reason.value(), name=name, email=email, note=note)
        else:
            number = self._fixed or self.phone.value()
            assert number is not None  # a required field has a value
            command = FindOrCreate(phone=number, name=name, email=email, note=note)
        self.submitted.emit(command)

    def _read_reason(self, text: str) -> str:
        from posapp.domain.base.errors import DomainError

        if not text.strip():
            sentence = self.tr("Say why there is no phone number.")
            raise DomainError("reason_missing", sentence, field="no_phone_reason")
        return text.strip()

    # -- drafts ------------------------------------------------------------------------------------------
    def draft(self) -> dict[str, Any]:
        """What is worth keeping: empty if nothing was typed."""
        kept: dict[str, Any] = dict(self.snapshot())
        if self._fixed is not None:
            kept.pop("phone", None)
        if self.no_phone.isChecked():
            kept["no_phone"] = True
        return kept

    def restore_draft(self, kept: dict[str, Any]) -> None:
        """Put a draft back."""
        self.no_phone.setChecked(bool(kept.get("no_phone")))
        self.restore(kept)
        for field in (self.name, self.email):
            if isinstance(field.editor, LineEdit):
                field.editor.end(False)  # typing goes on where it stopped

    def _switch_phone(self, has_none: bool) -> None:
        self.phone.setVisible(self._fixed is None and not has_none)
        self.reason.setVisible(has_none)
        self.notice.setVisible(self.notice.isVisibleTo(self) and not has_none)
        if has_none and self.isVisible():
            self.reason.editor.setFocus()
        self.edited.emit()
