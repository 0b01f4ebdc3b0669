"""Further people on a customer's account: a family on one phone, a company's staff."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from posapp.domain.base.emails import check_email
from posapp.domain.base.names import check_name
from posapp.ui.customers.small_form import SmallForm
from posapp.ui.customers.tab_order import stops_in
from posapp.ui.fields import TextField
from posapp.ui.theme import theme
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
        px = theme().px
        self._rows = QVBoxLayout()
        self._rows.setSpacing(px(4))
        self.name = TextField("contact", self.tr("Another person"), read=self._read_name, icon="user")
        self.email = TextField("email", self.tr("E-mail (may stay empty)"), read=check_email, icon="mail")
        self.adder = SmallForm([self.name, self.email], self.tr("Add person"), icon="user-plus")
        self.adder.accepted.connect(lambda: self.added.emit(self.name.value(), self.email.value()))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(12))
        column.addLayout(self._rows)
        column.addWidget(self.adder)

    def show_customer(self, customer: "Customer") -> None:
        """Show these people."""
        while item := self._rows.takeAt(0):
            gone = item.widget()
            if gone is not None:
                gone.hide()
                gone.deleteLater()
        for contact in customer.contacts:
            self._rows.addWidget(self._row(contact))

    def stops(self) -> list[QWidget]:
        """What Tab goes through, from top to bottom."""
        hosts = [item.widget() for place in range(self._rows.count()) if (item := self._rows.itemAt(place))]
        rows = [stop for host in hosts if host is not None for stop in stops_in(host)]
        return [*rows, *stops_in(self.adder)]

    def _row(self, contact: "Contact") -> QWidget:
        host = QWidget()
        row = QHBoxLayout(host)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme().px(8))
        row.addWidget(Elided(" · ".join(filter(None, (contact.name, contact.email))), "body"), 1)
        remove = button(self.tr("Remove"), kind="quiet", size="s")
        remove.setAccessibleName(f"{self.tr('Remove')} {contact.name}")
        remove.clicked.connect(lambda: self.removed.emit(contact.id))
        row.addWidget(remove)
        return host

    def _read_name(self, text: str) -> str:
        return check_name(text, field="contact")
