"""The numbers of a customer: those in use with what can happen to them, those of the past, and a new one."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from posapp.domain.base.emails import check_email
from posapp.domain.base.names import check_name, clean_text
from posapp.domain.customers.customers import LABEL_LIMIT
from posapp.ui.customers.identity import Words
from posapp.ui.customers.parts import SmallForm
from posapp.ui.fields import PhoneField, TextField
from posapp.ui.layout import STRETCH, columns, emptied, held, put, rows
from posapp.ui.tab_order import chain, stops_below, stops_in
from posapp.ui.widgets.buttons import button
from posapp.ui.widgets.flow import FlowLayout
from posapp.ui.widgets.labels import CountPill, label, line
from posapp.ui.window.notices import Step
from posapp.ui.wording import Wording

if TYPE_CHECKING:
    from posapp.domain.base.actor import Actor
    from posapp.domain.base.phone import PhoneNumber
    from posapp.domain.customers.customers import Customer, PhoneLine
    from posapp.services.customers.phones import PhoneDesk
    from posapp.services.desks import Shop

Change = Callable[["Shop", "Actor"], "Customer"]
"""Asks a desk; gives the customer as they are after that."""
Work = Callable[["PhoneDesk", "Actor", int], "Customer"]
"""A change of the phones of the customer with that key."""


class PhonesPanel(QWidget):
    """Says what the clerk decided; each decision is saved by itself, at once.

    `asked(change, said, form)`: a `Change` of the customer, what to say when it is done, and the form that
    gets the refusal, if there is one.
    """

    asked = Signal(object, str, object)
    added = Signal(object, str, object)  # a further PhoneNumber, its label, and the form
    passed_on = Signal(object, object)  # FindOrCreate of the person who has the number now, and the form
    moved = Signal(object, object, object)  # number of another customer, line that ends or None, form
    number_typed = Signal(object, object)  # PhoneNumber and the form it stands in: whose is it?
    opened = Signal(int)
    merge_asked = Signal(int)  # the other customer, who may be the same person
    arranged = Signal()  # parts came or went: the order of Tab is to be made anew

    def __init__(self, wording: Wording) -> None:
        super().__init__()
        self._wording = wording
        self.may_merge = False
        """Whether whoever works here may merge two customers."""
        self._customer: Customer | None = None
        self._inline: SmallForm | None = None
        self._rows = rows(gap=8)
        self.adder = self._make_adder()
        rows(self._rows, self.adder, gap=12, host=self)

    def show_customer(self, customer: "Customer") -> None:
        """Show these numbers; a question that was open is closed."""
        self._customer = customer
        self._inline = None
        emptied(self._rows)
        if not customer.current_phones:
            reason = customer.no_phone_reason or self.tr("none is known")
            words = self.tr("No phone number: {reason}").format(reason=reason)
            put(self._rows, label(words, "body", tone="text2", wrap=True))
        put(self._rows, *(self._row(phone) for phone in customer.phones))
        self.arranged.emit()

    def stops(self) -> list[QWidget]:
        """What Tab goes through: the numbers from top to bottom, then the form of a further one."""
        return [*stops_below(self._rows), *stops_in(self.adder)]

    # -- one number --------------------------------------------------------------------------------------
    def _row(self, phone: "PhoneLine") -> QWidget:
        return self._current(phone) if phone.is_current else self._ended(phone)

    def _current(self, phone: "PhoneLine") -> QWidget:
        host, shown = QWidget(), self._wording.phone(phone.number)
        main = CountPill(self.tr("main") if phone.is_primary else "", host)
        number, words = label(shown, "field", weight=600), label(phone.label, "small", tone="text2")
        head = columns(number, main, words, STRETCH, gap=8)
        flow = FlowLayout(gap=0)
        column = rows(head, held(flow), line(), gap=2)
        for word, run in self._choices(phone, column):
            made = button(word, kind="quiet", size="s", run=run)
            made.setAccessibleName(f"{word}, {shown}")
            flow.addWidget(made)
        return held(column, host)

    def _choices(self, phone: "PhoneLine", column: QVBoxLayout) -> list[tuple[str, Callable[[], object]]]:
        choices: list[tuple[str, Callable[[], object]]] = [
            (self.tr("New number instead"), partial(self._ask_new_number, phone, column)),
            (self.tr("Label"), partial(self._ask_label, phone, column)),
            (self.tr("End"), partial(self._ask_end, phone, column)),
            (self.tr("Another person has it now"), partial(self._ask_person, phone, column)),
        ]
        if not phone.is_primary:
            choices.insert(0, (self.tr("Make main"), partial(self._make_main, phone)))
        return choices

    def _make_main(self, phone: "PhoneLine") -> None:
        said = self.tr("Main number changed")
        self._ask(lambda desk, actor, key: desk.make_primary(actor, key, phone.id), said)

    def _ended(self, phone: "PhoneLine") -> QWidget:
        since = self._wording.day_in_list(self._wording.here(phone.started_at).date())
        assert phone.ended_at is not None  # only ended numbers come here
        until = self._wording.day_in_list(self._wording.here(phone.ended_at).date())
        shown = self._wording.phone(phone.number)
        dates = self.tr("{since} to {until}").format(since=since, until=until)
        again = None
        if phone.is_former:
            again = button(self.tr("Theirs again"), kind="quiet", size="s", run=partial(self._regain, phone))
            again.setAccessibleName(f"{self.tr('Theirs again')}, {shown}")
        number, when = label(shown, "body", tone="text2"), label(dates, "small", tone="text3")
        return held(columns(number, when, STRETCH, again, gap=8))

    def _regain(self, phone: "PhoneLine") -> None:
        said = self.tr("The number is theirs again")
        self._ask(lambda desk, actor, key: desk.take_back(actor, key, phone.number), said)

    @property
    def _key(self) -> int:
        assert self._customer is not None
        return self._customer.id

    def _ask(self, work: "Work", said: str, form: SmallForm | None = None) -> None:
        key = self._key
        self.asked.emit(lambda shop, actor: work(shop.phones, actor, key), said, form)

    # -- questions, one at a time, below their number ------------------------------------------------------
    def _open_inline(self, form: SmallForm, column: QVBoxLayout, accept: Callable[[], object]) -> None:
        self.close_inline()
        self._inline = form
        form.accepted.connect(accept)
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
        said = self.tr("Number changed, the old one is kept")

        def accept() -> None:
            number = field.value()
            assert number is not None  # a required field has a value
            self._ask(lambda desk, actor, key: desk.change_number(actor, key, phone.id, number), said, form)

        self._open_inline(form, column, accept)

    def _ask_person(self, phone: "PhoneLine", column: QVBoxLayout) -> None:
        from posapp.services.customers.customers import FindOrCreate

        name = TextField("name", self.tr("Name of the person who has it now"), read=check_name)
        email = TextField("email", self.tr("E-mail (may stay empty)"), read=check_email)
        form = SmallForm([name, email], self.tr("Make a new customer"), can_cancel=True)
        assert self._customer is not None
        form.notice.say(Words("info", "text2", self._loses(self._customer.pl_id)))

        def accept() -> None:
            command = FindOrCreate(phone=phone.number, name=name.value(), email=email.value())
            self.passed_on.emit(command, form)

        self._open_inline(form, column, accept)

    def _ask_label(self, phone: "PhoneLine", column: QVBoxLayout) -> None:
        field = _label_field(self.tr("Label, such as mobile or work"))
        field.set_text(phone.label)
        form = SmallForm([field], self.tr("Set label"), can_cancel=True)
        said = self.tr("Label set")

        def accept() -> None:
            words = field.value()
            self._ask(lambda desk, actor, key: desk.label_phone(actor, key, phone.id, words), said, form)

        self._open_inline(form, column, accept)

    def _ask_end(self, phone: "PhoneLine", column: QVBoxLayout) -> None:
        form = SmallForm([], self.tr("End this number"), can_cancel=True)
        plain = self.tr("It stays with its dates and can be searched until somebody else has it.")
        strong = self.tr("{phone} is no longer theirs?").format(phone=self._wording.phone(phone.number))
        form.notice.say(Words("info", "text2", strong, plain))
        said = self.tr("Number ended")

        def accept() -> None:
            self._ask(lambda desk, actor, key: desk.end_phone(actor, key, phone.id), said, form)

        self._open_inline(form, column, accept)

    # -- a further number ----------------------------------------------------------------------------------
    def _make_adder(self) -> SmallForm:
        phone = PhoneField("phone", self.tr("Further number"), region=self._wording.region, required=True)
        name = _label_field(self.tr("Label, such as mobile or work"))
        form = SmallForm([phone, name], self.tr("Add number"), icon="plus")
        phone.number_changed.connect(lambda number: self._number_changed(number, form))
        form.accepted.connect(lambda: self._add(phone, name, form))
        return form

    def _add(self, phone: PhoneField, name: TextField, form: SmallForm) -> None:
        self.added.emit(phone.value(), name.value(), form)

    def _number_changed(self, number: "PhoneNumber | None", form: SmallForm) -> None:
        form.notice.say(None)
        if number is not None:
            self.number_typed.emit(number, form)

    def show_taken(
        self, form: SmallForm, number: "PhoneNumber", customer_id: int, pl_id: str, name: str
    ) -> None:
        """The number in this form belongs to somebody: say whom, and offer to open or to move it."""
        field = form.field("phone")
        if field is None:
            return
        if customer_id == self._key:
            field.show_problem(self.tr("{pl} already has this number.").format(pl=pl_id))
            return
        field.show_problem(self.tr("Belongs to {who}.").format(who=f"{pl_id} {name}".strip()))
        look = Step(self.tr("Open {pl}").format(pl=pl_id), lambda: self.opened.emit(customer_id))
        move = Step(self.tr("Move the number here"), lambda: self._confirm_move(form, number, pl_id))
        steps = [look, move]
        if self.may_merge:
            steps.append(Step(self.tr("Merge"), lambda: self.merge_asked.emit(customer_id)))
        line_id = form.property("line")
        if line_id is not None:  # a number that is changed can be given in exchange
            steps.append(
                Step(
                    self.tr("Exchange the numbers"),
                    lambda: self._confirm_swap(form, line_id, number, pl_id),
                )
            )
        steps.append(Step(self.tr("Leave it"), form.empty))
        self._offer(form, Words("user-check", "text2", self.tr("What is right?")), *steps)

    @staticmethod
    def _offer(form: SmallForm, words: Words, *steps: Step) -> None:
        """The buttons of a notice stand between the field and the form's own button."""
        form.notice.say(words, steps)
        first, *rest = form.fields()
        chain([first, *form.notice.buttons(), *rest])

    def _loses(self, pl_id: object) -> str:
        return self.tr("{pl} loses this number today and keeps its history.").format(pl=pl_id)

    def _confirm_move(self, form: SmallForm, number: "PhoneNumber", pl_id: str) -> None:
        """Moving takes something from another customer, so it is asked once more, in place."""
        strong = self._loses(pl_id)
        ends = form.property("line")
        move = Step(self.tr("Move it"), lambda: self.moved.emit(number, ends, form))
        leave = Step(self.tr("Leave it"), form.empty)
        self._offer(form, Words("triangle-alert", "warning", strong), move, leave)
        form.notice.buttons()[0].setFocus()

    def _confirm_swap(self, form: SmallForm, line_id: int, number: "PhoneNumber", pl_id: str) -> None:
        """An exchange changes another customer, too, so it is asked once more, in place."""
        assert self._customer is not None
        old = next(one.number for one in self._customer.current_phones if one.id == line_id)
        strong = self.tr("{pl} has {phone} from today on. Both keep their history.").format(
            pl=pl_id, phone=self._wording.phone(old)
        )
        said = self.tr("Numbers exchanged")

        def swap() -> None:
            self._ask(lambda desk, actor, key: desk.swap(actor, key, line_id, number), said, form)

        leave = Step(self.tr("Leave it"), form.empty)
        words = Words("triangle-alert", "warning", strong)
        self._offer(form, words, Step(self.tr("Exchange them"), swap), leave)
        form.notice.buttons()[0].setFocus()


def _label_field(text: str) -> TextField:
    return TextField("label", text, read=lambda typed: clean_text(typed, LABEL_LIMIT, "label"))
