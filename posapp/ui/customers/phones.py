"""The numbers of a customer: those in use with what can happen to them, those of the past, and a new one."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from posapp.domain.base.emails import check_email
from posapp.domain.base.names import check_name, clean_text
from posapp.ui.customers.identity import Words
from posapp.ui.customers.small_form import SmallForm
from posapp.ui.customers.tab_order import chain, stops_in
from posapp.ui.fields import PhoneField, TextField
from posapp.ui.theme import theme
from posapp.ui.widgets.buttons import button
from posapp.ui.widgets.flow import FlowLayout
from posapp.ui.widgets.labels import CountPill, label, line
from posapp.ui.window.notices import Step
from posapp.ui.wording import Wording

if TYPE_CHECKING:
    from posapp.domain.base.phone import PhoneNumber
    from posapp.domain.customers.customers import Customer, PhoneLine

LABEL_LIMIT = 40


class PhonesPanel(QWidget):
    """Says what the clerk decided; each decision is saved by itself, at once.

    `asked(change, values, form)`: a change of the customer desk by its name, with its values after the
    customer's key; `form` gets the refusal, if there is one.
    """

    asked = Signal(str, object, object)
    passed_on = Signal(object, object)  # FindOrCreate of the person who has the number now, and the form
    moved = Signal(object, object, object)  # number of another customer, line that ends or None, form
    number_typed = Signal(object, object)  # PhoneNumber and the form it stands in: whose is it?
    opened = Signal(int)
    arranged = Signal()  # parts came or went: the order of Tab is to be made anew

    def __init__(self, wording: Wording, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._wording = wording
        self._customer: Customer | None = None
        self._inline: SmallForm | None = None
        self._rows = QVBoxLayout()
        self._rows.setSpacing(theme().px(8))
        self.adder = self._make_adder()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme().px(12))
        column.addLayout(self._rows)
        column.addWidget(self.adder)

    def show_customer(self, customer: "Customer") -> None:
        """Show these numbers; a question that was open is closed."""
        self._customer = customer
        self._inline = None
        while item := self._rows.takeAt(0):
            gone = item.widget()
            if gone is not None:
                gone.hide()
                gone.deleteLater()
        for phone in customer.phones:
            self._rows.addWidget(self._current(phone) if phone.is_current else self._ended(phone))
        if not customer.current_phones:
            reason = customer.no_phone_reason or self.tr("none is known")
            words = self.tr("No phone number: {reason}").format(reason=reason)
            self._rows.insertWidget(0, label(words, "body", tone="text2", wrap=True))
        self.arranged.emit()

    def stops(self) -> list[QWidget]:
        """What Tab goes through: the numbers from top to bottom, then the form of a further one."""
        hosts = [item.widget() for place in range(self._rows.count()) if (item := self._rows.itemAt(place))]
        rows = [stop for host in hosts if host is not None for stop in stops_in(host)]
        return [*rows, *stops_in(self.adder)]

    # -- one number --------------------------------------------------------------------------------------
    def _current(self, phone: "PhoneLine") -> QWidget:
        px = theme().px
        host = QWidget()
        column = QVBoxLayout(host)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(2))
        head = QHBoxLayout()
        head.setSpacing(px(8))
        shown = self._wording.phone(phone.number)
        head.addWidget(label(shown, "field", weight=600))
        head.addWidget(CountPill(self.tr("main") if phone.is_primary else "", host))
        head.addWidget(label(phone.label, "small", tone="text2"))
        head.addStretch(1)
        column.addLayout(head)
        flow = FlowLayout(gap=0)
        buttons = QWidget()
        buttons.setLayout(flow)
        for words, run in self._choices(phone, column):
            made = button(words, kind="quiet", size="s", run=run)
            made.setAccessibleName(f"{words}, {shown}")
            flow.addWidget(made)
        column.addWidget(buttons)
        column.addWidget(line())
        return host

    def _choices(self, phone: "PhoneLine", column: QVBoxLayout) -> list[tuple[str, Callable[[], object]]]:
        choices: list[tuple[str, Callable[[], object]]] = [
            (self.tr("New number instead"), partial(self._ask_new_number, phone, column)),
            (self.tr("Label"), partial(self._ask_label, phone, column)),
            (self.tr("End"), partial(self._ask_end, phone, column)),
            (self.tr("Another person has it now"), partial(self._ask_person, phone, column)),
        ]
        if not phone.is_primary:
            choices.insert(
                0, (self.tr("Make main"), lambda: self.asked.emit("make_primary", (phone.id,), None))
            )
        return choices

    def _ended(self, phone: "PhoneLine") -> QWidget:
        px = theme().px
        host = QWidget()
        row = QHBoxLayout(host)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(px(8))
        since = self._wording.day_in_list(self._wording.here(phone.started_at).date())
        assert phone.ended_at is not None  # only ended numbers come here
        until = self._wording.day_in_list(self._wording.here(phone.ended_at).date())
        shown = self._wording.phone(phone.number)
        row.addWidget(label(shown, "body", tone="text2"))
        dates = self.tr("{since} to {until}").format(since=since, until=until)
        row.addWidget(label(dates, "small", tone="text3"))
        row.addStretch(1)
        if phone.is_former:
            again = button(self.tr("Theirs again"), kind="quiet", size="s")
            again.setAccessibleName(f"{self.tr('Theirs again')}, {shown}")
            again.clicked.connect(lambda: self.asked.emit("take_back", (phone.number,), None))
            row.addWidget(again)
        return host

    # -- questions, one at a time, below their number ------------------------------------------------------
    def _open_inline(self, form: SmallForm, column: QVBoxLayout) -> None:
        self.close_inline()
        self._inline = form
        form.cancelled.connect(self.close_inline)
        column.insertWidget(column.count() - 1, form)
        form.show()
        self.arranged.emit()
        first = form.fields()
        target = first[0].editor if first else form.save_button
        if target is not None:
            target.setFocus()

    def close_inline(self) -> bool:
        """Close the question that is open; False if there is none."""
        form, self._inline = self._inline, None
        if form is None:
            return False
        form.hide()
        form.deleteLater()
        return True

    def _ask_new_number(self, phone: "PhoneLine", column: QVBoxLayout) -> None:
        field = PhoneField("phone", self.tr("New number"), region=self._wording.region)
        form = SmallForm([field], self.tr("Change number"), can_cancel=True)
        field.number_changed.connect(lambda number: self._number_changed(number, form))
        form.setProperty("line", phone.id)
        form.accepted.connect(lambda: self.asked.emit("change_number", (phone.id, field.value()), form))
        self._open_inline(form, column)

    def _ask_person(self, phone: "PhoneLine", column: QVBoxLayout) -> None:
        from posapp.services.customers.customers import FindOrCreate

        name = TextField("name", self.tr("Name of the person who has it now"), read=check_name)
        email = TextField("email", self.tr("E-mail (may stay empty)"), read=check_email)
        form = SmallForm([name, email], self.tr("Make a new customer"), can_cancel=True)
        strong = self.tr("{pl} loses this number today and keeps its history.")
        assert self._customer is not None
        form.notice.say(Words("info", "text2", strong.format(pl=self._customer.pl_id)))
        form.accepted.connect(
            lambda: self.passed_on.emit(
                FindOrCreate(phone=phone.number, name=name.value(), email=email.value()), form
            )
        )
        self._open_inline(form, column)

    def _ask_label(self, phone: "PhoneLine", column: QVBoxLayout) -> None:
        field = _label_field(self.tr("Label, such as mobile or work"))
        field.set_text(phone.label)
        form = SmallForm([field], self.tr("Set label"), can_cancel=True)
        form.accepted.connect(lambda: self.asked.emit("label_phone", (phone.id, field.value()), form))
        self._open_inline(form, column)

    def _ask_end(self, phone: "PhoneLine", column: QVBoxLayout) -> None:
        form = SmallForm([], self.tr("End this number"), can_cancel=True)
        plain = self.tr("It stays with its dates and can be searched until somebody else has it.")
        strong = self.tr("{phone} is no longer theirs?").format(phone=self._wording.phone(phone.number))
        form.notice.say(Words("info", "text2", strong, plain))
        form.accepted.connect(lambda: self.asked.emit("end_phone", (phone.id,), form))
        self._open_inline(form, column)

    # -- a further number ----------------------------------------------------------------------------------
    def _make_adder(self) -> SmallForm:
        phone = PhoneField("phone", self.tr("Further number"), region=self._wording.region, required=True)
        name = _label_field(self.tr("Label, such as mobile or work"))
        form = SmallForm([phone, name], self.tr("Add number"), icon="plus")
        phone.number_changed.connect(lambda number: self._number_changed(number, form))
        form.accepted.connect(
            lambda: self.asked.emit("add_phone", (phone.value(), {"label": name.value()}), form)
        )
        return form

    def _number_changed(self, number: "PhoneNumber | None", form: SmallForm) -> None:
        form.notice.say(None)
        if number is not None:
            self.number_typed.emit(number, form)

    def show_taken(
        self, form: SmallForm, number: "PhoneNumber", customer_id: int, pl_id: str, name: str
    ) -> None:
        """The number in this form belongs to somebody: say whom, and offer to open or to move it."""
        assert self._customer is not None
        field = form.field("phone")
        if field is None:
            return
        if customer_id == self._customer.id:
            field.show_problem(self.tr("{pl} already has this number.").format(pl=pl_id))
            return
        field.show_problem(self.tr("Belongs to {who}.").format(who=f"{pl_id} {name}".strip()))
        words = Words("user-check", "text2", self.tr("What is right?"))
        form.notice.say(
            words,
            [
                Step(self.tr("Open {pl}").format(pl=pl_id), lambda: self.opened.emit(customer_id)),
                Step(self.tr("Move the number here"), lambda: self._confirm_move(form, number, pl_id)),
            ],
        )
        self._reorder(form)

    def _reorder(self, form: SmallForm) -> None:
        """The buttons of a notice stand between the field and the form's own button."""
        first, *rest = form.fields()
        chain([first, *form.notice.buttons(), *rest])

    def _confirm_move(self, form: SmallForm, number: "PhoneNumber", pl_id: str) -> None:
        """Moving takes something from another customer, so it is asked once more, in place."""
        strong = self.tr("{pl} loses this number today and keeps its history.").format(pl=pl_id)
        ends = form.property("line")
        form.notice.say(
            Words("triangle-alert", "warning", strong),
            [
                Step(self.tr("Move it"), lambda: self.moved.emit(number, ends, form)),
                Step(self.tr("Leave it"), form.empty),
            ],
        )
        self._reorder(form)
        form.notice.buttons()[0].setFocus()


def _label_field(text: str) -> TextField:
    return TextField("label", text, read=lambda typed: clean_text(typed, LABEL_LIMIT, "label"))
