"""The side sheet that shows and edits one customer: details, phones, people, and who wrote the record."""

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal
from PySide6.QtGui import QHideEvent, QKeyEvent

from posapp.domain.base.errors import PosappError
from posapp.services.base.drafts import mark_of
from posapp.ui.alive import while_alive
from posapp.ui.customers.details import DetailsForm, PeoplePanel
from posapp.ui.customers.emails import EmailsPanel, origin_words
from posapp.ui.customers.parts import Inset, SmallForm
from posapp.ui.customers.phones import PhonesPanel
from posapp.ui.customers.presenter import CustomerPresenter
from posapp.ui.customers.privacy import PrivacyPanel
from posapp.ui.customers.privacy_steps import PrivacySteps
from posapp.ui.fields.edits import is_save
from posapp.ui.layout import STRETCH, columns, held, rows, wide
from posapp.ui.presenter import why_not_saved
from posapp.ui.record.drafts import KeptForms
from posapp.ui.record.page import RecordPage, Saving
from posapp.ui.tab_order import chain, stops_in
from posapp.ui.widgets.buttons import button
from posapp.ui.widgets.labels import label, line
from posapp.ui.widgets.scroll import Scroller
from posapp.ui.window.notices import Notices, Step
from posapp.ui.window.undo import Work

if TYPE_CHECKING:
    from posapp.domain.base.actor import Actor
    from posapp.domain.base.phone import PhoneNumber
    from posapp.domain.customers.customers import Customer, PhoneOwner
    from posapp.domain.old_data.past import OldId
    from posapp.services.customers.customers import FindOrCreate, Found
    from posapp.services.desks import Shop
    from posapp.ui.customers.phones import Change


class CustomerSheet(RecordPage):
    """What is typed into the details is saved together; phones and people are saved one by one, at once."""

    closed = Signal()  # saved: the sheet may go
    left = Signal()  # hidden, by whatever way

    def __init__(
        self,
        presenter: CustomerPresenter,
        drafts: KeptForms,
        notices: Notices,
        customer: "Customer",
        open_customer: Callable[[int], object],
        is_read_only: Callable[[], bool],
        merge: Callable[[object], object] | None = None,
    ) -> None:
        """`open_customer` shows another customer; it outlives the sheet, for the buttons of toasts.

        `merge` compares the customer with another one, who is named or asked for; None for who may not.
        """
        super().__init__(drafts, notices, presenter.wording)
        self._presenter, self._customer = presenter, customer
        self._open_customer = open_customer
        self._is_saved = self._is_leaving = False
        self.details = DetailsForm(presenter.wording)
        self.phones = PhonesPanel(presenter.wording)
        self.people = PeoplePanel()
        self.emails = EmailsPanel()
        self.privacy = PrivacyPanel(presenter.wording)
        self.privacy_steps = PrivacySteps(
            self, presenter, self.privacy, self.notice, notices, self._forgotten
        )
        self._stamps = label("", "small", tone="text2", wrap=True)
        self._origin = label("", "small", tone="text2", wrap=True)
        self._origin.hide()
        self.merge = button(self.tr("Merge with another customer…"), size="s", icon="users")
        self._may_merge = self.phones.may_merge = merge is not None
        if merge is not None:
            self.merge.clicked.connect(lambda _checked=False: merge(self._customer.id))
            self.phones.merge_asked.connect(lambda other: merge((self._customer.id, other)))
        self._saving = Saving(self.details, self.keeper, is_read_only=is_read_only)
        self._lay_out()
        self._bind()
        self._show(customer)
        self.details.show_customer(customer)
        self.begin_draft()
        presenter.price_levels(while_alive(self, self.details.terms.show_levels))

    def _lay_out(self) -> None:
        sections = (
            (self.tr("Phones"), self.phones),
            (self.tr("People"), self.people),
            (self.tr("Further e-mails"), self.emails),
            (self.tr("Privacy"), self.privacy),
        )
        parts = [
            part for title, panel in sections for part in (line(), label(title, "field", weight=600), panel)
        ]
        body = rows(
            self.notice,
            self.details,
            *parts,
            line(),
            columns(self.merge, STRETCH),
            self._stamps,
            self._origin,
            STRETCH,
            gap=12,
            pad=(16, 4, 16, 16),
        )
        save = button(self.tr("Save"), kind="primary", size="l", icon="save", key="Ctrl+Return")
        self.details.set_save_button(save)
        foot = columns(wide(save), gap=8, pad=(16, 12))
        summary = Inset(self.details.summary, below=0)
        rows(wide(Scroller(held(body), room=48)), line(), summary, foot, gap=0, host=self)

    def _bind(self) -> None:
        self.details.accepted.connect(self._save)
        for form in (self.details, *self._adders.values()):
            form.edited.connect(self.edited)
        self.phones.arranged.connect(self.arrange)
        self.phones.asked.connect(self._change)
        self.phones.added.connect(self._add_number)
        self.phones.passed_on.connect(self._pass_on)
        self.phones.moved.connect(self._move)
        self.phones.number_typed.connect(self._ask_owner)
        self.phones.opened.connect(self._open_customer)
        self.people.added.connect(self._add_person)
        self.people.removed.connect(self._remove_person)
        self.emails.added.connect(self._add_email)
        self.emails.removed.connect(self._remove_email)
        self.emails.made_main.connect(self._make_main)
        self.emails.arranged.connect(self.arrange)

    # -- showing -----------------------------------------------------------------------------------------
    @property
    def customer_id(self) -> int:
        """Whom the sheet is about."""
        return self._customer.id

    def mark(self) -> str:
        """Key, number and making of the customer."""
        return mark_of(self._customer, self._customer.pl_id)

    def _show_origin(self, ids: "Sequence[OldId]") -> None:
        """Which imports brought the customer, and under which IDs."""
        self._origin.setText(origin_words(ids, self._presenter.wording))
        self._origin.setVisible(bool(ids))

    @property
    def _adders(self) -> dict[str, SmallForm]:
        """The forms of what is added one by one, by the names that a draft gives them."""
        adders = {"new_phone": self.phones.adder, "new_person": self.people.adder}
        return {**adders, "new_email": self.emails.adder}

    def _show(self, customer: "Customer") -> None:
        self._customer = customer
        self.people.show_customer(customer)
        self.phones.show_customer(customer)
        self.privacy_steps.show_customer(customer)
        self._presenter.emails(customer.id, while_alive(self, self.emails.show_emails))
        self._presenter.old_ids(customer.id, while_alive(self, self._show_origin))
        self.merge.setVisible(self._may_merge and customer.erased_at is None)
        # nothing is added to somebody anonymised
        for part in (self.details, self.phones, self.people, self.emails):
            part.setEnabled(customer.erased_at is None)
        stamps, wording = customer.stamps, self._presenter.wording
        made = self.tr("Created {when} by {who}.").format(
            when=wording.moment_in_full(stamps.created_at), who=stamps.created_by
        )
        changed = self.tr("Last changed {when} by {who}.").format(
            when=wording.moment_in_full(stamps.updated_at), who=stamps.updated_by
        )
        self._stamps.setText(made if stamps.version == 1 else f"{made}\n{changed}")

    def arrange(self) -> None:
        """From the notice down to the last part, then *Save*."""
        assert self.details.save_button is not None
        upper = (*stops_in(self.notice), *stops_in(self.details))
        chain(
            [
                *upper,
                *self.phones.stops(),
                *self.people.stops(),
                *self.emails.stops(),
                *self.privacy.stops(),
                self.merge,
                self.details.save_button,
            ]
        )

    def put_typed(self, values: Mapping[str, Any]) -> None:
        """Over what the record says: into the details and what is added one by one."""
        self.details.restore_changes(values)
        for name, form in self._adders.items():
            if isinstance(values.get(name), dict):
                form.restore(values[name])

    def untype(self) -> None:
        """The record as it is."""
        self.details.show_customer(self._customer)
        for form in self._adders.values():
            form.empty()
        self.details.name.editor.setFocus()

    def ask_person(self) -> None:
        """Go to the form that adds another person on this phone."""
        self.people.name.editor.setFocus()

    # -- details -----------------------------------------------------------------------------------------
    def typed(self) -> dict[str, Any]:
        """What differs from the record, and what is not added yet."""
        if self._is_saved:
            return {}
        adders = {name: form.snapshot() for name, form in self._adders.items()}
        return self.details.changes() | {name: values for name, values in adders.items() if values}

    def hideEvent(self, event: QHideEvent) -> None:
        """Whoever opened the sheet hears that it is gone; a window that is covered still has it."""
        super().hideEvent(event)
        if self.isHidden():
            self.left.emit()

    def _save(self) -> None:
        if not self.details.changes():
            self._leave()
            return
        command, before, presenter = self.details.command(), self.details.before(), self._presenter
        self._saving.save(
            lambda done, failed, forget: presenter.edit(command, done, failed, saved=forget),
            lambda customer: self._saved(customer, before),
            stale=self.read,
        )

    def _saved(self, customer: "Customer", before: dict[str, Any]) -> None:
        from posapp.services.customers.customers import EditCustomer

        presenter, left = self._presenter, customer.stamps.version

        def turn_to(values: dict[str, Any]) -> Work:  # the sheet is gone by then
            command = EditCustomer(customer_id=customer.id, **values, seen_version=left)
            return lambda turn: presenter.edit(command, turn.done, turn.failed)

        after = {name: getattr(customer, name) for name in before}
        self._show(customer)
        self.details.show_customer(customer)
        self._notices.toast(
            self.tr("{pl} saved").format(pl=customer.pl_id),
            undo=turn_to(before),
            redo=turn_to(after),
            about=customer.id,
        )
        self._leave()

    def _leave(self) -> None:
        """Close; a number, person or address that is typed and not added yet is added before."""
        self.keep_draft()
        for form in self._adders.values():
            if form.has_typed():
                self._is_leaving = form.submit()
                return
        self._is_saved = True
        self.closed.emit()

    def _forgotten(self) -> None:
        """Nothing that was typed here is kept."""
        self._is_saved = True
        self.keep_draft()
        self.closed.emit()

    def read(self) -> None:
        """Show the record as it is now, over what is typed."""
        self._presenter.card(
            self._customer.id, while_alive(self, lambda card: self._take_newer(card.customer))
        )

    def _take_newer(self, customer: "Customer") -> None:
        self._show(customer)
        self.details.take_newer(customer)

    def refresh(self, customer: "Customer") -> None:
        """The record was changed, here or elsewhere: show it, keep what is being typed."""
        if customer.stamps.version != self._customer.stamps.version:
            self._take_newer(customer)

    # -- phones and people -------------------------------------------------------------------------------
    def _change(self, change: "Change", said: str | Callable[[], None], form: SmallForm | None) -> None:
        if form is not None:
            form.set_saving(True)
        self._presenter.do(
            change,
            while_alive(self, lambda customer: self._changed(customer, form, said)),
            while_alive(self, lambda error: self._change_refused(error, form)),
        )

    def _add_number(self, number: "PhoneNumber", words: str, form: SmallForm) -> None:
        presenter, notices, key = self._presenter, self._notices, self._customer.id
        said = self.tr("{phone} added").format(phone=presenter.wording.phone(number))

        def add(shop: "Shop", actor: "Actor") -> "Customer":
            return shop.phones.add_phone(actor, key, number, label=words)

        def take_off(shop: "Shop", actor: "Actor") -> "Customer":
            lines = shop.customers.card(actor, key).customer.current_phones
            line = next((one.id for one in lines if one.number == number), 0)
            return shop.phones.end_phone(actor, key, line, was_mistaken=True)

        def say() -> None:
            notices.toast(said, undo=presenter.turn(take_off), redo=presenter.turn(add), about=key)

        self._change(add, say, form)

    def _changed(self, customer: "Customer", form: SmallForm | None, said: str | Callable[[], None]) -> None:
        if form is not None:
            form.set_saving(False)
            form.settle_save()
            if form in self._adders.values():
                form.empty()
        self._take_newer(customer)  # the first number of a customer without one changes the record, too
        self.keep_draft()
        if callable(said):
            said()
        else:
            self._notices.toast(said)
        if self._is_leaving:
            self._leave()
        else:
            self._focus_section(form)

    def _focus_section(self, form: SmallForm | None) -> None:
        # The row that had the focus is made anew; the section's own form is the nearest thing that stays.
        stays = form if form in (self.people.adder, self.emails.adder) else self.phones.adder
        stays.fields()[0].editor.setFocus()

    def _change_refused(self, error: Exception, form: SmallForm | None) -> None:
        self._is_leaving = False
        if form is not None:
            form.set_saving(False)
        if form is None or not isinstance(error, PosappError):
            self.notice.say(why_not_saved(error), "danger")
        elif error.code == "phone_taken":
            facts, number = error.facts, form.field("phone")
            if number is not None:
                key = int(str(facts["customer_id"]))
                self.phones.show_taken(form, number.value(), key, str(facts["pl_id"]), str(facts["name"]))
        else:
            form.show_error(error)

    def _ask_owner(self, number: "PhoneNumber", form: SmallForm) -> None:
        self._presenter.who_has(
            number, while_alive(form, lambda owner: self._tell_owner(owner, number, form))
        )

    def _tell_owner(self, owner: "PhoneOwner", number: "PhoneNumber", form: SmallForm) -> None:
        if owner.customer is not None:
            other = owner.customer.customer
            self.phones.show_taken(form, number, other.id, str(other.pl_id), other.name)

    def _move(self, number: "PhoneNumber", ends: int | None, form: SmallForm) -> None:
        """Another customer's number is this one's; it may stand instead of one of theirs, which ends."""
        key, said = self._customer.id, self.tr("Number moved here")
        if ends is not None:
            said = self.tr("Number moved here, the old one is kept")

        self._change(lambda shop, actor: shop.phones.move_phone(actor, key, number, ends=ends), said, form)

    def _pass_on(self, command: "FindOrCreate", form: SmallForm) -> None:
        form.set_saving(True)
        self._presenter.pass_on(
            command,
            while_alive(self, self._passed),
            while_alive(self, lambda error: self._change_refused(error, form)),
        )

    def _passed(self, found: "Found") -> None:
        made, key, open_customer = found.customer, found.customer.id, self._open_customer
        words = self.tr("{new} has the number now, {old} keeps its history").format(
            new=made.pl_id, old=self._customer.pl_id
        )
        self._notices.toast(
            words, step=Step(self.tr("Open {pl}").format(pl=made.pl_id), lambda: open_customer(key))
        )
        self.read()
        self.phones.adder.fields()[0].editor.setFocus()

    def _add_person(self, name: str, email: str) -> None:
        key, said = self._customer.id, self.tr("{name} added").format(name=name)
        self._change(
            lambda shop, actor: shop.customers.add_contact(actor, key, name, email=email),
            said,
            self.people.adder,
        )

    def _remove_person(self, contact_id: int) -> None:
        key, said = self._customer.id, self.tr("Person taken off")
        self._change(lambda shop, actor: shop.customers.remove_contact(actor, key, contact_id), said, None)

    def _add_email(self, email: str) -> None:
        key, said = self._customer.id, self.tr("{email} added").format(email=email)
        form = self.emails.adder
        self._change(lambda shop, actor: shop.further_emails.add(actor, key, email), said, form)

    def _remove_email(self, email_id: int) -> None:
        key, said = self._customer.id, self.tr("E-mail address taken off")
        self._change(lambda shop, actor: shop.further_emails.remove(actor, key, email_id), said, None)

    def _make_main(self, email_id: int) -> None:
        key, said = self._customer.id, self.tr("This is the main e-mail address now")
        self._change(lambda shop, actor: shop.further_emails.make_main(actor, key, email_id), said, None)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl+Enter saves from wherever the focus is in the sheet."""
        if is_save(event) and not event.isAutoRepeat():
            self.details.submit()
        else:
            super().keyPressEvent(event)
