"""What is known about a customer besides the phones: name, e-mail, address, note, and further people."""

from collections.abc import Mapping
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from posapp.domain.base.emails import check_email
from posapp.domain.base.names import check_name, clean_name
from posapp.domain.customers.customers import ADDRESS_LIMIT, NOTE_LIMIT
from posapp.ui.customers.parts import SmallForm
from posapp.ui.customers.terms import TermsFields
from posapp.ui.fields import Form, NoteField, TextField
from posapp.ui.layout import columns, emptied, held, put, rows, wide
from posapp.ui.tab_order import stops_below, stops_in
from posapp.ui.widgets.buttons import CheckBox, button
from posapp.ui.widgets.labels import Elided
from posapp.ui.wording import Wording

if TYPE_CHECKING:
    from posapp.domain.customers.customers import Contact, Customer
    from posapp.services.customers.customers import EditCustomer


OWN_ORDER = ("name", "email", "address", "note", "is_flagged")
OWN = frozenset(OWN_ORDER)
"""What of the form stands on the customer itself; the other fields are about the terms."""


class DetailsForm(Form):
    """Knows which values it showed first, so that only what was changed here is saved or kept as a draft."""

    def __init__(self, wording: Wording) -> None:
        super().__init__()
        self._base: dict[str, Any] = {}
        self._customer: Customer | None = None
        self.name = self.add_field(TextField("name", self.tr("Name"), read=self._read_name))
        self.email = self.add_field(TextField("email", self.tr("E-mail"), read=check_email))
        self.address = self.add_field(NoteField("address", self.tr("Address"), lines=2, limit=ADDRESS_LIMIT))
        self.note = self.add_field(NoteField("note", self.tr("Note"), lines=3, limit=NOTE_LIMIT))
        self.flag = CheckBox(self.tr("Show this note as a warning"))
        self.flag.toggled.connect(lambda _on: self.edited.emit())
        self.flag.setParent(self)  # before the fields below it, for Tab
        self.terms = TermsFields(wording)
        for field in self.terms.fields:
            self.add_field(field)
        rows(self.name, self.email, self.address, self.note, self.flag, self.terms.lines(), gap=12, host=self)

    def _read_name(self, text: str) -> str:
        # A customer who came without a name may stay without one; a name is never taken away again.
        had_none = self._customer is None or not self._customer.name
        return "" if had_none and not clean_name(text) else check_name(text)

    def show_customer(self, customer: "Customer") -> None:
        """Show these values and count from them what is changed."""
        self._customer = customer
        self._base = _values(customer) | self.terms.values_of(customer.terms)
        for name, value in self._base.items():
            self._put(name, value)
        self.clear_problems()

    def take_newer(self, customer: "Customer") -> None:
        """Changed elsewhere: show the new values, but what was typed here stays, with a word."""
        typed, before = self.changes(), self._base
        self.show_customer(customer)
        for name, value in typed.items():
            self._put(name, value)
            field = self.field(name)
            if field is not None and self._base[name] not in (value, before[name]):
                now = self.terms.words_of(self._base[name]) if field is self.terms.level else self._base[name]
                field.say(self.tr("Now: {value}").format(value=now or self.tr("empty")), "info")

    def changes(self) -> dict[str, Any]:
        """What was typed or ticked here and differs from the record, unchecked."""
        shown = {name: self._shown(name) for name in self._base}
        return {name: value for name, value in shown.items() if value != self._base[name]}

    def restore_changes(self, kept: Mapping[str, Any]) -> None:
        """Put a draft of `changes` back."""
        for name in self._base.keys() & kept.keys():
            self._put(name, kept[name])

    def command(self) -> "EditCustomer":
        """The checked values that were changed here; the rest stays as it is."""
        from posapp.services.customers.customers import EditCustomer

        assert self._customer is not None
        values: dict[str, Any] = {}
        changed = self.changes()
        for name in changed.keys() & OWN:
            field = self.field(name)
            values[name] = field.value() if field is not None else self.flag.isChecked()
        if changed.keys() - OWN:
            values["terms"] = self.terms.typed()
        return EditCustomer(
            customer_id=self._customer.id, seen_version=self._customer.stamps.version, **values
        )

    def before(self) -> dict[str, Any]:
        """What of the record as it was shown is another one now."""
        assert self._customer is not None
        changed = self.changes().keys()
        names = [name for name in OWN_ORDER if name in changed] + (["terms"] if changed - OWN else [])
        return {name: getattr(self._customer, name) for name in names}

    def _put(self, name: str, value: Any) -> None:
        field = self.field(name)
        if field is None:
            self.flag.setChecked(bool(value))
        elif field is self.terms.level:
            self.terms.level.choose(value)
        else:
            field.set_text(str(value))

    def _shown(self, name: str) -> Any:
        field = self.field(name)
        if field is self.terms.level:
            return self.terms.level.value()
        return self.flag.isChecked() if field is None else field.text()


class PeoplePanel(QWidget):
    """Further people on the account, each with *Remove*: a family on one phone, a company's staff."""

    added = Signal(str, str)  # name, e-mail
    removed = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self._rows = rows(gap=4)
        read = partial(check_name, field="contact")
        self.name = TextField("contact", self.tr("Another person"), read=read, icon="user")
        self.email = TextField("email", self.tr("E-mail (may stay empty)"), read=check_email, icon="mail")
        self.adder = SmallForm([self.name, self.email], self.tr("Add person"), icon="user-plus")
        self.adder.accepted.connect(lambda: self.added.emit(self.name.value(), self.email.value()))
        rows(self._rows, self.adder, gap=12, host=self)

    def show_customer(self, customer: "Customer") -> None:
        """Show these people."""
        emptied(self._rows)
        put(self._rows, *(self._row(contact) for contact in customer.contacts))

    def stops(self) -> list[QWidget]:
        """What Tab goes through, from top to bottom."""
        return [*stops_below(self._rows), *stops_in(self.adder)]

    def _row(self, contact: "Contact") -> QWidget:
        words = Elided(" · ".join(filter(None, (contact.name, contact.email))), "body")
        remove = button(self.tr("Remove"), kind="quiet", size="s", run=lambda: self.removed.emit(contact.id))
        remove.setAccessibleName(f"{self.tr('Remove')} {contact.name}")
        return held(columns(wide(words), remove, gap=8))


def _values(customer: "Customer") -> dict[str, Any]:
    return {name: getattr(customer, name) for name in OWN_ORDER}
