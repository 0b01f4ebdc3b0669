"""Further people on a customer's account: a family on one phone, a company's staff."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from posapp.domain.base.emails import check_email
from posapp.domain.base.names import check_name
from posapp.ui.customers.small_form import SmallForm
from posapp.ui.customers.tab_order import stops_in
from posapp.ui.fields import TextField
from posapp.ui.layout import columns, emptied, held, put, rows, wide
from posapp.ui.widgets.buttons import button
from posapp.ui.widgets.labels import Elided

if TYPE_CHECKING:
    from posapp.domain.customers.customers import Contact, Customer


class PeoplePanel(QWidget):
    """The people, each with *Remove*, and a form for another one."""

    added = Signal(str, str)  # name, e-mail
    removed = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows = rows(gap=4)
        self.name = TextField("contact", self.tr("Another person"), read=self._read_name, icon="user")
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
        hosts = [item.widget() for place in range(self._rows.count()) if (item := self._rows.itemAt(place))]
        return [stop for host in (*hosts, self.adder) if host is not None for stop in stops_in(host)]

    def _row(self, contact: "Contact") -> QWidget:
        words = Elided(" · ".join(filter(None, (contact.name, contact.email))), "body")
        remove = button(self.tr("Remove"), kind="quiet", size="s", run=lambda: self.removed.emit(contact.id))
        remove.setAccessibleName(f"{self.tr('Remove')} {contact.name}")
        return held(columns(wide(words), remove, gap=8))

    def _read_name(self, text: str) -> str:
        return check_name(text, field="contact")
