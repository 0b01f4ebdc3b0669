"""Making a customer on the Desk: the form in the card, its draft, and what happens when it is saved."""

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from posapp.domain.base.errors import PosappError
from posapp.ui.customers.identity import Identity, Situation, just_created
from posapp.ui.customers.inset import Inset
from posapp.ui.customers.new_customer import NewCustomerForm
from posapp.ui.customers.presenter import CustomerPresenter
from posapp.ui.record.drafts import KeptForms
from posapp.ui.widgets.cards import Card
from posapp.ui.window.notice_bar import NoticeBar
from posapp.ui.window.notices import Message, Step

if TYPE_CHECKING:
    from posapp.domain.base.phone import PhoneNumber
    from posapp.domain.customers.customers import Customer, PhoneOwner
    from posapp.services.customers.customers import EditCustomer, FindOrCreate, Found


class NewcomerCard(Card):
    """The form with its head; emits what became of it."""

    known = Signal(int, str)  # open this customer; say this
    made = Signal(object, object)  # Customer, and a Message for the card or None
    left = Signal(bool)  # closed; whether a draft was kept

    def __init__(
        self, presenter: CustomerPresenter, drafts: KeptForms, parent: QWidget | None = None
    ) -> None:
        super().__init__(self.tr("New customer"), parent=parent)
        self._presenter, self._drafts = presenter, drafts
        self.notice = NoticeBar()
        self.form = NewCustomerForm(presenter.wording)
        self.body.addWidget(Inset(self.notice))
        self.body.addWidget(self.form, 1)
        form = self.form
        form.submitted.connect(self._save)
        form.number_typed.connect(self._ask_owner)
        form.opened.connect(self._open_known)
        form.update_asked.connect(self._update)
        form.person_asked.connect(self._add_person)
        form.draft_due.connect(self.keep_draft)
        form.cancelled.connect(self.leave)

    # -- opening and leaving -----------------------------------------------------------------------------
    def begin(self, number: "PhoneNumber | None", *, name: str = "", phone_text: str = "") -> None:
        """Start the form; what was half typed for the same number comes back."""
        self.form.begin(number, name=name, phone_text=phone_text)
        self.notice.hide()
        kept = self._drafts.of(self.form.draft_key)
        if kept and not name and not phone_text:
            self._restore(kept)

    def begin_latest(self) -> bool:
        """Start the form that was left half typed last; False if there is none."""
        key = self._drafts.latest
        if key is None:
            return False
        self.begin(_number_of(key))
        return True

    def _restore(self, kept: dict[str, Any]) -> None:
        self.form.restore_draft(kept)
        discard = Step(self.tr("Discard"), self._discard)
        self.notice.show_message(Message(self.tr("Draft restored"), "info", (discard,)))

    def _discard(self) -> None:
        self._drafts.drop(self.form.draft_key)
        self.form.begin(self._number_of_form())
        self.notice.hide()
        self.form.first_field().setFocus()

    def _number_of_form(self) -> "PhoneNumber | None":
        return _number_of(self.form.draft_key)

    def keep_draft(self) -> bool:
        """Keep what is typed; False if there is nothing to keep."""
        if self.form.is_saving:
            return False  # it was kept when it went to the desk, and is forgotten as soon as it is saved
        draft = self.form.draft()
        if draft:
            self._drafts.keep(self.form.draft_key, draft)
        else:
            self._drafts.drop(self.form.draft_key)
        return bool(draft)

    def leave(self) -> None:
        """Close the form; nothing that was typed is lost."""
        self.left.emit(self.keep_draft())

    # -- whose number ------------------------------------------------------------------------------------
    def _ask_owner(self, number: "PhoneNumber | None") -> None:
        if number is None:
            self.form.show_owner(None)
            return
        self._presenter.who_has(
            number,
            lambda owner: self._tell_owner(number, owner),
            lambda _error: None,  # saving asks again, inside its transaction
            topic="desk.owner",
        )

    def _tell_owner(self, number: "PhoneNumber", owner: "PhoneOwner") -> None:
        if self.form.phone.number == number:
            self.form.show_owner(owner.customer)

    def _open_known(self, customer_id: int) -> None:
        self._drafts.drop(self.form.draft_key)
        self.known.emit(customer_id, "")

    def _update(self, command: "EditCustomer") -> None:
        self.keep_draft()
        self.form.set_saving(True)
        self._presenter.edit(
            command,
            lambda customer: self._joined(customer, self.tr("{pl} updated")),
            self._refused,
            saved=self._drafts.dropping(self.form.draft_key),
        )

    def _add_person(self, customer_id: int, name: str, email: str) -> None:
        self.form.set_saving(True)
        said = self.tr("{name} added to {pl}").replace("{name}", name)
        self._presenter.change(
            "add_contact",
            lambda customer: self._joined(customer, said),
            self._refused,
            customer_id,
            name,
            email=email,
        )

    def _joined(self, customer: "Customer", said: str) -> None:
        self.form.set_saving(False)
        self._drafts.drop(self.form.draft_key)
        self.known.emit(customer.id, said.replace("{pl}", str(customer.pl_id)))

    # -- saving ------------------------------------------------------------------------------------------
    def _save(self, command: Any) -> None:
        self.keep_draft()
        self.form.set_saving(True)
        key = self.form.draft_key
        saved = self._drafts.dropping(key)
        if hasattr(command, "phone"):
            self._presenter.create(
                command, lambda found: self._found(found, key, command), self._refused, saved=saved
            )
        else:
            self._presenter.create_without_phone(
                command, lambda customer: self._created(customer, key, None), self._refused, saved=saved
            )

    def _found(self, found: "Found", key: str, command: "FindOrCreate") -> None:
        self._created(found.customer, key, None if found.created else self._reused(found, command))

    def _created(self, customer: "Customer", key: str, message: Message | None) -> None:
        self.form.set_saving(False)
        self._drafts.drop(key)
        self.form.begin(None)
        self.made.emit(customer, message)

    def _reused(self, found: "Found", command: "FindOrCreate") -> Message:
        customer = found.customer
        text = just_created(customer, self._presenter.session.shop.store.clock.now())
        if not text:
            words = self.tr(
                "This number belongs to {pl}. The existing customer is selected. No second record is created."
            )
            text = words.format(pl=customer.pl_id)
        steps: tuple[Step, ...] = ()
        if found.other_name:
            add = self.tr("Add {name} as another person").format(name=found.other_name)
            steps = (Step(add, lambda: self._add_other(customer.id, found.other_name, command.email)),)
        return Message(text, "info", steps)

    def _add_other(self, customer_id: int, name: str, email: str) -> None:
        self._presenter.change(
            "add_contact",
            lambda customer: self._joined(customer, self.tr("{name} added to {pl}").replace("{name}", name)),
            self._refused,
            customer_id,
            name,
            email=email,
        )

    def _refused(self, error: Exception) -> None:
        self.form.set_saving(False)
        if isinstance(error, PosappError):
            self.form.show_error(error)
        else:
            self.form.summary.say(self.tr("This was not saved. Try again."), "danger")


def _number_of(key: str) -> "PhoneNumber | None":
    """The number that a draft is for, None where that is typed in the form."""
    from posapp.domain.base.phone import PhoneNumber

    return PhoneNumber.from_key(key) if key else None


def seed_of(text: str, identity: Identity) -> dict[str, Any]:
    """What a searched text gives to the form: the number, or a phone to mend, or a name."""
    if identity.number is not None:
        return {"number": identity.number}
    if identity.situation in (Situation.WRONG, Situation.INCOMPLETE):
        return {"number": None, "phone_text": text}
    has_letters = any(character.isalpha() for character in text)
    is_code = any(character.isdecimal() for character in text)
    name = text.strip() if has_letters and not is_code and "@" not in text else ""
    return {"number": None, "name": name}
