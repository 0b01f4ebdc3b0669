"""How a customer is reached: every number and the e-mail address in full, in as many rows as that takes."""

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from posapp.ui.front_desk.parts import Snug, with_icon
from posapp.ui.widgets.flow import FlowLayout
from posapp.ui.wording import Wording

if TYPE_CHECKING:
    from posapp.domain.customers.customers import Customer


class Reach(QWidget):
    """The main number large, others after it with their labels, then the address, and `last` what else."""

    def __init__(self, last: QWidget) -> None:
        super().__init__()
        self.phone = Snug("", "strong", weight=500, least=200)
        self.more_phones: list[Snug] = []
        self.email = Snug("", "body", tone="text2")
        self._email_part = with_icon("mail", self.email)
        self._flow = FlowLayout(gap=6, between=16)
        self.setLayout(self._flow)
        self._flow.addWidget(with_icon("phone", self.phone))
        self._flow.addWidget(self._email_part)
        self._last = last
        self._flow.addWidget(last)

    def show_customer(self, customer: "Customer", wording: Wording) -> None:
        """Show how this customer is reached."""
        lines = customer.current_phones
        shown = [f"{wording.phone(one.number)} {one.label}".strip() for one in lines]
        reason = customer.no_phone_reason or self.tr("none is known")
        self.phone.setText(
            wording.phone(lines[0].number) if lines else self.tr("No phone: {reason}").format(reason=reason)
        )
        others = shown[1:]
        while len(self.more_phones) < len(others):
            made = Snug("", "body", tone="text2")
            self.more_phones.append(made)
            for part in (made, self._email_part, self._last):  # these two stay the last ones
                self._flow.removeWidget(part)
                self._flow.addWidget(part)
        for place, one in enumerate(self.more_phones):
            one.setText(others[place] if place < len(others) else "")
            one.setVisible(place < len(others))
        self.email.setText(customer.email)
        self._email_part.setVisible(bool(customer.email))
        self._flow.invalidate()
        self.updateGeometry()
